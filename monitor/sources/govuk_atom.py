"""GOV.UK's Atom feeds: of a finder, an organisation, a topical event, travel advice. A feed only points at pages.

What an entry says is a preview (its summary differs from feed to feed), so every entry becomes a request for the page's
Content API item, stamped with the entry's `updated`. Entries are told apart by the path of their page: ids of
organisation feeds change at every update.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import parse_qsl, urlsplit

from monitor.errors import ParseError, SourceError
from monitor.model.exchange import Page, Request, Response
from monitor.model.feed import Feed, SourceKeys
from monitor.sources.feed_document import FeedDocument, find_updated, open_feed
from monitor.sources.govuk_address import content_url, find_path, page_number, window_url, with_page
from monitor.times import utc_text

SLUG = "govuk_atom"
_READER = "govuk_content"
_ENDED = "This feed has ended"
_ENDED_ID = "/feed-ended"
_FINDERS_ID = "tag:"
_MOST_PAGES = 25
_SEARCH = "govuk_search"
_ORGANISATION = re.compile(r"/government/organisations/([a-z0-9-]+)\.atom")
_OPTIONS = frozenset({"organisations", "people", "roles", "world_locations", "topical_events"})
_FINDERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "/search/news-and-communications.atom": (
        ("content_purpose_subgroup", "news"),
        ("content_purpose_subgroup", "speeches_and_statements"),
    ),
    "/search/policy-papers-and-consultations.atom": (("content_purpose_supergroup", "policy_and_engagement"),),
    "/search/guidance-and-regulation.atom": (("content_purpose_supergroup", "guidance_and_regulation"),),
    "/search/transparency-and-freedom-of-information-releases.atom": (("content_purpose_supergroup", "transparency"),),
    "/official-documents.atom": (("has_official_document", "true"),),
}
"""The finders' own filters, as GOV.UK's finder definitions have them."""

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

    def reconcile(self, feed: Feed, *, since: date, today: date) -> Iterable[Request]:  # noqa: ARG002
        """What the Search API knows of the same pages; nothing for feeds that it has no filter for."""
        filters = _filters(feed.url or "")
        return (Request(window_url(filters, since=since), _SEARCH),) if filters else ()

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
        number, entries = page_number(response.request.url), len(document.entries)
        return Page(
            follow=follow,
            entries=entries,
            # Only the first page speaks for the whole feed; an empty one after it is the end.
            updated_at=document.updated_at if number == 1 else None,
            total=0 if number > 1 and not entries else None,
            remarks=tuple(remarks),
            deeper=_deeper(document, response.request.url, number),
        )

    def look_again(self, key: str, url: str) -> Request | None:  # noqa: ARG002
        """Nothing: a feed has no publications of its own."""
        return None


def _filters(url: str) -> list[tuple[str, str]]:
    """An organisation's or a finder's feed as filters of the Search API; none where it has any other option."""
    address = urlsplit(url)
    options = [(name.removesuffix("[]"), value) for name, value in parse_qsl(address.query)]
    if any(name not in _OPTIONS for name, _ in options):
        return []
    organisation = _ORGANISATION.fullmatch(address.path)
    if organisation:
        return [("organisations", organisation[1])]
    return [*_FINDERS[address.path], *options] if address.path in _FINDERS else []


def _deeper(document: FeedDocument, url: str, number: int) -> Request | None:
    """The next page, of finders alone: their entries have a `tag:` for an id. Other feeds answer every page with the first."""
    is_finder = bool(document.entries) and all(
        str(entry.get("id", "")).startswith(_FINDERS_ID) for entry in document.entries
    )
    return Request(with_page(url, number + 1), SLUG) if is_finder and number < _MOST_PAGES else None


def _is_newer(at: datetime | None, than: datetime | None) -> bool:
    return at is not None and (than is None or at > than)
