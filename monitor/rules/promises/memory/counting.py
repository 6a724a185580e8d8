"""Documents that were counted up, so that `the second`, `both` or `each of the three` can go back to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.rules.promises.nouns.coordination import named
from monitor.rules.promises.nouns.ellipsis import ONE
from monitor.rules.promises.nouns.names import Name, filled, is_plural, same_head
from monitor.rules.promises.nouns.naming import name_of
from monitor.rules.promises.nouns.phrases import Phrase, find_phrases, past_ordinal, read_phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.sentences import Sentence
from monitor.rules.promises.words import lexicon

_LONGEST = 6
"""No more documents than this are announced and then told of one by one."""
_ENDS = {"former": 0, "latter": -1, "last": -1}
_SAYS = frozenset(("is", "will", "was"))
_ON = frozenset(("on", "about"))
_CONCERNS = frozenset("concerns covers examines considers treats addresses".split())
"""What one of the documents announced does: `the first concerns weather`."""
THINGS = frozenset(("things", "items"))


class Counting:
    """What one sentence has joined, or announced (`Two papers bear on this.`) and the next have told of one by one."""

    def __init__(self) -> None:
        self._here: list[Name] = []
        self._listed: list[Name] = []
        self._told: list[Name] = []
        self._noun: Name | None = None
        self.wanted = 0
        self._patience = 0
        self.is_stale = False
        self.passed: Name | None = None
        self.completed: tuple[Name, list[Name]] | None = None

    @property
    def listed(self) -> list[Name]:
        """The documents that were counted up last."""
        return self._listed

    @property
    def noun(self) -> Name | None:
        """What was announced, as long as it is being told of: `two studies`."""
        return self._noun if self._patience else None

    @property
    def is_empty(self) -> bool:
        """Whether this sentence has named no document yet."""
        return not self._here

    def note(self, name: Name, *, filled: bool, joined: bool = False) -> None:
        """A document of this sentence, with what was passed over, if it is `joined` to that.

        One `filled` from what was counted takes its place: `two surveys, one of tenants`.
        """
        if joined and self.passed is not None:
            self._here.append(self.passed)
        self.passed = None
        whole = self._here[-1] if self._here else None
        if filled and whole is not None and is_plural(whole.head) and same_head(whole.head, name.head):
            self._here.pop()
        self._here.append(name)
        if len(self._here) > 1:
            self._listed = list(self._here)
            self.is_stale = False

    def end_sentence(self, sentence: Sentence, row: Sequence[Chunk]) -> None:
        """Take from a sentence what it tells of the documents announced, or what it announces itself."""
        self._patience = max(0, self._patience - 1)
        self.completed = None
        if self._patience and self.wanted and self._noun is not None:
            for begin in _clauses(row):
                told = _told(sentence, row, begin, self._noun)
                if told is not None and told.words and len(self._told) < self.wanted:
                    self._told.append(told)
            if len(self._told) == self.wanted:
                self._listed, self.wanted, self.is_stale = self._told, 0, False
                self.completed = (self._noun, self._told)
        number, phrase = _announced(row)
        items = _items(sentence, row, phrase) if phrase is not None else []
        if items and len(items) == number:
            self._listed, self.is_stale = items, False
        elif phrase is not None and len(self._here) < number:
            self._noun, self._told, self.wanted = name_of(sentence.text, row, phrase), [], number
            self._patience = number + 2
        self._here, self.passed = [], None

    def at(self, ordinal: str) -> list[Name]:
        """What `the second` goes back to."""
        at = lexicon.COUNTED.index(ordinal) if ordinal in lexicon.COUNTED else _ENDS.get(ordinal, len(self._listed))
        return [self._listed[at]] if at < len(self._listed) and len(self._listed) > 1 else []


def _clauses(row: Sequence[Chunk]) -> Iterator[int]:
    yield 0
    yield from (at + 1 for at in range(len(row) - 2) if row[at].text == ";" or _opens_member(row, at))


def _opens_member(row: Sequence[Chunk], joint: int) -> bool:
    """Whether `and`, or a comma, is followed by `the other is`: one more of those announced."""
    at = joint + 1 + (row[joint + 1].low == "the")
    joins = row[joint].low == "and" or row[joint].text == ","
    return joins and _is_member(row[at]) and at + 1 < len(row) and row[at + 1].low in _SAYS | _CONCERNS | _ON


def _is_member(chunk: Chunk) -> bool:
    return chunk.low in lexicon.ORDINALS or chunk.low in ("one", "another")


def _announced(row: Sequence[Chunk]) -> tuple[int, Phrase | None]:
    """How many documents a sentence announces, and the phrase that does."""
    for phrase in find_phrases(row, 0, len(row)):
        said = [chunk.low for chunk in row[phrase.start : min(phrase.start + 2, phrase.end)]]
        number = next((lexicon.UNITS.index(word) + 1 for word in said if word in lexicon.UNITS), 0)
        documents = (
            not lexicon.DOCUMENTS.isdisjoint((phrase.head, phrase.head.removesuffix("s"))) or phrase.head in THINGS
        )
        if 1 < number <= _LONGEST and documents and is_plural(phrase.head):
            counted = next(at for at in range(phrase.start, phrase.end) if row[at].low in lexicon.UNITS)
            return number, read_phrase(row, counted, len(row))
    return 0, None


def _items(sentence: Sentence, row: Sequence[Chunk], phrase: Phrase) -> list[Name]:
    """What is counted up in the same breath: `three texts: a statement, a partnership and an agenda`."""
    colon = next((at for at in range(phrase.end, len(row) - 1) if row[at].text == ":"), None)
    return [] if colon is None else [name_of(sentence.text, row, one) for one in named(row, colon + 1, len(row))]


def _told(sentence: Sentence, row: Sequence[Chunk], begin: int, noun: Name | None) -> Name | None:
    """The document that a clause is about: its subject, or what `the second is` says it is."""
    begin += row[begin].low == "and"
    about = _about(sentence, row, begin)
    if about and noun is not None:
        return filled(Name("", "", "gap", rest=about), noun)
    phrase = read_phrase(row, begin, len(row)) if begin < len(row) and _may_tell(row[begin]) else None
    if phrase is None or phrase.is_pronoun() or noun is None:
        return None
    apposed = past_ordinal(row, phrase.start, len(row))
    if apposed > phrase.start and phrase.title is None:
        phrase = read_phrase(row, apposed, len(row)) or phrase
    behind = phrase.end if phrase.head == ONE else begin + 1
    member = phrase.head == ONE or _is_member(row[begin])
    if member and phrase.title is None and behind + 1 < len(row) and row[behind].low in _SAYS:
        told = behind + 1 + (row[behind + 1].low == "be")
        meant = told < len(row) and (row[told].kind == "title" or row[told].low in lexicon.DETERMINERS)
        phrase = (read_phrase(row, told, len(row)) if meant else None) or phrase
    elif (member and phrase.title is None) or not (member or _may_be_paper(row, phrase)):
        return None
    return name_of(sentence.text, row, phrase)


def _about(sentence: Sentence, row: Sequence[Chunk], begin: int) -> str:
    """`on disease`, where a clause says no more of one of those announced: `the second is on disease`, `one covers disease`."""
    at = begin + (begin < len(row) and row[begin].low == "the")
    if at + 2 >= len(row) or not _is_member(row[at]):
        return ""
    at += 1 + (row[at + 1].low in lexicon.BE)
    about = read_phrase(row, at + 1, len(row)) if at + 1 < len(row) else None
    if about is None or row[at].low not in _ON | _CONCERNS:
        return ""
    return f"on {sentence.text[row[about.start].start : row[about.end - 1].end]}"


def _may_be_paper(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """Whether a subject can be a document: by its noun, or by a name in capitals, and not `Companies have`."""
    return phrase.is_document() or any(chunk.is_name for chunk in row[phrase.start + 1 : phrase.end])


def _may_tell(chunk: Chunk) -> bool:
    return chunk.kind == "title" or chunk.low in lexicon.DETERMINERS or chunk.is_name
