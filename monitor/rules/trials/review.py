"""A review of a query: what in it never occurs, which variant brings most of its hits, which branch of an OR swallows the rest.

It is made by looking at matches one after another. Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from monitor.rules.query.evaluating import Reader
from monitor.rules.query.normal import clause_text, node_text
from monitor.rules.query.tree import And, Leaf, Near, Node, Not, Or, Query, Term, leaves
from monitor.text import words

OddityKind = Literal["never", "variant", "branch", "volume"]

FEWEST = 5
"""From so few matches nothing can be said of what brings most of them."""

MOST = 0.5
"""A variant that brings more than this share of a term's hits alone is told of."""

NEARLY_ALL = 0.9
"""A branch that brings this share of the hits alone swallows the rest."""

LOUD = 30.0
"""Expected matches a day above which a watch is a flood."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd about a query: which clause it concerns, in its normal form, and what it is in words."""

    kind: OddityKind
    clause: str
    message: str


class Review:
    """Looks at documents that match, and at the end knows what is odd. `of` is how many match, where not all are looked at."""

    def __init__(self, query: Query, of: int = 0) -> None:
        self._query = query
        self._of = of
        self._leaves = tuple(dict.fromkeys(_wanted_leaves(query.root)))
        self._ors = tuple(dict.fromkeys(_wanted_ors(query.root)))
        self._found: set[Leaf] = set()
        self._held: defaultdict[Or, Counter[tuple[bool, ...]]] = defaultdict(Counter)
        self._forms: defaultdict[Term, Counter[str]] = defaultdict(Counter)
        self._of_term: Counter[Term] = Counter()
        self._matched = 0

    @property
    def unseen(self) -> tuple[Leaf, ...]:
        """The leaves that are wanted and stand in no match: whoever has the rest may look for them there."""
        return tuple(leaf for leaf in self._leaves if leaf not in self._found)

    def look(self, reader: Reader) -> None:
        """Take one match into account."""
        self._matched += 1
        self._found.update(leaf for leaf in self._leaves if leaf not in self._found and reader.holds(leaf))
        for node in self._ors:
            self._held[node][tuple(reader.holds(clause) for clause in node.clauses)] += 1
        self._note_forms(reader)

    def oddities(self, absent: Collection[Leaf]) -> tuple[Oddity, ...]:
        """What is odd, in the order of the query; `absent` are the leaves that occur nowhere."""
        gone = tuple(Oddity("never", clause_text(leaf), f"{clause_text(leaf)} never occurs") for leaf in absent)
        if not gone and not self._matched:
            message = "nothing matches, though every part of it occurs somewhere: too much is asked at once"
            gone = (Oddity("never", node_text(self._query.root), message),)
        by_looking = (
            replace(one, message=one.message + self._basis()) for one in (*self._variants(), *self._branches())
        )
        return (*gone, *by_looking)

    def _basis(self) -> str:
        return f" (by a look at {self._matched:,} of the {self._of:,} matches)" if self._matched < self._of else ""

    def _note_forms(self, reader: Reader) -> None:
        """Which terms the document has only in a form that was not written."""
        texts = {(part.field, part.attachment): part.text for part in reader.document.parts}
        clauses = reader.evaluate(self._query).clauses
        for leaf, clause in zip(leaves(self._query.root), clauses, strict=True):
            if not isinstance(leaf, Term) or leaf.prefix or not clause.bearing:
                continue
            forms = {
                " ".join(words(texts[hit.field, hit.attachment][hit.start : hit.end])[0]) for hit in clause.hits
            }  # fmt: skip
            self._of_term[leaf] += 1
            if forms and _written(leaf) not in forms:
                self._forms[leaf].update(forms)

    def _variants(self) -> Iterator[Oddity]:
        for term, forms in self._forms.items():
            form, count = forms.most_common(1)[0]
            total = self._of_term[term]
            if total >= FEWEST and count > MOST * total:
                share = f"all {total}" if count == total else f"{count} of the {total}"
                message = f"{term.text} is found as “{form}” alone in {share} matches it brings"
                yield Oddity("variant", clause_text(term), message)

    def _branches(self) -> Iterator[Oddity]:
        for node, patterns in self._held.items():
            total = patterns.total()
            for place, clause in enumerate(node.clauses):
                alone = patterns[tuple(other == place for other in range(len(node.clauses)))]
                without = sum(count for held, count in patterns.items() if not held[place])
                others = sum(count for held, count in patterns.items() if any(_others(held, place)))
                name = node_text(clause)
                if total >= FEWEST and not without and others:
                    yield Oddity("branch", name, f"{name} is in all {total} matches: the rest of its OR adds none")
                elif total >= FEWEST and alone >= NEARLY_ALL * total:
                    yield Oddity("branch", name, f"{name} alone brings {alone} of the {total} matches of its OR")


def flood(a_day: float) -> tuple[Oddity, ...]:
    """That a watch is a flood, where it is."""
    if a_day <= LOUD:
        return ()
    return (Oddity("volume", "", f"{a_day:.0f} matches a day are expected; more than {LOUD:.0f} nobody reads"),)


def _others(held: tuple[bool, ...], place: int) -> Iterator[bool]:
    return (holds for other, holds in enumerate(held) if other != place)


def _written(term: Term) -> str:
    return " ".join(word for element in term.elements for word in element[0])


def _wanted_leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf that is not below a NOT; the terms of a NEAR apart from it, so that the one that is missing is named."""
    if isinstance(node, And | Or):
        for clause in node.clauses:
            yield from _wanted_leaves(clause)
    elif isinstance(node, Near):
        for operand in node.operands:
            yield from operand
        yield node
    elif not isinstance(node, Not):
        yield node


def _wanted_ors(node: Node) -> Iterator[Or]:
    if isinstance(node, Or):
        yield node
    if isinstance(node, And | Or):
        for clause in node.clauses:
            yield from _wanted_ors(clause)
