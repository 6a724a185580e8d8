"""What an answer for an attachment's file means: the document, not there yet, or something else in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from monitor.errors import FetchError, TooLargeError
from monitor.model.publication import TextState

_DRAFT_HOST = "draft-assets."
_WAITS = (
    timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=12), timedelta(days=1), timedelta(days=3), timedelta(days=7),
)  # fmt: skip
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why what came is not the document; `is_final`: no use in asking again; `state`: how the file stands once it is given up."""

    reason: str
    is_final: bool = False
    state: TextState = "damaged"


def find_obstacle(url: str, final_url: str, status: int, media_type: str, claimed: str | None) -> Obstacle | None:
    """None where the answer is the document itself.

    A file that was just published may be a 404 or lead to a draft host for minutes; the file of an unpublished document
    leads to its page. Neither is ever kept as the document.
    """
    host = urlsplit(final_url).hostname or ""
    if host.startswith(_DRAFT_HOST):
        return Obstacle("the file is still a draft")
    if status == 410:
        return Obstacle("the publisher has deleted the file (410)", is_final=True)
    if status == 404:
        return Obstacle("the file is not there yet (404)")
    if final_url != url and media_type in _PAGE_TYPES and claimed not in _PAGE_TYPES:
        return Obstacle("the address leads to a page and not to the file: its document is not published")
    return None


def obstacle_of(url: str, error: FetchError) -> Obstacle:
    """What it means that a file could not be fetched. One that leads to a draft host is not there yet, and may be soon."""
    if (urlsplit(error.url).hostname or "").startswith(_DRAFT_HOST):
        return Obstacle("the file is still a draft")
    # The address of the file itself stands beside the reason wherever that is shown.
    reason = error.message if error.url == url else f"{error.message}: {error.url}"
    if isinstance(error, TooLargeError):
        return Obstacle(reason, is_final=True, state="too-large")
    was_asked = error.status != 0
    return Obstacle(
        reason, is_final=not error.transient, state="damaged" if error.transient or was_asked else "refused"
    )


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to ask for a file again after so many attempts; None once it has been asked for often enough."""
    return now + _WAITS[attempts - 1] if attempts <= len(_WAITS) else None
