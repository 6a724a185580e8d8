"""Promises without a verb of their own: `So too will the impact assessment`, and the items of a list."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.chunks import Chunk
from monitor.rules.promises.naming import Name, name_of
from monitor.rules.promises.phrases import find_phrases, read_phrase

_OPENINGS = frozenset("so as likewise".split())
_VERBS = frozenset("will is are has have shall does do".split())


def read_inversion(sentence: str, row: Sequence[Chunk]) -> Name | None:
    """The document in `So too will the final impact assessment`; None in any other sentence."""
    if len(row) < 4 or row[0].low not in _OPENINGS:
        return None
    verb = next((index for index in range(1, min(3, len(row))) if row[index].low in _VERBS), None)
    if verb is None:
        return None
    phrase = read_phrase(row, verb + 1, len(row))
    return name_of(sentence, row, phrase) if phrase is not None and phrase.is_document() else None


def read_list_item(sentence: str, row: Sequence[Chunk]) -> Name | None:
    """The document that a list's item names: its first noun phrase, if that is one."""
    phrase = next(iter(find_phrases(row, 0, len(row))), None)
    if phrase is None or not phrase.is_document():
        return None
    return name_of(sentence, row, phrase)
