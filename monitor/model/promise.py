"""A promise: a document that a statement says will be published, and how well a publication answers to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Place = Literal["gov.uk", "web", "libraries", "laid", "none"]
Tense = Literal["future", "present", "done"]
Decision = Literal["kept", "possible", "refused"]


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """One document that a statement promises, before it has a number.

    `quote` is the sentence as it stands in the text and `also` further sentences on the same document; `block` is the
    line of the text (from 0) the quote begins in. `expected` is the document's name as the statement gives it.
    `due_by` is the last day that keeps the promise, None where it is open. `publisher` is filled in where the text
    names another than the Minister's department; `evidence` says which construction was recognised.
    """

    quote: str
    expected: str
    where: tuple[Place, ...]
    due_text: str | None
    due_from: date | None
    due_by: date | None
    tense: Tense
    block: int
    also: tuple[str, ...] = ()
    publisher: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A publication that might keep a promise. `url` may be a path; times are aware, UTC; `key` names it for the caller."""

    title: str
    document_type: str
    departments: tuple[str, ...]
    published_at: datetime | None
    updated_at: datetime | None
    url: str
    language: str
    summary: str
    key: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of one candidate: `score` from 0 to 1, and the reasons in words an operator can read."""

    key: str
    score: float
    evidence: tuple[str, ...]
    decision: Decision
