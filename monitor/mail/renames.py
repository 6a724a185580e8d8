"""Watches under new names: their subscriptions follow, and what old mails call them is still understood."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from monitor.database import transaction
from monitor.mail.consents import record_act
from monitor.times import utc_text


def subscribed_watches(connection: sqlite3.Connection) -> dict[str, int]:
    """Every watch of the config that somebody is subscribed to, or was one, and how many are."""
    rows = connection.execute(
        "SELECT watch, count(*) FROM subscriptions WHERE watch NOT GLOB 'own:*' GROUP BY watch ORDER BY watch"
    )
    return {row[0]: row[1] for row in rows}


def follow_renames(connection: sqlite3.Connection, renames: Mapping[str, str], now: datetime) -> int:
    """Move the subscriptions of watches to their new names (old → new); returns how many. Running it again moves none.

    Who has both keeps one, covered as far as the one that was told less: nobody misses anything.
    """
    moved = 0
    for was, is_now in renames.items():
        rows = connection.execute("SELECT subscriber_id FROM subscriptions WHERE watch = ?", (was,)).fetchall()
        known = connection.execute("SELECT now FROM renamed_watches WHERE was = ?", (was,)).fetchone()
        if not rows and known and known["now"] == is_now:
            continue
        with transaction(connection):
            _move(connection, was, is_now)
            for row in rows:
                detail = f"the watch {was} is called {is_now} now"
                record_act(connection, row["subscriber_id"], "changed", now, how="config", detail=detail)
            connection.execute("INSERT OR REPLACE INTO renamed_watches VALUES (?, ?, ?)", (was, is_now, utc_text(now)))
        moved += len(rows)
    return moved


def present_name(connection: sqlite3.Connection, subscriber_id: int, watch: str) -> str:
    """What a person's subscription is called now that was called `watch`; the same where they have one of that name."""
    seen: set[str] = set()
    name = watch
    while name not in seen:
        seen.add(name)
        has = "SELECT 1 FROM subscriptions WHERE subscriber_id = ? AND watch = ?"
        if connection.execute(has, (subscriber_id, name)).fetchone():
            return name
        row = connection.execute("SELECT now FROM renamed_watches WHERE was = ?", (name,)).fetchone()
        name = row["now"] if row else name
    return watch


def _move(connection: sqlite3.Connection, was: str, is_now: str) -> None:
    names = {"was": was, "now": is_now}
    connection.execute(
        "UPDATE subscriptions AS kept SET covered_to = min(kept.covered_to, old.covered_to) FROM subscriptions AS old"
        " WHERE kept.watch = :now AND old.watch = :was AND old.subscriber_id = kept.subscriber_id",
        names,
    )
    connection.execute("UPDATE OR IGNORE subscriptions SET watch = :now WHERE watch = :was", names)
    connection.execute("DELETE FROM subscriptions WHERE watch = :was", names)
