"""What stands before an act: the clause it is in, its subject, and what a relative pronoun goes back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.rules.promises.acts.openings import (
    SPEAKING,
    behind_other_clause,
    behind_subordinator,
    clause_start,
    is_empty,
    strip_lead,
)
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.nouns.coordination import named
from monitor.rules.promises.nouns.ellipsis import told_clause
from monitor.rules.promises.nouns.phrases import Phrase, find_phrases, read_phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs, is_finite
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_BARE = frozenset("guidance statistics".split())
"""Documents that need no determiner."""
_DOING_SO = frozenset("appear emerge arrive go come".split()) | {"be out"}
"""What documents do by themselves: a past form of it is the sentence's verb, and no participle."""
_OPENERS = frozenset("when once until before after although though because while".split())
_GOVERNING = AUXILIARIES | lexicon.RELATIVES | lexicon.EVERYONE | frozenset("to they you".split())
"""Two words before `it` where a verb stands between: `those who read it`."""
_IN = frozenset(("in", "through", "within"))


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a row, and whether the act shares its documents with the act before."""

    phrases: tuple[Phrase, ...]
    shared: bool = False
    prefix: str = ""


def subjects(row: Sequence[Chunk], act: Act, before: Act | None) -> Region:
    """The documents that a passive act is about; they stand before it."""
    inside = next((at for at in range(act.start, act.at) if row[at].low == "it"), None)
    if inside is not None:
        return Region((Phrase(inside, inside + 1, ""),))
    told = None if act.verb.need == "publication" else _clause_between(row, act.start, before)
    edge, before = (_back_over_loose(row, act.start), before) if told is None else (told, None)
    last = row[edge - 1] if edge else None
    told = next((at for at in range(edge) if _opens_told(row, at) and told_clause(row, at, edge) == edge), None)
    if told is not None:
        return Region((Phrase(told, edge, "findings"),))
    if edge > 1 and _is_subject(row, edge - 1):
        return Region((Phrase(edge - 1, edge, ""),))
    if last is not None and last.low in ("which", "that") and edge > 1:
        return antecedent(row, edge - 1, before)
    copies = edge - 2 if edge > 3 and row[edge - 1].low in lexicon.COPIES else 0
    copies -= row[copies].low == "a"
    if copies and row[copies].low == "which" and row[copies - 1].low == "of":
        since = _nearest(row, before.end if before is not None else 0, copies - 1)
        return since if since.phrases else _nearest(row, 0, copies - 1)
    if act.voice == "reduced" and last is not None and last.low in ("it", "them", "this", "these", "both", "copies"):
        return Region((Phrase(edge - 1, edge, ""),))
    if act.voice == "reduced" and not act.joined and not (act.verb.name in _DOING_SO and act.form == "past"):
        return _nearest(row, before.end if before else 0, edge)
    floor = behind_subordinator(row, clause_start(row, edge, 0), edge)
    start = behind_other_clause(row, floor, edge)
    if start is None or (before is not None and _goes_on(row, before, start, edge)):
        return _shared(row, floor, edge, before)
    start = strip_lead(row, start, edge)
    phrases = _whole(row, named(row, start, edge), edge)
    return Region(phrases) if phrases else _shared(row, floor, edge, before)


def _opens_told(row: Sequence[Chunk], at: int) -> bool:
    """Whether `what` opens the subject: not in `drafted in the light of what people said`."""
    return row[at].low == "what" and not (at and row[at - 1].low in lexicon.PREPOSITIONS)


_SAYS_LITTLE = frozenset("document paper note text volume publication".split())
"""Nouns that name nothing by themselves."""


def _clause_between(row: Sequence[Chunk], at: int, before: Act | None) -> int | None:
    """Where `..., which the Board has said that we may publish, | will be` begins, if the act before stands in it."""
    if before is None or at < 2 or row[at - 1].text != "," or before.start > at:
        return None
    comma = next((index for index in range(at - 2, 0, -1) if row[index].text == ","), None)
    return comma if comma is not None and comma < before.start and row[comma + 1].low in lexicon.RELATIVES else None


def _is_subject(row: Sequence[Chunk], at: int) -> bool:
    """Whether a pronoun is the subject by itself: `subject to consent, | it will be`, `my intention that | that should be`."""
    before = row[at - 1]
    joined = before.low in ("that", "and", "but") or before.text == ";"
    if row[at].low == "that":
        return joined
    opened = before.kind in ("mark", "time", "place", "aside") or before.low in SPEAKING or before.low in _OPENERS
    governed = before.low in lexicon.PREPOSITIONS or before.low.endswith(("ing", "ed")) or is_finite(row, at - 1)
    told = at > 1 and row[at - 2].low in _GOVERNING
    return row[at].low in ("it", "they") and (joined or opened or not (governed or told))


def _goes_on(row: Sequence[Chunk], before: Act, start: int, edge: int) -> bool:
    """Whether nothing but `and` stands between the act before and this one; an infinitive before tells of its own."""
    return (
        before.end > start
        and before.standing != "a purpose or a request"
        and is_empty(row, max(start, before.end), edge)
    )


def _shared(row: Sequence[Chunk], floor: int, edge: int, before: Act | None) -> Region:
    if before is not None and before.start >= floor:
        return Region((), shared=True)
    start = strip_lead(row, floor, edge)
    verb = next(finite_verbs(row, start, edge), edge)
    return Region(named(row, start, verb))


def _whole(row: Sequence[Chunk], phrases: tuple[Phrase, ...], edge: int) -> tuple[Phrase, ...]:
    """A subject with the clause that limits it: `the information that the Treasury supplied` goes up to the verb."""
    end = phrases[0].end if phrases and all(one.start >= phrases[0].end for one in phrases[1:]) else edge
    plain = end < edge and phrases[0].head in _SAYS_LITTLE and _limits(row, end)
    if plain or (
        len(phrases) == 1 and end < edge and row[end].low == "that" and not row[end - 1].is_name and edge - end < 12
    ):
        comma = next((at for at in range(end, edge) if row[at].text == ","), edge)
        comma -= row[comma - 1].low in lexicon.PREPOSITIONS
        return (replace(phrases[0], end=comma),)
    return phrases


def _limits(row: Sequence[Chunk], at: int) -> bool:
    """Whether a clause that says which one it is begins here: `in which the replies are answered`, `which sets out`."""
    behind = row[at + 1].low if at + 1 < len(row) else ""
    return row[at].low == "which" or (row[at].low in lexicon.PREPOSITIONS and behind == "which")


def _back_over_loose(row: Sequence[Chunk], at: int) -> int:
    while at > 0 and (
        row[at - 1].kind in ("time", "aside")
        or row[at - 1].text == ","
        or (row[at - 1].low in lexicon.ADVERBS and row[at - 1].low != "both")
    ):
        at -= 1
    return at


def antecedent(row: Sequence[Chunk], relative: int, before: Act | None) -> Region:
    """What `which` goes back to; `the results of which` keeps its own noun."""
    floor = before.end if before is not None and before.end <= relative else 0
    if row[relative - 1].low == "of":
        comma = next((index for index in range(relative - 1, floor, -1) if row[index].text == ","), floor)
        own = next(iter(find_phrases(row, comma, relative - 1)), None)
        region = _nearest(row, floor, comma)
        if own is None or own.head not in lexicon.DOCUMENTS or own.head in lexicon.COPIES:
            return region
        if region.phrases:
            return Region(region.phrases, prefix=" ".join(chunk.text for chunk in row[own.start : own.end]))
    return _nearest(row, floor, relative)


def _nearest(row: Sequence[Chunk], floor: int, edge: int) -> Region:
    """The last documents that are named before a place, with those joined to them."""
    verbs = list(finite_verbs(row, floor, edge))
    start = verbs[-1] + 1 if verbs and verbs[-1] + 1 < edge else floor
    for begin in (start, floor):
        phrases = [phrase for phrase in find_phrases(row, begin, edge) if acceptable(phrase)] or _inner(
            row, begin, edge
        )
        if phrases:
            inner = _inner(row, phrases[-1].start + 1, edge) if phrases[-1].head in lexicon.WEAK_DOCUMENTS else []
            return Region((next((one for one in inner if one.head not in lexicon.WEAK_DOCUMENTS), phrases[-1]),))
    return Region(())


def acceptable(phrase: Phrase) -> bool:
    """Whether a phrase is called by a document's noun, and none that leads nowhere."""
    return phrase.is_document() and (phrase.title is not None or phrase.head not in lexicon.NO_DOCUMENTS)


def _inner(row: Sequence[Chunk], start: int, edge: int) -> list[Phrase]:
    """Documents that hang on something else: `further detail in a White Paper`."""
    return papers_within(row, start, edge, lexicon.DETERMINERS, lexicon.PREPOSITIONS)


def papers_within(
    row: Sequence[Chunk], start: int, end: int, leads: frozenset[str], hung_by: frozenset[str] = _IN
) -> list[Phrase]:
    """Documents behind `in`, or another of these prepositions, and one of these determiners."""
    found = (
        read_phrase(row, index, end)
        for index in range(max(start, 1), end)
        if row[index - 1].low in hung_by and (row[index].low in leads or row[index].low in _BARE)
    )
    return [phrase for phrase in found if phrase is not None and acceptable(phrase)]
