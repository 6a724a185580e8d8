"""Snippets: the few words around a match that let a reader judge it."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.digest import Span
from monitor.model.watch import Hit
from monitor.rules.keywords import Fields

WIDTH = 240
"""How many characters a snippet shows, about."""


def snippet(fields: Fields, hits: Sequence[Hit], *, width: int = WIDTH) -> tuple[Span, ...]:
    """The text around the first hit, words that matched marked; a hit in the text is preferred to one in the title."""
    if not hits:
        return ()
    first = next((hit for hit in hits if hit.field == "text"), hits[-1])
    text = fields[first.field]
    start, end = _window(text, first, width)
    spans = [Span("…")] if start > 0 else []
    at = start
    for hit in sorted((hit for hit in hits if hit.field == first.field), key=lambda hit: hit.start):
        if hit.start < at or hit.end > end:
            continue
        spans += [Span(text[at : hit.start]), Span(text[hit.start : hit.end], marked=True)]
        at = hit.end
    spans.append(Span(text[at:end]))
    if end < len(text):
        spans.append(Span("…"))
    return tuple(Span(span.text.replace("\n", " "), span.marked) for span in spans if span.text)


def _window(text: str, hit: Hit, width: int) -> tuple[int, int]:
    """A stretch of the text around a hit that begins and ends between words."""
    around = max(0, width - (hit.end - hit.start)) // 2
    start, end = max(0, hit.start - around), min(len(text), hit.end + around)
    if start > 0:
        start = text.find(" ", start, hit.start) + 1 or hit.start
    if end < len(text):
        end = text.rfind(" ", hit.end, end)
        end = end if end > 0 else hit.end
    return start, end
