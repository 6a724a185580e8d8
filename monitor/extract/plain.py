"""Plain text: paragraphs that somebody broke into lines are put together again, everything else stays line by line."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.extract.draft import Draft
from monitor.extract.paragraphs import ITEM
from monitor.text import squeeze

EXTRACTOR = "text/1"
_NARROWEST, _WIDEST = 50, 120
_MARKS = ("- ", "* ", "> ", "| ", "#")


def read_plain(text: str, draft: Draft) -> None:
    """Fill `draft` with one paragraph a line. Raises UnreadableError where the text is too long."""
    for paragraph in _paragraphs(text):
        draft.add(paragraph)


def _paragraphs(text: str) -> Iterator[str]:
    lines = text.splitlines()
    width = max((len(line) for line in lines), default=0)
    wrapped = _NARROWEST <= width <= _WIDEST
    run: list[str] = []
    for line in lines:
        words = squeeze(line)
        if run and not (words and wrapped and _goes_on(run[-1], line, width)):
            yield " ".join(run)
            run = []
        if words:
            run.append(words)
    if run:
        yield " ".join(run)


def _goes_on(before: str, line: str, width: int) -> bool:
    """Was the line before broken for want of room? Then the first word of this one did not fit on it."""
    shown = line.strip()
    if ITEM.match(shown) or shown.startswith(_MARKS) or line[:1].isspace():
        return False
    return len(before) + 1 + len(shown.partition(" ")[0]) > width
