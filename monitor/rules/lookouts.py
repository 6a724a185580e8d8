"""A lookout: words of which a title must have one to keep a promise at all. By them an index finds the few promises of many that
a day's news may keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from monitor.model.ledger import Promise
from monitor.rules.citations import number_beside
from monitor.rules.promises.context import is_bare
from monitor.rules.promises.findings import first_day, last_day
from monitor.rules.promises.titles import telling_words

LOOKOUT_FORM = 2
"""Number of these rules, and of those on words and numbers behind them; lookouts of a lower one have to be made again."""


@dataclass(frozen=True, slots=True)
class Lookout:
    """Words as an index keeps them: stems, and a number behind a #.

    `subjects` says how many words of the name tell what it is about, `kinds` how many merely of what kind it is; both are
    zero where the name is bare, and the words are those of its statement's title. What keeps the promise comes out or is
    changed `since` a day; from the day after `fades` on, that hardly speaks for it any more.
    """

    words: frozenset[str]
    subjects: int
    kinds: int
    since: date
    fades: date


def lookout_of(promise: Promise) -> Lookout:
    """What a promise is found by."""
    number = number_beside(promise.expected, promise.quote)
    borne = frozenset({number_word(number)} if number else ())
    since, fades = first_day(promise.draft, promise.made_on), last_day(promise.draft, promise.made_on)
    if promise.about and is_bare(promise.expected):
        return Lookout(borne | _subjects(promise.about), 0, 0, since, fades)
    subjects = _subjects(promise.expected)
    kinds = len(telling_words(promise.expected)) - len(subjects)
    return Lookout(borne | subjects, len(subjects), kinds, since, fades)


def number_word(number: str) -> str:
    """A number as a word of a lookout, however it is written."""
    return "#" + number.replace("-", "").replace(" ", "").lower()


def _subjects(words: str) -> frozenset[str]:
    return frozenset(word for word, tells in telling_words(words).items() if tells)
