"""Accessions: what was found out about publications, on its way into the archive, and the row that it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.model.record import Capture, Finding
from monitor.store.rows import Row, utc_or_none


@dataclass(frozen=True, slots=True)
class Accession:
    """A finding on its way into the archive: the bytes it was read from, the feed that led to it, and when to look again.

    `reading` is the edition of our readers that made the text of the bytes; `source` is the feed's.
    """

    finding: Finding
    capture: Capture
    feed: str
    next_look_at: datetime | None
    reading: str = ""
    source: str = ""

    @property
    def key(self) -> str:
        """The publication's key."""
        return self.finding.publication.key


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding goes: its publication's id, and the number and id of the version that holds (or will hold) its words."""

    publication_id: int
    version: int
    version_id: int
    is_first: bool


Placed = Sequence[tuple[Accession, Place]]
"""Accessions, each with its place."""


_COLUMNS = (
    "key", "url", "title", "document_type", "publisher", "identifier", "department", "house", "minister", "role", "dated_on",
    "published_at", "updated_at", "newest_note_at", "language", "status", "notice", "licence", "fingerprint", "version",
    "version_id", "next_look_at",
)  # fmt: skip
UPDATE = f"UPDATE publications SET {', '.join(f'{column} = :{column}' for column in _COLUMNS)} WHERE id = :id"
"""Rewrites a known publication's row from a `publication_row`."""


def publication_row(accession: Accession, place: Place) -> Row:
    """What is the same for a new publication and a known one."""
    seen = accession.finding.publication
    return {
        "id": place.publication_id,
        "key": seen.key,
        "url": seen.url,
        "title": seen.title,
        "document_type": seen.document_type,
        "publisher": seen.publisher,
        "identifier": seen.identifier,
        "department": seen.department,
        "house": seen.house,
        "minister": seen.minister,
        "role": seen.role,
        "dated_on": seen.dated_on.isoformat() if seen.dated_on else None,
        "published_at": utc_or_none(seen.published_at),
        "updated_at": utc_or_none(seen.updated_at),
        "newest_note_at": utc_or_none(seen.notes[0].at if seen.notes else None),
        "language": seen.language,
        "status": seen.status,
        "notice": seen.notice,
        "licence": seen.licence,
        "fingerprint": accession.finding.fingerprint,
        "version": place.version,
        "version_id": place.version_id,
        "next_look_at": utc_or_none(accession.next_look_at),
    }
