"""Queries in a small form that is quick to read back: leaves with their variants spelt out, trees as numbers.

A tree is written from the top, each node before its clauses: a leaf as its number, the others as an operator and how many
clauses follow.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import cast

from monitor.rules.query.tree import And, DateRange, Element, Facet, Leaf, Near, Node, Not, Or, Scope, Term, TextField

FORM = 3
"""Number of this form and of the rules of variants behind it; a saved segment with another one has to be built again."""

LEAVES = 1 << 28
"""Numbers below are leaves."""

NOT, OR = 1 << 28, 2 << 28
ANDS: dict[Scope, int] = {"": 3 << 28, "page": 4 << 28, "attachment": 5 << 28}
_SCOPES = {operator: scope for scope, operator in ANDS.items()}
COUNT = LEAVES - 1


def tree_numbers(node: Node, number_of: Callable[[Leaf], int]) -> Iterator[int]:
    """A tree as numbers below 2**31; `number_of` numbers the leaves, below 2**28."""
    if isinstance(node, And):
        yield ANDS[node.scope] | len(node.clauses)
    elif isinstance(node, Or):
        yield OR | len(node.clauses)
    elif isinstance(node, Not):
        yield NOT | 1
        yield from tree_numbers(node.clause, number_of)
        return
    else:
        yield number_of(node)
        return
    for clause in node.clauses:
        yield from tree_numbers(clause, number_of)


def read_tree(numbers: Iterator[int], leaf_of: Callable[[int], Leaf]) -> Node:
    """The tree that was written as numbers."""
    number = next(numbers)
    operator = number & ~COUNT
    if not operator:
        return leaf_of(number)
    if operator == NOT:
        return Not(read_tree(numbers, leaf_of))
    clauses = tuple([read_tree(numbers, leaf_of) for _ in range(number & COUNT)])
    return Or(clauses) if operator == OR else And(clauses, _SCOPES[operator])


def pack_leaf(leaf: Leaf) -> bytes:
    """A leaf as bytes; equal leaves give equal bytes."""
    if isinstance(leaf, Term):
        packed = "t" + _pack_term(leaf)
    elif isinstance(leaf, Near):
        gaps = ",".join(map(str, leaf.gaps))
        packed = "n" + "\v".join((gaps, *("\f".join(map(_pack_term, operand)) for operand in leaf.operands)))
    elif isinstance(leaf, Facet):
        packed = json.dumps(["f", leaf.name, leaf.value])
    else:
        packed = json.dumps(["d", leaf.text, *(day and day.isoformat() for day in (leaf.since, leaf.until))])
    return packed.encode("utf-8", "surrogatepass")


def unpack_leaf(packed: bytes) -> Leaf:
    """The leaf that was packed."""
    text = packed.decode("utf-8", "surrogatepass")
    if text[0] == "t":
        return _unpack_term(text[1:])
    if text[0] == "n":
        gaps, *operands = text[1:].split("\v")
        terms = tuple([tuple(map(_unpack_term, operand.split("\f"))) for operand in operands])
        return Near(terms, tuple(map(int, gaps.split(","))))
    found = json.loads(text)
    if found[0] == "f":
        return Facet(found[1], found[2])
    since, until = (date.fromisoformat(day) if day else None for day in found[2:])
    return DateRange(found[1], since, until)


def _pack_term(term: Term) -> str:
    """Its parts between tabs, the forms of an element between bars; no word has such signs in it."""
    elements = ("|".join(" ".join(form) for form in element) for element in term.elements)
    return "\t".join((term.text, f"{term.loose + 2 * term.prefix}", term.field, term.scope, *elements))


def _unpack_term(packed: str) -> Term:
    text, flags, field, scope, *elements = packed.split("\t")
    return Term(
        text,
        tuple(map(_unpack_element, elements)),
        flags in "13",
        flags in "23",
        cast(TextField, field),
        cast(Scope, scope),
    )


@lru_cache(maxsize=32_768)
def _unpack_element(packed: str) -> Element:
    return tuple([tuple(form.split(" ")) for form in packed.split("|")])
