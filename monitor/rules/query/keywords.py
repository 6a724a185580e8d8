"""The `keywords` of a watch as a query: any of them, each a phrase with its variants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.rules.query.atoms import parse_keyword
from monitor.rules.query.mistakes import Origin
from monitor.rules.query.tree import Node, Or, Query


def keywords_query(
    keywords: Sequence[str],
    *,
    where: str = "keywords",
    path: str = "<query>",
    line: int = 1,
    column: int = 1,
    source_line: str = "",
) -> Query:
    """The query that some keywords stand for; there must be one at least. Raises QueryError for one without a word."""
    origin = Origin("", where, path, line, column, source_line)
    nodes: list[Node] = [parse_keyword(replace(origin, text=keyword)) for keyword in keywords]
    if not nodes:
        raise origin.mistake(0, "no keywords", 'write keywords = ["small boats"]')
    unique = tuple(dict.fromkeys(nodes))
    return Query(unique[0] if len(unique) == 1 else Or(unique))
