"""Verb groups: where the auxiliaries, `to` and words like `intend` of a verb begin, and what stands before them."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import is_finite
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.forms import FORMS, TWINS
from monitor.rules.promises.words.tenses import AUXILIARIES

_WISHES = frozenset("hope aim wish plan purpose ambition".split())
_PRONOUNS = frozenset("i we it they he she".split())


_REMAINS = frozenset("remain remains stay stays".split())
_HOW = frozenset("at in for of as by to once on with".split())


_TOLD = frozenset("went goes came comes".split())
_PLANNERS = frozenset("government department ministers officials inspectors regulators they also now".split())
"""Before `plan`, `mean` or `hope` where it is a verb and no noun."""


def group_start(row: Sequence[Chunk], at: int) -> int:
    """Where the verb group that ends at `at` begins: auxiliaries, `to`, and words like `intend`, with adverbs between."""
    start = index = at
    while index > 0:
        chunk = row[index - 1]
        if chunk.kind == "word" and _opens_group(row, index - 1):
            start = index - 1
        elif chunk.low in ("it", "them", "both") and row[index].low == "to" and row[index - 2].low in lexicon.CONTROLS:
            pass
        elif chunk.text == "," and (skip := _interjection(row, index - 1)) is not None:
            start, index = skip - 1, skip
        elif (skip := _adverbial(row, index)) is not None:
            start = index = skip
            continue
        elif not inside_group(chunk):
            break
        index -= 1
    return start


def _adverbial(row: Sequence[Chunk], end: int) -> int | None:
    """The auxiliary before a few words that only say how: `will | at last | be published`, `is | for the first time | laid`."""
    for at in range(end - 2, max(end - 6, -1), -1):
        if row[at].low in AUXILIARIES or row[at].low in _REMAINS:
            duty = row[at + 1].low == "to" and row[at + 2].low not in lexicon.DETERMINERS
            if duty or (row[at + 1].low == "for" and row[end].low == "to"):
                return None
            return at if row[at + 1].low in _HOW and not any(_goes_on(row, one) for one in range(at + 1, end)) else None
    return None


def _goes_on(row: Sequence[Chunk], at: int) -> bool:
    """Whether a word shows that more than a way of doing stands here: a verb, or an `and` before the next one."""
    return row[at].low in lexicon.CONJUNCTIONS or is_finite(row, at)


def _interjection(row: Sequence[Chunk], comma: int) -> int | None:
    """The other comma of `intends, subject to its board's agreement, to publish`, if a verb group goes on before it."""
    other = next((index for index in range(comma - 2, max(comma - 14, 0), -1) if row[index].text == ","), None)
    if other is None or comma + 1 >= len(row) or not _in_group(row, other - 1) or not _in_group(row, comma + 1):
        return None
    if any(row[at].low in lexicon.RELATIVES for at in range(other, comma)):
        return None
    if row[other - 1].low in lexicon.NOUNS_TOO and row[comma + 1].low != "to":
        return None
    return other


def _in_group(row: Sequence[Chunk], index: int) -> bool:
    low = row[index].low
    return low in AUXILIARIES or low in lexicon.CONTROLS or low in ("to", "not") or low in FORMS


def _opens_group(row: Sequence[Chunk], index: int) -> bool:
    low = row[index].low
    if low in lexicon.THIRD and index and _leads_to_infinitive(row, index):
        led = row[index - 1].low
        return led not in lexicon.DETERMINERS and led not in lexicon.HAVE and led not in lexicon.PREPOSITIONS
    if low == "intention" or (low in _WISHES and index and row[index - 1].low in ("my", "our")):
        return _leads_to_infinitive(row, index) and row[index - 1].low in ("my", "our", "intention", "firm")
    if low in lexicon.NOUNS_TOO:
        before = row[index - 1].low if index else ""
        spoken = before in lexicon.EVERYONE or before in AUXILIARIES or before in _PLANNERS
        return spoken and _leads_to_infinitive(row, index)
    if low in ("in", "pleasure"):
        return " ".join(chunk.low for chunk in row[index - 1 : index + 1]).endswith("pleasure in") or (
            low == "pleasure" and index + 1 < len(row) and row[index + 1].low == "in"
        )
    if low in lexicon.CONTROLS:
        return _leads_to_infinitive(row, index)
    if index + 1 < len(row) and row[index + 1].low == "to" and _controls(row, index):
        return True
    if low == "to":
        return _leads_to_plain(row, index)
    return low in AUXILIARIES or low in lexicon.NEGATIVES or low.endswith("n't")


def _controls(row: Sequence[Chunk], index: int) -> bool:
    """Whether any other word before `to` does what `intend` does: `is keen to publish`, `we have resolved to publish`."""
    low = row[index].low
    if low in lexicon.FETTERS or row[index].kind != "word" or low in lexicon.PREPOSITIONS or low in lexicon.DETERMINERS:
        return False
    if low == "position":
        return index > 1 and row[index - 1].low == "a" and row[index - 2].low == "in"
    before = index - 1
    while before >= 0 and (row[before].low in lexicon.ADVERBS or row[before].kind == "time"):
        before -= 1
    led = before >= 0 and (row[before].low in AUXILIARIES or row[before].low in _PRONOUNS)
    return led or (low.endswith("s") and is_finite(row, index))


def _leads_to_plain(row: Sequence[Chunk], index: int) -> bool:
    """Whether `to` opens an infinitive here, and does not stand before a noun: `our response to each is published`."""
    index += 1
    while index < len(row) and inside_group(row[index]):
        index += 1
    if index >= len(row) or row[index].low in AUXILIARIES - {"be", "have"} | _TOLD:
        return False
    return row[index].low in TWINS or FORMS.get(row[index].low, (None, "plain"))[1] == "plain"


def _leads_to_infinitive(row: Sequence[Chunk], index: int) -> bool:
    """Whether `to` comes behind a word like `intend`, or another such word does."""
    index += 1
    while index < len(row) and (inside_group(row[index]) or row[index].low in ("be", "for", "it", "forward")):
        index += 1
    return index < len(row) and (row[index].low == "to" or row[index].low in lexicon.CONTROLS)


def inside_group(chunk: Chunk) -> bool:
    """Whether a piece may stand inside a verb group: a time, a place, an adverb, a comma."""
    if chunk.kind in ("time", "place", "aside"):
        return True
    return (
        chunk.text == ","
        or chunk.low in lexicon.ADVERBS
        or (chunk.low.endswith("ly") and chunk.low not in ("july", "family", "reply", "supply"))
    )


def subject_word(row: Sequence[Chunk], start: int) -> str:
    """The word a verb group follows, adverbs and times left out; empty at the sentence's beginning."""
    index = start - 1
    while index >= 0 and inside_group(row[index]):
        index -= 1
    return row[index].low if index >= 0 else ""


def lows(row: Sequence[Chunk], start: int, end: int) -> list[str]:
    """The words of a stretch in lower case; marks and phrases left out."""
    return [chunk.low for chunk in row[start:end] if chunk.kind == "word"]
