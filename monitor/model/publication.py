"""A publication as its publisher shows it at one moment: the thing that is compared, kept, matched and mailed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Publisher = Literal["govuk", "parliament", "other"]
AttachmentKind = Literal["file", "html", "external"]
Status = Literal["live", "withdrawn", "gone", "moved"]
TextState = Literal["pending", "extracted", "no-text", "encrypted", "unsupported", "too-large", "damaged", "refused"]
"""How far an attachment's text has come. `pending`: not tried yet; `refused`: built to harm, or too costly to read."""

LICENCES: dict[Publisher, str] = {
    "govuk": "Open Government Licence v3.0",
    "parliament": "Open Parliament Licence v3.0",
    "other": "see the publisher",
}
"""The licence under which each publisher lets its words be used again."""

ATTRIBUTIONS: dict[Publisher, str] = {
    "govuk": "Contains public sector information licensed under the Open Government Licence v3.0.",
    "parliament": "Contains Parliamentary information licensed under the Open Parliament Licence v3.0.",
    "other": "",
}
"""The sentence each licence asks for, word for word."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that belongs to a publication. `kind` is GOV.UK's attachment_type; `size` is in bytes."""

    id: str
    url: str
    title: str
    kind: AttachmentKind = "file"
    media_type: str | None = None
    filename: str | None = None
    size: int | None = None
    pages: int | None = None
    paper_number: str | None = None
    isbn: str | None = None


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link in the text: absolute address, its words, and the number of the block (line of `text`, from 0) it stands in."""

    url: str
    anchor: str
    block: int


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """What the publisher says it changed, and when."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Another publication that the publisher itself ties to this one, by key: a joint statement, a correction, a parent."""

    rel: Literal["joint-statement", "corrected-by", "parent", "part"]
    key: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication at one moment.

    `key` is the publisher's own stable id (`parliament:1943121`, `govuk:<content_id>:<locale>`); `text` holds one block
    a line in the form that `monitor.text` describes; `document_type` is the publisher's word (`policy_paper`,
    `written_statement`); `notes` are newest first. Times are aware, UTC, and the publisher's claims, not our observation.
    """

    key: str
    url: str
    title: str
    document_type: str
    publisher: Publisher
    summary: str = ""
    text: str = ""
    identifier: str | None = None
    department: str | None = None
    house: str | None = None
    minister: str | None = None
    role: str | None = None
    dated_on: date | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    language: str = "en"
    status: Status = "live"
    notice: str = ""
    notes: tuple[ChangeNote, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    hyperlinks: tuple[Hyperlink, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def licence(self) -> str:
        """Name of the licence its words may be used under."""
        return LICENCES[self.publisher]
