"""Word runs: from matched words to what stayed, went and came, with white space kept exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from monitor.model.diff import Run
from monitor.rules.comparison.alignment import Match
from monitor.rules.comparison.words import Line

Stay = tuple[int, int, int, int]
"""What stands on both sides, in characters: from and to in the old text, from and to in the new."""


def weave(old: Line, new: Line, matches: Iterable[Match]) -> tuple[Run, ...]:
    """Turn two texts and their matches into word runs. Exact whatever the matches claim: words are looked at.

    White space with which both what went and what came begin, or end, is told as having stayed.
    """
    a, b = old.text, new.text
    runs: list[Run] = []
    kept = i = j = 0
    for i_to, i_next, j_to, j_next in chain(_stays(old, new, matches), [(len(a), len(a), len(b), len(b))]):
        gone_to, came_to = i_to, j_to
        if i < i_to and j < j_to:
            while i < gone_to and j < came_to and a[i] == b[j] and a[i].isspace():
                i += 1
                j += 1
            while i < gone_to and j < came_to and a[gone_to - 1] == b[came_to - 1] and a[gone_to - 1].isspace():
                gone_to -= 1
                came_to -= 1
        if i < gone_to or j < came_to:
            if kept < i:
                runs.append(Run("=", a[kept:i]))
            if i < gone_to:
                runs.append(Run("-", a[i:gone_to]))
            if j < came_to:
                runs.append(Run("+", b[j:came_to]))
            kept = gone_to
        i, j = i_next, j_next
    if kept < len(a):
        runs.append(Run("=", a[kept:]))
    return tuple(runs)


def _stays(old: Line, new: Line, matches: Iterable[Match]) -> Iterator[Stay]:
    a, b, starts, others = old.text, new.text, old.offsets, new.offsets
    for i, j, size in matches:
        start, end, other, other_end = starts[i], starts[i + size], others[j], others[j + size]
        if a[start:end] == b[other:other_end]:
            yield start, end, other, other_end
        else:
            yield from _piecemeal(old, new, (i, j, size))


def _piecemeal(old: Line, new: Line, match: Match) -> Iterator[Stay]:
    """Pieces whose words are equal but whose white space is not, somewhere."""
    i, j, size = match
    for here, there in zip(range(i, i + size), range(j, j + size), strict=True):
        word = old.words[here]
        start, other = old.offsets[here], new.offsets[there]
        if old.pieces[here] == new.pieces[there]:
            yield start, old.offsets[here + 1], other, new.offsets[there + 1]
        elif word and word == new.words[there]:
            yield start, start + len(word), other, other + len(word)
