"""Subscribers: people and what they asked for. Every act is recorded with its time: the record of consent."""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from monitor.database import transaction
from monitor.errors import NotFoundError
from monitor.mail.address import parse_address
from monitor.mail.bounces import end_all
from monitor.mail.consents import WORDING, Act, Consent, read_history, record_act
from monitor.mail.erasure import delete_person
from monitor.mail.renames import present_name
from monitor.mail.room import read_key
from monitor.mail.wishes import Wishes
from monitor.model.subscriber import Every, Subscriber, SubscriberState, Subscription
from monitor.times import find_time, parse_time, utc_text

_PAGE = 500
_COLUMNS = "state, confirmed_at, paused_until, format, timezone, language, working_days, heartbeat, edition"


class Subscribers:
    """The subscribers in one mail.db. Each method that changes something is one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(
        self,
        email: str,
        watches: Iterable[str],
        every: Every,
        *,
        now: datetime,
        covered_to: int,
        confirmed: bool,
        how: str = "operator",
    ) -> Subscriber:
        """Subscribe an address to watches, or add watches to one that is known; a watch it has gets the new frequency.

        A new subscription starts at `covered_to`, so that nothing older is owed. `confirmed` says that the person has
        agreed already; otherwise nothing is sent before `confirm`. One who had ended starts afresh. Raises UsageError.
        """
        email, key = parse_address(email)
        with transaction(self._connection) as connection:
            row = connection.execute("SELECT id, state FROM subscribers WHERE email_key = ?", (key,)).fetchone()
            if row is None:
                number = connection.execute(
                    "INSERT INTO subscribers (email, email_key, state, created_at) VALUES (?, ?, 'pending', ?)",
                    (email, key, utc_text(now)),
                ).lastrowid
                assert number is not None
            else:
                number = int(row["id"])
                if row["state"] == "ended":
                    _start_afresh(connection, number)
            wanted = tuple(dict.fromkeys(watches))
            connection.executemany(
                "INSERT INTO subscriptions (subscriber_id, watch, every, covered_to, created_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (subscriber_id, watch) DO UPDATE SET every = excluded.every",
                [(number, watch, every, covered_to, utc_text(now)) for watch in wanted],
            )
            record_act(connection, number, "added", now, how=how, detail=f"{every}: {' '.join(wanted)}")
            if confirmed:
                _confirm(connection, number, now, covered_to, how)
        return self._get(key)

    def confirm(self, email: str, now: datetime, covered_to: int, *, how: str = "operator") -> Subscriber:
        """The person has said yes: nothing older than now is owed. A second yes changes nothing. Raises NotFoundError."""
        return self._act(email, lambda connection, number: _confirm(connection, number, now, covered_to, how))

    def note_question(self, subscriber_id: int, now: datetime) -> None:
        """A mail went into the outbox that asks this person to confirm."""
        with transaction(self._connection) as connection:
            record_act(connection, subscriber_id, "asked", now, detail="to confirm", wording=WORDING)

    def wish(self, email: str, wishes: Wishes, now: datetime, *, how: str = "operator") -> Subscriber:
        """Change how a person is written to. Raises NotFoundError."""

        def change(connection: sqlite3.Connection, number: int) -> None:
            named = wishes.named
            if named:
                columns = ", ".join(f"{name} = ?" for name in named)
                connection.execute(f"UPDATE subscribers SET {columns} WHERE id = ?", (*named.values(), number))
                record_act(connection, number, "changed", now, how=how, detail=wishes.said)

        return self._act(email, change)

    def history(self, subscriber_id: int) -> tuple[Consent, ...]:
        """Everything that happened to a subscription, oldest first."""
        return read_history(self._connection, subscriber_id)

    def find(self, email: str) -> Subscriber | None:
        """The subscriber with this address, or None. Raises UsageError where it is no address."""
        return next(iter(self._select("WHERE s.email_key = ?", (parse_address(email)[1],))), None)

    def find_by_id(self, subscriber_id: int) -> Subscriber | None:
        """The subscriber with this number, or None."""
        return next(iter(self._select("WHERE s.id = ?", (subscriber_id,))), None)

    def list(self) -> tuple[Subscriber, ...]:
        """Everybody, in the order in which they came."""
        return self._select("", ())

    def each(self) -> Iterator[Subscriber]:
        """Everybody, a few hundred at a time: however many there are, they are never all in memory."""
        last = 0
        page = "WHERE s.id > ? AND s.id <= (SELECT max(id) FROM (SELECT id FROM subscribers WHERE id > ? ORDER BY id LIMIT ?))"
        while people := self._select(page, (last, last, _PAGE)):
            yield from people
            last = people[-1].id

    def pause(self, email: str, now: datetime, *, until: datetime | None = None, how: str = "operator") -> Subscriber:
        """Send nothing until `resume`, or until a time; what happens meanwhile is then told in one mail.

        Raises NotFoundError.
        """

        def pause(connection: sqlite3.Connection, number: int) -> None:
            _move(connection, number, "paused", "paused", now, how, f"until {utc_text(until)}" if until else "")
            connection.execute(
                "UPDATE subscribers SET paused_until = ? WHERE id = ?", (utc_text(until) if until else None, number)
            )

        return self._act(email, pause)

    def wake(self, now: datetime) -> int:
        """Resume those whose pause was to end by now; returns how many."""
        with transaction(self._connection) as connection:
            rows = connection.execute("SELECT id FROM subscribers WHERE paused_until <= ?", (utc_text(now),)).fetchall()
            for row in rows:
                _resume(connection, row["id"], now, "calendar")
        return len(rows)

    def resume(self, email: str, now: datetime) -> Subscriber:
        """Send again, from where the last digest stopped, to one who was paused or suspended. Raises NotFoundError."""
        return self._act(email, lambda connection, number: _resume(connection, number, now, "operator"))

    def end(self, email: str, now: datetime, *, watch: str | None = None, how: str = "operator") -> Subscriber:
        """Stop one watch, or everything; whoever has no watch left has ended. Raises NotFoundError."""

        def end(connection: sqlite3.Connection, number: int) -> None:
            named = present_name(connection, number, watch) if watch is not None else None
            connection.execute(
                "DELETE FROM subscriptions WHERE subscriber_id = ? AND (watch = ? OR ? IS NULL)", (number, named, named)
            )
            left = connection.execute("SELECT 1 FROM subscriptions WHERE subscriber_id = ?", (number,)).fetchone()
            if left:
                record_act(connection, number, "ended", now, how=how, detail=watch or "")
            else:
                end_all(connection, number, now, how=how, detail=watch or "everything")

        return self._act(email, end)

    def erase(self, email: str, now: datetime) -> None:
        """Delete everything about a person; only a keyed hash of the address stays, to know it again. Raises NotFoundError.

        Mails that a folder transport has written, and mails already sent, are beyond reach.
        """

        def erase(connection: sqlite3.Connection, number: int) -> None:
            key = connection.execute("SELECT email_key FROM subscribers WHERE id = ?", (number,)).fetchone()[
                "email_key"
            ]
            delete_person(connection, number)
            connection.execute("INSERT OR REPLACE INTO suppressions VALUES (?, ?)", (self._hash(key), utc_text(now)))

        self._with_number(email, erase)
        # The write-ahead log still holds the old pages; fold it into the file, where deleted content is overwritten.
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def forget_unconfirmed(self, before: datetime) -> int:
        """Delete those who were asked and never said yes, and were last added before a time; returns how many."""
        with transaction(self._connection) as connection:
            rows = connection.execute(
                "SELECT id FROM subscribers s WHERE state = 'pending' AND confirmed_at IS NULL AND NOT EXISTS"
                " (SELECT 1 FROM consents c WHERE c.subscriber_id = s.id AND c.at >= ?)",
                (utc_text(before),),
            ).fetchall()
            for row in rows:
                delete_person(connection, row["id"])
        return len(rows)

    def is_suppressed(self, email: str) -> bool:
        """Whether this address was erased: it may come back by its own wish, never by an import."""
        found = self._connection.execute(
            "SELECT 1 FROM suppressions WHERE email_hmac = ?", (self._hash(parse_address(email)[1]),)
        ).fetchone()
        return found is not None

    def served_at(self, subscriber_id: int, every: Every) -> datetime | None:
        """The last slot this person was served for, also where there was nothing to say; `Outbox.plan` sets it."""
        row = self._connection.execute(
            "SELECT slot FROM served WHERE subscriber_id = ? AND every = ?", (subscriber_id, every)
        ).fetchone()
        return parse_time(row["slot"]) if row else None

    def _act(self, email: str, act: Callable[[sqlite3.Connection, int], None]) -> Subscriber:
        return self._get(self._with_number(email, act))

    def _with_number(self, email: str, act: Callable[[sqlite3.Connection, int], None]) -> str:
        _, key = parse_address(email)
        with transaction(self._connection) as connection:
            row = connection.execute("SELECT id FROM subscribers WHERE email_key = ?", (key,)).fetchone()
            if row is None:
                raise NotFoundError("nobody is subscribed with this address", resource=email)
            act(connection, int(row["id"]))
        return key

    def _get(self, key: str) -> Subscriber:
        return self._select("WHERE s.email_key = ?", (key,))[0]

    def _select(self, where: str, values: tuple[object, ...]) -> tuple[Subscriber, ...]:
        rows = self._connection.execute(
            f"SELECT s.id, s.email, {_COLUMNS}, w.watch, w.every, w.covered_to"
            f" FROM subscribers s LEFT JOIN subscriptions w ON w.subscriber_id = s.id {where} ORDER BY s.id, w.watch",
            values,
        )
        people: dict[int, sqlite3.Row] = {}
        watches: dict[int, tuple[Subscription, ...]] = {}
        for row in rows:
            people[row["id"]] = row
            mine = (Subscription(row["watch"], row["every"], row["covered_to"]),) if row["watch"] else ()
            watches[row["id"]] = watches.get(row["id"], ()) + mine
        return tuple(_subscriber(row, watches[number]) for number, row in people.items())

    def _hash(self, key: str) -> str:
        return hmac.digest(read_key(self._connection, "suppression"), key.lower().encode(), "sha256").hex()


def _confirm(connection: sqlite3.Connection, number: int, now: datetime, covered_to: int, how: str) -> None:
    row = connection.execute("SELECT state FROM subscribers WHERE id = ?", (number,)).fetchone()
    if row["state"] != "pending":
        return
    connection.execute(
        "UPDATE subscribers SET state = 'active', confirmed_at = ? WHERE id = ?", (utc_text(now), number)
    )
    # Own watches count in a sequence of their own.
    connection.execute(
        "UPDATE subscriptions SET covered_to = max(covered_to, CASE WHEN watch GLOB 'own:*'"
        " THEN (SELECT coalesce(max(id), 0) FROM own_matches) ELSE ? END) WHERE subscriber_id = ?",
        (covered_to, number),
    )
    record_act(connection, number, "confirmed", now, how=how, wording=WORDING if how in ("token", "reply") else "")


def _start_afresh(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("UPDATE subscribers SET state = 'pending', confirmed_at = NULL WHERE id = ?", (number,))
    connection.execute("DELETE FROM served WHERE subscriber_id = ?", (number,))


def _resume(connection: sqlite3.Connection, number: int, now: datetime, how: str) -> None:
    row = connection.execute("SELECT state, confirmed_at FROM subscribers WHERE id = ?", (number,)).fetchone()
    if row["state"] == "ended":
        return
    _move(connection, number, "active" if row["confirmed_at"] else "pending", "resumed", now, how)
    connection.execute("UPDATE bounces SET forgiven = 1 WHERE subscriber_id = ?", (number,))
    connection.execute(
        "UPDATE outbox SET state = 'todo', held_for = NULL, next_at = ?, reply = NULL WHERE subscriber_id = ?"
        " AND held_for = 'subscriber'",
        (utc_text(now), number),
    )


def _move(
    connection: sqlite3.Connection,
    number: int,
    state: SubscriberState,
    act: Act,
    now: datetime,
    how: str,
    detail: str = "",
) -> None:
    connection.execute("UPDATE subscribers SET state = ?, paused_until = NULL WHERE id = ?", (state, number))
    record_act(connection, number, act, now, how=how, detail=detail)


def _subscriber(row: sqlite3.Row, subscriptions: tuple[Subscription, ...]) -> Subscriber:
    return Subscriber(
        id=row["id"],
        email=row["email"],
        state=row["state"],
        confirmed_at=find_time(row["confirmed_at"]),
        subscriptions=subscriptions,
        format=row["format"],
        timezone=row["timezone"],
        language=row["language"],
        working_days=bool(row["working_days"]),
        heartbeat=bool(row["heartbeat"]),
        paused_until=find_time(row["paused_until"]),
        edition=row["edition"],
    )
