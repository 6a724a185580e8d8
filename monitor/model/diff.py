"""What changed between two texts: blocks, and word runs within them. Made by `rules.comparison`, shown by `mail` and `cli`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockOp = Literal["equal", "insert", "delete", "change", "move", "moved"]
RunOp = Literal["=", "-", "+"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed (`=`), went (`-`) or came (`+`), with their own white space."""

    op: RunOp
    text: str


@dataclass(frozen=True, slots=True)
class DiffBlock:
    """One block of the comparison. A moved block stands twice, `move` at its new place and `moved` at its old, same `pair`."""

    op: BlockOp
    runs: tuple[Run, ...]
    pair: int | None = None


@dataclass(frozen=True, slots=True)
class Diff:
    """A whole comparison: all `=` and `+` runs joined give the new text exactly, all `=` and `-` the old."""

    blocks: tuple[DiffBlock, ...]
    words_added: int
    words_removed: int
