"""Erasure: what goes when a person goes."""

from __future__ import annotations

import sqlite3

from monitor.mail.keeping import drop_unshared


def delete_person(connection: sqlite3.Connection, number: int) -> None:
    """Within a transaction: nothing of a person stays but rows of the outbox without number, words and answer."""
    connection.execute(
        "UPDATE outbox SET reply = NULL, holder = NULL, lease_until = NULL, held_for = NULL,"
        " state = CASE WHEN state = 'sent' THEN 'sent' ELSE 'failed' END WHERE subscriber_id = ?",
        (number,),
    )
    connection.execute(
        "DELETE FROM letters WHERE outbox_id IN (SELECT id FROM outbox WHERE subscriber_id = ?)", (number,)
    )
    drop_unshared(connection)
    # The saved form of everybody's own watches holds theirs, too: it is made again without them.
    connection.execute(
        "DELETE FROM own_index WHERE EXISTS (SELECT 1 FROM own_watches WHERE subscriber_id = ?)", (number,)
    )
    connection.execute("DELETE FROM subscribers WHERE id = ?", (number,))
