"""Noun phrases that may name documents, read from left to right without a parser: heads, joins and where a name ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.rules.promises import lexicon
from monitor.rules.promises.bounds import (
    COMPOUNDS,
    begins_anew,
    closes,
    is_split,
    leads_noun,
    may_start,
    title_behind,
    within_compound,
    within_list,
    within_name,
    within_title,
)
from monitor.rules.promises.chunks import Chunk

_STOPS = frozenset(";:\u2013\u2014?!.\u2015")
_TIES = frozenset("with alongside plus along together as accompanied".split())
"""Words that tie a second document to a first, and never stand inside a name."""


_BETWEEN = frozenset(
    "agreement agreements concordat contract contracts convention correspondence treaty exchange letters compact".split()
)
"""Documents that are made with somebody."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: chunks from `start` to `end`, its head noun, and a title in quotes that belongs to it."""

    start: int
    end: int
    head: str
    title: int | None = None

    def is_pronoun(self) -> bool:
        """Whether it is a mere `it` or `they`."""
        return self.head == "" and self.title is None and self.end == self.start + 1

    def is_document(self) -> bool:
        """Whether it is called by a document's noun, or by a title."""
        return self.title is not None or self.head in lexicon.DOCUMENTS


def find_phrases(row: Sequence[Chunk], start: int, end: int) -> Iterator[Phrase]:
    """Every noun phrase between two places of a row, joined ones apart."""
    at = start
    while at < end:
        at = _next_start(row, at, end)
        if at >= end:
            return
        phrase = read_phrase(row, at, end)
        if phrase is None:
            at += 1
            continue
        yield phrase
        at = max(phrase.end, at + 1)


def _next_start(row: Sequence[Chunk], at: int, end: int) -> int:
    while at < end and not may_start(row, at):
        at += 1
    return at


def read_phrase(row: Sequence[Chunk], start: int, end: int) -> Phrase | None:
    """The noun phrase that begins at `start`, with what hangs on it; None where there is no noun."""
    if row[start].low in ("it", "they", "them"):
        return Phrase(start, start + 1, "")
    at = start
    title: int | None = None
    hung: int | None = None
    while at < end:
        chunk = row[at]
        following = title_behind(row, at, end)
        if following is not None and title is None:
            return _phrase(row, start, at, hung, following)
        if _ends(row, start, at, end, hung):
            break
        if chunk.kind == "title" and title is None:
            title = at
        elif (
            chunk.low in lexicon.PREPOSITIONS
            and at > start
            and hung is None
            and not leads_noun(row, start, at)
            and not within_compound(row, at)
        ):
            hung = at
        at += 1
    return _phrase(row, start, at, hung, title)


def _ends(row: Sequence[Chunk], start: int, at: int, end: int, hung: int | None) -> bool:
    """Whether the phrase is over before this piece."""
    chunk = row[at]
    if chunk.kind == "title":
        return False
    if chunk.kind in ("place", "time", "address"):
        return not within_name(row, at, end, hung)
    if chunk.text == ",":
        return not within_list(row, at, end, hung)
    if chunk.low in ("and", "or"):
        return is_split(row, start, at, end, hung)
    if chunk.low == "with" and row[at - 1].low in _BETWEEN and at > start and hung is None:
        return False
    if chunk.low in _TIES or chunk.text in _STOPS:
        return not within_title(row, at, end)
    return at > start and (closes(row, at) or (hung is not None and begins_anew(row, at)))


def _phrase(row: Sequence[Chunk], start: int, end: int, hung: int | None, title: int | None) -> Phrase | None:
    while end > start and row[end - 1].kind in ("mark", "aside", "time"):
        end -= 1
    while end > start + 1 and (
        row[end - 1].low in lexicon.ADVERBS
        or row[end - 1].low in lexicon.PREPOSITIONS
        or row[end - 1].low in lexicon.CONJUNCTIONS
    ):
        end -= 1
    words = [
        chunk for chunk in row[start : (hung if hung is not None and hung <= end else end)] if chunk.kind == "word"
    ]
    while len(words) > 1 and words[-1].low[0].isdigit():
        words.pop()
    if not words and title is None:
        return None
    if not any(chunk.low in lexicon.COPIES for chunk in words):
        start = next((index for index in range(start + len(words) - 1, start, -1) if _restarts(row, index)), start)
    head = words[-1].low if words else ""
    if len(words) > 1 and (head.endswith("ed") or head in lexicon.DONE_WORDS) and words[-2].low in lexicon.DOCUMENTS:
        head = words[-2].low
    if " ".join(chunk.low for chunk in words[-3:]) in COMPOUNDS:
        head = words[-3].low
    if head not in lexicon.DOCUMENTS and end > start:
        head = _named_head(row, start, end) or head
    if head in ("bill", "legislation") and any(chunk.low == "draft" for chunk in words):
        head = "draft"
    return Phrase(start, end if title is None or title < end else title + 1, head.removesuffix("'s"), title)


def past_ordinal(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past `the first,` before `a review of ports`: where the document itself is named; `at` where nothing counts."""
    comma = at + (row[at].low in lexicon.DETERMINERS) + 1
    counted = comma < end - 1 and row[comma].text == "," and row[comma - 1].low in lexicon.ORDINALS
    return comma + 1 if counted and row[comma + 1].low in lexicon.DETERMINERS else at


def _restarts(row: Sequence[Chunk], index: int) -> bool:
    """Whether the noun phrase really begins here: `sent me | its final report`."""
    before = row[index - 1].low
    if row[index].text[:1].isupper():
        return False
    return (
        row[index].low in lexicon.DETERMINERS
        and row[index].low not in ("one", "two", "three", "four", "five", "six")
        and before not in lexicon.DETERMINERS
        and before not in lexicon.PREPOSITIONS
    )


def _named_head(row: Sequence[Chunk], start: int, end: int) -> str | None:
    """`State of Fire and Rescue assessment`, `Statement on ...`: the noun that names it stands at the end, in a name."""
    last = row[end - 1]
    return (
        last.low
        if last.low in lexicon.DOCUMENTS
        and any(chunk.is_name for chunk in row[start + 1 : end])
        and not any(chunk.low in lexicon.DETERMINERS for chunk in row[start + 1 : end])
        else None
    )
