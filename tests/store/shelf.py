"""An archive in a folder, and publications to put into it: what tests of the store are told with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.model.change import Change
from monitor.model.publication import Publication
from monitor.model.record import Capture, ChangeDraft, Finding
from monitor.store.accession import Accession
from monitor.store.archive import Archive, open_archive

MONDAY = datetime(2024, 12, 9, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2024, 12, 10, 9, 0, tzinfo=UTC)
WEDNESDAY = datetime(2024, 12, 11, 9, 0, tzinfo=UTC)
NEW = ChangeDraft("new")
UPDATED = ChangeDraft("updated", words_added=1, words_removed=1)


@contextmanager
def open_shelf(folder: Path) -> Iterator[Archive]:
    """A new archive in a folder, or the one that is there."""
    with open_archive(folder / "archive.db") as archive:
        yield archive


def plan(**fields: Any) -> Publication:
    """A policy paper, but for the fields named."""
    told = {
        "key": "govuk:plan:en", "url": "https://www.gov.uk/government/publications/plan", "title": "Border security plan",
        "document_type": "policy_paper", "publisher": "govuk", "text": "Small boats will be stopped.",
    }  # fmt: skip
    return Publication(**(told | fields))


def statement(**fields: Any) -> Publication:
    """A written statement, but for the fields named."""
    told = {
        "key": "parliament:1", "url": "https://questions-statements.parliament.uk/written-statements/detail/2024-12-10/hcws293",
        "title": "Calais Group", "document_type": "written_statement", "publisher": "parliament", "identifier": "HCWS293",
        "dated_on": TUESDAY.date(), "house": "Commons", "text": "The group met in London.",
    }  # fmt: skip
    return Publication(**(told | fields))


def capture_of(publication: Publication) -> Capture:
    """Bytes that a publication may have been read from."""
    body = f"<p>{publication.title} {publication.text}</p>".encode()
    return Capture(hashlib.sha256(body).hexdigest(), body, "text/html")


def accession(
    publication: Publication, *changes: ChangeDraft, is_version: bool = True, next_look_at: datetime | None = None
) -> Accession:
    """A publication on its way in, with the changes it brings."""
    finding = Finding(publication, "1:" + capture_of(publication).sha256, is_version, changes)
    return Accession(finding, capture_of(publication), "home-office", next_look_at)


def keep(archive: Archive, *accessions: Accession, now: datetime = MONDAY) -> tuple[Change, ...]:
    """Record them in one transaction."""
    with archive.transaction():
        return archive.recorder.record(accessions, now)


def rows(archive: Archive, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What a query answers with."""
    return [tuple(row) for row in archive.connection.execute(query, values)]
