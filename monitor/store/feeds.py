"""Where we stand with each feed, each address and each item on a list; and the record of every exchange."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.model.digest import Coverage, Gap
from monitor.model.exchange import Request, Validators
from monitor.model.feed import Exchange, Feed, FeedState, Sighting
from monitor.store.rows import time_or_none, utc_or_none
from monitor.times import parse_time, utc_text

_MOST_ATTEMPTS = 20
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True, slots=True)
class Memory:
    """What one feed's poll needs to remember while it runs: which items are dealt with, and what to ask others with."""

    tables: Database
    established_since: datetime | None

    def validators(self, url: str) -> Validators:
        """What to ask this address "has it changed?" with; nothing where the answer must be read again."""
        row = self.tables.conn.execute(
            "SELECT a.etag, a.last_modified, a.body_sha256, s.baseline, s.seen_at FROM addresses a"
            " LEFT JOIN sightings s ON s.url = a.url WHERE a.url = ?",
            (url,),
        ).fetchone()
        if row is None or self._was_swallowed(row):
            return Validators()
        return Validators(row["etag"], row["last_modified"], row["body_sha256"])

    def has_dealt_with(self, request: Request) -> bool:
        """Whether the list said the same of this item before, and it was read then."""
        row = self.tables.conn.execute(
            "SELECT stamp, settled, baseline, seen_at FROM sightings WHERE url = ?", (request.url,)
        ).fetchone()
        if row is None or not row["settled"] or not _covers(row["stamp"], request.stamp or ""):
            return False
        return not self._was_swallowed(row)

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
        row = self.tables.conn.execute("SELECT * FROM feeds WHERE name = ?", (name,)).fetchone()
        if row is None:
            return FeedState(name)
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
        )

    def due(self, feeds: Iterable[Feed], now: datetime) -> tuple[Feed, ...]:
        """Those whose time has come, in the order given."""
        later = {
            row["name"]
            for row in self.tables.conn.execute("SELECT name FROM feeds WHERE next_poll_at > ?", (utc_text(now),))
        }
        return tuple(feed for feed in feeds if feed.name not in later)

    def memory(self, state: FeedState) -> Memory:
        """What a poll of this feed remembers."""
        return Memory(self.tables, state.complete_at)

    def unsettled(self, name: str) -> tuple[Sighting, ...]:
        """Items that this feed listed and that could not be read yet."""
        rows = self.tables.conn.execute(
            "SELECT * FROM sightings WHERE feed = ? AND settled = 0 AND attempts < ?", (name, _MOST_ATTEMPTS)
        )
        return tuple(
            Sighting(
                Request(row["url"], row["reader"], row["stamp"], row["context"]), bool(row["baseline"]), settled=False
            )
            for row in rows
        )

    def record_exchanges(self, feed: str, exchanges: Sequence[Exchange], now: datetime) -> None:
        """One row for every exchange, and the validators of those that were read."""
        self.tables.table("polls").insert_all(
            {
                "feed": feed,
                "url": exchange.url,
                "polled_at": utc_text(now),
                "outcome": exchange.outcome,
                "status": exchange.status,
                "bytes": exchange.bytes,
                "elapsed_ms": exchange.elapsed_ms,
                "error": exchange.error,
            }
            for exchange in exchanges
        )

    def record_validators(self, validators: Iterable[tuple[str, Validators]]) -> None:
        """Keep what the publisher gave us to ask with next time. Call it last: a crash before must not be met by a 304."""
        self.tables.table("addresses").upsert_all(
            ({"url": url, **asdict(found)} for url, found in validators), pk="url"
        )

    def record_sightings(self, feed: str, sightings: Sequence[Sighting], now: datetime) -> None:
        """Remember what the list said of each item, and whether it was read."""
        self.tables.conn.executemany(
            "INSERT INTO sightings (url, feed, reader, stamp, context, seen_at, baseline, settled, attempts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (url) DO UPDATE SET feed = excluded.feed, reader = excluded.reader, stamp = excluded.stamp, context = excluded.context,"
            " seen_at = excluded.seen_at, baseline = excluded.baseline, settled = excluded.settled,"
            " attempts = CASE WHEN excluded.settled THEN 0 ELSE attempts + 1 END",
            [
                (
                    seen.request.url, feed, seen.request.reader, seen.request.stamp or "", seen.request.context, utc_text(now),
                    seen.baseline, seen.settled, 0 if seen.settled else 1,
                )
                for seen in sightings
            ],
        )  # fmt: skip

    def record_state(self, state: FeedState, now: datetime) -> None:
        """Keep where we stand now; opens a fault at the first failure and closes it at recovery."""
        self.tables.table("feeds").upsert(
            {
                "name": state.name,
                "next_poll_at": utc_or_none(state.next_poll_at),
                "baseline_at": utc_or_none(state.baseline_at),
                "complete_at": utc_or_none(state.complete_at),
                "listed_at": utc_or_none(state.listed_at),
                "entries": state.entries,
                "failures": state.failures,
                "failing_since": utc_or_none(state.failing_since),
                "error": state.error,
                "ended": int(state.ended),
            },
            pk="name",
        )
        if state.failing_since is None:
            self.tables.conn.execute(
                "UPDATE faults SET until = ? WHERE feed = ? AND until IS NULL", (utc_text(now), state.name)
            )
        else:
            self.tables.conn.execute(
                "INSERT INTO faults (feed, since, error) VALUES (?, ?, ?)"
                " ON CONFLICT (feed) WHERE until IS NULL DO NOTHING",
                (state.name, utc_text(state.failing_since), state.error or ""),
            )

    def postpone(self, names: Sequence[str], until: datetime) -> None:
        """A host asked us to wait: none of its feeds is polled before then."""
        self.tables.conn.executemany(
            "UPDATE feeds SET next_poll_at = max(coalesce(next_poll_at, ''), ?) WHERE name = ?",
            [(utc_text(until), name) for name in names],
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


def _covers(known: str, stamp: str) -> bool:
    """Whether what we dealt with is what the list says now, or later: a stale list speaks of earlier states."""
    are_times = _TIME.fullmatch(known) and _TIME.fullmatch(stamp)
    return known >= stamp if are_times else known == stamp
