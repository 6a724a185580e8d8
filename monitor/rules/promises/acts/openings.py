"""Where the clause of an act begins, and where in it the subject does: past times, conditions and clauses of other verbs."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.nouns.bounds import within_title
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs, is_finite
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_BREAKS = frozenset(";:\u2013\u2014")


SPEAKING = frozenset(
    """
    confirm announce announced announcing say said intended intention expected planned hoped ask asked agree
    agreed expect intend inform tell told note hope ensure ensured sure arrange arranged confirmed believe
    report reported state pleased aware remind clear know decided directed requested insisted promised
    undertaken resolved propose wish notice assurance undertaking tells says informs informed advise advises advised
    assure assures assured confirms states stated understand understands hears heard learn learned learnt gather
    writes wrote written notified promises indicated indicates announces expects hopes intends proposes word
    confident satisfied content indicate warned said
    """.split()
)
"""Before `that`: what follows is said, and a clause of its own."""


_LEADING_TO = frozenset("to by under on upon in at for through with from into within".split())
"""Before `which`, where the clause has a subject of its own: `the timetable by which | the rest are to follow`."""
_LONGEST_HEARER = 9
_DAYS = frozenset("date day".split())


_CLAUSE_OPENERS = frozenset("when while whilst where whereupon because since although though".split())


_ROUGHLY = frozenset("about around over under".split())
"""Prepositions, that before a number only say that it is not exact: `About thirty more`."""
_ALL = frozenset("both all each either".split())
"""Pronouns, where they stand before a verb, that are adverbs elsewhere."""


_LONGEST_BARE, _LONGEST_NOUN = 14, 5
_ASKING = frozenset("which who what how whether why where".split())


def clause_start(row: Sequence[Chunk], at: int, floor: int = 0) -> int:
    """Where the clause that leads up to `at` begins: behind a break, a `that` of speech or a subordinator."""
    for index in range(at - 1, floor - 1, -1):
        chunk = row[index]
        if (chunk.text in _BREAKS and not within_title(row, index, at)) or (
            chunk.low == "that"
            and index
            and (row[index - 1].low in ("is", "are", "was", "were") or seen_to(row, index) or is_spoken(row, index))
        ):
            return index + 1
    return floor


def is_spoken(row: Sequence[Chunk], that: int) -> bool:
    """Whether `that` opens what is said: `announced that`, `has told me that`, `informed the House that`."""
    if that and row[that - 1].low == "that":
        return False  # a pronoun: `my intention that | that should be`
    if that > 1 and row[that - 1].low == "and":
        return any(row[at].low == "that" and is_spoken(row, at) for at in range(that - 1))
    for index in range(that - 1, max(that - _LONGEST_HEARER, -1), -1):
        low = row[index].low
        if low == "that":
            return False
        if low in SPEAKING:
            return not (low in lexicon.DOCUMENTS and index and row[index - 1].low in lexicon.DETERMINERS)
        hearer = row[index].kind == "word" and low not in lexicon.DOCUMENTS and not is_finite(row, index)
        if not hearer or (low in lexicon.PREPOSITIONS and low not in ("of", "by", "to", "in", "from")):
            return False
    return False


def seen_to(row: Sequence[Chunk], that: int) -> bool:
    """Whether `that` tells what somebody sees to: `see to it that`, `I shall see that`."""
    if that < 2 or row[that - 1].low not in ("it", "see"):
        return False
    return row[that - 2].low == "to" or (row[that - 1].low == "see" and row[that - 2].low in lexicon.MODALS_YES)


def strip_lead(row: Sequence[Chunk], start: int, end: int) -> int:
    """Past what stands before a subject: `Later today,`, `In the light of this,`, `and`, `also`."""
    at = start
    while at < end and (
        row[at].kind in ("time", "place")
        or row[at].text == ","
        or row[at].low in lexicon.CONJUNCTIONS
        or (row[at].low == "not" and at + 1 < end and row[at + 1].low == "only")
        or (row[at].low.endswith("ly") and at + 1 < end and row[at + 1].text == ",")
        or (row[at].low in lexicon.ADVERBS and row[at].low not in lexicon.DETERMINERS)
    ):
        at += 1
    if at + 1 < end and row[at].low in _ROUGHLY and row[at + 1].low in lexicon.NUMBER_WORDS:
        return at + 1
    led = at < end and (
        row[at].low in lexicon.LEADS
        or (row[at].low.endswith("ing") and row[at].is_name)
        or (row[at].low in ("so", "provided") and row[at + 1].low == "that")
        or _is_participle_lead(row, at, end)
    )
    if led:
        comma = next((index for index in range(at, end - 1) if _ends_lead(row, index)), None)
        if comma is not None:
            return strip_lead(row, comma + 1, end)
        anew = next((index for index in range(at + 2, end) if _fresh_start(row, index)), None)
        return at if anew is None else anew
    return at


def _ends_lead(row: Sequence[Chunk], at: int) -> bool:
    """Whether the subject comes behind this comma, and not a clause on what led up to it."""
    points = row[at + 1].low == "that" and at + 2 < len(row) and row[at + 2].low in lexicon.DOCUMENTS
    return row[at].text == "," and (points or row[at + 1].low not in lexicon.RELATIVES)


def _is_participle_lead(row: Sequence[Chunk], at: int, end: int) -> bool:
    """`Bound as one volume, the audits`: what was done to a subject, said before it."""
    low, behind = row[at].low, row[at + 1].low if at + 1 < end else ""
    done = (low.endswith("ed") and len(low) > 4) or low in lexicon.DONE_WORDS
    return done and row[at].is_name and behind in lexicon.PREPOSITIONS | lexicon.ADVERBS


def _fresh_start(row: Sequence[Chunk], index: int) -> bool:
    """Whether a second noun phrase begins with no preposition before it: `At the end of the season | the classifications`."""
    before = row[index - 1]
    fits = (
        row[index].low in lexicon.DETERMINERS or row[index].low in lexicon.EVERYONE or row[index].low in ("it", "they")
    )
    return (
        fits
        and before.kind == "word"
        and before.low not in lexicon.PREPOSITIONS
        and before.low not in lexicon.DETERMINERS
        and before.low not in lexicon.CONJUNCTIONS
    )


_TELLING = (
    AUXILIARIES | lexicon.CONTROLS | lexicon.EVERYONE | lexicon.NEGATIVES | lexicon.ADVERBS | {"to", "later", "than"}
)


def tells_when(row: Sequence[Chunk], relative: int) -> bool:
    """`..., which will not be later than the 31st`, `which I expect to be in July`: the clause says no more than the time."""
    time = next((at for at in range(relative + 2, min(relative + 9, len(row))) if row[at].kind == "time"), None)
    return (
        row[relative].low == "which"
        and time is not None
        and all(one.low in _TELLING for one in row[relative + 1 : time])
    )


def _opens_clause(row: Sequence[Chunk], index: int) -> bool:
    """`, when`, `, for it`, `no reason why`: a clause of its own begins."""
    low, before = row[index].low, row[index - 1]
    if low in ("why", "whether"):
        return before.low not in lexicon.PREPOSITIONS
    spoken = low in ("for", "as") and row[index + 1].low in lexicon.PRONOUNS
    return before.text == "," and (low in _CLAUSE_OPENERS or spoken)


def behind_subordinator(row: Sequence[Chunk], floor: int, edge: int) -> int:
    """Past `..., when`, `..., while`, `..., to which`, `whose`: what stands before belongs to another clause."""
    for index in range(edge - 1, floor, -1):
        if row[index].text == ",":
            return floor
        opened = _opens_clause(row, index)
        answers = row[index].low == "which" and row[index - 1].low in _LEADING_TO
        answers = answers and row[index + 1].low != "to" and not any(finite_verbs(row, index, edge))
        dated = row[index].low == "which" and row[index - 1].low == "on" and row[index - 2].low in _DAYS
        whose = row[index].low == "whose"
        if opened or ((answers or dated or whose) and row[edge].text != ","):
            return index + 1
    return floor


def behind_other_clause(row: Sequence[Chunk], floor: int, edge: int) -> int | None:
    """Where the subject's own clause begins, past other verbs; None if nothing but their `and` stands before the act."""
    verbs = list(finite_verbs(row, floor, edge)) or _told_before(row, floor, edge)
    if not verbs:
        return floor
    own = [verb for verb in verbs if not _relative_before(row, floor, verb)]
    if not own:
        return floor
    last = own[-1]
    cuts = [index for index in range(last + 1, edge) if row[index].text == "," or row[index].low in ("and", "but")]
    if not cuts:
        return floor
    if is_empty(row, cuts[-1], edge):
        return None
    begun = [index for index in cuts if begins_clause(row, index)]
    if not begun:
        return floor
    if all(_relative_before(row, floor, verb) for verb in verbs if verb == verbs[0] or not is_finite(row, verb - 1)):
        return floor
    led = [index for index in begun if not row[index + 1].is_name]
    return (led or begun)[0] + 1


def _told_before(row: Sequence[Chunk], floor: int, edge: int) -> list[int]:
    """The verb of `The Board looked into the matter, and the results`: of a body, where a document's would be a participle."""
    joint = next(
        (at for at in range(edge - 2, floor, -1) if row[at].low in ("and", "but") and row[at - 1].text == ","), floor
    )
    for at in range(floor + 1, joint - 1):
        before = row[at - 1]
        if before.low in lexicon.DOCUMENTS:
            return []
        past = row[at].low.endswith("ed") and len(row[at].low) > 4 and row[at + 1].low != "by" and not row[at].is_name
        noun = before.kind == "word" and before.low not in lexicon.DETERMINERS | lexicon.PREPOSITIONS
        if past and noun and not before.low.endswith("ly") and before.low not in lexicon.ADVERBS | lexicon.CONJUNCTIONS:
            return [at]
    return []


def begins_clause(row: Sequence[Chunk], index: int) -> bool:
    """Whether a new subject comes behind a comma or `and`."""
    at = index + 1
    while row[at].low in ("and", "but") or row[at].kind == "time" or row[at].text == ",":
        at += 1
    low = row[at].low
    return (
        low in lexicon.DETERMINERS
        or (low in lexicon.DOCUMENTS and low.endswith("s"))
        or low in lexicon.COPIES
        or low in lexicon.PRONOUNS
        or low in ("he", "she")
        or row[at].is_name
        or low in lexicon.EVERYONE
        or _is_bare_subject(row, at)
    )


def _is_bare_subject(row: Sequence[Chunk], at: int) -> bool:
    """Whether a document without a determiner has its verb here: `and | detailed guidance on the forms | will be`."""
    span = row[at : at + _LONGEST_BARE]
    verb = next((index for index, chunk in enumerate(span) if chunk.low in AUXILIARIES or chunk.text == ","), 0)
    if not verb or span[verb].text == ",":
        return False
    hung = next((index for index, chunk in enumerate(span[:verb]) if chunk.low in lexicon.PREPOSITIONS), verb)
    plain = all(chunk.kind == "word" for chunk in span[:hung])
    return 0 < hung < _LONGEST_NOUN and plain and span[hung - 1].low in lexicon.DOCUMENTS


def _relative_before(row: Sequence[Chunk], floor: int, verb: int) -> bool:
    lead = range(max(floor, verb - 4), verb)
    return any(row[at].low in _ASKING or (row[at].low == "that" and at > floor) for at in lead)


def is_empty(row: Sequence[Chunk], start: int, edge: int) -> bool:
    """Whether a stretch holds nothing but times, places, adverbs and conjunctions; in `and both are laid` it holds a subject."""
    if start < edge < len(row) and row[edge - 1].low in _ALL and row[edge].low in AUXILIARIES:
        return False
    return all(
        chunk.kind in ("time", "place", "aside", "mark")
        or chunk.low in lexicon.CONJUNCTIONS
        or chunk.low in lexicon.ADVERBS
        for chunk in row[start:edge]
    )
