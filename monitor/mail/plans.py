"""Plans: mails put into the outbox in ONE transaction with all that hangs on them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.mail.keeping import keep_message
from monitor.model.subscriber import Every
from monitor.times import utc_text

Kind = Literal["digest", "question", "notice"]


@dataclass(frozen=True, slots=True)
class PlannedMail:
    """A mail that is ready to go: `message` is the whole of it in bytes, `items` how many publications it tells of.

    `shared` are stretches of the message, in their order, that other mails have as well: they are kept once.
    """

    period: str
    message_id: str
    subject: str
    items: int
    message: bytes
    shared: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One subscriber's digest of one slot: a mail, or None where there was nothing to say.

    `covered_to` says how far each watch (name → match id) is covered then, `change_ids` what the mail tells of. `load` is
    its items for each usual period that it covers.
    """

    entry: PlannedMail | None
    subscriber_id: int
    every: Every
    slot: datetime
    covered_to: Mapping[str, int]
    change_ids: Collection[int]
    load: float = 0.0


def write_plan(connection: sqlite3.Connection, plan: Plan, now: datetime, *, waits: bool) -> bool:
    """Write one plan within a transaction; `waits` holds the mail until its run is judged.

    False, and nothing is written, where the period was planned before, the slot was served, one of the changes was told
    meanwhile by another mail, or the subscriber is gone.
    """
    number = plan.subscriber_id
    if _was_served(connection, plan) or told_of(connection, number, plan.change_ids):
        return False
    mail = _insert(connection, plan, now, waits=waits) if plan.entry else None
    connection.execute(
        "INSERT INTO told (subscriber_id, change_id, outbox_id) SELECT ?, value, ? FROM json_each(?)",
        (number, mail, json.dumps(sorted(set(plan.change_ids)))),
    )
    connection.executemany(
        "UPDATE subscriptions SET covered_to = max(covered_to, ?) WHERE subscriber_id = ? AND watch = ?",
        [(to, number, watch) for watch, to in plan.covered_to.items()],
    )
    connection.execute(
        "INSERT INTO served VALUES (?, ?, ?) ON CONFLICT (subscriber_id, every)"
        " DO UPDATE SET slot = max(slot, excluded.slot)",
        (number, plan.every, utc_text(plan.slot)),
    )
    return True


def told_of(connection: sqlite3.Connection, subscriber_id: int, change_ids: Iterable[int]) -> frozenset[int]:
    """Which of these changes a mail to this person has told of, whatever its frequency."""
    told: set[int] = set()
    numbers = sorted(set(change_ids))
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = connection.execute(
            f"SELECT change_id FROM told WHERE subscriber_id = ? AND change_id IN ({marks})", (subscriber_id, *part)
        )
        told.update(row["change_id"] for row in rows)
    return frozenset(told)


def write_letter(
    connection: sqlite3.Connection,
    kind: Kind,
    entry: PlannedMail,
    now: datetime,
    *,
    subscriber_id: int | None = None,
    recipient: str | None = None,
) -> bool:
    """Write a mail that is no digest: a question to a subscriber, or a notice to the operator. False: it is there already."""
    row = connection.execute(
        "INSERT INTO outbox (kind, period, subscriber_id, recipient, message_id, subject, items, planned_at, next_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        (
            kind, entry.period, subscriber_id, recipient, entry.message_id, entry.subject, entry.items,
            utc_text(now), utc_text(now),
        ),
    ).fetchone()  # fmt: skip
    if row is None:
        return False
    keep_message(connection, row["id"], entry.message, entry.shared)
    return True


def _was_served(connection: sqlite3.Connection, plan: Plan) -> bool:
    row = connection.execute(
        "SELECT (SELECT slot FROM served WHERE subscriber_id = s.id AND every = ?) >= ? AS slot_served,"
        " EXISTS (SELECT 1 FROM outbox WHERE subscriber_id = s.id AND period = ?) AS planned"
        " FROM subscribers s WHERE s.id = ?",
        (plan.every, utc_text(plan.slot), plan.entry.period if plan.entry else "", plan.subscriber_id),
    ).fetchone()
    return row is None or bool(row["slot_served"]) or bool(row["planned"])


def _insert(connection: sqlite3.Connection, plan: Plan, now: datetime, *, waits: bool) -> int:
    entry = plan.entry
    assert entry is not None
    connection.execute(
        "INSERT INTO runs (period, every, planned_at, mails, items, load) VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT (period)"
        " DO UPDATE SET mails = mails + 1, items = items + excluded.items, load = load + excluded.load,"
        # What joins a run that was let go as usual is judged with it anew; the operator's word stands.
        " verdict = nullif(verdict, 'usual')",
        (entry.period, plan.every, utc_text(now), entry.items, plan.load),
    )
    number = connection.execute(
        "INSERT INTO outbox (period, subscriber_id, message_id, subject, items, planned_at, next_at, state, held_for)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.period, plan.subscriber_id, entry.message_id, entry.subject, entry.items,
            utc_text(now), utc_text(now), "held" if waits else "todo", "run" if waits else None,
        ),
    ).lastrowid  # fmt: skip
    assert number is not None
    keep_message(connection, number, entry.message, entry.shared)
    return number


def write_plans(connection: sqlite3.Connection, plans: Sequence[Plan], now: datetime, *, waits: bool) -> list[bool]:
    """Write several plans within a transaction; each answers for itself, as `write_plan`."""
    return [write_plan(connection, plan, now, waits=waits) for plan in plans]
