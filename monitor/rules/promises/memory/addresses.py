"""The addresses that a statement gives, and which of its documents stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model.promise import PromiseDraft
from monitor.rules.promises.memory.entries import Entry
from monitor.rules.promises.memory.links import LinkedSpan, names_another
from monitor.rules.promises.nouns.names import Name, content_words, likeness, own_words
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.sentences import Sentence
from monitor.rules.promises.words.kinds import SIDE, kinds_of

_ALIKE = 0.6
_EDITIONS = frozenset(
    "interim final draft initial revised updated refreshed provisional preliminary further new".split()
)
_APART = SIDE | {"response"}
"""Kinds that have pages beside that of their document: an address is theirs only if it says so."""


class Addresses:
    """What the addresses of a statement say of themselves: `www.gov.uk/government/publications/canals-a-plan-for-renewal`."""

    def __init__(self) -> None:
        self._slugs: list[frozenset[str]] = []

    def note(self, links: Sequence[LinkedSpan]) -> None:
        """Keep in mind what the addresses of a sentence are of."""
        self._slugs += [link.slug for link in links if len(link.slug) > 1]

    def have(self, draft: PromiseDraft) -> bool:
        """Whether one is that of a document which is out; what is still to come has none."""
        return draft.tense != "future" and any(_is_of(slug, draft.expected) for slug in self._slugs)


def _is_of(slug: frozenset[str], name: str) -> bool:
    words = content_words(name)
    if (
        own_words(name).isdisjoint(slug)
        or (words & _EDITIONS) - slug
        or (kinds_of(name) & _APART) - kinds_of(" ".join(slug))
    ):
        return False
    return 2 * len(words & slug) >= _ALIKE * (len(words) + len(slug))


def is_bare(row: Sequence[Chunk]) -> bool:
    """Whether a line is nothing but an address."""
    kinds = {chunk.kind for chunk in row}
    return "address" in kinds and kinds <= {"address", "mark"}


def points_on(sentence: Sentence) -> bool:
    """Whether the address of what a sentence speaks of stands in the line below: `The paper can be found at:`."""
    return sentence.text.rstrip().endswith((":", " at", " here"))


def linked_by(entries: Sequence[Entry], recent: Sequence[int], links: Sequence[LinkedSpan]) -> Iterator[int]:
    """The numbers of the documents that a link names."""
    named = [link for link in links if link.words]
    return (number for number in recent if any(_is_named(link, entries[number].name.words) for link in named))


def _is_named(link: LinkedSpan, name: str) -> bool:
    return likeness(" ".join(link.words), name) >= _ALIKE and not names_another(link, name)


def named_by(sentence: Sentence, links: Sequence[LinkedSpan]) -> list[Entry]:
    """The documents that the links of a sentence name themselves."""
    return [
        Entry(Name(sentence.text[link.start : link.end], ""), None, linked=True)
        for link in links
        if len(link.words) > 1
    ]
