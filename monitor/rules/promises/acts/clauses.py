"""The claims of a sentence: each act with its documents, places, time and standing put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from monitor.model.promise import Place, Tense
from monitor.rules.promises.acts.agents import Cast, agent, reporter
from monitor.rules.promises.acts.company import host_phrases, is_accompanied, is_with_others
from monitor.rules.promises.acts.extents import extent_of
from monitor.rules.promises.acts.gaps import Gap, find_gaps
from monitor.rules.promises.acts.omissions import says_again
from monitor.rules.promises.acts.regions import region_of
from monitor.rules.promises.acts.standing import due_of, is_ensured, places_of, standing_of
from monitor.rules.promises.acts.states import find_acts
from monitor.rules.promises.acts.subjects import Region
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.acts.worth import fits, may_join
from monitor.rules.promises.nouns.names import Name, is_plural
from monitor.rules.promises.nouns.naming import name_of
from monitor.rules.promises.nouns.phrases import Phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.times.due import Due
from monitor.rules.promises.words import publishing
from monitor.rules.promises.words.speakers import owner, public_body

_OURSELVES = frozenset("i we government department ministry minister ministers friend secretary chancellor".split())
_THEIRS = frozenset("its their his her".split())
_SPEAKER = frozenset(("I", "We", "we"))
_HEARSAY = frozenset("understand told gather hear believe informed assured".split())
"""Verbs by which a Minister passes on what others have said."""
_PRINT = frozenset("journal journals magazine newspaper newspapers".split())
"""Where others print what they publish: `a paper will appear in a medical journal`."""
_NEAR = 8
_THEIR_OWN = (["its", "own"], ["their", "own"])


@dataclass(frozen=True, slots=True)
class Claim:
    """One act on named documents. `tense` is None where it promises nothing, and `reason` says why.

    `shared` claims are about the documents of the claim before, and those they name; a `listing` one, with this
    tense, names them in the lines that follow. One that `leans` promises only beside its `hosts`, or beside what was promised
    just before; one that `inherits` goes to the same places. `start`, `end` and `named_at`, where its documents are named,
    are characters of the sentence.
    """

    names: tuple[Name, ...]
    shared: bool
    where: tuple[Place, ...]
    due: Due | None
    tense: Tense | None
    reason: str
    publisher: str | None
    start: int
    end: int
    listing: Tense | None = None
    with_others: bool = False
    leans: bool = False
    inherits: bool = False
    hosts: tuple[Name, ...] = ()
    shown: bool = False
    opens: bool = False
    again: bool = False
    named_at: int = 0


def read_claims(sentence: str, row: Sequence[Chunk], cast: Cast, there: tuple[Place, ...] = ()) -> Iterator[Claim]:
    """The claims of a sentence, in order; those that promise nothing too, as later ones may go back to their documents."""
    acts = find_acts(row)
    claim: Claim | None = None
    for index, act in enumerate(acts):
        before = acts[index - 1] if index else None
        following = acts[index + 1] if index + 1 < len(acts) else None
        region = region_of(row, act, before, following)
        start, end = extent_of(row, act, before, following, region)
        reach = following.start if following is not None else len(row)
        gaps = [gap for gap in find_gaps(row, act.end, reach) if not _is_named(region, gap)]
        if gaps:
            end = min(end, gaps[0].start)
            region = replace(region, phrases=tuple(one for one in region.phrases if not _is_gap(one, gaps)))
        if act.joined and claim is not None and claim.due is not None and claim.due.sort == "now":
            act = replace(act, marked=False)
        claim = _claim(sentence, row, act, before, region, start, end, cast, there)
        there = claim.where or there
        yield claim
        yield from _gapped(sentence, row, act, claim, gaps)


def _is_named(region: Region, gap: Gap) -> bool:
    """Whether a gap is inside a name, or is what the act itself is about."""
    return any(one.start < gap.phrase.start < one.end for one in region.phrases) or bool(
        region.phrases and gap.phrase.start == region.phrases[0].start
    )


def _is_gap(phrase: Phrase, gaps: Sequence[Gap]) -> bool:
    return any(gap.phrase.start == phrase.start for gap in gaps)


def _gapped(sentence: str, row: Sequence[Chunk], act: Act, claim: Claim, gaps: Sequence[Gap]) -> Iterator[Claim]:
    """The claims of documents that share the act's verb."""
    if claim.tense is None or not (claim.names or claim.shared):
        return
    for gap in gaps:
        due = gap.due or (None if gap.followed else claim.due)
        where = gap.where or (() if gap.followed else claim.where)
        if fits(row, act, gap.phrase, where or claim.where, due):
            tense = "future" if gap.followed or (due is not None and due.sort != "now") else claim.tense
            names = (name_of(sentence, row, gap.phrase),)
            yield replace(claim, names=names, shared=False, due=due, where=where, tense=tense)


def _claim(
    sentence: str,
    row: Sequence[Chunk],
    act: Act,
    before: Act | None,
    region: Region,
    start: int,
    end: int,
    cast: Cast,
    there: tuple[Place, ...],
) -> Claim:
    where = places_of(row, act, start, end)
    if not where and _is_there(row, act, before, end):
        where = there
    due, reason = due_of(row, act, start, end)
    words = "" if act.verb.of_subject else agent(row, act, before)
    words = cast.who(words, row[: act.start]) if act.voice == "active" else words
    if act.tense == "present" and is_ensured(row, act):
        act = replace(act, tense="future", marked=False)
    act = _told_of_others(act, words)
    beside = due is None and is_with_others(row, act, end)
    added = beside and act.verb.name == "add"
    leans = beside and (is_accompanied(act) or act.marked or added)
    phrases = _fitting(row, act, region, where, due)
    meant = phrases or tuple(phrase for phrase in region.phrases if phrase.is_document() or phrase.is_pronoun())
    names = tuple(_prefixed(name_of(sentence, row, phrase), region.prefix) for phrase in meant)
    tense = act.tense
    if act.standing == "is done" and where and (region.shared or (phrases and not is_plural(phrases[0].head))):
        act = replace(act, marked=False)
    reason = reason or standing_of(row, replace(act, marked=act.marked and not beside), due, cast.is_outsider(words))
    if (act.voice != "active" or act.verb.of_subject) and _on_others_site(_site(row, act, where, start, end), cast):
        reason = reason or "it is on somebody else's website"
    reason = reason or _nothing_to_promise(row, act, region, phrases, where, words, cast)
    if reason or act.tense is None:
        tense, reason = None, reason or act.standing
    shown_here = not {"libraries", "laid"}.isdisjoint(where) or _is_ours(words)
    theirs = not shown_here and "gov.uk" not in where and _are_theirs(row, act, phrases, cast)
    names = tuple(name for name in names if _says(name) and not theirs and (shown_here or not _foreign(name, cast)))
    if not names and not region.shared and tense is not None:
        tense, reason = None, "it is somebody else's document"
    stretch = row[min(start, act.start)].start, row[max(end, act.end) - 1].end
    return Claim(
        names,
        region.shared,
        where,
        due,
        tense,
        reason,
        public_body(words),
        *stretch,
        named_at=row[region.phrases[0].start].start if region.phrases else stretch[0],
        listing=_listing(row, act) if where or act.verb.need != "place" else None,
        with_others=beside,
        leans=leans,
        inherits=is_accompanied(act) or added,
        hosts=tuple(name_of(sentence, row, phrase) for phrase in host_phrases(row, act, before)),
        again=says_again(act),
        opens=act.verb.name in publishing.INTRANSITIVE and act.voice not in ("passive", "reduced"),
        shown=act.tense == "done" and not says_again(act) and (act.verb.need == "place" or act.form == "state"),
    )


def _fitting(
    row: Sequence[Chunk], act: Act, region: Region, where: tuple[Place, ...], due: Due | None
) -> tuple[Phrase, ...]:
    """Which of the phrases an act can promise, with those that are named beside them."""
    phrases = tuple(phrase for phrase in region.phrases if fits(row, act, phrase, where, due))
    if not phrases or len(phrases) == len(region.phrases):
        return phrases
    return tuple(one for one in region.phrases if one in phrases or may_join(row, one))


def _says(name: Name) -> bool:
    """Whether a name names something, or goes back to what does."""
    return bool(name.words) or name.back in ("pronoun", "gap")


def _is_there(row: Sequence[Chunk], act: Act, before: Act | None, end: int) -> bool:
    """Whether `there` or `added to them` behind an act, or `where` before it, goes back to the place named last."""
    if says_again(act):
        return True
    led = before is not None and any(chunk.low == "where" for chunk in row[before.end : act.start])
    behind = [chunk.low for chunk in row[act.end : end]]
    added = act.verb.name == "add" and behind[:2] in (["to", "it"], ["to", "them"])
    said = added or (act.verb.need == "placed" and "there" in behind)
    return said or (led and act.verb.need in ("placed", "place"))


def _nothing_to_promise(
    row: Sequence[Chunk],
    act: Act,
    region: Region,
    phrases: Sequence[Phrase],
    where: tuple[Place, ...],
    words: str,
    cast: Cast,
) -> str:
    """Why an act leaves nothing to promise: no document, no place where one is put, or somebody's own."""
    if not phrases and not region.shared:
        return "no document is named"
    made = act.verb.name == "make available" and act.tense in ("future", "present")
    if region.shared and act.verb.need in ("place", "placed") and not where and not made:
        return "no place is named"
    own = any([chunk.low for chunk in row[one.start : one.start + 2]] in _THEIR_OWN for one in phrases)
    theirs = own and words and not _is_ours(words) and public_body(words) is None
    told = (
        phrases
        and all(row[one.start].low in _THEIRS for one in phrases)
        and cast.is_outsider(_whose_word(row, act, where, cast))
    )
    printed = not where and not _PRINT.isdisjoint(chunk.low for chunk in row[act.end : act.end + _NEAR])
    return "somebody else publishes it" if theirs or told or (printed and not _is_ours(words)) else ""


def _whose_word(row: Sequence[Chunk], act: Act, where: tuple[Place, ...], cast: Cast) -> str:
    """Who tells what an act is about; of `I understand that its findings will be published`, those whose findings they are."""
    said = reporter(row, act)
    heard = said in _SPEAKER and not where and any(chunk.low in _HEARSAY for chunk in row[: act.start])
    return cast.who("they", ()) if heard else said


def _told_of_others(act: Act, words: str) -> Act:
    """`Statisticians have published a paper`: of what others have done a day must be told, as the speaker's own is new."""
    ours = _is_ours(words)
    told = act.voice == "active" and act.tense == "done" and act.standing == "has been done" and words and not ours
    if told:
        return replace(act, marked=True)
    begun = ours and act.verb.name == "launch" and act.standing == "has been done"
    return replace(act, marked=False) if begun else act


def _is_ours(words: str) -> bool:
    """Whether who acts is the Minister, the department or the Government."""
    return any(word in _OURSELVES for word in words.lower().replace(",", "").split())


def _site(row: Sequence[Chunk], act: Act, where: tuple[Place, ...], start: int, end: int) -> Sequence[Chunk]:
    """Where it is put, if that is a website: also before `on which`, as in `the council's website, on which notices are`."""
    if where:
        return row[start:end] if where == ("web",) else ()
    which = (
        at for at in range(act.start - 1, 1, -1) if row[at].low == "which" and row[at - 1].low in ("on", "in", "at")
    )
    return [chunk for chunk in row[: next(which, 0)] if chunk.place is not None][-1:]


def _on_others_site(row: Sequence[Chunk], cast: Cast) -> bool:
    """`on the council's website`: what is put there is the council's."""
    if any(chunk.place == "web" and " their " in f" {chunk.low} " for chunk in row):
        return True
    if any(
        one.place == "web" and one.low.endswith(" of the") and cast.is_outsider(f"the {two.text}")
        for one, two in pairwise(row)
    ):
        return True
    sites = (owner(chunk.text.split(" ", 1)[-1]) for chunk in row if chunk.place == "web" and " " in chunk.text)
    return any(whose is not None and cast.is_outsider(f"the {whose}") for whose in sites)


def _listing(row: Sequence[Chunk], act: Act) -> Tense | None:
    """`I am publishing today:`, `the following documents will be placed in the Library:` open a list."""
    return act.tense if row[-1].text == ":" else None


def _are_theirs(row: Sequence[Chunk], act: Act, phrases: Sequence[Phrase], cast: Cast) -> bool:
    """`The Committee has reported. Its report will be published`: theirs, where nobody is said to publish it."""
    alone = act.voice != "active" or (act.verb.of_subject and act.verb.name not in publishing.FINDING)
    led = [one.start for one in phrases if row[one.start].low in _THEIRS]
    return alone and len(led) == len(phrases) > 0 and cast.are_theirs(row, led[0])


def _prefixed(name: Name, prefix: str) -> Name:
    if not prefix:
        return name
    bare = prefix.removeprefix("the ").removeprefix("The ")
    return Name(f"{bare} of {name.words}", bare.split()[-1].lower())


def _foreign(name: Name, cast: Cast) -> bool:
    """Whether a document is somebody else's by its name, and so theirs to publish, unless it is we who show it."""
    whose = owner(name.words) or (name.rest.removeprefix("of the ") if name.rest.startswith("of the ") else None)
    return whose is not None and cast.is_outsider(f"the {whose}")
