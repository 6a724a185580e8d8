"""A cover: keys of which a document must have one at least, or the query cannot match it. The rarest is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product

from monitor.rules.percolator.keys import LETTERS, LONGEST_PHRASE
from monitor.rules.query.normal import clause_text
from monitor.rules.query.tree import And, DateRange, Element, Facet, Near, Node, Not, Or, Query, Term

Rarity = Callable[[str], float]
"""In how many of a thousand documents a word stands, about."""

_MOST_FORMS = 16
_EVERYWHERE = frozenset(
    "the of and to in a is that for on with as be are by this will it from at we our have has or not an their its which"
    " been was would can also more these they all who new other may must should there were than but if any through"
    " about into up out no over government minister secretary state public people uk support work make need use used"
    " information service services year years department statement house today under between".split()
)
_SHARES = {"dept": 50.0, "minister": 5.0, "house": 400.0, "type": 60.0, "id": 0.01, "status": 600.0, "source": 400.0}


@dataclass(frozen=True, slots=True)
class Cover:
    """Written keys, and in how many of a thousand documents one of them is, about. `facets` are those among them.

    Where it is a `proof`, a document that has one of the keys is what was asked for: there is nothing left to look for.
    """

    keys: tuple[str, ...]
    weight: float
    facets: tuple[Facet | DateRange, ...] = ()
    proof: bool = False


def guess_rarity(word: str) -> float:
    """A rough share for when there are no counts: long words are rare, the commonest are known."""
    if word in _EVERYWHERE:
        return 900.0
    return {1: 300.0, 2: 200.0, 3: 120.0, 4: 60.0, 5: 40.0, 6: 30.0, 7: 20.0, 8: 15.0}.get(len(word), 10.0)


def covers_of(query: Query, rarity: Rarity = guess_rarity) -> tuple[Cover, Cover | None]:
    """The cheapest cover of a query, and another one where the query needs a second thing as well.

    There always is a first, as a query asks for something.
    """
    found = required_covers(query, rarity)
    return found[0], found[1] if len(found) > 1 else None


def required_covers(query: Query, rarity: Rarity = guess_rarity) -> list[Cover]:
    """A cover for each thing that a query cannot do without, the cheapest first."""
    root = query.root
    if isinstance(root, And):
        return sorted(_present(_of_node(clause, rarity) for clause in root.clauses), key=lambda cover: cover.weight)
    if isinstance(root, Near):
        return sorted(_present(_of_operands(root, rarity)), key=lambda cover: cover.weight)
    return _present([_of_node(root, rarity)])


def _of_node(node: Node, rarity: Rarity) -> Cover | None:
    """None where nothing needs to be there: below NOT."""
    if isinstance(node, Term):
        return _of_term(node, rarity)
    if isinstance(node, And):
        return _cheapest(_of_node(clause, rarity) for clause in node.clauses)
    if isinstance(node, Or):
        return _union([_of_node(clause, rarity) for clause in node.clauses])
    if isinstance(node, Near):
        return _cheapest(_of_operands(node, rarity))
    if isinstance(node, Not):
        return None
    name = node.name if isinstance(node, Facet) else "date"
    return Cover((f":{clause_text(node)}",), _SHARES.get(name, 800.0), (node,))


def _of_operands(node: Near, rarity: Rarity) -> list[Cover | None]:
    return [_union([_of_term(term, rarity) for term in operand]) for operand in node.operands]


def _cheapest(covers: Iterable[Cover | None]) -> Cover | None:
    return min(_present(covers), key=lambda cover: cover.weight, default=None)


def _present(covers: Iterable[Cover | None]) -> list[Cover]:
    return [cover for cover in covers if cover is not None]


def _union(covers: Sequence[Cover | None]) -> Cover | None:
    """Any of several; where one of them needs nothing to be there, neither does the whole."""
    keys: dict[str, None] = {}
    facets: list[Facet | DateRange] = []
    weight = 0.0
    for cover in covers:
        if cover is None:
            return None
        keys |= dict.fromkeys(cover.keys)
        facets += cover.facets
        weight += cover.weight
    return Cover(tuple(keys), weight, tuple(facets))


@lru_cache(maxsize=4_096)
def _of_term(term: Term, rarity: Rarity) -> Cover:
    """Asked for twice by who builds a segment: of the query, and of each of its leaves."""
    elements = term.elements
    if term.prefix:
        starts = sorted({form[-1][:LETTERS] for form in elements[-1]})
        keys = tuple(f"{start}*" for start in starts)
        return Cover(keys, sum(4 * rarity(start) for start in starts), proof=_is_proof(term, keys))
    weights = [sum(min(map(rarity, form)) for form in element) for element in elements]
    longest = [max(map(len, element)) for element in elements]
    best: tuple[float, int, int] | None = None
    for first in range(len(elements)):
        words, forms = 0, 1
        for last in range(first, len(elements)):
            words, forms = words + longest[last], forms * len(elements[last])
            if last > first and (words > LONGEST_PHRASE or forms > _MOST_FORMS):
                break
            # Words together are much rarer than the rarest of them; a key costs a little in any case.
            weight = min(weights[first : last + 1]) / 12.0 ** (last - first) + 0.05 * forms
            if best is None or weight < best[0]:
                best = weight, first, last + 1
    assert best is not None, "a term has an element"
    weight, first, last = best
    keys = _phrases(elements[first:last])
    return Cover(keys, weight, proof=_is_proof(term, keys))


def _is_proof(term: Term, keys: Sequence[str]) -> bool:
    """Whether each of a term's keys is all of it, in any field and with words joined, and no letter of it is left out.

    Forms of several words are looked for in fewer places than their keys are where hyphens join words.
    """
    if term.field or term.scope or not term.loose or len(term.elements) > LONGEST_PHRASE:
        return False
    if any(len(form) > 1 for element in term.elements for form in element):
        return False
    if term.prefix:
        return len(term.elements) == 1 and all(len(form[0]) <= LETTERS for form in term.elements[0])
    words = [key.split(" ") for key in keys]
    return all(len(key) == len(term.elements) and max(map(len, key)) < LETTERS for key in words)


def _phrases(elements: Sequence[Element]) -> tuple[str, ...]:
    """The phrases that elements in a row can be; the forms of one are cut to as many words as a key has, as those stand there."""
    if len(elements) == 1:
        found = {" ".join(form[:LONGEST_PHRASE]) for form in elements[0]}
    else:
        found = {" ".join(chain.from_iterable(forms)) for forms in product(*elements)}
    return tuple(sorted(found))
