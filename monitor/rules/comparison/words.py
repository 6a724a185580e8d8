"""Words as the comparison sees them: a text cut into pieces, each a word or a mark with the white space after it.

A piece is never a part of a word. Word characters are everything but white space and the marks below, so that combining
accents, emoji with their modifiers and scripts of any direction stay whole. Marks inside a word (`3.7`, `re-offending`,
`gov.uk`, `doctor's`) belong to it; a sign before a figure (`-5`) belongs to the figure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate

_MARKS = r"""!"'()*,\-./:;?@\[\\\]`{|}~‘’‚‛“”„‟«»‹›…–—―‐‑‒•·¡¿、。，：；！？（）「」『』【】،؛؟۔׀׃।"""
_INSIDE = r"""'’.,/:@\-‐‑–·"""
_ATTACHED = "\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef" + "".join(
    char for char in map(chr, range(0x10000)) if unicodedata.category(char).startswith("M")
)
"""What combines with the character before it: accents, vowel points, joiners, skin tones, variation selectors."""
_SPACE = r"\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What `\\s` means, spelled out: within a set of characters that is much quicker."""
_LETTER = rf"[^{_SPACE}{_MARKS}]"
_WORD = rf"{_LETTER}++(?:[{_INSIDE}]{{1,3}}{_LETTER}++)*+\s*+"
_PIECE = re.compile(rf"{_WORD}|(?<![^\s(|])[-−.](?=[\d£$€]){_WORD}|[{_MARKS}][{_ATTACHED}]*+\s*+|\s++")


def split_words(text: str) -> list[str]:
    """Cut a text into pieces; joined, they are the text again."""
    return _PIECE.findall(text)


class Line:
    """A text as the comparison sees it. `text` is all of it, `pieces` the text cut up, `words` the pieces without their white
    space, which makes no difference between words; `offsets` tells where each piece begins in the text, and where it ends.
    """

    __slots__ = ("offsets", "pieces", "text", "words")

    def __init__(self, text: str, pieces: Sequence[str]) -> None:
        self.text = text
        self.pieces = pieces
        self.words = list(map(str.rstrip, pieces))
        self.offsets = list(accumulate(map(len, pieces), initial=0))


def read_line(text: str) -> Line:
    """Cut a text into words."""
    return Line(text, split_words(text))
