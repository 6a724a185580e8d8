"""The archive as one thing: `open_archive` gives its tables, each behind a small class, over one connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database

from monitor.database import open_database, read_migrations, transaction
from monitor.store.arrivals import Arrivals
from monitor.store.chain import Chain
from monitor.store.changes import Changes
from monitor.store.corrections import Corrections
from monitor.store.departments import Departments
from monitor.store.feeds import Feeds
from monitor.store.library import Library
from monitor.store.links import Links
from monitor.store.lookouts import Lookouts
from monitor.store.matches import Matches
from monitor.store.paper_states import PaperStates
from monitor.store.papers import Papers
from monitor.store.promises import Promises
from monitor.store.recorder import Recorder
from monitor.store.redirects import Redirects
from monitor.store.standing import SavedQueries
from monitor.store.transcripts import Transcripts
from monitor.store.words import WordIndex


@dataclass(frozen=True, slots=True)
class Archive:
    """archive.db, open. Each attribute is a room of it: what one kind of question is asked of; `recorder` writes."""

    connection: sqlite3.Connection
    feeds: Feeds
    library: Library
    links: Links
    changes: Changes
    matches: Matches
    recorder: Recorder
    promises: Promises
    lookouts: Lookouts
    arrivals: Arrivals
    papers: Papers
    paper_states: PaperStates
    transcripts: Transcripts
    corrections: Corrections
    departments: Departments
    redirects: Redirects
    words: WordIndex
    saved_queries: SavedQueries
    chain: Chain

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """Everything written inside is kept together or not at all."""
        return transaction(self.connection)

    def tidy(self) -> None:
        """Let SQLite look after its indexes (sqlite.org/lang_analyze.html)."""
        self.connection.execute("PRAGMA optimize")


@contextmanager
def open_archive(path: Path, *, read_only: bool = False) -> Iterator[Archive]:
    """Open archive.db, at its newest schema. Raises StoreError or MigrationError."""
    steps = read_migrations(files("monitor.store") / "migrations")
    with open_database(path, steps, read_only=read_only) as connection:
        tables = Database(connection, recursive_triggers=False, execute_plugins=False)
        yield Archive(
            connection=connection,
            feeds=Feeds(tables),
            library=Library(connection),
            links=Links(connection),
            changes=Changes(connection),
            matches=Matches(tables),
            recorder=Recorder(tables),
            promises=Promises(connection),
            lookouts=Lookouts(connection),
            arrivals=Arrivals(connection),
            papers=Papers(connection),
            paper_states=PaperStates(connection),
            transcripts=Transcripts(connection),
            corrections=Corrections(connection),
            departments=Departments(connection),
            redirects=Redirects(connection),
            words=WordIndex(connection),
            saved_queries=SavedQueries(path.with_name(f"{path.name}.watches")),
            chain=Chain(connection),
        )
