"""Word runs: from matched pieces to what stayed, went and came, with white space kept exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.model.diff import Run
from monitor.rules.alignment import Match


def weave(old: Sequence[str], new: Sequence[str], matches: Iterable[Match]) -> tuple[Run, ...]:
    """Turn two runs of pieces and their matches into word runs. Exact whatever the matches claim: words are looked at."""
    thread = _Thread()
    i = j = 0
    for old_from, new_from, size in matches:
        if i < old_from or j < new_from:
            thread.differ("".join(old[i:old_from]), "".join(new[j:new_from]))
        i, j = old_from + size, new_from + size
        here, there = old[old_from:i], new[new_from:j]
        if here == there:
            thread.agree("".join(here))
        else:
            _piecemeal(thread, here, there)
    thread.differ("".join(old[i:]), "".join(new[j:]))
    return thread.end()


def _piecemeal(thread: _Thread, here: Sequence[str], there: Sequence[str]) -> None:
    """Pieces whose words are equal but whose white space is not."""
    for piece, other in zip(here, there, strict=True):
        word = piece.rstrip()
        if piece == other:
            thread.agree(piece)
        elif word == other.rstrip():
            thread.agree(word)
            thread.differ(piece[len(word) :], other[len(word) :])
        else:
            thread.differ(piece, other)


def mirror(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The same runs told from the other side."""
    thread = _Thread()
    for run in runs:
        if run.op == "=":
            thread.agree(run.text)
        elif run.op == "-":
            thread.differ("", run.text)
        else:
            thread.differ(run.text, "")
    return thread.end()


class _Thread:
    """Gathers what went and came until something stays, then writes it down without the white space both sides share."""

    __slots__ = ("_came", "_gone", "_runs", "_same")

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._same = self._gone = self._came = ""

    def agree(self, text: str) -> None:
        """Text that stands on both sides."""
        if not text:
            return
        if self._gone or self._came:
            self._settle()
        self._same += text

    def differ(self, gone: str, came: str) -> None:
        """Text that stands on one side only."""
        self._gone += gone
        self._came += came

    def end(self) -> tuple[Run, ...]:
        """Everything written down."""
        if self._gone or self._came:
            self._settle()
        if self._same:
            self._runs.append(Run("=", self._same))
        return tuple(self._runs)

    def _settle(self) -> None:
        gone, came, same, rest = self._gone, self._came, self._same, ""
        if gone and came:
            head, gone, came, rest = _shorn(gone, came)
            same += head
        if same and (gone or came):
            self._runs.append(Run("=", same))
            same = ""
        if gone:
            self._runs.append(Run("-", gone))
        if came:
            self._runs.append(Run("+", came))
        self._same, self._gone, self._came = same + rest, "", ""


def _shorn(gone: str, came: str) -> tuple[str, str, str, str]:
    """Cut off the white space both begin with, and end with: (beginning, gone, came, end)."""
    least = min(len(gone), len(came))
    head = tail = 0
    if gone[0] == came[0]:
        while head < least and gone[head] == came[head] and gone[head].isspace():
            head += 1
    if gone[-1] == came[-1]:
        while tail < least - head and gone[-1 - tail] == came[-1 - tail] and gone[-1 - tail].isspace():
            tail += 1
    if not head and not tail:
        return "", gone, came, ""
    cut = len(gone) - tail
    return gone[:head], gone[head:cut], came[head : len(came) - tail], gone[cut:]
