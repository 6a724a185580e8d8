"""How the blocks of two texts belong together: what is equal, what was edited, what moved, what was put in its place.

Blocks (lines) are aligned first: equal ones by what stands once on either side, the rest by the words they share. Then come
moves. What a block says is not told here: see `rules.comparison.diff`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.rules.comparison.alignment import Match, longest_chain
from monitor.rules.comparison.blocks import Group, group_blocks, kind_of, pair_blocks
from monitor.rules.comparison.moves import find_moves
from monitor.rules.comparison.words import Side

MONSTER = 3_000_000
"""Letters, both sides together, up to which a stretch of changed blocks is compared by word. Beyond, its blocks are told as
gone and new, whole: some 500,000 words, or fifty times the longest statement."""

SHORT = 60
"""Letters up to which two blocks that stand in the same place are compared even if they have nothing in common."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the blocks of two texts belong together: groups in order, and moved blocks (number in `old`: number in `new`).

    A plan that was `turned` has matches from `new` to `old`.
    """

    old: Side
    new: Side
    groups: Sequence[Group]
    moves: dict[int, int]
    turned: bool = False


def plan_blocks(old_blocks: Sequence[str], new_blocks: Sequence[str]) -> Plan:
    """Find out how the blocks of two texts belong together."""
    end = len(old_blocks), len(new_blocks)
    same = [Group(range(i, i + size), range(j, j + size), ()) for i, j, size in _equal_blocks(old_blocks, new_blocks)]
    differ = [
        (gone, came)
        for gone, came in _gaps(same, end)
        if _letters(old_blocks, gone) + _letters(new_blocks, came) <= MONSTER
    ]
    old, new = Side(old_blocks, [gone for gone, _ in differ]), Side(new_blocks, [came for _, came in differ])
    alike = [group for gone, came in differ if gone and came for group in group_blocks(old, new, gone, came)]
    groups = sorted([*same, *alike], key=_place)
    rest = list(_gaps(groups, end))
    moves = find_moves(old, [i for gone, _ in rest for i in gone], new, [j for _, came in rest for j in came])
    groups += [group for gone, came in rest for group in _settled(old, new, gone, came, moves)]
    return Plan(old, new, sorted(groups, key=_place), moves)


def _place(group: Group) -> int:
    return group.gone.start


def _gaps(groups: Iterable[Group], end: tuple[int, int]) -> Iterator[tuple[range, range]]:
    """The blocks between groups, of either side; `end` is how many blocks there are."""
    i = j = 0
    for group in [*groups, Group(range(end[0], end[0]), range(end[1], end[1]), ())]:
        if i < group.gone.start or j < group.came.start:
            yield range(i, group.gone.start), range(j, group.came.start)
        i, j = group.gone.stop, group.came.stop


def _letters(blocks: Sequence[str], numbers: range) -> int:
    return sum(map(len, blocks[numbers.start : numbers.stop]))


def _equal_blocks(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Runs of equal blocks: those that stand once on either side, and the equal ones around them."""
    olds, news = Counter(old), Counter(new)
    places = {block: number for number, block in enumerate(new) if news[block] == 1}
    single = [(number, places[block], 1) for number, block in enumerate(old) if olds[block] == 1 and block in places]
    chain = longest_chain(single, [len(old[number]) for number, _, _ in single])
    matches: list[Match] = []
    i = j = 0
    for number, other, _ in [*chain, (len(old), len(new), 0)]:
        if number < i:
            continue
        if i < number and j < other:
            head = _common_head(old, new, range(i, number), range(j, other))
            tail = _common_tail(old, new, range(i + head, number), range(j + head, other))
            matches += [(i, j, head), (number - tail, other - tail, tail)]
        if number < len(old):
            matches.append((number, other, 1))
        i, j = number + 1, other + 1
    return _joined([match for match in matches if match[2]])


def _joined(matches: Iterable[Match]) -> list[Match]:
    joined: list[Match] = []
    for i, j, size in matches:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (i, j):
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined


def _common_head(old: Sequence[str], new: Sequence[str], here: range, there: range) -> int:
    return next(
        (k for k, (i, j) in enumerate(zip(here, there, strict=False)) if old[i] != new[j]), min(len(here), len(there))
    )


def _common_tail(old: Sequence[str], new: Sequence[str], here: range, there: range) -> int:
    return _common_head(old, new, here[::-1], there[::-1])


def _settled(old: Side, new: Side, gone: range, came: range, moves: dict[int, int]) -> Iterator[Group]:
    """Groups of what is left between two others: blocks that "moved" without passing another, and ones put in place."""
    is_read = bool(gone) and old.has_read(gone.start)
    inside = [
        (i, moves[i], 1)
        for i in gone
        if i in moves and moves[i] in came and (is_read or old.blocks[i] == new.blocks[moves[i]])
    ]
    stayed = longest_chain(inside, [1] * len(inside))
    taken = set(moves.values())
    i, j = gone.start, came.start
    for number, other, _ in [*stayed, (gone.stop, came.stop, 0)]:
        here = [place for place in range(i, number) if place not in moves]
        there = [place for place in range(j, other) if place not in taken]
        if is_read:
            yield from _in_place(old, new, here, there)
        if number < gone.stop:
            del moves[number]
            yield pair_blocks(old, new, number, other)
        i, j = number + 1, other + 1


def _in_place(old: Side, new: Side, gone: Sequence[int], came: Sequence[int]) -> Iterator[Group]:
    """Short blocks that stand where as many of their kind stood were rewritten: `- £30` became `- £45`.

    A paragraph or heading is so only where it stands alone; items and rows also side by side.
    """
    here, there = [old.blocks[i] for i in gone], [new.blocks[j] for j in came]
    kinds = set(map(kind_of, here + there))
    if len(here) != len(there) or len(kinds) != 1 or (len(here) > 1 and not kinds <= {"item", "row"}):
        return
    if max(map(len, here + there)) <= SHORT:
        yield from (pair_blocks(old, new, i, j) for i, j in zip(gone, came, strict=True))


def turn_plan(plan: Plan) -> Plan:
    """The same plan, seen from the other side."""
    groups = [Group(group.came, group.gone, group.matches) for group in plan.groups]
    return Plan(plan.new, plan.old, groups, {new: old for old, new in plan.moves.items()}, turned=True)
