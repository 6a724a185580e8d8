"""Words as a name and a title are compared by: their stems, words of one meaning as one, and which of them tell the subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from monitor.rules.keeping.meanings import one_for_each, singular
from monitor.text import tokens

LITTLE = frozenset(
    """
    a an the of on and or for to in into with by at from as its our his her their this that these those my it be
    is are was which we who what how up over under about between uk england wales britain british government
    governments department departments his her majesty hm national joint copy copies text full every each all
    new first made been has have will own two three four five six seven eight nine
    """.split()
)
KINDS = frozenset(
    """
    report review strategy plan response reply consultation guidance assessment statement paper document
    framework evaluation independent annual final interim initial draft update updated revised refresh refreshed policy
    white green call evidence summary letter memorandum note notes agreement research study survey code practice
    roadmap list table research statutory written proposal revision outcome result information terms reference
    account
    """.split()
)
_PERSONS = frozenset("chief executive chairman chair minister secretary director sir dame lord lady professor".split())
"""To whom or by whom: words that tell one document from another less than what it is about."""
_NO_SUBJECTS = KINDS | _PERSONS
_SAME = {
    "reply": "response", "answer": "response", "roadmap": "roadmap", "route-map": "roadmap", "map": "map", "revision": "revised",
    "proposed": "draft",
}  # fmt: skip
_ENDINGS = (
    "isations isation ations ation ments ment ities ity ingly ings ing ally ies ied ers ed es ly er al s y e".split()
)
_DOUBLING = frozenset("ing ed er ers".split())
_DOUBLED = frozenset(letter * 2 for letter in "bdgmnprt")
"""`getting` is of `get`, and `planned` of `plan`."""
_ORDINALS = frozenset(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(), start=10
    )
}


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending, so that `assessing`, `assessed` and `assessment` meet."""
    word = _SAME.get(singular(word), word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            stemmed = word.removesuffix(ending)
            return stemmed[:-1] if ending in _DOUBLING and stemmed[-2:] in _DOUBLED else stemmed
    return word


def stems(words: Iterable[str]) -> set[str]:
    """The stems of several words."""
    return {stem(word) for word in words}


@lru_cache(maxsize=512)
def telling_words(text: str) -> Mapping[str, bool]:
    """The stems of a text in order, each with whether it names the subject (true) or merely a kind of document."""
    found: dict[str, bool] = {}
    for word in one_for_each(_words(text)):
        if word in LITTLE or (word.isdigit() and len(word) == 4) or len(word) < 2 or word in _ORDINALS:
            continue
        plain = singular(word)
        found.setdefault(stem(word), plain not in _NO_SUBJECTS and word not in KINDS)
    return MappingProxyType(found)


def _words(text: str) -> Iterator[str]:
    """The words of a text, parted at hyphens; `sixteen` as 16."""
    for token in tokens(text):
        for word in token.word.split("-"):
            yield _NUMBERS.get(word, word)


def is_telling(word: str) -> bool:
    """Whether a word says which document, and not merely of what kind it is."""
    return len(word) > 1 and not word.isdigit() and word not in LITTLE and singular(word) not in KINDS
