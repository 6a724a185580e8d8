"""What a document is called, and which earlier document a short name or a pronoun goes back to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.rules.promises import lexicon, publishing
from monitor.rules.promises.chunks import Chunk
from monitor.rules.promises.phrases import Phrase, read_phrase
from monitor.rules.promises.tenses import AUXILIARIES
from monitor.text import tokens

_LITTLE = frozenset(
    "a an the of on and or for to in with by at from as its our his her their this that these"
    " those my into copy copies"
    " text full both which is are be it".split()
)
_EDGES = re.compile(
    r"^[\s\"'\u201c\u201d\u2018\u2019(\[,;:\u2013\u2014-]+|[\s\"\u201c\u201d\u2018(\[,;:.\u2013\u2014-]+$"
)
_TAIL = re.compile(r",?\s+(?:in full|in draft|for comment|for consultation|to Parliament|as well|too)$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_EDITION = frozenset(
    (
        "interim final draft initial full updated revised first second third fourth annual further"
        " preliminary provisional"
    ).split()
)
_PLAIN = frozenset("full new whole complete completed finished promised forthcoming same said present".split())
_PUBLISHED = frozenset(form for verb in publishing.VERBS for form in (verb.plain, verb.third, verb.ing, *verb.past))
_OWN = frozenset("its their my our his her your".split())
_SUBJECTS = frozenset("on into about concerning regarding of".split())
_LONGEST_CLAUSE = 12
_TELLING = frozenset(
    "setting showing providing giving listing summarising explaining describing containing outlining".split()
)
_GENERAL = frozenset("document documents paper papers publication publications text version versions".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A document's name as the statement gives it: its words, its head noun, and how it points back, if it does.

    `back` is `pronoun` (it, a copy), `short` (the report, that plan) or `none`; `plural` where several are meant.
    """

    words: str
    head: str
    back: str = "none"
    plural: bool = False


@lru_cache(maxsize=4096)
def content_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others: little words out, a plural s off."""
    words = (token.word for token in tokens(name))
    return frozenset(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in words
        if word not in _LITTLE
    )


def likeness(one: str, other: str) -> float:
    """How much two names share, from 0 to 1: the harmonic mean of both shares."""
    a, b = content_words(one), content_words(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def name_of(sentence: str, row: Sequence[Chunk], phrase: Phrase) -> Name:
    """The name that a noun phrase gives."""
    if phrase.title is not None and not _titles_another(row, phrase):
        return Name(tidy(row[phrase.title].text), phrase.head)
    start = skip_copies(row, phrase.start, phrase.end)
    if start >= phrase.end:
        return Name("", phrase.head, "pronoun", row[phrase.start].low == "copies")
    first = row[start]
    if phrase.is_pronoun() and phrase.end - start == 3:
        return Name("", "", "pronoun", True)
    if (first.low in lexicon.PRONOUNS or first.low == "one" or phrase.is_pronoun()) and phrase.end - start == 1:
        return Name("", "", "pronoun", first.low in ("they", "these", "both", "them", "all"))
    if all(chunk.low in lexicon.DETERMINERS for chunk in row[start : phrase.end]):
        return Name("", "", "none" if first.low in _OWN else "pronoun", True)
    back = first.low in lexicon.DEMONSTRATIVES
    both = first.low == "both"
    while start < phrase.end - 1 and (
        row[start].low in lexicon.DETERMINERS
        or row[start].low in lexicon.ADVERBS
        or row[start].low == "own"
        or row[start].kind == "time"
    ):
        start += 1
    end = _limited_end(row, phrase.end) if phrase.end - start == 1 else phrase.end
    end = end if end == phrase.end or end > start + 1 else phrase.end
    words = tidy(_ASIDE.sub("", sentence[row[start].start : row[end - 1].end]))
    words += _resumed(sentence, row, phrase)
    short = (
        back and end == phrase.end and phrase.end - start <= 2 and not (row[start].is_name and phrase.end - start > 1)
    )
    plural = both or (
        phrase.head.endswith("s") and phrase.head in ("documents", "papers", "reports", "publications", "versions")
    )
    return Name(words, phrase.head, "short" if short else "none", plural)


def _resumed(sentence: str, row: Sequence[Chunk], phrase: Phrase) -> str:
    """What goes on with a name behind a time, a place or a comma: `a consultation today | on the future of ferries`."""
    at = phrase.end
    while at < len(row) and row[at].kind in ("time", "place"):
        at += 1
    if at == phrase.end and at + 2 < len(row) and row[at].text == "," and row[at + 1].low in ("on", "into", "about"):
        at += row[at + 2].low not in lexicon.RELATIVES
    inside = any(chunk.low in lexicon.PREPOSITIONS for chunk in row[phrase.start : phrase.end])
    if (
        at == phrase.end
        or at + 1 >= len(row)
        or row[at].low not in _SUBJECTS
        or (inside and row[phrase.start + 1].low != "call")
    ):
        return ""
    if phrase.head not in lexicon.DOCUMENTS:
        return ""
    further = read_phrase(row, at + 1, len(row))
    return "" if further is None else f" {sentence[row[at].start : row[further.end - 1].end]}"


def _limited_end(row: Sequence[Chunk], end: int) -> int:
    """Past a clause that says which is meant, behind a bare noun: `the responses | which employers gave to the survey`."""
    at = end + 1
    if at >= len(row) or row[at].kind != "word":
        return end
    if row[end].low in _TELLING:
        return _clause_end(row, at)
    if row[end].low not in ("which", "that") or row[at].low in AUXILIARIES:
        return end
    stop = at + 1
    while stop < min(len(row), at + _LONGEST_CLAUSE) and row[stop].kind == "word":
        if row[stop].low in AUXILIARIES and stop > at + 1:
            break
        stop += 1
    words = {chunk.low for chunk in row[at:stop]}
    return stop if stop - at > 2 and not words & _PUBLISHED else end


def _clause_end(row: Sequence[Chunk], at: int) -> int:
    """Where a clause that tells what a bare `document` or `table` is about comes to a comma, a time or a place."""
    while at < len(row) and row[at].kind in ("word", "aside", "title"):
        at += 1
    return at


def _titles_another(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """`the response to the consultation, "Open Doors"`: the title is that of what it answers, not its own."""
    if phrase.title is None or phrase.head not in lexicon.ANSWERS:
        return False
    words = [chunk.low for chunk in row[phrase.start : phrase.title] if chunk.kind == "word"]
    if not words or words[-1] in lexicon.NAMING:
        return bool(words) and any(word in lexicon.ASKED for word in words)
    return words[-1] in ("to", "on", "of", "for") or (
        any(word in lexicon.ASKED for word in words) and bool(lexicon.PREPOSITIONS & set(words))
    )


def skip_copies(row: Sequence[Chunk], start: int, end: int) -> int:
    """Past `a copy of`, `full copies of both`: where the document itself is named; `end` where it is not."""
    for index in range(start, min(start + 4, end)):
        if row[index].low in lexicon.COPIES or row[index].low == "publication":
            behind = index + 1
            while behind < end and row[behind].kind in ("aside", "time", "place"):
                behind += 1
            return behind + 1 if behind < end and row[behind].low == "of" else end
    return start


def tidy(words: str) -> str:
    """A name without the marks around it."""
    return _EDGES.sub("", _TAIL.sub("", " ".join(words.split())))


def same_head(one: str, other: str) -> bool:
    """Whether two head nouns are one, singular or plural."""
    return one.removesuffix("s") == other.removesuffix("s") and one != ""


def is_plural(head: str) -> bool:
    """Whether a head noun means several: `reports`, not `analysis`."""
    return head.endswith("s") and not head.endswith(("ss", "is", "us", "series"))


def is_general(head: str) -> bool:
    """Whether a head noun stands for any document: `the document`."""
    return head in _GENERAL


def same_document(one: Name, other: Name) -> bool:
    """Whether two names, neither a pronoun, are of one document. An interim report is not the final one."""
    a, b = content_words(one.words), content_words(other.words)
    if (a & _EDITION) != (b & _EDITION) and a & _EDITION and b & _EDITION:
        return False
    if a == b:
        return True
    return likeness(one.words, other.words) >= 0.75 or (
        same_head(one.head, other.head) and (a <= b or b <= a) and min(len(a), len(b)) > 1
    )


def adds_nothing(name: Name, earlier: Name) -> bool:
    """Whether a short name says no more than the earlier one: `the final report` is not `their discovery report`."""
    own = content_words(name.words) - _PLAIN
    return own <= content_words(earlier.words) | content_words(name.head)


def fullest(name: Name, mentions: Iterable[Name]) -> Name:
    """The name that a short one goes back to: the latest longer mention with the same head; itself where there is none."""
    own = content_words(name.words)
    for mention in mentions:
        others = content_words(mention.words)
        if is_general(name.head) and len(own) > 1 and own - content_words(name.head) <= others:
            return mention
        if same_head(mention.head, name.head) and own < others:
            return mention
    return name


def version_of(name: Name, mentions: Iterable[Name]) -> Name:
    """`the final version` by the name of what it is a version of; any other name as it is."""
    words = name.words.split()
    if (
        name.back != "short"
        or len(words) != 2
        or not name.head.startswith("version")
        or words[0].lower() not in _EDITION
    ):
        return name
    whole = next((mention for mention in mentions if mention.words and not mention.head.startswith("version")), None)
    if whole is None:
        return name
    bare = " ".join(word for word in whole.words.split() if word.lower() not in _EDITION)
    return Name(f"{name.words} of the {bare}", whole.head)
