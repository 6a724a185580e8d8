"""What a few words stand for, told between dashes: `The fruits of that work - a report and a map - will be published`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.promises.nouns.coordination import named
from monitor.rules.promises.nouns.names import is_general, is_plural
from monitor.rules.promises.nouns.phrases import Phrase, read_phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_DASHES = frozenset("-\u2013\u2014")
_OPENERS = frozenset("to wit namely viz that is say i.e".split())
"""What may lead up to such a list."""


def unfolded(row: Sequence[Chunk]) -> Sequence[Chunk]:
    """The sentence with the documents of such a list as its subject; as it is where none is told so."""
    dashes = [at for at in range(1, len(row) - 1) if row[at].text in _DASHES]
    if len(dashes) < 2 or row[dashes[1] + 1].low not in AUXILIARIES:
        return row
    first, last = dashes[:2]
    start = first + 1
    while start < last and (row[start].low in _OPENERS or row[start].text in (",", ":")):
        start += 1
    if any(finite_verbs(row, 1, first)) or not _stands_for_several(row, first):
        return row
    documents = _papers(row, start, last)
    if len(documents) < 2 or any(one.is_elliptic() for one in documents):
        return row
    led = [chunk for chunk in row[:first] if chunk.kind in ("time", "place")]
    return [*led, *_in_commas(row, start, last), *row[last + 1 :]]


def _in_commas(row: Sequence[Chunk], start: int, end: int) -> list[Chunk]:
    """The list with commas for semicolons, and an article before an item that has none, so that no item runs on."""
    items: list[Chunk] = []
    for at in range(start, end):
        chunk = row[at]
        led = row[at - 1].text == ";" or (row[at - 1].low == "and" and row[at - 2].text == ";")
        if led and chunk.low in lexicon.DOCUMENTS:
            items.append(Chunk("word", "the", "the", chunk.start, chunk.start))
        items.append(replace(chunk, text=",", low=",") if chunk.text == ";" else chunk)
    return items


def _papers(row: Sequence[Chunk], start: int, end: int) -> list[Phrase]:
    """The documents of a list, parted by semicolons or commas."""
    marks = [start - 1, *(at for at in range(start, end) if row[at].text == ";"), end]
    begun = (mark + 1 + (row[mark + 1].low == "and") for mark in marks[:-1])
    told = (named(row, begin, mark) for begin, mark in zip(begun, marks[1:], strict=True) if begin < mark)
    return [one for phrases in told for one in phrases if one.is_document()]


def _stands_for_several(row: Sequence[Chunk], end: int) -> bool:
    """Whether what stands before the dash is several things, and no document of its own: `three papers`, `the fruits`."""
    at = next((at for at in range(end) if row[at].kind == "word"), end)
    phrase = read_phrase(row, at, end) if at < end else None
    if phrase is None or phrase.title is not None:
        return False
    counted = not {chunk.low for chunk in row[phrase.start : phrase.end]}.isdisjoint(lexicon.NUMBER_WORDS | {"both"})
    return is_plural(phrase.head) and (counted or is_general(phrase.head) or not phrase.is_document())
