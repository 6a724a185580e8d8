"""Commands for the first ten minutes: see it work, write a config, find the mistakes in it."""

from __future__ import annotations

import shutil
import sys
import tempfile
import textwrap
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli.backtests import outcome_lines, outcome_shape
from monitor.cli.session import Session
from monitor.cli.watches import FAILED
from monitor.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.demo.week import Happening
    from monitor.pipeline.backtest import ExampleOutcome


def demo_options(parser: ArgumentParser) -> None:
    """Where."""
    parser.add_argument("--folder", type=Path, help="an empty folder to work in (default: a temporary one)")


def demo(session: Session, options: Namespace) -> int:
    """Replay the recorded week."""
    from monitor.demo.week import Week

    folder = options.folder or Path(tempfile.mkdtemp(prefix="monitor-demo-"))
    week = Week(folder)
    session.say(f"A recorded week, offline, in {folder}\n{week.script.notice}\n")
    happenings = []
    for happening in week.run():
        happenings.append(happening)
        if not session.wants_json and (happening.is_milestone or session.is_verbose):
            session.say(_line(happening))
    index = folder / "var" / "outbox" / "index.html"
    session.show(
        {
            "folder": str(folder),
            "polls": week.polls,
            "mails": week.mails,
            "index": str(index),
            "happenings": [{"at": f"{one.at:%Y-%m-%dT%H:%M:%SZ}", "text": one.text} for one in happenings],
            "missed": [one.tells for one in week.missed],
        },
        lambda: [
            "",
            f"{week.polls} polls, {week.mails} digests.",
            f"Read them:     {index}",
            f"Ask about them: {_own_name()} --config {folder / 'config.toml'} show HCWS293",
            *(f"NOT SEEN, though the script foretold it: {one.tells}" for one in week.missed),
        ],
    )
    return 1 if week.missed else 0


def init_options(parser: ArgumentParser) -> None:
    """Where."""
    parser.add_argument("path", nargs="?", type=Path, default=Path("config.toml"), help="default: ./config.toml")


def init(session: Session, options: Namespace) -> int:
    """Write a config to start from; an existing one is never touched."""
    from monitor.config import starter_config

    path: Path = options.path
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(starter_config())
    except FileExistsError as cause:
        raise UsageError("there is a file already, and it was left alone", resource=str(path)) from cause
    except OSError as cause:
        raise UsageError("the file cannot be written", resource=str(path), cause=cause.strerror) from cause
    lines = [f"{path} is written: put your address in it, then `monitor check` and `monitor run --once`"]
    session.show({"path": str(path)}, lambda: lines)
    return 0


def check_options(parser: ArgumentParser) -> None:
    """None."""


def check(session: Session, options: Namespace) -> int:  # noqa: ARG001
    """Find every mistake in the config, and in the templates it names."""
    from monitor.app import check_templates, find_lost_watches
    from monitor.mail.wording import counted

    try:
        config = session.read_config()
        check_templates(config)
        if problems := find_lost_watches(config):
            raise ConfigError(problems)
    except ConfigError as error:
        shapes = [
            {"path": one.path, "line": one.line, "column": one.column, "where": one.where, "message": one.message,
             "help": one.help}
            for one in error.problems
        ]  # fmt: skip
        if not session.wants_json:
            raise
        session.show({"ok": False, "problems": shapes, "tests": []}, list)
        return error.exit_code
    outcomes = _run_examples(config)
    passed = all(outcome.passed for outcome in outcomes)
    feeds, watches = counted(len(config.feeds), "feed"), counted(len(config.watches), "watch", "watches")
    line = f"{config.path}: {feeds} and {watches}, no mistakes"
    shape = {"ok": passed, "problems": [], "tests": [outcome_shape(outcome) for outcome in outcomes]}
    session.show(shape, lambda: [line, *outcome_lines(outcomes)])
    return 0 if passed else FAILED


def _run_examples(config: Config) -> tuple[ExampleOutcome, ...]:
    """The examples of the watches, tried on the archive; none where there is no archive yet."""
    from monitor.pipeline.backtest import run_tests
    from monitor.pipeline.opening import open_reading_room

    if not config.store.archive.exists():
        return ()
    with open_reading_room(config) as archive:
        return tuple(outcome for watch in config.watches for outcome in run_tests(archive, watch))


def _own_name() -> str:
    """How this program is called from here: by its name where the shell finds it, else by its path."""
    if shutil.which("monitor"):
        return "monitor"
    return f"{sys.executable} -m monitor" if sys.argv[0].endswith("__main__.py") else sys.argv[0]


def _line(happening: Happening) -> str:
    first, _, more = happening.text.partition("\n")
    head = f"{happening.at:%a %-d %b %H:%M}  "
    lines = textwrap.wrap(first, 96, initial_indent=head, subsequent_indent=" " * len(head))
    return "\n".join(
        [*lines, *textwrap.wrap(more, 96, initial_indent=" " * len(head), subsequent_indent=" " * len(head))]
    )
