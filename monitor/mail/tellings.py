"""Tellings: which mail told a person of which change, and how far that mail has come."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.mail.outbox import DeliveryState
from monitor.times import find_time, parse_time


@dataclass(frozen=True, slots=True)
class Carrier:
    """A mail that tells of something. `held_for` is `run` or `subscriber` while it is held; `reply` what a server said."""

    id: int
    message_id: str
    period: str
    subject: str
    state: DeliveryState
    planned_at: datetime
    next_at: datetime
    sent_at: datetime | None
    held_for: str | None
    reply: str | None


@dataclass(frozen=True, slots=True)
class Telling:
    """A change that counts as told to a person. Without a mail: there was nothing in it to show."""

    change_id: int
    mail: Carrier | None


def tellings_of(connection: sqlite3.Connection, subscriber_id: int, change_ids: Sequence[int]) -> tuple[Telling, ...]:
    """What a person was told of these changes, the newest change first."""
    marks = ", ".join("?" * len(change_ids))
    rows = connection.execute(
        "SELECT t.change_id, o.id, o.message_id, o.period, o.subject, o.state, o.planned_at, o.next_at, o.sent_at,"
        " o.held_for, o.reply FROM told t LEFT JOIN outbox o ON o.id = t.outbox_id"
        f" WHERE t.subscriber_id = ? AND t.change_id IN ({marks}) ORDER BY t.change_id DESC",
        (subscriber_id, *change_ids),
    )
    return tuple(Telling(row["change_id"], _carrier(row) if row["id"] else None) for row in rows)


def changes_told_in(connection: sqlite3.Connection, subscriber_id: int, mail_id: int) -> tuple[int, ...]:
    """Every change that one mail told a person of."""
    rows = connection.execute(
        "SELECT change_id FROM told WHERE subscriber_id = ? AND outbox_id = ? ORDER BY change_id",
        (subscriber_id, mail_id),
    )
    return tuple(row["change_id"] for row in rows)


def _carrier(row: sqlite3.Row) -> Carrier:
    return Carrier(
        id=row["id"],
        message_id=row["message_id"],
        period=row["period"],
        subject=row["subject"],
        state=row["state"],
        planned_at=parse_time(row["planned_at"]),
        next_at=parse_time(row["next_at"]),
        sent_at=find_time(row["sent_at"]),
        held_for=row["held_for"],
        reply=row["reply"],
    )
