"""What is said of promises: documents that came, how long after; documents that did not, how late they are, or when due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.digest import Expectation, FoundDocument, Item, PromiseNews
from monitor.model.ledger import Promise
from monitor.model.record import Record
from monitor.model.watch import Match

SOON = timedelta(days=7)
LONG_OPEN = timedelta(days=30)
REPEATED = timedelta(days=7)
"""Readers are reminded of what is due within the first; of what has had no day for the second, and as long as the third."""


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The part of the promise ledger that a digest needs.

    Promises by their statement; the documents they name, and how many
    pages those have, by key.
    """

    promises: Mapping[str, Sequence[Promise]] = field(default_factory=dict)
    documents: Mapping[str, Record] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)


def dress(item: Item, page: LedgerPage, today: date) -> Item:
    """A statement with what it promised under it: found documents first, each once, then what is still promised."""
    found: dict[str, FoundDocument] = {}
    waiting = []
    for promise in page.promises.get(item.key, ()):
        document = page.documents.get(promise.kept_by or "")
        if promise.status == "kept" and document is not None:
            found[document.key] = describe(document, item.first_seen_at, page)
        elif promise.status != "refused":
            waiting.append(_expectation(promise, page, today))
    return replace(item, documents=tuple(found.values()), expectations=tuple(waiting))


def tell(match: Match, page: LedgerPage, today: date) -> PromiseNews | None:
    """What a change of the ledger means to the reader of its statement; None where an operator has undone it since."""
    statement, change = match.record, match.change
    promises = page.promises.get(change.key, ())
    news = PromiseNews(change, statement.title, statement.identifier, statement.url, statement.dated_on)
    if change.kind == "promise-kept":
        document = page.documents.get(change.note)
        kept = any(promise.status == "kept" and promise.kept_by == change.note for promise in promises)
        return replace(news, document=describe(document, statement.first_seen_at, page)) if document and kept else None
    late = [promise for promise in promises if promise.status == "overdue" and str(promise.id) == change.note]
    return replace(news, expectation=_expectation(late[0], page, today)) if late else None


def wants_reminder(promise: Promise, today: date) -> bool:
    """Whether readers are reminded of a promise that may still be kept.

    It is due within a week; or it never had a day and has been open for a month, of which they hear for a week.
    """
    if promise.due_by is not None:
        return promise.status != "overdue" and today <= promise.due_by <= today + SOON
    return LONG_OPEN <= today - promise.made_on < LONG_OPEN + REPEATED


def remind(promise: Promise, statement: Record, page: LedgerPage, today: date) -> PromiseNews:
    """A promise of which there is no news, and that readers are not to forget."""
    return PromiseNews(
        None, statement.title, statement.identifier, statement.url, statement.dated_on,
        expectation=_expectation(promise, page, today),
    )  # fmt: skip


def describe(document: Record, since: datetime, page: LedgerPage) -> FoundDocument:
    """A document that keeps a promise, and how long after `since`, when its statement was seen, it was published."""
    came_at = document.published_at or document.first_seen_at
    return FoundDocument(
        key=document.key,
        title=document.title,
        url=document.url,
        document_type=document.document_type,
        publisher=document.publisher,
        pages=page.pages.get(document.key) or None,
        delay=came_at - since if came_at >= since else None,
        paper_number=document.identifier,
    )


def _expectation(promise: Promise, page: LedgerPage, today: date) -> Expectation:
    possible = page.documents.get(promise.kept_by or "") if promise.status == "possible" else None
    late = (today - promise.due_by).days if promise.due_by and promise.status != "kept" else 0
    made_at = datetime.combine(promise.made_on, time(), ZoneInfo("Europe/London"))
    return Expectation(
        expected=promise.expected,
        quote=promise.quote,
        due_text=promise.due_text,
        due_by=promise.due_by,
        days_late=max(0, late),
        candidate=describe(possible, made_at, page) if possible else None,
    )
