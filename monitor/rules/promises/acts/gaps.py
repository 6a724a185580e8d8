"""Documents that share a verb said once: `a strategy in May and, in October, an action plan`, `followed by a guide`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.model.promise import Place
from monitor.rules.promises.nouns.phrases import Phrase, past_ordinal, read_phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.times.due import Due
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_JOINS = frozenset(("and", ";", ",", "with"))
_NUMERAL = 5
_GOING = frozenset("following appearing coming".split())


@dataclass(frozen=True, slots=True)
class Gap:
    """A document without a verb of its own: where it begins, its phrase, its own time and places, if it has them."""

    start: int
    phrase: Phrase
    due: Due | None
    where: tuple[Place, ...]
    followed: bool = False


def find_gaps(row: Sequence[Chunk], start: int, end: int) -> Iterator[Gap]:
    """The documents between two places of a row that go on with the act before."""
    at = start
    while at < end - 1:
        gap = _followed(row, at, end) or _joined(row, at, start, end)
        if gap is not None:
            yield gap
            at = gap.phrase.end
        else:
            at += 1


def _joined(row: Sequence[Chunk], at: int, start: int, end: int) -> Gap | None:
    """`... in May and an action plan in October`, `the strategy and, in the summer, an action plan`."""
    if row[at].low not in _JOINS:
        return None
    begin, lead = _past_times(row, at + 1, end)
    if begin >= end or row[begin].low not in lexicon.DETERMINERS:
        return None
    phrase = read_phrase(row, past_ordinal(row, begin, end), end)
    if phrase is None or not phrase.is_document() or _has_verb(row, phrase.end):
        return None
    settled = any(row[index].kind in ("time", "place") for index in range(start, at)) or bool(lead)
    if settled and [one.low for one in row[phrase.end : phrase.end + 2]] in (["with", "it"], ["with", "them"]):
        return Gap(at, phrase, None, ())
    behind = phrase.end + (phrase.end < end and (row[phrase.end].low in _GOING or row[phrase.end].text == ","))
    if phrase.end < end - 1 and row[phrase.end].low == "to" and row[phrase.end + 1].low in ("follow", "come"):
        behind = phrase.end + 2
    behind = _past_companion(row, behind, end)
    if behind < len(row) and row[behind].low in AUXILIARIES:
        return None
    _, own = _past_times(row, behind, min(behind + 3, len(row)))
    dues = own or lead
    last = at - 1 if row[at - 1].text not in (",", ";") else at - 2
    direct = last >= start and row[last].kind in ("time", "place")
    if (
        not settled
        or not (lead or (direct and own) or (behind > phrase.end + 1))
        or (row[at].low == "with" and not own)
    ):
        return None
    return Gap(at, phrase, dues[0] if dues else None, _places(row, phrase.end, min(behind + 3, end)))


def _past_companion(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past `with its annexes,` between a document and its time."""
    if at >= end or row[at].low not in ("with", "alongside", "including", "as") or row[at - 1].text != ",":
        return at
    return next((index + 1 for index in range(at + 1, min(at + 9, end)) if row[index].text == ","), at)


def _followed(row: Sequence[Chunk], at: int, end: int) -> Gap | None:
    """`followed by a White Paper early next year`."""
    if row[at].low != "followed" or at + 2 >= end:
        return None
    begin, lead = _past_times(row, at + 1, end)
    if begin >= end - 1 or row[begin].low != "by":
        return None
    phrase = read_phrase(row, begin + 1, end)
    if phrase is None or not phrase.is_document():
        return None
    _, own = _past_times(row, phrase.end, min(phrase.end + 4, len(row)))
    dues = own or lead
    return Gap(at, phrase, dues[0] if dues else None, _places(row, phrase.end, min(phrase.end + 4, end)), True)


def _past_times(row: Sequence[Chunk], at: int, end: int) -> tuple[int, list[Due]]:
    """Past times, places and commas; the times among them."""
    dues: list[Due] = []
    while at < end and (
        row[at].kind in ("time", "place")
        or (row[at].kind == "aside" and len(row[at].text) <= _NUMERAL)
        or row[at].text == ","
        or row[at].low in ("then", "also")
    ):
        due = row[at].due
        if due is not None and due.sort in ("now", "span", "open"):
            dues.append(due)
        at += 1
    return at, dues


def _has_verb(row: Sequence[Chunk], at: int) -> bool:
    """Whether the phrase is the subject of what comes next."""
    while at < len(row) and (row[at].kind in ("time", "place", "aside") or row[at].low in lexicon.ADVERBS):
        at += 1
    return at < len(row) and (row[at].low in AUXILIARIES or row[at].low in lexicon.SPEECH)


def _places(row: Sequence[Chunk], start: int, end: int) -> tuple[Place, ...]:
    return tuple({chunk.place: None for chunk in row[start:end] if chunk.place is not None and chunk.kind == "place"})
