"""Pieces of a row that only their neighbours explain: titles without quotes, and times that belong to a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.promises.nouns.enumerations import unfolded
from monitor.rules.promises.sentence.chunks import Chunk, plain_words
from monitor.rules.promises.sentence.interruptions import straightened, without_interruptions
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_LITTLE = frozenset("a an the of for and in to on at with by from our is it not or".split())
_PERSONS = frozenset(
    """
    sir dame lord lady baroness professor prof dr mr mrs ms minister ministers secretary chair chairman chief rt hon
    his her my judge justice general admiral colonel bishop viscount earl the today i we right
    """.split()
)
_CALLED = frozenset("called entitled titled".split())
_NAMED_AS = frozenset((("known", "as"), ("title", "of"), ("title", ","), ("name", "of")))
_REACH = 12
"""How many words before the comma a document's noun may stand."""
_LONGEST = 16
_NOT_FOLLOWED = lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | lexicon.RELATIVES | AUXILIARIES


def settle(sentence: str, row: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """The row with such titles as one piece, with such times as mere words, and without asides between commas."""
    return tuple(
        without_interruptions(unfolded(straightened(_with_titles(sentence, _with_dated_names(sentence, row)))))
    )


def _with_dated_names(sentence: str, row: Sequence[Chunk]) -> list[Chunk]:
    """`its February meeting`, `my letter of 7 March`: the time says which, not when."""
    settled: list[Chunk] = []
    for at, chunk in enumerate(row):
        named = (
            chunk.kind == "time"
            and chunk.due is not None
            and chunk.due.sort in ("span", "past")
            and (_says_which(row, at) or _dates_document(row, at) or _is_about(row, at))
        )
        settled.extend(plain_words(sentence, chunk.start, chunk.end) if named else (chunk,))
    return settled


def _says_which(row: Sequence[Chunk], at: int) -> bool:
    """Between a determiner and its noun: `its February meeting`."""
    if at == 0 or at + 1 >= len(row) or row[at + 1].kind != "word" or row[at + 1].low in _NOT_FOLLOWED:
        return False
    led = row[at - 1].low in lexicon.DETERMINERS or row[at - 1].low.endswith("'s")
    return led and row[at - 1].kind == "word" and row[at].low.split()[0] not in ("in", "by", "on", "before", "within")


def _dates_document(row: Sequence[Chunk], at: int) -> bool:
    """Behind the noun of a document and `of` or `dated`: `my letter of 7 March`."""
    if at and row[at].low.startswith(("of ", "for ")):
        return row[at - 1].low in lexicon.DOCUMENTS
    return at > 1 and row[at - 1].low in ("of", "dated", "for") and row[at - 2].low in lexicon.DOCUMENTS


def _is_about(row: Sequence[Chunk], at: int) -> bool:
    """Behind `for` or `to` and a noun: `allocations for the coming year`, `sums to the end of May`; not `is put back to May`."""
    if at < 2 or row[at - 1].low not in ("for", "to") or row[at - 2].kind != "word":
        return False
    noun = row[at - 2].low
    verbal = (
        noun in AUXILIARIES or noun in lexicon.CONTROLS or noun in lexicon.PUBLISHING_NOUNS or noun in lexicon.ADVERBS
    )
    return (
        not verbal
        and not noun.endswith(("ed", "set", "time", "back", "forward", "off"))
        and noun not in lexicon.PREPOSITIONS
    )


def _with_titles(sentence: str, row: list[Chunk]) -> list[Chunk]:
    """`his report, Holding Water, is published`, `called Holding Water`: capitals behind a document's noun are its title."""
    settled: list[Chunk] = []
    row = [_softened(row, at) for at in range(len(row))]
    at = 0
    while at < len(row):
        called = row[at].low in _CALLED or (at > 0 and (row[at - 1].low, row[at].low) in _NAMED_AS)
        leads = called or (row[at].text == "," and _names_document(row, at))
        article = called and at + 1 < len(row) and row[at + 1].low == "the"
        end = _title_end(row, at + 1 + article, called=called) if leads else None
        settled.append(row[at])
        at += 1
        if end is not None:
            settled += row[at : at + article]
            at += article
            first, last = row[at], row[end - 1]
            words = sentence[first.start : last.end]
            settled.append(Chunk("title", words, words.lower().replace("\u2019", "'"), first.start, last.end))
            at = end
    return settled


def _softened(row: Sequence[Chunk], at: int) -> Chunk:
    """A dash on either side of a title in quotes reads as a comma."""
    beside = row[max(at - 1, 0) : at + 2]
    dash = row[at].text in ("\u2013", "\u2014", "-") and at > 0
    return replace(row[at], text=",", low=",") if dash and any(chunk.kind == "title" for chunk in beside) else row[at]


def _names_document(row: Sequence[Chunk], comma: int) -> bool:
    """Whether what stands before the comma is a document's noun, or words in small letters that hang on one."""
    if comma == 0 or row[comma - 1].kind != "word":
        return False
    if row[comma - 1].low in lexicon.DOCUMENTS:
        return True
    if row[comma - 1].is_name:
        return False
    for index in range(comma - 1, max(comma - _REACH, -1), -1):
        if row[index].kind != "word" or row[index].low in AUXILIARIES or row[index].low == "between":
            return False
        if row[index].low in lexicon.DOCUMENTS:
            return index + 1 < comma and row[index + 1].low in lexicon.PREPOSITIONS
    return False


def _title_end(row: Sequence[Chunk], start: int, *, called: bool) -> int | None:
    """Where a title that begins here ends: it is all capitals but for little words, and its clause stops or goes on.

    Behind `called` and its like it may end in a document's noun, which elsewhere is a document of its own.
    """
    if start >= len(row) or not row[start].text[:1].isupper() or row[start].low in _PERSONS:
        return None
    at = last = start
    while at < min(len(row), start + _LONGEST) and row[at].kind in ("word", "mark"):
        colon = row[at].text == ":" and at > start and at + 1 < len(row) and row[at + 1].is_name
        if row[at].is_name:
            last = at + 1
        elif not colon and row[at].low not in _LITTLE:
            break
        at += 1
    if last - start < 2 or (row[last - 1].low in lexicon.DOCUMENTS and not called):
        return None
    if last == len(row):
        return last
    following = row[last]
    closed = following.text in (",", ".", ";") or following.kind in ("aside", "time", "place")
    if following.text == "," and last + 1 < len(row) and row[last + 1].low == "and":
        closed = last + 2 < len(row) and row[last + 2].low in lexicon.DETERMINERS
    return last if closed or following.low in AUXILIARIES else None
