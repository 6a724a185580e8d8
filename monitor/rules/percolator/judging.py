"""Whether trees hold, once it is told of their leaves what the keys of a document tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.rules.percolator.packing import ANDS, COUNT, NOT, OR

Told = NDArray[np.int8]
ABSENT, OPEN, PROVED = range(3)
"""What is told of a leaf or a tree: it does not hold, nobody knows yet, it holds."""


def judge_trees(numbers: NDArray[np.integer[Any]], starts: NDArray[np.int64], told: Told) -> Told:
    """What is told of trees by what is told of each of their numbers that is a leaf. All at once, and so only of some:

    trees that are one clause or an AND of clauses, each of them a leaf or an OR of leaves, any leaf with a NOT before it.
    A clause is told the most of its leaves, a tree the least of its clauses (the logic of Kleene). Other trees are OPEN.
    """
    if not len(starts):
        return np.empty(0, np.int8)
    operators = numbers & ~COUNT
    is_leaf = operators == 0
    is_negated = np.concatenate(([False], operators[:-1] == NOT))
    leaves = np.where(is_negated, PROVED - told, told)[is_leaf]
    before = np.cumsum(is_leaf) - is_leaf
    ors = np.flatnonzero(operators == OR)
    firsts, afters = before[ors], before[ors] + (numbers[ors] & COUNT).astype(np.int64)
    size = len(leaves) + 1
    depth = np.cumsum(np.bincount(firsts, minlength=size) - np.bincount(afters, minlength=size))
    is_new = depth[:-1] == 0
    is_new[firsts] = True
    clauses = np.maximum.reduceat(leaves, np.flatnonzero(is_new))
    found: Told = np.minimum.reduceat(clauses, (np.cumsum(is_new) - 1)[before[starts]])
    is_odd = np.isin(operators, list(ANDS.values()))
    is_odd[starts] = False
    is_odd |= (is_negated & ~is_leaf) | (depth[before] > 1)
    found[np.logical_or.reduceat(is_odd, starts)] = OPEN
    return found


def tree_holds(numbers: list[int], holds: Callable[[int], bool]) -> bool:
    """Whether a tree holds, asking for no more leaves than it must: what `Reader.holds` says of the tree it was made from."""
    return _holds(numbers, 0, holds, asked=True)[0]


def _holds(numbers: list[int], at: int, holds: Callable[[int], bool], *, asked: bool) -> tuple[bool, int]:
    """Whether the node at a place holds, and where the next one begins; a node that is not asked is passed over."""
    number = numbers[at]
    operator = number & ~COUNT
    if not operator:
        return asked and holds(number), at + 1
    if operator == NOT:
        found, at = _holds(numbers, at + 1, holds, asked=asked)
        return not found, at
    decided = operator == OR
    result, at = not decided, at + 1
    for _ in range(number & COUNT):
        found, at = _holds(numbers, at, holds, asked=asked)
        if asked and found == decided:
            result, asked = decided, False
    return result, at
