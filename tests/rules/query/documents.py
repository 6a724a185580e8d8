"""Documents to ask queries of, and the shortest ways to ask."""

from __future__ import annotations

from datetime import date

from monitor.rules.documents import Document, Facets, read_document
from monitor.rules.query.evaluating import Evaluation, evaluate
from monitor.rules.query.keywords import keywords_query
from monitor.rules.query.parsing import parse_query

STATEMENT = Facets(
    department="Ministry of Justice",
    minister="Dame Jane Sample",
    house="Commons",
    type="written_statement",
    ids=("parliament:1943121", "HCWS293", "https://questions-statements.example.org/HCWS293"),
    date=date(2024, 12, 10),
    sources=("parliament", "statements"),
)


def text(words: str, **more: object) -> Document:
    """A document with nothing but a text, unless more is said."""
    return read_document(text=words, facets=STATEMENT, **more)  # type: ignore[arg-type]


def ask(query: str, document: Document | str) -> Evaluation:
    """What a query makes of a document or a bare text."""
    return evaluate(parse_query(query), text(document) if isinstance(document, str) else document)


def matches(query: str, document: Document | str) -> bool:
    """Whether a query matches a document or a bare text."""
    return ask(query, document).matched


def keyword_matches(keyword: str, words: str) -> bool:
    """Whether one keyword of a watch matches a text."""
    return evaluate(keywords_query([keyword]), text(words)).matched
