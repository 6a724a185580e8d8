"""Going after documents that no feed has shown: those a statement links to, and those it promises. Part of resolve."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

from monitor.errors import SourceError
from monitor.model.exchange import Request
from monitor.model.feed import Feed, FeedState, Sighting
from monitor.model.ledger import Promise
from monitor.pipeline.catch import Catch
from monitor.pipeline.claims import Claims
from monitor.pipeline.gathering import gather
from monitor.pipeline.harvest import Harvest
from monitor.pipeline.publishers import Publishers
from monitor.pipeline.recording import record_haul
from monitor.rules.keeping.context import sought
from monitor.store.archive import Archive

_FOLLOWING = Feed("following-links", source="govuk_content", every=timedelta())
_LOOKING_UP = Feed("looking-up-promises", source="govuk_search", every=timedelta())
_LINKS = "follow-links"
_RETRY_AFTER = timedelta(hours=1)
_MOST_LINKS = 50
_MOST_LOOKUPS = 10
_PACE = (
    (timedelta(days=2), timedelta(hours=1)),
    (timedelta(days=30), timedelta(days=1)),
    (timedelta(days=365), timedelta(days=7)),
)
"""While a promise is younger than the first, the Search API is asked for it once in the second."""


def follow_links(archive: Archive, publishers: Publishers, now: datetime, is_stopping: Callable[[], bool]) -> int:
    """Read the pages of GOV.UK that statements link to and the archive does not hold. Returns how many were read."""
    source = publishers.sources[_FOLLOWING.source]
    seen_to, newest = archive.matches.progress(_LINKS), archive.promises.newest_version()
    pages = archive.links.to_follow(now - _RETRY_AFTER, _MOST_LINKS, after_version=seen_to)
    asked = [request for url in pages if (request := source.look_again("govuk:", url)) is not None]
    items = [Sighting(replace(request, stamp=""), baseline=True, settled=False) for request in asked]
    read = _read(archive, publishers, _FOLLOWING, (), items, now, is_stopping)
    if len(pages) < _MOST_LINKS and newest > seen_to and not is_stopping():
        with archive.transaction():
            archive.matches.record_progress(_LINKS, newest)
    return read


def look_up(
    archive: Archive, publishers: Publishers, now: datetime, today: date, is_stopping: Callable[[], bool]
) -> int:
    """Ask the Search API for documents that are promised to somebody's watch, less often as the promise ages."""
    waiting = archive.promises.to_ask(now, _PACE)
    due = [promise for promise in waiting if _is_wanted(archive, promise)][:_MOST_LOOKUPS]
    requests = [request for promise in due for request in _search(publishers, promise, today)]
    read = _read(archive, publishers, _LOOKING_UP, requests, (), now, is_stopping)
    with archive.transaction():
        archive.promises.record_asked([promise.id for promise in due], now)
    return read


def _is_wanted(archive: Archive, promise: Promise) -> bool:
    is_public = bool({"gov.uk", "web", "laid"} & set(promise.where))
    return is_public and archive.matches.is_cared_for(promise.key)


def _search(publishers: Publishers, promise: Promise, today: date) -> Iterable[Request]:
    since = f"from:{promise.made_on - timedelta(days=1)}"
    feed = Feed(
        _LOOKING_UP.name, _LOOKING_UP.source, _LOOKING_UP.every,
        options={"q": sought(promise.expected, promise.about), "filter": {"public_timestamp": since}},
    )  # fmt: skip
    try:
        return tuple(publishers.sources[feed.source].requests(feed, today=today))
    except SourceError:
        return ()


def _read(
    archive: Archive,
    publishers: Publishers,
    feed: Feed,
    requests: Sequence[Request],
    items: Sequence[Sighting],
    now: datetime,
    is_stopping: Callable[[], bool],
) -> int:
    """Read pages as a baseline: kept and searchable, and news only to a feed that lists them."""
    if not requests and not items:
        return 0
    state = FeedState(feed.name)
    harvest = Harvest(state, archive.feeds.memory(state), Claims(), publishers)
    read = 0
    with closing(gather([(feed, _without_listing(harvest.read(requests, items)))], is_stopping)) as hauls:
        for haul in hauls:
            with archive.transaction():
                record_haul(archive, haul, {}, now)
            read += sum(len(catch.sights) for _, catch in haul)
    return read


def _without_listing(catches: Iterable[Catch]) -> Iterator[Catch]:
    """An errand of ours is no feed: there is nothing to remember of its list."""
    for catch in catches:
        catch.listing = None
        yield catch
