"""Reports as the JSON that scripts rely on. The keys are a contract: add freely, rename never (docs/cli.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from monitor.model.paper import Paper
from monitor.times import utc_text

if TYPE_CHECKING:
    from monitor.model.publication import Attachment
    from monitor.model.record import Record, RecordedChange
    from monitor.pipeline.deliver import DeliveryReport
    from monitor.pipeline.digest import DigestReport
    from monitor.pipeline.finding import Found
    from monitor.pipeline.match import MatchReport
    from monitor.pipeline.poll import PollReport
    from monitor.store.library import Version
    from monitor.store.links import Link

Shape = dict[str, Any]


def time_shape(at: datetime | None) -> str | None:
    """A time, or null."""
    return utc_text(at) if at else None


def poll_shape(report: PollReport) -> Shape:
    """poll."""
    return {
        "feeds": [
            {
                "name": feed.name,
                "outcome": feed.outcome,
                "status": feed.status,
                "seen": feed.seen,
                "new": feed.new,
                "updated": feed.updated,
                "error": feed.error,
                "next_poll_at": time_shape(feed.next_poll_at),
            }
            for feed in report.feeds
        ],
        "changes": [change_shape(change) for change in report.changes],
        "looked_again": report.looked_again,
        "reconciled": [
            {"name": one.feed, "changes": len(one.changes), "error": one.error} for one in report.reconciled
        ],
    }


def change_shape(recorded: RecordedChange) -> Shape:
    """CHANGE."""
    change, record = recorded.change, recorded.record
    return {
        "id": change.id,
        "kind": change.kind,
        "key": change.key,
        "identifier": record.identifier,
        "title": record.title,
        "url": record.url,
        "document_type": record.document_type,
        "department": record.department,
        "house": record.house,
        "detected_at": utc_text(change.detected_at),
        "announced": change.announced,
        "material": change.material,
        "note": change.note,
        "words_added": change.words_added,
        "words_removed": change.words_removed,
        "late": change.late,
    }


def match_shape(report: MatchReport) -> Shape:
    """match."""
    return {"changes": report.changes, "matches": report.total, "watches": dict(report.matches), "own": report.own}


def digest_shape(report: DigestReport) -> Shape:
    """digest send."""
    return {
        "period": ", ".join(report.periods) or None,
        "planned": report.planned,
        "empty": report.empty,
        "mails": [
            {
                "subscriber": mail.subscriber,
                "message_id": mail.message_id,
                "items": mail.items,
                "subject": mail.subject,
            }
            for mail in report.mails
        ],
    }


def deliver_shape(report: DeliveryReport) -> Shape:
    """deliver."""
    return {
        "sent": report.sent,
        "deferred": report.deferred,
        "failed": report.failed,
        "unsure": report.unsure,
        "paused": report.paused,
    }


def found_shape(query: str, total: int, found: Sequence[Found]) -> Shape:
    """search."""
    return {
        "query": query,
        "total": total,
        "results": [
            {
                **_head(one.record),
                "house": one.record.house,
                "date": _day(one.record),
                "status": one.record.status,
                "snippet": "".join(span.text for span in one.snippet),
                "attachment": asdict(one.attachment) if one.attachment else None,
            }
            for one in found
        ],
    }


def publication_shape(
    record: Record,
    attachments: Sequence[Attachment],
    papers: Mapping[str, Paper],
    links: Sequence[Link],
    promises: Sequence[Shape],
    licence: str,
) -> Shape:
    """show."""
    return {
        **_head(record),
        "house": record.house,
        "minister": record.minister,
        "role": record.role,
        "date": _day(record),
        "status": record.status,
        "notice": record.notice,
        "summary": record.summary,
        "text": record.text,
        "version": record.version,
        "versions": record.versions,
        "first_seen_at": utc_text(record.first_seen_at),
        "published_at": time_shape(record.published_at),
        "updated_at": time_shape(record.updated_at),
        "attachments": [_attachment_shape(one, papers.get(one.url, Paper(one.url))) for one in attachments],
        "links": [link_shape(link) for link in links],
        "promises": list(promises),
        "licence": licence,
    }


def _attachment_shape(attachment: Attachment, paper: Paper) -> Shape:
    """An attachment as its publisher describes it; type, size and pages are the file's own once it has come."""
    return {
        "title": attachment.title,
        "url": attachment.url,
        "kind": attachment.kind,
        "paper_number": attachment.paper_number,
        "isbn": attachment.isbn,
        "sha256": paper.sha256,
        "media_type": paper.media_type or attachment.media_type,
        "bytes": paper.size if paper.size is not None else attachment.size,
        "pages": paper.pages if paper.pages is not None else attachment.pages,
        "text_state": paper.text_state,
        "reason": paper.reason,
    }


def link_shape(link: Link) -> Shape:
    """LINK."""
    return {
        "from": link.from_key,
        "to": link.to_key,
        "url": link.url,
        "rel": link.rel,
        "method": link.method,
        "confidence": link.confidence,
        "anchor": link.anchor,
        "target": link.target,
        "sentence": link.sentence,
    }


def history_shape(key: str, versions: Sequence[Version], changes: Sequence[RecordedChange]) -> Shape:
    """history."""
    return {
        "key": key,
        "versions": [
            {
                "version": version.number,
                "retrieved_at": utc_text(version.retrieved_at),
                "sha256": version.sha256,
                "note": version.note,
                "words": version.words,
            }
            for version in versions
        ],
        "changes": [change_shape(change) for change in changes],
    }


def _head(record: Record) -> Shape:
    return {
        "key": record.key,
        "identifier": record.identifier,
        "title": record.title,
        "url": record.url,
        "document_type": record.document_type,
        "department": record.department,
    }


def _day(record: Record) -> str | None:
    if record.dated_on:
        return record.dated_on.isoformat()
    return utc_text(record.published_at)[:10] if record.published_at else None
