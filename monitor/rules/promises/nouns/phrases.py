"""Noun phrases that may name documents, read from left to right without a parser: heads, joins and where a name ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.rules.promises.nouns.bounds import (
    begins_anew,
    closes,
    is_split,
    may_start,
    stands_alone,
    title_behind,
    within_list,
    within_name,
    within_title,
)
from monitor.rules.promises.nouns.compounds import within_compound
from monitor.rules.promises.nouns.ellipsis import ONE, OWNED, left_out, of_them
from monitor.rules.promises.nouns.heads import head_noun
from monitor.rules.promises.nouns.owners import leads_noun
from monitor.rules.promises.nouns.questions import QUESTIONS, question_end
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import is_finite
from monitor.rules.promises.words import lexicon

_STOPS = frozenset(";:\u2013\u2014?!.\u2015")
_TIES = frozenset("with alongside plus along together as accompanied".split())
"""Words that tie a second document to a first, and never stand inside a name."""


REFLEXIVE = frozenset("itself themselves alone".split())
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
        """Whether it is a mere `it` or `they`, or `each of the three`."""
        return self.head == "" and self.title is None

    def is_document(self) -> bool:
        """Whether it is called by a document's noun, or by a title, or leaves out a noun that may be one."""
        return self.title is not None or self.head in lexicon.DOCUMENTS or self.is_elliptic()

    def is_elliptic(self) -> bool:
        """Whether its noun is left out: `a second`, `that on Hull`."""
        return self.head == ONE


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
        led = read_phrase(row, at, phrase.start) if phrase.start > at else None
        if led is not None and led.is_document():
            yield led
        yield phrase
        at = max(phrase.end, at + 1)


def _next_start(row: Sequence[Chunk], at: int, end: int) -> int:
    while at < end and not may_start(row, at):
        at += 1
    return at


def read_phrase(row: Sequence[Chunk], start: int, end: int) -> Phrase | None:
    """The noun phrase that begins at `start`, with what hangs on it; None where there is no noun."""
    if row[start].low in ("it", "they", "them") or stands_alone(row, start):
        return Phrase(start, start + 1, "")
    several = of_them(row, start, end)
    if several is not None:
        return Phrase(start, several, "")
    bare = left_out(row, start, end)
    end = bare if bare is not None and row[start].low in OWNED else end
    at = start if bare is None else bare
    title: int | None = None
    hung: int | None = None
    while at < end:
        chunk = row[at]
        following = title_behind(row, at, end)
        if following is not None and title is None:
            return _phrase(row, start, at, hung, following, bare)
        if _ends(row, start, at, end, hung) or (at == bare and chunk.low in lexicon.CONJUNCTIONS):
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
    whole = _phrase(row, start, at, hung, title, bare)
    if whole is not None and whole.title is None:
        asked = question_end(row, whole.end, end)
        while asked > whole.end and row[asked - 1].low in lexicon.PREPOSITIONS:
            asked -= 1
        return whole if asked == whole.end else replace(whole, end=asked)
    return whole


def _ends(row: Sequence[Chunk], start: int, at: int, end: int, hung: int | None) -> bool:
    """Whether the phrase is over before this piece."""
    chunk = row[at]
    if chunk.kind == "title":
        return False
    if chunk.kind in ("place", "time", "address"):
        return not within_name(row, at, end, hung)
    if chunk.text == ",":
        return not within_list(row, at, end, hung)
    if chunk.low in QUESTIONS and at > start and row[at - 1].low in lexicon.PREPOSITIONS:
        return True
    if chunk.low == "nor" or (chunk.low == "in" and at + 2 < end and row[at + 2].low == "hands"):
        return True
    if chunk.low in ("and", "or"):
        return is_split(row, start, at, end, hung)
    if chunk.low == "with" and row[at - 1].low in _BETWEEN and at > start and hung is None:
        return False
    if chunk.low in _TIES or chunk.text in _STOPS:
        return not within_title(row, at, end)
    return at > start and (is_finite(row, at) or closes(row, at) or (hung is not None and begins_anew(row, at)))


def _phrase(
    row: Sequence[Chunk], start: int, end: int, hung: int | None, title: int | None, bare: int | None
) -> Phrase | None:
    while end > start and (row[end - 1].kind in ("mark", "aside", "time") or row[end - 1].low in REFLEXIVE):
        end -= 1
    while end > (bare or start + 1) and (
        row[end - 1].low in lexicon.ADVERBS
        or row[end - 1].low in lexicon.PREPOSITIONS
        or row[end - 1].low in lexicon.CONJUNCTIONS
    ):
        end -= 1
    words = [
        chunk for chunk in row[start : (hung if hung is not None and hung <= end else end)] if chunk.kind == "word"
    ]
    if bare is not None:
        return Phrase(start, end if title is None or title < end else title + 1, ONE, title)
    if not words and title is None:
        return None
    if not any(chunk.low in lexicon.COPIES for chunk in words):
        start = next((index for index in range(start + len(words) - 1, start, -1) if _restarts(row, index)), start)
    head = head_noun(row, start, end, hung, words)
    return Phrase(start, end if title is None or title < end else title + 1, head, title)


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
        and row[index].low not in lexicon.NUMBER_WORDS | {"such"}
        and before not in lexicon.DETERMINERS
        and before not in lexicon.PREPOSITIONS
    )
