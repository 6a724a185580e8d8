"""Noun phrases whose noun is left out: `a second`, `another nine`, `ours`, `that on Hull`, `a shorter one`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import is_finite
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

ONE = "one"
"""The head of every such phrase."""
ONES = frozenset(("one", "ones"))
OWNED = frozenset("ours mine theirs hers yours his".split())
_MORE = frozenset("another further more other others additional".split())
_HUNG = frozenset("of on for from in about by to at covering concerning".split())
_LEFT = lexicon.PREPOSITIONS - {"of"} | lexicon.CONJUNCTIONS | lexicon.RELATIVES | AUXILIARIES | {"to", "as"}
_NOBODY = frozenset("no any every each some".split())
_LONGEST = 4
_LONGEST_TELLER = 8
_HEARERS = frozenset("me us them him her".split())
_TOLD = frozenset("tells tell told sends sent".split())
_WRITTEN = frozenset(
    "writes write wrote written finds find found concludes conclude concluded recommends recommend recommended advises advise"
    " advised discovers discover discovered uncovers uncovered learns learned".split()
)
"""Verbs of those whose words are published: what they find is a report."""


def left_out(row: Sequence[Chunk], start: int, end: int) -> int | None:
    """Where the words of a phrase without a noun end, if one begins here; what hangs on it (`on Hull`) comes behind."""
    low = row[start].low
    if row[start].kind != "word":
        return None
    if low in OWNED:
        return start + 1 if _is_over(row, start + 1, end) else None
    if low in ("that", "those"):
        return start + 1 if points_alone(row, start) else None
    return _counted(row, start, end) or _with_one(row, start, end) or _owners(row, start, end)


def points_alone(row: Sequence[Chunk], at: int) -> bool:
    """Whether `that` or `those` stands for a noun said before: `that on Hull`, `those for April`."""
    if at + 2 >= len(row) or row[at + 1].low not in _HUNG:
        return False
    if row[at].low == "those":
        return True
    before = row[at - 1] if at else None
    return before is None or before.kind != "word" or before.low in lexicon.CONJUNCTIONS or before.low in ("as", "is")


def of_them(row: Sequence[Chunk], start: int, end: int) -> int | None:
    """The end of `each of them`, `all three`, `copies of the two`: pronouns of several words."""
    low = [chunk.low for chunk in row[start : start + 5]]
    if low[:1] == ["the"] and low[1:2] == ["pair"]:
        low, start = low[1:], start + 1
    some = low[0] in lexicon.PRONOUNS or low[0] in lexicon.NUMBER_WORDS or low[0] == "pair"
    if some and low[1:2] == ["of"] and low[2:3] and low[2] in ("them", "these", "those"):
        return start + 3
    at = start + 2 if some and low[1:2] == ["of"] else start
    behind = at
    while behind < end and (row[behind].low in lexicon.PRONOUNS or row[behind].low == "the"):
        behind += 1
    number = behind < end and behind > at and row[behind].low in lexicon.NUMBER_WORDS
    told = number and row[behind].low in ONES and behind + 1 < end and row[behind + 1].low in _HUNG  # `the one on eels`
    return behind + 1 if number and not told and _is_over(row, behind + 1, end) else None


def told_clause(row: Sequence[Chunk], start: int, end: int) -> int | None:
    """The end of `what he writes`, `what the inspectors found`: somebody's words, and so a document once they are published."""
    if row[start].low != "what" or start + 2 >= end:
        return None
    for at in range(start + 2, min(start + _LONGEST_TELLER, end)):
        behind = at + 1 + (at + 1 < end and row[at + 1].low in _HEARERS)
        if (
            row[at].low in _WRITTEN
            or (row[at - 1].low == "to" and row[at].low == "say")
            or (row[at].low in _TOLD and behind > at + 1)
        ):
            return behind
        if row[at].kind != "word" or row[at].low in _LEFT - lexicon.HAVE - {"to"}:
            return None
    return None


def _counted(row: Sequence[Chunk], start: int, end: int) -> int | None:
    """`the first`, `a second`, `another nine`, `thirty more`: counted, with nothing behind that is.

    `the fourth in the series` only says which a document is, and `her second and last report` has its noun.
    """
    if row[start].low not in lexicon.DETERMINERS and not row[start].low[0].isdigit():
        return None
    at, told = start, False
    while at < end and (at == start or row[at].low in lexicon.DETERMINERS | lexicon.ORDINALS | _MORE):
        told = told or row[at].low in lexicon.ORDINALS - {"next"} or row[at].low in _MORE
        at += 1
    goes_on = at + 1 < end and (row[at].low == "in" or row[at + 1].low in lexicon.ORDINALS | lexicon.EDITIONS)
    return at if told and not goes_on and _is_over(row, at, end) else None


def _with_one(row: Sequence[Chunk], start: int, end: int) -> int | None:
    """`a shorter one`, `the new ones`, `one for the Humber`."""
    if row[start].low == "one":
        behind = row[start + 1].low if start + 1 < end else ""
        paired = behind == "of" and any(
            one.low in ONES | {"another"} and two.low == "of"
            for at, (one, two) in enumerate(pairwise(row))
            if at != start
        )
        return start + 1 if behind in _HUNG - {"of", "in", "to", "by", "at"} or paired else None
    if row[start].low not in lexicon.DETERMINERS - _NOBODY:
        return None
    for at in range(start + 1, min(start + _LONGEST, end)):
        if row[at].low in ONES:
            return at + 1 if _is_over(row, at + 1, end) or _is_of_one(row, start, at, end) else None
        if row[at].kind != "word" or row[at].low in _LEFT or row[at].low in lexicon.DOCUMENTS:
            return None
    return None


def _is_of_one(row: Sequence[Chunk], start: int, at: int, end: int) -> bool:
    """Whether `of` behind `the one` says which is meant, and not among which it is: `the one of the fens`, not `of the three`."""
    told = row[start].low == "the" and at == start + 1 and at + 2 < end and row[at + 1].low == "of"
    among = lexicon.NUMBER_WORDS | frozenset("them these those its us you".split())
    return told and among.isdisjoint(chunk.low for chunk in row[at + 2 : at + 4])


def _owners(row: Sequence[Chunk], start: int, end: int) -> int | None:
    """`The Department's will be published`: whose it is, and the verb."""
    if row[start].low not in lexicon.DETERMINERS and not row[start].is_name:
        return None
    for at in range(start, min(start + _LONGEST_TELLER, end, len(row) - 1)):
        if row[at].low.endswith(("'s", "s'")) and row[at + 1].low in AUXILIARIES:
            return at + 1 if at > start or row[at].is_name else None
        if row[at].kind != "word" or row[at].low in AUXILIARIES:
            return None
    return None


def _is_over(row: Sequence[Chunk], at: int, end: int) -> bool:
    """Whether no noun comes here."""
    if at >= min(end, len(row)) or row[at].kind not in ("word", "title"):
        return True
    return row[at].low in _LEFT or row[at].low in lexicon.ADVERBS or is_finite(row, at)
