"""Whether anything that has come could keep a promise at all: a quick look, so that few pairs need the careful one of
`resolve_promise`.

Promises that were never kept stay in the ledger for ever, and many share some word with a day's news.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from monitor.model.ledger import Promise
from monitor.model.promise import Candidate
from monitor.rules.keeping.findings import (
    MOST_BESIDE,
    MOST_LACKING,
    MOST_TITLE,
    date_finding,
    department_finding,
    language_finding,
)
from monitor.rules.keeping.lookouts import Lookout
from monitor.rules.keeping.numbers import paper_numbers
from monitor.rules.keeping.resolution import beside
from monitor.rules.keeping.stems import telling_words
from monitor.rules.keeping.titles import telling
from monitor.rules.keeping.weights import LEAST, NONE, POSSIBLE, WEIGHTS

_MARK = NONE + math.log(POSSIBLE / (1 - POSSIBLE)) - 1e-6
"""What must speak for a document at least: from here on its chance may be `POSSIBLE`, were there no other."""
_ALIKE = WEIGHTS["of the title"] + WEIGHTS["whole name"] + WEIGHTS["usual type"]
_WHOSE = max(WEIGHTS["own"], WEIGHTS["family"])
_ON_ITS_DAY = WEIGHTS["narrow"] + WEIGHTS["updated on the day"]
_CHANGED = max(0.0, WEIGHTS["updated"] + WEIGHTS["updated, whole"] + WEIGHTS["updated on the day"])
"""What being an older page may add all in all."""
_UNSURE = 1e-3
"""Lookouts are kept rounded."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What has come: the stems of its title, and those of what stands beside it.

    `number` is what a paper's number in it may add; `days` are those on which it was published and updated.
    """

    candidate: Candidate
    title: frozenset[str]
    beside: frozenset[str]
    number: float
    days: tuple[date, ...]


def read_arrival(candidate: Candidate) -> Arrival:
    """Its words."""
    title = frozenset(telling_words(candidate.title))
    number = WEIGHTS["same number"] if paper_numbers(candidate.title) else 0.0
    days = tuple(moment.date() for moment in (candidate.published_at, candidate.updated_at) if moment is not None)
    return Arrival(candidate, title, frozenset(telling_words(beside(candidate))) - title, number, days)


@dataclass(frozen=True, slots=True)
class Prospects:
    """All that has come and shares a word with some lookout. `add` it, and then ask."""

    _by_word: dict[str, list[Arrival]] = field(default_factory=dict)

    def add(self, arrival: Arrival) -> None:
        """Something that may keep a promise."""
        for word in arrival.title:
            self._by_word.setdefault(word, []).append(arrival)

    def near(self, lookout: Lookout) -> tuple[Arrival, ...]:
        """What has enough of a promise's words to keep it, were it of the promised kind and the department's own.

        `lookout` has those of its words that have come. `resolve_promise` refuses everything else.
        """
        shared = {arrival.candidate.key: arrival for word in lookout.words for arrival in self._by_word.get(word, ())}
        return tuple(
            arrival
            for arrival in shared.values()
            if (day := _day_points(lookout, arrival)) is not None
            and _points(lookout, arrival) + _WHOSE + day >= _MARK - _UNSURE
        )

    def may_keep(self, promise: Promise, lookout: Lookout) -> bool:
        """Whether anything could be judged to keep a promise, if only possibly. Where not, all would be refused."""
        draft, department = promise.draft, promise.department or ""
        for arrival in self.near(lookout):
            candidate = arrival.candidate
            when = date_finding(draft, candidate, promise.made_on)
            whose = department_finding(candidate, department, draft.publisher)
            most = _points(lookout, arrival) + whose.points + when.points
            ruled_out = when.refuses or language_finding(candidate, draft.expected).refuses
            if most >= _MARK - _UNSURE and not ruled_out:
                return True
        return False


def _points(lookout: Lookout, arrival: Arrival) -> float:
    """The most that a title and what it is called may weigh, without its day and its department."""
    most = _ALIKE + _CHANGED + lookout.bonus + arrival.number
    if not lookout.told:
        return most + WEIGHTS["title"] * MOST_TITLE
    shared, said = _telling(lookout.words & arrival.title), _telling(lookout.words & arrival.beside)
    whole = max(shared + said, lookout.told)
    if shared + said / 2 < (LEAST - _UNSURE) * whole:
        return -math.inf
    return (
        most
        + WEIGHTS["title"] * min(shared, MOST_TITLE)
        + WEIGHTS["summary"] * min(said, MOST_BESIDE)
        + WEIGHTS["said beside"] * said / whole
        + WEIGHTS["lacks"] * min(max(0.0, lookout.told - shared - said), MOST_LACKING)
    )


def _telling(words: Collection[str]) -> float:
    return telling(word for word in words if not word.startswith("#"))


def _day_points(lookout: Lookout, arrival: Arrival) -> float | None:
    """The most that it gains by its day; None where it came out and was changed too early."""
    days = [day for day in arrival.days if day >= lookout.since]
    if not days:
        return None if arrival.days else 0.0
    return _ON_ITS_DAY if min(days) <= lookout.fades else 0.0
