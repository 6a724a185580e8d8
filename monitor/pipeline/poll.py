"""poll: ask what is due, compare with what we know, record what is different. Threads ask; one writer records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.errors import SourceError
from monitor.model.exchange import Request
from monitor.model.feed import Feed, FeedState, Outcome
from monitor.model.record import RecordedChange
from monitor.pipeline.catch import Catch, Listing
from monitor.pipeline.claims import Claims
from monitor.pipeline.gathering import Row
from monitor.pipeline.harvest import Harvest
from monitor.pipeline.publishers import Publishers
from monitor.pipeline.reconciling import Reconciliation, reconcile_feeds
from monitor.pipeline.rounds import go_round
from monitor.rules.polling import is_moved_for_good
from monitor.store.archive import Archive

_LOOKING_AGAIN = Feed("looking-again", source="", every=timedelta())
_MOST_LOOKS = 100
"""In one poll, at publications of one publisher."""


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
    """What a poll came to. `looked_again` counts publications that were read once more though no list named them;
    `reconciled` are the feeds that were held against what their publishers list of the last month.
    """

    feeds: tuple[FeedReport, ...]
    changes: tuple[RecordedChange, ...]
    looked_again: int = 0
    reconciled: tuple[Reconciliation, ...] = ()

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
    result = go_round(archive, rows, states, feeds=publishers.feeds, now=now, is_stopping=is_stopping)
    reconciled: tuple[Reconciliation, ...] = ()
    if only is None and not is_stopping():
        reconciled = reconcile_feeds(archive, publishers, now=now, today=today, is_stopping=is_stopping)
    tally = Counter((feed, change.kind == "new") for feed, change in result.made)
    asked = {feed.name for feed in feeds} & (result.listings.keys() | {feed for feed, _ in result.made})
    reports = tuple(_report(result.states[name], result.listings.get(name), tally) for name in states if name in asked)
    changes = [change for _, change in result.made] + [change for one in reconciled for change in one.changes]
    return PollReport(reports, archive.changes.listed(changes), result.looked_at, reconciled)


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
        harvest = Harvest(state, archive.feeds.memory(state), claims, publishers)
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
    due = archive.library.due_looks(now, _MOST_LOOKS)
    looks = [
        (key, request)
        for key, url in due
        for source in publishers.sources.values()
        if (request := source.look_again(key, url)) is not None
    ]
    # What nobody can read by itself, such as an entry of a feed, must not stand before what somebody can.
    unreadable = {key for key, _ in due} - {key for key, _ in looks}
    with archive.transaction():
        archive.recorder.record_looks(dict.fromkeys(unreadable))
    state = FeedState(_LOOKING_AGAIN.name, baseline_at=now)
    harvest = Harvest(state, archive.feeds.memory(state), Claims(), publishers)
    return _LOOKING_AGAIN, harvest.look_again(looks)


def _report(state: FeedState, listing: Listing | None, tally: Mapping[tuple[str, bool], int]) -> FeedReport:
    new, updated = tally[state.name, True], tally[state.name, False]
    if listing is None:
        return FeedReport(state.name, "same", new=new, updated=updated)
    return FeedReport(
        state.name, listing.outcome, listing.status, state.entries, new, updated, listing.error, state.next_poll_at,
    )  # fmt: skip
