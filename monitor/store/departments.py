"""Departments in the archive: as their publishers listed them last, each with the department of our table that it is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from monitor.model.department import ListedBody
from monitor.times import parse_time, utc_text


@dataclass(frozen=True, slots=True)
class KeptBody:
    """A listed body, the key of its department (None where our table has none), and when it was listed first and last."""

    body: ListedBody
    key: str | None
    first_seen_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Departments:
    """The table departments."""

    connection: sqlite3.Connection

    def all(self) -> tuple[KeptBody, ...]:
        """Every body that was ever listed, by publisher and name."""
        rows = self.connection.execute("SELECT * FROM departments ORDER BY publisher DESC, name, id")
        return tuple(_kept(row) for row in rows)

    def record(self, bodies: Iterable[tuple[ListedBody, str | None]], now: datetime) -> None:
        """Keep what is listed now, each with its key. What is no longer listed stays, with the time it was seen last."""
        self.connection.executemany(
            "INSERT INTO departments (publisher, id, name, kind, abbreviation, state, successors, key, first_seen_at, seen_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?9, ?9) ON CONFLICT (publisher, id) DO UPDATE SET name = excluded.name,"
            " kind = excluded.kind, abbreviation = excluded.abbreviation, state = excluded.state,"
            " successors = excluded.successors, key = excluded.key, seen_at = excluded.seen_at",
            [
                (
                    one.publisher, one.id, one.name, one.kind, one.abbreviation, one.state, json.dumps(one.successors),
                    key, utc_text(now),
                )
                for one, key in bodies
            ],
        )  # fmt: skip

    def record_names(self, names: Iterable[tuple[str, str]]) -> None:
        """Keep names that departments of the table go by, each with a key; those of before stay."""
        self.connection.executemany("INSERT OR IGNORE INTO department_names (name, key) VALUES (?, ?)", list(names))

    def names(self) -> dict[str, tuple[str, ...]]:
        """Every such name with its keys."""
        found: dict[str, tuple[str, ...]] = {}
        for name, key in self.connection.execute("SELECT name, key FROM department_names ORDER BY name, key"):
            found[name] = (*found.get(name, ()), key)
        return found


def _kept(row: sqlite3.Row) -> KeptBody:
    body = ListedBody(
        publisher=row["publisher"],
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        abbreviation=row["abbreviation"],
        state=row["state"],
        successors=tuple(json.loads(row["successors"])),
    )
    return KeptBody(body, row["key"], parse_time(row["first_seen_at"]), parse_time(row["seen_at"]))
