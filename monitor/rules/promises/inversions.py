"""Promises without a verb of their own: `So too will the impact assessment`."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.chunks import Chunk
from monitor.rules.promises.naming import Name, name_of
from monitor.rules.promises.phrases import read_phrase

_OPENINGS = frozenset("so as likewise".split())
_VERBS = frozenset("will is are has have shall does do".split())
_LEADS = frozenset((",", ";", "and", "\u2013", "\u2014"))


def read_inversion(sentence: str, row: Sequence[Chunk]) -> Name | None:
    """The document in `So too will the final impact assessment` and `..., as is the plan`; None in any other sentence."""
    for index in range(len(row) - 2):
        if row[index].low not in _OPENINGS or (index and row[index - 1].low not in _LEADS):
            continue
        verb = next((at for at in range(index + 1, min(index + 3, len(row) - 1)) if row[at].low in _VERBS), None)
        phrase = None if verb is None else read_phrase(row, verb + 1, len(row))
        if phrase is not None and phrase.is_document():
            return name_of(sentence, row, phrase)
    return None
