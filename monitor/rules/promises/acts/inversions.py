"""Sentences in another order: `Published today is the response`, `With it will come a plan`, `So too will the assessment`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.nouns.names import Name
from monitor.rules.promises.nouns.naming import name_of
from monitor.rules.promises.nouns.phrases import read_phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_OPENINGS = frozenset("so as likewise".split())
_VERBS = frozenset("will is are has have shall does do can may".split())
_FINITE = frozenset("is are will".split())
_AMONG = frozenset("among amongst included".split())
_NEAR = 7
_LEADS = frozenset((",", ";", "and", "\u2013", "\u2014"))


def read_inversion(sentence: str, row: Sequence[Chunk]) -> Name | None:
    """The document in `So too will the final impact assessment` and `..., as is the plan`; None in any other sentence."""
    for index in range(len(row) - 2):
        if row[index].low not in _OPENINGS or (index and row[index - 1].low not in _LEADS):
            continue
        verb = next((at for at in range(index + 1, min(index + 3, len(row) - 1)) if row[at].low in _VERBS), None)
        phrase = None if verb is None else read_phrase(row, verb + 1, len(row))
        if phrase is not None and phrase.is_document():
            return name_of(sentence, row, phrase)
    return None


def cleft(row: Sequence[Chunk], act: Act) -> Act:
    """`What will be published in May is a summary`: the document comes behind `is`."""
    behind = next((at for at in range(act.end, min(act.end + 14, len(row) - 1)) if row[at].low in ("is", "are")), None)
    return act if behind is None else replace(act, voice="inverted", end=behind + 1)


def led_by_companion(row: Sequence[Chunk], act: Act) -> bool:
    """`With the strategy will come an action plan`: no subject but what it comes with stands before the verb."""
    behind = act.end
    if behind + 2 < len(row) and row[behind].text == ",":
        behind = next((at + 1 for at in range(behind + 1, min(behind + 8, len(row))) if row[at].text == ","), behind)
    if act.start == 0 or behind >= len(row) or row[behind].low not in lexicon.DETERMINERS:
        return False
    lead = next((at + 1 for at in range(act.start - 1, 0, -1) if row[at].text in ";:"), 0)
    lead += row[lead].low in lexicon.CONJUNCTIONS | {"together"}
    alone = not any(chunk.text == "," or chunk.low in AUXILIARIES for chunk in row[lead : act.start])
    return alone and row[lead].low in ("with", "alongside", "beside", "behind", "to")


def opens_sentence(row: Sequence[Chunk], act: Act) -> bool:
    """Whether nothing but adverbs and times stands before an act."""
    led = all(chunk.low in lexicon.ADVERBS or chunk.kind == "time" for chunk in row[: act.start])
    among = row[0].low in _AMONG and act.start < _NEAR and not any(chunk.text == "," for chunk in row[: act.start])
    return (led or (among and act.voice == "reduced")) and not act.joined


def leading(row: Sequence[Chunk], act: Act) -> Act:
    """`Also published today is the response`, `Published today, the strategy sets out`: the document comes behind."""
    at = act.end
    while at < len(row) and (
        row[at].kind in ("time", "place", "aside")
        or row[at].low in ("alongside", "with", "this", "statement", "then", "also")
    ):
        at += 1
    if at < len(row) and at > act.end and row[at - 1].low in ("alongside", "with"):
        at = next((index for index in range(at, min(at + 12, len(row))) if row[index].low in _FINITE), at)
    if at >= len(row):
        return act
    if row[at].low in ("is", "are"):
        if act.tense == "future":
            return replace(act, voice="inverted", end=at + 1)
        return replace(
            act, voice="inverted", end=at + 1, tense="present", marked=act.verb.need not in ("laying", "placed")
        )
    if row[at].low == "will" and at + 1 < len(row) and row[at + 1].low == "be":
        return replace(act, voice="inverted", end=at + 2, tense="future", marked=False)
    return replace(act, voice="inverted") if row[at].text == "," else act
