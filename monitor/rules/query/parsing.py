"""Query text to tree. One reading from left to right; a mistake is told with its place and a remedy.

query = or          or   = and { "OR" and }          and   = near { ["AND"] near }
near  = unary { "NEAR/n" unary }                     unary = [ "NOT" | "-" ] atom
atom  = "(" or ")" | word ["*"] | phrase ["~"] | field ":" ( word ["*"] | phrase ["~"] )
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.rules.query.atoms import parse_atom
from monitor.rules.query.mistakes import Origin
from monitor.rules.query.pieces import Piece, cut
from monitor.rules.query.proximity import parse_near
from monitor.rules.query.scopes import In, Parsed, gather
from monitor.rules.query.tree import And, Node, Not, Or, Query, leaves, terms

LONGEST = 8_000
"""How many characters a query may have."""
DEEPEST = 40
"""How deep its brackets may go."""
MOST = 400
"""How many words, phrases and facets it may have."""

_EXAMPLE = 'write words to look for, as in prison AND "early release"'


def parse_query(
    text: str, *, where: str = "query", path: str = "<query>", line: int = 1, column: int = 1, source_line: str = ""
) -> Query:
    """Read a query in the watch language. Raises QueryError with line, column, caret and remedy.

    `where`, `path`, `line` and `column` say where its first character stands; `source_line` is that line of the file, if
    the caret shall stand under it rather than under the query alone.
    """
    origin = Origin(text, where, path, line, column, source_line)
    if len(text) > LONGEST:
        raise origin.mistake(
            0, f"a query of {len(text):,} characters", f"{LONGEST:,} is the limit; make it two watches"
        )
    parser = _Parser(origin, cut(origin))
    root = parser.whole()
    if sum(1 for _ in leaves(root)) + sum(1 for _ in terms(root)) > 2 * MOST:
        raise origin.mistake(0, f"more than {MOST} clauses", "make it several watches")
    return Query(root)


class _Parser:
    """Reads pieces one ahead. `depth` counts open brackets, `negative` are the starts of branches that ask for nothing."""

    def __init__(self, origin: Origin, pieces: Iterator[Piece]) -> None:
        self.origin = origin
        self.pieces = pieces
        self.piece = next(pieces)
        self.depth = 0
        self.negative: list[int] = []

    def advance(self) -> Piece:
        before = self.piece
        self.piece = next(self.pieces)
        return before

    def whole(self) -> Node:
        if self.piece.kind == "end":
            raise self.origin.mistake(0, "this query is empty", _EXAMPLE)
        parsed = self.any_of()
        if self.piece.kind == ")":
            help = "take it away, or put a ( where the bracket begins"
            raise self.origin.mistake(self.piece.start, "this bracket was never opened", help)
        if not _is_positive(parsed.node):
            raise self._only_negative(parsed.start)
        return parsed.node

    def any_of(self) -> Parsed:
        branches = [self.all_of()]
        while self.piece.kind == "OR":
            self.advance()
            branches.append(self.all_of())
        if len(branches) == 1:
            return branches[0]
        self.negative += [branch.start for branch in branches if not _is_positive(branch.node)]
        nodes = [node for each in branches for node in _parts(each.node, Or)]
        return Parsed(Or(tuple(dict.fromkeys(nodes))) if len(set(nodes)) > 1 else nodes[0], branches[0].start)

    def all_of(self) -> Parsed:
        clauses = [self.near()]
        while self.piece.kind not in ("OR", ")", "end"):
            if self.piece.kind == "AND":
                self.advance()
            clauses.append(self.near())
        return gather(self.origin, clauses)

    def near(self) -> Parsed | In:
        operands = [self.unary()]
        gaps: list[Piece] = []
        while self.piece.kind == "NEAR":
            gaps.append(self.advance())
            operands.append(self.unary())
        return operands[0] if not gaps else parse_near(self.origin, operands, gaps)

    def unary(self) -> Parsed | In:
        if self.piece.kind not in ("NOT", "-"):
            return self.atom()
        sign = self.advance()
        if self.piece.kind in ("NOT", "-"):
            help = "two of them cancel out: take both away, or one"
            raise self.origin.mistake(self.piece.start, "NOT after NOT", help)
        found = self.atom()
        if isinstance(found, In):
            other = "attachment" if found.scope == "page" else "page"
            raise self.origin.mistake(sign.start, f"in:{found.scope} cannot be negated", f"write in:{other}")
        return Parsed(Not(found.node), sign.start)

    def atom(self) -> Parsed | In:
        piece = self.piece
        if piece.kind == "(":
            return self.bracket()
        if piece.kind in ("word", "phrase", "field"):
            return parse_atom(self.origin, self.advance())
        if piece.kind == "end":
            raise self.origin.mistake(piece.start, "the query ends where a word is due", _due_help(self.origin, piece))
        if piece.kind == ")":
            help = "write something between the brackets, or take them away" if self.depth else "take it away"
            if self.depth and not self.origin.text[: piece.start].rstrip().endswith("("):
                help = _due_help(self.origin, piece)
            raise self.origin.mistake(piece.start, "a bracket closes where a word is due", help)
        help = f'put a word before {piece.text}, or quote it if you look for the word: "{piece.text}"'
        raise self.origin.mistake(piece.start, f"{piece.text} stands where a word is due", help)

    def bracket(self) -> Parsed:
        opening = self.advance()
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.origin.mistake(opening.start, f"brackets more than {DEEPEST} deep", "make it several watches")
        inside = self.any_of()
        if self.piece.kind != ")":
            raise self.origin.mistake(opening.start, "this bracket is never closed", "put a ) where it ends")
        self.advance()
        self.depth -= 1
        return Parsed(inside.node, opening.start, bracketed=True)

    def _only_negative(self, start: int) -> Exception:
        help = "say what to look for as well, as in prison NOT pension"
        if self.negative:
            start, help = self.negative[0], "say what to look for here as well; a OR NOT b matches nearly everything"
        return self.origin.mistake(start, "only what must not be there", help)


def _due_help(origin: Origin, end: Piece) -> str:
    last = origin.text[: end.start].split()[-1]
    return f"write a word after {last}, or take {last} away"


def _is_positive(node: Node) -> bool:
    """Whether something must be there for it to hold: in each branch of an OR, in some clause of an AND."""
    if isinstance(node, Not):
        return False
    if isinstance(node, And):
        return any(_is_positive(clause) for clause in node.clauses)
    return all(_is_positive(clause) for clause in node.clauses) if isinstance(node, Or) else True


def _parts(node: Node, kind: type[Or]) -> tuple[Node, ...]:
    return node.clauses if isinstance(node, kind) else (node,)
