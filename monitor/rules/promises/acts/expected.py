"""When a document is expected, said by a state or a noun: `is due on 3 April`, `publication of the plan is set for May`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.promises.acts.groups import group_start, lows
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.publishing import Verb
from monitor.rules.promises.words.tenses import AUXILIARIES, Voice, judge

_DUE = Verb("be due", "due", "", "", (), "dated", of_subject=True)
_PUBLICATION = Verb("be published", "publication", "", "", (), "publication", of_subject=True)
_READY = Verb("be ready", "ready", "", "", (), "any", of_subject=True)
_AWAITED = frozenset(
    """
    due expected scheduled promised planned timetabled timed slated pencilled programmed anticipated looked hoped targeted
    earmarked forthcoming
    """.split()
)
_APPOSED = frozenset({"due", "expected"})
_FOR = frozenset("in for out".split())
_PERSONS = frozenset("me us ministers officials".split())
_UNFIT = frozenset("unsuitable unfit suitable fit sensitive paper bids tender applications".split())
_DAY_OF = frozenset("date day time month week".split())
_NEAR = 8
_PREPARED = 6


def read_expected(row: Sequence[Chunk], at: int) -> Act | None:
    """The act of a word at `at` that says when a document is looked for; None for any other."""
    low = row[at].low
    if low in lexicon.PUBLISHING_NOUNS:
        return _of_publication(row, at) or _for_publication(row, at)
    return _awaited(row, at) if low in _AWAITED else None


def _awaited(row: Sequence[Chunk], at: int) -> Act | None:
    """`is due on 3 April`, `can be expected in May`, `is scheduled for 4 June`: with a time right behind it."""
    index = at + 1
    while index < len(row) - 1 and (
        row[index].low in _FOR or row[index].low in lexicon.ADVERBS or row[index].kind == "place"
    ):
        index += 1
    start = group_start(row, at)
    group = lows(row, start, at)
    for_us = _to_persons(row, index) or row[max(start - 1, 0)].low in _PERSONS
    if index >= len(row) or row[index].kind != "time" or for_us:
        return None
    if (
        not group
        and at
        and row[at].low in _APPOSED
        and (row[at - 1].text == "," or row[at - 1].low in lexicon.DOCUMENTS)
    ):
        return Act(_DUE, "state", at, at, index, "reduced", "future", "is due", marked=True)
    if not set(group) & lexicon.BE:
        return None
    tense, standing = ("future", "is due") if _looks_ahead(group) else (None, "it was so in the past")
    laid = any(chunk.place == "laid" for chunk in row[at:index])
    verb = replace(_DUE, name="present") if laid else _DUE
    return Act(verb, "state", start, at, index, "passive", tense, standing, marked=True)  # type: ignore[arg-type]


def _looks_ahead(group: Sequence[str]) -> bool:
    words = set(group)
    denied = words & lexicon.NEGATIVES or any(word.endswith("n't") for word in group)
    return not denied and not words & {"was", "were", "had", "been", "would", "could", "might"}


def _to_persons(row: Sequence[Chunk], at: int) -> bool:
    """Whether it is due to reach somebody, and not the public: `is due with me on Friday`."""
    return any(chunk.low in _PERSONS for chunk in row[at : at + 4])


def _of_publication(row: Sequence[Chunk], noun: int) -> Act | None:
    """`publication of the plan is now set for 2 May`: whatever verb behind the noun leads up to a time."""
    led = row[noun - 1].low if noun else ""
    before = row[noun - 2].low if noun > 1 else ""
    begins = noun == 0 or row[noun - 1].kind == "mark" or row[noun - 1].low in lexicon.CONJUNCTIONS
    bare = row[noun].low == "publication" and begins and noun + 1 < len(row) and row[noun + 1].low in AUXILIARIES
    if noun + 1 >= len(row) or (row[noun + 1].low != "of" and not bare):
        return None
    if (led in lexicon.CONTROLS or (led == "for" and before in lexicon.CONTROLS)) and _looks_ahead(lows(row, 0, noun)):
        return Act(
            _READY, "state", group_start(row, noun - 1), noun, noun + 2, "inverted", "future", "looked for", True
        )
    lead = before if led in lexicon.DETERMINERS else led
    if lead in lexicon.PREPOSITIONS and not (led == "of" and before in _DAY_OF):
        return None
    verb = next(finite_verbs(row, noun + (1 if bare else 2), len(row)), None)
    if verb is None or any(row[at].kind == "mark" or row[at].low in lexicon.RELATIVES for at in range(noun + 3, verb)):
        return None
    reach = range(verb + 1, min(verb + _NEAR, len(row)))
    time = next((at for at in reach if row[at].kind == "time" and row[at].low != "now"), None)
    if time is None or any(row[at].kind == "mark" or row[at].low in lexicon.RELATIVES for at in range(verb, time)):
        return None
    start, meant = (noun, _READY) if row[noun + 2].low == "which" else (verb, _PUBLICATION)
    group = lows(row, verb, time)
    _, tense, standing, _ = judge([word for word in group if word != "to"], "past", _PUBLICATION, "")
    due = row[time].due
    if due is not None and due.sort in ("past", "habit"):
        tense, standing = None, "it was done earlier"
    return Act(meant, "state", start, verb, time, "passive", tense, standing)


def _for_publication(row: Sequence[Chunk], noun: int) -> Act | None:
    """`is ready for release`, `is on course for publication by June`, `due for publication in May`."""
    if noun < 2 or row[noun - 1].low != "for":
        return None
    near = range(noun - 2, max(noun - _PREPARED, -1), -1)
    copula = next((at for at in near if row[at].low in AUXILIARIES), None)
    led = row[noun - 2].low in lexicon.CONTROLS
    words = lows(row, copula if copula is not None else noun - 2, noun - 1)
    if (copula is None and not led) or set(words) & _UNFIT or not _looks_ahead(words):
        return None
    start = group_start(row, copula + 1 if copula is not None else noun - 2)
    voice: Voice = "passive" if copula is not None else "reduced"
    if copula is not None and not set(lows(row, start, noun)) & lexicon.BE:
        return None
    return Act(_READY, "state", start, noun - 2, noun + 1, voice, "future", "due for publication")
