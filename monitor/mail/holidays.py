"""Bank holidays of the United Kingdom, shipped in the form of GOV.UK's bank-holidays.json (2024 to 2035).

Days that are announced for one year only are in it as far as they were known; GOV.UK's own list, once it was read, goes before.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from monitor.database import transaction
from monitor.times import find_time, utc_text

Division = Literal["england-and-wales", "scotland", "northern-ireland"]


@lru_cache(maxsize=3)
def bank_holidays(division: Division = "england-and-wales") -> frozenset[date]:
    """The days on which, by the division's law or custom, offices are closed; weekends are not among them."""
    data = json.loads((files("monitor.mail") / "bank_holidays.json").read_text(encoding="utf-8"))
    return frozenset(date.fromisoformat(event["date"]) for event in data[division]["events"])


@dataclass(frozen=True, slots=True)
class Calendar:
    """The table bank_holidays: what GOV.UK listed last, for England and Wales."""

    connection: sqlite3.Connection

    def holidays(self) -> frozenset[date]:
        """The days as GOV.UK lists them, and the shipped ones before and after its list."""
        rows = self.connection.execute("SELECT day FROM bank_holidays ORDER BY day").fetchall()
        listed = [date.fromisoformat(row["day"]) for row in rows]
        if not listed:
            return bank_holidays()
        return frozenset(listed) | {day for day in bank_holidays() if not listed[0] <= day <= listed[-1]}

    def read_at(self) -> datetime | None:
        """When the list was read last; None where it never was."""
        return find_time(self.connection.execute("SELECT max(read_at) FROM bank_holidays").fetchone()[0])

    def record(self, days: Collection[date], now: datetime) -> None:
        """Keep a list in place of the one before."""
        with transaction(self.connection) as connection:
            connection.execute("DELETE FROM bank_holidays")
            connection.executemany(
                "INSERT INTO bank_holidays VALUES (?, ?)", [(day.isoformat(), utc_text(now)) for day in set(days)]
            )
