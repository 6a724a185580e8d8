"""Any RSS 1.0, RSS 2.0 or Atom feed, of whoever: its entries are the publications, as there is nothing else to read.

An entry goes by its own id, else by its link, within the feed it stands in; the feed's name travels in the request, since
no answer says it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from monitor.errors import ParseError, SourceError
from monitor.model.exchange import Page, Request, Response
from monitor.model.feed import Feed, SourceKeys
from monitor.model.publication import Attachment, Hyperlink, Publication, Publisher
from monitor.sources.feed_document import find_published, find_updated, open_feed
from monitor.text import absolute_url, read_html, squeeze

SLUG = "feed"
_KEYS = SourceKeys(required=frozenset({"url"}))
_PUBLISHERS: tuple[tuple[str, Publisher], ...] = (("gov.uk", "govuk"), ("parliament.uk", "parliament"))


@dataclass(frozen=True, slots=True)
class AnyFeed:
    """A feed of any publisher."""

    slug: str = SLUG
    keys: SourceKeys = _KEYS

    def requests(self, feed: Feed, *, today: date) -> Iterable[Request]:  # noqa: ARG002
        """The feed itself, with its name."""
        if not feed.url:
            raise SourceError("this feed needs a url, the address of an RSS or Atom feed", resource=feed.name)
        return (Request(feed.url, SLUG, context=feed.name),)

    def reconcile(self, feed: Feed, *, since: date, today: date) -> Iterable[Request]:  # noqa: ARG002
        """Nothing: a feed lists all that can be had of it."""
        return ()

    def parse(self, response: Response) -> Page:
        """A publication for each entry; of two entries with one id the newer."""
        request = response.request
        if response.status != 200:
            raise ParseError(f"expected a feed, got status {response.status}", source=SLUG, url=request.url)
        document = open_feed(response, source=SLUG)
        feed_title = _plain(document.title, request.url)
        newest: dict[str, Publication] = {}
        remarks: list[str] = []
        for entry in document.entries:
            publication = _read_entry(entry, feed_title, request)
            if publication is None:
                remarks.append(
                    f"left out an entry without id, link and title: {squeeze(str(entry.get('summary', '')))[:60]!r}"
                )
            elif publication.key not in newest or _is_newer(publication, newest[publication.key]):
                newest[publication.key] = publication
        repeated = len(document.entries) - len(remarks) - len(newest)
        if repeated:
            remarks.append(f"left out {repeated} entries whose id another entry of this feed has")
        return Page(
            publications=tuple(newest.values()), entries=len(document.entries), updated_at=document.updated_at,
            remarks=tuple(remarks),
        )  # fmt: skip

    def look_again(self, key: str, url: str) -> Request | None:  # noqa: ARG002
        """Nothing: an entry can only be read where its feed lists it."""
        return None


def _is_newer(publication: Publication, than: Publication) -> bool:
    at, other = publication.updated_at or publication.published_at, than.updated_at or than.published_at
    return at is not None and (other is None or at > other)


def _read_entry(entry: Any, feed_title: str, request: Request) -> Publication | None:
    url = absolute_url(str(entry.get("link", "")), request.url)
    title = _plain(str(entry.get("title", "")), request.url)
    identity = squeeze(str(entry.get("id", ""))) or url or title
    if not identity:
        return None
    reading = read_html(_longest(entry), base_url=url or request.url)
    published_at, updated_at = find_published(entry), find_updated(entry)
    at = published_at or updated_at
    return Publication(
        key=f"feed:{request.context}:{identity}",
        url=url or request.url,
        title=title or reading.text.partition("\n")[0][:120] or identity,
        document_type="feed_entry",
        publisher=_publisher(url or request.url),
        text=reading.text,
        department=feed_title or None,
        dated_on=at.date() if at else None,
        published_at=at,
        updated_at=updated_at or published_at,
        attachments=tuple(_read_enclosures(entry, request.url)),
        hyperlinks=tuple(Hyperlink(anchor.url, anchor.words, anchor.line) for anchor in reading.anchors),
    )


def _plain(html: str, base_url: str) -> str:
    """The words of a title, which may be HTML."""
    return read_html(html, base_url=base_url).text.replace("\n", " ")


def _longest(entry: Any) -> str:
    """The fullest text of an entry: its content where it has any, else its summary."""
    texts = [str(entry.get("summary", "")), *(str(part.get("value", "")) for part in entry.get("content", ()))]
    return max(texts, key=len)


def _publisher(url: str) -> Publisher:
    host = urlsplit(url).hostname or ""
    return next((name for domain, name in _PUBLISHERS if host == domain or host.endswith("." + domain)), "other")


def _read_enclosures(entry: Any, base_url: str) -> Iterable[Attachment]:
    """The files an entry encloses, each once."""
    seen = set()
    for enclosure in entry.get("enclosures", ()):
        url = absolute_url(str(enclosure.get("href", "")), base_url)
        if url and url not in seen:
            seen.add(url)
            filename = urlsplit(url).path.rpartition("/")[2]
            size = str(enclosure.get("length", ""))
            yield Attachment(
                url, url, filename or url, media_type=str(enclosure.get("type", "")) or None, filename=filename or None,
                size=int(size) if size.isdecimal() and size.isascii() else None,
            )  # fmt: skip
