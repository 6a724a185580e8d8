"""What came back, and what follows for the subscriber: suspended, forgiven with time, or ended by a complaint."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from monitor.database import transaction
from monitor.mail.consents import record_act
from monitor.times import utc_text

BounceKind = Literal["hard", "soft", "ours", "complaint"]

HARD_DAYS = 2
"""An address that was dead on so many different days is written to no more."""

SOFT_DAYS = 5
DECAY = {"hard": timedelta(days=60), "soft": timedelta(days=7)}
"""So long without a new one of its kind, and what came back before is forgiven. A weekly reader's address can die too."""


@dataclass(frozen=True, slots=True)
class Bounces:
    """The table bounces. Days are those of UTC; each kind counts once a day, however often it came."""

    connection: sqlite3.Connection

    def record(
        self, subscriber_id: int, kind: BounceKind, now: datetime, *, detail: str = "", outbox_id: int | None = None
    ) -> str:
        """Write one down and draw the conclusion: "suspended", "ended", or "" where nothing follows (yet).

        A bounce that is our own fault (`ours`) is counted against nobody. Whoever has gone already stays gone.
        """
        with transaction(self.connection) as connection:
            self._forgive(subscriber_id, now)
            connection.execute(
                "INSERT INTO bounces (subscriber_id, outbox_id, at, kind, detail) SELECT id, ?, ?, ?, ? FROM subscribers"
                " WHERE id = ?",
                (outbox_id, utc_text(now), kind, detail[:200], subscriber_id),
            )
            return self._conclude(subscriber_id, kind, now, detail)

    def score(self, subscriber_id: int) -> dict[BounceKind, int]:
        """On how many different days each kind came, without what was forgiven."""
        rows = self.connection.execute(
            "SELECT kind, count(DISTINCT substr(at, 1, 10)) AS days FROM bounces WHERE subscriber_id = ? AND NOT forgiven"
            " GROUP BY kind",
            (subscriber_id,),
        )
        return {row["kind"]: row["days"] for row in rows}

    def _forgive(self, subscriber_id: int, now: datetime) -> None:
        for kind, decay in DECAY.items():
            newest = self.connection.execute(
                "SELECT max(at) FROM bounces WHERE subscriber_id = ? AND kind = ? AND NOT forgiven",
                (subscriber_id, kind),
            ).fetchone()[0]
            if newest is not None and newest <= utc_text(now - decay):
                self.connection.execute(
                    "UPDATE bounces SET forgiven = 1 WHERE subscriber_id = ? AND kind = ?", (subscriber_id, kind)
                )

    def _conclude(self, subscriber_id: int, kind: BounceKind, now: datetime, detail: str) -> str:
        row = self.connection.execute("SELECT state FROM subscribers WHERE id = ?", (subscriber_id,)).fetchone()
        if row is None or row["state"] == "ended" or kind == "ours":
            return ""
        if kind == "complaint":
            end_all(self.connection, subscriber_id, now, how="complaint", detail="marked as spam")
            return "ended"
        record_act(self.connection, subscriber_id, "bounced", now, how="bounce", detail=f"{kind}: {detail}"[:200])
        score = self.score(subscriber_id)
        is_over = score.get("hard", 0) >= HARD_DAYS or score.get("soft", 0) >= SOFT_DAYS
        if not is_over or row["state"] == "suspended":
            return ""
        self.connection.execute(
            "UPDATE subscribers SET state = 'suspended', paused_until = NULL WHERE id = ?", (subscriber_id,)
        )
        record_act(self.connection, subscriber_id, "suspended", now, how="bounce", detail=f"{kind}: {detail}"[:200])
        return "suspended"


def end_all(connection: sqlite3.Connection, subscriber_id: int, now: datetime, *, how: str, detail: str) -> None:
    """Within a transaction: no watch is left, what waits is given up, and tokens to confirm made before are void."""
    connection.execute("DELETE FROM subscriptions WHERE subscriber_id = ?", (subscriber_id,))
    connection.execute(
        "UPDATE subscribers SET state = 'ended', paused_until = NULL, edition = edition + 1 WHERE id = ?",
        (subscriber_id,),
    )
    record_act(connection, subscriber_id, "ended", now, how=how, detail=detail)
    # What waits for a mail server must not go to one who comes back later.
    connection.execute(
        "UPDATE outbox SET state = 'failed', held_for = NULL, reply = 'the subscriber has ended'"
        " WHERE subscriber_id = ? AND state IN ('todo', 'deferred', 'unsure', 'held')",
        (subscriber_id,),
    )
