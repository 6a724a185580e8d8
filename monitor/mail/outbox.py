"""The outbox: mails that are planned in one transaction, leased by whoever sends them, and settled by their holder alone.

Kill it anywhere: nobody is missed, and at most the one mail in flight repeats, with the same Message-ID.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from monitor.database import transaction
from monitor.errors import StoreError
from monitor.mail.keeping import drop_unshared, read_messages
from monitor.mail.plans import Kind, Plan, PlannedMail, told_of, write_letter, write_plans
from monitor.mail.retry import UNSURE_WAIT, next_attempt
from monitor.model.subscriber import Every, SubscriberState
from monitor.times import find_time, parse_time, utc_text

DeliveryState = Literal["todo", "sending", "sent", "deferred", "failed", "unsure", "held"]
STATES: tuple[DeliveryState, ...] = ("todo", "sending", "sent", "deferred", "failed", "unsure", "held")
_SENDABLE: dict[Kind, SubscriberState] = {"digest": "active", "question": "pending"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mail that its holder may send now. `attempts` counts this one too; a notice has no subscriber."""

    id: int
    kind: Kind
    period: str
    subscriber_id: int | None
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
        plan = Plan(entry, subscriber_id, every, slot, covered_to, change_ids)
        return self.plan_all([plan], now)[0]

    def plan_all(self, plans: Sequence[Plan], now: datetime, *, waits: bool = False) -> list[bool]:
        """Plan several in one transaction; each answers as `plan`. With `waits` the mails are held until their run is judged."""
        with transaction(self._connection) as connection:
            return write_plans(connection, plans, now, waits=waits)

    def post(
        self,
        kind: Kind,
        entry: PlannedMail,
        now: datetime,
        *,
        subscriber_id: int | None = None,
        recipient: str | None = None,
    ) -> bool:
        """Put in a mail that is no digest. False where it is there already: its period, with the person, is unique."""
        with transaction(self._connection) as connection:
            return write_letter(connection, kind, entry, now, subscriber_id=subscriber_id, recipient=recipient)

    def already_told(self, subscriber_id: int, change_ids: Iterable[int]) -> frozenset[int]:
        """Which of these changes a mail to this person has told of, whatever its frequency."""
        return told_of(self._connection, subscriber_id, change_ids)

    def first_told(self, subscriber_id: int, change_ids: Sequence[int]) -> tuple[datetime, str] | None:
        """When this person was first sent a mail that told of one of these changes, and its Message-ID; None: never."""
        marks = ", ".join("?" * len(change_ids))
        row = self._connection.execute(
            "SELECT o.sent_at, o.message_id FROM told t JOIN outbox o ON o.id = t.outbox_id WHERE t.subscriber_id = ?"
            f" AND t.change_id IN ({marks}) AND o.sent_at IS NOT NULL ORDER BY o.sent_at LIMIT 1",
            (subscriber_id, *change_ids),
        ).fetchone()
        return (parse_time(row["sent_at"]), row["message_id"]) if row else None

    def claim(
        self,
        holder: str,
        limit: int,
        *,
        now: datetime,
        lease: timedelta,
        only: str | None = None,
        notices_only: bool = False,
    ) -> list[Delivery]:
        """Take up to `limit` due mails for `lease`, longest due first; `only` is one person's address as it was typed.

        Due are those never tried, those put off whose time has come, and those whose holder let the lease run out.
        A mail to somebody who is paused or suspended is held, one to somebody who has ended is given up.
        """
        words = {
            "now": utc_text(now), "until": utc_text(now + lease), "holder": holder, "only": only,
            "notices": int(notices_only),
        }  # fmt: skip
        mine: list[sqlite3.Row] = []
        with transaction(self._connection) as connection:
            # Mails set aside make room for others; the loop ends with the limit or with what is due.
            while rows := connection.execute(_CLAIM, {**words, "limit": limit - len(mine)}).fetchall():
                people = _people(connection, {row["subscriber_id"] for row in rows})
                for row in rows:
                    aside = _aside(row["kind"], people.get(row["subscriber_id"]))
                    if aside is None:
                        mine.append(row)
                    else:
                        connection.execute(_SET_ASIDE, {"id": row["id"], **aside})
                if len(mine) >= limit:
                    break
            people = _people(connection, {row["subscriber_id"] for row in mine})
            mine.sort(key=lambda row: (row["next_at"], row["id"]))
            messages = read_messages(connection, [row["id"] for row in mine])
            return [_delivery(row, people.get(row["subscriber_id"]), messages[row["id"]]) for row in mine]

    def renew(self, delivery_id: int, holder: str, now: datetime, lease: timedelta) -> bool:
        """Keep a mail for another `lease`; call it right before sending. False: it is no longer ours to send, skip it.

        Also False where the subscriber has meanwhile paused or stopped. It need not outlive a power cut: the mail in flight
        goes again then, whatever its lease. So the disk is not waited for.
        """
        self._connection.execute("PRAGMA synchronous = NORMAL")
        try:
            return self._changed(
                "UPDATE outbox SET lease_until = ? WHERE id = ? AND holder = ? AND state = 'sending'"
                " AND (kind = 'notice' OR EXISTS (SELECT 1 FROM subscribers s"
                " WHERE s.id = subscriber_id AND s.state = CASE kind WHEN 'digest' THEN 'active' ELSE 'pending' END))",
                (utc_text(now + lease), delivery_id, holder),
            )
        finally:
            self._connection.execute("PRAGMA synchronous = FULL")

    def finish(self, delivery_id: int, holder: str, now: datetime, reply: str) -> bool:
        """It was accepted. Like the other verdicts: False where the mail is no longer this holder's."""
        return self._changed(
            "UPDATE outbox SET state = 'sent', holder = NULL, lease_until = NULL, sent_at = ?, tried_at = ?, code = NULL,"
            " reply = ? WHERE id = ? AND holder = ?",
            (utc_text(now), utc_text(now), reply, delivery_id, holder),
        )

    def fail(self, delivery_id: int, holder: str, now: datetime, reply: str, code: int = 0) -> bool:
        """It was refused for good."""
        return self._settle(delivery_id, holder, "failed", now, now, reply, code)

    def unsure(self, delivery_id: int, holder: str, now: datetime, reply: str) -> bool:
        """It may have been accepted and we never heard. It rests for ten minutes, then goes again with the same Message-ID."""
        return self._settle(delivery_id, holder, "unsure", now, now + UNSURE_WAIT, reply, 0)

    def defer(self, delivery_id: int, holder: str, now: datetime, reply: str, code: int = 0) -> DeliveryState | None:
        """It was put off: "deferred" with its next time, or "failed" after five days. None: no longer this holder's."""
        row = self._connection.execute(
            "SELECT attempts, first_tried_at FROM outbox WHERE id = ? AND holder = ?", (delivery_id, holder)
        ).fetchone()
        if row is None:
            return None
        again_at = next_attempt(row["attempts"], parse_time(row["first_tried_at"]), now)
        state: DeliveryState = "deferred" if again_at else "failed"
        return state if self._settle(delivery_id, holder, state, now, again_at or now, reply, code) else None

    def release(self, delivery_id: int, holder: str, now: datetime) -> bool:
        """Give a mail back as if it had not been taken: the fault was ours and nobody is punished for it."""
        return self._changed(
            "UPDATE outbox SET state = 'todo', holder = NULL, lease_until = NULL, next_at = ?, attempts = attempts - 1,"
            " first_tried_at = CASE WHEN attempts > 1 THEN first_tried_at END WHERE id = ? AND holder = ?",
            (utc_text(now), delivery_id, holder),
        )

    def together(self) -> AbstractContextManager[sqlite3.Connection]:
        """One transaction for all that is renewed and finished inside. Raises StoreError."""
        return transaction(self._connection)

    def forget_messages(self, before: datetime) -> int:
        """Drop the words of mails that were settled and planned before a time; that they were sent stays known."""
        with transaction(self._connection) as connection:
            dropped = connection.execute(
                "DELETE FROM letters WHERE outbox_id IN"
                " (SELECT id FROM outbox WHERE state IN ('sent', 'failed') AND planned_at < ?)",
                (utc_text(before),),
            ).rowcount
            drop_unshared(connection)
            return dropped

    def counts(self) -> dict[DeliveryState, int]:
        """How many mails are in each state; every state is named."""
        found = dict(self._connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())
        return {state: found.get(state, 0) for state in STATES}

    def last_digest_at(self) -> datetime | None:
        """When a mail was last accepted."""
        return find_time(
            self._connection.execute("SELECT max(sent_at) FROM outbox WHERE sent_at IS NOT NULL").fetchone()[0]
        )

    def _settle(
        self,
        delivery_id: int,
        holder: str,
        state: DeliveryState,
        now: datetime,
        next_at: datetime,
        reply: str,
        code: int,
    ) -> bool:
        return self._changed(
            "UPDATE outbox SET state = ?, holder = NULL, lease_until = NULL, tried_at = ?, next_at = ?, reply = ?,"
            " code = ? WHERE id = ? AND holder = ?",
            (state, utc_text(now), utc_text(next_at), reply, code, delivery_id, holder),
        )

    def _changed(self, sql: str, values: tuple[object, ...]) -> bool:
        # One statement is a transaction by itself, and costs a third of one that is spelt out: it runs for every mail.
        try:
            return self._connection.execute(sql, values).rowcount == 1
        except sqlite3.OperationalError as cause:
            raise StoreError("mail.db cannot be written; see to the disk it lies on", cause=cause) from cause


# Two halves, so that each walks its own partial index: this runs for every batch of a run, however long the outbox is.
_CLAIM = """
UPDATE outbox SET state = 'sending', holder = :holder, lease_until = :until, attempts = attempts + 1,
       first_tried_at = coalesce(first_tried_at, :now)
 WHERE id IN (
   SELECT id FROM (
     SELECT * FROM (SELECT id, next_at FROM outbox INDEXED BY outbox_due
       WHERE state IN ('todo', 'deferred', 'unsure') AND next_at <= :now AND (kind = 'notice' OR NOT :notices)
             AND (:only IS NULL OR subscriber_id IN
             (SELECT s.id FROM subscribers s WHERE s.email = :only OR s.email_key = :only))
       ORDER BY next_at, id LIMIT :limit)
     UNION ALL
     SELECT * FROM (SELECT id, next_at FROM outbox INDEXED BY outbox_sending
       WHERE state = 'sending' AND lease_until <= :now AND (kind = 'notice' OR NOT :notices)
             AND (:only IS NULL OR subscriber_id IN
             (SELECT s.id FROM subscribers s WHERE s.email = :only OR s.email_key = :only))
       ORDER BY lease_until, id LIMIT :limit))
   ORDER BY next_at, id LIMIT :limit)
RETURNING id, kind, period, subscriber_id, recipient, message_id, subject, items, attempts, next_at"""

_SET_ASIDE = """
UPDATE outbox SET holder = NULL, lease_until = NULL, attempts = attempts - 1, reply = :reply, state = :state,
       held_for = CASE :state WHEN 'held' THEN 'subscriber' END
 WHERE id = :id"""


def _aside(kind: Kind, person: sqlite3.Row | None) -> dict[str, str] | None:
    """What becomes of a mail that may not be sent now; None where it may."""
    if kind == "notice" or (person is not None and person["state"] == _SENDABLE[kind]):
        return None
    stands = person["state"] if person is not None else "erased"
    waits = kind == "digest" and stands in ("pending", "paused", "suspended")
    return {"state": "held" if waits else "failed", "reply": f"the subscriber is {stands}"}


def _people(connection: sqlite3.Connection, numbers: Collection[int | None]) -> dict[int, sqlite3.Row]:
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(
        f"SELECT id, state, email_key FROM subscribers WHERE id IN ({marks})", tuple(numbers)
    ).fetchall()
    return {row["id"]: row for row in rows}


def _delivery(row: sqlite3.Row, person: sqlite3.Row | None, message: bytes) -> Delivery:
    return Delivery(
        id=row["id"],
        kind=row["kind"],
        period=row["period"],
        subscriber_id=row["subscriber_id"],
        recipient=row["recipient"] or (person["email_key"] if person is not None else ""),
        message_id=row["message_id"],
        subject=row["subject"],
        items=row["items"],
        message=message,
        attempts=row["attempts"],
    )
