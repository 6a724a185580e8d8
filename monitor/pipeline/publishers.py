"""Who is asked, and how: what the verbs poll and resolve have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.fetch.fetcher import Fetcher
from monitor.model.feed import Feed
from monitor.pipeline.answers import AnswerReader
from monitor.sources.source import Source


@dataclass(frozen=True, slots=True)
class Publishers:
    """Who is asked, and how: the feeds, the sources that speak for them, the way to the network, and who reads answers."""

    feeds: tuple[Feed, ...]
    sources: Mapping[str, Source]
    fetcher: Fetcher
    reader: AnswerReader
