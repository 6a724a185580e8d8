"""How a title is built beside a promised name: what it puts behind a colon, and what it leaves out."""

from __future__ import annotations

import re
from itertools import pairwise

from monitor.rules.promises import lexicon
from monitor.rules.promises.titles import KINDS, LITTLE, is_telling, singular, stem, stems, telling_words
from monitor.text import tokens

_SHORT, _ROOT = 2, 6
_ABOUT = re.compile(
    r"(?::|\s[\u2013-])\s*((?:how|what|who|why|when|where)\b|(?:a\s+)?(?:guide|guidance|advice|briefing|information)\s+(?:for|to|on)\b"
    r"|background|frequently\s+asked|questions\s+and\s+answers|presentation|slides|webinars?)",
    re.IGNORECASE,
)


def says_in_a_row(name: str, title: str) -> bool:
    """Whether a title has the two words of a short name side by side: `Trade Strategy`, in `UK Trade Strategy`."""
    said, given = ([stem(token.word) for token in tokens(text) if token.word not in LITTLE] for text in (name, title))
    return len(said) > _SHORT or any(given[at : at + len(said)] == said for at in range(len(given) - len(said) + 1))


def unmodified(name: str, title: str) -> str:
    """The word of a name that says which, where a title has only the word behind it: `student`, in `student loan book`."""
    said, given = [token.word for token in tokens(name)], stems(token.word for token in tokens(title))
    for one, two in pairwise(said):
        plain = (
            one not in lexicon.NUMBER_WORDS and is_telling(one) and is_telling(two) and not two.endswith(("ing", "ed"))
        )
        if plain and stem(two) in given and not any(word.startswith(stem(one)[:_ROOT]) for word in given):
            return one
    return ""


def belonging(name: str, title: str) -> str:
    """What belongs to a document, where a title names both: `Industrial Strategy: | sector plans`; else empty."""
    head, colon, tail = title.partition(":")
    own = tail.strip().lower().split()
    if (
        not colon
        or not own
        or singular(own[-1]) not in KINDS
        or not telling_words(name).keys() <= telling_words(head).keys()
    ):
        return ""
    return tail.strip() if telling_words(tail).keys() - telling_words(name).keys() else ""


def tail_about(title: str) -> str:
    """What a title says of a document that it names: `Rural Strategy: | how to respond`; empty where it is one itself."""
    found = _ABOUT.search(title)
    return found[1].strip().lower() if found else ""
