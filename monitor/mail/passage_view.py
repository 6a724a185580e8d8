"""Changed passages as the templates see them: words that stayed, went and came, within what a mail can hold."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.mail.headers import clip, plain, plain_run
from monitor.model.diff import RunOp
from monitor.model.digest import Passage

_LINE, _PASSAGES = 160, 1600


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a changed passage. A `-` piece followed by a `+` piece was replaced by it: `replaced` says so."""

    op: RunOp
    text: str
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class PassageView:
    """A changed passage, and the heading it stands under."""

    heading: str
    pieces: tuple[Piece, ...]


def view_passages(passages: tuple[Passage, ...]) -> tuple[PassageView, ...]:
    """The passages, up to the budget of one item: a hostile text must not push the others out of the mail."""
    shown: list[PassageView] = []
    left, last_heading = _PASSAGES, ""
    for passage in passages:
        pieces: list[Piece] = []
        for number, run in enumerate(passage.runs):
            text = plain_run(run.text)
            if not text or left <= 0:
                continue
            follows = passage.runs[number + 1].op if number + 1 < len(passage.runs) else "="
            pieces.append(Piece(run.op, clip(text, left), run.op == "-" and follows == "+"))
            left -= len(text)
        if pieces:
            heading = plain(passage.heading, _LINE)
            shown.append(PassageView("" if heading == last_heading else heading, tuple(pieces)))
            last_heading = heading
    return tuple(shown)
