"""Standing queries and documents made from a seed, for measurements: the same words and set phrases in both.

The mixture is chosen so that a watch hears of about one statement in 800, which is once a day or two at the pace of GOV.UK
and Parliament; it is printed with the figures, as everything hangs on it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

from monitor.rules.documents import Facets

PHRASES, COMMON = 600_000, 2_500
QUERIES = {
    "one keyword": 35,
    "keywords": 25,
    "and": 15,
    "and not": 7,
    "or and or": 7,
    "near": 5,
    "prefix": 3,
    "facet": 3,
}
"""Kinds of query and how many of a hundred are of each."""


class World:
    """Words, set phrases, and how often each is used: the same for queries and documents."""

    def __init__(self, seed: int = 1) -> None:
        self.dice = random.Random(seed)
        syllables = [
            a + b for a in "bcdfghjklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "ing", "or", "is")
        ]
        words: dict[str, None] = {}
        while len(words) < 60_000:
            words["".join(self.dice.choices(syllables, k=self.dice.choice((1, 2, 2, 3, 3, 4))))] = None
        self.words = list(words)
        self.often = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.told = list(accumulate(1 / (rank + 2_000) ** 0.5 for rank in range(len(self.words) - 400)))
        sizes = (2, 2, 2, 3, 3, 4)
        self.phrases = [" ".join(self._topical(self.dice.choice(sizes))) for _ in range(PHRASES)]
        self.popular = list(accumulate(1 / (rank + 20_000) for rank in range(PHRASES)))

    def _topical(self, size: int) -> list[str]:
        """Words that phrases are made of: not the 400 commonest."""
        return [self.words[400 + place] for place in self._draw(self.told, size)]

    def _draw(self, weights: list[float], size: int) -> list[int]:
        return self.dice.choices(range(len(weights)), cum_weights=weights, k=size)

    def text(self, words: int) -> str:
        """Paragraphs of some words. Every twelfth begins a set phrase; phrases and rare words are of the document's own
        subjects, so that a long one repeats itself as reports do (33 times the words, 8 times the different ones)."""
        phrases = [self.phrases[place] for place in self._draw(self.popular, 40 + words // 80)]
        rare = [self.words[place] for place in self._draw(self.often, (200 + words // 20) * 4) if place >= COMMON]
        blocks: list[str] = []
        while words > 0:
            size = min(words, self.dice.choice((12, 20, 35, 50, 70, 90)))
            line = [self.words[at] if at < COMMON else self.dice.choice(rare) for at in self._draw(self.often, size)]
            for place in range(0, size, 12):
                phrase = self.dice.choice(phrases).split()
                line[place : place + len(phrase)] = phrase
            blocks.append(" ".join(line).capitalize() + ".")
            words -= size
        return "\n".join(blocks)

    def document(self, words: int) -> tuple[str, str, Facets]:
        """Title, text and facets of a document."""
        house, department = self.dice.choice(("Commons", "Lords")), f"Department {self.dice.randint(1, 40)}"
        text = self.text(words)
        return text[:60], text, Facets(house=house, type="written_statement", department=department)

    def term(self) -> str:
        """An uncommon word to look for in one of five, else a phrase."""
        if self.dice.random() < 0.2:
            return self.words[self.dice.randrange(2 * COMMON, len(self.words))]
        return self.phrases[self._draw(self.popular, 1)[0]]

    def companion(self) -> str:
        """What stands beside a term in a query: in three of five an everyday word, of which a statement has many."""
        return self.words[int(30 * 100 ** self.dice.random())] if self.dice.random() < 0.6 else self.term()

    def query(self) -> str:
        """One query of the mixture, in the watch language; keywords are phrases joined by OR."""
        kind = self.dice.choices(list(QUERIES), list(QUERIES.values()))[0]
        terms = [self.term() for _ in range(4)]
        beside = [self.companion() for _ in range(2)]
        phrases = [_quoted(term) for term in terms]
        if kind in ("one keyword", "keywords"):
            return " OR ".join(phrases[: 1 if kind == "one keyword" else self.dice.randint(2, 4)])
        one, two, three, four = phrases
        five, six = (_quoted(term) for term in beside)
        return {
            "and": f"{one} {five}",
            "and not": f"{one} {five} -{three}",
            "or and or": f"({one} OR {two}) ({five} OR {six} OR {four})",
            "near": f"{one} NEAR/{self.dice.randint(2, 20)} {five}",
            "prefix": f"{_start(terms[0])}* {five}",
            "facet": f'{one} dept:"department {self.dice.randint(1, 40)}" {self.dice.choice(("", "house:lords"))}',
        }[kind]


def _quoted(term: str) -> str:
    return f'"{term}"~' if " " in term else term


def _start(term: str) -> str:
    word = max(term.split(), key=len)
    return word[: max(4, len(word) - 3)].ljust(4, "a")


def queries(count: int, seed: int | None = None) -> Iterator[str]:
    """The standing queries of a run; with a seed, others of the same mixture."""
    world = World()
    if seed is not None:
        world.dice.seed(seed)
    return (world.query() for _ in range(count))


def documents(size: int, count: int) -> list[tuple[str, str, Facets]]:
    """The documents of a run, all different."""
    world = World()
    world.dice.seed(size)
    return [world.document(size) for _ in range(count)]
