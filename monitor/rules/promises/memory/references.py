"""The documents of one statement by number, and which of them a name, a pronoun or a noun left out goes back to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from monitor.rules.promises.acts.clauses import Claim
from monitor.rules.promises.memory.again import REPORTED_ON, is_told_again
from monitor.rules.promises.memory.entries import Entry, is_another_time, is_same, with_another
from monitor.rules.promises.memory.mentions import Mentions
from monitor.rules.promises.memory.salience import WEAK
from monitor.rules.promises.nouns.names import Name, content_words, filled, fullest, is_general, is_plural, version_of
from monitor.rules.promises.nouns.naming import name_of
from monitor.rules.promises.nouns.phrases import find_phrases
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.sentences import Sentence
from monitor.rules.promises.words import lexicon

_ABOVE = re.compile(
    r"^(?:.*\b(?:the|those|these)\s+)?([\w\s-]+?)\s+(?:referred\s+to|mentioned|described|listed|named)\s+above$"
)
"""`the guidance in the approved documents referred to above` goes back to every approved document."""
_LONGEST_MEMORY = 200


class References:
    """What a statement has spoken of so far: `entries` it acts on, `latest` promised, all its `mentions`."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.latest: list[int] = []
        self.mentions = Mentions()

    def recent(self) -> range:
        """The numbers of the documents that a name may go back to: the last two hundred."""
        return range(max(0, len(self.entries) - _LONGEST_MEMORY), len(self.entries))

    def named_in(self, sentence: Sentence, row: Sequence[Chunk]) -> list[int]:
        """The documents that a sentence names, of those known."""
        named = [name_of(sentence.text, row, one) for one in find_phrases(row, 0, len(row)) if one.is_document()]
        whole = [fullest(name, self.mentions.latest_first()) if name.back == "short" else name for name in named]
        return [at for at in self.recent() if any(is_same(self.entries[at], name) for name in whole)]

    def find(self, name: Name, claim: Claim, here: list[int]) -> list[int]:
        """The entries a name goes back to; a new one where it goes back to none."""
        known = self._echoed(name, here)
        if known is not None:
            return known
        if name.back == "short":
            name = fullest(name, self.mentions.latest_first())
        name = version_of(name, self.mentions.latest_first())
        for number in reversed(self.recent()):
            entry = self.entries[number]
            if is_same(entry, name) and not is_another_time(entry, claim):
                return [number]
        again = [number for number in here or self.latest if is_told_again(self.entries[number], name)]
        if again:
            return again[-1:]
        self.entries.append(Entry(name, None))
        return [len(self.entries) - 1]

    def _echoed(self, name: Name, here: list[int]) -> list[int] | None:
        """What a name that names nothing by itself goes back to: `it`, `the second`, `both reports`; None for another."""
        above = _ABOVE.search(name.words)
        if above is not None:
            told = content_words(above[1])
            return [at for at in self.recent() if told <= content_words(self.entries[at].name.words)] or None
        if name.back == "gap":
            return self._filled(name, here)
        if name.back == "pronoun" or not content_words(name.words):
            return self._antecedents(name, here)
        if name.back != "short":
            return None
        promised = [number for number in self.recent() if self.entries[number].draft is not None]
        if name.led == "all" and is_general(name.head) and len(promised) > 1:
            return promised
        general = is_general(fullest(name, self.mentions.latest_first()).head) and len(name.words.split()) == 1
        if general and (here or self.latest or self.mentions.fresh()):
            return self._antecedents(name, here)
        return self.numbers(self.mentions.siblings(name)) or self._reported(name, here) or None

    def _reported(self, name: Name, here: list[int]) -> list[int]:
        """`the report`, where none was named but a review of which it is the report was promised last."""
        if name.words.lower() != "report" or fullest(name, self.mentions.latest_first()) != name:
            return []
        return [number for number in here or self.latest if self.entries[number].name.head in REPORTED_ON][:1]

    def numbers(self, mentions: Iterable[Name]) -> list[int]:
        """The entries of documents that were mentioned."""
        return [number for mention in mentions for number in self._number_of(mention)]

    def promised_as(self, name: Name) -> int | None:
        """The document that was promised by just these words."""
        told = content_words(name.words)
        return next((at for at in reversed(self.recent()) if self._is_promised_as(at, told)), None)

    def _is_promised_as(self, number: int, told: frozenset[str]) -> bool:
        entry = self.entries[number]
        return entry.draft is not None and content_words(entry.name.words) == told

    def _filled(self, name: Name, here: list[int]) -> list[int]:
        """The document of a phrase without a noun: one of those counted up, or another of the kind spoken of last."""
        counted = self.mentions.counted(name.words.lower()) if not name.rest else []
        if counted:
            return self.numbers(counted)
        if name.plural and not name.words and not name.rest and self.mentions.all_listed:
            told = self.numbers(self.mentions.all_listed)
            return [number for number in told if self.entries[number].draft is None]
        host = self.entries[here[0]].name if here else self.mentions.host(name)
        if host is None:
            return []
        whole = filled(name, host)
        known = [at for at in self.recent() if content_words(self.entries[at].name.words) == content_words(whole.words)]
        if known and name.words:
            return known[-1:]
        self.entries.append(Entry(whole, None))
        return [len(self.entries) - 1]

    def _number_of(self, mention: Name) -> list[int]:
        """The entry of a document that was mentioned; a new one where it has none."""
        name = fullest(mention, self.mentions.latest_first()) if mention.back == "short" else mention
        known = [number for number in self.recent() if is_same(self.entries[number], name)]
        if known:
            return known[-1:]
        self.entries.append(Entry(name, None))
        return [len(self.entries) - 1]

    def _antecedents(self, name: Name, here: list[int]) -> list[int]:
        """What a pronoun goes back to: a document of this sentence, one spoken of since, or the one promised last."""
        if self.mentions.is_of_law and not here:
            return []
        known = self._counted(name, here) or self._nearest(name, here)
        if known and name.plural and len(known) == 1:
            return with_another(self.entries, known[0], self.recent())
        if known:
            return known if name.plural else known[:1]
        wanted = name.count or (2 if name.plural else 1)
        numbers: list[int] = []
        for mention in self.mentions.last(wanted):
            self.entries.append(Entry(mention, None))
            numbers.append(len(self.entries) - 1)
        return numbers

    def _counted(self, name: Name, here: list[int]) -> list[int]:
        """What `both` or `all three` goes back to: so many documents of this sentence, counted up, or promised last."""
        if not name.count:
            return []
        listed = self.mentions.listed(name.count)
        promised = [number for number in self.recent() if self.entries[number].draft is not None][-name.count :]
        for group in (here, self.latest, [] if listed and self.mentions.is_listed_since else promised):
            if len(group) == name.count:
                return group
        noun = self.mentions.announced(name.count)
        return self.numbers(listed or ([] if noun is None else [noun]) or self.mentions.nearest(name.count))

    def _nearest(self, name: Name, here: list[int]) -> list[int]:
        """What agrees with a pronoun in number: in this sentence, named since the last promise, or promised last."""
        if name.head in lexicon.COPIES:
            return here or self.numbers(self.mentions.fresh()) or self.latest
        agreeing = self._agreeing(here, name) or self.numbers(self.mentions.fresh(name.plural))
        agreeing = agreeing or self._agreeing(self.latest, name)
        agreeing = agreeing or self.numbers(self.mentions.before(name.plural))
        agreeing = agreeing or self.numbers(self.mentions.fresh(name.plural, WEAK))
        return agreeing or here or self.latest or self.numbers(self.mentions.fresh(not name.plural))

    def _agreeing(self, numbers: list[int], name: Name) -> list[int]:
        """Of these documents, those that a pronoun can mean by its number."""
        if not name.plural:
            return [number for number in numbers if not _is_many(self.entries[number].name)]
        several = len(numbers) > 1 or any(_is_many(self.entries[number].name) for number in numbers)
        return numbers if several else []


def _is_many(name: Name) -> bool:
    """Whether a name means several: `conclusions in the form of a short report` are one."""
    return is_plural(name.head) and " form of a" not in name.words
