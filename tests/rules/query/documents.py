"""Documents to ask queries of, and the shortest ways to ask."""

from __future__ import annotations

import re
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


def written(text: str) -> Document:
    """`[house: Lords; title: Plan] the text` as a document."""
    found = re.fullmatch(r"(?:\[(.*?)\] ?)?(.*)", text, re.DOTALL)
    assert found
    said = dict(part.split(": ", 1) for part in found[1].split("; ")) if found[1] else {}
    day = said.pop("date", None)
    facets = Facets(
        department=said.pop("dept", ""),
        minister=said.pop("minister", ""),
        house=said.pop("house", ""),
        type=said.pop("type", ""),
        ids=(said.pop("id", ""),),
        date=date.fromisoformat(day) if day else None,
        status=said.pop("status", "live"),
        language=said.pop("lang", "en"),
        sources=(said.pop("source", ""),),
    )
    attachment = said.pop("attachment", "")
    return read_document(text=found[2], attachments=[("a", attachment)], facets=facets, **said)
