"""Where a term stands in a text, and which places are near which. A place is a pair: first word, and the one after the last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from monitor.rules.documents import Joined, Part
from monitor.rules.query.tree import Element, Term

Place = tuple[int, int]
_FEW = 8


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """The places of a term in a text, in order, and where they start and end, each in order too."""

    places: Sequence[Place]
    starts: Sequence[int]
    ends: Sequence[int]


NOWHERE = Spots((), (), ())


def spots(term: Term, part: Part) -> Spots:
    """Every place of a term in a text, once each."""
    if not may_stand_in(term, part):
        return NOWHERE
    if part.joined is None and len(term.elements) == 1 and not term.prefix:
        found = [part.places[form[0]] for form in term.elements[0] if form[0] in part.places]
        if not found:
            return NOWHERE
        if all(map(_is_word, term.elements[0])):
            starts = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
            ends = [start + 1 for start in starts]
            return Spots(list(zip(starts, ends, strict=True)), starts, ends)
    pairs = set(places(term, part))
    if not pairs:
        return NOWHERE
    return Spots(sorted(pairs), sorted([start for start, _ in pairs]), sorted([end for _, end in pairs]))


def _is_word(form: Sequence[str]) -> bool:
    return len(form) == 1


def may_stand_in(term: Term, part: Part) -> bool:
    """Whether a term is looked for in this part at all."""
    if part.field == "attachment":
        return not term.field and term.scope != "page"
    return term.field in ("", part.field) and term.scope != "attachment"


def stands_in(term: Term, part: Part) -> bool:
    """Whether a term has a place in a text at all. The beginning of a word is found without looking at each that begins so."""
    if term.prefix and len(term.elements) == 1:
        for form in term.elements[0]:
            if len(form) == 1 and next(_starting(form[0], part.vocabulary), ""):
                return True
    return any(True for _ in places(term, part))


def places(term: Term, part: Part) -> Iterator[Place]:
    """Every place of a term in a text, one at a time; some may come twice."""
    elements, joined = term.elements, part.joined
    if len(elements) == 1 and not term.prefix:
        yield from _of_element(elements[0], part.words, part.places)
    else:
        yield from _of_elements(term, part)
    if term.loose and joined is not None:
        for start, end in _at_joined(term, joined):
            yield joined.starts[start], joined.starts[end]


def _of_element(element: Element, line: Sequence[str], index: Mapping[str, Sequence[int]]) -> Iterator[Place]:
    for form in element:
        size = len(form)
        for at in index.get(form[0], ()):
            if size == 1 or _stands(form, line, at, False):
                yield at, at + size


def _of_elements(term: Term, part: Part) -> Iterator[Place]:
    """Begins at the rarest of the elements, and looks around it for the others."""
    best: list[Sequence[int]] = []
    fewest = rarest = -1
    for number, element in enumerate(term.elements):
        found = _firsts(element, part, term.prefix and element is term.elements[-1])
        count = sum(map(len, found))
        if not count:
            return
        if count < fewest or fewest < 0:
            fewest, rarest, best = count, number, found
    yield from _around(chain.from_iterable(best), rarest, part.words, term.elements, term.prefix)


def _at_joined(term: Term, joined: Joined) -> Iterator[Place]:
    """Places in which some word is one that hyphens join."""
    for number, element in enumerate(term.elements):
        found = _firsts(element, joined, term.prefix and element is term.elements[-1])
        if found:
            yield from _around(chain.from_iterable(found), number, joined.words, term.elements, term.prefix)


def _firsts(element: Element, line: Part | Joined, prefix: bool) -> list[Sequence[int]]:
    """The places where a form of the element may begin."""
    index = line.places
    if not prefix:
        return [index[form[0]] for form in element if form[0] in index]
    found: list[Sequence[int]] = []
    for form in element:
        if len(form) > 1:
            found.append(index.get(form[0], ()))
        else:
            found += map(index.__getitem__, _starting(form[0], line.vocabulary))
    return found


def _starting(prefix: str, vocabulary: Sequence[str]) -> Iterator[str]:
    for place in range(bisect_left(vocabulary, prefix), len(vocabulary)):
        if not vocabulary[place].startswith(prefix):
            return
        yield vocabulary[place]


def _around(
    anchors: Iterable[int], place: int, line: Sequence[str], elements: Sequence[Element], prefix: bool
) -> Iterator[Place]:
    """Places where element number `place` may begin at an anchor and the others stand around it."""
    if not prefix and all(len(form) == 1 for element in elements for form in element):
        yield from _words_around(anchors, place, line, elements)
        return
    nearest = farthest = 0
    for element in elements[:place]:
        nearest += min(map(len, element))
        farthest += max(map(len, element))
    for anchor in anchors:
        for start in range(max(0, anchor - farthest), anchor - nearest + 1):
            for end in _ends(start, line, elements, prefix):
                yield start, end


def _words_around(
    anchors: Iterable[int], place: int, line: Sequence[str], elements: Sequence[Element]
) -> Iterator[Place]:
    """`_around` where every form is one word: there is one start for each anchor, and one end."""
    size = len(elements)
    for anchor in anchors:
        start = anchor - place
        if start < 0 or start + size > len(line):
            continue
        for offset, element in enumerate(elements):
            if (line[start + offset],) not in element:
                break
        else:
            yield start, start + size


def _ends(start: int, line: Sequence[str], elements: Sequence[Element], prefix: bool) -> set[int]:
    """Where the elements may end if they begin at `start`: a set, as a word and its two halves may both fit."""
    ends = {start}
    last = len(elements) - 1
    for number, element in enumerate(elements):
        open_ended = prefix and number == last
        ends = {end + len(form) for end in ends for form in element if _stands(form, line, end, open_ended)}
        if not ends:
            break
    return ends


def _stands(form: Sequence[str], line: Sequence[str], at: int, prefix: bool) -> bool:
    if len(form) == 1 and not prefix:
        return at < len(line) and line[at] == form[0]
    if at + len(form) > len(line):
        return False
    whole = form[:-1] if prefix else form
    if any(line[at + offset] != word for offset, word in enumerate(whole)):
        return False
    return not prefix or line[at + len(whole)].startswith(form[-1])


def meet(one: Spots, other: Spots, gap: int) -> bool:
    """Whether two terms stand anywhere with at most `gap` words between them, in either order."""
    if len(one.places) > len(other.places):
        one, other = other, one
    starts, ends = other.starts, other.ends
    for start, end in one.places:
        after, before = bisect_left(starts, end), bisect_left(ends, start - gap)
        if (after < len(starts) and starts[after] - end <= gap) or (before < len(ends) and ends[before] <= start):
            return True
    return False


def near(line: Sequence[Sequence[Place]], gaps: Sequence[int]) -> list[list[Place]]:
    """For each operand of a chain, its places that are part of a whole chain; all empty where there is none.

    Every operand has places, in order. The chain is followed from its rarer end, so that of an everyday word only those
    around the other are looked at.
    """
    if len(line[0]) > len(line[-1]):
        return near(line[::-1], gaps[::-1])[::-1]
    kept = [list(line[0])]
    for gap, following in zip(gaps, line[1:], strict=True):
        kept.append(_within_reach(following, kept[-1], gap))
        if not kept[-1]:
            return [[] for _ in line]
    for number in range(len(gaps) - 1, -1, -1):
        kept[number] = _within_reach(kept[number], kept[number + 1], gaps[number])
    return kept


def _within_reach(places: Sequence[Place], others: Sequence[Place], gap: int) -> list[Place]:
    """Those places that have another one before or after them with at most `gap` words between.

    Where the others are few, only places around them are looked at; else each place looks for one, which takes no longer
    the further the gap reaches.
    """
    if len(others) * _FEW > len(places):
        starts, ends = [start for start, _ in others], sorted(end for _, end in others)
        return [
            (start, end)
            for start, end in places
            if bisect_left(ends, start - gap) < bisect_right(ends, start)
            or bisect_left(starts, end) < bisect_right(starts, end + gap)
        ]
    longest = max(end - start for start, end in places)
    found: set[Place] = set()
    for start, end in others:
        first = bisect_left(places, (start - gap - longest, 0))
        for place in places[first : bisect_left(places, (end + gap + 1, 0))]:
            if 0 <= place[0] - end <= gap or 0 <= start - place[1] <= gap:
                found.add(place)
    return sorted(found)
