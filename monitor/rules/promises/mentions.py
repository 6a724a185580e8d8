"""The documents that a statement speaks of, promised or not: what `it`, `both reports` or `the second` may go back to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from monitor.rules.promises import lexicon
from monitor.rules.promises.chunks import Chunk
from monitor.rules.promises.naming import Name, content_words, is_general, is_plural, name_of
from monitor.rules.promises.objects import hung_papers
from monitor.rules.promises.phrases import Phrase, find_phrases
from monitor.rules.promises.sentences import Sentence

_LONGEST_MEMORY = 80
"""A name goes back no further than so many names: nobody's memory does, and a long statement takes no longer for it."""
_BESIDE = frozenset("with under since until despite per".split())
"""What a document stands behind where a sentence is about another: `within a year, under the protocol`."""
_OF_LAW = frozenset("bill order orders regulations instrument instruments legislation act amendment amendments".split())


class Mentions:
    """Names in the order they are spoken; `fresh` are those since the last promise that a pronoun would take up."""

    def __init__(self) -> None:
        self._names: deque[Name] = deque(maxlen=_LONGEST_MEMORY)
        self._counting: tuple[Sentence | None, list[Name]] = (None, [])
        self._listed: list[Name] = []
        self._fresh: tuple[Sentence | None, list[Name]] = (None, [])
        self._of_law = False

    def note(self, sentence: Sentence, row: Sequence[Chunk], start: int, end: int, *, promised: bool) -> None:
        """Keep in mind the documents named between two characters of a sentence; `promised` once any document was."""
        told = 2 if len(row) > 2 and row[0].low in ("this", "it", "these", "they") and row[1].low in lexicon.BE else -1
        for phrase in find_phrases(row, 0, len(row)):
            if phrase.start == told or not start <= row[phrase.start].start < end:
                continue
            for paper in (phrase,) if phrase.is_document() else hung_papers(row, phrase):
                self._note(sentence, row, paper, promised)

    def _note(self, sentence: Sentence, row: Sequence[Chunk], paper: Phrase, promised: bool) -> None:
        name = name_of(sentence.text, row, paper)
        led = row[paper.start - 1].low if paper.start else ""
        adverbial = (led == "in" and paper.end - paper.start == 1) or row[paper.start].low[0].isdigit()
        if adverbial or name.back == "pronoun" or not content_words(name.words):
            return
        self._names.append(name)
        if led in _BESIDE:
            return
        self._counting = (sentence, [*(self._counting[1] if self._counting[0] is sentence else []), name])
        if len(self._counting[1]) > 1:
            self._listed = self._counting[1]
        beside = (
            (promised and (paper.head in lexicon.CONTENTS or _trails(row, paper)))
            or _goes_on(row)
            or _leads_up(row, paper)
        )
        if not beside and (paper.title is not None or paper.head not in lexicon.WEAK_DOCUMENTS):
            self._fresh = (sentence, [*(self._fresh[1] if self._fresh[0] is sentence else []), name])

    def promised_in(self, sentence: Sentence) -> None:
        """From here on a pronoun goes back to what this sentence promised, until another document is named."""
        self._fresh = (sentence, [])

    def end_sentence(self, sentence: Sentence, row: Sequence[Chunk], promised_here: bool) -> None:
        """Note whether the sentence was about a Bill or an order, so that `it` in the next is no document."""
        first = next(find_phrases(row, 0, len(row)), None)
        about = first is not None and first.head in _OF_LAW
        self._of_law = about and not promised_here and self._counting[0] is not sentence

    @property
    def is_of_law(self) -> bool:
        """Whether the sentence before was about a Bill, an order or the like, and named no document."""
        return self._of_law

    def fresh(self, plural: bool, every: bool = False) -> list[Name]:
        """What a pronoun in the singular or the plural would take up; `every` one that was counted up, if it says `all`."""
        names = self._fresh[1]
        if every and names and names[-1] in self._listed:
            return self._listed
        if plural:
            return names
        single = [name for name in names if not is_plural(name.head)]
        return single or (names if not any(not is_plural(name.head) for name in self._names) else single)

    def latest_first(self) -> Iterator[Name]:
        """Every name, the last spoken first."""
        return reversed(self._names)

    def last(self, count: int) -> list[Name]:
        """The last names, in the order they were spoken; of one, the last in the singular, if there is any."""
        single = [name for name in self._names if not is_plural(name.head)] if count == 1 else []
        return (single or list(self._names))[-count:]

    def counted(self, ordinal: str) -> list[Name]:
        """What `the second` goes back to: one of the documents that one sentence has counted up."""
        at = lexicon.COUNTED.index(ordinal) if ordinal in lexicon.COUNTED else -1
        return [self._listed[at]] if at < len(self._listed) and len(self._listed) > 1 else []

    def siblings(self, name: Name) -> list[Name]:
        """What `both reports` goes back to: the last two documents of that noun."""
        if not name.plural or is_general(name.head):
            return []
        alike = [one for one in self._names if one.head == name.head.removesuffix("s") and one.back != "short"]
        last = {one.words: one for one in alike[-2:]}
        return list(last.values()) if len(last) > 1 else []


def _leads_up(row: Sequence[Chunk], paper: Phrase) -> bool:
    """Whether a document stands in what leads up to a sentence: `Following questions about the plan, ...`."""
    comma = next((at for at, chunk in enumerate(row) if chunk.text == ","), 0) if row[0].low in lexicon.LEADS else 0
    return paper.start < comma


def _trails(row: Sequence[Chunk], paper: Phrase) -> bool:
    """Whether a document stands in what a participle adds: `an addendum, correcting the map on page 4`."""
    return any(row[at - 1].text == "," and row[at].low.endswith("ing") for at in range(1, paper.start))


def _goes_on(row: Sequence[Chunk]) -> bool:
    """Whether a sentence goes on about what was spoken of: `It makes twelve recommendations`, not `It is clear that`."""
    follower = row[1].low if len(row) > 1 else ""
    return row[0].low in ("it", "they") and follower not in ("is", "was", "will", "has")
