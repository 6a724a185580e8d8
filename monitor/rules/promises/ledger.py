"""The memory of one statement: which documents were spoken of, which are promised, and what a pronoun goes back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.model.promise import Place, PromiseDraft
from monitor.rules.promises import lexicon
from monitor.rules.promises.appositions import settle
from monitor.rules.promises.chunks import Chunk, cut_chunks
from monitor.rules.promises.clauses import Claim, read_claims
from monitor.rules.promises.due import Due
from monitor.rules.promises.inversions import read_inversion
from monitor.rules.promises.links import LinkedSpan, is_linked
from monitor.rules.promises.lists import names_nothing, opens_list, opens_with_papers, read_item
from monitor.rules.promises.naming import (
    Name,
    adds_nothing,
    fullest,
    is_general,
    likeness,
    name_of,
    same_document,
    same_head,
    version_of,
)
from monitor.rules.promises.objects import hung_papers
from monitor.rules.promises.phrases import Phrase, find_phrases
from monitor.rules.promises.sentences import Sentence

_OF_TWO = {"former": 0, "latter": -1}
_PLACES: tuple[Place, ...] = ("gov.uk", "web", "libraries", "laid")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the statement: its name, and the promise of it, if there is one; `linked` once its page was given."""

    name: Name
    draft: PromiseDraft | None
    linked: bool = False


class Ledger:
    """Reads a statement's sentences in order. Give it each once, then ask for the drafts."""

    def __init__(self, text: str, made_on: date) -> None:
        self._lines = text.split("\n")
        self._made_on = made_on
        self._entries: list[Entry] = []
        self._latest: list[int] = []
        self._mentions: list[Name] = []
        self._fresh: tuple[Sentence | None, list[Name]] = (None, [])
        self._last_day: Due | None = None
        self._list: tuple[Sentence, Claim] | None = None

    def drafts(self) -> tuple[PromiseDraft, ...]:
        """The promises found so far, in the order the statement makes them."""
        return tuple(entry.draft for entry in self._entries if entry.draft is not None and not entry.linked)

    @property
    def in_list(self) -> bool:
        """Whether a list is open, so that rows of a table are read too."""
        return self._list is not None

    def read(self, sentence: Sentence, links: Sequence[LinkedSpan]) -> None:
        """Take in one sentence and the links that stand in it."""
        row = settle(sentence.text, cut_chunks(sentence.text, self._made_on))
        self._note_links(sentence, links)
        claims = [] if sentence.kind == "row" else list(read_claims(sentence.text, row))
        opened = opens_list(sentence, claims)
        if not any(claim.tense for claim in claims) and self._take_item(sentence, row, links):
            return
        if opened is not None or sentence.kind not in ("item", "row"):
            self._list = None if opened is None else (sentence, opened)
        if opened is not None:
            claims = [claim for claim in claims if not all(names_nothing(name) for name in claim.names)]
        here: list[int] = []
        read = 0
        for claim in claims:
            self._remember(sentence, row, read, claim.start)
            read = max(read, claim.start)
            here = self._take(sentence, claim, here, links) or here
        if here:
            self._latest = here
            self._fresh = (sentence, [])
        self._take_elliptic(sentence, row, claims, here, links)
        self._remember(sentence, row, read, len(sentence.text))

    def read_heading(self, sentence: Sentence) -> None:
        """`Documents published today` over a bare list opens it; every other heading ends the list before."""
        words = sentence.text.rstrip(" :") + ":"
        row = settle(words, cut_chunks(words, self._made_on))
        heading = replace(sentence, text=words)
        claims = [replace(claim, tense=claim.tense or claim.listing) for claim in read_claims(words, row)]
        opened = opens_list(heading, claims) if opens_with_papers(row) else None
        self._list = None if opened is None else (sentence, opened)

    def _take_elliptic(
        self,
        sentence: Sentence,
        row: Sequence[Chunk],
        claims: list[Claim],
        here: list[int],
        links: Sequence[LinkedSpan],
    ) -> None:
        """`So too will the assessment`, and the items of a list whose opening words said `I am publishing:`."""
        last = self._entries[(here or self._latest)[-1]].draft if here or self._latest else None
        inverted = read_inversion(sentence.text, row)
        if inverted is not None and last is not None and bool(here) == bool(claims):
            due = Due(last.due_text or "", 0, 0, "span", last.due_from or self._made_on, last.due_by)
            claim = Claim(
                (inverted,),
                False,
                tuple(p for p in last.where if p != "none"),
                due,
                "future",
                "",
                None,
                0,
                len(sentence.text),
            )
            self._latest = self._take(sentence, claim, [], links) or self._latest

    def _take_item(self, sentence: Sentence, row: Sequence[Chunk], links: Sequence[LinkedSpan]) -> bool:
        """Enter a line of the list that is open, if there is one and this is of it."""
        if self._list is None:
            return False
        opening, claim = self._list
        item = read_item(sentence, row, claim)
        if item is not None:
            self._take(self._passage(opening, sentence), item, [], links)
        return item is not None

    def _take(self, sentence: Sentence, claim: Claim, here: list[int], links: Sequence[LinkedSpan]) -> list[int]:
        """Enter a claim; the documents it is about, by their number."""
        day = self._day(claim)
        if day is not None and day.sort == "span" and day.first == day.last:
            self._last_day = day
        numbers = [number for name in claim.names for number in self._find(name, claim, here)]
        if claim.shared and not claim.names:
            numbers = here
        if claim.tense is None:
            return numbers
        for number in numbers:
            entry = self._entries[number]
            linked = entry.linked or is_linked(entry.name.words, sentence.text, links)
            draft = self._draft(sentence, replace(claim, due=day), entry)
            self._entries[number] = replace(entry, draft=draft, linked=linked)
        return numbers

    def _day(self, claim: Claim) -> Due | None:
        """The claim's time; `that same day` is the day last named, and what accompanies a document comes out with it."""
        due = claim.due
        if due is not None and due.sort == "same" and "time" not in due.text:
            return self._last_day or due
        if claim.with_others or (due is not None and due.sort == "same"):
            last = self._entries[self._latest[-1]].draft if self._latest else None
            if last is not None and last.due_from is not None:
                return Due(last.due_text or "", 0, 0, "span" if last.due_by else "open", last.due_from, last.due_by)
        return due

    def _find(self, name: Name, claim: Claim, here: list[int]) -> Iterator[int]:
        """The entries a name goes back to; a new one where it goes back to none."""
        if name.words.lower() in _OF_TWO:
            pair = self._antecedents(replace(name, plural=True), here)
            yield from pair[_OF_TWO[name.words.lower()] :][:1]
            return
        if name.back == "pronoun":
            yield from self._antecedents(name, here)
            return
        if name.back == "short":
            name = fullest(name, reversed(self._mentions))
            general = is_general(name.head) and len(name.words.split()) == 1
            if general and (here or self._latest or self._fresh[1]):
                yield from self._antecedents(name, here)
                return
        name = version_of(name, reversed(self._mentions))
        for number in range(len(self._entries) - 1, -1, -1):
            entry = self._entries[number]
            if self._same(entry, name) and not self._another_time(entry, claim):
                yield number
                return
        self._entries.append(Entry(name, None))
        yield len(self._entries) - 1

    def _number_of(self, mention: Name) -> list[int]:
        """The entry of a document that was mentioned; a new one where it has none."""
        name = fullest(mention, reversed(self._mentions)) if mention.back == "short" else mention
        known = [number for number, entry in enumerate(self._entries) if self._same(entry, name)]
        if known:
            return known[-1:]
        self._entries.append(Entry(name, None))
        return [len(self._entries) - 1]

    def _same(self, entry: Entry, name: Name) -> bool:
        if name.back == "short" and same_head(entry.name.head, name.head) and adds_nothing(name, entry.name):
            return True
        return same_document(entry.name, name)

    def _another_time(self, entry: Entry, claim: Claim) -> bool:
        """Whether the same document is promised again for other days: that is another promise."""
        draft, due = entry.draft, claim.due
        if draft is None or due is None or due.sort != "span" or claim.tense is None or draft.due_from is None:
            return False
        return draft.due_by is not None and due.first > draft.due_by

    def _antecedents(self, name: Name, here: list[int]) -> list[int]:
        """What a pronoun goes back to: a document of this sentence, one spoken of since, or the one promised last."""
        fresh = [] if here else self._fresh[1]
        known = here or [number for mention in fresh for number in self._number_of(mention)] or self._latest
        if known:
            return known if name.plural else known[:1]
        wanted = 2 if name.plural else 1
        numbers: list[int] = []
        for mention in self._mentions[-wanted:]:
            self._entries.append(Entry(mention, None))
            numbers.append(len(self._entries) - 1)
        return numbers

    def _draft(self, sentence: Sentence, claim: Claim, entry: Entry) -> PromiseDraft:
        new = self._new_draft(sentence, claim, entry)
        old = entry.draft
        if old is None:
            return new
        where = tuple(place for place in _PLACES if place in {*old.where, *new.where}) or ("none",)
        also = old.also if sentence.text in (old.quote, *old.also) else (*old.also, sentence.text)
        later = old.due_text is None and new.due_text is not None and (new.due_by is not None or old.due_by is None)
        closed = old.due_by is None and new.due_by is not None and (new.tense == "future" or old.due_text is None)
        if later or closed:
            return replace(old, where=where, also=also, due_text=new.due_text, due_from=new.due_from, due_by=new.due_by)
        return replace(old, where=where, also=also)

    def _new_draft(self, sentence: Sentence, claim: Claim, entry: Entry) -> PromiseDraft:
        due, tense = claim.due, claim.tense or "future"
        first = due.first if due is not None else self._made_on
        last = due.last if due is not None else (None if tense == "future" else self._made_on)
        if tense != "future" and (due is None or due.sort == "open"):
            first = last = self._made_on
        evidence = f"{tense}: {sentence.text[claim.start : claim.end]}"
        return PromiseDraft(
            quote=sentence.text, expected=entry.name.words, where=claim.where or ("none",), due_text=due.text if due else None,
            due_from=first, due_by=last, tense=tense, block=sentence.block, publisher=claim.publisher, evidence=evidence,
        )  # fmt: skip

    def _passage(self, opening: Sentence, item: Sentence) -> Sentence:
        """A list from its opening words to one of its items, as it stands in the text."""
        lines = list(self._lines[opening.block : item.block + 1])
        lines[-1] = lines[-1][: item.start + len(item.text)]
        lines[0] = lines[0][opening.start :]
        return replace(opening, text="\n".join(lines))

    def _note_links(self, sentence: Sentence, links: Sequence[LinkedSpan]) -> None:
        for link in links:
            for number, entry in enumerate(self._entries):
                if link.words and likeness(" ".join(link.words), entry.name.words) >= 0.6:
                    self._entries[number] = replace(entry, linked=True)
            if len(link.words) > 1:
                name = Name(sentence.text[link.start : link.end], "")
                self._entries.append(Entry(name, None, linked=True))

    def _remember(self, sentence: Sentence, row: Sequence[Chunk], start: int, end: int) -> None:
        """Keep in mind the documents named between two places of a sentence, for what goes back to them."""
        for phrase in find_phrases(row, 0, len(row)):
            if not start <= row[phrase.start].start < end:
                continue
            for paper in (phrase,) if phrase.is_document() else hung_papers(row, phrase):
                self._mention(sentence, row, paper)

    def _mention(self, sentence: Sentence, row: Sequence[Chunk], paper: Phrase) -> None:
        name = name_of(sentence.text, row, paper)
        if name.back == "pronoun" or not name.words:
            return
        self._mentions.append(name)
        if not _goes_on(row) and (paper.title is not None or paper.head not in lexicon.WEAK_DOCUMENTS):
            self._fresh = (sentence, [*(self._fresh[1] if self._fresh[0] is sentence else []), name])


def _goes_on(row: Sequence[Chunk]) -> bool:
    """Whether a sentence goes on about what was spoken of: `It makes twelve recommendations`, not `It is clear that`."""
    follower = row[1].low if len(row) > 1 else ""
    return row[0].low in ("it", "they") and follower not in ("is", "was", "will", "has")
