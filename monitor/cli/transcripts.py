"""What Hansard printed of a statement, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.cli import output
from monitor.cli.shapes import Shape, time_shape

if TYPE_CHECKING:
    from monitor.store.transcripts import Print


def reference_shape(prints: Sequence[Print]) -> Shape | None:
    """Where Hansard has it now; null until it is printed."""
    return _shape(prints[-1]) if prints else None


def prints_shape(prints: Sequence[Print]) -> list[Shape]:
    """Every state in which it was printed."""
    return [{**_shape(one), "retrieved_at": time_shape(one.retrieved_at), "sha256": one.sha256} for one in prints]


def reference_lines(prints: Sequence[Print]) -> list[str]:
    """Where Hansard has it now."""
    if not prints:
        return []
    newest = prints[-1].transcript
    return ["Hansard", f"  {newest.citation}", f"    {newest.url}", ""]


def print_lines(prints: Sequence[Print]) -> list[str]:
    """Every state in which it was printed."""
    rows = [
        (output.when(one.retrieved_at), one.transcript.citation, f"{len(one.transcript.text.split())} words")
        for one in prints
    ]
    return ["", "Printed in Hansard", *(f"  {line}" for line in output.columns(rows))] if rows else []


def _shape(one: Print) -> Shape:
    printed = one.transcript
    return {
        "citation": printed.citation,
        "volume": printed.volume,
        "column": printed.column,
        "url": printed.url,
        "updated_at": time_shape(printed.updated_at),
    }
