"""Commands of operators: run the monitor or one verb of it, and see how it fares."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli import output, shapes
from monitor.cli.ledger import resolve_lines, resolve_shape
from monitor.cli.session import Session

if TYPE_CHECKING:
    from monitor.app import CycleReport
    from monitor.store.archive import Archive

TEMPORARY = 75


def run_options(parser: ArgumentParser) -> None:
    """--once."""
    parser.add_argument("--once", action="store_true", help="one whole cycle, then stop")


def run(session: Session, options: Namespace) -> int:
    """Be the worker until told to stop (SIGTERM, SIGINT); or run one cycle."""
    jobs = import_module("jobs.__main__")
    if not options.once:
        with (
            jobs.stop_on_signals() as stopping,
            jobs.reload_on_hangup() as asked,
            session.open_app(stopping.is_set) as app,
        ):
            session.say("monitor: at work; stop it with Ctrl-C or SIGTERM")
            jobs.work(app, stopping, asked, session.say)
            session.say("monitor: stopped")
        return 0
    with jobs.stop_on_signals() as stopping, session.open_app(stopping.is_set) as app:
        report = app.run_once()
        shape = _cycle_shape(app.archive, report)
    session.show(shape, lambda: _cycle_lines(report))
    return TEMPORARY if report.poll.has_failures or _is_stuck(report) else 0


def poll_options(parser: ArgumentParser) -> None:
    """Which feeds."""
    parser.add_argument("feed", nargs="*", help="feeds to poll at once, whatever the plan")
    parser.add_argument("--all", action="store_true", help="every feed at once, whatever the plan")


def poll(session: Session, options: Namespace) -> int:
    """Ask publishers."""
    with session.open_app() as app:
        report = app.poll(options.feed, everything=options.all)
    session.show(shapes.poll_shape(report), lambda: output.poll_lines(report))
    return TEMPORARY if report.has_failures else 0


def match_options(parser: ArgumentParser) -> None:
    """None."""


def match(session: Session, options: Namespace) -> int:  # noqa: ARG001
    """Match what lies in the tray."""
    with session.open_app() as app:
        report = app.match()
    session.show(shapes.match_shape(report), lambda: output.match_lines(report))
    return 0


def deliver_options(parser: ArgumentParser) -> None:
    """To whom."""
    parser.add_argument("--only", metavar="ADDRESS", help="only mails to this subscriber")


def deliver(session: Session, options: Namespace) -> int:
    """Send what lies in the outbox. To ask for it by hand ends a pause."""
    with session.open_app() as app:
        report = app.deliver(only=options.only, insist=True)
    session.show(shapes.deliver_shape(report), lambda: output.deliver_lines(report))
    return TEMPORARY if report.paused or report.deferred or report.unsure or report.failed else 0


def try_source_options(parser: ArgumentParser) -> None:
    """Which source, which file."""
    parser.add_argument("source", help="the source's name, as in the config")
    parser.add_argument("file", type=Path, help="a file with a publisher's answer")
    parser.add_argument("--url", default="", help="the address it came from, where the answer does not say")


def try_source(session: Session, options: Namespace) -> int:
    """Show what a source reads in a file."""
    trial = import_module("monitor.cli.trial")
    page = trial.read_file(options.source, options.file, options.url)
    session.show(trial.page_shape(page), lambda: trial.page_lines(page))
    return 0


def db_options(parser: ArgumentParser) -> None:
    """migrate."""
    parser.add_argument("action", choices=["migrate"], help="migrate: bring both databases to the newest schema")


def db(session: Session, options: Namespace) -> int:  # noqa: ARG001
    """Open both databases, which brings them to the newest schema."""
    with session.open_app() as app:
        paths = {"archive": str(app.config.store.archive), "mail": str(app.config.store.mail)}
    session.show(paths, lambda: [f"{name}: {path} is at the newest schema" for name, path in paths.items()])
    return 0


def status_options(parser: ArgumentParser) -> None:
    """None."""


def status(session: Session, options: Namespace) -> int:  # noqa: ARG001
    """Whether all is well."""
    return int(import_module("monitor.cli.health").show_status(session))


def _cycle_shape(archive: Archive, report: CycleReport) -> shapes.Shape:
    return {
        "poll": shapes.poll_shape(report.poll),
        "resolve": resolve_shape(archive, report.resolve),
        "match": shapes.match_shape(report.match),
        "digest": shapes.digest_shape(report.digest),
        "deliver": shapes.deliver_shape(report.deliver),
    }


def _cycle_lines(report: CycleReport) -> list[str]:
    return [
        *output.poll_lines(report.poll),
        *resolve_lines(report.resolve),
        *output.match_lines(report.match),
        *output.digest_lines(report.digest),
        *output.deliver_lines(report.deliver),
    ]


def _is_stuck(report: CycleReport) -> bool:
    sending = report.deliver
    return bool(sending.paused or sending.deferred or sending.failed or sending.unsure)
