"""A round: harvests gathered, and all that they bring in recorded, with where we stand with each feed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from monitor.model.change import Change
from monitor.model.feed import Feed, FeedState
from monitor.pipeline.catch import Listing
from monitor.pipeline.gathering import Row, gather, host_of
from monitor.pipeline.recording import record_haul
from monitor.rules.polling import after_failure, after_success
from monitor.store.archive import Archive


@dataclass(slots=True)
class Round:
    """What a round came to: the changes made, each with its feed, the lists read, the new states, and the looks taken."""

    states: dict[str, FeedState]
    made: list[tuple[str, Change]] = field(default_factory=list)
    listings: dict[str, Listing] = field(default_factory=dict)
    looked_at: int = 0


def go_round(
    archive: Archive,
    rows: Sequence[Row],
    states: Mapping[str, FeedState],
    *,
    feeds: Sequence[Feed],
    now: datetime,
    is_stopping: Callable[[], bool],
    missed_before: Mapping[str, datetime] | None = None,
) -> Round:
    """Go through the rows and record what comes, a haul at a time. `feeds` are all there are: a host's wish is for all of its."""
    result = Round(dict(states))
    complete_at = {name: state.complete_at for name, state in states.items()}
    waits: dict[str, datetime] = {}
    with closing(gather(rows, is_stopping)) as hauls:
        for haul in hauls:
            listed = [(feed, catch.listing) for feed, catch in haul if catch.listing is not None]
            with archive.transaction():
                result.made += record_haul(archive, haul, complete_at, now, missed_before or {})
                result.states |= _record_listings(archive, listed, states, now)
                waits |= {host_of(feed): now + one.retry_after for feed, one in listed if one.retry_after}
                _make_hosts_wait(archive, feeds, waits)
            result.listings |= {feed.name: listing for feed, listing in listed}
            result.looked_at += sum(bool(catch.looked_at) for _, catch in haul)
    return result


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
