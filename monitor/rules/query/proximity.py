"""`a NEAR/n b`: what its operands may be, and how a chain of them is read."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.query.mistakes import Origin
from monitor.rules.query.pieces import Piece
from monitor.rules.query.scopes import In, Parsed
from monitor.rules.query.tree import Near, Node, Not, Or, Term

LONGEST_CHAIN = 20
"""How many NEARs may follow one another."""
_OPERANDS = "NEAR stands between words, phrases, and brackets of them joined by OR"


def parse_near(origin: Origin, found: Sequence[Parsed | In], gaps: Sequence[Piece]) -> Parsed:
    """A chain of operands; each is near the next, and the one between two others is the same place for both."""
    if len(gaps) > LONGEST_CHAIN:
        help = f"{LONGEST_CHAIN} are the limit; make it several, joined by AND"
        raise origin.mistake(gaps[LONGEST_CHAIN].start, f"a chain of {len(gaps)} NEARs", help)
    operands: list[tuple[Term, ...]] = []
    for place, operand in enumerate(found):
        if isinstance(operand, In):
            help = f"write (a NEAR/{gaps[0].number} b) in:{operand.scope}"
            raise origin.mistake(operand.start, f"in:{operand.scope} cannot be near something", help)
        operands.append(_terms_of(origin, operand, gaps[max(0, place - 1)]))
    fields = {term.field for operand in operands for term in operand} - {""}
    if len(fields) > 1 and _cannot_meet(operands):
        help = "words are near each other within one field: write the same field before both, or before neither"
        raise origin.mistake(gaps[0].start, f"{' and '.join(sorted(fields))} are never near each other", help)
    return Parsed(Near(tuple(operands), tuple(gap.number for gap in gaps)), found[0].start)


def _terms_of(origin: Origin, operand: Parsed, gap: Piece) -> tuple[Term, ...]:
    node = operand.node
    if isinstance(node, Term):
        return (node,)
    if isinstance(node, Or) and all(isinstance(clause, Term) for clause in node.clauses):
        return tuple(clause for clause in node.clauses if isinstance(clause, Term))
    raise origin.mistake(operand.start, _what(node), _remedy(node, gap))


def _what(node: Node) -> str:
    if isinstance(node, Not):
        return "NOT binds tighter than NEAR, and nothing is near what is not there"
    if isinstance(node, Near):
        return "a NEAR in brackets has no single place"
    return "NEAR needs words on both sides"


def _remedy(node: Node, gap: Piece) -> str:
    if isinstance(node, Not):
        return f"write NOT (a NEAR/{gap.number} b) to leave out the pair"
    if isinstance(node, Near):
        return f"take the brackets away: a NEAR/{node.gaps[0]} b NEAR/{gap.number} c"
    return f"{_OPERANDS}; write (a NEAR/{gap.number} b) AND (a NEAR/{gap.number} c) for both, or AND for the rest"


def _cannot_meet(operands: Sequence[Sequence[Term]]) -> bool:
    """Whether there is no field in which every operand may stand."""
    return not any(
        all(any(term.field in ("", field) for term in operand) for operand in operands)
        for field in ("title", "summary", "text")
    )
