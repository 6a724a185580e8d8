"""GOV.UK's Atom feeds: of a finder, an organisation, a topical event, travel advice. A feed only points at pages.

What an entry says is a preview (its summary differs from feed to feed), so every entry becomes a request for the page's
Content API item, stamped with the entry's `updated`. Entries are told apart by the path of their page: ids of
organisation feeds change at every update.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from monitor.errors import ParseError, SourceError
from monitor.model.exchange import Page, Request, Response
from monitor.model.feed import Feed, SourceKeys
from monitor.sources.feed_document import find_updated, open_feed
from monitor.sources.govuk_address import content_url, find_path
from monitor.times import utc_text

SLUG = "govuk_atom"
_READER = "govuk_content"
_ENDED = "This feed has ended"
_ENDED_ID = "/feed-ended"
_KEYS = SourceKeys(required=frozenset({"url"}))


@dataclass(frozen=True, slots=True)
class GovukAtom:
    """Feeds of www.gov.uk that end in .atom, and /government/feed."""

    slug: str = SLUG
    keys: SourceKeys = _KEYS

    def requests(self, feed: Feed, *, today: date) -> Iterable[Request]:  # noqa: ARG002
        """The feed itself."""
        if not feed.url:
            raise SourceError("this feed needs a url, such as https://www.gov.uk/government/feed", resource=feed.name)
        return (Request(feed.url, SLUG),)

    def parse(self, response: Response) -> Page:
        """A request for each page that the feed names, the newest entry of each."""
        if response.status != 200:
            raise ParseError(f"expected a feed, got status {response.status}", source=SLUG, url=response.request.url)
        document = open_feed(response, source=SLUG)
        newest: dict[str, datetime | None] = {}
        remarks: list[str] = []
        for entry in document.entries:
            link, updated_at = str(entry.get("link", "")), find_updated(entry)
            if entry.get("title", "") == _ENDED or str(entry.get("id", "")).endswith(_ENDED_ID):
                return Page(ended=True, updated_at=document.updated_at)
            path = find_path(link)
            if path is None:
                remarks.append(f"left out an entry that is no page of www.gov.uk: {link or 'it has no link'}")
            elif path not in newest or _is_newer(updated_at, newest[path]):
                newest[path] = updated_at
        follow = tuple(
            Request(content_url(path), _READER, stamp=utc_text(at) if at else None) for path, at in newest.items()
        )
        return Page(
            follow=follow, entries=len(document.entries), updated_at=document.updated_at, remarks=tuple(remarks)
        )

    def look_again(self, key: str, url: str) -> Request | None:  # noqa: ARG002
        """Nothing: a feed has no publications of its own."""
        return None


def _is_newer(at: datetime | None, than: datetime | None) -> bool:
    return at is not None and (than is None or at > than)
