"""A paper: the file behind an attachment, and how far its text has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.model.publication import TextState


@dataclass(frozen=True, slots=True)
class Paper:
    """One file at one address. `reason` tells a person why there is no text, or not yet; `next_try_at` None: settled."""

    url: str
    text_state: TextState = "pending"
    sha256: str | None = None
    media_type: str | None = None
    size: int | None = None
    pages: int | None = None
    reason: str = ""
    extractor: str = ""
    attempts: int = 0
    fetched_at: datetime | None = None
    next_try_at: datetime | None = None
