"""Permanent redirects of lists: an address that leads elsewhere for good is asked for there, once that is certain."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.store.rows import select_in
from monitor.times import parse_time, utc_text


@dataclass(frozen=True, slots=True)
class Move:
    """Where an address led for good, at how many polls in a row, and from when to when they were."""

    to_url: str
    polls: int
    since: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Redirects:
    """The table redirects (RFC 9110 §15.4.2 and §15.4.9)."""

    connection: sqlite3.Connection

    def known(self, urls: Sequence[str]) -> dict[str, Move]:
        """What was seen of those of these addresses that led elsewhere when they were asked last."""
        query = "SELECT * FROM redirects WHERE url IN ({})"
        return {
            row["url"]: Move(row["to_url"], row["polls"], parse_time(row["since"]), parse_time(row["seen_at"]))
            for row in select_in(self.connection, query, urls)
        }

    def forget(self, to_urls: Iterable[str]) -> None:
        """These addresses answer no more: what led to them is asked for itself again."""
        self.connection.executemany("DELETE FROM redirects WHERE to_url = ?", [(url,) for url in to_urls])

    def record(self, seen: Iterable[tuple[str, str | None]], now: datetime) -> None:
        """Addresses, each with where it led for good; None, it answered itself, ends what was believed of it."""
        for url, to_url in seen:
            if to_url is None:
                self.connection.execute("DELETE FROM redirects WHERE url = ?", (url,))
                continue
            self.connection.execute(
                "INSERT INTO redirects (url, to_url, since, seen_at, polls) VALUES (?1, ?2, ?3, ?3, 1)"
                " ON CONFLICT (url) DO UPDATE SET polls = CASE WHEN to_url = ?2 THEN polls + 1 ELSE 1 END,"
                " since = CASE WHEN to_url = ?2 THEN since ELSE ?3 END, to_url = ?2, seen_at = ?3",
                (url, to_url, utc_text(now)),
            )
