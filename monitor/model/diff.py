"""What changed between two texts: blocks, and word runs within them. Made by `rules.comparison`, shown by `mail` and `cli`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle
from typing import Final, Literal

BlockOp = Literal["equal", "insert", "delete", "change", "move", "moved"]
RunOp = Literal["=", "-", "+"]

_OPS: Final[tuple[RunOp, ...]] = ("=", "-", "+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed (`=`), went (`-`) or came (`+`), with their own white space."""

    op: RunOp
    text: str


@dataclass(frozen=True, slots=True)
class DiffBlock:
    """One block of the comparison. A moved block stands twice, `move` at its new place and `moved` at its old, same `pair`.

    `texts` are its words in threes: what stayed, what went behind it, what came in its place, and so on; any may be empty.
    """

    op: BlockOp
    texts: tuple[str, ...]
    pair: int | None = None

    @property
    def runs(self) -> tuple[Run, ...]:
        """The words as runs, in the order of reading; none is empty."""
        return runs_of(self.texts)

    @property
    def old(self) -> str:
        """The block as it stood in the old text."""
        return "".join([text for place, text in enumerate(self.texts) if place % 3 != 2])

    @property
    def new(self) -> str:
        """The block as it stands in the new text."""
        return "".join([text for place, text in enumerate(self.texts) if place % 3 != 1])


def runs_of(texts: Iterable[str]) -> tuple[Run, ...]:
    """Words in threes, as a `DiffBlock` has them, as runs."""
    return tuple([Run(op, text) for op, text in zip(cycle(_OPS), texts, strict=False) if text])


@dataclass(frozen=True, slots=True)
class Diff:
    """A whole comparison: all `=` and `+` runs joined give the new text exactly, all `=` and `-` the old."""

    blocks: tuple[DiffBlock, ...]
    words_added: int
    words_removed: int
