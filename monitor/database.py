"""SQLite as the whole house opens it: durable settings, transactions, numbered migrations. The only file that connects.

WAL with synchronous=FULL: NORMAL loses acknowledged commits at a power cut. Never open the file of a live database by
other means in this process: closing it would drop SQLite's locks (sqlite.org/howtocorrupt.html §2.2).
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from monitor.errors import IntegrityError, MigrationError, StoreError, WorkerBusyError

_REMEDIES = {
    sqlite3.SQLITE_FULL: "the database cannot be written; make room on its disk and run this again",
    sqlite3.SQLITE_IOERR: "the database cannot be written; look at its disk and run this again",
    sqlite3.SQLITE_READONLY: "the database cannot be written; look who owns it",
    sqlite3.SQLITE_PERM: "the database cannot be written; look who owns it",
    sqlite3.SQLITE_CANTOPEN: "the database cannot be opened; look who owns it and its folder",
    sqlite3.SQLITE_BUSY: "another program keeps the database locked; wait for it, or stop it",
}
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of a schema. Steps are numbered from 1 without gaps; each runs in one transaction."""

    number: int
    name: str
    sql: str


def read_migrations(folder: Traversable) -> tuple[Migration, ...]:
    """The steps in a folder of `NNNN_name.sql`, in order."""
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    return tuple(Migration(int(entry.name[:4]), entry.name[5:-4], entry.read_text(encoding="utf-8")) for entry in files)


@contextmanager
def open_database(
    path: Path, migrations: Sequence[Migration], *, private: bool = False, read_only: bool = False
) -> Iterator[sqlite3.Connection]:
    """Open a database at its newest schema, making it (and its folder) if need be, and close it again.

    `private` makes the file readable by its owner alone. Raises StoreError where the file cannot be used, also while it
    is open, IntegrityError where it is damaged and MigrationError where it is newer than this program.
    """
    connection = _connect(path, private=private, read_only=read_only)
    try:
        _migrate(connection, path, migrations, read_only=read_only)
        yield connection
    except sqlite3.Error as cause:
        _explain(cause, str(path))
        raise
    finally:
        connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing. IMMEDIATE, so that a writer waits at the start and never fails half-way.

    Raises StoreError where nothing can be kept (a full disk, a lock that lasts), IntegrityError where the file is damaged.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
    except BaseException as cause:
        # A full disk has SQLite roll back by itself (sqlite.org/lang_transaction.html §3).
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(cause, sqlite3.Error):
            _explain(cause, connection.execute("PRAGMA database_list").fetchone()["file"])
        raise


@contextmanager
def writer_lock(path: Path) -> Iterator[None]:
    """Be the only writer of a database while inside. The kernel frees the lock however the process ends.

    Raises WorkerBusyError while another process holds it. Not for network file systems, which lock unreliably.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = (path.parent / f"{path.name}.lock").open("a")
    except OSError as cause:
        raise StoreError(
            "the folder of the database cannot be written", resource=str(path.parent), cause=cause
        ) from cause
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            message = "another monitor is at work here; wait for it, or stop it"
            raise WorkerBusyError(message, resource=str(path)) from cause
        yield


def _explain(cause: sqlite3.Error, path: str) -> None:
    """Raise what the machine did to a database as an error for people. A mistake of our own stays the surprise it is."""
    code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    if code in _DAMAGED:
        raise IntegrityError(
            "the database is damaged; put a backup in its place", resource=path, cause=cause
        ) from cause
    if code in _REMEDIES:
        raise StoreError(_REMEDIES[code], resource=path, cause=cause) from cause


def _connect(path: Path, *, private: bool, read_only: bool) -> sqlite3.Connection:
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
            if private and not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        connection = sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        for setting in ("synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {setting}")
    except (OSError, sqlite3.Error) as cause:
        raise StoreError("the database cannot be opened", resource=str(path), cause=cause) from cause
    return connection


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration], *, read_only: bool) -> None:
    newest = migrations[-1].number
    try:
        stands_at = connection.execute("PRAGMA user_version").fetchone()[0]
        if stands_at > newest:
            raise MigrationError(
                f"the database is at schema {stands_at}, this program knows up to {newest}; use a newer monitor",
                resource=str(path),
            )
        if read_only and stands_at < newest:
            raise MigrationError("the database needs a migration; run `monitor db migrate`", resource=str(path))
        for step in migrations[stands_at:]:
            connection.executescript(f"BEGIN IMMEDIATE;\n{step.sql}\nPRAGMA user_version = {step.number};\nCOMMIT;")
    except sqlite3.Error as cause:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise MigrationError("the database could not be migrated", resource=str(path), cause=cause) from cause
