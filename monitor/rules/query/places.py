"""Where a term stands in a text, and which places are near which. A place is a pair: first word, and the one after the last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from monitor.rules.documents import Part
from monitor.rules.query.tree import Element, Term

Place = tuple[int, int]


def may_stand_in(term: Term, part: Part) -> bool:
    """Whether a term is looked for in this part at all."""
    if part.field == "attachment":
        return not term.field and term.scope != "page"
    return term.field in ("", part.field) and term.scope != "attachment"


def places(term: Term, part: Part) -> Iterator[Place]:
    """Every place of a term in a text, one at a time; some may come twice."""
    yield from _in_line(term, part.words, part.places)
    joined = part.joined
    if term.loose and joined is not None:
        for start, end in _at_joined(term, joined.words, joined.places):
            yield joined.starts[start], joined.starts[end]


def _in_line(term: Term, line: Sequence[str], index: Mapping[str, Sequence[int]]) -> Iterator[Place]:
    elements = term.elements
    if len(elements) == 1:
        yield from _of_element(elements[0], line, index, term.prefix)
        return
    found = [_firsts(element, index, term.prefix and element is elements[-1]) for element in elements]
    rarest = min(range(len(elements)), key=lambda place: found[place][0])
    if found[rarest][0]:
        anchors = (at for places in found[rarest][1] for at in places)
        yield from _around(anchors, rarest, line, elements, term.prefix)


def _at_joined(term: Term, line: Sequence[str], index: Mapping[str, Sequence[int]]) -> Iterator[Place]:
    """Places in which some word is one that hyphens join; `index` has only those."""
    for place, element in enumerate(term.elements):
        _, found = _firsts(element, index, term.prefix and element is term.elements[-1])
        anchors = (at for places in found for at in places)
        yield from _around(anchors, place, line, term.elements, term.prefix)


def _of_element(
    element: Element, line: Sequence[str], index: Mapping[str, Sequence[int]], prefix: bool
) -> Iterator[Place]:
    for form in element:
        if len(form) > 1:
            for at in index.get(form[0], ()):
                if _stands(form, line, at, prefix):
                    yield at, at + len(form)
        else:
            for starts in _starting(form[0], index) if prefix else (index.get(form[0], ()),):
                for at in starts:
                    yield at, at + 1


def _firsts(element: Element, index: Mapping[str, Sequence[int]], prefix: bool) -> tuple[int, list[Sequence[int]]]:
    """How many places a form of the element may begin at, and those places."""
    found: list[Sequence[int]] = []
    for form in element:
        if prefix and len(form) == 1:
            found += _starting(form[0], index)
        elif form[0] in index:
            found.append(index[form[0]])
    return sum(map(len, found)), found


def _starting(prefix: str, index: Mapping[str, Sequence[int]]) -> list[Sequence[int]]:
    return [places for word, places in index.items() if word.startswith(prefix)]


def _around(
    anchors: Iterable[int], place: int, line: Sequence[str], elements: Sequence[Element], prefix: bool
) -> Iterator[Place]:
    """Places where element number `place` may begin at an anchor and the others stand around it."""
    before = elements[:place]
    nearest = sum(min(map(len, element)) for element in before)
    farthest = sum(max(map(len, element)) for element in before)
    for anchor in anchors:
        for start in range(max(0, anchor - farthest), anchor - nearest + 1):
            for end in _ends(start, line, elements, prefix):
                yield start, end


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
    if at + len(form) > len(line):
        return False
    whole = form[:-1] if prefix else form
    if any(line[at + offset] != word for offset, word in enumerate(whole)):
        return False
    return not prefix or line[at + len(whole)].startswith(form[-1])


def near(line: Sequence[Sequence[Place]], gaps: Sequence[int]) -> list[list[Place]]:
    """For each operand of a chain, its places that are part of a whole chain; all empty where there is none."""
    kept = [list(line[0])]
    for gap, following in zip(gaps, line[1:], strict=True):
        kept.append(_within_reach(following, kept[-1], gap))
    for number in range(len(gaps) - 1, -1, -1):
        kept[number] = _within_reach(kept[number], kept[number + 1], gaps[number])
    return kept


def _within_reach(places: Sequence[Place], others: Sequence[Place], gap: int) -> list[Place]:
    """Those places that have another one before or after them with at most `gap` words between."""
    starts = sorted(start for start, _ in others)
    ends = sorted(end for _, end in others)
    return [
        (start, end)
        for start, end in places
        if bisect_left(starts, end) < bisect_right(starts, end + gap)
        or bisect_left(ends, start - gap) < bisect_right(ends, start)
    ]
