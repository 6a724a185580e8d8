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
_BULLET = re.compile(r"^[•▪◦●○■□➢✓\uf0b7]\s+")
_DASH = re.compile(r"[-–—*·]\s")
_ENDS = (".", "!", "?", ":", ";", '"', "\u201d", "\u2019", ")")
_LARGER = 1.15
_WIDEST_PITCH = 2.2
_EDGE = 0.1
_LONGEST_HEADING = 200
_BREAK = re.compile("-\n|\ufffe")
_LAST_WORD, _FIRST_WORD = re.compile(r"\w+$"), re.compile(r"\w+")
_LONGEST_WORD = 40
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


class Words(NamedTuple):
    """A document's compounds as it writes them inside its lines, and all its text, in small letters."""

    hyphenated: frozenset[str]
    text: str


NO_WORDS = Words(frozenset(), "")
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


def find_words(texts: Iterable[str]) -> Words:
    """What is needed of a document to tell a hyphen from a broken word."""
    text = "\n".join(texts).lower()
    inside = ((before, after) for before, after in pairwise(text.split("-")) if after[:1].isalnum())
    return Words(frozenset(f"{_last_word(before)}-{_first_word(after)}" for before, after in inside), text)


def join_lines(text: str, words: Words) -> str:
    """Lines of one paragraph as one. A word broken at the end of a line is mended, a compound keeps its hyphen."""
    if "\ufffe" in text or "-\n" in text:
        # Each piece is only looked at near its break: a pattern that began with a word would try every word.
        pieces = _BREAK.split(text)
        joined = [pieces[0]]
        for before, after in pairwise(pieces):
            joined += ["" if _is_one_word(_last_word(before), _first_word(after), words) else "-", after]
        text = "".join(joined)
    return text.replace("\n", " ")


def _last_word(text: str) -> str:
    found = _LAST_WORD.search(text[-_LONGEST_WORD:].rpartition(" ")[2])
    return found.group() if found else ""


def _first_word(text: str) -> str:
    found = _FIRST_WORD.match(text[:_LONGEST_WORD])
    return found.group() if found else ""


def _is_one_word(first: str, second: str, words: Words) -> bool:
    """Are these the halves of one word, or was there a hyphen anyway?"""
    if not first or first[-1].isdigit() or not second[:1].islower():
        return False
    if f"{first}-{second}".lower() in words.hyphenated:
        return False
    return first.lower() not in _COMPOUNDS or (first + second).lower() in words.text


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


def shown(block: Block, levels: dict[int, int], words: Words) -> str:
    """A block as a line of text, with its mark where it is a heading."""
    text = _BULLET.sub("- ", join_lines(block.text, words), count=1)
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
    edges = [{line: _head_key(line) for line in _edges(page, zone)} for page in pages]
    counted = Counter(key for heads in edges for key in set(heads.values()))
    running = {key for key, times in counted.items() if times >= max(4, len(pages) / 3)}
    met: set[tuple[str, int]] = set()
    for page, heads in zip(pages, edges, strict=True):
        dropped = set()
        for line, key in heads.items():
            if key in running and (key in met or not any(part.isalpha() and len(part) > 4 for part in key[0].split())):
                dropped.add(line)
            met.add(key)
        yield [line for line in page if line not in dropped] if dropped else list(page)


def _edges(page: Sequence[Line], zone: tuple[float, float]) -> list[Line]:
    upper, lower = zone
    outer = page if len(page) < 4 else [*page[:2], *page[-2:]]
    return [line for line in outer if line.top < upper or line.top > lower]


def _head_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.top / 3)
