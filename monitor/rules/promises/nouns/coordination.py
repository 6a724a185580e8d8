"""Documents that are named together: joined by commas, `and`, `together with`, behind clauses that tell of the first."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.nouns.bounds import may_start
from monitor.rules.promises.nouns.ellipsis import told_clause
from monitor.rules.promises.nouns.phrases import REFLEXIVE, Phrase, past_ordinal, read_phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import is_finite
from monitor.rules.promises.words import lexicon

_LONGEST = 14
"""How many words before `and of` there may be a `copy`."""
_LINKS = frozenset("and both or also but".split())


def named(row: Sequence[Chunk], start: int, end: int) -> tuple[Phrase, ...]:
    """The subject that begins at `start`; a plainer one in apposition (`the first part, a toolkit`) gives way."""
    found: list[Phrase] = []
    told = told_clause(row, start, end) if start < end else None
    if told is not None:
        return (Phrase(start, told, "findings"),)
    at = start
    while at < end:
        phrase = read_phrase(row, at, end) if found or may_start(row, at) or row[at].low in lexicon.PRONOUNS else None
        if phrase is None:
            break
        if not found and not phrase.is_document():
            phrase = _apposed_to_clause(row, phrase, end) or phrase
        apposed = past_ordinal(row, phrase.start, end)
        if apposed > phrase.start:
            phrase = read_phrase(row, apposed, end) or phrase
        found.append(phrase)
        at = _next_joined(row, phrase.end, end)
    found = [one for one in found if one is found[0] or not _counts_up(row, one)]
    titled = {phrase.end for phrase in found if phrase.title is not None and phrase.title == phrase.end - 1}
    found = [one for one in found if not (one.start - 1 in titled and row[one.start].low in ("a", "an", "our"))]
    documents = [phrase for phrase in found if phrase.is_document() or phrase.is_pronoun()]
    if documents and _is_series(row, found):
        documents = [phrase for phrase in found if phrase in documents or _may_be_paper(row, phrase)]
    return tuple(documents) or tuple(found[:1])


def _apposed_to_clause(row: Sequence[Chunk], phrase: Phrase, end: int) -> Phrase | None:
    """`The part which comes first, | a handbook for keepers,`: what is apposed to a noun and its clause."""
    if phrase.end >= end or row[phrase.end].low not in lexicon.RELATIVES:
        return None
    comma = next((at for at in range(phrase.end, end - 1) if row[at].text == ","), None)
    if comma is None or row[comma + 1].low not in lexicon.DETERMINERS:
        return None
    apposed = read_phrase(row, comma + 1, end)
    closed = apposed is not None and (apposed.end == end or row[apposed.end].text == ",")
    return apposed if closed and apposed is not None and apposed.is_document() else None


def _counts_up(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """Whether a phrase between commas only says which of a series a document is: `the response, the fourth in the series,`."""
    words = [chunk.low for chunk in row[phrase.start + 1 : phrase.end]]
    counted = len(words) > 1 and words[0] in lexicon.ORDINALS and words[1] in lexicon.PREPOSITIONS
    return counted and row[phrase.start - 1].text == ","


def _is_series(row: Sequence[Chunk], found: Sequence[Phrase]) -> bool:
    """Whether `and` ties the last of these phrases to the others: then what one is, all are."""
    between = row[found[-2].end : found[-1].start] if len(found) > 1 else ()
    return any(chunk.low in ("and", "both") for chunk in between)


def _may_be_paper(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """Whether a phrase among documents can be one too, though its noun is none: `a formula`, `the heads of terms`."""
    return phrase.head.isalpha() and phrase.head not in lexicon.NO_DOCUMENTS and row[phrase.start].low != "i"


def _past_clause(row: Sequence[Chunk], at: int, end: int) -> int | None:
    """The document joined behind a clause that tells of the first: `tables showing the sums and a note`."""
    comma = at < end and row[at].text == ","
    index = at + 1 if comma else at
    led = index + 1 < end and row[index].low in lexicon.PREPOSITIONS and row[index + 1].low in ("which", "whom")
    if index >= end or not (led or row[index].low in lexicon.RELATIVES or row[index].low in lexicon.PARTICIPLES):
        return None
    for join in range(index + 1, end - 1):
        listed = row[join].text == "," and not comma and row[join + 1].low not in ("a", "an")
        if not listed and (row[join].low != "and" or (comma and row[join - 1].text != ",")):
            continue
        leads = lexicon.DETERMINERS if comma or led or listed else frozenset(("a", "an", "our", "my"))
        phrase = read_phrase(row, join + 1, end) if row[join + 1].low in leads else None
        if phrase is not None and phrase.is_document() and not (listed and not _goes_on(row, phrase, end)):
            return join + 1
    return None


def _goes_on(row: Sequence[Chunk], phrase: Phrase, end: int) -> bool:
    """Whether another document is joined behind this one, so that a comma before it was that of a list."""
    joins = (at for at in range(phrase.end, end - 1) if row[at].low == "and")
    behind = (read_phrase(row, at + 1, end) for at in joins if row[at + 1].low in lexicon.DETERMINERS)
    return not phrase.is_elliptic() and any(one is not None and one.is_document() for one in behind)


def _past_remark(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past `, suitably anonymised,` behind a document, if another is joined behind it."""
    if at + 2 >= end or row[at].text != "," or not row[at + 1].low.endswith(("ly", "ed")):
        return at
    comma = next((index for index in range(at + 2, min(at + 7, end - 1)) if row[index].text == ","), None)
    return comma if comma is not None and row[comma + 1].low == "and" else at


def _past_parenthesis(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past `, for the first time,` or `, at the same time,` between `and` and what it joins."""
    due = row[at].due
    if due is not None and due.sort == "same" and row[at - 1].text == ",":
        return at + 1 + (at + 1 < end and row[at + 1].text == ",")
    if row[at].low not in lexicon.PREPOSITIONS or row[at - 1].text != ",":
        return at
    comma = next((index for index in range(at + 1, min(at + 8, end - 1)) if row[index].text == ","), None)
    return at if comma is None else comma + 1


def _past_participle(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past `received` in `the responses received and a statement`."""
    alone = at + 1 < end and row[at].low.endswith("ed") and (row[at + 1].low == "and" or row[at + 1].text == ",")
    return at + 1 if alone else at


def _next_joined(row: Sequence[Chunk], at: int, end: int) -> int:
    """Where a joined phrase begins: behind a comma, `and`, `together with`; `end` if what follows is no noun phrase."""
    at += at < end and row[at].low in REFLEXIVE
    begin = _past_remark(row, _past_participle(row, at, end), end)
    behind = _past_clause(row, begin, end)
    if behind is not None:
        return behind
    at = _past_links(row, begin, end)
    copied = any(one.low in lexicon.COPIES | lexicon.PUBLISHING_NOUNS for one in row[max(0, begin - _LONGEST) : begin])
    if at > begin and at < end and row[at].low == "of" and copied:
        return at + 1
    for joiner in lexicon.JOINERS:
        words = joiner.split()
        if [chunk.low for chunk in row[at : at + len(words)]] == words:
            return _past_contents(row, at + len(words), end)
    if at == begin or at >= end or row[at].kind not in ("word", "title") or not may_start(row, at):
        return end
    phrase = read_phrase(row, at, end)
    if phrase is None or (phrase.is_elliptic() and phrase.end < end and is_finite(row, phrase.end)):
        return end
    if phrase.is_document():
        return at
    return _joined_thing(row, begin, at, end, phrase)


def _past_contents(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past what a document holds: `the report, with conclusions and recommendations, and an annex`."""
    phrase = read_phrase(row, at, end) if at < end and row[at].low not in lexicon.DETERMINERS else None
    if phrase is None or phrase.head not in lexicon.CONTENTS:
        return at
    behind = phrase.end
    while behind + 1 < end and row[behind].low in _LINKS and row[behind + 1].low in lexicon.CONTENTS:
        behind += 2
    return _next_joined(row, behind, end)


def _past_links(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past commas, `and`, `both`, and what stands between commas behind them."""
    begin = at
    while at < end and (row[at].kind == "aside" or row[at].text == "," or row[at].low in _LINKS):
        at += 1
    tied = begin < at < end and any(chunk.low == "and" for chunk in row[begin:at])
    return _past_parenthesis(row, at, end) if tied else at


def _joined_thing(row: Sequence[Chunk], begin: int, at: int, end: int, phrase: Phrase) -> int:
    """What is called by no document's noun counts if `and` ties it to one; else it is passed over."""
    if row[at].low not in lexicon.DETERMINERS:
        return end
    tied = any(chunk.low == "and" for chunk in (*row[begin:at], *row[phrase.end : phrase.end + 2]))
    if tied and not (phrase.end < end and is_finite(row, phrase.end)):
        return at
    return _next_joined(row, phrase.end, end) if phrase.end > at else end
