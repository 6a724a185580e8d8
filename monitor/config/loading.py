"""config.toml → Config: where the file is looked for, and how it is read, with every mistake found in one go."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.config.checks import check
from monitor.config.findings import Finding, Reporter, findings_in, in_order, syntax_problem
from monitor.config.positions import locate
from monitor.config.presets import expand
from monitor.config.queries import ReadQuery, misread_queries
from monitor.config.sections import Document, FeedTable, Http, Mail, Schedule, Store, WatchTable
from monitor.errors import ConfigError, Problem
from monitor.model.feed import Feed, Preset, SourceKeys
from monitor.model.watch import Watch, WatchTest

_SYSTEM = Path("/etc")
_FOLDER = "publication-monitor"


@dataclass(frozen=True, slots=True)
class Config:
    """Everything an operator decided. `path` is the file it came from; all paths in it are absolute."""

    path: Path
    store: Store
    http: Http
    schedule: Schedule
    feeds: tuple[Feed, ...]
    watches: tuple[Watch, ...]
    mail: Mail
    templates_dir: Path | None = None


def find_config(explicit: Path | None, environ: Mapping[str, str], *, cwd: Path, home: Path) -> Path:
    """The config file to use: --config, $MONITOR_CONFIG, ./config.toml, the user's folder, /etc. Raises ConfigError."""
    named = explicit or (Path(environ["MONITOR_CONFIG"]) if environ.get("MONITOR_CONFIG") else None)
    if named is not None:
        path = cwd / named
        if not path.exists():
            said = "--config" if explicit else "$MONITOR_CONFIG"
            raise ConfigError([Problem(str(path), 1, 1, said, "there is no such file", "`monitor init` writes one")])
        return path
    personal = Path(environ["XDG_CONFIG_HOME"]) if environ.get("XDG_CONFIG_HOME") else home / ".config"
    places = [cwd / "config.toml", *(folder / _FOLDER / "config.toml" for folder in (personal, _SYSTEM))]
    for place in places:
        if place.is_file():
            return place
    looked = "looked in --config, $MONITOR_CONFIG, " + ", ".join(str(place) for place in places)
    help_text = f"{looked}; `monitor init` writes a config.toml to start from"
    raise ConfigError([Problem("config.toml", 1, 1, "config", "there is no config file", help_text)])


def load_config(
    path: Path,
    *,
    sources: Mapping[str, SourceKeys],
    presets: Mapping[str, Preset] | None = None,
    read_query: ReadQuery | None = None,
) -> Config:
    """Read one config file. Raises ConfigError with every mistake in it.

    `sources` says which keys a feed of each source takes, `presets` which feeds need not be spelt out; `read_query` raises
    QueryError for a query of a watch that cannot be read.
    """
    text = _read(path)
    try:
        raw = tomllib.loads(text)
        reporter = Reporter(str(path), raw, locate(text))
    except (ValueError, RecursionError) as error:
        message = "brackets are nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise ConfigError([syntax_problem(str(path), text, message)]) from None
    raw, findings = expand(raw, presets or {})
    findings += check(raw, sources)
    document, more = _validate(raw, path, reporter)
    misread = misread_queries(raw, reporter, read_query) if read_query else []
    if document is None or findings or more or misread:
        raise ConfigError(in_order([*reporter.problems([*findings, *more]), *misread]))
    return Config(
        path=path.absolute(),
        store=document.store,
        http=document.http,
        schedule=document.schedule,
        feeds=tuple(_feed(table) for table in document.feed),
        watches=tuple(_watch(table) for table in document.watch),
        mail=document.mail,
        templates_dir=document.templates_dir,
    )


def problems_at(path: Path, findings: Sequence[Finding]) -> list[Problem]:
    """Findings about a config that could be read, each with its place in the file."""
    text = _read(path)
    return Reporter(str(path), tomllib.loads(text), locate(text)).problems(findings)


def starter_config() -> str:
    """The text of the config.toml that the program ships: every key explained, ready to run."""
    return files("monitor.config").joinpath("starter.toml").read_text(encoding="utf-8")


def _read(path: Path) -> str:
    """The text of the file, with `\\n` line ends."""
    try:
        written = path.read_bytes()
    except OSError as error:
        problem = Problem(str(path), 1, 1, "config", f"cannot be read: {error.strerror}")
        raise ConfigError([problem]) from None
    try:
        return written.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = written[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        problem = Problem(str(path), line, column, "TOML", "a character that is not UTF-8", "save the file as UTF-8")
        raise ConfigError([problem]) from None


def _validate(raw: Mapping[str, Any], path: Path, reporter: Reporter) -> tuple[Document | None, list[Finding]]:
    password_at = reporter.problem(Finding(("mail", "smtp", "password"), "", at_key=True))
    context = {"folder": path.absolute().parent, "password_at": password_at}
    try:
        return Document.model_validate(raw, context=context), []
    except ValidationError as error:
        return None, findings_in(error)


def _feed(table: FeedTable) -> Feed:
    options = dict(table.model_extra or {})
    url = options.pop("url", None)
    frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in options.items()}
    return Feed(table.name, table.source, table.every, url, frozen)


def _watch(table: WatchTable) -> Watch:
    return Watch(
        name=table.name,
        title=table.title or table.name,
        keywords=table.keywords,
        query=table.query,
        on=table.on,
        alert_if_silent=table.alert_if_silent,
        alert_if_more_than=table.alert_if_more_than,
        renamed_from=table.renamed_from,
        tests=tuple(WatchTest(test.match, test.no_match) for test in table.test),
    )
