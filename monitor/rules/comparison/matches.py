"""Matches made readable: small islands between large edits given up, and what was put in begun where a sentence begins.

Of the many shortest alignments a reader wants the one that follows the writer's hand. Both steps keep every rebuild exact
and treat both sides alike; the first costs a few words, the second none.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.comparison.alignment import Match
from monitor.rules.comparison.words import Side

ISLAND = 3
"""Letters of a word that is given up when it stands alone between edits of `SHORE` words or more on either hand."""

SHORE = 5
"""Words, gone and come together, that make an edit large enough."""

_FAR = 60
"""Words by which an edit may be slid."""


def readable(matches: Sequence[Match], old: Side, new: Side, here: range, there: range) -> list[Match]:
    """The matches of two stretches of words, made readable; `here` and `there` are the places of the words."""
    return _slid(_without_islands(matches, old.words, here, there), old.pieces, new.pieces)


def _without_islands(matches: Sequence[Match], words: Sequence[str], here: range, there: range) -> Sequence[Match]:
    """Leave out a single short word or mark between two large edits; the bars of table rows stay."""
    islands: set[Match] = set()
    i_end, j_end = here.start, there.start
    for match, (i_next, j_next, _) in zip(matches, [*matches[1:], (here.stop, there.stop, 0)], strict=False):
        i, j, size = match
        if (
            size == 1
            and i_end < i < i_next - 1
            and j_end < j < j_next - 1
            and i - i_end + j - j_end >= SHORE
            and i_next - i + j_next - j >= SHORE + 2
            and _is_slight(words[i])
        ):
            islands.add(match)
        i_end, j_end = i + size, j + size
    return [match for match in matches if match not in islands] if islands else matches


def _is_slight(word: str) -> bool:
    return len(word) <= ISLAND and word != "|" and not any(map(str.isdigit, word))


def _slid(matches: Sequence[Match], old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Slide what only came, or only went, to where a sentence begins, if the words around allow it."""
    slid = list(matches)
    for at, (i_next, j_next, size_next) in enumerate(matches[1:]):
        i, j, size = slid[at]
        i_end, j_end = i + size, j + size
        if (i_end == i_next) == (j_end == j_next):
            continue
        pieces, start, end = (new, j_end, j_next) if i_end == i_next else (old, i_end, i_next)
        if pieces[start - 1] != pieces[end - 1] and pieces[start] != pieces[end]:
            continue
        step = _step(pieces, start, end, size, size_next)
        if step:
            slid[at] = (i, j, size + step)
            slid[at + 1] = (i_next + step, j_next + step, size_next - step)
    return [match for match in slid if match[2]]


def _step(pieces: Sequence[str], start: int, end: int, before: int, after: int) -> int:
    """By how many words to slide the edit [start, end): back (negative), on, or not at all."""
    back = on = 0
    while True:
        if _begins(pieces, start - back):
            return -back
        if back == min(before, _FAR) or pieces[start - back - 1] != pieces[end - back - 1]:
            break
        back += 1
    while on < min(after, _FAR) and end + on < len(pieces) and pieces[start + on] == pieces[end + on]:
        on += 1
        if _begins(pieces, start + on):
            return on
    return 0


def _begins(pieces: Sequence[str], place: int) -> bool:
    """Whether a sentence, a block or a cell begins at this piece."""
    return (
        place == 0 or pieces[place - 1].rstrip()[-1:] in (".", "!", "?", ";", ":", "|", "") or "\n" in pieces[place - 1]
    )
