"""Corrections that Hansard prints find the statement they put right, and are told as what happened to it. Part of resolve."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model.record import ChangeDraft, Record
from monitor.rules.corrections import day_corrected, is_of_statement, is_titled, said_where
from monitor.store.archive import Archive

_TRIED_FOR = timedelta(days=60)
"""So long a correction waits for its statement, or for the print by whose column it names that."""


def tie_corrections(archive: Archive, now: datetime) -> None:
    """Tie every correction that is not tied yet to its statement, and tell of it there, unless it came with a baseline."""
    for correction in archive.corrections.untied(now - _TRIED_FOR):
        if not is_of_statement(correction.text):
            continue
        statement = _corrected(archive, correction)
        if statement is None:
            continue
        with archive.transaction():
            archive.corrections.tie(statement, correction.key, said_where(correction.text))
            if any(event.change.kind == "new" for event in archive.changes.of(correction.key)):
                draft = ChangeDraft("corrected", note=f"corrected by {correction.key}")
                archive.changes.tell(statement, draft, now)


def _corrected(archive: Archive, correction: Record) -> str | None:
    """The statement that a correction names by number or by its column in Hansard, or else by its day and title."""
    for link in archive.links.of(correction.key):
        if link.from_key == correction.key and link.method == "identifier" and link.to_key is not None:
            named = archive.library.record(link.to_key)
            if named.document_type == "written_statement":
                return named.key
    day = day_corrected(correction.text)
    if day is None:
        return None
    titled = [
        statement.key
        for statement in archive.corrections.statements_of(day, correction.house)
        if is_titled(correction.title, statement.title)
    ]
    return titled[0] if len(titled) == 1 else None
