"""`monitor diff` on the terminal: word by word or side by side, in colour only where colour helps."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from monitor.model.diff import Diff, DiffBlock, RunOp
from monitor.rules.comparison.marks import runs_to_text, to_text

_GONE, _CAME, _PLAIN = "\x1b[31;9m", "\x1b[32m", "\x1b[0m"
_NARROWEST = 40


def word_lines(diff: Diff, *, context: int, in_colour: bool) -> list[str]:
    """Changed blocks with `[-gone-] {+come+}`; the marks stay when there is colour, so that a pasted copy tells the same."""
    if all(block.op == "equal" for block in diff.blocks):
        return ["nothing changed"]
    text = to_text(diff, context=context).rstrip("\n")
    if in_colour:
        text = re.sub(r"\[-.*?-\]", lambda found: f"{_GONE}{found[0]}{_PLAIN}", text, flags=re.DOTALL)
        text = re.sub(r"\{\+.*?\+\}", lambda found: f"{_CAME}{found[0]}{_PLAIN}", text, flags=re.DOTALL)
    return text.split("\n")


def side_by_side_lines(diff: Diff, *, context: int, width: int) -> list[str]:
    """Old on the left, new on the right; between them `|` for a changed block, `<` for one that went, `>` for one that came."""
    column = max(_NARROWEST, width - 3) // 2
    lines: list[str] = []
    for entry in _shown(diff, context):
        if entry is None:
            lines.append("…")
            continue
        old, new = (_column(_side(entry, other), column) for other in ("+", "-"))
        sign = {"equal": " ", "insert": ">", "delete": "<", "move": ">", "moved": "<"}.get(entry.op, "|")
        lines += [f"{left:<{column}} {sign} {right}".rstrip() for left, right in zip_longest(old, new, fillvalue="")]
    return lines or ["nothing changed"]


def _side(block: DiffBlock, other: RunOp) -> str:
    """A block without what only the `other` side has; in one that was edited the words are marked."""
    runs = [run for run in block.runs if run.op != other]
    return runs_to_text(runs) if block.op == "change" else "".join(run.text for run in runs)


def _shown(diff: Diff, context: int) -> Iterator[DiffBlock | None]:
    """Changed blocks with `context` others around; None stands for those passed over."""
    changed = [place for place, block in enumerate(diff.blocks) if block.op != "equal"]
    near = {place + step for place in changed for step in range(-context, context + 1)}
    gap = False
    for place, block in enumerate(diff.blocks):
        if place in near:
            if gap:
                yield None
            yield block
        gap = place not in near and bool(changed)


def _column(text: str, width: int) -> list[str]:
    return [line for block in text.strip("\n").split("\n") for line in textwrap.wrap(block, width)]
