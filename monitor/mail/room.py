"""mail.db: opened, migrated, and with its secrets in place."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Literal

from monitor.database import open_database, read_migrations

KeyPurpose = Literal["instance", "suppression"]


@contextmanager
def open_mail(path: Path) -> Iterator[sqlite3.Connection]:
    """Open mail.db at its newest schema, readable by its owner alone, and close it again.

    The secrets of the instance are made at the first opening. Raises StoreError and MigrationError as `open_database`.
    """
    migrations = read_migrations(files("monitor.mail") / "migrations")
    with open_database(path, migrations, private=True) as connection:
        # An erased address must not linger in free pages of the file.
        connection.execute("PRAGMA secure_delete = ON")
        _make_keys(connection)
        yield connection


def read_key(connection: sqlite3.Connection, purpose: KeyPurpose) -> bytes:
    """The secret of this instance for one purpose, 32 bytes."""
    row = connection.execute("SELECT key FROM keys WHERE purpose = ?", (purpose,)).fetchone()
    return bytes(row["key"])


def _make_keys(connection: sqlite3.Connection) -> None:
    known = {row["purpose"] for row in connection.execute("SELECT purpose FROM keys")}
    for purpose in ("instance", "suppression"):
        if purpose not in known:
            # OR IGNORE: another process may open the new file at the same moment; the first key stays.
            connection.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (purpose, secrets.token_bytes(32)))
