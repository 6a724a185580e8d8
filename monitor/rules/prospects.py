"""Whether anything that has come could keep a promise at all: a quick look, so that few pairs need the careful one of
`resolve_promise`.

Promises that were never kept stay in the ledger for ever, and many share some word with a day's news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt

from monitor.model.ledger import Promise
from monitor.model.promise import Candidate
from monitor.rules.lookouts import Lookout
from monitor.rules.promises.findings import (
    FADED,
    IN_TIME,
    KIND,
    NUMBER,
    OWN,
    date_finding,
    department_finding,
    language_finding,
    title_finding,
)
from monitor.rules.promises.resolution import CARRIED_TITLE, LOW, beside
from monitor.rules.promises.titles import KIND_WEIGHT, Likeness, can_be_kind, paper_numbers, telling_words

_ROUNDING = 1e-9
_UNKNOWN = Likeness(0.0, 0.0, (), 0)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What has come: the stems of its title, and those of what stands beside it.

    `strange` are those of its title that no name has as words for its kind; `alike` is what the others count for at most,
    `number` what a paper's number in it may add; `days` are those on which it was published and updated.
    """

    candidate: Candidate
    title: frozenset[str]
    beside: frozenset[str]
    strange: frozenset[str]
    alike: float
    number: float
    days: tuple[date, ...]


def read_arrival(candidate: Candidate) -> Arrival:
    """Its words."""
    title = telling_words(candidate.title)
    strange = frozenset(word for word, tells in title.items() if tells and not can_be_kind(word))
    alike = sum(1.0 if tells else KIND_WEIGHT for word, tells in title.items() if word not in strange)
    number = NUMBER if paper_numbers(candidate.title) else 0.0
    days = tuple(moment.date() for moment in (candidate.published_at, candidate.updated_at) if moment is not None)
    return Arrival(
        candidate, frozenset(title), frozenset(telling_words(beside(candidate))), strange, alike, number, days
    )


@dataclass(frozen=True, slots=True)
class Prospects:
    """All that has come. `count` everything, `add` what shares a word with some lookout, and then ask.

    How much a word counts for depends on how many titles have it of those that a promise is held against. They are not known
    here, but are among all that came: so what a name and a title share is taken at its most, and all else at its least.
    """

    _commonness: Counter[str] = field(default_factory=Counter)
    _by_word: dict[str, list[Arrival]] = field(default_factory=dict)
    _strangeness: dict[str, float] = field(default_factory=dict)

    def count(self, arrivals: Sequence[Arrival]) -> None:
        """Note which words are common."""
        for arrival in arrivals:
            self._commonness.update(arrival.title)

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
            and self._name_points(lookout, arrival) + arrival.number + KIND + OWN + day >= LOW - _ROUNDING
        )

    def may_keep(self, promise: Promise, lookout: Lookout) -> bool:
        """Whether anything could be judged to keep a promise, if only possibly. Where not, all would be refused."""
        draft, department = promise.draft, promise.department or ""
        for arrival in self.near(lookout):
            candidate = arrival.candidate
            when, language = (
                date_finding(draft, candidate, promise.made_on),
                language_finding(candidate, draft.expected),
            )
            whose = department_finding(candidate, department, draft.publisher, _UNKNOWN)
            most = self._name_points(lookout, arrival) + arrival.number + KIND + whose.points + when.points
            if most >= LOW - _ROUNDING and not when.refuses and not language.refuses:
                return True
        return False

    def _name_points(self, lookout: Lookout, arrival: Arrival) -> float:
        return title_finding(self._likeness(lookout, arrival)).points if lookout.subjects else CARRIED_TITLE

    def _likeness(self, lookout: Lookout, arrival: Arrival) -> Likeness:
        """What they share at the most."""
        shared = lookout.words & arrival.title
        told = shared | (lookout.words & arrival.beside)
        said = len(told) + KIND_WEIGHT * lookout.kinds
        missing = lookout.subjects - len(lookout.words) + self._least(lookout.words - told)
        alike = len(shared) + arrival.alike
        strange = self._strange(arrival) - self._least(shared & arrival.strange)
        return Likeness(said / (said + missing), alike / (alike + strange), tuple(shared), lookout.subjects)

    def _strange(self, arrival: Arrival) -> float:
        key = arrival.candidate.key
        if key not in self._strangeness:
            self._strangeness[key] = self._least(arrival.strange)
        return self._strangeness[key]

    def _least(self, words: Collection[str]) -> float:
        """The least that words of a subject can count for together."""
        return sum(1.0 / sqrt(self._commonness[word] or 1) for word in words)


def _day_points(lookout: Lookout, arrival: Arrival) -> float | None:
    """The most that it gains by its day; None where it came out and was changed too early."""
    days = [day for day in arrival.days if day >= lookout.since]
    if not days:
        return None if arrival.days else 0.0
    return IN_TIME if min(days) <= lookout.fades else FADED
