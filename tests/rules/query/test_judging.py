"""Trees judged all at once: what is told of one is never other than what asking it would find."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.percolator.judging import ABSENT, OPEN, PROVED, judge_trees, tree_holds
from monitor.rules.percolator.packing import tree_numbers
from monitor.rules.query.tree import And, Node, Not, Or, Term

LEAVES = [Term(text, (((text,),),)) for text in "abcd"]
nodes = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=8,
)
tellings = st.lists(st.sampled_from((ABSENT, OPEN, PROVED)), min_size=len(LEAVES), max_size=len(LEAVES))


def judged(roots: list[Node], told: list[int]) -> list[int]:
    """What is told of some trees by what is told of the four leaves."""
    trees = [list(tree_numbers(root, LEAVES.index)) for root in roots]
    numbers = [number for tree in trees for number in tree]
    starts = np.cumsum([0, *map(len, trees)])[:-1]
    of_each = [told[number] if number < len(told) else OPEN for number in numbers]
    return judge_trees(np.array(numbers, np.int64), starts, np.array(of_each, np.int8)).tolist()


@given(st.lists(nodes, min_size=1, max_size=5), tellings)
def test_what_is_told_of_a_tree_stays_true_whatever_its_open_leaves_turn_out_to_be(
    roots: list[Node], told: list[int]
) -> None:
    for root, verdict in zip(roots, judged(roots, told), strict=True):
        numbers = list(tree_numbers(root, LEAVES.index))
        for guess in product((ABSENT, PROVED), repeat=len(LEAVES)):
            known = [guess[at] if each == OPEN else each for at, each in enumerate(told)]
            if verdict != OPEN:
                assert tree_holds(numbers, lambda leaf, known=known: known[leaf] == PROVED) is (verdict == PROVED)  # type: ignore[misc]


def test_trees_of_clauses_are_told_where_their_leaves_are() -> None:
    a, b, c, d = LEAVES
    roots: list[Node] = [a, Or((a, b)), And((Or((a, b)), Or((c, d)))), And((a, Not(c))), And((a, Not(b))), And((a, d))]
    assert judged(roots, [PROVED, ABSENT, PROVED, OPEN]) == [PROVED, PROVED, PROVED, ABSENT, PROVED, OPEN]


def test_no_tree_is_told_nothing() -> None:
    assert judged([], [ABSENT] * 4) == []
