"""From matched words to what stayed, went and came, with white space kept exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.rules.comparison.alignment import Match
from monitor.rules.comparison.words import Side

Place = tuple[int, int, int, int]
"""A stretch of either side, in characters: from and to in the old text, from and to in the new."""


def weave(old: Side, new: Side, here: range, there: range, matches: Iterable[Match]) -> list[str]:
    """Turn two stretches of words (their places) and their matches into texts in threes: what stayed, went behind it, came.

    Exact whatever the matches claim: words are looked at. White space with which both what went and what came begin, or end,
    is told as having stayed.
    """
    a, b, starts, others = old.text, new.text, old.offsets, new.offsets
    texts: list[str] = []
    kept = i = starts[here.start]
    j = others[there.start]
    for match in [*matches, (here.stop, there.stop, 0)]:
        at, by, size = match
        stay = starts[at], starts[at + size], others[by], others[by + size]
        is_exact = a[stay[0] : stay[1]] == b[stay[2] : stay[3]]
        for i_to, i_next, j_to, j_next in (stay,) if is_exact else _piecemeal(old, new, match):
            if i < i_to and j < j_to:
                i, i_to, j, j_to = _without_shared_space(a, i, i_to, b, j, j_to)
            if i < i_to or j < j_to:
                texts += a[kept:i], a[i:i_to], b[j:j_to]
                kept = i_to
            i, j = i_next, j_next
    if kept < i:
        texts.append(a[kept:i])
    return texts


def _without_shared_space(a: str, i: int, i_to: int, b: str, j: int, j_to: int) -> Place:
    """What of two stretches is left without the white space with which both begin, or end."""
    while i < i_to and j < j_to and a[i] == b[j] and a[i].isspace():
        i += 1
        j += 1
    while i < i_to and j < j_to and a[i_to - 1] == b[j_to - 1] and a[i_to - 1].isspace():
        i_to -= 1
        j_to -= 1
    return i, i_to, j, j_to


def turned(texts: Sequence[str]) -> list[str]:
    """Texts in threes as they are told from the other side."""
    there = list(texts)
    there[1::3], there[2::3] = texts[2::3], texts[1::3]
    return there


def _piecemeal(old: Side, new: Side, match: Match) -> Iterator[Place]:
    """Pieces whose words are equal but whose white space is not, somewhere."""
    i, j, size = match
    for here, there in zip(range(i, i + size), range(j, j + size), strict=True):
        word = old.words[here]
        start, other = old.offsets[here], new.offsets[there]
        if old.pieces[here] == new.pieces[there]:
            yield start, old.offsets[here + 1], other, new.offsets[there + 1]
        elif word and word == new.words[there]:
            yield start, start + len(word), other, other + len(word)
