"""The outbox: mails that are planned in one transaction, leased by whoever sends them, and settled by their holder alone.

Kill it anywhere: nobody is missed, and at most the one mail in flight repeats, with the same Message-ID.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from monitor.database import transaction
from monitor.mail.retry import UNSURE_WAIT, next_attempt
from monitor.model.subscriber import Every
from monitor.times import find_time, parse_time, utc_text

DeliveryState = Literal["todo", "sending", "sent", "deferred", "failed", "unsure", "held"]
STATES: tuple[DeliveryState, ...] = ("todo", "sending", "sent", "deferred", "failed", "unsure", "held")


@dataclass(frozen=True, slots=True)
class PlannedMail:
    """A mail that is ready to go: `message` is the whole of it in bytes, `items` how many publications it tells of."""

    period: str
    message_id: str
    subject: str
    items: int
    message: bytes


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mail that its holder may send now. `attempts` counts this one too."""

    id: int
    period: str
    subscriber_id: int
    recipient: str
    message_id: str
    subject: str
    items: int
    message: bytes
    attempts: int


class Outbox:
    """The outbox of one mail.db."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def plan(
        self,
        entry: PlannedMail | None,
        subscriber_id: int,
        every: Every,
        slot: datetime,
        covered_to: Mapping[str, int],
        change_ids: Collection[int],
        now: datetime,
    ) -> bool:
        """Plan one mail, or note that there was nothing to say (None), in ONE transaction with all that hangs on it.

        That is: the mail, the changes it tells of, how far each watch (name → match id) is covered, and the slot that
        was served. False, and nothing is touched, where the period was planned before, the slot was served, one of the
        changes was told meanwhile by another mail, or the subscriber is gone.
        """
        with transaction(self._connection) as connection:
            if self._served(subscriber_id, every, slot, entry) or self.already_told(subscriber_id, change_ids):
                return False
            number = _insert(connection, entry, subscriber_id, now) if entry else None
            connection.executemany(
                "INSERT INTO told (subscriber_id, change_id, outbox_id) VALUES (?, ?, ?)",
                [(subscriber_id, change, number) for change in sorted(set(change_ids))],
            )
            connection.executemany(
                "UPDATE subscriptions SET covered_to = max(covered_to, ?) WHERE subscriber_id = ? AND watch = ?",
                [(to, subscriber_id, watch) for watch, to in covered_to.items()],
            )
            connection.execute(
                "INSERT INTO served VALUES (?, ?, ?) ON CONFLICT (subscriber_id, every)"
                " DO UPDATE SET slot = max(slot, excluded.slot)",
                (subscriber_id, every, utc_text(slot)),
            )
        return True

    def already_told(self, subscriber_id: int, change_ids: Iterable[int]) -> frozenset[int]:
        """Which of these changes a mail to this person has told of, whatever its frequency."""
        told: set[int] = set()
        numbers = sorted(set(change_ids))
        for start in range(0, len(numbers), 500):
            part = numbers[start : start + 500]
            marks = ", ".join("?" * len(part))
            rows = self._connection.execute(
                f"SELECT change_id FROM told WHERE subscriber_id = ? AND change_id IN ({marks})", (subscriber_id, *part)
            )
            told.update(row["change_id"] for row in rows)
        return frozenset(told)

    def claim(
        self, holder: str, limit: int, *, now: datetime, lease: timedelta, only: str | None = None
    ) -> list[Delivery]:
        """Take up to `limit` due mails for `lease`, longest due first; `only` is one person's address as it was typed.

        Due are those never tried, those put off whose time has come, and those whose holder let the lease run out.
        A mail to somebody who is paused or suspended is held, one to somebody who has ended is given up.
        """
        words = {"now": utc_text(now), "until": utc_text(now + lease), "holder": holder, "only": only}
        mine: list[sqlite3.Row] = []
        with transaction(self._connection) as connection:
            # Mails set aside make room for others; the loop ends with the limit or with what is due.
            while rows := connection.execute(_CLAIM, {**words, "limit": limit - len(mine)}).fetchall():
                people = _people(connection, {row["subscriber_id"] for row in rows})
                for row in rows:
                    state = people[row["subscriber_id"]]["state"]
                    if state == "active":
                        mine.append(row)
                    else:
                        connection.execute(_SET_ASIDE, {"id": row["id"], "state": state})
                if len(mine) >= limit:
                    break
            people = _people(connection, {row["subscriber_id"] for row in mine})
        mine.sort(key=lambda row: (row["next_at"], row["id"]))
        return [_delivery(row, people[row["subscriber_id"]]["email_key"]) for row in mine]

    def renew(self, delivery_id: int, holder: str, now: datetime, lease: timedelta) -> bool:
        """Keep a mail for another `lease`; call it right before sending. False: it is no longer ours to send, skip it.

        Also False where the subscriber has meanwhile paused or stopped.
        """
        return self._changed(
            "UPDATE outbox SET lease_until = ? WHERE id = ? AND holder = ? AND state = 'sending' AND EXISTS"
            " (SELECT 1 FROM subscribers s WHERE s.id = subscriber_id AND s.state = 'active')",
            (utc_text(now + lease), delivery_id, holder),
        )

    def finish(self, delivery_id: int, holder: str, now: datetime, reply: str) -> bool:
        """It was accepted. Like the other verdicts: False where the mail is no longer this holder's."""
        return self._changed(
            "UPDATE outbox SET state = 'sent', holder = NULL, lease_until = NULL, sent_at = ?, code = NULL, reply = ?"
            " WHERE id = ? AND holder = ?",
            (utc_text(now), reply, delivery_id, holder),
        )

    def fail(self, delivery_id: int, holder: str, now: datetime, reply: str, code: int = 0) -> bool:
        """It was refused for good."""
        return self._settle(delivery_id, holder, "failed", now, reply, code)

    def unsure(self, delivery_id: int, holder: str, now: datetime, reply: str) -> bool:
        """It may have been accepted and we never heard. It rests for ten minutes, then goes again with the same Message-ID."""
        return self._settle(delivery_id, holder, "unsure", now + UNSURE_WAIT, reply, 0)

    def defer(self, delivery_id: int, holder: str, now: datetime, reply: str, code: int = 0) -> DeliveryState | None:
        """It was put off: "deferred" with its next time, or "failed" after five days. None: no longer this holder's."""
        row = self._connection.execute(
            "SELECT attempts, first_tried_at FROM outbox WHERE id = ? AND holder = ?", (delivery_id, holder)
        ).fetchone()
        if row is None:
            return None
        again_at = next_attempt(row["attempts"], parse_time(row["first_tried_at"]), now)
        state: DeliveryState = "deferred" if again_at else "failed"
        return state if self._settle(delivery_id, holder, state, again_at or now, reply, code) else None

    def release(self, delivery_id: int, holder: str, now: datetime) -> bool:
        """Give a mail back as if it had not been taken: the fault was ours and nobody is punished for it."""
        return self._changed(
            "UPDATE outbox SET state = 'todo', holder = NULL, lease_until = NULL, next_at = ?, attempts = attempts - 1,"
            " first_tried_at = CASE WHEN attempts > 1 THEN first_tried_at END WHERE id = ? AND holder = ?",
            (utc_text(now), delivery_id, holder),
        )

    def forget_messages(self, before: datetime) -> int:
        """Drop the words of mails that were settled and planned before a time; that they were sent stays known."""
        with transaction(self._connection) as connection:
            return connection.execute(
                "UPDATE outbox SET message = NULL WHERE message IS NOT NULL AND state IN ('sent', 'failed')"
                " AND planned_at < ?",
                (utc_text(before),),
            ).rowcount

    def counts(self) -> dict[DeliveryState, int]:
        """How many mails are in each state; every state is named."""
        found = dict(self._connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())
        return {state: found.get(state, 0) for state in STATES}

    def last_digest_at(self) -> datetime | None:
        """When a mail was last accepted."""
        return find_time(
            self._connection.execute("SELECT max(sent_at) FROM outbox WHERE sent_at IS NOT NULL").fetchone()[0]
        )

    def _served(self, subscriber_id: int, every: Every, slot: datetime, entry: PlannedMail | None) -> bool:
        row = self._connection.execute(
            "SELECT (SELECT slot FROM served WHERE subscriber_id = s.id AND every = ?) >= ? AS slot_served,"
            " EXISTS (SELECT 1 FROM outbox WHERE subscriber_id = s.id AND period = ?) AS planned"
            " FROM subscribers s WHERE s.id = ?",
            (every, utc_text(slot), entry.period if entry else "", subscriber_id),
        ).fetchone()
        return row is None or bool(row["slot_served"]) or bool(row["planned"])

    def _settle(
        self, delivery_id: int, holder: str, state: DeliveryState, next_at: datetime, reply: str, code: int
    ) -> bool:
        return self._changed(
            "UPDATE outbox SET state = ?, holder = NULL, lease_until = NULL, next_at = ?, reply = ?, code = ?"
            " WHERE id = ? AND holder = ?",
            (state, utc_text(next_at), reply, code, delivery_id, holder),
        )

    def _changed(self, sql: str, values: tuple[object, ...]) -> bool:
        with transaction(self._connection) as connection:
            return connection.execute(sql, values).rowcount == 1


# Two halves, so that each walks its own partial index: this runs for every batch of a run, however long the outbox is.
_CLAIM = """
UPDATE outbox SET state = 'sending', holder = :holder, lease_until = :until, attempts = attempts + 1,
       first_tried_at = coalesce(first_tried_at, :now)
 WHERE id IN (
   SELECT id FROM (
     SELECT * FROM (SELECT id, next_at FROM outbox INDEXED BY outbox_due
       WHERE state IN ('todo', 'deferred', 'unsure') AND next_at <= :now AND (:only IS NULL OR subscriber_id IN
             (SELECT s.id FROM subscribers s WHERE s.email = :only OR s.email_key = :only))
       ORDER BY next_at, id LIMIT :limit)
     UNION ALL
     SELECT * FROM (SELECT id, next_at FROM outbox INDEXED BY outbox_sending
       WHERE state = 'sending' AND lease_until <= :now AND (:only IS NULL OR subscriber_id IN
             (SELECT s.id FROM subscribers s WHERE s.email = :only OR s.email_key = :only))
       ORDER BY lease_until, id LIMIT :limit))
   ORDER BY next_at, id LIMIT :limit)
RETURNING id, period, subscriber_id, message_id, subject, items, message, attempts, next_at"""

_SET_ASIDE = """
UPDATE outbox SET holder = NULL, lease_until = NULL, attempts = attempts - 1, reply = 'the subscriber is ' || :state,
       state = CASE :state WHEN 'ended' THEN 'failed' ELSE 'held' END
 WHERE id = :id"""


def _people(connection: sqlite3.Connection, numbers: Collection[int]) -> dict[int, sqlite3.Row]:
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(
        f"SELECT id, state, email_key FROM subscribers WHERE id IN ({marks})", tuple(numbers)
    ).fetchall()
    return {row["id"]: row for row in rows}


def _insert(connection: sqlite3.Connection, entry: PlannedMail, subscriber_id: int, now: datetime) -> int | None:
    return connection.execute(
        "INSERT INTO outbox (period, subscriber_id, message_id, subject, items, message, planned_at, next_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.period, subscriber_id, entry.message_id, entry.subject, entry.items, entry.message,
            utc_text(now), utc_text(now),
        ),
    ).lastrowid  # fmt: skip


def _delivery(row: sqlite3.Row, recipient: str) -> Delivery:
    return Delivery(
        id=row["id"],
        period=row["period"],
        subscriber_id=row["subscriber_id"],
        recipient=recipient,
        message_id=row["message_id"],
        subject=row["subject"],
        items=row["items"],
        message=bytes(row["message"]),
        attempts=row["attempts"],
    )
