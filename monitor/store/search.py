"""The archive's search box: words and "phrases", all of which must occur, best first; filtered by facets."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import date

from monitor.model.publication import Status
from monitor.model.record import Record
from monitor.store.rows import RECORD_COLUMNS, record_of

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Facets:
    """What a search is narrowed to; None is no limit. `since` and `until` are on the publication's date, both included."""

    department: str | None = None
    house: str | None = None
    document_type: str | None = None
    status: Status | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One result: the publication, and a snippet in which the words found stand between \x02 and \x03."""

    record: Record
    snippet: str


def search(
    connection: sqlite3.Connection, query: str, facets: Facets, *, limit: int = 20, offset: int = 0
) -> tuple[int, tuple[Found, ...]]:
    """How many publications match, and one page of them. An empty query lists the newest by date.

    Every word is quoted for FTS5, so that no input is a syntax error (`re-offending`, `£3.7bn`, `C++`).
    """
    conditions, values = _conditions(facets)
    found = _TERM.findall(_UNWRITABLE.sub(" ", query))
    terms = " ".join(f'"{phrase or word}"' for phrase, word in found if phrase.strip() or word)
    if terms:
        source = "latest_fts JOIN versions v ON v.id = latest_fts.rowid JOIN publications p ON p.version_id = v.id"
        conditions.insert(0, "latest_fts MATCH ?")
        values.insert(0, terms)
        snippet = "snippet(latest_fts, -1, char(2), char(3), '…', 32)"
        order = "bm25(latest_fts, 8.0, 3.0, 1.0), p.id DESC"
    else:
        source = "versions v JOIN publications p ON p.version_id = v.id"
        snippet = "v.summary"
        order = "p.dated_on DESC, p.id DESC"
    where = " WHERE " + " AND ".join(conditions) if conditions else ""
    total = connection.execute(f"SELECT count(*) FROM {source}{where}", values).fetchone()[0]
    rows = connection.execute(
        f"SELECT {RECORD_COLUMNS}, {snippet} AS snippet FROM {source}{where} ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return total, tuple(Found(record_of(row), row["snippet"]) for row in rows)


def _conditions(facets: Facets) -> tuple[list[str], list[object]]:
    wanted: list[tuple[str, object]] = [
        ("p.department LIKE '%' || ? || '%'", facets.department),
        ("p.house = ? COLLATE NOCASE", facets.house),
        ("p.document_type = ?", facets.document_type),
        ("p.status = ?", facets.status),
        ("p.dated_on >= ?", facets.since.isoformat() if facets.since else None),
        ("p.dated_on <= ?", facets.until.isoformat() if facets.until else None),
    ]
    kept = [(condition, value) for condition, value in wanted if value is not None]
    return [condition for condition, _ in kept], [value for _, value in kept]
