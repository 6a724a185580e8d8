"""Going through one feed: ask, read, follow. Runs in a thread of its own and records nothing; it yields catches."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlsplit

from monitor.errors import FeedEndedError, FetchError, ParseError, SourceError
from monitor.model.exchange import Departure, Page, Request, Response, Validators
from monitor.model.feed import Exchange, FeedState, Outcome, Sighting
from monitor.model.record import Capture
from monitor.pipeline.catch import Catch, Listing, Sight
from monitor.pipeline.claims import Claims
from monitor.pipeline.publishers import Publishers
from monitor.times import utc_text

_BATCH = 25
_BATCH_BYTES = 1_000_000
_MOST_REQUESTS = 50_000
_NOTHING = Validators()
_OVER = "its publisher has ended this feed (410): take it out of the config, or give it its successor's address"
_FAULTS = ("failed", "ended", "gone", "backed-off")
_MAX_AGE = re.compile(r"\bmax-age=(\d{1,9})")


class Memory(Protocol):
    """What a harvest must remember of earlier ones."""

    def validators(self, urls: Sequence[str]) -> Mapping[str, Validators]:
        """What to ask these addresses "has it changed?" with; one that was never read is not in the answer."""

    def dealt_with(self, requests: Sequence[Request]) -> Set[str]:
        """The addresses of those items that were read already when their list said the same of them."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """One thing to ask for: a page of the list, or, with a sighting, an item.

    `held` are the items that led to a deeper page. They are read after all that it leads to, and not at all where it
    fails: whoever comes after a fault or a kill must be led there again.
    """

    request: Request
    sighting: Sighting | None = None
    held: tuple[_Errand, ...] = ()

    @property
    def name(self) -> str:
        """What its answer is remembered by. Two feeds may ask for one list, and each read another thing in it."""
        request = self.request
        if self.sighting is not None:
            return request.url
        name = request.known_as or request.url
        return f"{name}#{request.context}" if request.context else name


class Harvest:
    """One feed's poll, from its list to the last item on it."""

    def __init__(self, state: FeedState, memory: Memory, claims: Claims, publishers: Publishers) -> None:
        self._state = state
        self._is_baseline = state.baseline_at is None
        self._memory = memory
        self._claims = claims
        self._fetcher = publishers.fetcher
        self._reader = publishers.reader
        self._catch = Catch()
        self._listing = Listing()
        self._asked: set[str] = set()
        self._validators: dict[str, Validators] = {}
        self._redirected: list[Departure] = []
        self._hosts: set[str | None] = set()

    def read(self, requests: Iterable[Request], waiting: Sequence[Sighting] = ()) -> Iterator[Catch]:
        """Read the list, and every item on it that is new or said to have changed, in catches of a bounded size.

        `waiting` are items that earlier polls could not read. What goes wrong does not raise: it is part of a catch.
        """
        pages = deque(_Errand(request) for request in requests)
        self._hosts = {urlsplit(errand.request.url).hostname for errand in pages}
        items = deque(_Errand(seen.request, seen) for seen in waiting)
        self._remember((*pages, *items))
        while pages or items:
            errand = (pages or items).popleft()
            for follower in self._followers(errand):
                (items if follower.sighting else pages).append(follower)
            if len(self._catch.sights) >= _BATCH or self._catch.size >= _BATCH_BYTES:
                yield self._catch
                self._catch = Catch()
        self._catch.departures.extend(self._redirected)
        self._catch.listing = self._listing
        yield self._catch

    def look_again(self, looks: Iterable[tuple[str, Request]]) -> Iterator[Catch]:
        """Read publications, by key, that no list speaks of any more; each is a catch of its own, without a listing."""
        for key, request in looks:
            self._catch.looked_at.append(key)
            items = deque([_Errand(request, Sighting(request, baseline=False, settled=False))])
            self._remember(items)
            while items:
                items.extend(self._followers(items.popleft()))
            self._catch.sightings.clear()
            self._catch.departures.extend(self._redirected)
            yield self._catch
            self._catch = Catch()
            self._redirected.clear()

    def _followers(self, errand: _Errand) -> list[_Errand]:
        """Run an errand; what its answer leads to."""
        if errand.request.url in self._asked or len(self._asked) >= _MOST_REQUESTS:
            return []
        self._asked.add(errand.request.url)
        page = self._run(errand)
        if errand.held and self._listing.error:
            return []
        return self._errands(errand, page) if page is not None and page.follow else list(errand.held)

    def _errands(self, errand: _Errand, page: Page) -> list[_Errand]:
        """What an answer leads to: more pages of the list, and the items that are new or said to have changed."""
        follow = page.follow
        dealt_with = self._memory.dealt_with([request for request in follow if request.stamp is not None])
        errands = []
        for request in follow:
            if errand.sighting is None and request.stamp is None and request.reader == errand.request.reader:
                errands.append(_Errand(request))
            elif request.stamp is None or (request.url not in dealt_with and self._may_read(request)):
                errands.append(_Errand(request, Sighting(request, self._is_baseline, settled=False)))
        if page.deeper and not self._is_baseline and self._is_news(follow[-1], dealt_with):
            last = [errands.pop()] if errands and errands[-1].request == follow[-1] else []
            errands.append(_Errand(page.deeper, held=(*last, *errand.held)))
        else:
            errands.extend(errand.held)
        self._remember(errands)
        return errands

    def _is_news(self, last: Request, dealt_with: Set[str]) -> bool:
        """Whether more news may follow the last item of a page: nobody read it, or it is newer than what we knew of the list."""
        since = self._state.listed_at
        return last.url not in dealt_with or bool(since and (last.stamp or "") > utc_text(since))

    def _may_read(self, request: Request) -> bool:
        return self._is_baseline or self._claims.take(request)

    def _remember(self, errands: Iterable[_Errand]) -> None:
        """Look up what to ask with, for all of them in one go."""
        self._validators.update(self._memory.validators([errand.name for errand in errands]))

    def _run(self, errand: _Errand) -> Page | None:
        request = errand.request
        before = self._validators.pop(errand.name, _NOTHING)
        if request.known_as:
            before = Validators(body_sha256=before.body_sha256)
        try:
            response = self._fetcher.fetch(request, before)
        except FetchError as error:
            self._fail(errand, error, Exchange(request.url, "failed", error.status, error=str(error)))
            return None
        sha256 = hashlib.sha256(response.body).hexdigest() if response.body else ""
        after = _merge(before, response, sha256)
        if response.status == 304 or (response.status == 200 and sha256 == before.body_sha256):
            unchanged: Outcome = "not-modified" if response.status == 304 else "same"
            if errand.sighting is not None:
                self._catch.present.append(request.url)
            self._succeed(errand, _exchange(response, unchanged), response, None if after == before else after)
            return None
        try:
            page = self._reader.read(response)
            if errand.sighting is None:
                _check_list(page, response, self._state)
        except ParseError as error:
            self._fail(errand, error, replace(_exchange(response, "failed"), error=str(error)))
            return None
        is_baseline = errand.sighting.baseline if errand.sighting else self._is_baseline
        self._keep(page, response, sha256, baseline=is_baseline)
        if response.status == 404:
            nothing = ParseError("there is nothing at this address (404)", source=request.reader, url=request.url)
            self._fail(errand, nothing, replace(_exchange(response, "failed"), error=str(nothing)))
        else:
            outcome: Outcome = "gone" if response.status == 410 else "new-content"
            self._succeed(errand, _exchange(response, outcome), response, None if page.departures else after, page)
        return page

    def _keep(self, page: Page, response: Response, sha256: str, *, baseline: bool) -> None:
        if page.publications or page.transcripts:
            capture = Capture(sha256, response.body, response.media_type, response.place)
            self._catch.sights.extend(Sight(publication, capture, baseline) for publication in page.publications)
            self._catch.transcripts.extend((transcript, capture) for transcript in page.transcripts)
            self._catch.size += len(response.body)
        for departure in page.departures:
            known_by = replace(departure, asked=response.request.url)
            (self._redirected if departure.kind == "redirected" else self._catch.departures).append(known_by)
        if response.status == 200:
            self._catch.present.append(response.request.url)

    def _succeed(
        self,
        errand: _Errand,
        exchange: Exchange,
        response: Response,
        after: Validators | None,
        page: Page | None = None,
    ) -> None:
        self._catch.exchanges.append(exchange)
        kept = [(errand.name, after)] if after else []
        if errand.sighting is not None:
            self._catch.validators += kept
            self._catch.sightings.append(Sighting(errand.request, errand.sighting.baseline, settled=True))
            return
        listing = self._listing
        listing.moves.append((errand.request.url, response.moved_to))
        if listing.outcome not in ("new-content", *_FAULTS):
            listing.outcome = exchange.outcome
        listing.status = listing.status or exchange.status
        listing.max_age = max(listing.max_age or timedelta(), _max_age(response))
        if page is not None and _is_stale(page, self._state):
            # A cache gave us yesterday's list, or its newest item went away: harmless to read, wrong to remember; and what
            # comes back must not be met by a 304.
            listing.outcome = "same"
            listing.remarks.append("the list went back in time")
            listing.validators.append((errand.name, _NOTHING))
            return
        listing.validators += kept
        if page is not None and listing.entries is None:
            listing.entries, listing.listed_at = page.entries, page.updated_at
            listing.remarks += page.remarks

    def _fail(self, errand: _Errand, error: SourceError, exchange: Exchange) -> None:
        """An item that failed is asked for again at later polls, unless the answer is final; a list fails its poll."""
        retry_after = error.retry_after if isinstance(error, FetchError) else None
        if errand.sighting is not None:
            self._catch.exchanges.append(exchange)
            # What was refused before it was asked stays refused; a publisher that shuts the door may open it again.
            is_final = isinstance(error, FetchError) and not error.transient and not error.status
            self._catch.sightings.append(Sighting(errand.request, errand.sighting.baseline, settled=is_final))
            if retry_after is not None and urlsplit(errand.request.url).hostname in self._hosts:
                wish = timedelta(seconds=retry_after)
                self._listing.retry_after = max(wish, self._listing.retry_after or wish)
            return
        listing = self._listing
        listing.failed.append(errand.request.url)
        listing.outcome = "failed"
        if exchange.status == 410:
            listing.outcome = "gone"
        elif isinstance(error, FeedEndedError):
            listing.outcome = "ended"
        elif retry_after is not None:
            listing.outcome = "backed-off"
            listing.retry_after = timedelta(seconds=retry_after)
        self._catch.exchanges.append(replace(exchange, outcome=listing.outcome))
        listing.status = exchange.status
        listing.error = listing.error or (f"{_OVER} ({error})" if exchange.status == 410 else str(error))


def _check_list(page: Page, response: Response, state: FeedState) -> None:
    """A list that has ended, or was emptied without its publisher counting none, is refused, and the old state kept."""
    source, url = response.request.reader, response.request.url
    if page.ended:
        raise FeedEndedError("the publisher says that this feed has ended; find its successor", source=source, url=url)
    is_truly_empty = page.total == 0
    if not page.entries and not page.follow and state.entries and not is_truly_empty:
        before = f"{state.entries} entries before"
        raise ParseError(f"the list is empty, but had {before}; nothing was changed", source=source, url=url)


def _is_stale(page: Page, state: FeedState) -> bool:
    return bool(page.updated_at and state.listed_at and page.updated_at < state.listed_at)


def _merge(before: Validators, response: Response, sha256: str) -> Validators:
    """What to ask with next time: a 200 replaces everything, a 304 only what it names (RFC 9110 §15.4.5)."""
    etag, last_modified = response.headers.get("etag"), response.headers.get("last-modified")
    if response.status == 304:
        return Validators(etag or before.etag, last_modified or before.last_modified, before.body_sha256)
    return Validators(etag, last_modified, sha256)


def _max_age(response: Response) -> timedelta:
    found = _MAX_AGE.search(response.headers.get("cache-control", ""))
    return timedelta(seconds=int(found[1])) if found else timedelta()


def _exchange(response: Response, outcome: Outcome) -> Exchange:
    return Exchange(response.request.url, outcome, response.status, len(response.body), response.elapsed_ms)
