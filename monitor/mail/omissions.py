"""Omissions: people whose cover has passed a match, and who were told of it by no mail. There should never be one."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from monitor.times import utc_text

_UNTOLD = """
SELECT s.id FROM subscriptions w JOIN subscribers s ON s.id = w.subscriber_id
 WHERE w.watch = :watch AND w.covered_to >= :match AND s.state = 'active' AND s.confirmed_at < :at AND w.created_at < :at
   AND NOT EXISTS (SELECT 1 FROM told t WHERE t.subscriber_id = s.id AND t.change_id = :change AND t.outbox_id IS NOT NULL)
 ORDER BY s.id LIMIT 5"""


def find_omissions(
    connection: sqlite3.Connection, *, watch: str, match_id: int, change_id: int, matched_at: datetime
) -> list[int]:
    """The first few people who should have been mailed of a match by now, by their numbers."""
    words = {"watch": watch, "match": match_id, "change": change_id, "at": utc_text(matched_at)}
    return [row["id"] for row in connection.execute(_UNTOLD, words)]
