"""The memory of one statement: which documents were spoken of, which are promised, and what a pronoun goes back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from monitor.model.promise import Place, PromiseDraft
from monitor.rules.promises.acts.agents import Cast
from monitor.rules.promises.acts.clauses import Claim, read_claims
from monitor.rules.promises.acts.inversions import read_inversion
from monitor.rules.promises.memory.addresses import Addresses, is_bare, linked_by, named_by, points_on
from monitor.rules.promises.memory.drafts import echoed, is_merely_there, joined, new_draft
from monitor.rules.promises.memory.links import LinkedSpan, is_linked
from monitor.rules.promises.memory.lists import (
    carried,
    carried_on,
    names_nothing,
    opens_list,
    opens_with_papers,
    passage,
    read_item,
)
from monitor.rules.promises.memory.references import References
from monitor.rules.promises.nouns.appositions import settle
from monitor.rules.promises.sentence.chunks import Chunk, cut_chunks
from monitor.rules.promises.sentence.sentences import Sentence
from monitor.rules.promises.times.due import Due, after_day
from monitor.rules.promises.words import lexicon

_SOON = 2
"""So many sentences after a promise, `is also published` goes on with it."""
_UP_TO = ("by ", "before ", "until ")
"""Before `then`: any day up to that is as good."""
_EARLIER = frozenset({"it was done earlier", "it was done before", "stated without a day"})
"""Why a document that merely can be found is none that is promised: it was out before."""


class Ledger:
    """Reads a statement's sentences in order. Give it each once, then ask for the drafts."""

    def __init__(self, text: str, made_on: date) -> None:
        self._lines = text.split("\n")
        self._made_on = made_on
        self._cast = Cast(text)
        self._known = References()
        self._quiet = 0
        self._above: tuple[Chunk, ...] = ()
        self._last_day: Due | None = None
        self._addresses = Addresses()
        self._pointed: list[int] = []
        self._where_said: tuple[Place, ...] = ()
        self._list: tuple[Sentence, Claim] | None = None

    def drafts(self) -> tuple[PromiseDraft, ...]:
        """The promises found so far, in the order the statement makes them."""
        found = (entry.draft for entry in self._known.entries if entry.draft is not None and not entry.linked)
        return tuple(draft for draft in found if not self._addresses.have(draft))

    @property
    def in_list(self) -> bool:
        """Whether a list is open, so that rows of a table are read too."""
        return self._list is not None

    def read(self, sentence: Sentence, links: Sequence[LinkedSpan]) -> None:
        """Take in one sentence and the links that stand in it."""
        row = settle(sentence.text, cut_chunks(sentence.text, self._made_on))
        if sentence.kind == "item":
            row = carried(self._above, row)
        else:
            self._above = carried_on(sentence, row)
        self._note_links(links, sentence)
        if is_bare(row):
            self._link(self._pointed)
            return
        days = [chunk.due for chunk in row if chunk.due is not None and chunk.due.sort == "span"]
        self._last_day = next((day for day in reversed(days) if day.first == day.last), self._last_day)
        claims = [] if sentence.kind == "row" else list(read_claims(sentence.text, row, self._cast, self._there()))
        opened = opens_list(sentence, claims)
        if not any(claim.tense for claim in claims) and self._take_item(sentence, row, links):
            return
        if opened is not None or sentence.kind not in ("item", "row"):
            self._list = None if opened is None else (sentence, opened)
        if opened is not None:
            claims = [claim for claim in claims if not all(names_nothing(name) for name in claim.names)]
        here: list[int] = []
        before = self._known.latest
        read = 0
        for claim in claims:
            self._known.mentions.note(sentence, row, read, claim.named_at, promised=bool(self._known.latest))
            read = max(read, claim.named_at)
            taken = self._take(sentence, claim, here, links)
            if taken:
                here = taken
                self._known.mentions.promised_in()
        self._where_said = next((claim.where for claim in reversed(claims) if claim.where), ())
        self._quiet = 0 if here else self._quiet + 1
        if here:
            self._known.latest = here
        self._take_elliptic(sentence, row, [*before, *here], links)
        if not here:
            self._note_address(sentence, row, links)
        self._known.mentions.note(sentence, row, read, len(sentence.text), promised=bool(self._known.latest))
        self._pointed = (here or self._known.latest) if points_on(sentence) else []
        self._cast.note(row)
        self._known.mentions.end_sentence(sentence, row, promised_here=bool(here))
        self._hand_on(sentence)

    def _hand_on(self, sentence: Sentence) -> None:
        """`I am publishing two papers. One is ...`: what was promised by number is promised by name."""
        announced, names = self._known.mentions.completed or (None, [])
        number = self._known.promised_as(announced) if announced is not None else None
        draft = None if number is None else self._known.entries[number].draft
        if number is None or draft is None:
            return
        self._known.entries[number] = replace(self._known.entries[number], draft=None)
        self._known.latest = self._known.numbers(names)
        for at in self._known.latest:
            whole = replace(draft, expected=self._known.entries[at].name.words, also=(*draft.also, sentence.text))
            entry = self._known.entries[at]
            self._known.entries[at] = replace(entry, draft=entry.draft or whole)

    def _there(self) -> tuple[Place, ...]:
        """Where the document promised last will be: what `there` means."""
        return self._places(self._known.latest)

    def _places(self, numbers: list[int]) -> tuple[Place, ...]:
        last = self._known.entries[numbers[-1]].draft if numbers else None
        return () if last is None else tuple(place for place in last.where if place != "none")

    def read_heading(self, sentence: Sentence) -> None:
        """`Documents published today` over a bare list opens it; every other heading ends the list before."""
        words = sentence.text.rstrip(" :") + ":"
        row = settle(words, cut_chunks(words, self._made_on))
        heading = replace(sentence, text=words)
        claims = [replace(claim, tense=claim.tense or claim.listing) for claim in read_claims(words, row, self._cast)]
        opened = opens_list(heading, claims) if opens_with_papers(row) else None
        self._list = None if opened is None else (sentence, opened)

    def _take_elliptic(
        self,
        sentence: Sentence,
        row: Sequence[Chunk],
        recent: list[int],
        links: Sequence[LinkedSpan],
    ) -> None:
        """`So too will the assessment`, and the items of a list whose opening words said `I am publishing:`."""
        drafts = [draft for number in recent if (draft := self._known.entries[number].draft) is not None]
        inverted = read_inversion(sentence.text, row)
        if inverted is not None and drafts:
            claim = echoed(inverted, drafts[-1], self._made_on, len(sentence.text))
            self._known.latest = self._take(sentence, claim, [], links) or self._known.latest

    def _take_item(self, sentence: Sentence, row: Sequence[Chunk], links: Sequence[LinkedSpan]) -> bool:
        """Enter a line of the list that is open, if there is one and this is of it."""
        if self._list is None:
            return False
        opening, claim = self._list
        item = read_item(sentence, row, claim)
        if item is not None:
            self._take(passage(self._lines, opening, sentence), item, [], links)
        return item is not None

    def _take(self, sentence: Sentence, claim: Claim, here: list[int], links: Sequence[LinkedSpan]) -> list[int]:
        """Enter a claim; the documents it is about, by their number."""
        if claim.again and not claim.where:
            claim = replace(claim, where=self._where_said)
        leaned = self._leaned_on(claim, here)
        if claim.leans and not leaned:
            claim = replace(claim, tense=None, reason="stated without a day")
        beside = self._places(leaned) if claim.inherits else ()
        day = self._day(claim, leaned or here or self._known.latest)
        if day is not None and day.sort == "span" and day.first == day.last:
            self._last_day = day
        numbers = [number for name in claim.names for number in self._known.find(name, claim, here)]
        if claim.opens:
            numbers = [number for number in numbers if self._known.entries[number].name.head in lexicon.CONSULTATIONS]
        if claim.shared:
            spoken = here or (self._known.latest if claim.again and not self._quiet else [])
            numbers = [*spoken, *(number for number in numbers if number not in spoken)]
        if claim.tense is None:
            self._note_earlier(sentence, claim, numbers, links)
            return numbers
        for number in numbers:
            entry = self._known.entries[number]
            if entry.old and claim.shown:
                continue
            linked = entry.linked or is_linked(entry.name.words, sentence.text, links)
            new = new_draft(
                sentence, replace(claim, due=day, where=claim.where or beside), entry.name.words, self._made_on
            )
            draft = new if entry.draft is None else joined(entry.draft, new)
            self._known.entries[number] = replace(entry, draft=draft, linked=linked)
        return numbers

    def _note_earlier(self, sentence: Sentence, claim: Claim, numbers: list[int], links: Sequence[LinkedSpan]) -> None:
        """Of documents that are not promised, keep in mind which have an address here, and which came out before."""
        self._link(one for one in numbers if is_linked(self._known.entries[one].name.words, sentence.text, links))
        for number in numbers if claim.reason in _EARLIER else ():
            entry = self._known.entries[number]
            kept = None if claim.reason == "it was done earlier" and is_merely_there(entry.draft) else entry.draft
            self._known.entries[number] = replace(entry, old=True, draft=kept)

    def _leaned_on(self, claim: Claim, here: list[int]) -> list[int]:
        """The promised documents that a claim says something comes with."""
        if not claim.leans:
            return []
        hosts = [number for host in claim.hosts for number in self._known.find(host, claim, here)]
        recent = here or (self._known.latest if self._quiet < _SOON else [])
        told = [
            number for number in (hosts if claim.hosts else recent) if self._known.entries[number].draft is not None
        ]
        return [number for number in told if not self._known.entries[number].linked]

    def _day(self, claim: Claim, leaned: list[int]) -> Due | None:
        """The claim's time; `that same day` is the day last named, and what accompanies a document comes out with it."""
        due = claim.due
        if due is not None and due.sort == "same" and "time" not in due.text and self._last_day is not None:
            day = after_day(self._last_day, due.text)
            return replace(day, first=self._made_on) if due.text.lower().startswith(_UP_TO) else day
        if claim.with_others or (due is not None and due.sort == "same"):
            last = self._known.entries[leaned[-1]].draft if leaned else None
            if last is not None and last.due_from is not None:
                return Due(last.due_text or "", 0, 0, "span" if last.due_by else "open", last.due_from, last.due_by)
            due = None if claim.tense == "future" and due is not None and due.sort == "same" else due
        return due

    def _note_links(self, links: Sequence[LinkedSpan], sentence: Sentence) -> None:
        self._addresses.note(links)
        self._link(linked_by(self._known.entries, self._known.recent(), links))
        self._known.entries += named_by(sentence, links)

    def _link(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._known.entries[number] = replace(self._known.entries[number], linked=True)

    def _note_address(self, sentence: Sentence, row: Sequence[Chunk], links: Sequence[LinkedSpan]) -> None:
        """`It is at https://...`: the address of the document spoken of last; `the plan is at ...`, of the one named."""
        if all(link.words for link in links):
            return
        if any(chunk.low in ("it", "them", "they", "both", "this", "these") for chunk in row):
            self._link(self._known.latest)
        self._link(self._known.named_in(sentence, row))
