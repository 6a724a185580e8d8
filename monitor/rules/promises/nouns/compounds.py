"""Nouns of several words that are one: `terms of reference`, `a value for money assessment`."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.sentence.chunks import Chunk

COMPOUNDS = frozenset(
    "terms of reference|call for evidence|calls for evidence|code of practice|codes of practice|memorandum of understanding"
    "|exchange of letters|statement of changes|statement of reasons|statement of intent|summary of responses"
    "|heads of terms|heads of agreement|bill of costs|exchange of notes".split("|")
)
"""Nouns of three words: the head is the first, or the last where the first is no document's noun."""
_MODIFIERS = frozenset(
    "value for money|cost of living|freedom of information|duty of care|point of entry|proof of concept|quality of life"
    "|right to buy|right to work|fit for work|rules of origin|state of the nation|letter of credit".split("|")
)
"""Three words that say which noun behind them: `a value for money assessment`."""


def within_compound(row: Sequence[Chunk], at: int) -> bool:
    """`terms of reference` is one noun, and so is `value for money assessment`: nothing hangs on the first word."""
    words = " ".join(chunk.low for chunk in row[max(at - 1, 0) : at + 2])
    return words in COMPOUNDS or (words in _MODIFIERS and at + 2 < len(row) and row[at + 2].kind == "word")
