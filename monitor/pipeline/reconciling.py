"""Reconciliation: once a day, what publishers say they published is held against what we have; what is missing is read.

Each feed has a companion whose list reaches back a month, though not to before the feed's own first poll. What only the
companion brings was missed, and is marked late.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.errors import SourceError
from monitor.model.change import Change
from monitor.model.exchange import Request
from monitor.model.feed import Feed, FeedState
from monitor.pipeline.claims import Claims
from monitor.pipeline.harvest import Harvest
from monitor.pipeline.publishers import Publishers
from monitor.pipeline.rounds import go_round
from monitor.store.archive import Archive

EVERY = timedelta(days=1)
_WINDOW = timedelta(days=30)
_SLACK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What one feed's came to: the changes for which it was needed, and what went wrong."""

    feed: str
    changes: tuple[Change, ...] = ()
    error: str | None = None


def companion_of(feed: Feed) -> Feed:
    """The feed under whose name a feed is reconciled, and its polls are recorded."""
    return replace(feed, name=f"{feed.name}: reconciliation", every=EVERY)


def reconcile_feeds(
    archive: Archive, publishers: Publishers, *, now: datetime, today: date, is_stopping: Callable[[], bool]
) -> tuple[Reconciliation, ...]:
    """Reconcile those feeds whose day has come. Call it after a poll, so that what is merely new is not called late."""
    due = {feed.name for feed in archive.feeds.due([companion_of(feed) for feed in publishers.feeds], now)}
    feeds = [feed for feed in publishers.feeds if companion_of(feed).name in due]
    states = archive.feeds.states([feed.name for feed in feeds])
    ready = [
        (feed, requests)
        for feed in feeds
        if not states[feed.name].failures and (requests := _requests(publishers, feed, states[feed.name], today))
    ]
    if not ready:
        return ()
    known = archive.feeds.states([companion_of(feed).name for feed, _ in ready])
    companions, rows, claims = {}, [], Claims()
    for feed, requests in ready:
        companion = companion_of(feed)
        # What a feed's own first poll swallowed is no news; what came since then is, whoever finds it.
        state = replace(known[companion.name], baseline_at=states[feed.name].baseline_at, listed_at=None)
        harvest = Harvest(state, archive.feeds.memory(state), claims, publishers)
        rows.append((companion, harvest.read(requests, ())))
        companions[companion.name] = (feed, state)
    result = go_round(
        archive,
        rows,
        {name: state for name, (_, state) in companions.items()},
        feeds=publishers.feeds,
        now=now,
        is_stopping=is_stopping,
        missed_before=_missed_before(companions, states),
    )
    return tuple(
        Reconciliation(feed.name, tuple(change for at, change in result.made if at == name), result.states[name].error)
        for name, (feed, _) in companions.items()
        if name in result.listings
    )


def _requests(publishers: Publishers, feed: Feed, state: FeedState, today: date) -> Sequence[Request]:
    """What to ask for one feed; nothing on the day of its first poll."""
    if state.baseline_at is None:
        return ()
    since = max(today - _WINDOW, state.baseline_at.date() + timedelta(days=1))
    if since > today:
        return ()
    try:
        return tuple(publishers.sources[feed.source].reconcile(feed, since=since, today=today))
    except SourceError:
        return ()


def _missed_before(
    companions: Mapping[str, tuple[Feed, FeedState]], states: Mapping[str, FeedState]
) -> dict[str, datetime]:
    """What was published an hour before its feed was last read should have been on it."""
    return {
        name: complete_at - _SLACK
        for name, (feed, _) in companions.items()
        if (complete_at := states[feed.name].complete_at)
    }
