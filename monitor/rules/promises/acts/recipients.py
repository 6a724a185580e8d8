"""What somebody is given: `the Library has been sent a copy`, `Members will have the report by Friday`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.promises.acts.groups import group_start, inside_group, lows
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import is_finite
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.publishing import Verb
from monitor.rules.promises.words.tenses import AUXILIARIES, Form, judge

_HOLD = Verb("hold", "hold", "", "", (), "shown")
_RECEIVE = Verb("receive", "receive", "", "", (), "place", of_subject=True)
_BRING = Verb("have out", "have", "", "", (), "placed")
_GIVEN = frozenset("given sent supplied provided furnished shown handed issued".split())
_HELD: dict[str, Form] = {
    **dict.fromkeys("has holds carries keeps receives contains lists features".split(), "third"),
    **dict.fromkeys("have hold carry keep receive".split(), "plain"),
    "received": "past",
}
_LOOKED_FOR = frozenset("expect see".split())
_SHOWN = frozenset(("gov.uk", "web", "libraries"))
_EVERYBODY = frozenset("house houses parliament members peers everyone everybody colleagues public".split())
_BROUGHT = frozenset("ready up live available out published laid issued released placed deposited printed".split())
_REACH = 14
_MAY = frozenset(("can", "may"))
_FORWARD = lexicon.MODALS_YES | {"can", "may", "should"}


def read_recipient(row: Sequence[Chunk], at: int) -> Act | None:
    """The act of a verb at `at` whose subject is given a document; None for any other."""
    low = row[at].low
    if low not in _GIVEN and low not in _HELD and low not in _LOOKED_FOR:
        return None
    start = group_start(row, at)
    group = lows(row, start, at)
    passive = low in _GIVEN
    if passive != bool(set(group) & lexicon.BE) or (low in ("has", "have") and not _has_object(row, at)):
        return None
    whom = start - 1
    while whom >= 0 and inside_group(row[whom]) and row[whom].kind != "place":
        whom -= 1
    if whom < 0:
        return None
    if low == "have" and row[whom].low not in _EVERYBODY and not _is_place(row[whom]):
        return _caused(row, at, start, group)
    form: Form = "past" if passive else _HELD.get(low, "plain")
    if _is_place(row[whom]) and low not in _LOOKED_FOR:
        _, tense, standing, marked = judge(group, form, _HOLD, "")
        end = at + 2 if passive and at + 1 < len(row) and row[at + 1].low == "with" else at + 1
        return Act(_HOLD, form, start, at, end, "active", tense, standing, marked and not passive and low != "has")
    if row[whom].low in _EVERYBODY and set(group) & _FORWARD and "have" not in group:
        there = bool(set(group) & _MAY) and at + 2 < len(row) and any(chunk.place in _SHOWN for chunk in row[at + 2 :])
        return Act(_RECEIVE, form, start, at, at + 1, "active", "done" if there else "future", "is given", not there)
    return None


def _caused(row: Sequence[Chunk], at: int, start: int, group: Sequence[str]) -> Act | None:
    """`I shall have the letters in the Library`, `aims to have it published by May`: who sees to it that it is so."""
    meant = set(group) & lexicon.MODALS_YES or (group[-1:] == ["to"] and len(group) > 1)
    reach = range(at + 2, min(at + _REACH, len(row)))
    end = next(
        (to for to in reach if row[to].kind in ("place", "mark") or row[to].low in _BROUGHT or is_finite(row, to)), None
    )
    if (
        not meant
        or end is None
        or row[end].kind == "mark"
        or (row[end].low not in _BROUGHT and row[end].kind != "place")
    ):
        return None
    verb = _BRING if row[end].kind == "place" else replace(_BRING, need="document")
    last = end
    while last < len(row) and (row[last].low in _BROUGHT or row[last].low == "and"):
        last += 1
    return Act(verb, "state", start, end, last, "active", "future", "seen to")


def _is_place(chunk: Chunk) -> bool:
    """Whether a place is spoken of as one who has something: `the Library`, and not `in the Library`."""
    led = chunk.low.split()[0] in lexicon.PREPOSITIONS | {"or", "and"}
    return chunk.kind == "place" and chunk.place in _SHOWN and not led


def _has_object(row: Sequence[Chunk], at: int) -> bool:
    """Whether `has` is the verb itself: `has a copy`, `may have it from the Vote Office`, and not `has been`."""
    behind = row[at + 1] if at + 1 < len(row) else None
    if behind is None or behind.low in AUXILIARIES:
        return False
    told = behind.low in lexicon.PRONOUNS and any(chunk.place in _SHOWN for chunk in row[at + 2 : at + 4])
    return told or behind.low in lexicon.DETERMINERS | lexicon.COPIES
