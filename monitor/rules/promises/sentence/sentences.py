"""A text cut into sentences, each an exact slice of its block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "item", "heading", "row"]

_PREFIX = re.compile(
    r"(?:(?P<heading>#{1,6} )|(?P<item> *(?:[-\u2022*\u25cf\u2013] ?|\d{1,2}[.)] "
    r"|\(?[a-z]{1,4}\) ))|(?P<quote>> )|(?P<row>\| ))"
)
_END = re.compile(r"[.!?]+[\"'\u201d\u2019)\]]*(?=\s+[\"'\u201c\u2018(\[]*[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:hon|rt|mr|mrs|ms|dr|st|prof|sir|rev|gen|lt|col|maj|capt|no|nos|vol|para|paras|art|ch"
    r"|cm|cmnd|cp|hc|hl|sec|fig|pp?|v|vs|eg|e\.g|i\.e|etc|viz|cf|ltd|plc|inc|al)"
    r"|\b[A-Z](?:\.[A-Z])*)\.$",
    re.IGNORECASE,
)
_LONGEST = 1200
"""Characters of a sentence that are read at once; a longer one, which nobody writes, is read in pieces."""
_PER_CENT = re.compile(r"\bper cent\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its exact words, the block it stands in (from 0), where it begins in that block, and in what."""

    text: str
    block: int
    start: int
    kind: Kind


def split_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text with one block a line, in order. Marks of lists and headings are left out."""
    for number, line in enumerate(text.split("\n")):
        found = _PREFIX.match(line)
        begin = found.end() if found else 0
        kind: Kind = "paragraph"
        if found and found.lastgroup in ("heading", "item", "row"):
            kind = found.lastgroup  # type: ignore[assignment]
        for start, end in _cuts(line, begin) if kind != "row" else ((begin, len(line)),):
            words = line[start:end].strip()
            if words:
                yield Sentence(words, number, start + len(line[start:end]) - len(line[start:end].lstrip()), kind)


def _cuts(line: str, begin: int) -> Iterator[tuple[int, int]]:
    for start, end in _sentences(line, begin):
        while end - start > _LONGEST:
            space = line.rfind(" ", start + 1, start + _LONGEST)
            cut = space if space > start else start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


def _sentences(line: str, begin: int) -> Iterator[tuple[int, int]]:
    start = begin
    for found in _END.finditer(line, begin):
        before = line[start : found.start() + 1]
        if _is_short(before, line[found.end() :].lstrip()):
            continue
        yield start, found.end()
        start = found.end()
    yield start, len(line)


def _is_short(before: str, after: str) -> bool:
    """Whether the full stop belongs to an abbreviation. `per cent.` may end a sentence, if a capital follows."""
    if _PER_CENT.search(before):
        return not after[:1].isupper()
    # A single capital is an initial, but the pronoun I and a lone letter after a noun end sentences too seldom to matter.
    return _SHORT.search(before) is not None
