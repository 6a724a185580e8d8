"""States that say where a document is (`is available on`, `are in the Libraries`), beside the verbs; all acts of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.promises import lexicon
from monitor.rules.promises.chunks import Chunk
from monitor.rules.promises.lexicon import Verb
from monitor.rules.promises.speakers import public_body
from monitor.rules.promises.tenses import Form, Voice, judge
from monitor.rules.promises.verbs import Act, group_start, lows, read_act, subject_word

_AVAILABLE = Verb("be available", "available", "", "", (), "place", of_subject=True)
_STAND = Verb("be there", "be", "", "", (), "placed", of_subject=True)
_OUT = Verb("be out", "out", "", "", (), "document", of_subject=True)
_EXPECTING = frozenset("expect asked invited commissioned instructed directed".split())
_FINITE = frozenset("is are will".split())
_MADE: dict[str, Form] = {"made": "past", "make": "plain", "making": "ing"}


def find_acts(row: Sequence[Chunk]) -> tuple[Act, ...]:
    """Every act of a sentence, in order; those that promise nothing too, as clauses end at them."""
    acts: list[Act] = []
    for at, chunk in enumerate(row):
        if chunk.kind != "word":
            continue
        act = _read_state(row, at) or read_act(row, at, acts[-1] if acts else None)
        if act is None or (
            act.verb.of_subject and act.form == "ing" and (act.tense is None or act.verb.need == "place")
        ):
            continue
        if acts and act.voice == "reduced" and act.at > act.start and subject_word(row, act.start) == "and":
            act = _going_on(acts[-1], act)
        if not (acts and act.start < acts[-1].end):
            acts.append(_expected(row, _settled(row, act)))
    return tuple(acts)


def _expected(row: Sequence[Chunk], act: Act) -> Act:
    """`I have asked the Chief Inspector to publish`: what a Minister looks for from a public body will be."""
    if act.standing != "a purpose or a request" or act.form != "plain":
        return act
    asked = next((at for at in range(act.start - 1, max(act.start - 9, 0), -1) if row[at].low in _EXPECTING), None)
    if asked is None or not any(chunk.low in lexicon.EVERYONE for chunk in row[max(0, asked - 3) : asked]):
        return act
    body = " ".join(lows(row, asked + 1, act.start))
    return replace(act, tense="future", standing="looked for") if public_body(body) is not None else act


def _going_on(before: Act, act: Act) -> Act:
    """`will be placed in the Library and made available online`: the auxiliaries of the act before stand for both."""
    if before.voice != "passive" or before.tense is None or act.verb.name != "make available":
        return act
    return replace(
        act, voice="passive", tense=before.tense, standing=before.standing, marked=before.marked, joined=True
    )


def _settled(row: Sequence[Chunk], act: Act) -> Act:
    """The voice by what stands around: `Today the Government published a plan` is active, `Published today is` inverted."""
    if act.voice == "passive" and subject_word(row, act.start) == "there":
        return replace(act, voice="inverted")
    if act.voice != "reduced" or act.standing != "done":
        return act
    if all(chunk.low in lexicon.ADVERBS or chunk.kind == "time" for chunk in row[: act.start]) and not act.joined:
        return _leading(row, act)
    at = act.end
    while at < len(row) and row[at].kind == "time":
        at += 1
    if at < len(row) and (
        row[at].kind == "title"
        or row[at].low in lexicon.DETERMINERS
        or row[at].low in lexicon.DOCUMENTS
        or row[at].is_name
    ):
        return replace(act, voice="active")
    return act


def _leading(row: Sequence[Chunk], act: Act) -> Act:
    """`Also published today is the response`, `Published today, the strategy sets out`: the document comes behind."""
    at = act.end
    while at < len(row) and (
        row[at].kind in ("time", "place", "aside") or row[at].low in ("alongside", "with", "this", "statement")
    ):
        at += 1
    if at < len(row) and at > act.end and row[at - 1].low in ("alongside", "with"):
        at = next((index for index in range(at, min(at + 12, len(row))) if row[index].low in _FINITE), at)
    if at >= len(row):
        return act
    if row[at].low in ("is", "are"):
        return replace(
            act, voice="inverted", end=at + 1, tense="present", marked=act.verb.need not in ("laying", "placed")
        )
    if row[at].low == "will" and at + 1 < len(row) and row[at + 1].low == "be":
        return replace(act, voice="inverted", end=at + 2, tense="future", marked=False)
    return replace(act, voice="inverted") if row[at].text == "," else act


def _read_state(row: Sequence[Chunk], at: int) -> Act | None:
    """`is available`, `are in the Libraries`, `made available`, `is due for publication`, `will be out`."""
    low = row[at].low
    if low in ("available", "public"):
        return _available(row, at)
    if low == "publication" and at > 1 and row[at - 1].low == "for" and row[at - 2].low in lexicon.CONTROLS:
        start = group_start(row, at - 2)
        voice: Voice = "passive" if set(lows(row, start, at)) & lexicon.BE else "reduced"
        return Act(replace(_STAND, need="any"), "state", start, at, at + 1, voice, "future", "due for publication")
    return _standing(row, at) if low in ("is", "are", "be") else None


def _standing(row: Sequence[Chunk], at: int) -> Act | None:
    start = group_start(row, at)
    if row[at].low == "be" and not set(lows(row, start, at)) & lexicon.MODALS_YES:
        return None
    index = at + 1
    while (
        index < len(row)
        and (
            (row[index].kind == "time" and row[index].low == "now")
            or (row[index].low in lexicon.ADVERBS and row[index].low != "out")
            or row[index].low in ("live", "up")
        )
        and row[index].kind != "place"
    ):
        index += 1
    if index >= len(row):
        return None
    out = row[index].low == "out" and index + 1 < len(row) and row[index + 1].kind == "time"
    if not out and (row[index].place not in ("libraries", "gov.uk", "web") or row[index].kind != "place"):
        return None
    _, tense, standing, _ = judge(lows(row, start, at + 1), "past", _STAND, "")
    return Act(_OUT if out else _STAND, "state", start, at, at + 1, "passive", tense, standing)


def _available(row: Sequence[Chunk], at: int) -> Act | None:
    start = group_start(row, at)
    made = next((index for index in range(at - 1, start - 1, -1) if row[index].low in _MADE), None)
    if made is None and start == at:
        made = next((index for index in range(at - 1, max(at - 16, -1), -1) if row[index].low in _MADE), None)
    if made is not None:
        return _made_available(row, made, at)
    group = lows(row, start, at)
    if row[at].low == "public" or not set(group) & lexicon.BE:
        return None
    _, tense, standing, marked = judge(group, "past", _AVAILABLE, "")
    return Act(_AVAILABLE, "state", start, at, at + 1, "passive", tense, standing, marked)


def _made_available(row: Sequence[Chunk], made: int, at: int) -> Act:
    start = group_start(row, made)
    form = _MADE[row[made].low]
    verb = replace(
        _AVAILABLE, name="make available", need="place" if row[at].low == "available" else "any", of_subject=False
    )
    voice, tense, standing, marked = judge(lows(row, start, made), form, verb, subject_word(row, start))
    return Act(verb, form, start, at, at + 1, voice, tense, standing, marked)
