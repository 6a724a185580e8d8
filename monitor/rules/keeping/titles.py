"""How much of a promised document's name a title carries: words they share, by how much each tells, and words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from monitor.rules.keeping.commonness import tells
from monitor.rules.keeping.meanings import singular
from monitor.rules.keeping.stems import is_telling, stem, stems, telling_words
from monitor.rules.promises.times.calendar import MONTHS
from monitor.text import Token, tokens

_HONORIFIC = (
    r"(?:Sir|Dame|Lord|Lady|Baroness|Mr|Mrs|Ms|Dr|Professor|Bishop|Judge|General|Admiral|Archbishop|Canon|Rabbi)"
)
_PERSON = re.compile(_HONORIFIC + r"\.?\s(?:(?:[A-Z][\w\u2019'-]*|of|de|van)\s?)+")
_AUTHOR = re.compile(r"((?:[A-Z][\w-]*\s)*[A-Z][\w-]*)['\u2019]s?\s")
"""Whose it is, before all else: `Ofqual's study of on-screen assessment`."""
_CONTRASTS = tuple(frozenset(kin.split()) for kin in (
    "men women man woman", "boy girl", "north south east west", "england scotland wales", "primary secondary",
    "adult child children youth", "urban rural", "civil criminal", "import export", "onshore offshore", "army navy",
    "commons lords", "white green", "landlord tenant", "public private", "domestic international", "employer employee worker",
))  # fmt: skip
"""Words of which a name of a kind has one."""
_HANGING = frozenset("for of in on to".split())
_OFFICES = frozenset(
    """
    government minister secretary state department committee board commission agency authority body chair chairman
    inspector house parliament inquiry council service office review sir lord lady dame professor adviser
    republic kingdom agreement treaty convention act chief executive director
    """.split()
)
"""Words that are written large and name nobody by themselves."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The telling words of a name that a title has, those that only its summary has, those that neither has; and what the
    title adds. All are stems.
    """

    shared: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def wanted(self) -> int:
        """How many telling words the name has."""
        return len(self.shared) + len(self.beside) + len(self.missing)

    @property
    def whole(self) -> bool:
        """Whether the title has them all."""
        return bool(self.shared) and not self.beside and not self.missing

    @property
    def carried(self) -> float:
        """How much of the name is carried, 0 to 1; what only the summary says counts half."""
        told, half = telling(self.shared), telling(self.beside) / 2
        return (told + half) / ((told + 2 * half + telling(self.missing)) or 1.0)

    @property
    def of_title(self) -> float:
        """How much of the title is in the name, 0 to 1."""
        told = telling(self.shared)
        return told / ((told + telling(self.added)) or 1.0)


def telling(words: Iterable[str]) -> float:
    """How much stems tell together."""
    return sum(map(tells, words))


def compare_titles(name: str, title: str, extra: str, owners: Iterable[str] = ()) -> Likeness:
    """What a name and a title share. `extra` is what stands beside the title (a summary), `owners` whose statement it is."""
    wanted, given, more = subjects_of(name), telling_words(title), telling_words(extra)
    untold = untold_in(name, owners)
    shared = tuple(word for word in wanted if word in given)
    beside = tuple(word for word in wanted if word in more and word not in given)
    missing = tuple(word for word in wanted if word not in given and word not in more and word not in untold)
    named = telling_words(name)
    added = tuple(
        word
        for word, tells_subject in given.items()
        if tells_subject and word not in named and word not in untold and word not in _months() and not word.isdigit()
    )
    return Likeness(shared, beside, missing, added)


def subjects_of(name: str) -> tuple[str, ...]:
    """The stems that say what a document is about."""
    return tuple(word for word, tells_subject in telling_words(name).items() if tells_subject)


def untold_in(name: str, owners: Iterable[str] = ()) -> frozenset[str]:
    """The stems of a name that a title need not have: who wrote it, and whose statement it is. Not all of them, ever."""
    author = _AUTHOR.match(name)
    told = " ".join((*owners, author[1] if author else ""))
    untold = persons_in(name) | telling_words(told).keys()
    return frozenset() if untold.issuperset(subjects_of(name)) else frozenset(untold)


def persons_in(name: str) -> frozenset[str]:
    """The stems of persons that a name has with what they are called: `Dame Anne Prowse's inquiry into prisoner transport`."""
    said = " ".join(hit[0].rstrip("s").rstrip("'\u2019") for hit in _PERSON.finditer(name))
    return frozenset(telling_words(said))


@cache
def _office_stems() -> frozenset[str]:
    return frozenset(map(stem, _OFFICES))


@cache
def _months() -> frozenset[str]:
    return frozenset(stem(month) for month in MONTHS)


def other_kin(name: str, title: str) -> tuple[str, str] | None:
    """The words that tell a title from a name where each name of such a kind has one: `men's health`, `women's health`."""
    said, given = ({_plain(token.word) for token in tokens(text)} for text in (name, title))
    for kin in _CONTRASTS:
        one, two = said & kin, given & kin
        if one and two and not one & two:
            return min(one), min(two)
    return None


def swapped(name: str, title: str) -> tuple[str, str] | None:
    """One telling word for another in the same place: `review of training in mathematics`, `review of training in languages`."""
    head, colon, tail = title.partition(":")
    turns = (title, f"{tail} {head}") if colon else (title,)
    return next((other for turn in turns if (other := _swapped(name, turn)) is not None), None)


def _swapped(name: str, title: str) -> tuple[str, str] | None:
    said, given = ([token.word for token in tokens(text)] for text in (name, title))
    blocks = SequenceMatcher(None, [stem(word) for word in said], [stem(word) for word in given], autojunk=False)
    for tag, first, last, begin, end in blocks.get_opcodes():
        mine = [word for word in said[first:last] if is_telling(word)]
        other = [word for word in given[begin:end] if is_telling(word)]
        if tag != "replace" or not mine or not other or stems(mine) & stems(given) or stems(other) & stems(said):
            continue
        led = said[max(0, first - 3) : first] == given[max(0, begin - 3) : begin]
        known = sum(map(is_telling, said[:first]))
        hangs = known > 1 or (known and said[first - 1] in _HANGING)
        if led and hangs and len(mine) == 1 and len(other) <= 2 and not stems(mine) & telling_words(title).keys():
            return mine[0], other[0]
    return None


def proper_words(name: str) -> frozenset[str]:
    """The stems of what a name in small letters writes large: places, bodies, initials; `devolution framework for Cumbria`."""
    words = [token.word if text.islower() else "" for token, text in _with_case(name)]
    if not any(is_telling(word) for word in words):
        return frozenset()
    large = [
        token.word.removesuffix("'s").removesuffix("\u2019s")
        for at, (token, text) in enumerate(_with_case(name))
        if text[:1].isupper() and (at or text[1:2].isupper())
    ]
    named = telling_words(" ".join(large)).keys() & set(subjects_of(name))
    return frozenset(named - _office_stems())


def _with_case(name: str) -> list[tuple[Token, str]]:
    return [(token, name[token.start : token.end]) for token in tokens(name)]


def _plain(word: str) -> str:
    return singular(word.removesuffix("'s").removesuffix("\u2019s"))
