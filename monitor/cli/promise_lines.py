"""Promises as commands show them, for people and for scripts: what was promised, how it stands, and the document that came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from monitor.cli import output
from monitor.cli.shapes import Shape

if TYPE_CHECKING:
    from monitor.model.digest import FoundDocument
    from monitor.model.ledger import Promise
    from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Entry:
    """A promise, and the document that keeps it or may keep it."""

    promise: Promise
    document: FoundDocument | None


def read_entries(archive: Archive, promises: Iterable[Promise]) -> tuple[Entry, ...]:
    """Promises with their documents."""
    from monitor.pipeline.ledger_reader import LedgerReader

    listed = tuple(promises)
    documents = LedgerReader(archive).documents(listed)
    return tuple(Entry(promise, documents.get(promise.id)) for promise in listed)


def promise_shape(entry: Entry) -> Shape:
    """PROMISE."""
    promise = entry.promise
    return {
        "id": promise.id,
        "key": promise.key,
        "identifier": promise.identifier,
        "quote": promise.quote,
        "expected": promise.expected,
        "where": list(promise.where),
        "due_text": promise.due_text,
        "due_from": promise.due_from.isoformat() if promise.due_from else None,
        "due_by": promise.due_by.isoformat() if promise.due_by else None,
        "status": promise.status,
        "score": promise.score,
        "kept_by": promise.kept_by,
        "evidence": list(promise.evidence),
        "document": _document_shape(entry.document) if entry.document else None,
    }


def promise_lines(entries: Sequence[Entry], today: date) -> list[str]:
    """Promises for people: how each stands, what was promised by whom, and why it is thought kept."""
    lines = []
    for entry in entries:
        promise = entry.promise
        due = f"by {promise.due_by:%-d %b %Y}" if promise.due_by else promise.due_text or "no date"
        head = f"{promise.status.upper()} {promise.id}: {promise.expected} ({', '.join(promise.where)}; {due})"
        lines += ["", head, *output.wrapped(f"“{promise.quote}”", "  ")[:-1]]
        said = f"  promised in {promise.identifier or promise.key}, {promise.made_on:%-d %b %Y}"
        lines.append(", ".join(filter(None, (said, _wait(promise, today)))))
        if entry.document is not None:
            verb = "kept by" if promise.status == "kept" else "may be kept by"
            lines.append(f"  {verb} {entry.document.title} ({_facts(entry.document)})")
            lines.append(f"    {entry.document.url}")
            lines.append(f"    {promise.kept_by} ({promise.score:.2f}: {'; '.join(promise.evidence)})")
    return lines[1:]


def _wait(promise: Promise, today: date) -> str:
    """How late it is, how long there is left, or how long it has been open; nothing once it is settled."""
    if promise.status not in ("open", "possible", "overdue"):
        return ""
    if promise.due_by is None:
        return f"open for {_days((today - promise.made_on).days)}"
    left = (promise.due_by - today).days
    return f"{_days(left)} left" if left >= 0 else f"{_days(-left)} late"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _facts(document: FoundDocument) -> str:
    from monitor.mail.promise_view import view_document

    return view_document(document).facts


def _document_shape(document: FoundDocument) -> Shape:
    return {
        "key": document.key,
        "title": document.title,
        "url": document.url,
        "document_type": document.document_type,
        "paper_number": document.paper_number,
        "pages": document.pages,
        "minutes_after": int(document.delay.total_seconds() // 60) if document.delay is not None else None,
        "said": _facts(document),
    }
