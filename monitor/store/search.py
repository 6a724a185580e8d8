"""Choosing publications by what they are: for searches and trials, which then ask those for their words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from monitor.model.publication import Status
from monitor.model.record import Record
from monitor.store.rows import RECORD_COLUMNS, record_of, select_in

Column = Literal["department", "document_type", "house", "status"]
"""A property that few values are shared by many publications of."""

_DAY = "coalesce(p.dated_on, substr(p.published_at, 1, 10), substr(p.first_seen_at, 1, 10))"
_HEAD = RECORD_COLUMNS.replace("v.summary, v.text", "'' AS summary, '' AS text")
_LATEST = "FROM publications p JOIN versions v ON v.id = p.version_id"


@dataclass(frozen=True, slots=True)
class Facets:
    """What a search is narrowed to; None is no limit. `since` and `until` are days, both included.

    `kind` is a change that happened to it, `watch` one that it matched.
    `values` are those that a column may have, as they stand there.
    """

    house: str | None = None
    document_type: str | None = None
    status: Status | None = None
    since: date | None = None
    until: date | None = None
    kind: str | None = None
    watch: str | None = None
    values: Mapping[Column, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """A publication without its words, its number in the archive, and the day it goes by: its own, or when we saw it."""

    number: int
    day: date
    record: Record


def choose(connection: sqlite3.Connection, facets: Facets, among: Collection[int] | None = None) -> Iterator[Head]:
    """The publications that are so, the newest first; `among` some numbers, if they are given."""
    conditions, values = _conditions(facets)
    if among is not None:
        conditions, values = (
            f"{conditions} AND p.id IN (SELECT value FROM json_each(?))",
            [*values, json.dumps(list(among))],
        )
    rows = connection.execute(
        f"SELECT p.id, {_DAY} AS day, {_HEAD} {_LATEST} WHERE 1{conditions} ORDER BY day DESC, p.id DESC", values
    )
    return (Head(row["id"], date.fromisoformat(row["day"]), record_of(row)) for row in rows)


def count(connection: sqlite3.Connection, facets: Facets) -> int:
    """How many publications are so."""
    conditions, values = _conditions(facets)
    return int(connection.execute(f"SELECT count(*) FROM publications p WHERE 1{conditions}", values).fetchone()[0])


def read_whole(
    connection: sqlite3.Connection, numbers: Sequence[int]
) -> dict[int, tuple[Record, tuple[tuple[str, str], ...]]]:
    """Some publications with their words, and the ids and texts of their attachments in the publisher's order."""
    texts: dict[int, list[tuple[str, str]]] = {}
    carried = (
        "SELECT a.publication_id, a.attachment_id, t.text FROM attachments a JOIN publications p"
        " ON p.id = a.publication_id AND p.version = a.version JOIN papers f ON f.url = a.url"
        " JOIN paper_texts t ON t.sha256 = f.sha256 WHERE a.publication_id IN ({}) ORDER BY a.position"
    )
    for row in select_in(connection, carried, numbers):
        texts.setdefault(row["publication_id"], []).append((row["attachment_id"], row["text"]))
    rows = select_in(connection, f"SELECT p.id, {RECORD_COLUMNS} {_LATEST} WHERE p.id IN ({{}})", numbers)
    return {row["id"]: (record_of(row), tuple(texts.get(row["id"], ()))) for row in rows}


def values_of(connection: sqlite3.Connection, column: Column) -> tuple[str, ...]:
    """Every value that a column has, as publishers write it."""
    rows = connection.execute(f"SELECT DISTINCT {column} FROM publications WHERE {column} IS NOT NULL")
    return tuple(row[0] for row in rows)


def _conditions(facets: Facets) -> tuple[str, list[object]]:
    """The facets as SQL that goes on after a WHERE, and its values."""
    changed = "EXISTS (SELECT 1 FROM changes c WHERE c.publication_id = p.id AND c.kind = ?)"
    watched = (
        "EXISTS (SELECT 1 FROM changes c JOIN matches m ON m.change_id = c.id WHERE c.publication_id = p.id"
        " AND m.watch = ?)"
    )
    wanted: list[tuple[str, object]] = [
        ("p.house = ? COLLATE NOCASE", facets.house),
        ("p.document_type = ?", facets.document_type),
        ("p.status = ?", facets.status),
        (f"{_DAY} >= ?", facets.since.isoformat() if facets.since else None),
        (f"{_DAY} <= ?", facets.until.isoformat() if facets.until else None),
        (changed, facets.kind),
        (watched, facets.watch),
        *(
            (f"p.{column} IN (SELECT value FROM json_each(?))", json.dumps(list(values), ensure_ascii=False))
            for column, values in facets.values.items()
        ),
    ]
    kept = [(condition, value) for condition, value in wanted if value is not None]
    return "".join(f" AND {condition}" for condition, _ in kept), [value for _, value in kept]
