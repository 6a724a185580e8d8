"""What queries mean, written down as plainly as possible: every place is tried, nothing is indexed or remembered."""

from __future__ import annotations

from itertools import product

from monitor.rules.documents import Document
from monitor.rules.query.facets import SameName, facet_holds
from monitor.rules.query.tree import And, Near, Node, Not, Or, Term
from monitor.text import words

Places = set[tuple[int, int]]


def means(node: Node, document: Document, same_department: SameName) -> bool:
    """Whether a document is what a clause asks for."""
    if isinstance(node, And):
        return all(means(clause, document, same_department) for clause in node.clauses)
    if isinstance(node, Or):
        return any(means(clause, document, same_department) for clause in node.clauses)
    if isinstance(node, Not):
        return not means(node.clause, document, same_department)
    texts = [(part.field, part.text) for part in document.parts]
    if isinstance(node, Term):
        return any(places(node, field, text) for field, text in texts)
    if isinstance(node, Near):
        return any(near(node, field, text) for field, text in texts)
    return facet_holds(node, document.facets, same_department)


def places(term: Term, field: str, text: str) -> Places:
    """Every place of a term, as numbers of the words of the text: first, and the one after the last."""
    in_attachment = field == "attachment"
    if term.scope == ("page" if in_attachment else "attachment") or (term.field and term.field != field):
        return set()
    plain, bound = words(text)
    streams = [[(word, place, place + 1) for place, word in enumerate(plain)]]
    if term.loose and bound:
        joined: list[tuple[str, int, int]] = []
        for word, start, end in streams[0]:
            if start - 1 in bound:
                before, first, _ = joined.pop()
                word, start = before + word, first
            joined.append((word, start, end))
        streams.append(joined)
    forms = [[word for form in choice for word in form] for choice in product(*term.elements)]
    found: Places = set()
    for stream in streams:
        for form in forms:
            for at in range(len(stream) - len(form) + 1):
                there = [word for word, _, _ in stream[at : at + len(form)]]
                if there[:-1] == form[:-1] and (
                    there[-1].startswith(form[-1]) if term.prefix else there[-1] == form[-1]
                ):
                    found.add((stream[at][1], stream[at + len(form) - 1][2]))
    return found


def near(node: Near, field: str, text: str) -> bool:
    """Whether there is a place for each operand so that neighbours in the chain are within reach."""
    line = [set().union(*(places(term, field, text) for term in operand)) for operand in node.operands]
    return any(
        all(_within(one, other, gap) for one, other, gap in zip(chosen, chosen[1:], node.gaps, strict=False))
        for chosen in product(*line)
    )


def _within(one: tuple[int, int], other: tuple[int, int], gap: int) -> bool:
    first, second = sorted((one, other))
    return 0 <= second[0] - first[1] <= gap
