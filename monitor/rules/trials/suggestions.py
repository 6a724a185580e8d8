"""What else might belong in a query: words that come with its matches far more than elsewhere, and slips of spelling. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

from monitor.rules.documents import Document
from monitor.rules.query.tree import Query, Term, terms

MOST_KINDRED, MOST_SLIPS = 8, 8
FEWEST_MATCHES = 3
"""Of fewer matches nobody can say what comes with them."""
_SHORTEST_KINDRED = 4
_SURE = 1.96
_LEAST_ODDS = log(3)
_SHORTEST_SLIP = 5
_RARER = 10


@dataclass(frozen=True, slots=True)
class Kindred:
    """A word that comes with the matches: in how many of those looked at it is, and in how many other publications."""

    word: str
    matches: int
    matches_of: int
    others: int
    others_of: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A word of the archive that is one slip from a word of the query: how many publications have each."""

    word: str
    near: str
    count: int
    count_of_word: int


class Vocabulary:
    """In how many publications each word stands: of those that matched, and of the others."""

    def __init__(self) -> None:
        self._matches: Counter[str] = Counter()
        self._others: Counter[str] = Counter()
        self._sizes = [0, 0]

    def add(self, document: Document, *, matched: bool) -> None:
        """Count the words of one publication, each once."""
        found = {word for part in document.parts for word in part.vocabulary}
        (self._matches if matched else self._others).update(found)
        self._sizes[matched] += 1

    def kindred(self, query: Query) -> tuple[Kindred, ...]:
        """Words that the odds are for finding in a match, and against elsewhere; the surest first.

        By the log-odds ratio of being in a match and being in another publication, half a publication added to each count
        (Haldane, Anscombe). A word ranks by the lower end of its 95 % interval, so that a rare one has to be far apart.
        """
        others, matches = self._sizes
        if matches < FEWEST_MATCHES:
            return ()
        said, ranked = _Said(query), []
        for word, inside in self._matches.items():
            if inside < FEWEST_MATCHES or len(word) < _SHORTEST_KINDRED or not word.isalpha() or said.has(word):
                continue
            outside = self._others[word]
            surely = _lower_bound(inside, matches - inside, outside, others - outside)
            if surely >= _LEAST_ODDS:
                ranked.append((-surely, word))
        return tuple(
            Kindred(word, self._matches[word], matches, self._others[word], others)
            for _, word in sorted(ranked)[:MOST_KINDRED]
        )


def slips_of(query: Query, words: Iterable[str], count: Callable[[str], int]) -> tuple[Slip, ...]:
    """Words of the archive that may be misspelt words of the query, or that a misspelt word of the query may mean.

    The most frequent first, and no more than can be read. One letter more, less, other, or two changed places; one of the two is
    at least ten times rarer than the other. `count` says how many publications have a word.
    """
    said = _Said(query)
    wanted = {word for term in terms(query.root) for word in _written_words(term) if len(word) >= _SHORTEST_SLIP}
    starts = {term.elements[-1][0][-1] for term in terms(query.root) if term.prefix}
    by_stump: defaultdict[str, set[str]] = defaultdict(set)
    for word in wanted:
        for stump in _stumps(word):
            by_stump[stump].add(word)
    pairs: list[tuple[str, str]] = []
    dead = {start for start in starts if len(start) >= _SHORTEST_SLIP}
    for near in words:
        dead -= {start for start in dead if near.startswith(start)}
        if len(near) < _SHORTEST_SLIP - 1 or not near.isalpha() or said.has(near):
            continue
        close = {word for stump in _stumps(near) for word in by_stump.get(stump, ())}
        pairs += [(word, near) for word in close if _is_one_slip(word, near)]
        pairs += [(f"{start}*", near) for start in dead if _begins_alike(start, near)]
    found = []
    for word, near in pairs:
        is_start = word.endswith("*")
        if is_start and word[:-1] not in dead:
            continue
        slip = Slip(word, near, count(near), 0 if is_start else count(word))
        rare, common = sorted((slip.count, slip.count_of_word))
        if rare * _RARER <= common:
            found.append(slip)
    return tuple(sorted(found, key=lambda slip: (-slip.count, slip.word, slip.near))[:MOST_SLIPS])


class _Said:
    """The words a query has already, in any of their forms, and how those begin that a * ends."""

    def __init__(self, query: Query) -> None:
        every = list(terms(query.root))
        self._words = {word for term in every for element in term.elements for form in element for word in form}
        self._starts = tuple({form[-1] for term in every if term.prefix for form in term.elements[-1]})

    def has(self, word: str) -> bool:
        """Whether it has this one."""
        return word in self._words or word.startswith(self._starts)


def _lower_bound(inside: int, missing: int, outside: int, elsewhere: int) -> float:
    """The lower end of the 95 % interval of a log-odds ratio."""
    cells = [count + 0.5 for count in (inside, missing, outside, elsewhere)]
    ratio = log(cells[0]) - log(cells[1]) - log(cells[2]) + log(cells[3])
    return ratio - _SURE * sqrt(sum(1 / cell for cell in cells))


def _written_words(term: Term) -> Iterator[str]:
    """The words of a term as they were written, but for one that a * ends."""
    whole: Sequence[tuple[tuple[str, ...], ...]] = term.elements[:-1] if term.prefix else term.elements
    for element in whole:
        yield from element[0]


def _stumps(word: str) -> Iterable[str]:
    """The word, and what is left of it without each of its letters: words one slip apart have one in common."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _begins_alike(start: str, word: str) -> bool:
    """Whether a word begins one slip from a start that nothing begins with."""
    sizes = (len(start) - 1, len(start), len(start) + 1)
    return word[0] == start[0] and any(_is_one_slip(start, word[:size]) for size in sizes)


def _is_one_slip(one: str, other: str) -> bool:
    """One letter more, less or other, or two neighbours changed places."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) == 1:
        return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
    if len(long) != len(short):
        return False
    apart = [place for place in range(len(one)) if one[place] != other[place]]
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        first, second = apart
        return one[first] == other[second] and one[second] == other[first]
    return len(apart) == 1
