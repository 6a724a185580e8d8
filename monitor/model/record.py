"""A publication as the archive holds it, and what a poll found out about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from monitor.model.change import Change, ChangeKind
from monitor.model.publication import Publication, Publisher, Status


@dataclass(frozen=True, slots=True)
class Record:
    """A publication in the archive at one of its versions. `first_seen_at` is our observation; `versions` counts them all.

    `feed` is the feed that first showed it, `source` the source that read that feed.
    """

    key: str
    url: str
    title: str
    document_type: str
    publisher: Publisher
    status: Status
    first_seen_at: datetime
    version: int
    versions: int
    words: int
    summary: str = ""
    text: str = ""
    notice: str = ""
    identifier: str | None = None
    department: str | None = None
    house: str | None = None
    minister: str | None = None
    role: str | None = None
    dated_on: date | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    language: str = "en"
    feed: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """A change with the publication it happened to, at the version it led to."""

    change: Change
    record: Record


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive last knew of a publication: enough to say what is different now.

    `told` is true once a `new` change was recorded; a publication that came with a feed's baseline has none. `version_at`
    is when we retrieved its latest version, `sha256` names its bytes and `reading` the edition of our readers that made its
    text; `is_reread`: the words here are made by newer readers than those in the archive.
    """

    record: Record
    fingerprint: str
    told: bool
    newest_note_at: datetime | None
    version_at: datetime
    reading: str = ""
    sha256: str = ""
    is_reread: bool = False
    attachments: tuple[tuple[str, str], ...] = ()
    relations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """A change that is not recorded yet, and so has no place in the sequence."""

    kind: ChangeKind
    note: str = ""
    announced: bool = True
    material: bool = True
    words_added: int = 0
    words_removed: int = 0
    late: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What comparing one publication with the archive came to: a version to keep, or none, and the changes to record."""

    publication: Publication
    fingerprint: str
    is_version: bool
    changes: tuple[ChangeDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """The exact bytes a version was read from, by their SHA-256. `place` is that of their answer."""

    sha256: str
    body: bytes
    media_type: str
    place: object = field(default=None, repr=False, compare=False)
