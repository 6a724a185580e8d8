"""The archive's search box: words and "phrases", all of which must occur, best first; filtered by facets.

It looks in the pages of publications and in the files attached to them. A publication whose own page has all the words
stands before one that has them in a file; there, the result says in which, and where in it.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import date

from monitor.model.publication import Status
from monitor.model.record import Record
from monitor.store.papers import Papers
from monitor.store.rows import RECORD_COLUMNS, record_of

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_OPEN, _CLOSE, _CUT = "\x02", "\x03", "…"
_SNIPPET = "char(2), char(3), '…', 32"
_RECORD = f"SELECT {RECORD_COLUMNS} FROM publications p JOIN versions v ON v.id = p.version_id WHERE p.id = ?"


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
class FoundIn:
    """The attachment in which words were found, and the page or sheet of it, such as `page 12`; empty where it has none."""

    title: str
    url: str
    place: str


@dataclass(frozen=True, slots=True)
class Found:
    """One result: the publication, and a snippet in which the words found stand between \x02 and \x03.

    `attachment` is None where they stand on the publication's own page.
    """

    record: Record
    snippet: str
    attachment: FoundIn | None = None


def search(
    connection: sqlite3.Connection, query: str, facets: Facets, *, limit: int = 20, offset: int = 0
) -> tuple[int, tuple[Found, ...]]:
    """How many publications match, and one page of them. An empty query lists the newest by date.

    Every word is quoted for FTS5, so that no input is a syntax error (`re-offending`, `£3.7bn`, `C++`).
    """
    conditions, values = _conditions(facets)
    found = _TERM.findall(_UNWRITABLE.sub(" ", query))
    terms = " ".join(f'"{phrase or word}"' for phrase, word in found if phrase.strip() or word)
    if not terms:
        return _newest(connection, conditions, values, limit, offset)
    pages = connection.execute(
        "SELECT p.id FROM latest_fts JOIN publications p ON p.version_id = latest_fts.rowid"
        f" WHERE latest_fts MATCH ?{conditions} ORDER BY bm25(latest_fts, 8.0, 3.0, 1.0), p.id DESC",
        (terms, *values),
    )
    places: dict[int, sqlite3.Row | None] = {row["id"]: None for row in pages}
    files = connection.execute(
        "SELECT p.id, a.title, a.url, t.id AS text_id, t.sha256 FROM paper_texts_fts"
        " JOIN paper_texts t ON t.id = paper_texts_fts.rowid JOIN papers f ON f.sha256 = t.sha256"
        " JOIN attachments a ON a.url = f.url JOIN publications p ON p.id = a.publication_id AND p.version = a.version"
        f" WHERE paper_texts_fts MATCH ?{conditions} ORDER BY bm25(paper_texts_fts), p.id DESC, a.position",
        (terms, *values),
    )
    for row in files:
        places.setdefault(row["id"], row)
    shown = list(places.items())[max(offset, 0) :][: limit if limit >= 0 else None]
    return len(places), tuple(_found(connection, terms, number, file) for number, file in shown)


def _newest(
    connection: sqlite3.Connection, conditions: str, values: list[object], limit: int, offset: int
) -> tuple[int, tuple[Found, ...]]:
    source = f"FROM versions v JOIN publications p ON p.version_id = v.id WHERE 1{conditions}"
    total = connection.execute(f"SELECT count(*) {source}", values).fetchone()[0]
    rows = connection.execute(
        f"SELECT {RECORD_COLUMNS} {source} ORDER BY p.dated_on DESC, p.id DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return total, tuple(Found(record_of(row), row["summary"]) for row in rows)


def _found(connection: sqlite3.Connection, terms: str, number: int, file: sqlite3.Row | None) -> Found:
    """One publication with the words around those that were found, in its page or in a file of it."""
    record = record_of(connection.execute(_RECORD, (number,)).fetchone())
    if file is None:
        words = connection.execute(
            f"SELECT snippet(latest_fts, -1, {_SNIPPET}) FROM latest_fts WHERE latest_fts MATCH ? AND rowid ="
            " (SELECT version_id FROM publications WHERE id = ?)",
            (terms, number),
        ).fetchone()
        return Found(record, words[0])
    words = connection.execute(
        f"SELECT snippet(paper_texts_fts, 0, {_SNIPPET}) FROM paper_texts_fts WHERE paper_texts_fts MATCH ? AND rowid = ?",
        (terms, file["text_id"]),
    ).fetchone()
    paper = Papers(connection).text(file["sha256"])
    piece = words[0].strip(_CUT)
    before, _, _ = piece.partition(_OPEN)
    start = paper.text.find(piece.replace(_OPEN, "").replace(_CLOSE, ""))
    place = paper.place_at(start + len(before)) if start >= 0 else ""
    return Found(record, words[0], FoundIn(file["title"], file["url"], place))


def _conditions(facets: Facets) -> tuple[str, list[object]]:
    """The facets as SQL that goes on after a WHERE, and its values."""
    wanted: list[tuple[str, object]] = [
        ("p.department LIKE '%' || ? || '%'", facets.department),
        ("p.house = ? COLLATE NOCASE", facets.house),
        ("p.document_type = ?", facets.document_type),
        ("p.status = ?", facets.status),
        ("p.dated_on >= ?", facets.since.isoformat() if facets.since else None),
        ("p.dated_on <= ?", facets.until.isoformat() if facets.until else None),
    ]
    kept = [(condition, value) for condition, value in wanted if value is not None]
    return "".join(f" AND {condition}" for condition, _ in kept), [value for _, value in kept]
