"""`monitor templates`: copy out the templates of the mails, so that an operator can change them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path, PurePosixPath

from monitor.cli.session import Session
from monitor.errors import ConfigError, UsageError


def templates_options(parser: ArgumentParser) -> None:
    """Which, and where to."""
    parser.add_argument("action", choices=["copy"], help="copy: write templates into a folder of yours")
    parser.add_argument(
        "name", nargs="*", help="digest.html, or digest for all of its parts; all templates if none is said"
    )
    parser.add_argument(
        "--to", type=Path, metavar="FOLDER", help="default: templates_dir of the config, or ./templates"
    )


def templates(session: Session, options: Namespace) -> int:
    """Copy out what was asked for; a file that is there already is yours, and left alone."""
    from monitor.mail.environment import packaged_templates

    shipped = packaged_templates()
    names = _chosen([path.relative_to(shipped).as_posix() for path in sorted(shipped.rglob("*.*"))], options.name)
    configured = _configured(session)
    folder: Path = options.to or configured or Path("templates")
    copied, kept = [], []
    try:
        for name in names:
            target = folder / name
            if target.exists():
                kept.append(name)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((shipped / name).read_bytes())
            copied.append(name)
    except OSError as cause:
        raise UsageError("the templates cannot be written", resource=str(folder), cause=cause.strerror) from cause
    lines = [
        *(f"{folder / name}" for name in copied),
        *(f"{folder / name} was there, and was left alone" for name in kept),
    ]
    if configured is None or configured.resolve() != folder.resolve():
        lines.append(f'to use them: templates_dir = "{folder}" at the top of the config, then `monitor check`')
    session.show({"folder": str(folder), "copied": copied, "kept": kept}, lambda: lines)
    return 0


def _chosen(shipped: list[str], wanted: list[str]) -> list[str]:
    """The files that were asked for, by their names or by that of a whole mail. Raises UsageError."""
    chosen: list[str] = []
    for want in wanted:
        found = [name for name in shipped if want in (name, PurePosixPath(name).name.partition(".")[0])]
        if not found:
            raise UsageError(f"no template is called {want}; there are {', '.join(shipped)}")
        chosen += [name for name in found if name not in chosen]
    return chosen or shipped


def _configured(session: Session) -> Path | None:
    """The folder that the config names; templates may be copied out before there is a config."""
    try:
        return session.read_config().templates_dir
    except ConfigError:
        return None
