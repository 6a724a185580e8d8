"""A lookout: words of which a title must have one to keep a promise at all. By them an index finds the few promises of many that
a day's news may keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from monitor.model.ledger import Promise
from monitor.rules.citations import number_beside
from monitor.rules.keeping.context import is_bare
from monitor.rules.keeping.findings import first_day
from monitor.rules.keeping.numbers import ordinals
from monitor.rules.keeping.resolution import owners_of
from monitor.rules.keeping.titles import persons_in, subjects_of, telling, untold_in
from monitor.rules.keeping.weights import WEIGHTS

LOOKOUT_FORM = 3
"""Number of these rules, and of those on words and numbers behind them; lookouts of a lower one have to be made again."""


@dataclass(frozen=True, slots=True)
class Lookout:
    """Words as an index keeps them: stems, and a number behind a #.

    `told` is how much those words of the name tell that must not be missing, zero where the name is bare, and the words are
    those of its statement's title. `bonus` is what else than its words may speak for a document, because of how it is named.
    What keeps the promise comes out or is changed `since` a day; from the day after `fades` on, its day does not speak for it.
    """

    words: frozenset[str]
    told: float
    bonus: float
    since: date
    fades: date


def lookout_of(promise: Promise) -> Lookout:
    """What a promise is found by."""
    name, since = promise.expected, first_day(promise.draft, promise.made_on)
    fades = promise.due_by or since - timedelta(days=1)
    number = number_beside(name, promise.quote)
    borne = frozenset({number_word(number)} if number else ())
    if promise.about and is_bare(name):
        return Lookout(borne | frozenset(subjects_of(promise.about)), 0.0, _bonus(name), since, fades)
    words = frozenset(subjects_of(name))
    untold = untold_in(name, owners_of(promise.department or "", promise.draft.publisher))
    return Lookout(borne | words, round(telling(words - untold), 3), _bonus(name), since, fades)


def number_word(number: str) -> str:
    """A number as a word of a lookout, however it is written."""
    return "#" + number.replace("-", "").replace(" ", "").lower()


def _bonus(name: str) -> float:
    series = WEIGHTS["series"] if ordinals(name) else 0.0
    person = WEIGHTS["person"] if persons_in(name) else 0.0
    return round(WEIGHTS["words of kind"] + series + person, 3)
