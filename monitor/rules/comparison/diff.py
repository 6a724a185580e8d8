"""What changed between two texts, word by word. Behaviour 3.5.

First the blocks of either text are brought together (see `rules.comparison.plan`), then the words of blocks that belong together
are told, table rows cell by cell. The comparison is the same from either side: `diff_texts(b, a)` is `diff_texts(a, b)`
mirrored. Its time grows as n log n whatever the texts (see `rules.comparison.alignment`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from monitor.model.diff import BlockOp, Diff, DiffBlock, Run, runs_of
from monitor.rules.comparison.alignment import Match
from monitor.rules.comparison.blocks import Group, pair_blocks, split_blocks
from monitor.rules.comparison.matches import readable
from monitor.rules.comparison.plan import Plan, plan_blocks, turn_plan
from monitor.rules.comparison.runs import turned, weave
from monitor.rules.comparison.words import Side, read_block
from monitor.text import count_words

MOST_BLOCKS = 100_000
"""Blocks, both sides together, up to which texts are compared: a hundred long reports have fewer. Beyond, each is told as one."""


def diff_texts(old: str, new: str) -> Diff:
    """Compare two texts.

    All `=` and `+` runs joined give `new`, all `=` and `-` runs `old`. `words_added` and `words_removed` leave out what
    only moved.
    """
    if not old or not new:
        return _one_sided(old, new)
    if old.count("\n") + new.count("\n") > MOST_BLOCKS:
        return _whole(old, new)
    old_blocks, new_blocks = split_blocks(old + "\n"), split_blocks(new + "\n")
    plan = turn_plan(plan_blocks(new_blocks, old_blocks)) if old > new else plan_blocks(old_blocks, new_blocks)
    blocks = list(_told(plan))
    added, removed = _counts(blocks, plan)
    return Diff(tuple(_without_last_break(blocks)), added, removed)


def _one_sided(old: str, new: str) -> Diff:
    blocks = [
        *(DiffBlock("delete", _gone(block)) for block in split_blocks(old)),
        *(DiffBlock("insert", _came(block)) for block in split_blocks(new)),
    ]
    return Diff(tuple(blocks), count_words(new), count_words(old))


def _whole(old: str, new: str) -> Diff:
    if old == new:
        return Diff((DiffBlock("equal", (old,)),), 0, 0)
    blocks = DiffBlock("delete", _gone(old)), DiffBlock("insert", _came(new))
    return Diff(blocks, count_words(new), count_words(old))


def _told(plan: Plan) -> Iterator[DiffBlock]:
    """Write a plan down, block by block: between two groups first what went, then what came."""
    old, new = plan.old.blocks, plan.new.blocks
    pairs = {j: number for number, j in enumerate(sorted(plan.moves.values()), 1)}
    moved = {i: pairs[j] for i, j in plan.moves.items()}
    i = j = 0
    for group in [*plan.groups, Group(range(len(old), len(old)), range(len(new), len(new)), ())]:
        for number in range(i, group.gone.start):
            yield DiffBlock("moved" if number in moved else "delete", _gone(old[number]), moved.get(number))
        for number in range(j, group.came.start):
            yield DiffBlock("move" if number in pairs else "insert", _came(new[number]), pairs.get(number))
        i, j = group.gone.stop, group.came.stop
        blocks = old[group.gone.start : i]
        if blocks == new[group.came.start : j]:
            yield from (DiffBlock("equal", (block,)) for block in blocks)
        else:
            yield DiffBlock("change", tuple(_within(plan, group)))


def _gone(block: str) -> tuple[str, ...]:
    return ("", block)


def _came(block: str) -> tuple[str, ...]:
    return ("", "", block)


def _within(plan: Plan, group: Group) -> list[str]:
    if plan.turned:
        return turned(_woven(plan.new, plan.old, group.came, group.gone, group.matches))
    return _woven(plan.old, plan.new, group.gone, group.came, group.matches)


def _woven(old: Side, new: Side, gone: range, came: range, matches: Sequence[Match]) -> list[str]:
    here, there = old.span(gone), new.span(came)
    return weave(old, new, here, there, readable(matches, old, new, here, there))


def _counts(blocks: Iterable[DiffBlock], plan: Plan) -> tuple[int, int]:
    """Words added and removed; of blocks that moved, only those that were edited as well."""
    changed: list[Sequence[str]] = [block.texts for block in blocks if block.pair is None and block.op != "equal"]
    changed += [_edited(plan.old, i, plan.new, j) for i, j in plan.moves.items()]
    added, removed = (count_words("\n".join(chain.from_iterable(texts[at::3] for texts in changed))) for at in (2, 1))
    return added, removed


def moved_edits(blocks: Iterable[DiffBlock]) -> dict[int, tuple[Run, ...]]:
    """For each moved pair that was edited on the way, its words as runs from the old place to the new."""
    sides: dict[int, dict[BlockOp, str]] = {}
    for block in blocks:
        if block.pair is not None:
            sides.setdefault(block.pair, {})[block.op] = block.texts[-1].strip("\n")
    return {
        pair: runs_of(_edited(read_block(texts["moved"]), 0, read_block(texts["move"]), 0))
        for pair, texts in sides.items()
        if texts["moved"] != texts["move"]
    }


def _edited(old: Side, i: int, new: Side, j: int) -> list[str]:
    """The words of one block, in threes, from its old to its new state; the same from either side."""
    here, there = old.blocks[i], new.blocks[j]
    if here == there:
        return [here]
    if here > there:
        return turned(_edited(new, j, old, i))
    if not old.has_read(i) or not new.has_read(j):
        return _edited(read_block(here), 0, read_block(there), 0)
    group = pair_blocks(old, new, i, j)
    return _woven(old, new, group.gone, group.came, group.matches)


def _without_last_break(blocks: list[DiffBlock]) -> list[DiffBlock]:
    """Take off the line break that was put behind either text.

    A block that only one side ends with gets the break before it instead, so that the block above stays as it is.
    """
    changed: dict[int, list[str]] = {}
    last: dict[int, tuple[int, int]] = {}
    behind: tuple[int, int] | None = None
    for n, place in _written_last_first(blocks):
        if place % 3 == 0:
            if len(last) < 2:
                texts = changed.setdefault(n, list(blocks[n].texts))
                texts[place] = texts[place][:-1]
                if behind is not None:
                    texts = changed.setdefault(behind[0], list(blocks[behind[0]].texts))
                    texts[behind[1]] = "\n" + texts[behind[1]]
            break
        behind = (n, place)
        last.setdefault(place % 3, behind)
    for n, place in last.values():
        texts = changed.setdefault(n, list(blocks[n].texts))
        texts[place] = texts[place][:-1]
    for n, texts in changed.items():
        blocks[n] = replace(blocks[n], texts=tuple(texts))
    return [block for n, block in enumerate(blocks) if n not in changed or any(block.texts)]


def _written_last_first(blocks: Sequence[DiffBlock]) -> Iterator[tuple[int, int]]:
    """The places of all texts that are not empty, by block and within it, from the end."""
    for n in reversed(range(len(blocks))):
        texts = blocks[n].texts
        yield from ((n, place) for place in reversed(range(len(texts))) if texts[place])
