"""poll: ask what is due, compare with what we know, record what is different. Threads ask; one writer records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.errors import SourceError
from monitor.fetch.fetcher import Fetcher
from monitor.model.change import Change
from monitor.model.feed import Feed, FeedState, Outcome
from monitor.model.record import RecordedChange
from monitor.pipeline.catch import Catch, Listing
from monitor.pipeline.gathering import Row, gather, host_of, share_out
from monitor.pipeline.harvest import Claims, Harvest
from monitor.pipeline.recording import record_catch
from monitor.rules.polling import after_failure, after_success
from monitor.sources.source import Source
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


@dataclass(frozen=True, slots=True)
class Publishers:
    """Who is asked, and how: the feeds, the sources that read them, and the way to the network."""

    feeds: tuple[Feed, ...]
    sources: Mapping[str, Source]
    fetcher: Fetcher


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
    states = {feed.name: archive.feeds.state(feed.name) for feed in feeds}
    rows = _rows(archive, publishers, feeds, states, today)
    if only is None:
        rows.append(_looking_again(archive, publishers, now))
    reports: dict[str, FeedReport] = {}
    changes: list[Change] = []
    looked_again = 0
    for feed, catch in gather(rows, is_stopping):
        state = states.get(feed.name) or FeedState(feed.name)
        with archive.transaction():
            made = record_catch(archive, feed.name, catch, complete_at=state.complete_at, now=now)
            if catch.listing is not None:
                state = _next_state(feed, state, catch.listing, now)
                archive.feeds.record_state(state, now)
                archive.feeds.record_validators(catch.listing.validators if not catch.listing.error else ())
        changes += made
        if feed is _LOOKING_AGAIN:
            looked_again += 1
            continue
        reports[feed.name] = _report(
            reports.get(feed.name) or FeedReport(feed.name, "same"), made, catch.listing, state
        )
        if catch.listing is not None and catch.listing.retry_after:
            _make_host_wait(archive, publishers.feeds, feed, now + catch.listing.retry_after)
    listed = archive.changes.listed(changes)
    return PollReport(tuple(reports[feed.name] for feed in feeds if feed.name in reports), listed, looked_again)


def _rows(
    archive: Archive, publishers: Publishers, feeds: Sequence[Feed], states: Mapping[str, FeedState], today: date
) -> list[Row]:
    claims = Claims()
    rows: list[Row] = []
    for feed in share_out(feeds):
        state = states[feed.name]
        harvest = Harvest(state, archive.feeds.memory(state), claims, publishers.fetcher, publishers.sources)
        waiting = archive.feeds.unsettled(feed.name)
        try:
            requests = tuple(publishers.sources[feed.source].requests(feed, today=today))
        except SourceError as error:
            catches: Iterator[Catch] = iter([Catch(listing=Listing("failed", error=str(error)))])
        else:
            catches = harvest.read(requests, waiting)
        rows.append((feed, catches))
    return rows


def _looking_again(archive: Archive, publishers: Publishers, now: datetime) -> Row:
    asked = (
        source.look_again(key, url)
        for key, url in archive.library.due_looks(now, _MOST_LOOKS)
        for source in publishers.sources.values()
    )
    requests = tuple(request for request in asked if request is not None)
    state = FeedState(_LOOKING_AGAIN.name, baseline_at=now)
    harvest = Harvest(state, archive.feeds.memory(state), Claims(), publishers.fetcher, publishers.sources)
    return _LOOKING_AGAIN, harvest.look_again(requests)


def _next_state(feed: Feed, state: FeedState, listing: Listing, now: datetime) -> FeedState:
    if listing.error:
        return after_failure(
            feed, state, now, listing.error,
            retry_after=listing.retry_after, ended=listing.outcome in ("ended", "gone"),
        )  # fmt: skip
    return after_success(
        feed, state, now,
        max_age=listing.max_age, listed_at=listing.listed_at,
        entries=state.entries if listing.entries is None else listing.entries,
    )  # fmt: skip


def _report(so_far: FeedReport, made: Sequence[Change], listing: Listing | None, state: FeedState) -> FeedReport:
    new = sum(change.kind == "new" for change in made)
    report = replace(so_far, new=so_far.new + new, updated=so_far.updated + len(made) - new)
    if listing is None:
        return report
    return replace(
        report, outcome=listing.outcome, status=listing.status, seen=state.entries, error=listing.error,
        next_poll_at=state.next_poll_at,
    )  # fmt: skip


def _make_host_wait(archive: Archive, feeds: Sequence[Feed], feed: Feed, until: datetime) -> None:
    """A publisher that asks one of its feeds to wait means all of them."""
    with archive.transaction():
        archive.feeds.postpone([other.name for other in feeds if host_of(other) == host_of(feed)], until)
