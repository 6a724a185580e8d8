"""Whether a publication could keep a promise at all: a quick look, so that few pairs need the careful one of `resolve_promise`.

Promises that were never kept stay in the ledger for ever, and each shares some word with most days' news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from math import sqrt

from monitor.model.promise import Candidate, PromiseDraft
from monitor.rules.promises.context import is_bare
from monitor.rules.promises.resolution import LOW
from monitor.rules.promises.titles import paper_numbers, telling_words

_LONG = 365
_NAME, _TITLE, _WHOLE, _KIND, _DEPARTMENT, _NUMBER, _LATE = 0.66 * 0.68, 0.66 * 0.32, 0.06, 0.12, 0.1, 0.2, 0.032
"""The most that each thing can add to a score; `_LATE` is for what comes over a year after it was due, or promised."""
_ROUNDING = 1e-9

Words = Mapping[str, bool]
"""Stems, each with whether it names the subject."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """Remembers the words of titles and summaries: what has come is held against many promises."""

    _words: dict[str, Words] = field(default_factory=dict)

    def may_keep(self, promise: PromiseDraft, candidates: Sequence[Candidate], *, made_on: date, about: str) -> bool:
        """Whether any could be judged to keep a promise, if only possibly. Where not, `resolve_promise` refuses them all."""
        due = promise.due_by or made_on
        if not all(_is_late(candidate, due) for candidate in candidates) or (about and is_bare(promise.expected)):
            return True
        wanted, titles = telling_words(promise.expected), [self._words_of(one.title) for one in candidates]
        weights = _Weights(Counter(chain.from_iterable(titles)))
        rest = _KIND + _DEPARTMENT + _LATE + (_NUMBER if paper_numbers(promise.expected) else 0.0)
        return any(
            (likeness := weights.most(wanted, given, self._beside(candidate))) > 0.0
            and likeness + rest >= LOW - _ROUNDING
            for candidate, given in zip(candidates, titles, strict=True)
        )

    def _beside(self, candidate: Candidate) -> Words:
        return self._words_of(f"{candidate.summary} {candidate.document_type.replace('_', ' ')}")

    def _words_of(self, text: str) -> Words:
        if text not in self._words:
            self._words[text] = telling_words(text)
        return self._words[text]


@dataclass(frozen=True, slots=True)
class _Weights:
    """What words count for: the less, the more titles have them."""

    commonness: Mapping[str, int]

    def most(self, wanted: Words, given: Words, beside: Words) -> float:
        """The most that a title can score for what it shares with a name; nothing where that is no word of the subject."""
        shared = wanted.keys() & given.keys()
        subjects = sum(wanted[word] for word in shared)
        if not subjects:
            return 0.0
        whole = _WHOLE if subjects == sum(wanted.values()) else 0.0
        in_name = shared | (wanted.keys() & beside.keys())
        return _NAME * self._share(wanted, in_name) + _TITLE * self._share(given, shared) + whole

    def _share(self, words: Words, shared: Collection[str]) -> float:
        weights = {
            word: (1.0 if subject else 0.4) / sqrt(self.commonness.get(word, 1)) for word, subject in words.items()
        }
        return sum(weights[word] for word in shared) / sum(weights.values())


def _is_late(candidate: Candidate, due: date) -> bool:
    days = [moment.date() for moment in (candidate.published_at, candidate.updated_at) if moment is not None]
    return all((day - due).days > _LONG for day in days)
