"""Commands of archivists: find, read, compare."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from typing import TYPE_CHECKING, get_args

from monitor.cli import output, shapes, transcripts
from monitor.cli.links import add_id, link_lines
from monitor.cli.promise_lines import promise_lines, promise_shape, read_entries
from monitor.cli.session import Session
from monitor.model.change import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.model.paper import Paper
    from monitor.model.publication import Attachment
    from monitor.model.record import Record, RecordedChange
    from monitor.pipeline.finding import Found, FoundIn
    from monitor.store.library import Version

NOTHING_FOUND = 3
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def search_options(parser: ArgumentParser) -> None:
    """Words and facets."""
    parser.add_argument(
        "query", help='in the watch language, such as: "small boats" OR title:smuggl*; "" lists the newest'
    )
    parser.add_argument("--department", help="any of the department's names, or a part of one")
    parser.add_argument("--house", choices=["Commons", "Lords"], help="House of Parliament")
    parser.add_argument("--type", metavar="TYPE", help="document type, such as policy_paper")
    parser.add_argument("--status", choices=["live", "withdrawn", "gone", "moved"], help="how it stands now")
    parser.add_argument("--since", type=_day, metavar="DATE", help="dated on this day or later")
    parser.add_argument("--until", type=_day, metavar="DATE", help="dated on this day or earlier")
    kinds = get_args(ChangeKind)
    parser.add_argument("--kind", choices=kinds, metavar="KIND", help=f"with such a change: {', '.join(kinds)}")
    parser.add_argument("--watch", metavar="NAME", help="that this watch has matched")
    parser.add_argument("--limit", type=_count, default=20, help="how many results (default: 20)")
    parser.add_argument("--offset", type=_count, default=0, help="how many to pass over")


def search(session: Session, options: Namespace) -> int:
    """Find publications."""
    from monitor.pipeline.finding import find
    from monitor.store.search import Facets

    facets = Facets(
        house=options.house, document_type=options.type, status=options.status, since=options.since, until=options.until,
        kind=options.kind, watch=options.watch,
    )  # fmt: skip
    with session.open_archive() as archive:
        total, found = find(
            archive, options.query, facets, department=options.department, limit=options.limit, offset=options.offset
        )
    marks = (_BOLD, _PLAIN) if session.may_colour else ("*", "*")
    session.show(shapes.found_shape(options.query, total, found), lambda: _found_lines(total, found, marks))
    return 0 if total else NOTHING_FOUND


def show_options(parser: ArgumentParser) -> None:
    """Which."""
    add_id(parser)
    parser.add_argument("--version", type=int, metavar="N", help="an earlier version (default: the latest)")


def show(session: Session, options: Namespace) -> int:
    """One publication, whole."""
    from monitor.model.publication import ATTRIBUTIONS, LICENCES

    with session.open_archive() as archive:
        key = archive.library.find_key(options.id)
        record = archive.library.record(key, options.version)
        attachments, links = archive.library.attachments(key), archive.links.of(key)
        papers = archive.papers.known(attachment.url for attachment in attachments)
        prints = archive.transcripts.of(record.identifier, record.dated_on)
        promises = read_entries(archive, (*archive.promises.of(key), *archive.promises.kept_by(key)))
    shown = [promise_shape(entry) for entry in promises]
    shape = shapes.publication_shape(record, attachments, papers, links, shown, LICENCES[record.publisher])
    shape["hansard"] = transcripts.reference_shape(prints)

    def lines() -> list[str]:
        parts = [
            *_publication_lines(record),
            *transcripts.reference_lines(prints),
            *_attachment_lines(attachments, papers),
            *_section("Links", link_lines(key, links)),
        ]
        parts += _section("Promises", promise_lines(promises, session.today))
        return [*parts, ATTRIBUTIONS[record.publisher]]

    session.show(shape, lines)
    return 0


def history_options(parser: ArgumentParser) -> None:
    """Which."""
    add_id(parser)


def history(session: Session, options: Namespace) -> int:
    """Every version and change."""
    with session.open_archive() as archive:
        key = archive.library.find_key(options.id)
        versions, changes = archive.library.versions(key), archive.changes.of(key)
        record = archive.library.record(key)
        prints = archive.transcripts.of(record.identifier, record.dated_on)
    shape = {**shapes.history_shape(key, versions, changes), "transcripts": transcripts.prints_shape(prints)}
    session.show(shape, lambda: [*_history_lines(versions, changes), *transcripts.print_lines(prints)])
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no date; write it like 2024-12-10") from None


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text} is no number of results; write it like 20")
    return int(text)


def _found_lines(total: int, found: tuple[Found, ...], marks: tuple[str, str]) -> list[str]:
    lines = [f"{total} found" + (f", {len(found)} shown" if len(found) < total else "")]
    for one in found:
        record = one.record
        day = f"{record.dated_on:%-d %b %Y}" if record.dated_on else output.when(record.published_at)
        kind = record.document_type.replace("_", " ")
        head = " · ".join(part for part in (record.identifier, kind, record.department, day) if part)
        snippet = "".join(marks[0] + span.text + marks[1] if span.marked else span.text for span in one.snippet)
        lines += [
            "",
            record.title,
            f"  {head}",
            *(output.wrapped(snippet, "  ")[:-1] if snippet else []),
            *([f"  in the attachment {_whereabouts(one.attachment)}"] if one.attachment else []),
            f"  {record.key}",
        ]
    return lines


def _whereabouts(found: FoundIn) -> str:
    return f"{found.title}, {found.place}" if found.place else found.title


def _publication_lines(record: Record) -> list[str]:
    lines = [*output.record_head(record), ""]
    if record.notice:
        lines += [f"{record.status.upper()}:", *output.wrapped(record.notice, "  ")]
    if record.summary:
        lines += output.wrapped(record.summary)
    return lines + output.wrapped(record.text)


def _attachment_lines(attachments: tuple[Attachment, ...], papers: Mapping[str, Paper]) -> list[str]:
    lines = []
    for attachment in attachments:
        paper = papers.get(attachment.url)
        count = (paper.pages if paper else None) or attachment.pages
        pages = f"{count} page" + ("" if count == 1 else "s") if count else None
        text = f"text: {paper.text_state}" if paper else None
        details = (paper.media_type if paper else attachment.media_type, attachment.paper_number, pages, text)
        known = ", ".join(detail for detail in details if detail)
        lines += [f"  {attachment.title}" + (f" ({known})" if known else ""), f"    {attachment.url}"]
        lines += output.wrapped(paper.reason, "    ")[:-1] if paper and paper.reason else []
    return _section("Attachments", lines)


def _section(title: str, lines: list[str]) -> list[str]:
    return [title, *lines, ""] if lines else []


def _history_lines(versions: tuple[Version, ...], changes: tuple[RecordedChange, ...]) -> list[str]:
    rows = [
        (f"version {one.number}", output.when(one.retrieved_at), f"{one.words} words", one.note or "–")
        for one in versions
    ]
    lines = ["Versions", *(f"  {line}" for line in output.columns(rows)), "", "Changes"]
    for recorded in changes:
        lines.append(f"  {output.when(recorded.change.detected_at)}{output.change_line(recorded)}")
        if recorded.change.note:
            lines.append(f"      the publisher's note: {recorded.change.note}")
    return lines if changes else [*lines, "  none: it came with a feed's baseline"]
