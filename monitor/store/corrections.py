"""Corrections that Hansard prints, and the statements they put right."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from monitor.model.record import Record
from monitor.store.rows import RECORD_COLUMNS, record_of
from monitor.times import utc_text

CORRECTION = "ministerial_correction"
"""The document type of a correction."""
_RECORDS = (
    f"SELECT {RECORD_COLUMNS} FROM publications p JOIN versions v ON v.id = p.version_id WHERE p.document_type = "
)


@dataclass(frozen=True, slots=True)
class Corrections:
    """Ties between corrections and statements: links, of rel `corrected-by`."""

    connection: sqlite3.Connection

    def untied(self, since: datetime) -> tuple[Record, ...]:
        """Corrections first seen since a time that put no statement right yet."""
        # The + keeps SQLite from reading all publications in their order rather than the few by their index.
        rows = self.connection.execute(
            f"{_RECORDS} '{CORRECTION}' AND p.first_seen_at >= ? AND NOT EXISTS (SELECT 1 FROM links l"
            " WHERE l.target = p.key AND l.rel = 'corrected-by') ORDER BY +p.id",
            (utc_text(since),),
        )
        return tuple(record_of(row) for row in rows)

    def statements_of(self, day: date, house: str | None) -> tuple[Record, ...]:
        """The written statements of a day in one House, or in both."""
        rows = self.connection.execute(
            f"{_RECORDS} 'written_statement' AND p.dated_on = ? AND p.house = coalesce(?, p.house) ORDER BY p.id",
            (day.isoformat(), house),
        )
        return tuple(record_of(row) for row in rows)

    def tie(self, statement: str, correction: str, sentence: str) -> None:
        """Keep that a correction puts a statement right, with the words that say so."""
        self.connection.execute(
            "INSERT OR IGNORE INTO links (publication_id, target, rel, method, version, sentence)"
            " SELECT id, ?, 'corrected-by', 'publisher', version, ? FROM publications WHERE key = ?",
            (correction, sentence, statement),
        )
