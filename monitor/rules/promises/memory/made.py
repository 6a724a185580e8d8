"""What somebody has put into words (`has agreed a set of arrangements`): a document, whatever its noun is."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.nouns.phrases import Phrase, find_phrases
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.tenses import AUXILIARIES

_MADE = frozenset(
    "drafted written compiled drawn prepared agreed settled completed finished assembled devised composed wrote drew".split()
)
_PERSONS = frozenset("deal lot much book people experts officials ministers groups teams staff".split())


def made_things(row: Sequence[Chunk]) -> list[Phrase]:
    """The subject of a passive verb of making, or what is new behind an active one."""
    at = next((index for index in range(1, len(row)) if row[index].low in _MADE), None)
    if at is None:
        return []
    passive = any(chunk.low in lexicon.BE for chunk in row[max(0, at - 3) : at])
    found = [one for one in find_phrases(row, 0, len(row)) if _can_be_text(one)]
    if passive:
        return [one for one in found if one.end <= at and not _crosses_verb(row, one.end, at)][:1]
    return [one for one in found if one.start > at and row[one.start].low in ("a", "an", "some", "its", "their")][:1]


def _can_be_text(phrase: Phrase) -> bool:
    plain = phrase.head not in lexicon.NO_DOCUMENTS and phrase.head not in _PERSONS
    return plain and not phrase.is_pronoun() and not phrase.is_elliptic()


def _crosses_verb(row: Sequence[Chunk], start: int, end: int) -> bool:
    """Whether another verb, or a comma, stands between a subject and its verb."""
    return any(chunk.text == "," for chunk in row[start:end]) or all(
        chunk.low not in AUXILIARIES for chunk in row[start : start + 1]
    )
