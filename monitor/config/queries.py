"""The queries of watches, read while the config is: a mistake in one is placed like any other mistake of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from monitor.config.findings import Reporter
from monitor.config.positions import KeyPath
from monitor.errors import Problem, QueryError


@dataclass(frozen=True, slots=True)
class WrittenQuery:
    """A query as it stands in the file: `line` and `column` are of its first character, within the quotes."""

    text: str
    is_keyword: bool
    path: str
    line: int
    column: int
    where: str
    source_line: str


ReadQuery = Callable[[WrittenQuery], object]
"""Reads a query or one keyword; raises QueryError where it cannot be read."""


def misread_queries(document: Mapping[str, Any], reporter: Reporter, read: ReadQuery) -> list[Problem]:
    """Every query and keyword that cannot be read, as a problem of the file."""
    problems = []
    watches = document.get("watch")
    for index, watch in enumerate(watches if isinstance(watches, list) else ()):
        if not isinstance(watch, dict):
            continue
        written: list[tuple[KeyPath, Any, bool]] = [(("watch", index, "query"), watch.get("query"), False)]
        keywords = watch.get("keywords")
        for place, keyword in enumerate(keywords if isinstance(keywords, list) else ()):
            written.append((("watch", index, "keywords", place), keyword, True))
        for path, text, is_keyword in written:
            if not isinstance(text, str) or not text.strip():
                continue
            spot = reporter.spot(path)
            try:
                read(WrittenQuery(text, is_keyword, spot.path, spot.line, spot.column, spot.where, spot.source_line))
            except QueryError as error:
                problems.append(error.problem)
    return problems
