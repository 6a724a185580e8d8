"""Lookouts in the archive: the words that unsettled promises are found by."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Posted:
    """A word by which a promise is found, with what the row says of its lookout."""

    promise_id: int
    word: str
    told: float
    bonus: float
    since: date
    fades: date


@dataclass(frozen=True, slots=True)
class Lookouts:
    """The table lookouts. Promises that are settled have none."""

    connection: sqlite3.Connection

    def missing(self, form: int, limit: int) -> tuple[int, ...]:
        """The numbers of unsettled promises without a lookout of this form."""
        rows = self.connection.execute(
            "SELECT id FROM promises WHERE status IN ('open', 'possible', 'overdue') AND lookout < ? LIMIT ?",
            (form, limit),
        )
        return tuple(row["id"] for row in rows)

    def record(self, form: int, promises: Collection[int], words: Iterable[Posted]) -> None:
        """Keep the lookouts of some promises, by their numbers, in place of earlier ones."""
        self.connection.executemany("DELETE FROM lookouts WHERE promise_id = ?", [(one,) for one in promises])
        self.connection.executemany(
            "INSERT INTO lookouts (promise_id, word, told, bonus, since, fades) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (one.promise_id, one.word, one.told, one.bonus, one.since.isoformat(), one.fades.isoformat())
                for one in words
            ],
        )
        self.connection.executemany("UPDATE promises SET lookout = ? WHERE id = ?", [(form, one) for one in promises])

    def having(self, words: Collection[str]) -> Iterator[Posted]:
        """Each of these words with every promise that is found by it."""
        rows = self.connection.execute(
            "SELECT l.promise_id, l.word, l.told, l.bonus, l.since, l.fades"
            " FROM json_each(?) CROSS JOIN lookouts l ON l.word = value",
            (json.dumps(sorted(words)),),
        )
        for number, word, told, bonus, since, fades in rows:
            yield Posted(number, word, told, bonus, date.fromisoformat(since), date.fromisoformat(fades))
