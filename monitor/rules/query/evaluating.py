"""The one evaluator: whether a document is what a query asks for, and why. Live matching, back-test and explain use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.model.watch import Hit
from monitor.rules.documents import Document, Part
from monitor.rules.query.facets import SameName, facet_holds, same_name
from monitor.rules.query.normal import clause_text
from monitor.rules.query.places import Place, Spots, may_stand_in, meet, near, spots, stands_in
from monitor.rules.query.tree import And, DateRange, Facet, Leaf, Near, Node, Not, Or, Query, Term
from monitor.text import word_spans

MOST_HITS = 50
"""How many hits of one clause are told: enough to mark a snippet, and to see that a word is everywhere."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One leaf of a query and what became of it.

    `wanted` is false below a NOT. `matched` says whether it is there; `failed` whether the document was refused for it;
    `bearing` whether the match rests on it.
    """

    text: str
    wanted: bool
    matched: bool
    failed: bool
    bearing: bool
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a query makes of a document. `clauses` are all of its leaves, in the order they are written in."""

    matched: bool
    clauses: tuple[Clause, ...]

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Where the words stand that the match rests on, clause by clause; nothing where it did not match."""
        return tuple(hit for clause in self.clauses if clause.bearing for hit in clause.hits)

    @property
    def failed(self) -> tuple[Clause, ...]:
        """The clauses for which the document was refused: absent though wanted, or there though not."""
        return tuple(clause for clause in self.clauses if clause.failed)


def evaluate(query: Query, document: Document, *, same_department: SameName = same_name) -> Evaluation:
    """Ask a document a query. `same_department` says whether two names mean one department."""
    return Reader(document, same_department).evaluate(query)


class Reader:
    """Asks one document many queries, and remembers what it has found of each word."""

    def __init__(self, document: Document, same_department: SameName = same_name) -> None:
        self.document = document
        self._same_department = same_department
        self._known: dict[tuple[str, str, str], bool] = {}
        self._facts: dict[Facet | DateRange, bool] = {}
        self._spans: dict[int, list[tuple[int, int]]] = {}
        self._spots: dict[tuple[str, str, str, int], Spots] = {}
        self._longest_first = sorted(document.parts, key=lambda part: -len(part.words))

    def matches(self, query: Query) -> bool:
        """Whether the document is what the query asks for."""
        return self.holds(query.root)

    def evaluate(self, query: Query) -> Evaluation:
        """Whether it is, and why."""
        matched = self.holds(query.root)
        return Evaluation(matched, tuple(self._clauses(query.root, wanted=True, guilty=not matched, bearing=matched)))

    def holds(self, node: Node) -> bool:
        """Whether one clause holds."""
        if isinstance(node, Term):
            key = (node.text, node.field, node.scope)
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = self._stands_somewhere(node)
            return known
        if isinstance(node, And):
            return all(self.holds(clause) for clause in node.clauses)
        if isinstance(node, Or):
            return any(self.holds(clause) for clause in node.clauses)
        if isinstance(node, Not):
            return not self.holds(node.clause)
        if isinstance(node, Near):
            return self._near_holds(node)
        return self._fact(node)

    def _fact(self, facet: Facet | DateRange) -> bool:
        known = self._facts.get(facet)
        if known is None:
            known = self._facts[facet] = facet_holds(facet, self.document.facets, self._same_department)
        return known

    def _stands_somewhere(self, term: Term) -> bool:
        return any(may_stand_in(term, part) and stands_in(term, part) for part in self._longest_first)

    def _near_holds(self, node: Near) -> bool:
        """Most are of two operands: those need no more than one pair of places."""
        if len(node.operands) > 2:
            return any(True for _ in self._chains(node))
        (ones, others), (gap,) = node.operands, node.gaps
        for part in self._longest_first:
            for one in ones:
                found = self._spots_of(one, part)
                if found.places and any(meet(found, self._spots_of(other, part), gap) for other in others):
                    return True
        return False

    def _chains(self, node: Near) -> Iterator[tuple[Part, list[list[Place]]]]:
        """For each part that has whole chains, the places of each operand that belong to one."""
        for part in self.document.parts:
            line: list[Sequence[Place]] = []
            for operand in node.operands:
                line.append(self._operand(operand, part))
                if not line[-1]:
                    break
            else:
                chains = near(line, node.gaps)
                if chains[0]:
                    yield part, chains

    def _operand(self, operand: tuple[Term, ...], part: Part) -> Sequence[Place]:
        """The places of an operand, in order."""
        found = [self._spots_of(term, part).places for term in operand]
        return found[0] if len(found) == 1 else sorted({place for places in found for place in places})

    def _spots_of(self, term: Term, part: Part) -> Spots:
        """Where a term stands, remembered: everyday words stand near many others."""
        key = (term.text, term.field, term.scope, id(part))
        known = self._spots.get(key)
        if known is None:
            known = self._spots[key] = spots(term, part)
        return known

    def _clauses(self, node: Node, *, wanted: bool, guilty: bool, bearing: bool) -> Iterator[Clause]:
        """The leaves below a node. `guilty`: what does not go as wanted here is why the document is refused."""
        if isinstance(node, Not):
            yield from self._clauses(node.clause, wanted=not wanted, guilty=guilty, bearing=bearing)
            return
        went_well = self.holds(node) == wanted
        guilty, bearing = guilty and not went_well, bearing and went_well
        if isinstance(node, And | Or):
            for clause in node.clauses:
                yield from self._clauses(clause, wanted=wanted, guilty=guilty, bearing=bearing)
        else:
            matched = went_well == wanted
            hits = tuple(self._hits(node)) if matched else ()
            yield Clause(clause_text(node), wanted, matched, guilty, bearing and wanted, hits)

    def _hits(self, leaf: Leaf) -> Iterator[Hit]:
        """Where a leaf was found, title first; at most MOST_HITS."""
        left = MOST_HITS
        for name, part, found in self._found(leaf):
            for place in found[:left]:
                yield self._hit(name, part, place)
                left -= 1

    def _found(self, leaf: Leaf) -> Iterator[tuple[str, Part, Sequence[Place]]]:
        if isinstance(leaf, Term):
            for part in self.document.parts:
                yield leaf.text, part, self._spots_of(leaf, part).places
        elif isinstance(leaf, Near):
            for part, chain in self._chains(leaf):
                yield clause_text(leaf), part, sorted({place for operand in chain for place in operand})

    def _hit(self, term: str, part: Part, place: Place) -> Hit:
        spans = self._spans.get(id(part))
        if spans is None:
            spans = self._spans[id(part)] = word_spans(part.text)
        first, after = place
        return Hit(term, part.field, spans[first][0], spans[after - 1][1], part.attachment)
