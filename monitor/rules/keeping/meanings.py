"""Words of one meaning: a Minister says `bailiffs`, a title `enforcement agents`. Each group meets as one word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from monitor.rules.keeping.same_words import SAME_WORDS
from monitor.rules.keeping.short_forms import SHORT_FORMS

_BETWEEN = frozenset("of and for in to the on as at a".split())
"""Words that a phrase is told without: `Ministry of Justice`."""
_LONGEST = 4


def singular(word: str) -> str:
    """A word without the s of a plural."""
    if word == "wales":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _read_words() -> dict[str, str]:
    groups = [group.split() for group in SAME_WORDS.split("/") if group.strip()]
    return {word: group[0] for group in groups for word in group}


def _read_phrases() -> dict[tuple[str, ...], str]:
    rows = [row.partition("=") for row in SHORT_FORMS.split("/") if "=" in row]
    return {tuple(phrase.split()): word.strip() for word, _, phrases in rows for phrase in phrases.split("|")}


_SAME, _SHORT = _read_words(), _read_phrases()
_BEGIN = frozenset(phrase[0] for phrase in _SHORT)


def one_for_each(words: Iterable[str]) -> list[str]:
    """Words in small letters, with one for all of the same meaning, and one for a phrase that has a short form."""
    rest = [word for word in words if word not in _BETWEEN]
    found: list[str] = []
    while rest:
        short, length = _phrase_at(rest) if singular(rest[0]) in _BEGIN else ("", 1)
        found.append(short or _SAME.get(singular(rest[0]), rest[0]))
        rest = rest[length:]
    return found


def _phrase_at(words: list[str]) -> tuple[str, int]:
    """The short form of the longest phrase that words begin with, and its length; an empty one where none does."""
    plain = [singular(word) for word in words[:_LONGEST]]
    lengths = range(len(plain), 1, -1)
    return next(((_SHORT[key], length) for length in lengths if (key := tuple(plain[:length])) in _SHORT), ("", 1))


def _read_others() -> dict[str, tuple[str, ...]]:
    kin: defaultdict[str, list[str]] = defaultdict(list)
    for word, first in _SAME.items():
        kin[first].append(word)
    for phrase, first in _SHORT.items():
        kin[first].append(" ".join(phrase))
    return {first: tuple(dict.fromkeys((first, *words))) for first, words in kin.items()}


_OTHERS = _read_others()


def other_words(text: Iterable[str]) -> tuple[str, ...]:
    """Words and phrases that mean the same as some of these: what else a title may say for them."""
    said = list(text)
    meant = (kin for word in one_for_each(said) for kin in _OTHERS.get(word) or _OTHERS.get(singular(word), ()))
    return tuple(dict.fromkeys(word for word in meant if word not in said))
