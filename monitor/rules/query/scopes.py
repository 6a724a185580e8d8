"""`in:page` and `in:attachment`: where the words of a bracket (or of the whole query) are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from monitor.rules.query.mistakes import Origin
from monitor.rules.query.tree import And, Near, Node, Not, Or, Term, terms


@dataclass(frozen=True, slots=True)
class Parsed:
    """A clause and where it starts in the query's text."""

    node: Node
    start: int
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class In:
    """An `in:` and where it starts; it becomes the scope of the clauses it stands with."""

    scope: Literal["page", "attachment"]
    start: int


def gather(origin: Origin, found: Sequence[Parsed | In]) -> Parsed:
    """Clauses that must all hold, with the scope that an `in:` among them gives to their terms. Raises QueryError."""
    clauses = [each for each in found if isinstance(each, Parsed)]
    scopes = [each for each in found if isinstance(each, In)]
    for scope in scopes:
        _check(origin, scope, scopes[0], clauses)
    nodes = [node for each in clauses for node in _flat(each.node)]
    if scopes:
        nodes = [_within(node, scopes[0].scope) for node in nodes]
    nodes = list(dict.fromkeys(nodes))
    if len(nodes) == 1 and not scopes:
        return Parsed(nodes[0], found[0].start, clauses[0].bracketed)
    return Parsed(And(tuple(nodes), scopes[0].scope if scopes else ""), found[0].start)


def _check(origin: Origin, scope: In, first: In, clauses: Sequence[Parsed]) -> None:
    named = f"in:{scope.scope}"
    if scope.scope != first.scope:
        help = "words without in: are looked for in both; or write (a in:page) OR (b in:attachment)"
        raise origin.mistake(scope.start, "in:page and in:attachment together", help)
    found = [term for clause in clauses for term in terms(clause.node)]
    if not found:
        raise origin.mistake(scope.start, f"{named} says where to look, not what for", f"add a word: prison {named}")
    for term in found:
        if term.scope not in ("", scope.scope):
            raise origin.mistake(scope.start, f"{named} around in:{term.scope}", "take one of the two away")
        if scope.scope == "attachment" and term.field:
            help = f"take {named} away, or {term.field}:"
            raise origin.mistake(scope.start, f"{term.field}: is looked for on the page only", help)


def _flat(node: Node) -> tuple[Node, ...]:
    return node.clauses if isinstance(node, And) and not node.scope else (node,)


def _within(node: Node, scope: Literal["page", "attachment"]) -> Node:
    if isinstance(node, Term):
        return replace(node, scope=scope)
    if isinstance(node, Near):
        operands = tuple(tuple(replace(term, scope=scope) for term in operand) for operand in node.operands)
        return replace(node, operands=operands)
    if isinstance(node, Not):
        return Not(_within(node.clause, scope))
    if isinstance(node, And | Or):
        return replace(node, clauses=tuple(_within(clause, scope) for clause in node.clauses))
    return node
