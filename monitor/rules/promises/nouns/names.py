"""Names of documents, compared: whether two are of one document, and the whole name that a short one goes back to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from monitor.rules.promises.words import lexicon
from monitor.text import tokens

_LITTLE = frozenset(
    "a an the of on and or for to in with by at from as its our his her their this that these"
    " those my into copy copies"
    " text full both which is are be it".split()
)
_EDITION = frozenset(
    (
        "interim final draft initial full updated revised first second third fourth annual further"
        " preliminary provisional"
    ).split()
)
_COUNTING = _EDITION | lexicon.NUMBER_WORDS | lexicon.ORDINALS | frozenset("two overdue further new".split())
"""What a name may begin with that is not said of another of its kind."""
_OWNERS = ("'s", "s'", "\u2019s", "s\u2019")
_PLAIN = frozenset("full new whole complete completed finished promised forthcoming same said present".split())
_GENERAL = frozenset("document documents paper papers publication publications text texts version versions".split())
_HUNG = re.compile(r"\s(?:of|on|to|for|into|about|in|from|by|with|under)\s")


@dataclass(frozen=True, slots=True)
class Name:
    """A document's name as the statement gives it: its words, its head noun, and how it points back, if it does.

    `back` is `pronoun` (it, a copy), `short` (the report, that plan), `gap` (a second, that on Hull: `words` and `rest`
    stand around the noun that is left out) or `none`; `plural` where several are meant, `count` of them, if that is said.
    `led` is the determiner that points back, `also` what a title is called beside it (our strategy for canals).
    """

    words: str
    head: str
    back: str = "none"
    plural: bool = False
    count: int = 0
    rest: str = ""
    led: str = ""
    also: Name | None = None


@lru_cache(maxsize=4096)
def content_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others: little words out, a plural s off."""
    words = (token.word for token in tokens(name))
    return frozenset(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in words
        if word not in _LITTLE
    )


def own_words(name: str) -> frozenset[str]:
    """The words before what a name hangs on: of `the response to the Dam Plan`, that of the response."""
    return content_words(_HUNG.split(name, maxsplit=1)[0])


def likeness(one: str, other: str) -> float:
    """How much two names share, from 0 to 1: the harmonic mean of both shares."""
    a, b = content_words(one), content_words(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def same_head(one: str, other: str) -> bool:
    """Whether two head nouns are one, singular or plural."""
    return _one(one) == _one(other) and one != ""


def is_plural(head: str) -> bool:
    """Whether a head noun means several: `reports`, not `analysis`."""
    return head.endswith("s") and not head.endswith(("ss", "is", "us", "series"))


def is_general(head: str) -> bool:
    """Whether a head noun stands for any document: `the document`."""
    return head in _GENERAL


def differ_in_edition(one: Name, other: Name) -> bool:
    """Whether they say they are of two editions: an interim report is not the final one."""
    a, b = (content_words(name.words) & _EDITION for name in (one, other))
    return a != b and bool(a) and bool(b)


def same_document(one: Name, other: Name) -> bool:
    """Whether two names, neither a pronoun, are of one document. An interim report is not the final one."""
    if differ_in_edition(one, other):
        return False
    a, b = content_words(one.words), content_words(other.words)
    if own_words(one.words).isdisjoint(b) or own_words(other.words).isdisjoint(a):
        return False
    if a == b:
        return True
    return likeness(one.words, other.words) >= 0.75 or (
        same_head(one.head, other.head) and (a <= b or b <= a) and min(len(a), len(b)) > 1
    )


def adds_nothing(name: Name, earlier: Name) -> bool:
    """Whether a short name says no more than the earlier one: `the final report` is not `their discovery report`."""
    own = content_words(name.words) - _PLAIN
    return own <= content_words(earlier.words) | content_words(name.head)


def fullest(name: Name, mentions: Iterable[Name]) -> Name:
    """The name that a short one goes back to: the latest longer mention with the same head; itself where there is none."""
    own = content_words(name.words)
    for mention in mentions:
        others = content_words(mention.words)
        if is_general(name.head) and len(own) > 1 and own - content_words(name.head) <= others:
            return mention
        if (same_head(mention.head, name.head) or not mention.head) and own < others:
            return mention
    return name


def version_of(name: Name, mentions: Iterable[Name]) -> Name:
    """`the final version` by the name of what it is a version of; any other name as it is."""
    words = name.words.split()
    if (
        name.back != "short"
        or len(words) != 2
        or not name.head.startswith("version")
        or words[0].lower() not in _EDITION
    ):
        return name
    whole = next((mention for mention in mentions if mention.words and not mention.head.startswith("version")), None)
    if whole is None:
        return name
    bare = " ".join(word for word in whole.words.split() if word.lower() not in _EDITION)
    return Name(f"{name.words} of the {bare}", whole.head)


def _one(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _many(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def filled(gap: Name, host: Name) -> Name:
    """`a second` by the noun of what it goes back to: `second bulletin on tree disease`; `that on Hull`, `report on Hull`."""
    words = host.words.split()
    at = next((index for index, word in enumerate(words) if word.lower().strip(",") == host.head), None)
    base, tail = (words[: at + 1], words[at + 1 :]) if at is not None else ([host.head] if host.head else words, [])
    owned = max((index + 1 for index, word in enumerate(base[:-1]) if word.endswith(_OWNERS)), default=0)
    base = base[owned:]
    while len(base) > 1 and base[0].lower() in _COUNTING:
        base = base[1:]
    if base and "of" not in base and is_plural(host.head) != gap.plural and host.head.endswith("s") != gap.plural:
        base[-1] = _many(base[-1]) if gap.plural else _one(base[-1])
    told = " ".join((*gap.words.split(), *base, *(gap.rest.split() or tail)))
    return Name(told, base[-1].lower() if base else "", "none", gap.plural, rest=gap.rest)
