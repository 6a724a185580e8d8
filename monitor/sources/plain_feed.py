"""Feeds in the plain form that most publishers write, read without feedparser, at a tenth of its cost.

Plain is what can be read in one way only; all else is left to feedparser, which knows the world's feeds. `plain_atom` and
`plain_rss` say what that is in either vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLParser

Item = Mapping[str, Any]
"""A feed or an entry: its fields, by the names that feedparser has for them."""


@dataclass(frozen=True, slots=True)
class PlainFeed:
    """What feedparser's answer is used for: the feed's own fields, and its entries."""

    feed: Item
    entries: tuple[Item, ...]


def read_tree(body: bytes) -> Element | None:
    """The elements of a body, or None where it is not plain: another encoding, addresses that count from another.

    `body` has passed the gate of `feed_document`: no DOCTYPE, and not deep.
    """
    if b"xml:base" in body:
        return None
    parser = XMLParser(encoding="utf-8")
    try:
        parser.feed(body)
        return parser.close()
    except ParseError:
        return None
