"""A mistake in a query as an error for its writer: line, column, caret, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.errors import Problem, QueryError

_MOST_AFTER = 200
"""How much of a line is shown behind a mistake."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a query stands: its text, and the path, key, line and column (from 1) at which the text begins.

    `source_line` is that whole line of the file; without it, the query's own line is shown.
    """

    text: str
    where: str = "query"
    path: str = "<query>"
    line: int = 1
    column: int = 1
    source_line: str = ""

    def mistake(self, at: int, message: str, help: str) -> QueryError:
        """What is wrong at a place (from 0) of the text, and its remedy, as an error to raise."""
        at = min(at, len(self.text))
        before = self.text[:at]
        line = before.count("\n")
        start = before.rfind("\n") + 1
        column = at - start + (self.column if not line else 1)
        shown = self.text[start:].partition("\n")[0]
        if not line:
            shown = self.source_line or " " * (self.column - 1) + shown
        shown = "".join(char if char.isprintable() else " " for char in shown[: column + _MOST_AFTER]).rstrip()
        return QueryError(Problem(self.path, self.line + line, column, self.where, message, help, shown or " "))
