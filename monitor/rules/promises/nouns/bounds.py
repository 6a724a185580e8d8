"""Where a noun phrase begins, where it ends, and what in it joins or parts: questions about single places of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.rules.promises.nouns.compounds import COMPOUNDS, within_compound
from monitor.rules.promises.nouns.ellipsis import left_out, points_alone
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_CLOSED = (
    AUXILIARIES
    | lexicon.RELATIVES
    | lexicon.SUBORDINATORS
    | lexicon.PARTICIPLES
    | lexicon.EVERYONE
    | frozenset("he she there not never me us him you".split())
)
_HEARERS = frozenset("me us him them".split())
"""Whom a letter is to: `his letter to me`."""
_NOUNS_AND_VERBS = frozenset("report review plan study survey audit brief account map record list update".split())
_WHOLE = re.compile(
    (
        r"(?:report|review|memorandum|accounts) and (?:accounts|financial statements|recommendations)"
        r"|terms and conditions|questions and answers|health and"
    ),
    re.IGNORECASE,
)


def may_start(row: Sequence[Chunk], at: int) -> bool:
    """Whether a noun phrase can begin here."""
    chunk = row[at]
    if chunk.kind == "title":
        return True
    if at and chunk.text[:1].isupper() and chunk.kind == "word" and chunk.low in lexicon.PARTICIPLES:
        return True
    if chunk.low == "that":
        return _points(row, at) or stands_alone(row, at) or points_alone(row, at)
    if (
        chunk.kind != "word"
        or chunk.low in _CLOSED
        or chunk.low in lexicon.PREPOSITIONS
        or chunk.low in lexicon.CONJUNCTIONS
    ):
        return False
    if chunk.low in lexicon.CONTROLS - lexicon.NOUNS_TOO or _is_verb_form(row, at):
        return False
    return not (chunk.low in lexicon.ADVERBS and chunk.low not in lexicon.DETERMINERS)


def _is_verb_form(row: Sequence[Chunk], at: int) -> bool:
    """`commissioned a study`, `reports on`: a verb where a noun phrase cannot begin."""
    if at + 1 >= len(row) or row[at].is_name:
        return False
    if at and (row[at - 1].low in lexicon.MODALS_YES or row[at - 1].low in lexicon.MODALS_NO):
        return True
    follower = row[at + 1].low
    if (row[at].low.endswith("ed") or row[at].low in lexicon.DONE_WORDS) and _has(row, at):
        return True
    if at and row[at - 1].low == "to" and row[at].low in ("publish", "issue", "release", "lay"):
        return True
    if at and row[at - 1].low == "to" and row[at].low in _NOUNS_AND_VERBS and follower in lexicon.PREPOSITIONS:
        return True
    if follower in lexicon.DETERMINERS and (
        row[at].low.endswith("ing")
        or (at and row[at - 1].low in _BEFORE_VERBS and row[at].low not in lexicon.DETERMINERS)
    ):
        return True
    return (row[at].low.endswith("ed") and (follower in lexicon.DETERMINERS or follower in lexicon.PREPOSITIONS)) or (
        at > 0 and row[at - 1].low in ("it", "which", "he", "she") and row[at].low.endswith("s")
    )


def _has(row: Sequence[Chunk], at: int) -> bool:
    """Whether `have` leads up to a participle: `have received advice`, `have today published`."""
    before = at - 1
    while before > 0 and (row[before].kind == "time" or row[before].low in lexicon.ADVERBS):
        before -= 1
    return before >= 0 and row[before].low in lexicon.HAVE


def stands_alone(row: Sequence[Chunk], at: int) -> bool:
    """Whether `that` begins a sentence and stands for a thing: `That will be published tomorrow`."""
    return at == 0 and len(row) > 1 and row[0].low == "that" and row[1].low in AUXILIARIES


def _points(row: Sequence[Chunk], at: int) -> bool:
    """Whether `that` points at a noun (`that plan`) and opens no clause."""
    if at + 1 >= len(row):
        return False
    follower = row[at + 1].low
    return (
        follower in lexicon.DOCUMENTS
        or follower in lexicon.EDITIONS
        or (at + 2 < len(row) and row[at + 2].low in lexicon.DOCUMENTS and not _closes_any(row[at + 1]))
    )


def closes(row: Sequence[Chunk], at: int) -> bool:
    """Whether a name ends before this word; `the revised draft prepared` ends it, `a prepared list` does not."""
    if row[at].text[:1].isupper() and row[at].low != "i" and row[at].low not in AUXILIARIES:
        return False
    if row[at].low in _HEARERS and row[at - 1].low == "to":
        return False
    if row[at].low in lexicon.PARTICIPLES and row[at].low.endswith("ed"):
        return row[at - 1].low not in lexicon.DETERMINERS
    if row[at].low in lexicon.PARTICIPLES and row[at].low.endswith("ing") and row[at - 1].low not in lexicon.DOCUMENTS:
        follower = row[at + 1].low if at + 1 < len(row) else ""
        return follower not in lexicon.DOCUMENTS
    if row[at].low.endswith("ing") and row[at - 1].low in lexicon.DOCUMENTS and _has_object(row, at):
        return True
    if row[at].low == "that":
        return not (row[at - 1].low in lexicon.PREPOSITIONS and _points(row, at))
    if row[at].low in ("it", "they") and row[at - 1].low not in lexicon.PREPOSITIONS:
        return at + 1 < len(row) and row[at + 1].low in AUXILIARIES
    if row[at].low in lexicon.SPEECH and row[at].low.endswith("s") != row[at - 1].low.endswith("s"):
        return row[at - 1].low in lexicon.DOCUMENTS or row[at - 1].low == "one"
    return row[at].low in _CLOSED


def _has_object(row: Sequence[Chunk], at: int) -> bool:
    """Whether a word in -ing is a verb by what is behind it: `tables underpinning it`, not `a report briefing`."""
    follower = row[at + 1].low if at + 1 < len(row) else ""
    return follower in lexicon.DETERMINERS or follower in ("it", "them", "how", "what", "why")


def begins_anew(row: Sequence[Chunk], at: int) -> bool:
    """`from Professor Lee | a study`: a determiner that nothing leads to begins another phrase."""
    before = row[at - 1]
    if row[at].text[:1].isupper():
        return False
    loose = before.kind != "word" or before.low in lexicon.PREPOSITIONS or before.low in lexicon.CONJUNCTIONS
    return (
        row[at].low in lexicon.DETERMINERS
        and row[at].low not in lexicon.NUMBER_WORDS
        and not loose
        and before.low not in lexicon.DETERMINERS
        and not before.low.endswith("ing")
        and not (at > 2 and row[at - 2].low == "to" and row[at - 3].low in lexicon.DOCUMENTS)
    )


_BEFORE_VERBS = lexicon.EVERYONE | frozenset("to they he she you who".split())
"""Words that a verb follows, if that has an object behind it: `to make two studies`."""
_INDEFINITE = frozenset(("a", "an"))


def within_list(row: Sequence[Chunk], at: int, end: int, hung: int | None) -> bool:
    """Whether a comma stands inside a name: `the Culture, Media and Sport Committee`, `on information, advice and guidance`."""
    if hung is None or at + 1 >= end or row[at + 1].kind != "word" or row[at + 1].low in lexicon.DETERMINERS:
        return False
    listed = list(row[at + 1 : at + 8])
    join = next((index for index, chunk in enumerate(listed) if chunk.low in ("and", "or")), None)
    if join is None or at + 1 + join + 1 >= end:
        return False
    between = listed[:join]
    plain = all((chunk.kind == "word" and not _closes_any(chunk)) or chunk.text == "," for chunk in between)
    follower = row[at + 1 + join + 1]
    return (
        plain
        and len(between) <= 6
        and follower.kind == "word"
        and follower.low not in lexicon.DETERMINERS
        and not _closes_any(follower)
    )


def _closes_any(chunk: Chunk) -> bool:
    return chunk.low in _CLOSED or chunk.low in lexicon.PREPOSITIONS


def within_name(row: Sequence[Chunk], at: int, end: int, hung: int | None) -> bool:
    """Whether a phrase of time or place is part of a name: `Strategy 2026`, `the summer 2024 report`."""
    chunk = row[at]
    following = row[at + 1] if at + 1 < end else None
    return (
        chunk.kind == "time"
        and hung is None
        and following is not None
        and following.low in lexicon.DOCUMENTS
        and chunk.due is not None
        and chunk.due.sort == "span"
    )


def within_title(row: Sequence[Chunk], at: int, end: int) -> bool:
    """Whether a colon or dash stands inside a title without quotes: `Safer Seas: A Plan for Ports`."""
    if row[at].text not in (":", ";", "\u2013", "\u2014") or at == 0 or at + 1 >= end or row[at + 1].kind != "word":
        return False
    return row[at - 1].is_name and row[at + 1].is_name and row[at + 1].low not in lexicon.EVERYONE


def title_behind(row: Sequence[Chunk], at: int, end: int) -> int | None:
    """The title behind a comma or words of naming: `the report, "Open Doors"`, `rules, which are to be known as "Open Doors"`."""
    if row[at].text != "," and row[at].low not in lexicon.NAMING:
        return None
    title = next((index for index in range(at + 1, end) if row[index].low not in _TO_BE_CALLED), end)
    named = title == at + 1 or any(chunk.low in lexicon.NAMING for chunk in row[at:title])
    return title if named and title < end and row[title].kind == "title" else None


_TO_BE_CALLED = lexicon.NAMING | frozenset("which that is are will be to now as under the of a".split())
"""Words between a document and what it is called."""
_ALWAYS_PAPERS = frozenset(
    (("terms", "of"), ("impact", "assessment"), ("explanatory", "notes"), ("explanatory", "memorandum"))
)
"""What always begins the name of another document: `letter of appointment and | terms of reference`."""
_SHORT_TAIL = 2


def _begins_papers(row: Sequence[Chunk], at: int, hung: int) -> bool:
    begun = tuple(chunk.low for chunk in row[at + 1 : at + 3]) in _ALWAYS_PAPERS
    return begun and at - hung <= _SHORT_TAIL and row[hung - 1].low in lexicon.DOCUMENTS


def is_split(row: Sequence[Chunk], start: int, at: int, end: int, hung: int | None) -> bool:
    """Whether `and` joins a second document, or belongs to the name of the first."""
    following = at + 1
    if following >= end:
        return True
    if row[following].low == "of" and start and row[start - 1].low == "of":
        return True
    if row[following].low == "of" and any(chunk.low in lexicon.COPIES for chunk in row[start : start + 3]):
        return True
    gap = row[following].kind in ("title", "time", "place") or left_out(row, following, end) is not None
    if gap or (hung is not None and _begins_papers(row, at, hung)):
        return True
    determined = row[following].low in lexicon.DETERMINERS or row[following].low.endswith("'s")
    head = head_from(row, following, end)
    own = row[(hung if hung is not None else at) - 1].low if at > start else ""
    if " ".join(chunk.low for chunk in row[max(at - 3, 0) : at]) in COMPOUNDS and hung is None:
        own = row[at - 3].low
    joined = f"{own} and {row[following].low}"
    if _WHOLE.match(joined):
        return False
    if head not in lexicon.DOCUMENTS:
        if determined and own in lexicon.DOCUMENTS and (hung is None or _in_parallel(row, start, at, hung)):
            return True
        return following < end and row[following].low in (*lexicon.EVERYONE, "it", "they")
    if determined:
        return not (hung is not None and own in lexicon.ANSWERS and head in lexicon.ASKED)
    return hung is None and own in lexicon.DOCUMENTS


def _in_parallel(row: Sequence[Chunk], start: int, at: int, hung: int) -> bool:
    """`a form of application and a worked example`: the second `a` goes with the first, if none stands between."""
    both = row[start].low in _INDEFINITE and row[at + 1].low in _INDEFINITE
    return both and not any(chunk.low in lexicon.DETERMINERS for chunk in row[hung:at])


def head_from(row: Sequence[Chunk], at: int, end: int) -> str:
    """The head of the noun phrase that begins at `at`: its last noun before anything hangs on it."""
    head = ""
    while at < end:
        chunk = row[at]
        if (
            chunk.kind != "word"
            or chunk.low in _CLOSED
            or chunk.low in lexicon.PREPOSITIONS
            or chunk.low in lexicon.CONJUNCTIONS
        ):
            compound = head not in lexicon.DOCUMENTS and within_compound(row, at)
            return row[at + 1].low if compound and at + 1 < end else head
        head = head if head and chunk.low[0].isdigit() else chunk.low
        at += 1
    return head
