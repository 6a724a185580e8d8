"""A query as a tree of clauses: what the parser makes and the evaluator judges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

TextField = Literal["", "title", "summary", "text"]
Scope = Literal["", "page", "attachment"]
Element = tuple[tuple[str, ...], ...]
"""One written word: the sequences of words that count as it, the written one first (`re offending`, `reoffending`)."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to be found. `text` is its normal form, and with field and scope says all there is to know of it.

    `elements` follow one another; in the last a `prefix` stands for every word that begins so. `field` "" is any field;
    `scope` "" is the page and its attachments. A `loose` term is also found where hyphens join words to one.
    """

    text: str
    elements: tuple[Element, ...]
    loose: bool = True
    prefix: bool = False
    field: TextField = ""
    scope: Scope = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """What a publication must be, not what it must say: `dept:moj`. `value` is ready to be compared, see `facets`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """The publication's date lies between two days, both included; None leaves that end open. `text` is as written."""

    text: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Near:
    """Operands within reach of each other: between operand i and i + 1 stand at most `gaps[i]` words, in either order.

    An operand is a term, or several of which any will do.
    """

    operands: tuple[tuple[Term, ...], ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The clause does not hold."""

    clause: Node


@dataclass(frozen=True, slots=True)
class And:
    """Every clause holds. `scope` is what an `in:` among them said; the terms below carry it themselves."""

    clauses: tuple[Node, ...]
    scope: Scope = ""


@dataclass(frozen=True, slots=True)
class Or:
    """Some clause holds."""

    clauses: tuple[Node, ...]


Leaf = Term | Facet | DateRange | Near
Node = Leaf | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query that can be asked. Two queries are equal where they ask the same, however they were written."""

    root: Node


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf below a node, in order; those under NOT too."""
    if isinstance(node, Not):
        yield from leaves(node.clause)
    elif isinstance(node, And | Or):
        for clause in node.clauses:
            yield from leaves(clause)
    else:
        yield node


def terms(node: Node) -> Iterator[Term]:
    """Every term below a node, in order, those of NEAR and NOT too."""
    for leaf in leaves(node):
        if isinstance(leaf, Term):
            yield leaf
        elif isinstance(leaf, Near):
            for operand in leaf.operands:
                yield from operand
