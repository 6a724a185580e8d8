"""Transcripts in the archive: a row for every state in which Hansard printed a statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from monitor.model.transcript import Transcript
from monitor.store.rows import time_or_none, utc_or_none
from monitor.times import parse_time, utc_text


@dataclass(frozen=True, slots=True)
class Print:
    """A transcript with our observation: when we first saw it in this state, and the SHA-256 of the bytes it was read from."""

    transcript: Transcript
    retrieved_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Transcripts:
    """The table transcripts. What Hansard prints makes no version of a statement and no change."""

    connection: sqlite3.Connection

    def record(self, found: Iterable[tuple[Transcript, str]], now: datetime) -> int:
        """Keep transcripts, each with the SHA-256 of its capture, where words or citation are new; returns how many were."""
        kept = 0
        for transcript, sha256 in found:
            row = self.connection.execute(
                "SELECT * FROM transcripts WHERE identifier = ? COLLATE NOCASE AND dated_on = ? ORDER BY id DESC LIMIT 1",
                (transcript.identifier, transcript.dated_on.isoformat()),
            ).fetchone()
            if row is None or _said(_print(row).transcript) != _said(transcript):
                self._insert(transcript, sha256, now)
                kept += 1
        return kept

    def of(self, identifier: str | None, dated_on: date | None) -> tuple[Print, ...]:
        """The transcripts of the statement with this number on this day, oldest first."""
        if identifier is None or dated_on is None:
            return ()
        rows = self.connection.execute(
            "SELECT * FROM transcripts WHERE identifier = ? COLLATE NOCASE AND dated_on = ? ORDER BY id",
            (identifier, dated_on.isoformat()),
        )
        return tuple(_print(row) for row in rows)

    def _insert(self, transcript: Transcript, sha256: str, now: datetime) -> None:
        self.connection.execute(
            "INSERT INTO transcripts (identifier, dated_on, house, title, text, volume, column_label, ext_id, url,"
            " updated_at, retrieved_at, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                transcript.identifier, transcript.dated_on.isoformat(), transcript.house, transcript.title,
                transcript.text, transcript.volume, transcript.column, transcript.ext_id, transcript.url,
                utc_or_none(transcript.updated_at), utc_text(now), sha256,
            ),
        )  # fmt: skip


def _said(transcript: Transcript) -> tuple[object, ...]:
    """What makes a state: words and citation; not Hansard's ids and times, which move by themselves."""
    return (transcript.title, transcript.text, transcript.volume, transcript.column)


def _print(row: sqlite3.Row) -> Print:
    transcript = Transcript(
        identifier=row["identifier"],
        dated_on=date.fromisoformat(row["dated_on"]),
        house=row["house"],
        title=row["title"],
        text=row["text"],
        ext_id=row["ext_id"],
        url=row["url"],
        volume=row["volume"],
        column=row["column_label"],
        updated_at=time_or_none(row["updated_at"]),
    )
    return Print(transcript, parse_time(row["retrieved_at"]), row["sha256"])
