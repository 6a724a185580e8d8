"""Which watches a change is for: new words, changed words, or a publication they matched when it went away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.model.change import ChangeKind
from monitor.model.diff import Diff
from monitor.model.record import Record, RecordedChange
from monitor.model.watch import MatchDraft
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.documents import Document, read_record
from monitor.rules.percolator.news import changed_document
from monitor.rules.query.evaluating import Evaluation
from monitor.rules.snippets import snippet, texts_of

Attachments = Sequence[tuple[str, str]]
"""Ids and texts of a publication's attachments."""


class Book(Protocol):
    """Watches that a change can be held against."""

    def news(
        self, after: Document, before: Document | None = None, changed: Document | None = None
    ) -> dict[str, Evaluation]:
        """The watches that a change is for, by name."""
        ...

    def hears_of(self, watch: str, kind: ChangeKind) -> bool:
        """Whether one of its watches wants to be told of this kind of change."""
        ...


@dataclass(frozen=True, slots=True)
class Together:
    """Several books as one, so that what a change is judged by is read once; no watch is in two of them."""

    books: Sequence[Book]

    def news(
        self, after: Document, before: Document | None = None, changed: Document | None = None
    ) -> dict[str, Evaluation]:
        """The watches that a change is for, by name."""
        return {name: found for book in self.books for name, found in book.news(after, before, changed).items()}

    def hears_of(self, watch: str, kind: ChangeKind) -> bool:
        """Whether one of their watches wants to be told of this kind of change."""
        return any(book.hears_of(watch, kind) for book in self.books)


_ENDINGS = ("withdrawn", "gone", "corrected")


@dataclass(frozen=True, slots=True)
class Former:
    """The publication as it was before a change, its facets too, and the attachments it had."""

    record: Record
    attachments: Attachments = ()


def match_change(
    event: RecordedChange, before: Former | None, book: Book, *, attachments: Attachments = ()
) -> tuple[MatchDraft, ...]:
    """The matches that one change makes. `before` is the version it started from, if there is one.

    An update matches if the publication newly matches, or if the changed passages do; otherwise every republication
    would be mailed again. What is withdrawn, gone or corrected matches if it did so before, or does so now: whoever was
    told of the words hears what became of them. Everything else matches if the version it led to does.
    """
    after = read_record(event.record, attachments=attachments)
    then = read_record(before.record, attachments=before.attachments) if before else None
    changed = then
    if event.change.kind == "updated" and before and then:
        diff = diff_texts(before.record.text, event.record.text)
        changed = changed_document(then, after, _changed_passages(diff))
    elif event.change.kind not in _ENDINGS:
        then = changed = None
    return _drafts(event, book, after, then, changed)


def match_late_texts(
    event: RecordedChange, book: Book, *, attachments: Attachments, late: Collection[str]
) -> tuple[MatchDraft, ...]:
    """The matches that a publication makes by the text of attachments that came in after its last change.

    `late` are the ids of those; they are what has changed, so that what matched without them is not told again.
    """
    after = read_record(event.record, attachments=attachments)
    then = read_record(event.record, attachments=[(id, text) for id, text in attachments if id not in late])
    return _drafts(event, book, after, then, changed_document(then, after, ""))


def _drafts(
    event: RecordedChange, book: Book, after: Document, then: Document | None, changed: Document | None
) -> tuple[MatchDraft, ...]:
    texts = texts_of(after)
    return tuple(
        MatchDraft(watch, event.change.id, evaluation.hits, snippet(texts, evaluation.hits))
        for watch, evaluation in book.news(after, then, changed).items()
        if book.hears_of(watch, event.change.kind)
    )


def _changed_passages(diff: Diff) -> str:
    """Every block that was touched, as it was and as it became: words that were taken out concern the reader too."""
    return "\n".join(
        words for block in diff.blocks if block.op in ("insert", "delete", "change") for words in (block.new, block.old)
    )
