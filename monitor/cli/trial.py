"""What a source reads in a file: for whoever adds a source, and for operators who wonder why an item is missing."""

from __future__ import annotations

from pathlib import Path

from monitor.cli.output import columns
from monitor.cli.shapes import Shape, time_shape
from monitor.errors import ParseError, UsageError
from monitor.model.exchange import Page, Request, Response
from monitor.sources.registry import SOURCES
from monitor.text import count_words

_MEDIA_TYPES = {
    ".json": "application/json",
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".xml": "text/xml",
}


def read_file(slug: str, path: Path, url: str) -> Page:
    """Read a file as the source would read an answer with status 200. Raises UsageError."""
    if slug not in SOURCES:
        raise UsageError(f"there is no source called {slug}; there are {', '.join(sorted(SOURCES))}")
    try:
        body = path.read_bytes()
    except OSError as cause:
        raise UsageError("the file cannot be read", resource=str(path), cause=cause.strerror) from cause
    address = url or path.absolute().as_uri()
    headers = {"content-type": _MEDIA_TYPES.get(path.suffix, "application/octet-stream")}
    try:
        return SOURCES[slug].parse(Response(Request(address, slug), 200, headers, body, address))
    except ParseError as cause:
        raise UsageError("the source cannot read this file", resource=str(path), cause=cause.message) from cause


def page_shape(page: Page) -> Shape:
    """A page as JSON."""
    return {
        "entries": page.entries,
        "ended": page.ended,
        "updated_at": time_shape(page.updated_at),
        "publications": [
            {"key": one.key, "title": one.title, "document_type": one.document_type, "url": one.url, "status": one.status,
             "identifier": one.identifier, "department": one.department, "words": count_words(one.text),
             "attachments": len(one.attachments), "text": one.text}
            for one in page.publications
        ],
        "follow": [{"url": one.url, "reader": one.reader, "stamp": one.stamp} for one in page.follow],
        "departures": [{"url": one.url, "kind": one.kind, "to": one.to_url} for one in page.departures],
        "remarks": list(page.remarks),
    }  # fmt: skip


def page_lines(page: Page) -> list[str]:
    """A page for people."""
    lines = [f"{page.entries} entries, {len(page.publications)} publications, {len(page.follow)} addresses to follow"]
    if page.ended:
        lines.append("the publisher says that this feed has ended")
    rows = [(one.key, one.document_type, f"{count_words(one.text)} words", one.title) for one in page.publications]
    lines += columns(rows)
    lines += columns([("follow", one.reader, one.stamp or "always", one.url) for one in page.follow])
    lines += columns([(one.kind, one.url, one.to_url or "") for one in page.departures])
    return [*lines, *(f"remark: {remark}" for remark in page.remarks)]
