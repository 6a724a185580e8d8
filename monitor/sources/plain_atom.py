"""Atom (RFC 4287) in its plain form, as GOV.UK and most others write it.

Every field at most once, words as text or as escaped HTML, times in ISO 8601, no elements of other vocabularies.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from monitor.sources.plain_feed import Item, PlainFeed
from monitor.times import find_time

_ATOM = "{http://www.w3.org/2005/Atom}"
_LINK = _ATOM + "link"
_WORDS = {_ATOM + name: name for name in ("id", "title", "summary", "content", "updated", "published")}
_TIMES = frozenset(("updated", "published"))
_TYPES = frozenset((None, "text", "html"))
_UNREAD = frozenset(
    _ATOM + name for name in "author category contributor generator icon logo rights subtitle entry".split()
)
_PAGES = frozenset(("html", "xhtml", "text/html", "application/xhtml+xml"))


def read_plain_atom(root: Element) -> PlainFeed | None:
    """The feed, or None where it is not plain."""
    if root.tag != _ATOM + "feed":
        return None
    feed = _read_item(root)
    entries = [_read_item(entry) for entry in root.iterfind(_ATOM + "entry")]
    read = tuple(entry for entry in entries if entry is not None)
    return PlainFeed(feed, read) if feed is not None and len(read) == len(entries) else None


def _read_item(item: Iterable[Element]) -> Item | None:
    """The fields of a feed or an entry, or None where one of them is not plain."""
    fields: dict[str, Any] = {}
    page = ""
    for element in item:
        name = _WORDS.get(element.tag)
        if name is not None:
            words = _read_words(element, name)
            if words is None or name in fields:
                return None
            fields[name] = [{"value": words}] if name == "content" else words
        elif element.tag == _LINK and element.get("href"):
            rel = element.get("rel", "alternate")
            if rel == "enclosure":
                fields.setdefault("enclosures", []).append(element.attrib)
            elif rel == "alternate" and element.get("type", "html").lower() in _PAGES:
                page = element.attrib["href"]
        elif element.tag not in _UNREAD:
            return None
    # An id that is an address is where the entry stands, unless it says better.
    fields["link"] = page or fields.get("id", "")
    return fields


def _read_words(element: Element, name: str) -> str | None:
    """What a field says, or None where it is not plain."""
    if len(element) or element.get("type") not in _TYPES or element.get("src"):
        return None
    words = (element.text or "").strip()
    return None if name in _TIMES and find_time(words) is None else words
