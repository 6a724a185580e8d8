"""Faults the operator was told of: one report, then silence, then one "recovered"."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.database import transaction
from monitor.mail.plans import PlannedMail, write_letter
from monitor.times import parse_time, utc_text


@dataclass(frozen=True, slots=True)
class ToldFault:
    """One that the operator knows of and that lasts."""

    name: str
    detail: str
    since: datetime


@dataclass(frozen=True, slots=True)
class FaultBook:
    """The table faults, and the notices that tell of them."""

    connection: sqlite3.Connection

    def told(self) -> tuple[ToldFault, ...]:
        """Those that were reported and have not recovered, in the order in which they began."""
        rows = self.connection.execute("SELECT name, detail, since FROM faults ORDER BY since, name")
        return tuple(ToldFault(row["name"], row["detail"], parse_time(row["since"])) for row in rows)

    def report(
        self, notice: PlannedMail, recipient: str, begun: Sequence[ToldFault], ended: Sequence[str], now: datetime
    ) -> None:
        """Post one notice and remember what it tells of, in one transaction. One that is posted already is not posted twice."""
        with transaction(self.connection) as connection:
            write_letter(connection, "notice", notice, now, recipient=recipient)
            connection.executemany(
                "INSERT INTO faults (name, since, detail) VALUES (?, ?, ?)",
                [(fault.name, utc_text(fault.since), fault.detail) for fault in begun],
            )
            connection.executemany("DELETE FROM faults WHERE name = ?", [(name,) for name in ended])
