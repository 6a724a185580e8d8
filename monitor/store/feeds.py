"""Where we stand with each feed, each address and each item on a list; and the record of every exchange."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.model.digest import Coverage, Gap
from monitor.model.exchange import Request, Validators
from monitor.model.feed import Exchange, Feed, FeedState, Sighting
from monitor.store.rows import select_in, time_or_none, utc_or_none
from monitor.times import parse_time, utc_text

_QUICK_ATTEMPTS = 20
_MOST_ATTEMPTS = 50
_STATE = (
    "name", "next_poll_at", "baseline_at", "complete_at", "listed_at", "entries", "failures", "failing_since", "error", "ended",
    "plan",
)  # fmt: skip
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True, slots=True)
class Memory:
    """What one feed's poll needs to remember while it runs: which items are dealt with, and what to ask others with."""

    connection: sqlite3.Connection
    established_since: datetime | None

    def validators(self, urls: Sequence[str]) -> dict[str, Validators]:
        """What to ask these addresses "has it changed?" with; those that must be read again are not in the answer."""
        query = (
            "SELECT a.url, a.etag, a.last_modified, a.body_sha256, s.baseline, s.seen_at FROM addresses a"
            " LEFT JOIN sightings s ON s.url = a.url WHERE a.url IN ({})"
        )
        return {
            row["url"]: Validators(row["etag"], row["last_modified"], row["body_sha256"])
            for row in select_in(self.connection, query, urls)
            if not self._was_swallowed(row)
        }

    def dealt_with(self, requests: Sequence[Request]) -> set[str]:
        """The addresses of those items that were read when their list said the same of them, or are left to `unsettled`."""
        query = "SELECT url, stamp, settled, baseline, seen_at, attempts FROM sightings WHERE url IN ({})"
        rows = {row["url"]: row for row in select_in(self.connection, query, [request.url for request in requests])}
        return {
            request.url
            for request in requests
            if (row := rows.get(request.url)) and self._is_dealt_with(row, request.stamp or "")
        }

    def _is_dealt_with(self, row: sqlite3.Row, stamp: str) -> bool:
        is_over = row["settled"] or row["attempts"] >= _QUICK_ATTEMPTS
        return is_over and _covers(row["stamp"], stamp) and not self._was_swallowed(row)

    def _was_swallowed(self, row: sqlite3.Row) -> bool:
        """An item that came with another feed's baseline after this feed's last whole poll is news to this feed's readers."""
        if not row["baseline"] or self.established_since is None:
            return False
        return parse_time(row["seen_at"]) > self.established_since


@dataclass(frozen=True, slots=True)
class Feeds:
    """The tables feeds, faults, addresses, absences, sightings and polls."""

    tables: Database

    def state(self, name: str) -> FeedState:
        """Where we stand with one feed; a fresh state for one that was never polled."""
        return self.states((name,))[name]

    def states(self, names: Sequence[str]) -> dict[str, FeedState]:
        """Where we stand with each of these feeds."""
        rows = select_in(self.tables.conn, "SELECT * FROM feeds WHERE name IN ({})", names)
        return {name: FeedState(name) for name in names} | {row["name"]: _state_of(row) for row in rows}

    def last_polled_at(self) -> datetime | None:
        """When anything was last asked of anybody."""
        return time_or_none(self.tables.conn.execute("SELECT max(polled_at) FROM polls").fetchone()[0])

    def due(self, feeds: Iterable[Feed], now: datetime) -> tuple[Feed, ...]:
        """Those whose time has come, in the order given."""
        later = {
            row["name"]
            for row in self.tables.conn.execute("SELECT name FROM feeds WHERE next_poll_at > ?", (utc_text(now),))
        }
        return tuple(feed for feed in feeds if feed.name not in later)

    def memory(self, state: FeedState) -> Memory:
        """What a poll of this feed remembers."""
        return Memory(self.tables.conn, state.complete_at)

    def unsettled(self, now: datetime) -> dict[str, list[Sighting]]:
        """Items that could not be read yet and are to be asked for again, by the feed that listed them last.

        At every poll at first, then once a day, and no more after some fifty attempts; a new stamp is a new beginning.
        """
        rows = self.tables.conn.execute(
            "SELECT feed, url, reader, stamp, context, baseline FROM sightings"
            " WHERE settled = 0 AND (attempts < ? OR (attempts < ? AND seen_at <= ?))",
            (_QUICK_ATTEMPTS, _MOST_ATTEMPTS, utc_text(now - timedelta(days=1))),
        )
        waiting: dict[str, list[Sighting]] = {}
        for row in rows:
            request = Request(row["url"], row["reader"], row["stamp"], row["context"])
            waiting.setdefault(row["feed"], []).append(Sighting(request, bool(row["baseline"]), settled=False))
        return waiting

    def record_exchanges(self, exchanges: Iterable[tuple[str, Exchange]], now: datetime) -> None:
        """One row for every exchange, each given with its feed."""
        polled_at = utc_text(now)
        self.tables.table("polls").insert_all(
            {
                "feed": feed,
                "url": exchange.url,
                "polled_at": polled_at,
                "outcome": exchange.outcome,
                "status": exchange.status,
                "bytes": exchange.bytes,
                "elapsed_ms": exchange.elapsed_ms,
                "error": exchange.error,
            }
            for feed, exchange in exchanges
        )

    def record_validators(self, validators: Iterable[tuple[str, Validators]]) -> None:
        """Keep what the publisher gave us to ask with next time. Call it last: a crash before must not be met by a 304."""
        self.tables.conn.executemany(
            "INSERT INTO addresses (url, etag, last_modified, body_sha256) VALUES (?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET"
            " etag = excluded.etag, last_modified = excluded.last_modified, body_sha256 = excluded.body_sha256",
            [(url, found.etag, found.last_modified, found.body_sha256) for url, found in validators],
        )

    def record_sightings(self, sightings: Iterable[tuple[str, Sighting]], now: datetime) -> None:
        """Remember what the list of a feed said of each item, and whether it was read. A new stamp is a new beginning."""
        seen_at = utc_text(now)
        self.tables.conn.executemany(
            "INSERT INTO sightings (url, feed, reader, stamp, context, seen_at, baseline, settled, attempts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (url) DO UPDATE SET feed = excluded.feed, reader = excluded.reader, stamp = excluded.stamp,"
            " context = excluded.context, seen_at = excluded.seen_at, baseline = excluded.baseline,"
            " settled = excluded.settled, attempts ="
            " CASE WHEN excluded.settled OR excluded.stamp <> stamp THEN excluded.attempts ELSE attempts + 1 END",
            [
                (
                    seen.request.url, feed, seen.request.reader, seen.request.stamp or "", seen.request.context, seen_at,
                    seen.baseline, seen.settled, 0 if seen.settled else 1,
                )
                for feed, seen in sightings
            ],
        )  # fmt: skip

    def record_states(self, states: Sequence[FeedState], now: datetime) -> None:
        """Keep where we stand now; opens a fault at the first failure and closes it at recovery."""
        columns = ", ".join(_STATE)
        updates = ", ".join(f"{column} = excluded.{column}" for column in _STATE)
        self.tables.conn.executemany(
            f"INSERT INTO feeds ({columns}) VALUES ({', '.join('?' * len(_STATE))}) ON CONFLICT (name) DO UPDATE SET {updates}",
            [
                (
                    state.name, utc_or_none(state.next_poll_at), utc_or_none(state.baseline_at),
                    utc_or_none(state.complete_at), utc_or_none(state.listed_at), state.entries, state.failures,
                    utc_or_none(state.failing_since), state.error, int(state.ended), state.plan,
                )
                for state in states
            ],
        )  # fmt: skip
        self.tables.conn.executemany(
            "UPDATE faults SET until = ? WHERE feed = ? AND until IS NULL",
            [(utc_text(now), state.name) for state in states if state.failing_since is None],
        )
        self.tables.conn.executemany(
            "INSERT INTO faults (feed, since, error) VALUES (?, ?, ?) ON CONFLICT (feed) WHERE until IS NULL DO NOTHING",
            [
                (state.name, utc_text(state.failing_since), state.error or "")
                for state in states
                if state.failing_since is not None
            ],
        )

    def postpone(self, names: Sequence[str], until: datetime) -> None:
        """A host asked us to wait: none of its feeds is polled before then."""
        self.tables.conn.executemany(
            "INSERT INTO feeds (name, next_poll_at, plan) VALUES (?, ?, 'its publisher asked us to wait')"
            " ON CONFLICT (name) DO UPDATE SET next_poll_at = excluded.next_poll_at, plan = CASE failures"
            " WHEN 0 THEN excluded.plan ELSE plan END WHERE coalesce(next_poll_at, '') < excluded.next_poll_at",
            [(name, utc_text(until)) for name in names],
        )

    def record_absence(self, url: str, now: datetime) -> tuple[int, datetime]:
        """Count one more 404 of an address; returns how many there were in a row, and since when."""
        row = self.tables.conn.execute(
            "INSERT INTO absences (url, since, polls) VALUES (?, ?, 1)"
            " ON CONFLICT (url) DO UPDATE SET polls = polls + 1 RETURNING polls, since",
            (url, utc_text(now)),
        ).fetchone()
        return row["polls"], parse_time(row["since"])

    def forget_absences(self, urls: Iterable[str]) -> None:
        """These addresses answered after all."""
        self.tables.conn.executemany("DELETE FROM absences WHERE url = ?", [(url,) for url in urls])

    def forget_addresses(self, urls: Iterable[str]) -> None:
        """What was at these addresses went away: should it come back as it was, that is news."""
        rows = [(url,) for url in urls]
        self.tables.conn.executemany("DELETE FROM sightings WHERE url = ?", rows)
        self.tables.conn.executemany("DELETE FROM addresses WHERE url = ?", rows)

    def first_poll_at(self) -> datetime | None:
        """When anything was asked for first; None where nothing was."""
        return time_or_none(self.tables.conn.execute("SELECT min(polled_at) FROM polls").fetchone()[0])

    def coverage(self, names: Sequence[str], since: datetime, until: datetime) -> Coverage:
        """What was looked at in a period, and where we could not."""
        span = (utc_text(since), utc_text(until))
        polls = self.tables.conn.execute(
            "SELECT count(*) FROM polls WHERE polled_at > ? AND polled_at <= ?", span
        ).fetchone()[0]
        rows = self.tables.conn.execute(
            "SELECT feed, since, until, error FROM faults WHERE since <= ? AND coalesce(until, '9') > ? ORDER BY since",
            (span[1], span[0]),
        )
        gaps = tuple(
            Gap(row["feed"], parse_time(row["since"]), time_or_none(row["until"]), row["error"])
            for row in rows
            if row["feed"] in names
        )
        return Coverage(feeds=len(names), polls=polls, gaps=gaps)


def _state_of(row: sqlite3.Row) -> FeedState:
    return FeedState(
        name=row["name"],
        next_poll_at=time_or_none(row["next_poll_at"]),
        baseline_at=time_or_none(row["baseline_at"]),
        complete_at=time_or_none(row["complete_at"]),
        listed_at=time_or_none(row["listed_at"]),
        entries=row["entries"],
        failures=row["failures"],
        failing_since=time_or_none(row["failing_since"]),
        error=row["error"],
        ended=bool(row["ended"]),
        plan=row["plan"],
    )


def _covers(known: str, stamp: str) -> bool:
    """Whether what we dealt with is what the list says now, or later: a stale list speaks of earlier states."""
    are_times = _TIME.fullmatch(known) and _TIME.fullmatch(stamp)
    return known >= stamp if are_times else known == stamp
