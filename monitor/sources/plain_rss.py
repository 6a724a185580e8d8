"""RSS 2.0 in its plain form: every field at most once, words without elements in them, times as RFC 822 has them.

Of other vocabularies only what most blogs write is known: the whole text (`content:encoded`), and what we do not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element

from monitor.sources.plain_feed import Item, PlainFeed

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_FIELDS = {
    "title": "title", "link": "link", "description": "summary", "guid": "id", "pubDate": "published",
    "lastBuildDate": "updated", _CONTENT: "content",
}  # fmt: skip
_TIMES = frozenset(("published", "updated"))
_UNREAD = frozenset(
    "author category comments copyright docs generator language managingEditor source ttl webMaster".split()
) | frozenset((
    "{http://purl.org/dc/elements/1.1/}creator", "{http://wellformedweb.org/CommentAPI/}commentRss",
    "{http://purl.org/rss/1.0/modules/slash/}comments", "{http://purl.org/rss/1.0/modules/syndication/}updatePeriod",
    "{http://purl.org/rss/1.0/modules/syndication/}updateFrequency",
))  # fmt: skip
_UNREAD_OF_CHANNEL = frozenset(("item", "image", "{http://www.w3.org/2005/Atom}link"))
_RFC_822 = re.compile(r"(?:\w{3}, )?\d{1,2} \w{3} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC?|Z|[+-]\d{4})")


def read_plain_rss(root: Element) -> PlainFeed | None:
    """The feed, or None where it is not plain."""
    channel = root[0] if root.tag == "rss" and root.get("version") == "2.0" and len(root) == 1 else None
    if channel is None or channel.tag != "channel":
        return None
    feed = _read_item(channel, _UNREAD_OF_CHANNEL)
    entries = [_read_item(item) for item in channel.iterfind("item")]
    read = tuple(entry for entry in entries if entry is not None)
    return PlainFeed(feed, read) if feed is not None and len(read) == len(entries) else None


def _read_item(item: Iterable[Element], unread: frozenset[str] = frozenset()) -> Item | None:
    """The fields of a channel or an item, or None where one of them is not plain."""
    fields: dict[str, Any] = {}
    is_address = False
    for element in item:
        tag = element.tag
        name = _FIELDS.get(tag)
        if name is not None:
            if name in fields or len(element) or not _read_field(fields, name, (element.text or "").strip()):
                return None
            is_address = is_address or (name == "id" and element.get("isPermaLink", "true") == "true")
        elif tag == "enclosure" and element.get("url"):
            fields.setdefault("enclosures", []).append({**element.attrib, "href": element.attrib["url"]})
        elif tag not in unread and (tag not in _UNREAD or len(element)):
            return None
    if is_address:
        fields.setdefault("link", fields["id"])
    return fields


def _read_field(fields: dict[str, Any], name: str, words: str) -> bool:
    """Enter one field. False where it is not plain: an address with an entity in it, a time in another form."""
    if name == "link":
        if not words or ("&" in words and ";" in words):
            return False
    elif name in _TIMES:
        try:
            at = parsedate_to_datetime(words) if _RFC_822.fullmatch(words) else None
        except ValueError:
            at = None
        if at is None:
            return False
        fields[f"{name}_parsed"] = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).timetuple()
    fields[name] = [{"value": words}] if name == "content" else words
    return True
