"""States that say where a document is (`is available on`, `are in the Libraries`), beside the verbs; all acts of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.promises.acts.company import goes_with_statement
from monitor.rules.promises.acts.expected import read_expected
from monitor.rules.promises.acts.groups import group_start, inside_group, lows, subject_word
from monitor.rules.promises.acts.inversions import cleft, leading, led_by_companion, opens_sentence
from monitor.rules.promises.acts.omissions import going_on, left_out, said_once
from monitor.rules.promises.acts.presence import OUT, read_presence, read_shown
from monitor.rules.promises.acts.recipients import read_recipient
from monitor.rules.promises.acts.standing import is_ensured
from monitor.rules.promises.acts.verbs import Act, opened_to_all, read_act
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon, publishing
from monitor.rules.promises.words.forms import FORMS
from monitor.rules.promises.words.publishing import Verb
from monitor.rules.promises.words.speakers import public_body
from monitor.rules.promises.words.tenses import Form, judge

_AVAILABLE = Verb("be available", "available", "", "", (), "place", of_subject=True)
_REQUIRING = frozenset("require requires required oblige obliges obliged".split())
_GONE = frozenset("live up online out".split())
_BECOMING = frozenset("become becomes becoming became".split())
_WRITERS = frozenset("i we he she they".split())
_WRITING = frozenset("send supply provide share".split())
_OUR_OWN = frozenset("officials department ministry".split())
_EXPECTING = frozenset("expect asked invited commissioned instructed directed".split())
_MADE_SO: dict[str, publishing.Need] = {"available": "place", "known": "document"}
_MADE: dict[str, Form] = {"made": "past", "make": "plain", "making": "ing"}


def find_acts(row: Sequence[Chunk]) -> tuple[Act, ...]:
    """Every act of a sentence, in order; those that promise nothing too, as clauses end at them."""
    acts: list[Act] = []
    for at, chunk in enumerate(row):
        if chunk.kind != "word":
            continue
        before = acts[-1] if acts else None
        act = _read_state(row, at) or read_act(row, at, before) or left_out(row, at, before)
        if act is None or _says_nothing(act) or (acts and _tells_which(row, act)):
            continue
        if act.voice == "reduced" and act.at > act.start and subject_word(row, act.start) == "and":
            act = going_on(row, acts[-1] if acts else None, act)
        if acts and act.voice == "reduced" and subject_word(row, act.start) == "copies":
            act = replace(act, tense=acts[-1].tense, marked=False)
        if not (acts and act.start < acts[-1].end):
            acts.append(_expected(row, _settled(row, act)))
    return tuple(acts)


def _says_nothing(act: Act) -> bool:
    """`following the review`, `accompanied by a summary`: participles of what documents do, that lead up to something else."""
    idle = act.verb.of_subject and act.form == "ing" and (act.tense is None or act.verb.need == "place")
    return idle or (act.verb.name == "accompany" and act.form == "past" and act.voice == "reduced")


def _tells_which(row: Sequence[Chunk], act: Act) -> bool:
    """`a copy of the letter | I sent to the Chair`: a clause without a pronoun says which document is meant."""
    at = act.start - 1
    named = at - 1 - (at > 1 and row[at - 1].low == "that")
    led = at > 0 and row[at].low in _WRITERS and row[named].low in lexicon.DOCUMENTS
    asked = act.voice == "active" and any(chunk.low == "what" for chunk in row[max(0, act.start - 4) : act.start])
    found = asked and act.verb.name in publishing.FINDING
    return found or (led and act.voice in ("active", "reduced") and act.verb.name in _WRITING)


def _expected(row: Sequence[Chunk], act: Act) -> Act:
    """`I have asked the Chief Inspector to publish`: what a Minister looks for from a public body will be."""
    if act.standing == "to be done" and act.start and row[act.start - 1].low in _REQUIRING:
        return replace(act, tense=None, standing="it is a duty")
    group = lows(row, act.start, act.at)
    if (
        act.tense is None
        and act.voice == "passive"
        and "should" in group
        and "not" not in group
        and is_ensured(row, act)
    ):
        return replace(act, tense="future", standing="settled")
    if act.standing != "a purpose or a request" or act.form != "plain":
        return act
    arranged = next((at for at in range(act.start - 1, max(act.start - 6, 0), -1) if row[at].low == "for"), 0)
    if act.verb.of_subject and arranged and row[arranged - 1].low in lexicon.ENSURING:
        return replace(act, tense="future", standing="arranged for")
    asked = next((at for at in range(act.start - 1, max(act.start - 9, 0), -1) if row[at].low in _EXPECTING), None)
    if asked is None or not any(chunk.low in lexicon.EVERYONE for chunk in row[max(0, asked - 3) : asked]):
        return act
    words = lows(row, asked + 1, act.start)
    ours = bool(words) and words[-1] in _OUR_OWN
    is_looked_for = ours or public_body(" ".join(words)) is not None
    return replace(act, tense="future", standing="looked for") if is_looked_for else act


def _is_unled(row: Sequence[Chunk], act: Act) -> bool:
    """`With this statement is published a note`, `In May will follow the plan`: the document comes behind its verb."""
    lead = act.start
    while lead and (row[lead - 1].kind == "place" or inside_group(row[lead - 1])):
        lead -= 1
    opens = lead == 0 or row[lead - 1].text in ";:"
    behind = act.end
    while behind < len(row) and (row[behind].kind in ("time", "place") or row[behind].text == ","):
        behind += 1
    named = behind < len(row) and (
        row[behind].kind == "title" or row[behind].low in lexicon.DETERMINERS | lexicon.COPIES
    )
    stated = act.voice == "passive" or (act.verb.of_subject and act.verb.name not in publishing.FINDING)
    return stated and act.form != "state" and lead < act.start and opens and named and not act.joined


def _settled(row: Sequence[Chunk], act: Act) -> Act:
    """The voice by what stands around: `Today the Government published a plan` is active, `Published today is` inverted."""
    led = subject_word(row, act.start)
    if (led == "there" and (act.voice == "passive" or act.verb.of_subject)) or _is_unled(row, act):
        return replace(act, voice="inverted")
    if goes_with_statement(row, act):
        return replace(act, marked=False)
    asked = act.voice == "active" and any(chunk.low == "what" for chunk in row[max(0, act.start - 3) : act.start])
    if (led == "what" and act.voice == "passive") or asked:
        return cleft(row, act)
    added = act.verb.name == "add" and act.voice == "passive"
    if (added or (act.verb.of_subject and act.verb.name not in publishing.FINDING)) and led_by_companion(row, act):
        meant = FORMS["accompany"][0] if act.verb.name == "go" else act.verb
        return replace(act, voice="inverted", verb=replace(meant, need="document") if added else meant)
    if act.voice == "reduced" and act.standing == "to be done" and opens_sentence(row, act):
        return leading(row, act)
    if act.standing == "is being done" and act.voice == "passive" and opens_sentence(row, act):
        return replace(leading(row, replace(act, voice="reduced")), marked=False)
    if act.voice != "reduced" or act.standing != "done":
        return act
    act = said_once(row, act)
    return act if act.voice != "reduced" else _participle(row, act)


def _participle(row: Sequence[Chunk], act: Act) -> Act:
    """`Published` with no auxiliary: before its noun, behind it, or the verb of the sentence."""
    if _goes_with(row, act):
        return replace(act, tense="future", standing="comes with it", marked=False)
    if opens_sentence(row, act):
        return leading(row, act)
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


def _goes_with(row: Sequence[Chunk], act: Act) -> bool:
    """`..., with the final programmes published in spring`: what comes with something that will be, will be too."""
    due = row[act.end].due if act.end < len(row) else None
    led = next((at for at in range(act.start - 1, max(act.start - 9, 0), -1) if row[at].low == "with"), 0)
    return due is not None and due.sort == "span" and led > 0 and row[led - 1].text == ","


def _read_state(row: Sequence[Chunk], at: int) -> Act | None:
    """`is available`, `are in the Libraries`, `made available`, `is due for publication`, `will be out`."""
    low = row[at].low
    if low in ("available", "public", "accessible", "obtainable", "known"):
        return _available(row, at)
    shown = read_shown(row, at)
    if shown is not None:
        return shown
    if low == "due" and at + 2 < len(row) and row[at + 1].low == "out" and row[at + 2].kind == "time":
        was = at > 0 and row[at - 1].low in ("was", "were")
        due = Act(OUT, "state", at, at, at + 2, "reduced", "future", "due out")
        return replace(due, tense=None, standing="it was so in the past") if was else due
    if low == "out" and 0 < at < len(row) - 1 and row[at - 1].text == "," and row[at + 1].kind == "time":
        return Act(OUT, "state", at, at, at + 1, "reduced", "future", "is out", marked=True)
    if low in ("go", "goes", "going", "went", "gone") and at + 1 < len(row) and row[at + 1].low in _GONE:
        return _gone_live(row, at)
    if low in ("see", "sees", "saw", "seen") and [chunk.low for chunk in row[at + 1 : at + 3]] == ["the", "light"]:
        return _gone_live(row, at, 4 if [chunk.low for chunk in row[at + 3 : at + 5]] == ["of", "day"] else 2)
    return read_expected(row, at) or read_recipient(row, at) or read_presence(row, at)


def _gone_live(row: Sequence[Chunk], at: int, length: int = 1) -> Act:
    """`goes live at noon`, `will see the light of day`: the document does it by itself."""
    form: Form = {"go": "plain", "see": "plain", "goes": "third", "sees": "third", "going": "ing"}.get(
        row[at].low, "past"
    )  # type: ignore[assignment]
    start = group_start(row, at)
    voice, tense, standing, marked = judge(lows(row, start, at), form, OUT, subject_word(row, start))
    return Act(OUT, form, start, at, at + 1 + length, voice, tense, standing, marked)


def _available(row: Sequence[Chunk], at: int) -> Act | None:
    start = group_start(row, at)
    made = next((index for index in range(at - 1, start - 1, -1) if row[index].low in _MADE), None)
    if made is None and start == at:
        made = next((index for index in range(at - 1, max(at - 16, -1), -1) if row[index].low in _MADE), None)
    if made is not None:
        return _made_available(row, made, at)
    group = lows(row, start, at)
    if at and row[at - 1].low in _BECOMING:
        return _becoming(row, at)
    if row[at].low in ("public", "known") or not set(group) & lexicon.BE:
        return None
    _, tense, standing, marked = judge(group, "past", _AVAILABLE, "")
    return Act(_AVAILABLE, "state", start, at, at + 1, "passive", tense, standing, marked)


def _becoming(row: Sequence[Chunk], at: int) -> Act:
    """`becomes available tomorrow`, `will become public`."""
    start = group_start(row, at - 1)
    form: Form = "third" if row[at - 1].low == "becomes" else "plain" if row[at - 1].low == "become" else "past"
    need: publishing.Need = "any" if row[at].low == "public" else "place"
    _, tense, standing, marked = judge(lows(row, start, at - 1), form, OUT, subject_word(row, start))
    return Act(replace(_AVAILABLE, need=need), "state", start, at, at + 1, "passive", tense, standing, marked)


def _made_available(row: Sequence[Chunk], made: int, at: int) -> Act:
    start = group_start(row, made)
    form = _MADE[row[made].low]
    verb = replace(_AVAILABLE, name="make available", need=_MADE_SO.get(row[at].low, "any"), of_subject=False)
    if opened_to_all(row, at + 1):
        verb = replace(verb, need="any")
    voice, tense, standing, marked = judge(lows(row, start, made), form, verb, subject_word(row, start))
    return Act(verb, form, start, at, at + 1, voice, tense, standing, marked)
