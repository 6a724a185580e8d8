"""Recorded changes: by sequence for matching, by publication for history, with the words on both sides."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.model.change import Change
from monitor.model.record import ChangeDraft, Record, RecordedChange
from monitor.store.rows import CHANGE_COLUMNS, RECORD_COLUMNS, change_of, record_of, record_then, select_in
from monitor.times import utc_text

_RECORDED = (
    f"SELECT {CHANGE_COLUMNS}, {RECORD_COLUMNS} FROM changes c JOIN publications p ON p.id = c.publication_id"
    " JOIN versions v ON v.publication_id = p.id AND v.number = c.to_version"
)


@dataclass(frozen=True, slots=True)
class Changes:
    """The append-only sequence of changes."""

    connection: sqlite3.Connection

    def after(self, sequence: int, limit: int) -> tuple[RecordedChange, ...]:
        """The changes that follow a place in the sequence, oldest first, each with its publication as it became."""
        rows = self.connection.execute(f"{_RECORDED} WHERE c.id > ? ORDER BY c.id LIMIT ?", (sequence, limit))
        return tuple(RecordedChange(change_of(row), record_of(row)) for row in rows)

    def tell(self, key: str, draft: ChangeDraft, now: datetime) -> None:
        """Put something that happened to a publication, and made no version of it, into the sequence."""
        self.connection.execute(
            "INSERT INTO changes (publication_id, kind, detected_at, from_version, to_version, note, announced, material,"
            " words_added, words_removed, late)"
            " SELECT id, ?, ?, version, version, ?, ?, ?, ?, ?, ? FROM publications WHERE key = ?",
            (
                draft.kind, utc_text(now), draft.note, draft.announced, draft.material, draft.words_added,
                draft.words_removed, draft.late, key,
            ),
        )  # fmt: skip

    def listed(self, changes: Sequence[Change]) -> tuple[RecordedChange, ...]:
        """These changes, each with its publication as it became."""
        found = []
        for change in changes:
            row = self.connection.execute(f"{_RECORDED} WHERE c.id = ?", (change.id,)).fetchone()
            found.append(RecordedChange(change, record_of(row)))
        return tuple(found)

    def head(self) -> int:
        """The newest change."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])

    def numbered(self, ids: Sequence[int]) -> dict[int, RecordedChange]:
        """The changes of these numbers, each with its publication as it became."""
        rows = select_in(self.connection, f"{_RECORDED} WHERE c.id IN ({{}})", ids)
        return {row["change_id"]: RecordedChange(change_of(row), record_of(row)) for row in rows}

    def of(self, key: str) -> tuple[RecordedChange, ...]:
        """Everything that happened to one publication, oldest first."""
        rows = self.connection.execute(f"{_RECORDED} WHERE p.key = ? ORDER BY c.id", (key,))
        return tuple(RecordedChange(change_of(row), record_of(row)) for row in rows)

    def numbers_of(self, key: str) -> tuple[int, ...]:
        """The numbers of everything that happened to one publication, oldest first."""
        rows = self.connection.execute(
            "SELECT c.id FROM publications p JOIN changes c ON c.publication_id = p.id WHERE p.key = ? ORDER BY c.id",
            (key,),
        )
        return tuple(row["id"] for row in rows)

    def before(self, change: Change) -> Record | None:
        """The publication as it was before a change, its facets too; None for a new one."""
        if change.from_version is None:
            return None
        row = self.connection.execute(
            f"SELECT {RECORD_COLUMNS}, v.facets FROM publications p JOIN versions v ON v.publication_id = p.id"
            " WHERE p.key = ? AND v.number = ?",
            (change.key, change.from_version),
        ).fetchone()
        return record_then(row)
