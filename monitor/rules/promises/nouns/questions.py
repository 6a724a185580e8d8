"""Questions that hang on a name and belong to it: `an account of how schools were chosen`."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import is_finite
from monitor.rules.promises.words import lexicon

QUESTIONS = frozenset("how what whether why who when where".split())
"""What opens a question inside a name: `an account of how schools were chosen`."""


def question_end(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past a question that hangs on a name, as far as one verb of its own goes: `of how schools were chosen | will be`."""
    told = at and at + 1 < end and row[at - 1].low in ("those", "what") and row[at].low in ("who", "which")
    at -= bool(told)
    if (
        at + 2 < end
        and row[at].low in lexicon.PREPOSITIONS
        and [one.low for one in row[at + 1 : at + 3]] == ["which", "to"]
    ):
        return next((index for index in range(at + 3, end) if row[index].kind != "word" or is_finite(row, index)), end)
    if at + 1 >= end or not (told or (row[at].low in lexicon.PREPOSITIONS and row[at + 1].low in QUESTIONS)):
        return at
    verbs = 0
    for index in range(at + 2, end):
        chunk = row[index]
        if chunk.kind not in ("word", "aside", "title") or (verbs and chunk.low == "and"):
            return index
        if is_finite(row, index) and not is_finite(row, index - 1):
            verbs += 1
            if verbs > 1:
                return index
    return end
