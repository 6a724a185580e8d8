"""Visible variants: which other forms of a word count as it. There is no stemming; what is not listed here is not found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from math import prod

from monitor.rules.query.plurals import other_numbers
from monitor.rules.query.spellings import other_spellings
from monitor.rules.query.tree import Element

_STARTS = "anti counter cross cyber infra micro multi neo non post pseudo quasi self semi ultra".split()
_STEMS = {
    "re": "offend open train build settl elect enter introduc employ assess examin allocat design financ house invest"
    " organis organiz skill evaluat purpos engag establish instat locat structur victimis traumatis appoint arm deploy"
    " negotiat nationalis privatis process procur start submi tender think wild vaccin admi unif use using used",
    "co": "operat ordinat locat produc design defend educat chair author own found exist work commission develop pay"
    " morbid infect sponsor",
    "pre": "school trial sentenc charge apprentic condition application budget natal exist determin fabricat legislat"
    " screen test election payment",
}
"""Beginnings that people write joined, with a hyphen or apart: reoffending, re-offending, re offending.

After those of `_STARTS` comes any rest of five letters or more; after those of `_STEMS` one of these, as `re search` is no
way to write research.
"""
_SHORTEST_REST = 5
_JOINED = re.compile(
    "|".join(
        [f"(?:{'|'.join(_STARTS)})(?=.{{{_SHORTEST_REST}}})"]
        + [f"{start}(?={'|'.join(stems.split())})" for start, stems in _STEMS.items()]
    ),
    re.DOTALL,
)
_MOST = 24


def word_variants(word: str) -> tuple[str, ...]:
    """A folded word and its other spellings, each in the plural and in the singular; the word itself first."""
    spellings = (word, *other_spellings(word))
    numbers = [other for spelling in spellings for other in other_numbers(spelling)]
    again = [other for number in numbers for other in other_spellings(number)]
    return tuple(dict.fromkeys((*spellings, *numbers, *again)))


def exact(words: Sequence[str]) -> tuple[Element, ...]:
    """Words as they are, one after another."""
    return tuple(((word,),) for word in words)


@lru_cache(maxsize=65_536)
def with_variants(parts: tuple[str, ...], *, written: str = "", prefix: bool = False) -> Element:
    """What counts as one word, written as `parts` between hyphens: its variants, apart and joined.

    `written` is the word before folding: capitals have a plural with s (MOU, MPs) and no singular (NHS). A `prefix` has no
    other number or spelling, only other ways of being joined.
    """
    last = _last(parts[-1], written, prefix)
    if len(parts) == 1:
        return tuple(dict.fromkeys(form for word in last for form in ((word,), *_apart(word))))
    choices = [*((part, *other_spellings(part)) for part in parts[:-1]), last]
    if 2 * prod(map(len, choices)) > _MOST:
        return (parts, ("".join(parts),))
    apart = list(product(*choices))
    return tuple(dict.fromkeys([*apart, *(("".join(form),) for form in apart)]))


def is_in_capitals(written: str, word: str) -> bool:
    """Whether a word, here as it was written and folded, is written as NHS is."""
    return len(word) > 1 and written.isupper()


def is_plural_of_capitals(written: str, word: str) -> bool:
    """Whether a word is written as MPs is."""
    return len(word) > 2 and written[-1] == "s" and written[:-1].isupper()


def belongs_to_next(word: str, following: str) -> bool:
    """Whether two words written apart may be one: `re` before `offending`."""
    return (word, following) in _apart(word + following)


def _last(word: str, written: str, prefix: bool) -> tuple[str, ...]:
    if prefix:
        return (word,)
    if is_in_capitals(written, word):
        return (word,) if word.endswith("s") else (word, word + "s")
    if is_plural_of_capitals(written, word):
        return (word, word[:-1])
    return word_variants(word)


def _apart(word: str) -> tuple[tuple[str, ...], ...]:
    """The word as beginning and rest, if it can be written so."""
    found = _JOINED.match(word)
    return ((word[: found.end()], word[found.end() :]),) if found else ()
