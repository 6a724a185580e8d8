"""Commands about promised documents: settle them, see the board, confirm or refuse what is only possible."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli.promise_lines import promise_lines, promise_shape, read_entries
from monitor.cli.session import Session
from monitor.cli.shapes import Shape
from monitor.errors import UsageError
from monitor.model.ledger import STATUSES, UNSETTLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.app import App
    from monitor.model.ledger import Promise
    from monitor.pipeline.resolve import ResolveReport
    from monitor.store.archive import Archive

_ACTIONS = ("list", "confirm", "refuse", "extract", "resolve")


def resolve_options(parser: ArgumentParser) -> None:
    """None."""


def resolve(session: Session, options: Namespace) -> int:  # noqa: ARG001
    """Enter what statements promise, fetch what is attached, settle what has arrived."""
    with session.open_app() as app:
        report = app.resolve()
        shape = resolve_shape(app.archive, report)
    session.show(shape, lambda: resolve_lines(report))
    return 0


def promises_options(parser: ArgumentParser) -> None:
    """Which, or what to do with one."""
    parser.add_argument(
        "action", nargs="?", choices=_ACTIONS, default="list",
        help="list: the ledger; confirm, refuse: decide one that is possible; extract, resolve: run the rules on a file",
    )  # fmt: skip
    parser.add_argument(
        "subject", nargs="?", help="confirm, refuse: the promise's number; extract, resolve: a .jsonl file"
    )
    parser.add_argument("--overdue", action="store_true", help="only those whose day has passed")
    parser.add_argument("--open", action="store_true", help="only those that may still be kept")


def promises(session: Session, options: Namespace) -> int:
    """The promise ledger."""
    if options.action in ("extract", "resolve"):
        return _run_rules(session, options)
    if options.action in ("confirm", "refuse"):
        return _decide(session, options)
    with session.open_archive() as archive:
        wanted = ("overdue",) if options.overdue else UNSETTLED if options.open else STATUSES
        shown = read_entries(archive, archive.promises.listed(wanted))
    shape = {"promises": [promise_shape(entry) for entry in shown]}
    session.show(shape, lambda: promise_lines(shown, session.today) or ["no promises"])
    return 0


def resolve_shape(archive: Archive, report: ResolveReport) -> Shape:
    """resolve."""

    def shown(promises: Sequence[Promise]) -> list[Shape]:
        return [promise_shape(entry) for entry in read_entries(archive, promises)]

    return {
        "kept": shown(report.kept),
        "possible": shown(report.possible),
        "overdue": shown(report.overdue),
        "opened": report.opened,
        "followed": report.followed,
        "papers": [
            {"url": paper.url, "sha256": paper.sha256, "text_state": paper.text_state, "reason": paper.reason}
            for paper in report.papers
        ],
    }


def resolve_lines(report: ResolveReport) -> list[str]:
    """resolve, for people."""
    counts = f"{len(report.kept)} kept, {len(report.possible)} possibly kept, {len(report.overdue)} overdue"
    lines = [f"promises: {report.opened} new, {counts}"]
    lines += [f"  kept: {promise.expected}, promised in {promise.identifier or promise.key}" for promise in report.kept]
    lines += [
        f"  overdue: {promise.expected}, promised in {promise.identifier or promise.key}" for promise in report.overdue
    ]
    if report.papers or report.followed:
        lines.append(f"attachments: {len(report.papers)} asked for; pages followed: {report.followed}")
    return lines + [f"  {paper.text_state}: {paper.url} {paper.reason}" for paper in report.papers if paper.reason]


def _decide(session: Session, options: Namespace) -> int:
    if not (options.subject or "").isdigit():
        raise UsageError(f"promises {options.action} needs a promise's number, as `monitor promises` shows it")
    with session.open_app() as app:
        promise = (
            _confirm(app, int(options.subject)) if options.action == "confirm" else _refuse(app, int(options.subject))
        )
        entries = read_entries(app.archive, [promise])
    session.show(promise_shape(entries[0]), lambda: promise_lines(entries, session.today))
    return 0


def _confirm(app: App, number: int) -> Promise:
    from monitor.pipeline.settling import confirm_promise

    return confirm_promise(app.archive, number, app.clock())


def _refuse(app: App, number: int) -> Promise:
    from monitor.pipeline.settling import refuse_promise

    return refuse_promise(app.archive, number, app.clock())


def _run_rules(session: Session, options: Namespace) -> int:
    """Run the rules alone on a file in the form of the labelled corpus; predictions go out in its form."""
    from monitor.cli.promise_files import extract_file, resolve_file

    if not options.subject:
        raise UsageError(f"promises {options.action} needs a .jsonl file")
    read = extract_file if options.action == "extract" else resolve_file
    bad: list[str] = []
    try:
        for line in read(Path(options.subject), bad.append):
            session.out.write(line + "\n")
    except (FileNotFoundError, IsADirectoryError, PermissionError) as cause:
        raise UsageError(
            "the file cannot be read as labelled statements", resource=options.subject, cause=cause
        ) from cause
    for fault in bad:
        print(f"monitor: {fault}", file=session.err)
    return UsageError.exit_code if bad else 0
