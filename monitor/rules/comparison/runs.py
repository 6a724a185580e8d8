"""Word runs: from matched words to what stayed, went and came, with white space kept exactly."""

from __future__ import annotations

from collections.abc import Iterable

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
    stays = _stays(old, new, matches)
    stays.append((len(a), len(a), len(b), len(b)))
    runs: list[Run] = []
    start = i = j = 0
    for i_to, i_next, j_to, j_next in stays:
        gone_to, came_to = i_to, j_to
        while i < gone_to and j < came_to and a[i] == b[j] and a[i].isspace():
            i += 1
            j += 1
        while i < gone_to and j < came_to and a[gone_to - 1] == b[came_to - 1] and a[gone_to - 1].isspace():
            gone_to -= 1
            came_to -= 1
        if i < gone_to or j < came_to:
            if start < i:
                runs.append(Run("=", a[start:i]))
            if i < gone_to:
                runs.append(Run("-", a[i:gone_to]))
            if j < came_to:
                runs.append(Run("+", b[j:came_to]))
            start = gone_to
        i, j = i_next, j_next
    if start < len(a):
        runs.append(Run("=", a[start:]))
    return tuple(runs)


def _stays(old: Line, new: Line, matches: Iterable[Match]) -> list[Stay]:
    a, b, starts, others = old.text, new.text, old.offsets, new.offsets
    stays: list[Stay] = []
    for i, j, size in matches:
        here = starts[i], starts[i + size], others[j], others[j + size]
        if a[here[0] : here[1]] == b[here[2] : here[3]]:
            stays.append(here)
        else:
            stays.extend(_piecemeal(old, new, (i, j, size)))
    return stays


def _piecemeal(old: Line, new: Line, match: Match) -> Iterable[Stay]:
    """Pieces whose words are equal but whose white space is not, somewhere."""
    i, j, size = match
    for here, there in zip(range(i, i + size), range(j, j + size), strict=True):
        word = old.words[here]
        start, other = old.offsets[here], new.offsets[there]
        if old.pieces[here] == new.pieces[there]:
            yield start, old.offsets[here + 1], other, new.offsets[there + 1]
        elif word and word == new.words[there]:
            yield start, start + len(word), other, other + len(word)
