"""GOV.UK's documents as a test or a story tells them: organisations, documents, attachments. Rendered by `tests.fakes.govuk`."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

SITE = "https://www.gov.uk"
ASSETS = "https://assets.publishing.service.gov.uk"
PDF = "application/pdf"

_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A department as GOV.UK names it."""

    slug: str
    title: str
    acronym: str = ""

    @property
    def path(self) -> str:
        """Base path of its home page."""
        return f"/government/organisations/{self.slug}"


@dataclass(frozen=True, slots=True)
class FileAttachment:
    """A file of a publication. A replaced file keeps `id` and gets another `asset_id` (24 hex digits), so another address."""

    id: str
    title: str
    filename: str
    asset_id: str
    data: bytes = b""
    content_type: str = PDF
    pages: int | None = 1
    command_paper_number: str = ""

    @property
    def url(self) -> str:
        """Where the file lies on the assets host."""
        return f"{ASSETS}/media/{self.asset_id}/{self.filename}"


@dataclass(frozen=True, slots=True)
class HtmlAttachment:
    """A part of a publication that has a page, and a Content API item, of its own under the publication's path."""

    id: str
    title: str
    slug: str
    body_html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A GOV.UK document at one moment. `change_history` is (time, note), newest first; times are aware, UTC.

    `public_updated_at` moves at major updates only, `updated_at` at every one. A document is withdrawn when
    `withdrawn_at` is set, gone when `gone` holds an explanation (empty: a bare 410), moved when `redirect_to` is set.
    """

    path: str
    title: str
    organisation: Organisation
    first_published_at: datetime
    document_type: str = "policy_paper"
    summary: str = ""
    body_html: str = ""
    public_updated_at: datetime | None = None
    updated_at: datetime | None = None
    change_history: tuple[tuple[datetime, str], ...] = ()
    files: tuple[FileAttachment, ...] = ()
    pages: tuple[HtmlAttachment, ...] = ()
    withdrawn_at: datetime | None = None
    withdrawn_explanation: str = ""
    gone: str | None = None
    redirect_to: str | None = None
    content_id: str = ""
    locale: str = "en"

    @property
    def url(self) -> str:
        """Address of its page, as feeds give it."""
        return f"{SITE}{self.path}"

    @property
    def listed_at(self) -> datetime:
        """The time by which feeds order it."""
        return self.public_updated_at or self.first_published_at

    @property
    def is_listed(self) -> bool:
        """Whether feeds show it: withdrawn, gone and moved documents vanish from them."""
        return self.withdrawn_at is None and self.gone is None and self.redirect_to is None

    @property
    def identity(self) -> str:
        """Its content_id; made from the path where the story gives none."""
        return self.content_id or content_id_of(self.path)


def content_id_of(path: str) -> str:
    """A content id that is always the same for a path."""
    return str(uuid.uuid5(_SPACE, f"{SITE}{path}"))
