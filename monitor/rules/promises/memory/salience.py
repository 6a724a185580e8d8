"""How a document stands in its sentence, and so how ready a pronoun is to take it up: as its subject, in passing, not at all."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.nouns.names import is_plural
from monitor.rules.promises.nouns.phrases import Phrase
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs
from monitor.rules.promises.words import lexicon

PASSING, WEAK, STRONG = 0, 1, 2
"""How ready a pronoun is to take a mention up: named in passing, by a noun that may mean something else, or a document."""
_BESIDE = frozenset("with under since until despite per".split())
"""What a document stands behind where a sentence is about another: `within a year, under the protocol`."""
_MANY = frozenset("men women people children police".split())
_MEASURES = frozenset(
    "days weeks months years hours minutes pages miles pounds times houses nights members departments places parts".split()
)
"""What is counted where nothing goes on counting it."""
_NONE = frozenset("no neither nor".split())
"""What is named under one of these is not there."""
_PARTS = frozenset("chapter chapters page pages clauses".split())


def rank_of(row: Sequence[Chunk], paper: Phrase, made: bool, promised: bool) -> int:
    """How ready a pronoun is to take this up; `made` if it was just put into words, `promised` once any document was."""
    beside = (
        (promised and (paper.head in lexicon.CONTENTS or _trails(row, paper)))
        or paper.head in _PARTS
        or _goes_on(row)
        or _leads_up(row, paper)
    )
    if beside:
        return PASSING
    alone = leads(row, paper) and not any(finite_verbs(row, 0, len(row)))  # a line of a list, or of a heading
    return STRONG if alone or is_strong(paper) else WEAK if made or leads(row, paper) else PASSING


def is_strong(paper: Phrase) -> bool:
    """Whether its noun, or its title, can only be a document's."""
    return paper.title is not None or paper.head not in lexicon.WEAK_DOCUMENTS


def stands_behind(row: Sequence[Chunk], paper: Phrase) -> bool:
    """Whether a sentence that is about another document names this one: `within a year, under the protocol`."""
    return paper.start > 0 and row[paper.start - 1].low in _BESIDE and paper.title is None


def is_adverbial(row: Sequence[Chunk], paper: Phrase) -> bool:
    """Whether a document's noun says how something is done: `in draft`, `chapter by chapter`."""
    bare = paper.start > 0 and row[paper.start - 1].low == "in" and paper.end - paper.start == 1
    return bare or _by_each(row, paper) or row[paper.start].low[0].isdigit()


def _by_each(row: Sequence[Chunk], paper: Phrase) -> bool:
    """`chapter by chapter`, which says how, and names none."""
    words = [chunk.low for chunk in row[paper.start : paper.end]]
    return len(words) == 3 and words[1] == "by" and words[0] == words[2]


def joins(chunk: Chunk) -> bool:
    """Whether this stands between documents that are spoken of together."""
    return chunk.text == "," or chunk.low in ("and", "both", "nor", "or")


def leads(row: Sequence[Chunk], paper: Phrase) -> bool:
    """Whether a sentence begins with this."""
    return all(chunk.kind in ("time", "mark") or chunk.low in lexicon.ADVERBS for chunk in row[: paper.start])


def is_described(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """Whether what is named is none, or only described: what `the second is` comes behind it, and is its name."""
    if row[phrase.start].low in _NONE or (phrase.start and row[phrase.start - 1].low == "as" and _is_one(row, phrase)):
        return True  # `it has no force as a treaty`
    if phrase.is_elliptic() and phrase.start and row[phrase.start - 1].low in lexicon.BE:
        return True  # `hers is the first to deal with noise`
    behind = row[phrase.end : phrase.end + 2]
    said = len(behind) > 1 and behind[0].low in ("is", "are") and behind[1].low in lexicon.DETERMINERS
    return phrase.is_elliptic() and phrase.title is None and said


def _is_one(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """Whether that says what something counts as: `no force as a treaty`; what is `bound as a set` is one."""
    led = row[phrase.start - 2].low if phrase.start > 1 else ""
    made = led.endswith("ed") or led in lexicon.DONE_WORDS
    return row[phrase.start].low in ("a", "an") and phrase.title is None and not made


def is_counted(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """Whether these are things that a number may go on counting, and no documents: `Three licences`, `Orders for ships`."""
    first = [chunk.low for chunk in row[phrase.start : phrase.start + 2]]
    series = first[-1] in lexicon.ORDINALS and is_plural(phrase.head)
    counted = first[0] in lexicon.NUMBER_WORDS or (phrase.head in lexicon.NO_DOCUMENTS and leads(row, phrase))
    many = is_plural(phrase.head) or phrase.head in _MANY
    return series or (counted and many and phrase.head not in _MEASURES)


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
    return row[0].low in ("it", "they") and follower not in lexicon.BE | lexicon.HAVE | {"will"}
