"""CSV and its kin as rows of a table: any usual delimiter, any encoding, quotation marks that may not match (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Literal

from monitor.extract.draft import Draft

EXTRACTOR = "csv/1"
_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 20
_LONGEST_CELL = 32_767
"""Characters: what a cell of Excel holds. A longer one is a quotation mark that was never closed."""


def read_csv(text: str, draft: Draft) -> None:
    """Fill `draft` with one row a record. Raises UnreadableError where the table is too wide or too long."""
    delimiter = find_delimiter(text) or ","
    if _is_quoted_well(text, delimiter):
        rows = _rows(text, delimiter, csv.QUOTE_MINIMAL)
    else:
        draft.remarks.append("its quotation marks do not match, so that each line was read as a row")
        rows = _rows(text, delimiter, csv.QUOTE_NONE)
    for row in rows:
        draft.add_row(row)


def is_table(text: str) -> bool:
    """Is a text of unknown kind a table? Only where all its first lines have the same three cells or more."""
    return find_delimiter(text, columns=3) is not None


def find_delimiter(text: str, *, columns: int = 2) -> str | None:
    """What divides the first lines into the same number of cells, at least `columns`; else what is most used in them.

    With three columns or more asked for, the numbers must be the same, and three lines must be there to compare.
    """
    lines = _first_lines(text)
    strict = columns > 2
    best: tuple[int, int, str] | None = None
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        same = len(set(widths)) == 1 and len(widths) >= 3
        if not widths or max(widths) < columns or (strict and not same):
            continue
        score = (int(same), sum(widths), delimiter)
        best = max(best, score) if best else score
    return best[2] if best else None


def _first_lines(text: str) -> list[str]:
    lines = []
    for line in StringIO(text[:262_144]):
        if line.strip():
            lines.append(line)
        if len(lines) == _SAMPLE_LINES:
            break
    return lines


def _is_quoted_well(text: str, delimiter: str) -> bool:
    """A dry run: a quotation mark that is never closed swallows the rest of the file into one cell."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        for _ in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False):
            pass
    except csv.Error:
        return False
    return True


def _rows(text: str, delimiter: str, quoting: Literal[0, 3]) -> Iterator[list[str]]:
    csv.field_size_limit(len(text) + 1)
    yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
