"""The documents that a statement speaks of, promised or not: what `it`, `both reports` or `the second` may go back to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from monitor.rules.promises.acts.objects import hung_papers
from monitor.rules.promises.memory.counting import THINGS, Counting
from monitor.rules.promises.memory.made import made_things
from monitor.rules.promises.memory.salience import (
    PASSING,
    STRONG,
    WEAK,
    is_adverbial,
    is_counted,
    is_described,
    is_strong,
    joins,
    rank_of,
    stands_behind,
)
from monitor.rules.promises.nouns.ellipsis import ONE
from monitor.rules.promises.nouns.names import Name, content_words, filled, fullest, is_general, is_plural, same_head
from monitor.rules.promises.nouns.naming import name_of
from monitor.rules.promises.nouns.phrases import Phrase, find_phrases
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.sentences import Sentence
from monitor.rules.promises.words import lexicon

_LONGEST_MEMORY = 80
"""A name goes back no further than so many names: nobody's memory does, and a long statement takes no longer for it."""
_FAR = 4
"""No pronoun goes back over more sentences than this."""
_COUNTERS = lexicon.NUMBER_WORDS | lexicon.ORDINALS
_OF_LAW = frozenset("bill order orders regulations instrument instruments legislation act amendment amendments".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, the sentence it was spoken in, how ready a pronoun is to take it up, whether `and` joins it to the last.

    One that is `counted` (`twelve plans`, `a first draft`) is what a further number counts on from.
    """

    name: Name
    sentence: int
    rank: int
    joined: bool = False
    counted: bool = False


class Mentions:
    """Names in the order they are spoken, and those since the last promise, which a pronoun would take up first."""

    def __init__(self) -> None:
        self._all: deque[Mention] = deque(maxlen=_LONGEST_MEMORY)
        self._since: deque[Mention] = deque(maxlen=_LONGEST_MEMORY)
        self._past: deque[Mention] = deque(maxlen=_LONGEST_MEMORY)
        self._counting = Counting()
        self._sentence = 0
        self._others = -1
        self._of_law = False

    def note(self, sentence: Sentence, row: Sequence[Chunk], start: int, end: int, *, promised: bool) -> None:
        """Keep in mind the documents named between two characters of a sentence; `promised` once any document was."""
        told = 2 if len(row) > 2 and row[0].low in ("this", "it", "these", "they") and row[1].low in lexicon.BE else -1
        made = made_things(row)
        last = len(row)
        for phrase in find_phrases(row, 0, len(row)):
            if phrase.start == told or is_described(row, phrase) or not start <= row[phrase.start].start < end:
                continue
            if not phrase.is_document() and is_counted(row, phrase):
                self._others = self._sentence
            joined = last < phrase.start < last + 4 and all(joins(chunk) for chunk in row[last : phrase.start])
            last = phrase.end
            self._note_joined_pronoun(row, phrase)
            for paper in (phrase,) if phrase.is_document() else hung_papers(row, phrase):
                self._note(sentence, row, paper, promised, phrase in made, joined)
            if phrase in made and not phrase.is_document():
                self._since.append(Mention(name_of(sentence.text, row, phrase), self._sentence, WEAK, joined))

    def _note_joined_pronoun(self, row: Sequence[Chunk], phrase: Phrase) -> None:
        """`it and my reply`: what is joined to a document is one, so `both` goes back to it too."""
        joined = phrase.end < len(row) and row[phrase.end].low == "and"
        if row[phrase.start].low != "it" or not phrase.is_pronoun() or not joined:
            return
        near = (one.name for one in reversed(self._all) if one.sentence >= self._sentence - 1)
        meant = next((name for name in near if not is_plural(name.head)), None)
        if meant is not None:
            self._counting.note(meant, filled=False)
            self._since.append(Mention(meant, self._sentence, STRONG))

    def _note(
        self, sentence: Sentence, row: Sequence[Chunk], paper: Phrase, promised: bool, made: bool, joined: bool
    ) -> None:
        said = name_of(sentence.text, row, paper)
        if said.led == "all":
            return  # `all of these documents` are none but those
        name = self._whole(said)
        if is_adverbial(row, paper) or name.back in ("pronoun", "gap") or not content_words(name.words):
            return
        if stands_behind(row, paper):
            self._all.append(Mention(name, self._sentence, PASSING))
            return
        strong = is_strong(paper)
        rank = rank_of(row, paper, made, promised)
        if strong or rank or joined:
            self._counting.note(name, filled=paper.is_elliptic(), joined=joined)
        else:
            self._counting.passed = name
        counted = any(chunk.low in _COUNTERS for chunk in row[paper.start : paper.start + 2])
        mention = Mention(name, self._sentence, rank, joined, counted)
        if not paper.is_elliptic():
            self._all.append(mention)
        if rank:
            self._since.append(mention)

    def _whole(self, name: Name) -> Name:
        """A name whose noun is left out, or says nothing (`the paper`), by that of the document it goes back to."""
        if name.back == "gap":
            counted = self.counted(name.words.lower()) if not name.rest else []
            host = None if counted else self.host(name)
            return counted[0] if counted else name if host is None else filled(name, host)
        if name.back != "short" or not is_general(name.head) or len(name.words.split()) > 1 or is_plural(name.head):
            return name
        longer = fullest(name, self.latest_first())
        if longer is not name:
            return longer
        meant = [one for one in self._all if one.rank == STRONG and not is_general(one.name.head)]
        near = [one for one in meant if self._sentence - _FAR < one.sentence and not is_plural(one.name.head)]
        return replace(near[-1].name, back="none") if near else name

    def promised_in(self) -> None:
        """From here on a pronoun goes back to what was just promised, until another document is named."""
        self._past.extend(self._since)
        self._since.clear()
        self._counting.is_stale = True

    def end_sentence(self, sentence: Sentence, row: Sequence[Chunk], promised_here: bool) -> None:
        """Note whether the sentence was about a Bill or an order, so that `it` in the next is no document."""
        first = next(find_phrases(row, 0, len(row)), None)
        about = first is not None and first.head in _OF_LAW
        self._of_law = about and not promised_here and self._counting.is_empty
        self._counting.end_sentence(sentence, row)
        self._sentence += 1

    @property
    def is_of_law(self) -> bool:
        """Whether the sentence before was about a Bill, an order or the like, and named no document."""
        return self._of_law

    def fresh(self, plural: bool | None = None, rank: int = STRONG) -> list[Name]:
        """What a pronoun, in the singular or the plural, would take up of what was named since the last promise."""
        return self._taken_up(self._since, plural, rank)

    def nearest(self, count: int) -> list[Name]:
        """The last documents named, one each, if there are so many not long ago."""
        near = [
            one for one in (*self._past, *self._since) if one.rank == STRONG and one.sentence > self._sentence - _FAR
        ]
        here = [one for one in self._all if one.sentence == self._sentence]
        for found in (near, here):
            names = list({one.name.words: one.name for one in found if not is_plural(one.name.head)}.values())
            if len(names) >= count:
                return names[-count:]
        return []

    def before(self, plural: bool) -> list[Name]:
        """What a pronoun of this number would take up of what was named before the last promise."""
        return self._taken_up(self._past, plural, STRONG)

    def _taken_up(self, mentions: Iterable[Mention], plural: bool | None, rank: int) -> list[Name]:
        near = [one for one in mentions if one.rank == rank and one.sentence > self._sentence - _FAR]
        for _, group in groupby(reversed(near), key=lambda one: one.sentence):
            found = _agreeing(list(group)[::-1], plural)
            if found:
                return found
        return []

    def listed(self, count: int) -> list[Name]:
        """The documents counted up last, if there are so many."""
        found = self._counting.listed
        return found if len(found) == count else []

    @property
    def all_listed(self) -> list[Name]:
        """The documents counted up last."""
        return self._counting.listed

    def announced(self, count: int) -> Name | None:
        """What was announced in this number, and never told of one by one: `four papers`."""
        return self._counting.noun if self._counting.wanted == count else None

    @property
    def completed(self) -> tuple[Name, list[Name]] | None:
        """What was announced, and the documents it turned out to be, where this sentence has told of the last of them."""
        return self._counting.completed

    @property
    def is_listed_since(self) -> bool:
        """Whether documents have been counted up since the last promise."""
        return not self._counting.is_stale

    def latest_first(self) -> Iterator[Name]:
        """Every name, the last spoken first."""
        return (one.name for one in reversed(self._all))

    def last(self, count: int) -> list[Name]:
        """The last names, in the order they were spoken; of one, the last in the singular, if there is any."""
        names = [one.name for one in self._all]
        single = [name for name in names if not is_plural(name.head)] if count == 1 else []
        return (single or names)[-count:]

    def counted(self, ordinal: str) -> list[Name]:
        """What `the second` goes back to: one of the documents that were counted up."""
        return self._counting.at(ordinal)

    def host(self, gap: Name) -> Name | None:
        """The name whose noun a phrase without one takes over: what was announced, or the document spoken of last."""
        if self._counting.noun is not None and (not gap.plural or not gap.words):
            return self._counting.noun if self._counting.noun.head not in THINGS else None
        near = [one for one in self._all if one.sentence > self._sentence - _FAR and not _says_nothing(one.name)]
        for rank in (STRONG, WEAK, PASSING):
            for _, group in groupby(reversed(near), key=lambda one: one.sentence):
                found = next((one for one in list(group)[::-1] if one.rank == rank), None)
                if found is not None:
                    if gap.words == ONE and not is_plural(found.name.head):
                        return None
                    known = found.counted or gap.rest or not gap.words
                    return None if self._others >= found.sentence and not known else found.name
        return None

    def siblings(self, name: Name) -> list[Name]:
        """What `both reports` goes back to: the last two documents of that noun."""
        if not name.plural or is_general(name.head):
            return []
        names = [one.name for one in self._all]
        alike = [
            one for one in names if same_head(one.head, name.head) and not is_plural(one.head) and one.back != "short"
        ]
        last = {one.words: one for one in alike[-2:]}
        return list(last.values()) if len(last) > 1 else []


def _agreeing(mentions: Sequence[Mention], plural: bool | None) -> list[Name]:
    """Of one sentence's mentions, what a pronoun of this number means: `it` the first, `they` what is joined or many."""
    names = [one.name for one in mentions]
    if plural is None:
        return names
    if not plural:
        return [name for name in names if not is_plural(name.head)][:1]
    groups: list[list[Name]] = []
    for one in mentions:
        if one.joined and groups:
            groups[-1].append(one.name)
        else:
            groups.append([one.name])
    many = next((group for group in groups if len(group) > 1 or is_plural(group[0].head)), None)
    return many or (names if len(names) > 1 else [])


def _says_nothing(name: Name) -> bool:
    """Whether a name is only `paper` or `version`, and no kind of document."""
    return is_general(name.head) and len(name.words.split()) == 1
