"""The promise ledger: a promised document with its number, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from monitor.model.promise import Place, PromiseDraft, Tense

PromiseStatus = Literal["open", "possible", "overdue", "kept", "refused"]
STATUSES: tuple[PromiseStatus, ...] = ("open", "possible", "overdue", "kept", "refused")

BY_NEED: tuple[PromiseStatus, ...] = ("possible", "overdue", "open", "kept", "refused")
"""How much a promise needs somebody: one that is possibly kept waits for a word, one that is overdue for a question."""

UNSETTLED: tuple[PromiseStatus, ...] = ("open", "possible", "overdue")
"""A promise in one of these may still be kept; none ever vanishes."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promised document.

    `key` is the statement that promises, `about` its title, `quote` its sentence, `expected` the document's name; `kept_by`
    is the key of the publication that keeps it (or might, while `possible`), `score` from 0 to 1 how well, `evidence` why.
    """

    id: int
    key: str
    identifier: str | None
    made_on: date
    department: str | None
    quote: str
    expected: str
    where: tuple[Place, ...]
    due_text: str | None
    due_from: date | None
    due_by: date | None
    status: PromiseStatus
    opened_at: datetime
    score: float = 0.0
    kept_by: str | None = None
    evidence: tuple[str, ...] = ()
    settled_at: datetime | None = None
    publisher: str | None = None
    tense: Tense = "future"
    about: str = ""

    @property
    def draft(self) -> PromiseDraft:
        """The promise as the statement made it, for the rules that judge what keeps it."""
        return PromiseDraft(
            quote=self.quote,
            expected=self.expected,
            where=self.where,
            due_text=self.due_text,
            due_from=self.due_from,
            due_by=self.due_by,
            tense=self.tense,
            block=0,
            publisher=self.publisher,
        )


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was decided of one promise, by rule or by an operator."""

    promise_id: int
    status: PromiseStatus
    score: float = 0.0
    kept_by: str | None = None
    evidence: tuple[str, ...] = ()
    by: Literal["rule", "operator"] = "rule"
