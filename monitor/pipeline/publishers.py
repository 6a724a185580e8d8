"""Who is asked, and how: what the verbs poll and resolve have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.fetch.fetcher import Fetcher
from monitor.model.feed import Feed
from monitor.sources.source import Source


@dataclass(frozen=True, slots=True)
class Publishers:
    """Who is asked, and how: the feeds, the sources that read them, and the way to the network."""

    feeds: tuple[Feed, ...]
    sources: Mapping[str, Source]
    fetcher: Fetcher
