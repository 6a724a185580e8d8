"""A sentence as a row of pieces: words, and what counts as one word here (titles in quotes, brackets, places, times)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from monitor.model.promise import Place
from monitor.rules.promises.sentence.places import find_places, typed_addresses
from monitor.rules.promises.times.due import Due, find_dues

Kind = Literal["word", "mark", "title", "aside", "place", "time", "address"]

_TITLE = re.compile(
    r"\u201c(?P<a>[^\u201c\u201d]{3,250})\u201d|\"(?P<b>[^\"]{3,250})\""
    r"|\u2018(?P<c>[^\u2018\u2019]{3,250}(?:\u2019s?\s[^\u2018\u2019]{1,200})?)\u2019(?!\w)"
    r"|(?<!\w)'(?P<d>[A-Z][^']{3,200})'(?!\w)"
)
_ASIDE = re.compile(r"\([^()]{1,200}\)|\[[^\[\]]{1,200}\]")
_SPEAKING_ASIDE = re.compile(
    r"[(\[](?:(?:also|which\s+\S+|to\s+be|being|now|today|both|all|just|is|are|it)\s+){0,3}"
    r"(?:published|laid|placed|deposited|issued|released|available|launched)\b",
    re.IGNORECASE,
)
"""A bracket that says what is done to the document before it; any other is one piece."""
_DEFINED = re.compile(
    r"[(\[](?:(?:the|together|hereafter|hereinafter|known\s+as)[,\s]+){0,3}[\u201c\u2018\"'][^()\[\]]{1,80}"
    r"[\u201d\u2019\"'][)\]]",
    re.IGNORECASE,
)
"""`(the “Code”)` says what a document is called from here on, and titles no other."""
_PIECE = re.compile(
    (
        r"(?:[Hh]on|[Rr]t|Mr|Mrs|Ms|Dr|No|St|Sir|cent)\."
        r"|[\u00a3$\u20ac]?\d{1,3}(?:,\d{3})+(?!\d)"
        r"|(?:[\u00a3$\u20ac](?=\d))?[^\W_]+(?:[-'\u2019./&][^\W_]+)*(?:['\u2019](?=\s|$|,))?|[^\w\s]|_"
    ),
    re.UNICODE,
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of a sentence, `low` in lower case with straight apostrophes; `place` or `due` where it is a phrase of that."""

    kind: Kind
    text: str
    low: str
    start: int
    end: int
    place: Place | None = None
    due: Due | None = None

    @property
    def is_name(self) -> bool:
        """Whether it begins with a capital or a figure."""
        return self.text[:1].isupper() or self.text[:1].isdigit()


def cut_chunks(sentence: str, made_on: date) -> tuple[Chunk, ...]:
    """The sentence from left to right, white space left out; where two phrases overlap the longer one stands."""
    fixed = _spans(sentence, made_on)
    row: list[Chunk] = []
    at = 0
    for chunk in fixed:
        row.extend(plain_words(sentence, at, chunk.start))
        row.append(chunk)
        at = chunk.end
    row.extend(plain_words(sentence, at, len(sentence)))
    return tuple(row)


def plain_words(sentence: str, start: int, end: int) -> Iterator[Chunk]:
    """A stretch of the sentence as words and marks, whatever phrase it may be."""
    for found in _PIECE.finditer(sentence, start, end):
        text = found.group()
        kind: Kind = "word" if text[-1].isalnum() or len(text) > 1 else "mark"
        yield _chunk(kind, sentence, found.start(), found.end())


def _chunk(
    kind: Kind, sentence: str, start: int, end: int, place: Place | None = None, due: Due | None = None
) -> Chunk:
    text = sentence[start:end]
    return Chunk(kind, text, text.lower().replace("\u2019", "'"), start, end, place, due)


def _aside(sentence: str, start: int, end: int) -> Chunk:
    """A bracket, with the paper number that it may hold: `(CP 1207)`."""
    place = next((hit.place for hit in find_places(sentence[start:end])), None)
    return _chunk("aside", sentence, start, end, place=place)


def _spans(sentence: str, made_on: date) -> list[Chunk]:
    found = [_chunk("address", sentence, start, end) for start, end in typed_addresses(sentence)]
    found += [_chunk("aside", sentence, hit.start(), hit.end()) for hit in _DEFINED.finditer(sentence)]
    defined = {at for chunk in found if chunk.kind == "aside" for at in range(chunk.start, chunk.end)}
    titles = (hit for hit in _TITLE.finditer(sentence) if hit.start() not in defined)
    found += [_chunk("title", sentence, hit.start(), hit.end()) for hit in titles]
    found += [_chunk("place", sentence, hit.start, hit.end, place=hit.place) for hit in find_places(sentence)]
    found += [_chunk("time", sentence, due.start, due.end, due=due) for due in find_dues(sentence, made_on)]
    found += [
        _aside(sentence, hit.start(), hit.end())
        for hit in _ASIDE.finditer(sentence)
        if not _SPEAKING_ASIDE.match(hit.group())
    ]
    ranks = {"title": 0, "address": 1, "aside": 2}
    found.sort(key=lambda chunk: (ranks.get(chunk.kind, 3), chunk.start - chunk.end, chunk.start))
    taken: list[Chunk] = []
    covered = bytearray(len(sentence))
    for chunk in found:
        if not any(covered[chunk.start : chunk.end]):
            covered[chunk.start : chunk.end] = b"\1" * (chunk.end - chunk.start)
            taken.append(chunk)
    return sorted(taken, key=lambda chunk: chunk.start)
