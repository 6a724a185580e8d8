"""What stands before an act: the clause it is in, its subject, and what a relative pronoun goes back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.rules.promises import lexicon
from monitor.rules.promises.bounds import may_start, within_title
from monitor.rules.promises.chunks import Chunk
from monitor.rules.promises.phrases import Phrase, find_phrases, past_ordinal, read_phrase
from monitor.rules.promises.verbs import Act, finite_verbs

_BREAKS = frozenset(";:\u2013\u2014")
SPEAKING = frozenset(
    """
    confirm announce announced announcing say said intended intention expected planned hoped ask asked agree
    agreed expect intend inform tell told note hope ensure house ensured sure arrange arranged confirmed believe
    report reported state pleased aware remind clear know
    """.split()
)
"""Before `that`: what follows is said, and a clause of its own."""
_BARE = frozenset("guidance statistics".split())
"""Documents that need no determiner."""
_LINKS = frozenset("and both or also but".split())
_IN = frozenset(("in", "through", "within"))


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a row, and whether the act shares its documents with the act before."""

    phrases: tuple[Phrase, ...]
    shared: bool = False
    prefix: str = ""


def clause_start(row: Sequence[Chunk], at: int, floor: int = 0) -> int:
    """Where the clause that leads up to `at` begins: behind a break, a `that` of speech or a subordinator."""
    for index in range(at - 1, floor - 1, -1):
        chunk = row[index]
        if (chunk.text in _BREAKS and not within_title(row, index, at)) or (
            chunk.low == "that" and index and row[index - 1].low in SPEAKING
        ):
            return index + 1
    return floor


def strip_lead(row: Sequence[Chunk], start: int, end: int) -> int:
    """Past what stands before a subject: `Later today,`, `In the light of this,`, `and`, `also`."""
    at = start
    while at < end and (
        row[at].kind in ("time", "place")
        or row[at].text == ","
        or row[at].low in lexicon.CONJUNCTIONS
        or (row[at].low == "not" and at + 1 < end and row[at + 1].low == "only")
        or (row[at].low in lexicon.ADVERBS and row[at].low not in lexicon.DETERMINERS)
    ):
        at += 1
    led = at < end and (
        row[at].low in lexicon.PREPOSITIONS
        or row[at].low in lexicon.SUBORDINATORS
        or (row[at].low.endswith("ing") and row[at].is_name)
        or row[at].low in ("given", "alongside", "building")
    )
    if led:
        comma = next((index for index in range(at, end) if row[index].text == ","), None)
        if comma is not None and comma + 1 < end:
            return strip_lead(row, comma + 1, end)
        anew = next((index for index in range(at + 2, end) if _fresh_start(row, index)), None)
        return at if anew is None else anew
    return at


def _fresh_start(row: Sequence[Chunk], index: int) -> bool:
    """Whether a second noun phrase begins with no preposition before it: `At the end of the season | the classifications`."""
    before = row[index - 1]
    fits = row[index].low in lexicon.DETERMINERS or row[index].low in lexicon.EVERYONE
    return (
        fits
        and before.kind == "word"
        and before.low not in lexicon.PREPOSITIONS
        and before.low not in lexicon.DETERMINERS
        and before.low not in lexicon.CONJUNCTIONS
    )


def subjects(row: Sequence[Chunk], act: Act, before: Act | None) -> Region:
    """The documents that a passive act is about; they stand before it."""
    edge = _back_over_loose(row, act.start)
    last = row[edge - 1] if edge else None
    if last is not None and last.low in ("which", "that") and edge > 1:
        return antecedent(row, edge - 1, before)
    if act.voice == "reduced" and last is not None and last.low in ("it", "them", "this", "these", "both"):
        return Region((Phrase(edge - 1, edge, ""),))
    if act.voice == "reduced" and not act.joined:
        return _nearest(row, before.end if before else 0, edge)
    floor = clause_start(row, edge, 0)
    start = behind_other_clause(row, floor, edge)
    if start is None or (before is not None and before.end > start and _empty(row, max(start, before.end), edge)):
        return _shared(row, floor, edge, before)
    start = strip_lead(row, start, edge)
    phrases = _whole(row, named(row, start, edge), edge)
    return Region(phrases) if phrases else _shared(row, floor, edge, before)


def _shared(row: Sequence[Chunk], floor: int, edge: int, before: Act | None) -> Region:
    if before is not None and before.start >= floor:
        return Region((), shared=True)
    start = strip_lead(row, floor, edge)
    verb = next(finite_verbs(row, start, edge), edge)
    return Region(named(row, start, verb))


def named(row: Sequence[Chunk], start: int, end: int) -> tuple[Phrase, ...]:
    """The subject that begins at `start`; a plainer one in apposition (`the first part, a toolkit`) gives way."""
    found: list[Phrase] = []
    at = start
    while at < end:
        phrase = read_phrase(row, at, end) if found or may_start(row, at) or row[at].low in lexicon.PRONOUNS else None
        if phrase is None:
            break
        apposed = past_ordinal(row, phrase.start, end)
        if apposed > phrase.start:
            phrase = read_phrase(row, apposed, end) or phrase
        found.append(phrase)
        at = _next_joined(row, phrase.end, end)
    titled = {phrase.end for phrase in found if phrase.title is not None and phrase.title == phrase.end - 1}
    found = [one for one in found if not (one.start - 1 in titled and row[one.start].low in ("a", "an", "our"))]
    documents = tuple(phrase for phrase in found if phrase.is_document() or phrase.is_pronoun())
    return documents or tuple(found[:1])


def _whole(row: Sequence[Chunk], phrases: tuple[Phrase, ...], edge: int) -> tuple[Phrase, ...]:
    """A subject with the clause that limits it: `the information that the Treasury supplied` goes up to the verb."""
    if len(phrases) == 1 and phrases[0].end < edge and row[phrases[0].end].low == "that" and edge - phrases[0].end < 12:
        return (replace(phrases[0], end=edge),)
    return phrases


def _past_clause(row: Sequence[Chunk], at: int, end: int) -> int | None:
    """The document joined behind a clause that tells of the first: `tables showing the sums and a note`."""
    comma = at < end and row[at].text == ","
    index = at + 1 if comma else at
    if index >= end or not (row[index].low in lexicon.RELATIVES or row[index].low in lexicon.PARTICIPLES):
        return None
    for join in range(index + 1, end - 1):
        if row[join].low != "and" or (comma and row[join - 1].text != ","):
            continue
        leads = lexicon.DETERMINERS if comma else frozenset(("a", "an", "our", "my"))
        phrase = read_phrase(row, join + 1, end) if row[join + 1].low in leads else None
        if phrase is not None and phrase.is_document():
            return join + 1
    return None


def _past_parenthesis(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past `, for the first time,` between `and` and what it joins."""
    if row[at].low not in lexicon.PREPOSITIONS or row[at - 1].text != ",":
        return at
    comma = next((index for index in range(at + 1, min(at + 8, end - 1)) if row[index].text == ","), None)
    return at if comma is None else comma + 1


def _next_joined(row: Sequence[Chunk], at: int, end: int) -> int:
    """Where a joined phrase begins: behind a comma, `and`, `together with`; `end` if what follows is no noun phrase."""
    begin = at
    behind = _past_clause(row, at, end)
    if behind is not None:
        return behind
    while at < end and (row[at].kind == "aside" or row[at].text == "," or row[at].low in _LINKS):
        at += 1
    if begin < at < end and any(chunk.low == "and" for chunk in row[begin:at]):
        at = _past_parenthesis(row, at, end)
    if at > begin and at < end and row[at].low == "of":
        return at + 1
    for joiner in lexicon.JOINERS:
        words = joiner.split()
        if [chunk.low for chunk in row[at : at + len(words)]] == words:
            return at + len(words)
    if at == begin or at >= end or row[at].kind not in ("word", "title") or not may_start(row, at):
        return end
    low = row[at].low
    fits = (
        low in lexicon.DETERMINERS
        or row[at].is_name
        or low in lexicon.DOCUMENTS
        or row[at].kind == "title"
        or low.endswith("'s")
    )
    phrase = read_phrase(row, at, end)
    if phrase is not None and not phrase.is_document() and low in lexicon.DETERMINERS:
        return _next_joined(row, phrase.end, end) if phrase.end > at else end
    return at if phrase is not None and (fits or phrase.is_document()) and phrase.is_document() else end


def behind_other_clause(row: Sequence[Chunk], floor: int, edge: int) -> int | None:
    """Where the subject's own clause begins, past other verbs; None if nothing but their `and` stands before the act."""
    verbs = list(finite_verbs(row, floor, edge))
    if not verbs:
        return floor
    last = verbs[-1]
    cuts = [index for index in range(last + 1, edge) if row[index].text == "," or row[index].low in ("and", "but")]
    if not cuts:
        return floor
    if _empty(row, cuts[-1], edge):
        return None
    cut = next((index for index in cuts if _begins_clause(row, index)), None)
    if cut is None:
        return floor
    if _relative_before(row, floor, last):
        return floor
    return cut + 1


def _begins_clause(row: Sequence[Chunk], index: int) -> bool:
    """Whether a new subject comes behind a comma or `and`."""
    at = index + 1
    while row[at].low in ("and", "but") or row[at].kind == "time" or row[at].text == ",":
        at += 1
    low = row[at].low
    return (
        low in lexicon.DETERMINERS
        or low in lexicon.COPIES
        or low in lexicon.PRONOUNS
        or row[at].is_name
        or low in lexicon.EVERYONE
    )


def _relative_before(row: Sequence[Chunk], floor: int, verb: int) -> bool:
    return any(chunk.low in ("which", "who", "that") for chunk in row[max(floor, verb - 4) : verb])


def _empty(row: Sequence[Chunk], start: int, edge: int) -> bool:
    return all(
        chunk.kind in ("time", "place", "aside", "mark")
        or chunk.low in lexicon.CONJUNCTIONS
        or chunk.low in lexicon.ADVERBS
        for chunk in row[start:edge]
    )


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
            return Region((phrases[-1],))
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
