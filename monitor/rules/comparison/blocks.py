"""Blocks of a text (its lines), and which blocks of two texts belong together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Literal

from monitor.rules.comparison.alignment import Match, align
from monitor.rules.comparison.matches import readable
from monitor.rules.comparison.words import Line

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
    """Blocks [old_from, old_to) and [new_from, new_to) that belong together, each side as one text, and their matches."""

    old_from: int
    old_to: int
    new_from: int
    new_to: int
    old: Line
    new: Line
    matches: Sequence[Match]


def group_blocks(old: Sequence[Line], new: Sequence[Line], first: int, other: int) -> list[Group]:
    """Find the blocks that belong together, in order; those in no group are new or gone.

    `first` and `other` are the numbers of the first block on either side.
    """
    abreast = _abreast(old, new, first, other)
    return _linked(old, new, first, other) if abreast is None else abreast


def _abreast(old: Sequence[Line], new: Sequence[Line], first: int, other: int) -> list[Group] | None:
    """The groups of as many blocks on either side that belong to their opposites, as where only words were edited.

    None where that is not so, or not sure: rows of a table are alike in any order, and so are short blocks. Where only a few
    blocks are unlike their opposites, these are looked at again together with their neighbours.
    """
    rows = any(line.text[0] == "|" for line in old)
    if len(old) != len(new) or (len(old) > 1 and (rows or not any(map(_is_long, old, new)))):
        return None
    groups: list[Group | None] = []
    unlike: list[int] = []
    telling = 0
    for n, (here, there) in enumerate(zip(old, new, strict=True)):
        matches = match_words(here, there)
        common, weight = _letters(here, matches), len(here.text) + len(there.text)
        if _is_long(here, there) and (rows or len(old) > 1):
            telling += 1
            if 2 * common < SURELY * weight:
                unlike.append(n)
                if len(unlike) > DOUBTFUL * len(old):
                    return None
        belong = _belong(here, there, common)
        groups.append(_group(here, there, matches, first + n, other + n) if belong else None)
    if len(unlike) > DOUBTFUL * telling:
        return None
    settled: list[Group | None] = []
    done = 0
    for start, stop in _neighbourhoods(unlike, len(old)):
        settled += groups[done:start]
        settled += _linked(old[start:stop], new[start:stop], first + start, other + start)
        done = stop
    return [group for group in [*settled, *groups[done:]] if group is not None]


def _is_long(here: Line, there: Line) -> bool:
    """Whether two blocks have letters enough for their likeness to mean something."""
    return len(here.text) + len(there.text) > 2 * SUBSTANTIAL


def _neighbourhoods(places: Sequence[int], count: int) -> list[tuple[int, int]]:
    """Some of `count` places, each with those beside it, as stretches [start, stop) that do not meet."""
    stretches: list[tuple[int, int]] = []
    for place in places:
        start, stop = max(0, place - 1), min(count, place + 2)
        if stretches and start <= stretches[-1][1]:
            start = stretches.pop()[0]
        stretches.append((start, stop))
    return stretches


def _linked(old: Sequence[Line], new: Sequence[Line], first: int, other: int) -> list[Group]:
    """The groups of blocks that share enough words in an alignment of all of them."""
    column, opposite = _joined(old), _joined(new)
    starts, ends = _starts(old), _starts(new)
    links: dict[tuple[int, int], int] = {}
    for here, there, i, _, size in _by_block(align(column.words, opposite.words), starts, ends):
        link = (here, there)
        links[link] = links.get(link, 0) + column.offsets[i + size] - column.offsets[i]
    kept = [link for link, common in links.items() if _belong(old[link[0]], new[link[1]], common)]
    groups = []
    for part in _components(kept):
        (here, there), (here_last, there_last) = part[0], part[-1]
        line, counterpart = _joined(old[here : here_last + 1]), _joined(new[there : there_last + 1])
        matches = match_words(line, counterpart)
        groups.append(
            Group(
                first + here,
                first + here_last + 1,
                other + there,
                other + there_last + 1,
                line,
                counterpart,
                readable(matches, line, counterpart),
            )
        )
    return groups


def _joined(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    return Line("".join([line.text for line in lines]), list(chain.from_iterable([line.pieces for line in lines])))


def _starts(lines: Sequence[Line]) -> list[int]:
    """Where each block begins among the pieces of all, and where the last ends."""
    return list(accumulate([len(line.pieces) for line in lines], initial=0))


def _group(old: Line, new: Line, matches: list[Match], i: int, j: int) -> Group:
    return Group(i, i + 1, j, j + 1, old, new, readable(matches, old, new))


def pair_blocks(old: Line, new: Line, i: int, j: int) -> Group:
    """Make a group of one block on either side, by their numbers."""
    return _group(old, new, match_words(old, new), i, j)


def match_words(old: Line, new: Line) -> list[Match]:
    """Match the words of two texts; table rows cell by cell where they have as many."""
    words, others = old.words, new.words
    if words and others and words[0] == others[0] == "|" and words.count("|") == others.count("|"):
        return _by_cell(words, others)
    return align(words, others)


def _letters(line: Line, matches: Iterable[Match]) -> int:
    """How many letters of a text are matched."""
    offsets = line.offsets
    return sum([offsets[i + size] - offsets[i] for i, _, size in matches])


def _by_cell(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Match the words of table rows cell by cell, so that no figure is set against another column's."""
    bars, others = ([place for place, word in enumerate(words) if word == "|"] for words in (old, new))
    matches: list[Match] = []
    for (i, i_end), (j, j_end) in zip(pairwise([*bars, len(old)]), pairwise([*others, len(new)]), strict=True):
        matches.append((i, j, 1))
        inner = align(old[i + 1 : i_end], new[j + 1 : j_end])
        matches.extend((i + 1 + a, j + 1 + b, size) for a, b, size in inner)
    return matches


def _belong(old: Line, new: Line, common: int) -> bool:
    """Whether two blocks with so many letters in common are versions, or parts, of each other."""
    if (old.text[0] == "|") != (new.text[0] == "|"):
        return False
    weight, other_weight = len(old.text), len(new.text)
    if 2 * common >= ALIKE * (weight + other_weight):
        return True
    least = min(weight, other_weight)
    return least >= SUBSTANTIAL and common >= CONTAINED * least


def _by_block(matches: Iterable[Match], old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int, int, int, int]]:
    """Cut matches where a block ends on either side: (block, other block, old word, new word, size).

    `old` and `new` tell where each block begins.
    """
    shreds = []
    block = other = 0
    for i, j, size in matches:
        end = i + size
        while i < end:
            if i >= old[block + 1]:
                block = bisect_right(old, i, block) - 1
            if j >= new[other + 1]:
                other = bisect_right(new, j, other) - 1
            step = min(end - i, old[block + 1] - i, new[other + 1] - j)
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
