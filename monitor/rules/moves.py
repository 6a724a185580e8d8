"""Blocks that were taken out in one place and put in at another, whole or with few words changed."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from monitor.rules.blocks import marker_of
from monitor.rules.words import split_words

SEED = 12
"""Letters a block must have to be told as moved on its own account; shorter ones only beside such a block."""

LIKE = 0.75
"""The share of words that a block moved and edited must keep."""

LONGEST = 20_000
"""Letters beyond which a block is told as moved only if no word changed: finding out would take too long."""

_COMMON = 8
"""Three words in a row that stand in more blocks than this are no sign of a move."""

Words = tuple[str, ...]


def find_moves(old: Sequence[str], gone: Sequence[int], new: Sequence[str], came: Sequence[int]) -> dict[int, int]:
    """Pair blocks that went (numbers in `old`) with blocks that came (numbers in `new`)."""
    here = {number: _plain(old[number]) for number in gone}
    there = {number: _plain(new[number]) for number in came}
    moves = _same(here, there)
    taken = set(moves.values())
    moves |= _alike(
        {number: text for number, text in here.items() if number not in moves},
        {number: text for number, text in there.items() if number not in taken},
    )
    taken = set(moves.values())
    for step in (1, -1):
        for number, other in sorted(moves.items(), reverse=step < 0):
            at, by = number + step, other + step
            while at in here and at not in moves and by in there and by not in taken and here[at] == there[by]:
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


def _alike(here: dict[int, str], there: dict[int, str]) -> dict[int, int]:
    """Pair blocks that share most of their words, found through three words in a row that both have."""
    index: dict[Words, list[int]] = defaultdict(list)
    candidates = {number: _words(text) for number, text in there.items() if 2 * SEED <= len(text) <= LONGEST}
    for number, words in candidates.items():
        for gram in _grams(words):
            index[gram].append(number)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for number, text in here.items():
        if not index or not 2 * SEED <= len(text) <= LONGEST:
            continue
        words = _words(text)
        postings = (index[gram] for gram in _grams(words) if gram in index)
        votes = Counter(other for places in postings if len(places) <= _COMMON for other in places)
        for other, _ in votes.most_common(2):
            if other not in taken and LCSseq.normalized_similarity(words, candidates[other]) >= LIKE:
                found[number] = other
                taken.add(other)
                break
    return found


def _words(text: str) -> Words:
    return tuple(map(str.rstrip, split_words(text)))


def _grams(words: Words) -> set[Words]:
    return set(zip(words, words[1:], words[2:], strict=False))
