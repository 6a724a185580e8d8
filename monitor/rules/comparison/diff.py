"""What changed between two texts, word by word. Behaviour 3.5.

Blocks (lines) are aligned first: equal ones by what stands once on either side, the rest by the words they share. Then come
moves, then the words of blocks that belong together, table rows cell by cell. The comparison is the same from either side:
`diff_texts(b, a)` is `diff_texts(a, b)` mirrored. Its time grows as n log n whatever the texts (see `rules.alignment`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from monitor.model.diff import BlockOp, Diff, DiffBlock, Run, RunOp
from monitor.rules.comparison.alignment import Match, longest_chain
from monitor.rules.comparison.blocks import Group, group_blocks, kind_of, match_words, pair_blocks, split_blocks
from monitor.rules.comparison.matches import readable
from monitor.rules.comparison.moves import find_moves
from monitor.rules.comparison.runs import weave
from monitor.rules.comparison.words import Line, read_line
from monitor.text import count_words

MONSTER = 3_000_000
"""Letters, both sides together, up to which a stretch of changed blocks is compared by word. Beyond, its blocks are told as
gone and new, whole: some 500,000 words, or fifty times the longest statement."""

SHORT = 60
"""Letters up to which two blocks that stand in the same place are compared even if they have nothing in common."""


Read = Callable[[str], Line]
"""Cuts a block into words; within one comparison no block twice."""

_NOTHING = Line("", [])


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the blocks of two texts belong together: groups in order, and moved blocks (number in `old`: number in `new`)."""

    old: Sequence[str]
    new: Sequence[str]
    groups: Sequence[Group]
    moves: dict[int, int]


def diff_texts(old: str, new: str) -> Diff:
    """Compare two texts.

    All `=` and `+` runs joined give `new`, all `=` and `-` runs `old`. `words_added` and `words_removed` leave out what
    only moved.
    """
    if not old or not new:
        return _one_sided(old, new)
    old_blocks, new_blocks = split_blocks(old + "\n"), split_blocks(new + "\n")
    read = cache(read_line)
    plan = _mirrored(_plan(new_blocks, old_blocks, read)) if old > new else _plan(old_blocks, new_blocks, read)
    blocks = list(_told(plan))
    added, removed = _counts(blocks, plan, read)
    return Diff(tuple(_without_last_break(blocks)), added, removed)


def _one_sided(old: str, new: str) -> Diff:
    blocks = [
        *(DiffBlock("delete", (Run("-", block),)) for block in split_blocks(old)),
        *(DiffBlock("insert", (Run("+", block),)) for block in split_blocks(new)),
    ]
    return Diff(tuple(blocks), count_words(new), count_words(old))


def _plan(old: Sequence[str], new: Sequence[str], read: Read) -> _Plan:
    groups: list[Group] = []
    rest: list[tuple[range, range]] = []
    i = j = 0
    for start, other, size in [*_equal_blocks(old, new), (len(old), len(new), 0)]:
        inner = _grouped(old[i:start], new[j:other], i, j, read)
        for group in inner:
            rest.append((range(i, group.old_from), range(j, group.new_from)))
            i, j = group.old_to, group.new_to
        rest.append((range(i, start), range(j, other)))
        groups.extend(inner)
        i, j = start + size, other + size
        if size:
            groups.append(Group(start, i, other, j, _NOTHING, _NOTHING, ()))
    rest = [(gone, came) for gone, came in rest if gone or came]
    moves = find_moves(
        old, [number for gone, _ in rest for number in gone], new, [number for _, came in rest for number in came], read
    )
    for gone, came in rest:
        groups.extend(_settled(old, new, gone, came, moves, read))
    groups.sort(key=lambda group: group.old_from)
    return _Plan(old, new, groups, moves)


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


def _grouped(old: Sequence[str], new: Sequence[str], first: int, other: int, read: Read) -> list[Group]:
    """The groups among blocks between equal ones; `first` and `other` are the numbers of the first on either side."""
    if not old or not new or sum(map(len, old)) + sum(map(len, new)) > MONSTER:
        return []
    return group_blocks([read(block) for block in old], [read(block) for block in new], first, other)


def _settled(
    old: Sequence[str], new: Sequence[str], gone: range, came: range, moves: dict[int, int], read: Read
) -> Iterator[Group]:
    """Groups of what is left between two others: blocks that "moved" without passing another, and ones put in place."""
    inside = [(i, moves[i], 1) for i in gone if i in moves and moves[i] in came]
    stayed = longest_chain(inside, [1] * len(inside))
    taken = set(moves.values())
    i, j = gone.start, came.start
    for number, other, _ in [*stayed, (gone.stop, came.stop, 0)]:
        here = [place for place in range(i, number) if place not in moves]
        there = [place for place in range(j, other) if place not in taken]
        yield from _in_place(old, new, here, there, read)
        if number < gone.stop:
            del moves[number]
            yield pair_blocks(read(old[number]), read(new[other]), number, other)
        i, j = number + 1, other + 1


def _in_place(
    old: Sequence[str], new: Sequence[str], gone: Sequence[int], came: Sequence[int], read: Read
) -> Iterator[Group]:
    """Short blocks that stand where as many of their kind stood were rewritten: `- £30` became `- £45`.

    A paragraph or heading is so only where it stands alone; items and rows also side by side.
    """
    kinds = {kind_of(old[i]) for i in gone} | {kind_of(new[j]) for j in came}
    if len(gone) != len(came) or len(kinds) != 1 or (len(gone) > 1 and not kinds <= {"item", "row"}):
        return
    if max(*(len(old[i]) for i in gone), *(len(new[j]) for j in came)) > SHORT:
        return
    for i, j in zip(gone, came, strict=True):
        yield pair_blocks(read(old[i]), read(new[j]), i, j)


def _mirrored(plan: _Plan) -> _Plan:
    groups = [
        Group(
            old_from=group.new_from,
            old_to=group.new_to,
            new_from=group.old_from,
            new_to=group.old_to,
            old=group.new,
            new=group.old,
            matches=_turned(group.matches),
        )
        for group in plan.groups
    ]
    return _Plan(plan.new, plan.old, groups, {new: old for old, new in plan.moves.items()})


def _turned(matches: Iterable[Match]) -> list[Match]:
    return [(j, i, size) for i, j, size in matches]


def _told(plan: _Plan) -> Iterator[DiffBlock]:
    """Write a plan down, block by block: between two groups first what went, then what came."""
    pairs = {new: number for number, new in enumerate(sorted(plan.moves.values()), 1)}
    moved = {old: pairs[new] for old, new in plan.moves.items()}
    i = j = 0
    end = Group(len(plan.old), 0, len(plan.new), 0, _NOTHING, _NOTHING, ())
    for group in [*plan.groups, end]:
        for number in range(i, group.old_from):
            yield _block("moved" if number in moved else "delete", "-", plan.old[number], moved.get(number))
        for number in range(j, group.new_from):
            yield _block("move" if number in pairs else "insert", "+", plan.new[number], pairs.get(number))
        i, j = group.old_to, group.new_to
        if group.old.text == group.new.text:
            for block in plan.old[group.old_from : group.old_to]:
                yield _block("equal", "=", block)
        elif group is not end:
            yield DiffBlock("change", weave(group.old, group.new, group.matches))


def _block(op: BlockOp, run: RunOp, text: str, pair: int | None = None) -> DiffBlock:
    return DiffBlock(op, (Run(run, text),), pair)


def _counts(blocks: Iterable[DiffBlock], plan: _Plan, read: Read) -> tuple[int, int]:
    """Words added and removed; of blocks that moved, only those that were edited as well."""
    changed = [block.runs for block in blocks if block.pair is None and block.op != "equal"]
    changed += [
        _edited(read(plan.old[i]), read(plan.new[j])) for i, j in plan.moves.items() if plan.old[i] != plan.new[j]
    ]
    added, removed = (
        count_words("\n".join([run.text for runs in changed for run in runs if run.op == op])) for op in ("+", "-")
    )
    return added, removed


def moved_edits(blocks: Iterable[DiffBlock]) -> dict[int, tuple[Run, ...]]:
    """For each moved pair that was edited on the way, its words as runs from the old place to the new."""
    sides: dict[int, dict[BlockOp, str]] = {}
    for block in blocks:
        if block.pair is not None:
            sides.setdefault(block.pair, {})[block.op] = block.runs[0].text.strip("\n")
    return {
        pair: _edited(read_line(texts["moved"]), read_line(texts["move"]))
        for pair, texts in sides.items()
        if texts["moved"] != texts["move"]
    }


def _edited(old: Line, new: Line) -> tuple[Run, ...]:
    """The words of one block as runs from its old to its new state; the same from either side."""
    if old.text > new.text:
        return weave(old, new, _turned(readable(match_words(new, old), new, old)))
    return weave(old, new, readable(match_words(old, new), old, new))


def _without_last_break(blocks: list[DiffBlock]) -> list[DiffBlock]:
    """Take off the line break that was put behind either text.

    A block that only one side ends with gets the break before it instead, so that the block above stays as it is.
    """
    first = next((n for n in reversed(range(len(blocks))) if any(run.op == "=" for run in blocks[n].runs)), 0)
    runs: list[list[tuple[RunOp, list[str]]]] = [
        [(run.op, [run.text]) for run in block.runs] for block in blocks[first:]
    ]
    tail: list[tuple[RunOp, list[str]]] = []
    for op, text in (run for block in reversed(runs) for run in reversed(block)):
        if op == "=":
            if {tail_op for tail_op, _ in tail} != {"-", "+"}:
                text[0] = text[0][:-1]
                if tail:
                    tail[-1][1][0] = "\n" + tail[-1][1][0]
            break
        tail.append((op, text))
    for side in ("-", "+"):
        last = next((text for op, text in tail if op == side), None)
        if last is not None:
            last[0] = last[0][:-1]
    ending = [
        replace(block, runs=tuple(Run(op, text[0]) for op, text in inner if text[0]))
        for block, inner in zip(blocks[first:], runs, strict=True)
        if any(text[0] for _, text in inner)
    ]
    return [*blocks[:first], *ending]
