"""Results as lines for people: aligned columns, times in the reader's zone, words that say what happened."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from monitor.model.record import Record, RecordedChange
    from monitor.pipeline.deliver import DeliveryReport
    from monitor.pipeline.digest import DigestReport
    from monitor.pipeline.match import MatchReport
    from monitor.pipeline.poll import PollReport

LONDON = ZoneInfo("Europe/London")
_WIDTH = 88


def when(at: datetime | None, zone: ZoneInfo = LONDON) -> str:
    """`10 Dec 2024 17:05`, or a dash."""
    return f"{at.astimezone(zone):%-d %b %Y %H:%M}" if at else "–"


def columns(rows: Iterable[Sequence[object]]) -> list[str]:
    """Rows whose cells stand under one another; the last cell is as long as it likes."""
    texts = [[str(cell) for cell in row] for row in rows]
    if not texts:
        return []
    widths = [max(len(row[place]) for row in texts) for place in range(len(texts[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in texts
    ]


def wrapped(text: str, indent: str = "") -> list[str]:
    """A text of one block a line, wrapped for a terminal, a blank line between blocks."""
    lines: list[str] = []
    for block in text.split("\n"):
        lines += [*textwrap.wrap(block, _WIDTH, initial_indent=indent, subsequent_indent=indent), ""]
    return lines


def poll_lines(report: PollReport) -> list[str]:
    """What was polled, and what is new."""
    rows = [
        (
            feed.name,
            feed.outcome,
            f"{feed.seen} listed",
            f"{feed.new} new",
            f"{feed.updated} changed",
            f"next {when(feed.next_poll_at)}",
        )
        for feed in report.feeds
    ]
    lines = columns(rows) or ["No feed is due."]
    lines += [f"  {feed.name}: {feed.error}" for feed in report.feeds if feed.error]
    if report.looked_again:
        lines.append(f"{report.looked_again} publications looked at again")
    missed = [one for one in report.reconciled if one.changes]
    lines += [f"{one.feed}: {len(one.changes)} changes that its polls had missed" for one in missed]
    return lines + [change_line(change) for change in report.changes]


def change_line(recorded: RecordedChange) -> str:
    """One change in one line."""
    change, record = recorded.change, recorded.record
    name = f"{record.identifier} {record.title}" if record.identifier else record.title
    extra = (
        f" (+{change.words_added} −{change.words_removed} words)" if change.words_added or change.words_removed else ""
    )
    quiet = "" if change.announced else ", quietly"
    return f"  {change.kind}{quiet}: {name}{extra}"


def match_lines(report: MatchReport) -> list[str]:
    """What matched."""
    lines = [f"{report.changes} changes looked at, {report.total} matches"]
    lines += [f"  {watch}: {count}" for watch, count in report.matches.items() if count]
    return [*lines, f"  subscribers' own watches: {report.own}"] if report.own else lines


def digest_lines(report: DigestReport) -> list[str]:
    """What was planned."""
    if not report.periods:
        return ["No digest is due."]
    lines = [f"{', '.join(report.periods)}: {report.planned} planned, {report.empty} with nothing to tell"]
    return lines + [f"  {mail.subscriber}: {mail.subject}" for mail in report.mails]


def deliver_lines(report: DeliveryReport) -> list[str]:
    """What was sent."""
    others = {"deferred": report.deferred, "failed": report.failed, "unsure": report.unsure}
    parts = [f"{report.sent} sent", *(f"{count} {name}" for name, count in others.items() if count)]
    lines = [", ".join(parts)]
    return [*lines, f"  paused: {report.paused}"] if report.paused else lines


def record_head(record: Record) -> list[str]:
    """Who, what, when of a publication."""
    who = ", ".join(part for part in (record.minister, record.role) if part)
    rows = [
        ("key", record.key),
        ("number", record.identifier),
        ("type", record.document_type.replace("_", " ")),
        ("department", record.department),
        ("by", who),
        ("House", record.house),
        ("dated", f"{record.dated_on:%-d %B %Y}" if record.dated_on else None),
        ("published", when(record.published_at) if record.published_at else None),
        ("first seen", when(record.first_seen_at)),
        ("status", record.status),
        ("version", f"{record.version} of {record.versions}, {record.words} words"),
        ("official", record.url),
    ]
    return [record.title, "=" * min(len(record.title), _WIDTH), *columns([row for row in rows if row[1]])]
