"""The documents that an act is about: before it or behind it by its voice, with those that come with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from monitor.rules.promises.acts.company import accompanying, is_accompanied, is_followed
from monitor.rules.promises.acts.inline import listed
from monitor.rules.promises.acts.objects import behind_clause, companions, extraposed, fronted, objects, relative_object
from monitor.rules.promises.acts.omissions import says_again
from monitor.rules.promises.acts.subjects import Region, papers_within, subjects
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.nouns.coordination import named
from monitor.rules.promises.nouns.phrases import Phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon, publishing

_ALONE = frozenset("publish issue launch release".split())
_MAIN_PAPERS = frozenset("paper strategy plan roadmap prospectus".split())


def region_of(row: Sequence[Chunk], act: Act, before: Act | None, following: Act | None) -> Region:
    """The documents that an act is about, with those that come with them."""
    if says_again(act):
        of = _in_respect_of(row, act, following.start if following is not None else len(row))
        return Region(of) if of else Region((), shared=True)
    region = _region(row, act, before, following)
    end = following.start if following is not None else len(row)
    if region.phrases and act.voice == "active" and region.phrases[-1].start >= act.end:
        region = replace(region, phrases=region.phrases + behind_clause(row, region.phrases[-1], end))
    region = listed(row, region)
    known = {phrase.start for phrase in region.phrases}
    more = tuple(phrase for phrase in companions(row, act.end, end) if phrase.start not in known)
    inside = any(phrase.start <= extra.start < phrase.end for phrase in region.phrases for extra in more)
    hosted = region.phrases or region.shared
    return replace(region, phrases=region.phrases + more) if hosted and more and not inside else region


def _in_respect_of(row: Sequence[Chunk], act: Act, end: int) -> tuple[Phrase, ...]:
    """Of which documents what was said before is done: `I do so today in respect of the first report and of the map`."""
    at = act.end
    while at < end and row[at].kind in ("time", "place"):
        at += 1
    if [chunk.low for chunk in row[at : at + 3]] != ["in", "respect", "of"]:
        return ()
    starts = [at + 3, *(at for at in range(at + 3, end - 1) if row[at - 1].low == "and" and row[at].low == "of")]
    found = [
        phrase
        for begin, stop in pairwise([*starts, end])
        for phrase in named(row, begin + (row[begin].low == "of"), stop)
    ]
    return tuple(phrase for phrase in found if phrase.is_document())


def _region(row: Sequence[Chunk], act: Act, before: Act | None, following: Act | None) -> Region:
    if act.verb.name == "set":
        end = following.start if following else len(row)
        papers = papers_within(row, act.end, end, frozenset(("a", "an", "our", "the")))
        return Region(tuple(paper for paper in papers if paper.head in _MAIN_PAPERS))
    if is_accompanied(act) or is_followed(act):
        return Region(accompanying(row, act, following.start if following else len(row)))
    if act.voice == "inverted":
        return objects(row, act, following)
    end = following.start if following else len(row)
    if act.voice == "passive":
        region = _of_copies(row, act, end, subjects(row, act, before))
        return (
            region
            if region.shared or any(_names_paper(row, one) for one in region.phrases)
            else _within(row, act, end, region)
        )
    shown = act.verb.name in publishing.FINDING and act.voice == "active" and act.tense is not None
    if (act.verb.of_subject and not shown) or act.voice in ("passive", "reduced"):
        return _of_copies(row, act, end, subjects(row, act, before))
    relative = relative_object(row, act, before)
    if relative is not None and relative.phrases:
        return relative
    region = objects(row, act, following)
    if region.phrases:
        return region
    led = fronted(row, act, before)
    if led:
        return Region(led)
    if act.verb.name in publishing.INTRANSITIVE or _by_itself(row, act):
        return subjects(row, act, before)
    return relative if relative is not None else Region((), shared=before is not None)


def _of_copies(row: Sequence[Chunk], act: Act, end: int, region: Region) -> Region:
    """A subject that says no more than `a copy`: what it is a copy of may stand behind the place."""
    bare = len(region.phrases) == 1 and row[region.phrases[0].end - 1].low in lexicon.COPIES | {"publication"}
    behind = extraposed(row, act, end) if bare else ()
    return Region(behind) if behind else region


def _by_itself(row: Sequence[Chunk], act: Act) -> bool:
    """`The review publishes on Thursday`, `The code will issue in May`: nobody is said to do it."""
    spoken = any(chunk.low in lexicon.EVERYONE for chunk in row[max(act.start - 2, 0) : act.start])
    return (
        act.verb.name in _ALONE and not spoken and act.end < len(row) and row[act.end].kind in ("time", "place", "mark")
    )


def _names_paper(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """Whether a phrase is a document's own name: `what we learned` may be published in one."""
    if row[phrase.start].low == "what":
        return False
    return phrase.is_document() or phrase.is_pronoun()


def _within(row: Sequence[Chunk], act: Act, end: int, region: Region) -> Region:
    """`What we found will be published in a short report`: the document is what something is published in."""
    papers = papers_within(row, act.end, end, frozenset(("a", "an", "our")))
    return Region(tuple(papers[:1])) if papers else region
