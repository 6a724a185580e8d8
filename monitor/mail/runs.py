"""Runs of digests, and the hold: a run far beyond the usual waits for a word from the operator before anybody is mailed.

Mails of a run are planned as held and let go once the run is whole and judged; a crash in between leaves them held until the
next run of the verb judges what it finds.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from monitor.database import transaction
from monitor.model.subscriber import Every
from monitor.times import utc_text

OUTSIZED = 3
"""A run with so many times the usual items is held."""

LOOK_BACK, FEWEST = 10, 5
"""The usual is the median of so many runs before; with fewer than five nothing is usual yet."""

CROWD = 50
"""Alerts are small and irregular, three at once are no flood: they are held only from so many items on."""

_KEPT = 60


@dataclass(frozen=True, slots=True)
class HeldRun:
    """A run that waits: what it would send, and the median it was measured by, in items."""

    period: str
    mails: int
    items: int
    usual: float


@dataclass(frozen=True, slots=True)
class Runs:
    """The table runs, and the mails of the outbox that wait for a verdict."""

    connection: sqlite3.Connection

    def judge(self, now: datetime) -> tuple[HeldRun, ...]:
        """Let the mails of every whole run go, but those that are outsized; returns these."""
        held: list[HeldRun] = []
        with transaction(self.connection) as connection:
            rows = connection.execute(
                "SELECT period, every, mails, items, load FROM runs WHERE verdict IS NULL ORDER BY planned_at"
            ).fetchall()
            for row in rows:
                usual = self._usual(row["every"], row["period"])
                outsized = usual is not None and row["load"] >= OUTSIZED * usual
                if outsized and not (row["every"] == "immediate" and row["items"] < CROWD):
                    held.append(HeldRun(row["period"], row["mails"], row["items"], usual or 0.0))
                    connection.execute("UPDATE runs SET verdict = 'held' WHERE period = ?", (row["period"],))
                else:
                    self._let_go(row["period"], "usual", now)
            for row in connection.execute("SELECT period FROM runs WHERE verdict = 'released'").fetchall():
                self._let_go(row["period"], "released", now)
            self._forget()
        return tuple(held)

    def held(self) -> tuple[HeldRun, ...]:
        """The runs that wait for a word, oldest first."""
        rows = self.connection.execute(
            "SELECT period, every, mails, items FROM runs WHERE verdict = 'held' ORDER BY planned_at"
        ).fetchall()
        return tuple(
            HeldRun(row["period"], row["mails"], row["items"], self._usual(row["every"], row["period"]) or 0.0)
            for row in rows
        )

    def release(self, now: datetime) -> tuple[HeldRun, ...]:
        """The operator's word: let everything go that waits. Returns what it was."""
        waiting = self.held()
        with transaction(self.connection):
            for run in waiting:
                self._let_go(run.period, "released", now)
        return waiting

    def _usual(self, every: Every, period: str) -> float | None:
        rows = self.connection.execute(
            "SELECT load FROM runs WHERE every = ? AND verdict IN ('usual', 'released') AND period <> ?"
            " ORDER BY planned_at DESC, period DESC LIMIT ?",
            (every, period, LOOK_BACK),
        ).fetchall()
        return median(row["load"] for row in rows) if len(rows) >= FEWEST else None

    def _let_go(self, period: str, verdict: str, now: datetime) -> None:
        self.connection.execute("UPDATE runs SET verdict = ? WHERE period = ?", (verdict, period))
        self.connection.execute(
            "UPDATE outbox SET state = 'todo', held_for = NULL, next_at = ? WHERE held_for = 'run' AND period = ?",
            (utc_text(now), period),
        )

    def _forget(self) -> None:
        for every in ("immediate", "daily", "weekly"):
            self.connection.execute(
                "DELETE FROM runs WHERE every = ? AND verdict IN ('usual', 'released') AND period NOT IN"
                " (SELECT period FROM runs WHERE every = ? ORDER BY planned_at DESC LIMIT ?)",
                (every, every, _KEPT),
            )
