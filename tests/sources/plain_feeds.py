"""What the tests of plain feeds share: how feedparser reads a body, and what of a reading the sources ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import feedparser

from monitor.sources.feed_document import find_published, find_updated
from monitor.sources.plain_atom import read_plain_atom
from monitor.sources.plain_feed import PlainFeed, read_tree
from monitor.sources.plain_rss import read_plain_rss


def read_plain(body: bytes) -> PlainFeed | None:
    """A body as it is read without feedparser; None where it is not plain."""
    tree = read_tree(body)
    return None if tree is None else read_plain_atom(tree) or read_plain_rss(tree)


def as_feedparser_reads(body: bytes) -> PlainFeed:
    """A body as feedparser reads it."""
    read = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    return PlainFeed(
        dict(read.feed), tuple({**entry, "enclosures": entry.get("enclosures", ())} for entry in read.entries)
    )


def shown(item: Mapping[str, Any]) -> dict[str, Any]:
    """What the sources ask an entry for."""
    texts = [item.get("summary", ""), *(part["value"] for part in item.get("content", ()))]
    files = [(file.get("href"), file.get("length")) for file in item.get("enclosures", ())]
    fields = {name: item.get(name, "") for name in ("id", "link", "title")}
    times = {"updated": find_updated(item), "published": find_published(item)}
    return {**fields, **times, "text": max(texts, key=len), "files": files}


def shown_whole(feed: PlainFeed) -> tuple[object, ...]:
    """What the sources ask a feed for, and its entries."""
    return feed.feed.get("title", ""), find_updated(feed.feed), [shown(entry) for entry in feed.entries]
