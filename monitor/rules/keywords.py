"""Keywords: phrases that are found as whole words, whatever their case and accents. All watches are looked for at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.model.watch import Field, Hit, Watch
from monitor.text import Token, tokens

Fields = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class _Phrase:
    watch: str
    term: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of many watches, by their first word."""

    phrases: Mapping[str, tuple[_Phrase, ...]]

    def find(self, fields: Fields) -> dict[str, tuple[Hit, ...]]:
        """For each watch that is hit, where: title first, then summary, then text."""
        found: dict[str, list[Hit]] = defaultdict(list)
        for field, text in fields.items():
            line = tuple(tokens(text))
            for place, token in enumerate(line):
                for phrase in self.phrases.get(token.word, ()):
                    if _stands_at(line, place, phrase.words):
                        end = line[place + len(phrase.words) - 1].end
                        found[phrase.watch].append(Hit(phrase.term, field, token.start, end))
        return {watch: tuple(hits) for watch, hits in found.items()}


def compile_watches(watches: Iterable[Watch]) -> Lexicon:
    """Make the lexicon of some watches. A keyword without any word in it finds nothing."""
    phrases: dict[str, list[_Phrase]] = defaultdict(list)
    for watch in watches:
        for term in watch.keywords:
            words = tuple(token.word for token in tokens(term))
            if words:
                phrases[words[0]].append(_Phrase(watch.name, term.strip().strip('"'), words))
    return Lexicon({first: tuple(group) for first, group in phrases.items()})


def _stands_at(line: Sequence[Token], place: int, words: Sequence[str]) -> bool:
    if place + len(words) > len(line):
        return False
    return all(line[place + offset].word == word for offset, word in enumerate(words))
