"""Between rows and the model: the few conversions every table needs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from monitor.model.change import Change
from monitor.model.publication import Publication
from monitor.model.record import Record
from monitor.times import parse_time, utc_text

Row = dict[str, Any]
"""Column names with their values."""

RECORD_COLUMNS = (
    "p.key, p.url, p.title, p.document_type, p.publisher, p.status, p.first_seen_at, p.identifier, p.department,"
    " p.house, p.minister, p.role, p.dated_on, p.published_at, p.updated_at, p.language, p.notice,"
    " p.feed, p.source,"
    " p.version AS versions, v.number AS version, v.words, v.summary, v.text"
)
"""What a Record is made of, from publications p and versions v."""

_CHUNK = 500


def select_in(connection: sqlite3.Connection, query: str, values: Sequence[object]) -> Iterator[sqlite3.Row]:
    """The rows of a query that ends in `IN ({})`, for any number of values: a few at a time, each time read to the end."""
    for start in range(0, len(values), _CHUNK):
        chunk = values[start : start + _CHUNK]
        yield from connection.execute(query.format(", ".join("?" * len(chunk))), chunk).fetchall()


def insert_rows(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows with the same columns in the same order; cheaper than sqlite-utils, for the two longest tables."""
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES ({marks})", [tuple(row.values()) for row in rows]
        )


def time_or_none(text: str | None) -> datetime | None:
    """A stored time, or None."""
    return parse_time(text) if text else None


def utc_or_none(at: datetime | None) -> str | None:
    """A time as it is stored, or None."""
    return utc_text(at) if at else None


def record_of(row: sqlite3.Row) -> Record:
    """A row of RECORD_COLUMNS."""
    return Record(
        key=row["key"],
        url=row["url"],
        title=row["title"],
        document_type=row["document_type"],
        publisher=row["publisher"],
        status=row["status"],
        first_seen_at=parse_time(row["first_seen_at"]),
        version=row["version"],
        versions=row["versions"],
        words=row["words"],
        summary=row["summary"],
        text=row["text"],
        notice=row["notice"],
        identifier=row["identifier"],
        department=row["department"],
        house=row["house"],
        minister=row["minister"],
        role=row["role"],
        dated_on=date.fromisoformat(row["dated_on"]) if row["dated_on"] else None,
        published_at=time_or_none(row["published_at"]),
        updated_at=time_or_none(row["updated_at"]),
        language=row["language"],
        feed=row["feed"],
        source=row["source"],
    )


_FACETS = (
    "document_type",
    "department",
    "house",
    "minister",
    "dated_on",
    "published_at",
    "status",
    "language",
    "identifier",
)


def facets_text(publication: Publication) -> str:
    """What a publication is, as one of its versions keeps it; what it is not is left out."""
    said = ((name, getattr(publication, name)) for name in _FACETS)
    dates = {"dated_on": date.isoformat, "published_at": utc_text}
    return json.dumps(
        {name: dates[name](value) if name in dates else value for name, value in said if value is not None},
        ensure_ascii=False,
    )


def record_then(row: sqlite3.Row) -> Record:
    """A row of RECORD_COLUMNS and `v.facets`, as the publication was at that version."""
    was = json.loads(row["facets"])
    if not was:
        return record_of(row)
    return replace(
        record_of(row),
        document_type=was["document_type"],
        department=was.get("department"),
        house=was.get("house"),
        minister=was.get("minister"),
        dated_on=date.fromisoformat(was["dated_on"]) if "dated_on" in was else None,
        published_at=time_or_none(was.get("published_at")),
        status=was["status"],
        language=was["language"],
        identifier=was.get("identifier"),
    )


CHANGE_COLUMNS = (
    "c.id AS change_id, c.kind, c.detected_at, c.from_version, c.to_version, c.note, c.announced, c.material,"
    " c.words_added, c.words_removed, c.late"
)
"""What a Change is made of, from changes c, beside the publication's key."""


def change_of(row: sqlite3.Row) -> Change:
    """A row of CHANGE_COLUMNS with the key."""
    return Change(
        id=row["change_id"],
        kind=row["kind"],
        key=row["key"],
        detected_at=parse_time(row["detected_at"]),
        from_version=row["from_version"],
        to_version=row["to_version"],
        note=row["note"],
        announced=bool(row["announced"]),
        material=bool(row["material"]),
        words_added=row["words_added"],
        words_removed=row["words_removed"],
        late=bool(row["late"]),
    )
