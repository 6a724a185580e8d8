"""Matches made readable: small islands between large edits given up, and what was put in begun where a sentence begins.

Of the many shortest alignments a reader wants the one that follows the writer's hand. Both steps keep every rebuild exact
and treat both sides alike; the first costs a few words, the second none.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.alignment import Match

ISLAND = 3
"""Letters of a word that is given up when it stands alone between edits of `SHORE` words or more on either hand."""

SHORE = 5
"""Words, gone and come together, that make an edit large enough."""

_FAR = 60
"""Words by which an edit may be slid."""


def readable(matches: Sequence[Match], old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """The matches of two runs of pieces, made readable."""
    return _slid(_without_islands(matches, old, new), old, new)


def _without_islands(matches: Sequence[Match], old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Leave out a single short word or mark between two large edits; the bars of table rows stay."""
    kept = list(matches)
    for at in range(len(matches) - 1, -1, -1):
        i, j, size = matches[at]
        if size == 1 and _is_slight(old[i]):
            i_end, j_end = _end(matches, at - 1)
            i_next, j_next = matches[at + 1][:2] if at + 1 < len(matches) else (len(old), len(new))
            if _is_large(i - i_end, j - j_end) and _is_large(i_next - i - 1, j_next - j - 1):
                del kept[at]
    return kept


def _end(matches: Sequence[Match], at: int) -> tuple[int, int]:
    """Where a match ends on either side; the beginning, if there is none."""
    if at < 0:
        return 0, 0
    i, j, size = matches[at]
    return i + size, j + size


def _is_large(gone: int, came: int) -> bool:
    return gone > 0 < came and gone + came >= SHORE


def _is_slight(piece: str) -> bool:
    word = piece.rstrip()
    return len(word) <= ISLAND and word != "|" and not any(map(str.isdigit, word))


def _slid(matches: list[Match], old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Slide what only came, or only went, to where a sentence begins, if the words around allow it."""
    slid = matches
    for at in range(len(matches) - 1):
        i, j, size = slid[at]
        i_next, j_next, size_next = slid[at + 1]
        if (i + size == i_next) == (j + size == j_next):
            continue
        pieces, start, end = (new, j + size, j_next) if i + size == i_next else (old, i + size, i_next)
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
