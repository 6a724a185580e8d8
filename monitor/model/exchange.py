"""What goes out to a publisher and what comes back: Request, Response, and the Page a source reads from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from monitor.model.publication import Publication
from monitor.model.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Validators:
    """What a publisher gave us to ask "has it changed?" with (RFC 9110 §13), and the SHA-256 of the body they belong to."""

    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One address to ask, and the slug of the source that reads the answer.

    `stamp` is what a list says of an item (its `updated`, the hash of its row). An item whose stamp we have already
    dealt with is not asked for again; `None` means "always ask", as for the next page of a list. `context` is what the
    reader must know and the answer does not say, such as the name of the feed. `content` is "file" where the answer is
    a document to keep as it is, which may be larger than a list or an item. `known_as` is a list's name from day to day,
    where its address holds dates: a body that it had yesterday is not read again.
    """

    url: str
    reader: str
    stamp: str | None = None
    context: str = ""
    content: Literal["file"] | None = None
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """One answer: status 200, 304, 404 or 410, or a redirect that was followed to `final_url`. Header names are lower case.

    `moved_to` is where permanent redirects (301, 308) alone led to from the address asked; None where there were none.
    `place` is nobody's business but the fetcher's: while the answer lives, it keeps room for a large body.
    """

    request: Request
    status: int
    headers: Mapping[str, str]
    body: bytes
    final_url: str
    elapsed_ms: int = 0
    moved_to: str | None = None
    place: object = field(default=None, repr=False, compare=False)

    @property
    def media_type(self) -> str:
        """Type without parameters, lower case; empty where the publisher said nothing."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Departure:
    """The publication at `url` is no longer there.

    `gone` was said by the publisher; `missing` is a bare 404, believed only when it lasts; `redirected` leads to
    `to_url`, which decides between moved (same publication) and gone (another one). `asked` is the address that was
    asked for it, filled in by whoever asked.
    """

    url: str
    kind: Literal["gone", "missing", "redirected"]
    to_url: str | None = None
    explanation: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a source read in one answer.

    `entries` counts the items listed; `updated_at` is the publisher's own time of the list, by which an answer that goes
    back in time is told; `total` is how many items the publisher counts in all, where it counts, so that an empty list
    can be believed; `remarks` say what was left out and why; `transcripts` are Hansard's prints of statements that another
    source reads; `deeper` is the next page of a list that goes back without end, worth asking for only where the last item
    of this one is news.
    """

    publications: tuple[Publication, ...] = ()
    follow: tuple[Request, ...] = ()
    departures: tuple[Departure, ...] = ()
    entries: int = 0
    updated_at: datetime | None = None
    total: int | None = None
    ended: bool = False
    remarks: tuple[str, ...] = field(default=())
    transcripts: tuple[Transcript, ...] = ()
    deeper: Request | None = None
