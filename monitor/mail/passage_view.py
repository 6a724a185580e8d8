"""Changed passages as the templates see them: pieces that stayed, went and came, within the budget of one item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.mail.headers import clip, plain, plain_run
from monitor.model.diff import Run, RunOp
from monitor.model.digest import Passage
from monitor.text import runs_from_right

_BUDGET, _HEADING = 1600, 160


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a changed passage. A `-` piece followed by a `+` piece was replaced by it: `replaced` says so."""

    op: RunOp
    text: str
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class PassageView:
    """A changed passage, and the heading it stands under. The `arrow` points from what was replaced the way the text runs."""

    heading: str
    pieces: tuple[Piece, ...]
    arrow: str


def view_passages(passages: Sequence[Passage]) -> tuple[PassageView, ...]:
    """The passages, up to the budget of one item: a hostile text must not push the others out of the mail."""
    shown: list[PassageView] = []
    left, last_heading = _BUDGET, ""
    for passage in passages:
        pieces = _pieces(passage.runs, left)
        left -= sum(len(piece.text) for piece in pieces)
        if any(piece.text.strip() for piece in pieces):
            heading = plain(passage.heading, _HEADING)
            arrow = "←" if runs_from_right("".join(piece.text for piece in pieces)) else "→"
            shown.append(PassageView("" if heading == last_heading else heading, pieces, arrow))
            last_heading = heading
    return tuple(shown)


def _pieces(runs: Sequence[Run], budget: int) -> tuple[Piece, ...]:
    """What a reader sees of the runs, up to so many letters; white space that came or went alone is not marked."""
    texts: list[tuple[RunOp, str]] = []
    for run in runs:
        text = plain_run(run.text)
        if budget <= 0 or not text or (run.op == "-" and text == " "):
            continue
        texts.append(("=" if text == " " else run.op, clip(text, budget)))
        budget -= len(text)
    following = [*(op for op, _ in texts[1:]), "="]
    return tuple(
        Piece(op, text, replaced=op == "-" and follows == "+")
        for (op, text), follows in zip(texts, following, strict=False)
    )
