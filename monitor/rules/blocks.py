"""Blocks of a text (its lines), and which blocks of two texts belong together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from monitor.rules.alignment import Match, align
from monitor.rules.matches import readable
from monitor.rules.words import Alphabet, split_words

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


class Column:
    """A run of blocks as words: their pieces, one letter a word, and where each block begins among them."""

    def __init__(self, blocks: Sequence[str], alphabet: Alphabet) -> None:
        by_block = [split_words(block) for block in blocks]
        self.blocks = blocks
        self.pieces = [piece for pieces in by_block for piece in pieces]
        self.letters = alphabet.spell(self.pieces)
        self.starts = list(accumulate(map(len, by_block), initial=0))
        self.weights = list(accumulate(map(len, self.pieces), initial=0))

    def weight(self, block: int) -> int:
        """How many letters a block has."""
        return self.weights[self.starts[block + 1]] - self.weights[self.starts[block]]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks [old_from, old_to) and [new_from, new_to) that belong together, their pieces, and which of those match."""

    old_from: int
    old_to: int
    new_from: int
    new_to: int
    old_pieces: Sequence[str]
    new_pieces: Sequence[str]
    matches: Sequence[Match]


def group_blocks(old: Column, new: Column) -> list[Group]:
    """Find the blocks that belong together, in order; those in no group are new or gone."""
    abreast = _abreast(old, new)
    if abreast is not None:
        return abreast
    shreds = _by_block(align(old.letters, new.letters), old, new)
    links: dict[tuple[int, int], int] = {}
    for block, other, i, _, size in shreds:
        link = (block, other)
        links[link] = links.get(link, 0) + old.weights[i + size] - old.weights[i]
    kept = [link for link, common in links.items() if _belong(old, link[0], new, link[1], common)]
    return [
        pair_blocks(old, new, (part[0][0], part[-1][0] + 1), (part[0][1], part[-1][1] + 1))
        for part in _components(kept)
    ]


def _abreast(old: Column, new: Column) -> list[Group] | None:
    """The groups of as many blocks on either side that all belong to their opposites, as where only words were edited.

    None where that is not so, or not sure: rows of a table are alike in any order.
    """
    if len(old.blocks) != len(new.blocks) or (len(old.blocks) > 1 and any(block[0] == "|" for block in old.blocks)):
        return None
    groups = []
    for n in range(len(old.blocks)):
        group = pair_blocks(old, new, (n, n + 1), (n, n + 1))
        start, weight = old.starts[n], old.weight(n) + new.weight(n)
        common = sum([old.weights[start + i + size] - old.weights[start + i] for i, _, size in group.matches])
        if weight > 2 * SUBSTANTIAL and 2 * common < SURELY * weight:
            return None
        if _belong(old, n, new, n, common):
            groups.append(group)
    return groups


def pair_blocks(old: Column, new: Column, here: tuple[int, int], there: tuple[int, int]) -> Group:
    """Make a group of some blocks of either side, matching their words; table rows cell by cell where they have as many."""
    i, i_end = old.starts[here[0]], old.starts[here[1]]
    j, j_end = new.starts[there[0]], new.starts[there[1]]
    letters, others = old.letters[i:i_end], new.letters[j:j_end]
    old_pieces, new_pieces = old.pieces[i:i_end], new.pieces[j:j_end]
    bars, other_bars = _bars(old_pieces), _bars(new_pieces)
    by_cell = bars and len(bars) == len(other_bars)
    matches = _by_cell(letters, others, bars, other_bars) if by_cell else align(letters, others)
    return Group(*here, *there, old_pieces, new_pieces, readable(matches, old_pieces, new_pieces))


def _bars(pieces: Sequence[str]) -> list[int]:
    """Where the cells of a table row begin; nothing for other blocks."""
    if not pieces or pieces[0].rstrip() != "|":
        return []
    return [place for place, piece in enumerate(pieces) if piece.rstrip() == "|"]


def _by_cell(old: str, new: str, bars: list[int], other_bars: list[int]) -> list[Match]:
    """Match the words of table rows cell by cell, so that no figure is set against another column's."""
    matches: list[Match] = []
    for (i, i_end), (j, j_end) in zip(pairwise([*bars, len(old)]), pairwise([*other_bars, len(new)]), strict=True):
        matches.append((i, j, 1))
        inner = align(old[i + 1 : i_end], new[j + 1 : j_end])
        matches.extend((i + 1 + a, j + 1 + b, size) for a, b, size in inner)
    return matches


def _belong(old: Column, block: int, new: Column, other: int, common: int) -> bool:
    """Whether two blocks with so many letters in common are versions, or parts, of each other."""
    rows = old.blocks[block].startswith("|"), new.blocks[other].startswith("|")
    if rows[0] != rows[1]:
        return False
    weight, other_weight = old.weight(block), new.weight(other)
    if 2 * common >= ALIKE * (weight + other_weight):
        return True
    least = min(weight, other_weight)
    return least >= SUBSTANTIAL and common >= CONTAINED * least


def _by_block(matches: list[Match], old: Column, new: Column) -> list[tuple[int, int, int, int, int]]:
    """Cut matches where a block ends on either side: (block, other block, old word, new word, size)."""
    shreds = []
    old_starts, new_starts = old.starts, new.starts
    block = other = 0
    for i, j, size in matches:
        end = i + size
        while i < end:
            if i >= old_starts[block + 1]:
                block = bisect_right(old_starts, i, block) - 1
            if j >= new_starts[other + 1]:
                other = bisect_right(new_starts, j, other) - 1
            step = min(end - i, old_starts[block + 1] - i, new_starts[other + 1] - j)
            shreds.append((block, other, i, j, step))
            i += step
            j += step
    return shreds


def _components(links: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Links that share a block, together. Links ascend on both sides, so that neighbours suffice."""
    parts: list[list[tuple[int, int]]] = []
    for link in links:
        if parts and (parts[-1][-1][0] == link[0] or parts[-1][-1][1] == link[1]):
            parts[-1].append(link)
        else:
            parts.append([link])
    return parts
