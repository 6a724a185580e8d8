"""The promise ledger in the archive: opened by statements, settled by rule or by an operator, never deleted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.errors import NotFoundError
from monitor.model.ledger import BY_NEED, STATUSES, UNSETTLED, Promise, PromiseStatus, Settlement
from monitor.model.promise import PromiseDraft
from monitor.model.record import Record
from monitor.store.rows import RECORD_COLUMNS, record_of, time_or_none
from monitor.times import parse_time, utc_text

_PROMISE = (
    "SELECT p.*, s.key AS statement_key, s.identifier, s.dated_on, s.department, s.first_seen_at,"
    " s.title AS about"
    " FROM promises p JOIN publications s ON s.id = p.publication_id"
)
_UNSETTLED = f"p.status IN ({', '.join(map(repr, UNSETTLED))})"
_OLDEST_FIRST = "ORDER BY s.dated_on, p.id"


@dataclass(frozen=True, slots=True)
class Promises:
    """The tables promises and refusals."""

    connection: sqlite3.Connection

    def statements_after(self, version_id: int, limit: int) -> tuple[tuple[int, Record], ...]:
        """Written statements by the id of their versions, in the order they came, to be searched for promises."""
        rows = self.connection.execute(
            f"SELECT v.id AS version_id, {RECORD_COLUMNS} FROM versions v JOIN publications p ON p.id = v.publication_id"
            " WHERE v.id > ? AND p.document_type = 'written_statement' AND p.publisher = 'parliament'"
            " ORDER BY v.id LIMIT ?",
            (version_id, limit),
        )
        return tuple((row["version_id"], record_of(row)) for row in rows)

    def open(self, statement: Record, drafts: Iterable[PromiseDraft], now: datetime) -> int:
        """Enter what a statement promises; a promise it made before stays as it is. Returns how many are new."""
        rows = [
            (
                statement.key, statement.version, draft.quote, draft.expected, json.dumps(draft.where), draft.tense,
                draft.due_text, _day(draft.due_from), _day(draft.due_by), draft.publisher, utc_text(now),
            )
            for draft in drafts
        ]  # fmt: skip
        # A statement that says something else, or is called otherwise, is found by other words.
        self.connection.execute(
            "UPDATE promises SET lookout = 0 WHERE publication_id = (SELECT id FROM publications WHERE key = ?)",
            (statement.key,),
        )
        return self.connection.executemany(
            "INSERT OR IGNORE INTO promises (publication_id, version, quote, expected, places, tense, due_text, due_from,"
            " due_by, publisher, opened_at, status)"
            " VALUES ((SELECT id FROM publications WHERE key = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')",
            rows,
        ).rowcount if rows else 0  # fmt: skip

    def newest_version(self) -> int:
        """The id of the newest version of anything: what came later is new to the ledger."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM versions").fetchone()[0])

    def unsettled(self, *, opened_since: datetime | None = None) -> tuple[Promise, ...]:
        """Every promise that may still be kept, the oldest first; or those of them that were opened since then."""
        since = utc_text(opened_since) if opened_since else ""
        return self._select(f"WHERE {_UNSETTLED} AND p.opened_at >= ? {_OLDEST_FIRST}", (since,))

    def to_ask(self, now: datetime, pace: Sequence[tuple[timedelta, timedelta]]) -> tuple[Promise, ...]:
        """Unsettled promises for which the Search API is to be asked again, the oldest first: while one is younger than the first
        of a pair, once in the second.
        """
        ages = " ".join("WHEN p.opened_at > ? THEN ?" for _ in pace)
        moments = [utc_text(now - span) for pair in pace for span in pair]
        return self._select(
            f"WHERE {_UNSETTLED} AND p.opened_at > ? AND coalesce(p.asked_at, '') <= CASE {ages} END {_OLDEST_FIRST}",
            (utc_text(now - pace[-1][0]), *moments),
        )

    def numbered(self, numbers: Collection[int]) -> tuple[Promise, ...]:
        """Some of the promises that may still be kept, by their numbers, the oldest first."""
        where = f"WHERE {_UNSETTLED} AND p.id IN (SELECT value FROM json_each(?)) {_OLDEST_FIRST}"
        return self._select(where, (json.dumps(sorted(numbers)),))

    def opened_after(self, number: int) -> tuple[int, ...]:
        """The numbers of promises that were entered after one and may still be kept."""
        rows = self.connection.execute(f"SELECT p.id FROM promises p WHERE p.id > ? AND {_UNSETTLED}", (number,))
        return tuple(row["id"] for row in rows)

    def past_due(self, today: date) -> tuple[int, ...]:
        """The numbers of promises that are open still, though their day is over."""
        rows = self.connection.execute("SELECT id FROM promises WHERE status = 'open' AND due_by < ?", (_day(today),))
        return tuple(row["id"] for row in rows)

    def due_between(self, first: date, last: date) -> tuple[Promise, ...]:
        """Promises that are due on one of these days and not overdue, the oldest first."""
        chosen = (
            "SELECT id FROM promises WHERE status = 'open' AND due_by BETWEEN :first AND :last UNION"
            " SELECT p.id FROM promises p WHERE p.status = 'possible'"
            f" AND {_UNSETTLED} AND p.due_by BETWEEN :first AND :last"
        )
        return self._select(f"WHERE p.id IN ({chosen}) {_OLDEST_FIRST}", {"first": _day(first), "last": _day(last)})

    def newest(self) -> int:
        """The number of the promise that was entered last."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM promises").fetchone()[0])

    def listed(self, statuses: Collection[PromiseStatus] = STATUSES) -> tuple[Promise, ...]:
        """The ledger, or what of it stands so: what needs somebody first, and of that the newest statement."""
        wanted = [status for status in BY_NEED if status in statuses]
        order = " ".join(f"WHEN '{status}' THEN {place}" for place, status in enumerate(BY_NEED))
        where = f"WHERE p.status IN ({', '.join('?' * len(wanted))})"
        return self._select(f"{where} ORDER BY CASE p.status {order} END, s.dated_on DESC, p.id", wanted)

    def counts(self) -> dict[str, int]:
        """How many promises stand how: every status, also where there is none."""
        found = dict(self.connection.execute("SELECT status, count(*) FROM promises GROUP BY status").fetchall())
        return {status: found.get(status, 0) for status in STATUSES}

    def of(self, key: str) -> tuple[Promise, ...]:
        """What one statement promises, in its order."""
        return self._select("WHERE s.key = ? ORDER BY p.id", (key,))

    def kept_by(self, key: str) -> tuple[Promise, ...]:
        """The promises that one publication keeps."""
        return self._select("WHERE p.kept_by = ? AND p.status = 'kept' ORDER BY p.id", (key,))

    def get(self, promise_id: int) -> Promise:
        """One promise. Raises NotFoundError."""
        found = self._select("WHERE p.id = ?", (promise_id,))
        if not found:
            raise NotFoundError("there is no promise with this number", resource=str(promise_id))
        return found[0]

    def settle(self, settlements: Sequence[Settlement], now: datetime) -> None:
        """Keep what was decided. A promise that is unsettled again (overdue, possible) stays open to be kept."""
        self.connection.executemany(
            "UPDATE promises SET status = ?, score = ?, kept_by = ?, evidence = ?, settled_at = ?, settled_by = ? WHERE id = ?",
            [
                (
                    one.status, one.score, one.kept_by, json.dumps(one.evidence, ensure_ascii=False),
                    utc_text(now) if one.status in ("kept", "refused") else None, one.by, one.promise_id,
                )
                for one in settlements
            ],
        )  # fmt: skip
        over = [(one.promise_id,) for one in settlements if one.status not in UNSETTLED]
        self.connection.executemany("DELETE FROM lookouts WHERE promise_id = ?", over)
        self.connection.executemany("UPDATE promises SET lookout = 0 WHERE id = ?", over)

    def refuse(self, promise_id: int, key: str) -> None:
        """An operator says that a publication does not keep a promise: it is not proposed again."""
        self.connection.execute("INSERT OR IGNORE INTO refusals VALUES (?, ?)", (promise_id, key))

    def refused_keys(self, promise_id: int) -> frozenset[str]:
        """The publications an operator refused for a promise."""
        rows = self.connection.execute("SELECT key FROM refusals WHERE promise_id = ?", (promise_id,))
        return frozenset(row["key"] for row in rows)

    def record_asked(self, promise_ids: Collection[int], now: datetime) -> None:
        """The Search API was asked for these."""
        self.connection.executemany(
            "UPDATE promises SET asked_at = ? WHERE id = ?", [(utc_text(now), one) for one in promise_ids]
        )

    def _select(self, where: str, values: Sequence[object] | Mapping[str, object]) -> tuple[Promise, ...]:
        return tuple(_promise(row) for row in self.connection.execute(f"{_PROMISE} {where}", values))


def _promise(row: sqlite3.Row) -> Promise:
    status: PromiseStatus = row["status"]
    made_on = date.fromisoformat(row["dated_on"]) if row["dated_on"] else parse_time(row["first_seen_at"]).date()
    return Promise(
        id=row["id"],
        key=row["statement_key"],
        identifier=row["identifier"],
        made_on=made_on,
        department=row["department"],
        quote=row["quote"],
        expected=row["expected"],
        where=tuple(json.loads(row["places"])),
        due_text=row["due_text"],
        due_from=_date_or_none(row["due_from"]),
        due_by=_date_or_none(row["due_by"]),
        status=status,
        opened_at=parse_time(row["opened_at"]),
        score=row["score"],
        kept_by=row["kept_by"],
        evidence=tuple(json.loads(row["evidence"])),
        settled_at=time_or_none(row["settled_at"]),
        publisher=row["publisher"],
        tense=row["tense"],
        about=row["about"],
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
