"""A paper: the file behind an attachment, and how far its text has come."""

from __future__ import annotations

from bisect import bisect_right
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


@dataclass(frozen=True, slots=True)
class PaperText:
    """The words of a paper, one block a line, and the lines (from 0) at which its pages or sheets begin, with their names."""

    text: str = ""
    positions: tuple[tuple[int, str], ...] = ()

    def place_at(self, offset: int) -> str:
        """The page or sheet that a character stands in, such as `page 12`; empty where the paper has neither."""
        line = self.text.count("\n", 0, offset)
        begun = bisect_right(self.positions, line, key=lambda position: position[0])
        return self.positions[begun - 1][1] if begun else ""
