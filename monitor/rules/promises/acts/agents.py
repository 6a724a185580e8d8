"""Who publishes: the subject of an active verb, or who stands after `by`, and whom `it` or `they` stands for there."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from monitor.rules.promises.acts.openings import (
    begins_clause,
    behind_other_clause,
    behind_subordinator,
    clause_start,
    strip_lead,
)
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.nouns.phrases import find_phrases
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs, is_finite
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.bodies import PERSONS
from monitor.rules.promises.words.speakers import introduced, is_body, is_outsider
from monitor.rules.promises.words.tenses import AUXILIARIES

_SOME_OF_THEM = re.compile(
    r"(?:the\s+)?(?:former|latter|other|others|rest|last|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|both|each"
    r"|either|some|most|many|several|few|none|all|one|two|three",
    re.IGNORECASE,
)
"""Who is some of those spoken of: `The former will publish`, `each is to issue`."""
_BODY, _PERSON = frozenset(("it", "they")), frozenset(("he", "she"))
_OUR_OWN = frozenset(("my", "our"))
"""Inside a verb group, who means to do it: `it is my intention to publish`."""
_RELATIVES = frozenset("which who that".split())
_OBJECTS = frozenset("which whom that".split())
_ASKED = lexicon.EVERYONE | frozenset(
    "my our us me commissioned appointed invited asked funded behalf minister ministers".split()
)
"""Where one of these is named an outsider may have worked for us, and its report is ours to publish."""
_BESIDE = frozenset("to with from by".split())
_LONGEST_NAME = 12


class Cast:
    """Whom a statement speaks of: a pronoun that publishes stands for one of them, and has their standing."""

    def __init__(self, text: str) -> None:
        self._named = introduced(text)
        self._rows: deque[Sequence[Chunk]] = deque(maxlen=2)

    def note(self, row: Sequence[Chunk]) -> None:
        """Keep a sentence in mind for the pronouns of the next."""
        self._rows.append(row)

    def who(self, words: str, led: Sequence[Chunk]) -> str:
        """Who acts under these words: for a pronoun the body or person spoken of last, else the words as they are.

        `led` is what stands before it in its sentence.
        """
        pronoun = "they" if _SOME_OF_THEM.fullmatch(words) else words.lower()
        if pronoun not in _BODY and pronoun not in _PERSON:
            return words
        at = next((at for at in range(len(led) - 1, -1, -1) if led[at].low == pronoun), 0)
        found = (self._spoken_of(row, pronoun) for row in (led[:at], *reversed(self._rows)) if row)
        return next((name for name in found if name), words)

    def are_theirs(self, row: Sequence[Chunk], at: int) -> bool:
        """Whether `its report` here is that of an outsider whom this or the last sentence tells of, and whom we did not ask."""
        led = row[:at] if any(finite_verbs(row, 0, at)) else self._rows[-1] if self._rows else ()
        told = _told(led) if led else ""
        return self.is_outsider(told) and is_body(told) and _ASKED.isdisjoint(chunk.low for chunk in led)

    def is_outsider(self, words: str) -> bool:
        """Whether they are nobody whose publications a statement promises."""
        return is_outsider(words, self._named)

    def _spoken_of(self, row: Sequence[Chunk], pronoun: str) -> str:
        """Whom a sentence is about: its subject, else a public body that it names, else anybody."""
        subject = _told(row)
        if _may_be(subject, pronoun):
            return subject
        phrases = find_phrases(row, 0, len(row))
        names = [name for name in (_named_last(row, one.start, one.end) for one in phrases) if _may_be(name, pronoun)]
        ours = [name for name in names if not self.is_outsider(name)]
        return (ours or names or [""])[-1]


def _told(row: Sequence[Chunk]) -> str:
    """The subject of a sentence; of `It is the Council that decides`, the Council."""
    start = strip_lead(row, 0, len(row))
    verb = next(finite_verbs(row, start + 1, len(row)), len(row))
    if verb + 1 < len(row) and row[start].low == "it" and row[verb].low in lexicon.BE:
        end = next((at for at in range(verb + 1, len(row)) if row[at].low in _RELATIVES), verb + 1)
        return _words(row, verb + 1, end)
    return _words(row, start, verb)


def _named_last(row: Sequence[Chunk], start: int, end: int) -> str:
    """Who is named in a phrase behind the last `to` or `with`: `wrote to | the Mayor`."""
    led = next((at for at in range(end - 1, start, -1) if row[at].low in _BESIDE), start - 1)
    return _words(row, led + 1, end)


def _may_be(words: str, pronoun: str) -> bool:
    if pronoun in _PERSON:
        return not PERSONS.isdisjoint(words.lower().split())
    return is_body(words)


def agent(row: Sequence[Chunk], act: Act, before: Act | None) -> str:
    """The words that name who acts: before an active verb, after `by` behind a passive one."""
    if act.voice != "active":
        return _agent_behind(row, act)
    if not _OUR_OWN.isdisjoint(chunk.low for chunk in row[max(act.start - 1, 0) : act.at]):
        return "I"
    floor = max(clause_start(row, act.start), before.end if before is not None else 0)
    floor = behind_subordinator(row, floor, act.start)
    if act.joined and (before is None or before.end > act.start):
        return _words(row, floor, next(finite_verbs(row, floor, act.start), act.start))
    relative = act.start - 1
    while relative > floor and (row[relative].low in lexicon.ADVERBS or row[relative].kind in ("time", "aside")):
        relative -= 1
    if before is not None and (_shares(row, act) or row[act.start - 1].low in ("it", "they", "which")):
        return agent(row, before, None)
    if relative > 0 and row[relative].low in _RELATIVES | {"whom"}:
        some = relative > 2 and row[relative - 1].low == "of" and _SOME_OF_THEM.fullmatch(row[relative - 2].low)
        return _just_before(row, relative - 2 if some else relative)
    start = strip_lead(row, _subject_floor(row, act, before, floor), act.start)
    return _words(row, start, next(_main_verbs(row, start + 1, act.start), act.start))


def reporter(row: Sequence[Chunk], act: Act) -> str:
    """Who tells what an act is about: `the airline` in `the airline assures me that`, `I am assured by the airline that`."""
    that = clause_start(row, act.start) - 1
    if that < 2 or row[that].low != "that":
        return ""
    by = next((at for at in range(that - 1, max(that - _LONGEST_NAME, 0), -1) if row[at].low == "by"), None)
    return _words(row, by + 1, that) if by is not None else _told(row[:that])


def _shares(row: Sequence[Chunk], act: Act) -> bool:
    """Whether an act goes on with the subject of the act before."""
    return behind_other_clause(row, clause_start(row, act.start), act.start) is None


def _subject_floor(row: Sequence[Chunk], act: Act, before: Act | None, floor: int) -> int:
    """Where the subject may begin: behind another clause, the object of the act before, or `which` in `which the Board will`."""
    start = behind_other_clause(row, floor, act.start)
    start = floor if start is None else start
    if (before is not None and start == before.end) or _tells(row, start, act.start):
        start = _past_object(row, start, act.start)
    led = next((at for at in range(act.start - 1, start, -1) if row[at].low in _OBJECTS), None)
    is_object = led is not None and begins_clause(row, led) and not any(finite_verbs(row, led, act.start))
    return led + 1 if led is not None and is_object else start


def _tells(row: Sequence[Chunk], start: int, end: int) -> bool:
    """Whether a clause of its own stands before the subject's: `The Office reported on this and the Board will`."""
    joint = next(
        (at for at in range(end - 1, start, -1) if row[at].low in ("and", "but") and begins_clause(row, at)), start
    )
    verbs = (at for at in range(start + 1, joint - 1) if row[at].low.endswith("ed") and len(row[at].low) > 4)
    return any(row[at - 1].low not in lexicon.DETERMINERS and row[at + 1].low != "by" for at in verbs)


def _past_object(row: Sequence[Chunk], start: int, end: int) -> int:
    """Past what the act before is done to, where a clause with a subject of its own begins behind it."""
    joins = [
        at
        for at in range(start, end - 1)
        if row[at].low in ("and", "but", "while", "whilst") and begins_clause(row, at)
    ]
    parted = [at for at in joins if row[at - 1].text in (",", ";")]
    return (parted or joins or [start - 1])[0] + 1


def _main_verbs(row: Sequence[Chunk], start: int, end: int) -> Iterator[int]:
    """The verbs of a clause, but for that of a clause which tells who its subject is: `the charity | that runs ours | will`."""
    return (at for at in finite_verbs(row, start, end) if row[at - 1].low not in _RELATIVES)


def _words(row: Sequence[Chunk], start: int, end: int) -> str:
    return " ".join(chunk.text for chunk in row[start:end] if chunk.kind == "word")


def _agent_behind(row: Sequence[Chunk], act: Act) -> str:
    """Who stands after `by` behind a passive verb."""
    for index in range(act.at + 1, min(act.at + 7, len(row))):
        if row[index].low == "by" and index + 1 < len(row) and row[index + 1].kind == "word":
            stop = next((at for at in range(index + 1, len(row)) if _ends_agent(row, at)), len(row))
            return _words(row, index + 1, stop)
        if row[index].text in (",", ";") or row[index].low in lexicon.CONJUNCTIONS:
            break
    return ""


def _ends_agent(row: Sequence[Chunk], at: int) -> bool:
    within_name = row[at - 1].is_name and at + 1 < len(row) and row[at + 1].is_name
    joins = row[at].low in lexicon.CONJUNCTIONS and not within_name
    return row[at].kind != "word" or joins or row[at].low in AUXILIARIES


def _just_before(row: Sequence[Chunk], relative: int) -> str:
    """Who a relative pronoun stands for: the noun phrase before it; of `a matter for the Board, who will`, the Board."""
    begin = relative - 1 if row[relative - 1].text == "," else relative
    start = begin
    while start > 0 and row[start - 1].kind == "word" and begin - start < _LONGEST_NAME:
        before = row[start - 1]
        hung = before.low in lexicon.PREPOSITIONS - {"of"} and start > 1 and not row[start - 2].is_name
        if is_finite(row, start - 1) or before.low in _BESIDE or hung:
            break
        start -= 1
    return " ".join(chunk.text for chunk in row[start:begin])
