"""The record of consent: what a person asked for, what became of it, when, how, and in which words they agreed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.times import parse_time, utc_text

Act = Literal["added", "asked", "confirmed", "changed", "paused", "resumed", "bounced", "suspended", "ended"]

WORDING = (
    "Yes, send me digests of the watches named in this mail. I can stop at any time, and my address is used for nothing"
    " else."
)
"""What a person agrees to when they confirm; the question asks it in these words."""


@dataclass(frozen=True, slots=True)
class Consent:
    """One line of a person's history. `how`: operator, import, token, reply, bounce, complaint or calendar."""

    at: datetime
    act: Act
    how: str
    detail: str
    wording: str


def record_act(
    connection: sqlite3.Connection,
    subscriber_id: int,
    act: Act,
    now: datetime,
    *,
    how: str = "operator",
    detail: str = "",
    wording: str = "",
) -> None:
    """Write one line, within a transaction."""
    connection.execute(
        "INSERT INTO consents (subscriber_id, at, act, how, detail, wording) VALUES (?, ?, ?, ?, ?, ?)",
        (subscriber_id, utc_text(now), act, how, detail, wording),
    )


def read_history(connection: sqlite3.Connection, subscriber_id: int) -> tuple[Consent, ...]:
    """Everything that happened to a subscription, oldest first."""
    rows = connection.execute(
        "SELECT at, act, how, detail, wording FROM consents WHERE subscriber_id = ? ORDER BY id", (subscriber_id,)
    )
    return tuple(Consent(parse_time(row["at"]), row["act"], row["how"], row["detail"], row["wording"]) for row in rows)
