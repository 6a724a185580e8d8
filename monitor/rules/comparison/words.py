"""Words as the comparison sees them: a text cut into pieces, each a word or a mark with the white space after it.

A piece is never a part of a word. Word characters are everything but white space and the marks below, so that combining
accents, emoji with their modifiers and scripts of any direction stay whole. Marks inside a word (`3.7`, `re-offending`,
`gov.uk`, `doctor's`) belong to it; a sign before a figure (`-5`) belongs to the figure.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, compress

_MARKS = r"""!"'()*,\-./:;?@\[\\\]`{|}~‘’‚‛“”„‟«»‹›…–—―‐‑‒•·¡¿、。，：；！？（）「」『』【】،؛؟۔׀׃।"""
_INSIDE = r"""'’.,/:@\-‐‑–·"""
_ATTACHED = "\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef" + "".join(
    char for char in map(chr, range(0x10000)) if unicodedata.category(char).startswith("M")
)
"""What combines with the character before it: accents, vowel points, joiners, skin tones, variation selectors."""
_BLANK = r"\t\x0b-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space but for the line feed, which ends a block: what `\\s` means, spelled out, as that is much quicker in a set."""
_SPACE = rf"[{_BLANK}]*+\n?+"
_LETTER = rf"[^\n{_BLANK}{_MARKS}]"
_WORD = rf"{_LETTER}++(?:[{_INSIDE}]{{1,3}}{_LETTER}++)*+{_SPACE}"
_PIECE = re.compile(
    rf"{_WORD}|(?<![^\s(|])[-−.](?=[\d£$€]){_WORD}|[{_MARKS}][{_ATTACHED}]*+{_SPACE}|[{_BLANK}]++\n?+|\n"
)


def split_words(text: str) -> list[str]:
    """Cut a text into pieces; joined, they are the text again."""
    return _PIECE.findall(text)


class Side:
    """One of two texts that are compared: its blocks, and those of them that differ cut into words.

    `text` is the blocks that differ, joined, `pieces` that text cut up, `words` the pieces without their white space, which
    makes no difference between words. `offsets` tells where each piece begins in `text`, and where the last ends; `starts`
    which is the first word of each block, and how many there are: a block that does not differ has none.
    """

    __slots__ = ("blocks", "offsets", "pieces", "starts", "text", "words")

    def __init__(self, blocks: Sequence[str], differ: Iterable[range]) -> None:
        self.blocks = blocks
        sizes = [0] * len(blocks)
        for part in differ:
            sizes[part.start : part.stop] = map(len, blocks[part.start : part.stop])
        self.text = "".join(compress(blocks, sizes))
        self.pieces = split_words(self.text)
        self.words = list(map(str.rstrip, self.pieces))
        self.offsets = list(accumulate(map(len, self.pieces), initial=0))
        self.starts = [bisect_left(self.offsets, start) for start in accumulate(sizes, initial=0)]

    def span(self, blocks: range) -> range:
        """The places of the words of some blocks in a row."""
        return range(self.starts[blocks.start], self.starts[blocks.stop])

    def has_read(self, block: int) -> bool:
        """Whether a block is one of those cut into words."""
        return self.starts[block] < self.starts[block + 1]


def read_block(block: str) -> Side:
    """Cut one block into words."""
    return Side([block], [range(1)])
