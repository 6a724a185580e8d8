"""Prepositions that hang nothing on a noun: `copies of the plan`, `the Secretary of State's report`."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon

_IN_OFFICES = frozenset("the of and for".split())
"""Little words in what an office is called."""


def leads_noun(row: Sequence[Chunk], start: int, at: int) -> bool:
    """Whether a preposition hangs nothing on a noun here: `copies of the plan`, `the following documents`."""
    following = row[at].low == "following" and row[at - 1].low in lexicon.DETERMINERS
    return following or _after_copies(row, start, at) or _is_in_owner(row, at)


def _is_in_owner(row: Sequence[Chunk], at: int) -> bool:
    """Whether a preposition stands inside of whose the document is: `the Secretary of State's report`."""
    if row[at].low != "of" or row[at - 1].low in lexicon.DOCUMENTS or not row[at - 1].is_name:
        return False
    named = (index for index in range(at + 1, min(at + 7, len(row) - 1)) if row[index].low.endswith(("'s", "s'")))
    owner = next(named, None)
    return owner is not None and all(chunk.is_name or chunk.low in _IN_OFFICES for chunk in row[at + 1 : owner + 1])


def _after_copies(row: Sequence[Chunk], start: int, at: int) -> bool:
    """`copies of` hangs nothing on a noun: the document comes behind it."""
    return row[at].low == "of" and all(
        chunk.low in lexicon.COPIES
        or chunk.low == "publication"
        or chunk.low in ("a", "an", "full", "the", "hard", "printed", "advance")
        or chunk.kind == "aside"
        for chunk in row[start:at]
    )
