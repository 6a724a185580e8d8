"""Paragraphs and tables as an office document nests them, into blocks of one line each.

A paragraph may hold a text box with paragraphs of its own, a cell may hold a table; a cell becomes one run of words.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.extract.draft import Draft
from monitor.text import squeeze


@dataclass(slots=True)
class _Cell:
    """The blocks of one cell, and for how many cells it stands."""

    blocks: list[str] = field(default_factory=list)
    times: int = 1


class Flow:
    """Takes the events of a document in reading order and fills a draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._blocks: list[list[str]] = []
        self._rows: list[list[_Cell]] = []

    def open_block(self) -> None:
        """A paragraph begins."""
        self._blocks.append([])

    def add(self, words: str) -> None:
        """Words of the paragraph that is open; words outside of any are layout."""
        if self._blocks:
            self._blocks[-1].append(words)

    def close_block(self, prefix: str = "") -> None:
        """A paragraph ends. Inside a table it belongs to its cell."""
        words = squeeze("".join(self._blocks.pop())) if self._blocks else ""
        if not words:
            return
        if self._rows:
            if self._rows[-1]:
                self._rows[-1][-1].blocks.append(words)
        else:
            self.draft.add(prefix + words)

    def open_row(self) -> None:
        """A row of a table begins."""
        self._rows.append([])

    def open_cell(self, times: int = 1) -> None:
        """A cell begins; it stands for so many."""
        if self._rows:
            self._rows[-1].append(_Cell(times=times))

    def close_row(self, times: int = 1) -> None:
        """A row ends. That of a table inside a cell is part of the cell."""
        if not self._rows:
            return
        row = self._rows.pop()
        if not self._rows:
            self.draft.add_row(_spread(row, most=self.draft.limits.columns + 1), times=times)
        elif self._rows[-1]:
            self._rows[-1][-1].blocks.extend(block for cell in row for block in cell.blocks)


def _spread(row: list[_Cell], *, most: int) -> list[str]:
    """The words of each cell, up to `most` of them. Spreadsheets end a row with one empty cell that stands for thousands."""
    cells: list[str] = []
    blank = 0
    for cell in row:
        words = " ".join(cell.blocks)
        if not words:
            blank += cell.times
            continue
        cells.extend([""] * min(blank, most - len(cells)))
        cells.extend([words] * min(cell.times, most - len(cells)))
        blank = 0
    return cells
