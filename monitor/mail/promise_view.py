"""Promises as the templates see them: documents that came, with their delay; documents that did not, in the statement's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from monitor.mail import wording
from monitor.mail.headers import plain
from monitor.model.digest import Digest, Expectation, FoundDocument, PromiseNews

_TITLE, _LINE, _QUOTE = 300, 160, 400


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document that is there. `facts` are its type and number, and how long after the statement it came."""

    title: str
    url: str
    facts: str


@dataclass(frozen=True, slots=True)
class ExpectationView:
    """A document that is not there. `state` says how it stands: not found yet, 10 days late, possibly found."""

    state: str
    expected: str
    quote: str
    is_late: bool
    candidate: DocumentView | None


@dataclass(frozen=True, slots=True)
class PromiseView:
    """What became of a promise: the `state` word, the statement that made it, and the document or what is missing."""

    state: str
    tone: str
    statement: str
    url: str
    facts: str
    document: DocumentView | None
    expectation: ExpectationView | None


def view_document(document: FoundDocument) -> DocumentView:
    """A document in words."""
    facts = [
        wording.type_words(plain(document.document_type, _LINE)),
        plain(document.paper_number or "", _LINE),
        wording.counted(document.pages, "page") if document.pages else "",
        f"found {delay_words(document.delay)} after the statement" if document.delay is not None else "",
    ]
    return DocumentView(plain(document.title, _TITLE), document.url, ", ".join(filter(None, facts)))


def view_expectation(expectation: Expectation) -> ExpectationView:
    """A missing document in words."""
    if expectation.candidate is not None:
        state = "possibly found"
    elif expectation.days_late:
        state = f"{wording.counted(expectation.days_late, 'day')} late"
    elif expectation.due_by is not None:
        state = f"expected by {wording.day(expectation.due_by)}"
    else:
        state = "not found yet"
    return ExpectationView(
        state=state,
        expected=plain(expectation.expected, _TITLE),
        quote=plain(expectation.quote, _QUOTE),
        is_late=expectation.days_late > 0,
        candidate=view_document(expectation.candidate) if expectation.candidate else None,
    )


def view_promise(news: PromiseNews, zone: ZoneInfo) -> PromiseView:
    """What became of a promise, in words for people who live in `zone`."""
    facts = [
        plain(news.identifier or "", _LINE),
        wording.day(news.dated_on) if news.dated_on else "",
        f"seen {wording.moment(news.change.detected_at, zone)}" if news.change else "",
    ]
    state, tone = ("arrived", "good") if news.document else ("overdue", "bad")
    if news.change is None:
        state, tone = "due soon" if news.expectation and news.expectation.due_by else "still open", "changed"
    return PromiseView(
        state=state,
        tone=tone,
        statement=plain(news.statement, _TITLE),
        url=news.statement_url,
        facts=" · ".join(filter(None, facts)),
        document=view_document(news.document) if news.document else None,
        expectation=view_expectation(news.expectation) if news.expectation else None,
    )


def delay_words(delay: timedelta) -> str:
    """`12 min`, `3 h 12 min`, `2 days`."""
    minutes = int(delay.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{minutes // (24 * 60)} days"


def promise_tally(digest: Digest) -> tuple[str, ...]:
    """`2 promised documents arrived`, `1 promised document overdue`; those that stand under their statement are counted."""
    under = {document.key for item in digest.items for document in item.documents}
    arrived = len(under) + sum(news.document is not None for news in digest.promises)
    overdue = sum(news.document is None for news in digest.promises)
    told = ((arrived, "arrived"), (overdue, "overdue"))
    return tuple(f"{wording.counted(count, 'promised document')} {what}" for count, what in told if count)


def promised_lead(news: Sequence[PromiseNews]) -> str:
    """The document that the first news of promises is about; empty where there is none."""
    for first in news:
        if first.document is not None:
            return first.document.title
        return first.expectation.expected if first.expectation else first.statement
    return ""
