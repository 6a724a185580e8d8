"""Tree to text: the one way each query is written, and the variants its words are looked for in."""

from __future__ import annotations

from monitor.rules.query.tree import And, DateRange, Element, Facet, Leaf, Near, Node, Not, Or, Query, Term, terms


def normal_form(query: Query) -> str:
    """The query with every operator and the needed brackets written out; read again, it is the same query."""
    return _write(query.root)


def node_text(node: Node) -> str:
    """Any clause of a query in its normal form."""
    return _write(node)


def variants_of(query: Query) -> dict[str, tuple[str, ...]]:
    """For each word or phrase of a query, in its normal form: the forms that its words are found in, as people write them.

    One entry a written word: `{"re-offending": ("re offending", "reoffending"), ...}`; `prison*` has no other forms.
    """
    found: dict[str, tuple[str, ...]] = {}
    for term in terms(query.root):
        for element in term.elements:
            forms = _forms(element, term.prefix)
            found.setdefault(term.text if len(term.elements) == 1 else forms[0], forms)
    return found


def clause_text(leaf: Leaf) -> str:
    """One clause as `explain` shows it: its normal form, and where it is looked for."""
    first = leaf.operands[0][0] if isinstance(leaf, Near) else leaf
    scope = first.scope if isinstance(first, Term) else ""
    return f"{_leaf(leaf)} in:{scope}" if scope else _leaf(leaf)


def _forms(element: Element, prefix: bool) -> tuple[str, ...]:
    return tuple(" ".join(form) + "*" * prefix for form in element)


def _write(node: Node) -> str:
    if isinstance(node, Or):
        return " OR ".join(_write(clause) for clause in node.clauses)
    if isinstance(node, And):
        clauses = [_bracketed(clause, And, Or) for clause in node.clauses]
        return " AND ".join([*clauses, f"in:{node.scope}"] if node.scope else clauses)
    if isinstance(node, Not):
        return f"NOT {_bracketed(node.clause, And, Or, Near)}"
    return _leaf(node)


def _bracketed(node: Node, *looser: type) -> str:
    return f"({_write(node)})" if isinstance(node, looser) else _write(node)


def _leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Term):
        return f"{leaf.field}:{leaf.text}" if leaf.field else leaf.text
    if isinstance(leaf, Facet):
        value = f'"{leaf.value}"' if " " in leaf.value else leaf.value
        return f"{leaf.name}:{value}"
    if isinstance(leaf, DateRange):
        return leaf.text
    written = [_operand(leaf.operands[0])]
    for gap, operand in zip(leaf.gaps, leaf.operands[1:], strict=True):
        written += [f"NEAR/{gap}", _operand(operand)]
    return " ".join(written)


def _operand(operand: tuple[Term, ...]) -> str:
    written = " OR ".join(_leaf(term) for term in operand)
    return f"({written})" if len(operand) > 1 else written
