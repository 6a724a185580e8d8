"""Auxiliaries said once: `will be placed in the Library and made available`, `a plan will be made and a list published`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.promises.acts.groups import group_start, lows, subject_word
from monitor.rules.promises.acts.verbs import Act, auxiliaries_before
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.publishing import Verb
from monitor.rules.promises.words.tenses import Form, judge

_AGAIN = Verb("do so", "", "", "", (), "document")
_HAPPENING: dict[str, Form] = {"happen": "plain", "happens": "third", "done": "past", "happening": "ing"}
_JOINING = frozenset(("and", "but"))
_OURS = frozenset("department ministry officials government ministers".split())
_DOING: dict[str, Form] = {"do": "plain", "does": "third", "doing": "ing", "done": "past"}


def going_on(row: Sequence[Chunk], before: Act | None, act: Act) -> Act:
    """`will be placed in the Library and made available online`: the auxiliaries of the verb before stand for both."""
    if before is None and act.verb.name == "make available":
        voice, tense, standing, marked = judge(auxiliaries_before(row, act.start - 1), "past", act.verb, "")
        return replace(act, voice=voice, tense=tense, standing=standing, marked=marked)
    if before is None or before.voice != "passive" or before.tense is None or act.verb.name != "make available":
        return act
    return replace(
        act, voice="passive", tense=before.tense, standing=before.standing, marked=before.marked, joined=True
    )


def said_once(row: Sequence[Chunk], act: Act) -> Act:
    """`A decision will be announced, and a response published`: a participle with a subject of its own shares `will be`."""
    if act.joined or any(finite_verbs(row, act.end, len(row))):
        return act
    join = next((at for at in range(act.start - 2, 2, -1) if row[at].low == "and"), None)
    if join is None or any(finite_verbs(row, join, act.start)) or row[join + 1].low not in lexicon.DETERMINERS:
        return act
    group = auxiliaries_before(row, join)
    if not set(group) & lexicon.BE or not any(chunk.low.endswith("ed") for chunk in row[1:join]):
        return act
    voice, tense, standing, marked = judge(group, "past", act.verb, "")
    return replace(act, voice=voice, tense=tense, standing=standing, marked=marked)


def left_out(row: Sequence[Chunk], at: int, before: Act | None) -> Act | None:
    """`I promised to publish it, and today I do so`, `the plan is published today and the map will be tomorrow`."""
    if at + 1 >= len(row):
        return None
    said = _said_again(row, at, before)
    if said is not None or before is None:
        return said
    start = group_start(row, at)
    over = at + 2 >= len(row) or row[at + 2].kind == "mark"
    if row[at].low != "be" or row[at + 1].kind != "time" or before.voice != "passive" or not over:
        return None
    _, tense, standing, marked = judge(lows(row, start, at + 1), "past", before.verb, "")
    return Act(replace(before.verb, need="dated"), "state", start, at, at + 1, "passive", tense, standing, marked)


def _said_again(row: Sequence[Chunk], at: int, before: Act | None) -> Act | None:
    """`I do so today`, `that will happen in May`: what was said before, perhaps in the sentence before."""
    verb = replace(before.verb if before is not None else _AGAIN, name=_AGAIN.name)
    if row[at].low == "so" and at and row[at - 1].low in _DOING:
        start = group_start(row, at - 1)
        doer = subject_word(row, start)
        form = _DOING[row[at - 1].low] if doer in lexicon.EVERYONE else None
        group = lows(row, start, at - 1)
    else:
        start = group_start(row, at)
        doer = subject_word(row, start)
        form = _HAPPENING.get(row[at].low) if doer in ("that", "this") or _is_fronted(row, start) else None
        form = "plain" if row[at].low == "do" and _is_fronted(row, start) else form
        group = lows(row, start, at)
    if form is None:
        return None
    _, tense, standing, marked = judge(group, form, verb, doer)
    told = replace(verb, of_subject=True)
    return Act(told, "state", start, at, at + 1, "active", tense, standing, marked or before is None)


def _is_fronted(row: Sequence[Chunk], start: int) -> bool:
    """Whether what is done stands before who of ours does it: `and this my Department will do`, `that I have done`."""
    at = next((at for at in range(start - 1, max(start - 5, -1), -1) if row[at].low in ("this", "that")), None)
    if at is None or at + 1 >= start or not (at == 0 or row[at - 1].kind == "mark" or row[at - 1].low in _JOINING):
        return False
    doers = {chunk.low for chunk in row[at + 1 : start] if chunk.kind == "word"}
    ours = not doers.isdisjoint(lexicon.EVERYONE | _OURS)
    return ours or (doers <= {"it", "they"} and any(chunk.low in _OURS for chunk in row[:at]))


def says_again(act: Act) -> bool:
    """Whether an act says no more than that what was spoken of is done."""
    return act.verb.name == _AGAIN.name
