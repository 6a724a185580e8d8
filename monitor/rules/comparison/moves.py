"""Blocks that were taken out in one place and put in at another, whole or with few words changed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import LCSseq

from monitor.rules.comparison.blocks import marker_of
from monitor.rules.comparison.words import Side

SEED = 12
"""Letters a block must have to be told as moved on its own account; shorter ones only beside such a block."""

LIKE = 0.75
"""The share of words that a block moved and edited must keep."""

LONGEST = 20_000
"""Letters beyond which a block is told as moved only if no word changed: finding out would take too long."""

CROWD = 1_000_000
"""Letters in all blocks together beyond which only unchanged ones are told as moved."""

EVIDENCE = 3
"""Threes of words that only the two blocks have, without which likeness is only a turn of phrase that many blocks share."""

Gram = tuple[str, str, str]
"""Three words in a row."""


def find_moves(old: Side, gone: Sequence[int], new: Side, came: Sequence[int]) -> dict[int, int]:
    """Pair blocks that went (numbers in `old`) with blocks that came (numbers in `new`)."""
    if not gone or not came:
        return {}
    here = {number: _plain(old.blocks[number]) for number in gone}
    there = {number: _plain(new.blocks[number]) for number in came}
    moves = _same(here, there)
    taken = set(moves.values())
    left = {number: text for number, text in here.items() if number not in moves}
    rest = {number: text for number, text in there.items() if number not in taken}
    if sum(map(len, left.values())) + sum(map(len, rest.values())) <= CROWD:
        moves |= _alike(_worded(left, old), _worded(rest, new))
    taken = set(moves.values())
    for step in (1, -1):
        for number, other in sorted(moves.items(), reverse=step < 0):
            at, by = number + step, other + step
            while here.get(at) and at not in moves and by not in taken and here[at] == there.get(by):
                moves[at] = by
                taken.add(by)
                at, by = at + step, by + step
    return moves


def _plain(block: str) -> str:
    """A block without its mark and its white space: a renumbered item is the same item."""
    return " ".join(block[len(marker_of(block)) :].split())


def _same(here: dict[int, str], there: dict[int, str]) -> dict[int, int]:
    places: dict[str, deque[int]] = defaultdict(deque)
    for number, text in there.items():
        if len(text) >= SEED:
            places[text].append(number)
    return {number: places[text].popleft() for number, text in here.items() if places.get(text)}


def _alike(gone: dict[int, list[str]], came: dict[int, list[str]]) -> dict[int, int]:
    """Pair blocks that share most of their words, found through three words in a row that no other block has."""
    grams = {number: _grams(words) for number, words in gone.items()}
    others = {number: _grams(words) for number, words in came.items()}
    rare = _once(grams.values()) & _once(others.values())
    owners = {gram: number for number, its in others.items() for gram in its & rare}
    found: dict[int, int] = {}
    taken: set[int] = set()
    for number, words in gone.items():
        votes = Counter([owners[gram] for gram in grams[number] & rare])
        for other, evidence in votes.most_common(2):
            alike = evidence >= EVIDENCE and LCSseq.normalized_similarity(words, came[other]) >= LIKE
            if alike and other not in taken:
                found[number] = other
                taken.add(other)
                break
    return found


def _worded(texts: dict[int, str], side: Side) -> dict[int, list[str]]:
    """The words, without their mark, of those blocks that are neither too short nor too long to be told by likeness."""
    worded: dict[int, list[str]] = {}
    for number, text in texts.items():
        if 2 * SEED <= len(text) <= LONGEST and side.has_read(number):
            first, stop = side.starts[number], side.starts[number + 1]
            behind = side.offsets[first] + len(marker_of(side.blocks[number]))
            worded[number] = side.words[bisect_left(side.offsets, behind, first, stop) : stop]
    return worded


def _grams(words: Sequence[str]) -> set[Gram]:
    return set(zip(words, words[1:], words[2:], strict=False))


def _once(blocks: Iterable[set[Gram]]) -> set[Gram]:
    """The threes of words that only one block has."""
    seen: set[Gram] = set()
    again: set[Gram] = set()
    for grams in blocks:
        again |= seen & grams
        seen |= grams
    return seen - again
