"""A source: how one publisher speaks. Pure: it names what to ask for and reads the answers; it never asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from monitor.model.exchange import Page, Request, Response
from monitor.model.feed import Feed, SourceKeys


class Source(Protocol):
    """One publisher's way of speaking. Sources are stateless, and never import one another.

    A request names its reader by slug, so a list may hand over to another source without knowing it; a next page is a
    request to oneself.
    """

    @property
    def slug(self) -> str:
        """Its name: of its file, in the config, and of its folder of test data."""

    @property
    def keys(self) -> SourceKeys:
        """What a `[[feed]]` with this source may say, besides name, source and every."""

    def requests(self, feed: Feed, *, today: date) -> Iterable[Request]:
        """What to ask for this feed now; `today` is the day in London. Raises SourceError for an option of no use."""

    def reconcile(self, feed: Feed, *, since: date, today: date) -> Iterable[Request]:
        """What to ask once a day, to find what the polls missed: all that was published since a day, both included."""

    def parse(self, response: Response) -> Page:
        """What an answer says. Raises ParseError where it is not what this source promises."""

    def look_again(self, key: str, url: str) -> Request | None:
        """How to read the publication `key`, last seen at `url`, once more; None where it is no publication of this source."""
