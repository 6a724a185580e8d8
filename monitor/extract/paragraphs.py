"""Printed lines into the paragraphs they were broken from. Pure; what the eye uses: gaps, margins, sizes, marks.

Coordinates are in points, from the left and from the top edge of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

ITEM = re.compile(r"(?:[•▪◦●○■□➢✓\uf0b7]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]|\d{1,3}(?:\.\d{1,3})+)\s")
_DASH = re.compile(r"[-–—*·]\s")
_ENDS = (".", "!", "?", ":", ";", '"', "\u201d", "\u2019", ")")
_LARGER = 1.15
_WIDEST_PITCH = 2.2
_EDGE = 0.1
_LONGEST_HEADING = 200
_BREAK = re.compile(r"(\w+)(?:-\n|\ufffe)(\w+)")
_COMPOUNDS = frozenset(
    "all anti co counter cross ex first full half high inter long low mid multi non part post pre pro quasi re right second"
    " self semi short single sub third two under well year".split()
)


class Line(NamedTuple):
    """One printed line: its words; left and right edge; baselines of its first and last character; height of its print."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


_TOP_OF_NEXT_PAGE = Line("", 0, 0, float("-inf"), float("-inf"), 0)


class Block(NamedTuple):
    """One paragraph or heading: its lines joined by newlines, and the height of its print."""

    text: str
    size: float


def find_blocks(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs of one page, in the order in which its lines were drawn."""
    if not lines:
        return []
    margins = _right_margins(lines)
    pitch = _usual_pitch(lines)
    blocks: list[Block] = []
    run = [lines[0].text]
    before = lines[0]
    for line, margin in zip(lines[1:], margins, strict=False):
        if _goes_on(before, line, margin, pitch):
            run.append(line.text)
        else:
            blocks.append(Block("\n".join(run), before.size))
            run = [line.text]
        before = line
    blocks.append(Block("\n".join(run), before.size))
    return blocks


def _right_margins(lines: Sequence[Line]) -> list[float]:
    """Where the column of each line ends: most of its lines come near to it. A column ends where the next line is higher."""
    margins: list[float] = []
    column: list[float] = []
    for before, line in pairwise([*lines, _TOP_OF_NEXT_PAGE]):
        column.append(before.right)
        if line.top < before.bottom - before.size:
            margins += [sorted(column)[int(0.85 * (len(column) - 1))]] * len(column)
            column.clear()
    return margins


def _usual_pitch(lines: Sequence[Line]) -> float:
    """From one baseline to the next, as most lines of the page have it."""
    steps = [round(line.top - before.bottom) for before, line in pairwise(lines)]
    counted = Counter(step for step in steps if step > 0)
    return float(counted.most_common(1)[0][0]) if counted else 0.0


def _goes_on(before: Line, line: Line, margin: float, pitch: float) -> bool:
    """Does `line` go on with the paragraph of the line before it?"""
    step = line.top - before.bottom
    size = before.size
    if abs(line.size - size) > 0.12 * size:
        return False
    ended = before.text.endswith(_ENDS)
    if step < 0.3 * size:
        # Up the page again: the next column. On the same height: a cell, or words set apart.
        return step < -size and not ended and line.text[:1].islower()
    if step > max(1.25 * min(pitch, _WIDEST_PITCH * size), 1.45 * size) or ITEM.match(line.text):
        return False
    if ended and (_DASH.match(line.text) or line.left > before.left + 0.8 * size):
        return False
    first = line.text.find(" ")
    room = margin - before.right
    return room < 0.6 * size * (first if first > 0 else len(line.text))


def words_known(texts: Iterable[str]) -> frozenset[str]:
    """The words of a document as they stand inside its lines, to tell a hyphen from a broken word."""
    text = "\n".join(texts).lower()
    for mark in ".,;:()":
        text = text.replace(mark, " ")
    return frozenset(text.split())


def join_lines(text: str, known: frozenset[str]) -> str:
    """Lines of one paragraph as one. A word broken at the end of a line is mended, a compound keeps its hyphen."""

    def mend(found: re.Match[str]) -> str:
        first, second = found.groups()
        if first[-1].isdigit() or not second[0].islower():
            return f"{first}-{second}"
        if f"{first}-{second}".lower() in known:
            return f"{first}-{second}"
        if (first + second).lower() in known or first.lower() not in _COMPOUNDS:
            return first + second
        return f"{first}-{second}"

    if "\ufffe" in text or "-\n" in text:
        text = _BREAK.sub(mend, text).replace("-\n", "-").replace("\ufffe", "-")
    return text.replace("\n", " ")


def heading_levels(blocks: Iterable[Block]) -> dict[int, int]:
    """Sizes of print, rounded to points, that are headings, and of which level (1 to 4): the larger, the higher."""
    print_of: Counter[int] = Counter()
    for block in blocks:
        print_of[round(block.size)] += len(block.text)
    if not print_of:
        return {}
    body, _ = print_of.most_common(1)[0]
    everything = sum(print_of.values())
    sizes = sorted(
        (size for size, print_ in print_of.items() if size >= _LARGER * body and print_ < 0.2 * everything),
        reverse=True,
    )
    return {size: min(level, 4) for level, size in enumerate(sizes, start=1)}


def shown(block: Block, levels: dict[int, int], known: frozenset[str]) -> str:
    """A block as a line of text, with its mark where it is a heading."""
    text = join_lines(block.text, known)
    level = levels.get(round(block.size), 0)
    return f"{'#' * level} {text}" if level and len(text) <= _LONGEST_HEADING else text


def without_running_heads(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The lines of each page without those that run over the pages: page numbers, and a head or foot after its first time.

    Only what is certain: among the two first or two last lines of a page, in the top or bottom tenth of what is ever
    printed on, the same words (but for numbers) at the same height, on four pages and a third of all at least.
    """
    heights = [line.top for page in pages for line in page]
    edge = _EDGE * (max(heights, default=0) - min(heights, default=0))
    zone = (min(heights, default=0) + edge, max(heights, default=0) - edge)
    counted: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counted.update({_head_key(line) for line in _edges(page, zone)})
    running = {key for key, times in counted.items() if times >= max(4, len(pages) / 3)}
    met: set[tuple[str, int]] = set()
    for page in pages:
        heads = {line: _head_key(line) for line in _edges(page, zone)} if running else {}
        kept = []
        for line in page:
            key = heads.get(line)
            if key in running and key is not None:
                if key in met or not any(part.isalpha() and len(part) > 4 for part in key[0].split()):
                    continue
                met.add(key)
            kept.append(line)
        yield kept


def _edges(page: Sequence[Line], zone: tuple[float, float]) -> list[Line]:
    upper, lower = zone
    outer = page if len(page) < 4 else [*page[:2], *page[-2:]]
    return [line for line in outer if line.top < upper or line.top > lower]


def _head_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.top / 3)
