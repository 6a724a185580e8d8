"""Blocks of a text (its lines), and which blocks of two texts belong together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from monitor.rules.comparison.alignment import Match, align
from monitor.rules.comparison.words import Side

Kind = Literal["heading", "item", "row", "quote", "paragraph"]

_MARKER = re.compile(r"\s*(?:(#{1,6})\s+|(-|\d{1,4}\.)\s+|(\|)|(>)\s+)?")

ALIKE = 0.35
"""Blocks belong together from this share of common letters on (twice the common ones, by the letters of both)."""

SURELY = 0.45
"""The same share, from which on two blocks belong together without a look at their neighbours."""

CONTAINED = 0.7
"""… or when this share of the shorter one's letters stands in the other, as where a paragraph was split or cut short."""

SUBSTANTIAL = 25
"""Letters a block must have before being contained in another means anything."""


def split_blocks(text: str) -> list[str]:
    """Cut a text into its lines, each with its line break. Only a line feed ends a line."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def kind_of(block: str) -> Kind:
    """What a line is, by the mark it begins with (see `monitor.text`)."""
    heading, item, row, quote = _MARKER.match(block).groups()  # type: ignore[union-attr]
    if heading:
        return "heading"
    if item:
        return "item"
    if row:
        return "row"
    return "quote" if quote else "paragraph"


def marker_of(block: str) -> str:
    """The mark a heading, item or quote begins with, as it stands there; empty for rows and paragraphs."""
    found = _MARKER.match(block)
    return "" if found is None or found.group(3) else found.group()


DOUBTFUL = 0.1
"""The share of blocks, short ones aside, that may be unlike their opposites while the others are taken to belong to theirs."""


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks of either side that belong together, by number, and the matches of their words."""

    gone: range
    came: range
    matches: Sequence[Match]


def group_blocks(old: Side, new: Side, gone: range, came: range) -> list[Group]:
    """Find the blocks among `gone` and `came` that belong together, in order; those in no group are new or gone."""
    abreast = _abreast(old, new, gone, came)
    return _linked(old, new, gone, came) if abreast is None else abreast


def _abreast(old: Side, new: Side, gone: range, came: range) -> list[Group] | None:
    """The groups of as many blocks on either side that belong to their opposites, as where only words were edited.

    None where that is not so, or not sure: rows of a table are alike in any order, and so are short blocks. Where only a few
    blocks are unlike their opposites, these are looked at again together with their neighbours.
    """
    if len(gone) != len(came):
        return None
    rows = any(old.blocks[i][0] == "|" for i in gone)
    telling = {i for i, j in zip(gone, came, strict=True) if _is_long(old.blocks[i], new.blocks[j])}
    if len(gone) > 1 and (rows or not telling):
        return None
    groups: list[Group | None] = []
    unlike: list[int] = []
    for n, (i, j) in enumerate(zip(gone, came, strict=True)):
        group = pair_blocks(old, new, i, j)
        common, weight = _letters(old, group.matches), len(old.blocks[i]) + len(new.blocks[j])
        if i in telling and (rows or len(gone) > 1) and 2 * common < SURELY * weight:
            unlike.append(n)
            if len(unlike) > DOUBTFUL * len(gone):
                return None
        groups.append(group if _belong(old.blocks[i], new.blocks[j], common) else None)
    if len(unlike) > DOUBTFUL * len(telling):
        return None
    settled: list[Group | None] = []
    done = 0
    for start, stop in _neighbourhoods(unlike, len(gone)):
        settled += groups[done:start]
        settled += _linked(old, new, gone[start:stop], came[start:stop])
        done = stop
    return [group for group in [*settled, *groups[done:]] if group is not None]


def _is_long(here: str, there: str) -> bool:
    """Whether two blocks have letters enough for their likeness to mean something."""
    return len(here) + len(there) > 2 * SUBSTANTIAL


def _neighbourhoods(places: Sequence[int], count: int) -> list[tuple[int, int]]:
    """Some of `count` places, each with those beside it, as stretches [start, stop) that do not meet."""
    stretches: list[tuple[int, int]] = []
    for place in places:
        start, stop = max(0, place - 1), min(count, place + 2)
        if stretches and start <= stretches[-1][1]:
            start = stretches.pop()[0]
        stretches.append((start, stop))
    return stretches


def _linked(old: Side, new: Side, gone: range, came: range) -> list[Group]:
    """The groups of blocks that share enough words in an alignment of all of them."""
    links: dict[tuple[int, int], int] = {}
    for i, j, at, _, size in _by_block(_aligned(old, new, old.span(gone), new.span(came)), old, new, gone, came):
        links[i, j] = links.get((i, j), 0) + old.offsets[at + size] - old.offsets[at]
    kept = [(i, j) for (i, j), common in links.items() if _belong(old.blocks[i], new.blocks[j], common)]
    return [
        _group(old, new, range(part[0][0], part[-1][0] + 1), range(part[0][1], part[-1][1] + 1))
        for part in _components(kept)
    ]


def pair_blocks(old: Side, new: Side, i: int, j: int) -> Group:
    """Make a group of one block on either side, by their numbers."""
    return _group(old, new, range(i, i + 1), range(j, j + 1))


def _group(old: Side, new: Side, gone: range, came: range) -> Group:
    return Group(gone, came, match_words(old, new, old.span(gone), new.span(came)))


def match_words(old: Side, new: Side, here: range, there: range) -> list[Match]:
    """Match two stretches of words, by their places; table rows cell by cell where they have as many."""
    i, j = here.start, there.start
    if here and there and old.words[i] == new.words[j] == "|":
        bars, others = _bars(old, here), _bars(new, there)
        if len(bars) == len(others):
            return _by_cell(old, new, [*bars, here.stop], [*others, there.stop])
    return _aligned(old, new, here, there)


def _aligned(old: Side, new: Side, here: range, there: range) -> list[Match]:
    i, j = here.start, there.start
    return align(old.words[i : here.stop], new.words[j : there.stop], i, j)


def _letters(side: Side, matches: Iterable[Match]) -> int:
    """How many letters of a text are matched."""
    offsets = side.offsets
    return sum([offsets[i + size] - offsets[i] for i, _, size in matches])


def _bars(side: Side, here: range) -> list[int]:
    """Where the cells of a table row begin."""
    return [place for place in here if side.words[place] == "|"]


def _by_cell(old: Side, new: Side, bars: Sequence[int], others: Sequence[int]) -> list[Match]:
    """Match the words of table rows cell by cell, so that no figure is set against another column's."""
    matches: list[Match] = []
    for (i, i_end), (j, j_end) in zip(pairwise(bars), pairwise(others), strict=True):
        matches += [(i, j, 1), *_aligned(old, new, range(i + 1, i_end), range(j + 1, j_end))]
    return matches


def _belong(old: str, new: str, common: int) -> bool:
    """Whether two blocks with so many letters in common are versions, or parts, of each other."""
    if (old[0] == "|") != (new[0] == "|"):
        return False
    weight, other_weight = len(old), len(new)
    if 2 * common >= ALIKE * (weight + other_weight):
        return True
    least = min(weight, other_weight)
    return least >= SUBSTANTIAL and common >= CONTAINED * least


def _by_block(
    matches: Iterable[Match], old: Side, new: Side, gone: range, came: range
) -> Iterator[tuple[int, int, int, int, int]]:
    """Cut matches where a block ends on either side: (block, other block, old word, new word, size)."""
    starts, others = old.starts, new.starts
    block, other = gone.start, came.start
    for i, j, size in matches:
        end = i + size
        while i < end:
            if i >= starts[block + 1]:
                block = bisect_right(starts, i, block, gone.stop) - 1
            if j >= others[other + 1]:
                other = bisect_right(others, j, other, came.stop) - 1
            step = min(end - i, starts[block + 1] - i, others[other + 1] - j)
            yield block, other, i, j, step
            i += step
            j += step


def _components(links: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Links that share a block, together. Links ascend on both sides, so that neighbours suffice."""
    parts: list[list[tuple[int, int]]] = []
    for link in links:
        if parts and (parts[-1][-1][0] == link[0] or parts[-1][-1][1] == link[1]):
            parts[-1].append(link)
        else:
            parts.append([link])
    return parts
