"""The text of a document while it is being read, under limits; and the reason to stop reading."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.extract.extraction import Limits
from monitor.model.publication import TextState
from monitor.text import squeeze

_MOST_PLACES = 20_000


class UnreadableError(Exception):
    """There is nothing more to be had from this document: the state to record, and the reason in words."""

    def __init__(self, state: TextState, reason: str) -> None:
        self.state: TextState = state
        self.reason = reason
        super().__init__(reason)


class Draft:
    """Gathers lines, places and remarks. What it holds when a reader has to stop is what could be read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.lines: list[str] = []
        self.positions: list[tuple[int, str]] = []
        self.remarks: list[str] = []
        self.pages: int | None = None
        self._left = limits.text

    def add(self, line: str) -> None:
        """Append one block. Raises UnreadableError where the text is as long as it may become."""
        self._left -= (len(line) if line.isascii() else len(line.encode("utf-8", "replace"))) + 1
        if self._left < 0:
            kept = f"{self.limits.text:,} bytes"
            raise UnreadableError("too-large", f"its text is longer than {kept}; the beginning is kept")
        self.lines.append(line)

    def add_row(self, cells: Sequence[str], *, times: int = 1) -> None:
        """Append a row of a table, as often as it is repeated. Empty rows and empty cells at the end are left out."""
        width = len(cells)
        while width and not cells[width - 1]:
            width -= 1
        if not width:
            return
        if width > self.limits.columns:
            most = f"{self.limits.columns:,}"
            raise UnreadableError("too-large", f"a row has {width:,} columns; at most {most} are read, up to that row")
        row = "| " + " | ".join(squeeze(cell).replace("|", "\u2502") for cell in cells[:width]) + " |"
        for _ in range(times):
            self.add(row)

    def mark(self, label: str) -> None:
        """The next line is the first of a page or a sheet. Raises UnreadableError where there are too many."""
        if len(self.positions) == _MOST_PLACES:
            raise UnreadableError("too-large", f"it has more than {_MOST_PLACES:,} sheets; the first are kept")
        self.positions.append((len(self.lines), label))

    @property
    def text(self) -> str:
        """All lines so far."""
        return "\n".join(self.lines)
