"""Snippets: the few words around a match that let a reader judge it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from monitor.model.digest import Span
from monitor.model.watch import Hit
from monitor.rules.documents import Document

_ORDER = {"text": 0, "attachment": 1, "summary": 2, "title": 3}
_MARKER = re.compile(r"(?:#{1,6} | *- | *\d+\. |> |\| )")

WIDTH = 240
"""How many characters a snippet shows, about."""


Texts = Mapping[tuple[str, str], str]
"""The texts of a document, by field and attachment id (empty where it is no attachment's)."""


def texts_of(document: Document) -> Texts:
    """The texts that the hits of a document stand in."""
    return {(part.field, part.attachment): part.text for part in document.parts}


def first_hit(hits: Sequence[Hit]) -> Hit:
    """The hit that is shown: in the text rather than in an attachment, in the summary, or, last, in the title."""
    return min(hits, key=lambda hit: (_ORDER[hit.field], hit.attachment, hit.start))


def snippet(texts: Texts, hits: Sequence[Hit], *, width: int = WIDTH) -> tuple[Span, ...]:
    """The block around the first hit, words that matched marked."""
    if not hits:
        return ()
    first = first_hit(hits)
    place = (first.field, first.attachment)
    text = texts[place]
    block_start, block_end = _block(text, first)
    start, end = _window(text, first, block_start, block_end, width)
    spans = [Span("…")] if start > block_start else []
    at = start
    for hit in sorted((hit for hit in hits if (hit.field, hit.attachment) == place), key=lambda hit: hit.start):
        if hit.start < at or hit.end > end:
            continue
        spans += [Span(text[at : hit.start]), Span(text[hit.start : hit.end], marked=True)]
        at = hit.end
    spans.append(Span(text[at:end]))
    if end < block_end:
        spans.append(Span("…"))
    return tuple(Span(span.text.replace("\n", " "), span.marked) for span in spans if span.text)


def _block(text: str, hit: Hit) -> tuple[int, int]:
    """Where the line that a hit begins in starts, after its marker, and where it (or the hit, if later) ends."""
    start = text.rfind("\n", 0, hit.start) + 1
    end = text.find("\n", hit.end)
    marker = _MARKER.match(text, start)
    return min(marker.end() if marker else start, hit.start), end if end >= 0 else len(text)


def _window(text: str, hit: Hit, lower: int, upper: int, width: int) -> tuple[int, int]:
    """A stretch between two bounds around a hit that begins and ends between words."""
    around = max(0, width - (hit.end - hit.start)) // 2
    start, end = max(lower, hit.start - around), min(upper, hit.end + around)
    if start > lower:
        start = text.find(" ", start, hit.start) + 1 or hit.start
    if end < upper:
        end = text.rfind(" ", hit.end, end)
        end = end if end > 0 else hit.end
    return start, end
