"""What stands behind an act: the documents it is done to, those that come with them, and who acts."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.acts.groups import inside_group
from monitor.rules.promises.acts.openings import clause_start, is_spoken, strip_lead
from monitor.rules.promises.acts.subjects import Region, acceptable, antecedent, papers_within
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.nouns.coordination import named
from monitor.rules.promises.nouns.ellipsis import told_clause
from monitor.rules.promises.nouns.phrases import Phrase, read_phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import is_finite
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_MAKING = {"make available": ("make", "making", "made"), "have out": ("have",)}
"""Verbs in two parts, with the document between: the first part of each."""
_QUESTIONS = frozenset("what how whether why where who".split())
_BESIDE, _HOSTS = frozenset("with behind beside alongside".split()), frozenset("it them these this".split())
"""`and with it an analysis`: what comes beside a document just named."""
_POINTING = frozenset("this that these those it both them".split())
"""What alone may stand before its subject: `and that I shall place in the Library`."""
_COMING = frozenset("follow come be appear".split())
_SKIPPED = frozenset((",", ":", "\u2013", "\u2014"))


def objects(row: Sequence[Chunk], act: Act, following: Act | None) -> Region:
    """The documents that an active act is done to: behind it, or before it in `which I will publish`."""
    if act.verb.name in _MAKING:
        made = next(index for index in range(act.start, act.at) if row[index].low in _MAKING[act.verb.name])
        between = named(row, _first_noun(row, made + 1, act.at), act.at)
        if between:
            return Region(between)
    end = following.start if following is not None else len(row)
    start = _first_noun(row, act.end, end)
    if start < end and row[start].low in _QUESTIONS and told_clause(row, start, len(row)) is None:
        return Region(())
    if start < end and row[start].low == "that" and (start + 1 == end or row[start + 1].kind != "word"):
        return Region((Phrase(start, start + 1, ""),))
    phrases = named(row, start, end) if start < end else ()
    if phrases and start < phrases[-1].start and phrases[-1].end == end < len(row) and is_finite(row, end):
        phrases = phrases[:-1]  # the subject of the next verb: `a Bill, and a draft of it will be`
    if phrases:
        return Region(phrases)
    return Region(())


def fronted(row: Sequence[Chunk], act: Act, before: Act | None) -> tuple[Phrase, ...]:
    """The object before its subject: `This plan I shall publish`, `My reply, with its annexes, I have deposited`."""
    speaker = act.start - 1
    while speaker > 0 and inside_group(row[speaker]):
        speaker -= 1
    if speaker <= 0 or row[speaker].low not in lexicon.EVERYONE:
        return ()
    opened = speaker == 1 or row[speaker - 2].kind == "mark" or row[speaker - 2].low in lexicon.CONJUNCTIONS
    if opened and row[speaker - 1].low in _POINTING:
        return (Phrase(speaker - 1, speaker, ""),)
    floor = max(clause_start(row, speaker), before.end if before is not None else 0)
    start = strip_lead(row, floor, speaker)
    phrases = named(row, start, speaker) if start < speaker else ()
    if not phrases or phrases[0].start != start or not all(phrase.is_document() for phrase in phrases):
        return ()
    closed = row[phrases[0].end].text == "," and row[speaker - 1].text == ","
    return phrases if phrases[-1].end == speaker or closed else ()


def extraposed(row: Sequence[Chunk], act: Act, end: int) -> tuple[Phrase, ...]:
    """`Copies have gone to the Library | of the exchange of letters`: what they are copies of comes behind the place."""
    at = act.end
    while at < end and row[at].kind in ("time", "place"):
        at += 1
    of = act.end < at < end - 1 and row[at].low == "of"
    return named(row, at + 1, end) if of else ()


def _first_noun(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past what may stand between a verb and its object: `today`, `in the Library`, `for comment`, `to Parliament`."""
    while at < end:
        chunk = row[at]
        if (
            chunk.low in lexicon.DETERMINERS
            and at + 2 < end
            and row[at + 1].low in lexicon.PUBLISHING_NOUNS
            and (behind := _past_of(row, at + 2, end))
        ):
            at = behind
        elif chunk.low in lexicon.PUBLISHING_NOUNS and at + 1 < end and row[at + 1].low == "of":
            at += 2
        elif (
            chunk.kind in ("time", "place", "aside", "address")
            or chunk.text in _SKIPPED
            or chunk.low in ("out", "available", "up")
            or (chunk.low in lexicon.ADVERBS and chunk.low not in lexicon.DETERMINERS)
        ) or (chunk.low == "and" and at + 1 < end and row[at + 1].low in ("in", "on", "by", "for", "also")):
            at += 1
        elif chunk.low in ("for", "to", "by", "in", "into", "on", "under", "alongside", "with") and at + 1 < end:
            at = _past_adverbial(row, at, end)
        else:
            return at
    return end


def _past_of(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past the `of` of `the publication today of`; 0 where there is none."""
    while at < end - 1 and row[at].kind in ("time", "place"):
        at += 1
    return at + 1 if at < end - 1 and row[at].low == "of" else 0


def _past_adverbial(row: Sequence[Chunk], at: int, end: int) -> int:
    """Past `for comment`, `to the House`, `alongside the Bill,`: up to the next determiner behind a noun, or a comma."""
    index = at + 2
    while index < end:
        if row[index].text == ",":
            return index + 1
        if row[index].low in lexicon.DETERMINERS or row[index].kind in ("title", "place", "time"):
            return index
        if row[index].low in lexicon.DOCUMENTS and row[at].low == "for":
            return at + 2
        index += 1
    return end


def companions(row: Sequence[Chunk], start: int, end: int) -> tuple[Phrase, ...]:
    """Documents that come with it behind the verb: `is published today, together with the response`."""
    found: list[Phrase] = []
    for at in range(start, end - 1):
        lows = [chunk.low for chunk in row[at : at + 2]]
        length = _tie(row, at, lows)
        if not length or at + length >= end or not _leads_papers(row, at + length, end):
            continue
        for phrase in named(row, at + length, end):
            if phrase.end < end - 1 and row[phrase.end].low == "to" and row[phrase.end + 1].low in _COMING:
                continue
            known = any(one.end > phrase.start for one in found)
            weak = phrase.head in lexicon.WEAK_DOCUMENTS and length < 2
            if acceptable(phrase) and not weak and not known and not _is_event(row, phrase):
                found.append(phrase)
    return tuple(found)


def _is_event(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """`alongside the spending review`: what something happens beside, and no document of its own."""
    return phrase.head == "review" and any(chunk.low == "spending" for chunk in row[phrase.start : phrase.end])


def _leads_papers(row: Sequence[Chunk], at: int, end: int) -> bool:
    """Whether a companion can begin here: with a determiner, or as a bare plural (`with explanatory notes`)."""
    if row[at].low in lexicon.DETERMINERS:
        return True
    phrase = read_phrase(row, at, end)
    contents = phrase is not None and phrase.head in lexicon.CONTENTS
    return phrase is not None and phrase.is_document() and phrase.head.endswith("s") and not contents


def _tie(row: Sequence[Chunk], at: int, lows: list[str]) -> int:
    """How many words tie a document to the one before: `together with`, `alongside`, or `with` behind a time or place."""
    if lows in (["together", "with"], ["along", "with"], [",", "with"], ["accompanied", "by"]):
        return 2
    if lows[0] in _BESIDE and lows[-1] in _HOSTS:
        return 2
    due = row[at].due
    if due is not None and due.sort == "same" and lows[-1] == "as":
        return 2
    beside = lows[0] == "with" and at > 0 and row[at - 1].kind in ("time", "place")
    return 1 if lows[0] == "alongside" or beside else 0


def behind_clause(row: Sequence[Chunk], last: Phrase, end: int) -> tuple[Phrase, ...]:
    """`the advice I received from the Committee and my reply`: what is joined behind a clause that limits the first."""
    if last.end >= end or row[last.end].low not in ("i", "we", "which", "that", "who", "it", "they"):
        return ()
    for at in range(last.end + 1, end - 1):
        if row[at].text in ";:" or row[at].kind in ("place", "time"):
            return ()
        if row[at].low == "and" and row[at + 1].low in lexicon.DETERMINERS:
            phrase = read_phrase(row, at + 1, end)
            alone = phrase is not None and not (phrase.end < end and row[phrase.end].low in AUXILIARIES)
            return (phrase,) if phrase is not None and alone and acceptable(phrase) else ()
    return ()


def relative_object(row: Sequence[Chunk], act: Act, before: Act | None) -> Region | None:
    """The antecedent in `its report, which I have today placed in the Library`; None where the act has no relative."""
    index = act.start - 1
    steps = 0
    while index >= 0 and steps < 6 and row[index].kind in ("word", "place") and row[index].low not in ("which", "that"):
        index, steps = index - 1, steps + 1
    if index <= 0 or row[index].low not in ("which", "that"):
        return None
    if row[index].low == "that" and (is_spoken(row, index) or row[index - 1].low in lexicon.CONJUNCTIONS):
        return None
    if index + 1 == act.start or row[index + 1].low in AUXILIARIES:
        return None
    return antecedent(row, index, before)


def hung_papers(row: Sequence[Chunk], phrase: Phrase) -> tuple[Phrase, ...]:
    """The documents that hang on a phrase that is none: `grateful to the Board | for its report`."""
    return tuple(papers_within(row, phrase.start + 1, phrase.end, lexicon.DETERMINERS, lexicon.PREPOSITIONS))
