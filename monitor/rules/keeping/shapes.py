"""How a title is built beside a promised name: which words stand together, and what is put behind a colon."""

from __future__ import annotations

import re

from monitor.rules.keeping.meanings import singular
from monitor.rules.keeping.stems import KINDS, telling_words

_ABOUT = re.compile(
    r"(?::|\s[\u2013-])\s*((?:how|what|who|why|when|where)\b|(?:a\s+)?(?:guide|guidance|advice|briefing|information)\s+(?:for|to|on)\b"
    r"|background|frequently\s+asked|questions\s+and\s+answers|presentation|slides|webinars?)",
    re.IGNORECASE,
)


def says_in_a_row(name: str, title: str) -> bool:
    """Whether a title has the words of a name side by side: `Trade Strategy`, in `UK Trade Strategy`."""
    said, given = list(telling_words(name)), list(telling_words(title))
    return any(given[at : at + len(said)] == said for at in range(len(given) - len(said) + 1))


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
