"""Which words of two sequences belong together: a near-shortest alignment in near-linear time.

Short sequences go to rapidfuzz (a bit-parallel longest common subsequence). Longer ones are first cut at *anchors*: runs of
words that stand exactly once on either side and in the same order. The pieces between are aligned on their own. Where no
anchor is to be had (all words equal, say) both sides are cut into equal shares. So every call of rapidfuzz sees at most
`CELLS` pairs of words, and the whole costs O(n log n + n * sqrt(CELLS) / 64) steps and CELLS / 8 bytes, whatever the input.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, cycle, pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

CELLS = 1 << 24
"""The most pairs of words one call of rapidfuzz may compare: 4,096 on either side, 2 MB of memory."""

SPAN = 700
"""About how many words lie between two cuts, where there is a choice."""

SMALL = 4 * SPAN * SPAN
"""Pairs of words up to which cutting costs more than it saves."""

_GRAMS = (4, 2, 1)
"""How many words in a row make an anchor, tried in this order."""

_DEPTH = 6
"""How often a stretch may be cut at anchors again before it is cut into equal shares."""

Match = tuple[int, int, int]
"""`size` words that are equal from `old` and from `new` on, as (old, new, size)."""


def align(old: Sequence[str], new: Sequence[str], i: int = 0, j: int = 0) -> list[Match]:
    """Match two sequences of words, the first of which have the numbers `i` and `j`.

    Matches ascend on both sides and never touch on both. Of very many distinct words two may be taken for one: whoever shows
    a match must look at the words as well.
    """
    if len(old) * len(new) <= SMALL:
        return _common(old, new, i, j)
    letters, others = _spelled(old, new)
    found: list[Match] = []
    for old_from, old_to, new_from, new_to in _stretches(letters, others):
        found += _common(letters[old_from:old_to], others[new_from:new_to], i + old_from, j + new_from)
    return _joined(found)


def _spelled(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Both sequences as strings, one character a word, which C code compares quickly. After a million words letters recur."""
    letters = dict(zip(dict.fromkeys(chain(old, new)), map(chr, cycle(range(1, 0x110000))), strict=False))
    return "".join(map(letters.__getitem__, old)), "".join(map(letters.__getitem__, new))


def _common(old: Sequence[str], new: Sequence[str], i: int, j: int) -> list[Match]:
    """A longest common subsequence."""
    if not old or not new:
        return []
    if old == new:
        return [(i, j, len(old))]
    return [(i + at.a, j + at.b, at.size) for at in LCSseq.editops(old, new).as_matching_blocks() if at.size]


def _joined(matches: list[Match]) -> list[Match]:
    """Join matches that continue each other: they were parted by a cut."""
    joined: list[Match] = []
    for match in matches:
        if joined:
            old, new, size = joined[-1]
            if old + size == match[0] and new + size == match[1]:
                joined[-1] = (old, new, size + match[2])
                continue
        joined.append(match)
    return joined


def _stretches(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """Cut both sides into stretches that may be aligned on their own, in order."""
    a, b = _numbers(old), _numbers(new)
    todo = [(0, len(a), 0, len(b), 0)]
    while todo:
        old_from, old_to, new_from, new_to, depth = todo.pop()
        m, n = old_to - old_from, new_to - new_from
        if m * n <= SMALL or (depth and m * n <= CELLS) or old[old_from:old_to] == new[new_from:new_to]:
            yield old_from, old_to, new_from, new_to
            continue
        cuts = _cuts(a[old_from:old_to], b[new_from:new_to]) if depth < _DEPTH else []
        if not cuts:
            if m * n <= CELLS:
                yield old_from, old_to, new_from, new_to
                continue
            cuts = _equal_shares(m, n)
        corners = [(0, 0), *cuts, (m, n)]
        parts = [
            (old_from + i, old_from + i2, new_from + j, new_from + j2, depth + 1)
            for (i, j), (i2, j2) in pairwise(corners)
        ]
        todo.extend(reversed(parts))


def _numbers(text: str) -> NDArray[np.uint64]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)


def _equal_shares(m: int, n: int) -> list[tuple[int, int]]:
    """Cut an m by n stretch without anchors into shares of at most CELLS pairs."""
    side = int(CELLS**0.5) // 2
    count = max(-(-m // side), -(-n // side), 2)
    return [(m * k // count, n * k // count) for k in range(1, count)]


def _cuts(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> list[tuple[int, int]]:
    """Places in the middle of anchors at which both sides may be cut, about `SPAN` words apart."""
    ends = _common_ends(a, b)
    if ends:
        return ends
    for gram in _GRAMS:
        anchors = _anchors(a, b, gram)
        chain = longest_chain(anchors, [size for _, _, size in anchors])
        if chain:
            return _spaced(chain)
    return []


def _common_ends(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> list[tuple[int, int]]:
    """Cut off a long common beginning and end."""
    m, n, least = len(a), len(b), min(len(a), len(b))
    differs = np.flatnonzero(a[:least] != b[:least])
    head = int(differs[0]) if len(differs) else least
    differs = np.flatnonzero(a[m - least :][::-1] != b[n - least :][::-1])
    tail = min(int(differs[0]) if len(differs) else least, least - head)
    cuts = [(head, head)] if head > SPAN else []
    return [*cuts, (m - tail, n - tail)] if tail > SPAN else cuts


def _anchors(a: NDArray[np.uint64], b: NDArray[np.uint64], gram: int) -> list[Match]:
    """Runs of words that stand once on either side, ascending on the old side."""
    hashes = np.concatenate([_hashes(a, gram), _hashes(b, gram)])
    border = len(a) - gram + 1
    if len(hashes) < 2 or border < 1 or len(hashes) == border:
        return []
    order = np.argsort(hashes, kind="stable")
    ranked = hashes[order]
    same = np.concatenate([[False], ranked[1:] == ranked[:-1], [False]])
    pairs = np.flatnonzero(same[1:-1] & ~same[:-2] & ~same[2:])
    first, second = order[pairs], order[pairs + 1]
    across = (first < border) & (second >= border)
    first, second = first[across], second[across] - border
    by_place = np.argsort(first)
    first, second = first[by_place], second[by_place]
    if not len(first):
        return []
    breaks = np.flatnonzero((np.diff(first) != 1) | (np.diff(second) != 1)) + 1
    starts = np.concatenate([[0], breaks])
    sizes = np.diff(np.concatenate([starts, [len(first)]]))
    return list(zip(first[starts].tolist(), second[starts].tolist(), sizes.tolist(), strict=True))


def _hashes(numbers: NDArray[np.uint64], gram: int) -> NDArray[np.uint64]:
    """A hash of every `gram` words in a row. A collision costs a longer diff, never a wrong one."""
    if len(numbers) < gram:
        return np.empty(0, dtype=np.uint64)
    total = np.zeros(len(numbers) - gram + 1, dtype=np.uint64)
    for place in range(gram):
        total = total * np.uint64(0x9E3779B97F4A7C15) + numbers[place : place + len(total)]
        total ^= total >> np.uint64(29)
    return total


def longest_chain(runs: list[Match], sizes: list[int]) -> list[Match]:
    """The heaviest choice of runs that ascends on both sides; `runs` ascend on the old side, `sizes` are their weights.

    The front of the best chains, by where they end, is kept sorted: O(n log n).
    """
    if all(left[1] + left[2] <= right[1] for left, right in pairwise(runs)):
        return runs
    ends: list[int] = []
    weights: list[int] = []
    tips: list[int] = []
    back: list[int] = []
    for number, (_, new, size) in enumerate(runs):
        place = bisect_right(ends, new)
        weight = sizes[number] + (weights[place - 1] if place else 0)
        back.append(tips[place - 1] if place else -1)
        end = new + size
        place = bisect_right(ends, end)
        if place and weights[place - 1] >= weight:
            continue
        beaten = place
        while beaten < len(weights) and weights[beaten] <= weight:
            beaten += 1
        if place and ends[place - 1] == end:
            place -= 1
        ends[place:beaten], weights[place:beaten], tips[place:beaten] = [end], [weight], [number]
    chain: list[Match] = []
    at = tips[-1] if tips else -1
    while at >= 0:
        chain.append(runs[at])
        at = back[at]
    return chain[::-1]


def _spaced(chain: Iterable[Match]) -> list[tuple[int, int]]:
    """Of a chain of anchors, those at which to cut: the longest in each span."""
    cuts: list[tuple[int, int]] = []
    best: Match | None = None
    last = (0, 0)
    for run in chain:
        if best is None or run[2] > best[2]:
            best = run
        if run[0] - last[0] >= SPAN or run[1] - last[1] >= SPAN:
            last = (best[0] + best[2] // 2, best[1] + best[2] // 2)
            cuts.append(last)
            best = None
    if not cuts and best is not None:
        cuts.append((best[0] + best[2] // 2, best[1] + best[2] // 2))
    return [cut for cut in cuts if cut != (0, 0)]
