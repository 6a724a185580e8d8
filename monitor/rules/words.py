"""Words as the comparison sees them: a text cut into pieces, each a word or a mark with the white space after it.

A piece is never a part of a word. Word characters are everything but white space and the marks below, so that combining
accents, emoji with their modifiers and scripts of any direction stay whole. Marks inside a word (`3.7`, `re-offending`,
`gov.uk`, `doctor's`) belong to it; a sign before a figure (`-5`) belongs to the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARKS = r"""!"'()*,\-./:;?@\[\\\]`{|}~‘’‚‛“”„‟«»‹›…–—―‐‑‒•·¡¿、。，：；！？（）「」『』【】،؛؟۔׀׃।"""
_INSIDE = r"""'’.,/:@\-‐‑–·"""
_ATTACHED = "\u0300-\u036f\u1ab0-\u1aff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_WORD = rf"[^\s{_MARKS}]+(?:[{_INSIDE}]{{1,3}}[^\s{_MARKS}]+)*\s*"
_PIECE = re.compile(rf"{_WORD}|(?<![^\s(|])[-−.](?=[\d£$€]){_WORD}|[{_MARKS}][{_ATTACHED}]*\s*|\s+")
_LETTERS = 0x110000 - 0x800 - 1
"""How many characters there are that can stand alone (surrogates cannot)."""


def split_words(text: str) -> list[str]:
    """Cut a text into pieces; joined, they are the text again."""
    return _PIECE.findall(text)


class Alphabet:
    """Gives every distinct word one character, so that a text of words becomes a string that C code compares quickly."""

    def __init__(self) -> None:
        self._of_word: dict[str, str] = {}
        self._of_piece: dict[str, str] = {}

    def spell(self, pieces: Sequence[str]) -> str:
        """The pieces as one string, a character each; white space after a word makes no difference.

        After a million distinct words letters are given twice: whoever compares letters must look at the words as well.
        """
        known, words = self._of_piece, self._of_word
        for piece in set(pieces).difference(known):
            word = piece.rstrip()
            letter = words.get(word)
            if letter is None:
                number = len(words) % _LETTERS + 1
                letter = words[word] = chr(number if number < 0xD800 else number + 0x800)
            known[piece] = letter
        return "".join(map(known.__getitem__, pieces))
