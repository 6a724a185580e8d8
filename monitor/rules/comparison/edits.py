"""Edits: the places of a comparison at which words changed, each with enough around it to be judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.model.diff import BlockOp, Diff, DiffBlock, Run
from monitor.rules.comparison.blocks import kind_of, marker_of
from monitor.rules.comparison.diff import moved_edits

_AROUND = 400
"""Letters before and after an edit that are kept for judging it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One place where words changed.

    `gone` stood there and `came` stands there now (one of them may be empty). `old_lead` and `new_lead` are what precedes
    it in its block, `old_rest` and `new_rest` what follows. `block` is the block's number in the comparison, `heading` the
    section it stands under, `left` the section a moved block came from.
    """

    op: BlockOp
    block: int
    heading: str
    gone: str
    came: str
    old_lead: str = ""
    old_rest: str = ""
    new_lead: str = ""
    new_rest: str = ""
    left: str = ""


def find_edits(diff: Diff) -> Iterator[Edit]:
    """Every edit, in the order of the comparison. A move is one edit, at its new place, and one more for each place edited."""
    sections = _sections(diff.blocks)
    origins = {block.pair: old for block, (old, _) in zip(diff.blocks, sections, strict=True) if block.op == "moved"}
    edited = moved_edits(diff.blocks)
    for number, (block, (old_heading, heading)) in enumerate(zip(diff.blocks, sections, strict=True)):
        if block.op == "insert":
            yield Edit("insert", number, heading, "", block.texts[-1])
        elif block.op == "delete":
            yield Edit("delete", number, old_heading, block.texts[-1], "")
        elif block.op == "change":
            yield from _within("change", number, heading, block.runs)
        elif block.op == "move" and block.pair is not None:
            text = block.texts[-1]
            yield Edit("move", number, heading, text, text, left=origins[block.pair])
            yield from _within("change", number, heading, edited.get(block.pair, ()))


def headings(diff: Diff) -> list[str]:
    """For every block the words of the heading it stands under: of the new text, or of the old for what went."""
    return [
        old if block.op in ("delete", "moved") else new
        for block, (old, new) in zip(diff.blocks, _sections(diff.blocks), strict=True)
    ]


def plain(block: str) -> str:
    """A block's words without its mark and its line break: what a heading says."""
    return block.strip("\n")[len(marker_of(block.strip("\n"))) :].strip()


def _sections(blocks: Iterable[DiffBlock]) -> list[tuple[str, str]]:
    """The heading above each block in the old and in the new text. A heading stands under itself."""
    old = new = ""
    found: list[tuple[str, str]] = []
    for block in blocks:
        before, after = block.old.strip("\n"), block.new.strip("\n")
        if before and kind_of(before) == "heading":
            old = plain(before)
        if after and kind_of(after) == "heading":
            new = plain(after)
        found.append((old, new))
    return found


def _within(op: BlockOp, number: int, heading: str, runs: Iterable[Run]) -> Iterator[Edit]:
    """The edits of one block: what went and came with nothing between that stayed."""
    runs = list(runs)
    at = 0
    while at < len(runs):
        start = at
        while at < len(runs) and runs[at].op != "=":
            at += 1
        if at > start:
            yield Edit(
                op,
                number,
                heading,
                gone=_side(runs[start:at], "-", keep=False),
                came=_side(runs[start:at], "+", keep=False),
                old_lead=_side(runs[max(0, start - 30) : start], "-")[-_AROUND:],
                old_rest=_side(runs[at : at + 30], "-")[:_AROUND],
                new_lead=_side(runs[max(0, start - 30) : start], "+")[-_AROUND:],
                new_rest=_side(runs[at : at + 30], "+")[:_AROUND],
            )
        at += 1


def _side(runs: Iterable[Run], op: str, *, keep: bool = True) -> str:
    """The text of one side, with what stayed unless `keep` is false."""
    return "".join(run.text for run in runs if run.op == op or (keep and run.op == "="))
