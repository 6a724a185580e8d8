"""An Atom or RSS document, opened safely: a gate of plain XML first; what is plain is read as it is, the rest by feedparser.

The gate refuses what makes feedparser slow or unsafe: a DOCTYPE (and so every entity trick), nesting deeper than any feed
has, more elements than 10,000 entries need, attributes or namespaces by the hundred. It refuses XML that is not well-formed
as well, for that is what an answer cut short looks like.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.parsers import expat

import feedparser

from monitor.errors import ParseError
from monitor.model.exchange import Response
from monitor.sources.answer import is_html
from monitor.sources.plain_atom import read_plain_atom
from monitor.sources.plain_feed import PlainFeed, read_tree
from monitor.sources.plain_rss import read_plain_rss
from monitor.times import find_time

_DEEPEST = 64
_MOST_ELEMENTS = 150_000
_MOST_ATTRIBUTES = 256
_MOST_NAMESPACES = 256
_ROOTS = frozenset(("feed", "rss", "RDF"))


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed. Its entries have the fields that feedparser gives them; `updated_at` is the publisher's time of the list."""

    title: str
    updated_at: datetime | None
    entries: tuple[Any, ...]


def open_feed(response: Response, *, source: str) -> FeedDocument:
    """The feed in an answer. Raises ParseError that says what came instead of one."""
    problem = _find_problem(response.body)
    if problem:
        raise ParseError(f"expected an Atom or RSS feed, got {problem}", source=source, url=response.request.url)
    tree = read_tree(response.body)
    plain = None if tree is None else read_plain_atom(tree) or read_plain_rss(tree)
    read = plain or _read_any(response.body)
    return FeedDocument(str(read.feed.get("title", "")), find_updated(read.feed), tuple(read.entries))


def _read_any(body: bytes) -> PlainFeed:
    """The feed as feedparser reads it, in dicts that look up what they are asked for and nothing beside."""
    # No headers: a content-type without charset would make feedparser guess ASCII, content-location costs a third more.
    read = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    entries = ({**entry, "enclosures": entry.get("enclosures", ())} for entry in read.entries)
    return PlainFeed(dict(read.feed), tuple(entries))


def find_updated(item: Any) -> datetime | None:
    """When a feed or an entry says that it was updated. `published` is another question: feedparser would mix them up."""
    return _find_time(item, "updated")


def find_published(item: Any) -> datetime | None:
    """When an entry says that it was published."""
    return _find_time(item, "published")


def _find_time(item: Any, name: str) -> datetime | None:
    if name not in item:
        return None
    at = find_time(item[name])
    if at is None and (moment := item.get(f"{name}_parsed")):
        year, month, day, hour, minute, second = moment[:6]
        at = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    return at


def _find_problem(body: bytes) -> str:
    """Why a body must not or cannot be read as a feed; empty where it may be."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:60]
    if not start:
        return "an empty answer"
    if is_html(start):
        return "an HTML page"
    if start[:1] in (b"{", b"["):
        return "JSON"
    try:
        return _Gate().find_problem(body)
    except expat.ExpatError as error:
        place = f"line {error.lineno}, column {error.offset + 1}"
        return f"XML that breaks off or is damaged at {place}: {expat.ErrorString(error.code)}"
    except (ValueError, LookupError) as error:
        return f"XML in an encoding that is not read here ({error})"


class _Refused(Exception):
    """The gate has seen enough."""


class _Gate:
    """Counts how deep a document goes and how much there is in it, and keeps the name of its outermost element."""

    __slots__ = ("_depth", "_elements", "_may_be_many", "_namespaces", "_root")

    def __init__(self) -> None:
        self._depth = 0
        self._elements = 0
        self._namespaces: set[tuple[str, str]] = set()
        self._may_be_many = False
        self._root = ""

    def find_problem(self, body: bytes) -> str:
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self._may_be_many = body.count(b"xmlns") > _MOST_NAMESPACES
        try:
            parser.Parse(body, True)
        except _Refused as refused:
            return str(refused)
        return ""

    def _doctype(self, *_: object) -> None:
        raise _Refused("XML with a DOCTYPE, which no feed needs and attacks use")

    def _start(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise _Refused(f"XML with more than {_MOST_ELEMENTS:,} elements")
        if len(attributes) > 2 * _MOST_ATTRIBUTES:
            raise _Refused(f"XML with more than {_MOST_ATTRIBUTES} attributes in one element")
        if attributes and self._may_be_many:
            self._count_namespaces(attributes)
        if self._depth == 1:
            self._root = name.rpartition(":")[2]
            if self._root not in _ROOTS:
                raise _Refused("an HTML page" if self._root.lower() == "html" else f"XML of another kind, <{name}>")
        elif self._depth > _DEEPEST:
            raise _Refused(f"XML nested deeper than {_DEEPEST} levels")

    def _count_namespaces(self, attributes: list[str]) -> None:
        for name, value in zip(attributes[::2], attributes[1::2], strict=True):
            if name.startswith("xmlns"):
                self._namespaces.add((name, value))
        if len(self._namespaces) > _MOST_NAMESPACES:
            raise _Refused(f"XML with more than {_MOST_NAMESPACES} namespaces")

    def _end(self, _: str) -> None:
        self._depth -= 1
