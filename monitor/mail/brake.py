"""The brake: when sending rests, by itself or by the operator's word, and how many mails may still go out this hour."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.database import transaction
from monitor.times import parse_time, utc_text

WINDOW = 50
"""So many outcomes are looked at, the newest; of fewer nothing is concluded."""

FAILING_SHARE = 0.2
WATCHED = timedelta(hours=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Sending rests from `since` until `until`, unless the operator ends it before."""

    since: datetime
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Brake:
    """The tables pauses and, to look at, outbox. `per_hour` is how many mails may go out in an hour (0: any number)."""

    connection: sqlite3.Connection
    per_hour: int = 0

    def standing(self, now: datetime) -> Pause | None:
        """The pause that holds now, or None."""
        row = self.connection.execute(
            "SELECT since, until, reason FROM pauses WHERE ended_at IS NULL AND until > ? ORDER BY until DESC LIMIT 1",
            (utc_text(now),),
        ).fetchone()
        return Pause(parse_time(row["since"]), parse_time(row["until"]), row["reason"]) if row else None

    def pause(self, reason: str, now: datetime, rest: timedelta) -> None:
        """Let sending rest for a while."""
        with transaction(self.connection) as connection:
            connection.execute(
                "INSERT INTO pauses (since, until, reason) VALUES (?, ?, ?)",
                (utc_text(now), utc_text(now + rest), reason),
            )

    def resume(self, now: datetime) -> bool:
        """The operator says go on. What failed before is no longer held against the next mails. False: nothing rested."""
        with transaction(self.connection) as connection:
            return (
                connection.execute(
                    "UPDATE pauses SET ended_at = ? WHERE ended_at IS NULL AND until > ?",
                    (utc_text(now), utc_text(now)),
                ).rowcount
                > 0
            )

    def failing(self, now: datetime) -> str:
        """Why it would be wrong to go on: more than a fifth of the last fifty were not accepted. Empty: all is well.

        Only the last hour counts, and only what was tried since the last pause ended.
        """
        since = max(utc_text(now - WATCHED), self._last_end())
        rows = self.connection.execute(
            "SELECT state FROM outbox WHERE tried_at > ? AND tried_at <= ? AND state <> 'sending'"
            " ORDER BY tried_at DESC, id DESC LIMIT ?",
            (since, utc_text(now), WINDOW),
        ).fetchall()
        failing = sum(row["state"] in ("failed", "deferred", "unsure") for row in rows)
        if len(rows) < WINDOW or failing <= WINDOW * FAILING_SHARE:
            return ""
        return f"{failing} of the last {WINDOW} mails were not accepted"

    def allowance(self, now: datetime) -> int | None:
        """How many mails may still be taken in hand this hour; None where there is no limit."""
        if not self.per_hour:
            return None
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM outbox WHERE sent_at > ? AND sent_at <= ?)"
            " + (SELECT count(*) FROM outbox WHERE state = 'sending' AND lease_until > ?)",
            (utc_text(now - _HOUR), utc_text(now), utc_text(now)),
        ).fetchone()
        return max(0, self.per_hour - int(row[0]))

    def _last_end(self) -> str:
        row = self.connection.execute("SELECT max(coalesce(ended_at, until)) FROM pauses").fetchone()
        return row[0] or ""
