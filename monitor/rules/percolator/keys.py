"""Keys: what documents and queries have in common, as 64-bit numbers. A shared number means "look closer".

Only where its key is all that a leaf asks for is it a proof: two different keys share a number once in 2**64.

A key is written as one to four words (`small boats`), the beginning of a word and a star (`prison*`), or a colon and a
facet (`:dept:moj`). The same text has the same number on every machine, so that numbers can be saved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from monitor.rules.documents import Document, Part

Keys = NDArray[np.uint64]

LONGEST_PHRASE = 4
"""How many words a key may have."""
LETTERS = 24
"""How many letters of a word count; longer ones that begin alike share their number."""

_POWERS = np.cumprod(np.full(LETTERS, 0x9E3779B97F4A7C15, np.uint64), dtype=np.uint64)
_NEXT_WORD = np.uint64(0xD6E8FEB86659FD93)
_PREFIX = np.uint64(0xA0761D6478BD642F)
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)


def key_numbers(keys: Sequence[str]) -> Keys:
    """The number of each written key."""
    numbers = np.empty(len(keys), np.uint64)
    phrases: dict[int, list[int]] = {}
    prefixes: list[int] = []
    for place, key in enumerate(keys):
        if key[0] == ":":
            numbers[place] = int.from_bytes(
                blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
            )
        elif key[-1] == "*":
            prefixes.append(place)
        else:
            phrases.setdefault(key.count(" ") + 1, []).append(place)
    if prefixes:
        numbers[prefixes] = _mix(_sums([keys[place][:-1] for place in prefixes])[:, -1] ^ _PREFIX)
    for size, places in phrases.items():
        words = _word_numbers([word for place in places for word in keys[place].split(" ")]).reshape(-1, size)
        number = words[:, 0]
        for following in range(1, size):
            number = _extend(number, words[:, following])
        numbers[places] = number
    return numbers


def document_keys(document: Document, prefix_lengths: Collection[int], more: Sequence[str] = ()) -> Keys:
    """The keys of a document, its phrases and beginnings of words; many come twice. `more` are written keys besides."""
    lengths = np.array(sorted(prefix_lengths), np.int64)
    found = [key_numbers(more)]
    for part in document.parts:
        found += _part_keys(part, lengths)
    return np.concatenate(found)


def _part_keys(part: Part, lengths: NDArray[np.int64]) -> Iterable[Keys]:
    """The phrases of a text, the beginnings of its words, and those of words joined."""
    vocabulary = list(part.places)
    sums = _sums(vocabulary)
    yield _prefixes(vocabulary, sums, lengths)
    counts = np.fromiter(map(len, part.places.values()), np.int64, len(vocabulary))
    line = np.empty(len(part.words), np.uint64)
    line[np.fromiter(chain.from_iterable(part.places.values()), np.int64, len(line))] = np.repeat(
        _mix(sums[:, -1]), counts
    )
    yield from _phrases(line)
    if part.joined is not None:
        joined = list(part.joined.places)
        sums = _sums(joined)
        yield _prefixes(joined, sums, lengths)
        yield from _joined_phrases(part, line, _mix(sums[:, -1]))


def _joined_phrases(part: Part, line: Keys, unique: Keys) -> Iterable[Keys]:
    """Phrases of the text with hyphened words joined that have such a word in them; the others are phrases of the text."""
    joined = part.joined
    assert joined is not None
    starts = np.array(joined.starts[:-1], np.int64)
    numbers = line[starts]
    is_joined = np.zeros(len(starts), bool)
    for number, places in zip(unique, joined.places.values(), strict=True):
        numbers[places] = number
        is_joined[places] = True
    for size, phrases in enumerate(_phrases(numbers), start=1):
        has_one = is_joined[: len(phrases)].copy()
        for offset in range(1, size):
            has_one |= is_joined[offset : offset + len(phrases)]
        yield phrases[has_one]


def _phrases(line: Keys) -> list[Keys]:
    """The numbers of all phrases of one word, of two, and so on."""
    found = [line]
    for size in range(2, LONGEST_PHRASE + 1):
        if len(line) < size:
            break
        found.append(_extend(found[-1][: len(line) - size + 1], line[size - 1 :]))
    return found


def _prefixes(words: Sequence[str], sums: Keys, lengths: NDArray[np.int64]) -> Keys:
    """The numbers of the beginnings of some words, in every length that some query asks for."""
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    return _mix(sums[:, lengths - 1][sizes[:, None] >= lengths] ^ _PREFIX)


def _word_numbers(words: Sequence[str]) -> Keys:
    return _mix(_sums(words)[:, -1])


def _sums(words: Sequence[str]) -> Keys:
    """For each word, what its first letter, its first two, and so on add up to: a polynomial modulo 2**64."""
    letters = np.array(words, f"U{LETTERS}").view(np.uint32).reshape(len(words), LETTERS)
    return np.cumsum(letters * _POWERS, axis=1, dtype=np.uint64)


def _extend(phrase: Keys, word: Keys) -> Keys:
    return _mix(phrase * _NEXT_WORD + word)


def _mix(number: Keys) -> Keys:
    """Spread a number over all 64 bits (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    number = (number ^ (number >> _S30)) * _M1
    number = (number ^ (number >> _S27)) * _M2
    return number ^ (number >> _S31)
