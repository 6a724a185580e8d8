"""poll: ask what is due, compare with what we know, record what is different. Threads ask; one writer records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.errors import SourceError
from monitor.model.change import Change
from monitor.model.exchange import Request
from monitor.model.feed import Feed, FeedState, Outcome
from monitor.model.record import RecordedChange
from monitor.pipeline.catch import Catch, Listing
from monitor.pipeline.gathering import Row, gather, host_of
from monitor.pipeline.harvest import Claims, Harvest
from monitor.pipeline.publishers import Publishers
from monitor.pipeline.recording import record_haul
from monitor.rules.polling import after_failure, after_success, is_moved_for_good
from monitor.store.archive import Archive

_LOOKING_AGAIN = Feed("looking-again", source="", every=timedelta())
_MOST_LOOKS = 100


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What one feed's poll came to: `seen` items on its list, `new` and `updated` publications, and what went wrong."""

    name: str
    outcome: Outcome
    status: int = 0
    seen: int = 0
    new: int = 0
    updated: int = 0
    error: str | None = None
    next_poll_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PollReport:
    """What a poll came to. `looked_again` counts publications that were read once more though no list named them."""

    feeds: tuple[FeedReport, ...]
    changes: tuple[RecordedChange, ...]
    looked_again: int = 0

    @property
    def has_failures(self) -> bool:
        """Whether some feed could not be read."""
        return any(feed.error for feed in self.feeds)


def poll(
    archive: Archive,
    publishers: Publishers,
    *,
    now: datetime,
    today: date,
    only: Sequence[Feed] | None = None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> PollReport:
    """Poll the feeds whose time has come, and look again at publications that are due; or poll `only` these at once.

    `today` is the day in London, as publishers count days. A feed that fails is a line in the report, not an exception;
    StoreError, where nothing can be kept, is raised.
    """
    feeds = archive.feeds.due(publishers.feeds, now) if only is None else tuple(only)
    states = archive.feeds.states([feed.name for feed in feeds])
    rows = _rows(archive, publishers, feeds, states, now, today)
    if only is None:
        rows.append(_looking_again(archive, publishers, now))
    complete_at = {name: state.complete_at for name, state in states.items()}
    made: list[tuple[str, Change]] = []
    listings: dict[str, Listing] = {}
    waits: dict[str, datetime] = {}
    looked_again = 0
    with closing(gather(rows, is_stopping)) as hauls:
        for haul in hauls:
            listed = [(feed, catch.listing) for feed, catch in haul if catch.listing is not None]
            with archive.transaction():
                made += record_haul(archive, haul, complete_at, now)
                states |= _record_listings(archive, listed, states, now)
                waits |= {host_of(feed): now + one.retry_after for feed, one in listed if one.retry_after}
                _make_hosts_wait(archive, publishers.feeds, waits)
            listings |= {feed.name: listing for feed, listing in listed}
            looked_again += sum(feed is _LOOKING_AGAIN for feed, _ in haul)
    tally = Counter((feed, change.kind == "new") for feed, change in made)
    asked = {feed.name for feed in feeds} & (listings.keys() | {feed for feed, _ in made})
    reports = tuple(_report(states[name], listings.get(name), tally) for name in states if name in asked)
    return PollReport(reports, archive.changes.listed([change for _, change in made]), looked_again)


def _rows(
    archive: Archive,
    publishers: Publishers,
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    now: datetime,
    today: date,
) -> list[Row]:
    claims, waiting = Claims(), archive.feeds.unsettled(now)
    rows: list[Row] = []
    for feed in feeds:
        state = states[feed.name]
        harvest = Harvest(state, archive.feeds.memory(state), claims, publishers.fetcher, publishers.sources)
        try:
            requests = _where_they_moved(archive, publishers.sources[feed.source].requests(feed, today=today))
        except SourceError as error:
            catches: Iterator[Catch] = iter([Catch(listing=Listing("failed", error=str(error)))])
        else:
            catches = harvest.read(requests, waiting.get(feed.name, ()))
        rows.append((feed, catches))
    return rows


def _where_they_moved(archive: Archive, requests: Iterable[Request]) -> tuple[Request, ...]:
    """The requests, those whose address moved for good by where it is now."""
    asked = tuple(requests)
    moves = archive.redirects.known([request.url for request in asked])
    return tuple(
        replace(request, url=move.to_url)
        if (move := moves.get(request.url)) and is_moved_for_good(move.polls, move.since, move.seen_at)
        else request
        for request in asked
    )


def _looking_again(archive: Archive, publishers: Publishers, now: datetime) -> Row:
    looks = [
        (key, request)
        for key, url in archive.library.due_looks(now, _MOST_LOOKS)
        for source in publishers.sources.values()
        if (request := source.look_again(key, url)) is not None
    ]
    state = FeedState(_LOOKING_AGAIN.name, baseline_at=now)
    harvest = Harvest(state, archive.feeds.memory(state), Claims(), publishers.fetcher, publishers.sources)
    return _LOOKING_AGAIN, harvest.look_again(looks)


def _record_listings(
    archive: Archive, listed: Sequence[tuple[Feed, Listing]], states: Mapping[str, FeedState], now: datetime
) -> dict[str, FeedState]:
    """Keep where we stand with feeds whose polls are over, and, where all went well, what to ask them with next time."""
    after = {feed.name: _next_state(feed, states[feed.name], listing, now) for feed, listing in listed}
    archive.feeds.record_states(tuple(after.values()), now)
    archive.redirects.record((move for _, listing in listed for move in listing.moves), now)
    archive.redirects.forget(url for _, listing in listed for url in listing.failed)
    archive.feeds.record_validators(kept for _, listing in listed if not listing.error for kept in listing.validators)
    return after


def _make_hosts_wait(archive: Archive, feeds: Sequence[Feed], waits: Mapping[str, datetime]) -> None:
    """A publisher that asks one of its feeds to wait means all of them, also those whose answers come later."""
    for host, until in waits.items():
        archive.feeds.postpone([feed.name for feed in feeds if host_of(feed) == host], until)


def _next_state(feed: Feed, state: FeedState, listing: Listing, now: datetime) -> FeedState:
    if listing.error:
        return after_failure(
            feed, state, now, listing.error,
            retry_after=listing.retry_after, ended=listing.outcome in ("ended", "gone"), status=listing.status,
        )  # fmt: skip
    return after_success(
        feed, state, now,
        max_age=listing.max_age, listed_at=listing.listed_at,
        entries=state.entries if listing.entries is None else listing.entries,
    )  # fmt: skip


def _report(state: FeedState, listing: Listing | None, tally: Mapping[tuple[str, bool], int]) -> FeedReport:
    new, updated = tally[state.name, True], tally[state.name, False]
    if listing is None:
        return FeedReport(state.name, "same", new=new, updated=updated)
    return FeedReport(
        state.name, listing.outcome, listing.status, state.entries, new, updated, listing.error, state.next_poll_at,
    )  # fmt: skip
