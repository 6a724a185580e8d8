"""`monitor status`: the feeds and when each is asked next, promises, the outbox, the archive, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.cli.output import LONDON, columns, when
from monitor.cli.session import Session
from monitor.cli.shapes import Shape, time_shape
from monitor.mail.faults import FaultBook
from monitor.model.feed import FeedState
from monitor.pipeline.opening import open_readership, open_reading_room
from monitor.pipeline.reconciling import companion_of

_DAYS_UNRECONCILED = 3


def show_status(session: Session) -> int:
    """Print the state of things; exit code 75 where a feed or a delivery is in trouble."""
    config, now = session.read_config(), session.clock()
    with open_reading_room(config) as archive, open_readership(config) as readership:
        states = [archive.feeds.state(feed.name) for feed in config.feeds]
        outbox = {str(state): count for state, count in readership.outbox.counts().items()}
        last_digest_at = readership.outbox.last_digest_at()
        totals, promises = archive.library.totals(), archive.promises.counts()
        head = archive.chain.head()
        moves = archive.redirects.known([feed.url for feed in config.feeds if feed.url])
        companions = archive.feeds.states([companion_of(feed).name for feed in config.feeds]).values()
        told = FaultBook(readership.bounces.connection).told()
    moved = {feed.name: moves[feed.url].to_url for feed in config.feeds if feed.url in moves}
    faults = [_fault(state) for state in states if state.error]
    faults += [_fault(state) for state in companions if state.failures >= _DAYS_UNRECONCILED]
    faults += [f"{outbox[state]} mails {state}" for state in ("failed", "held", "unsure") if outbox.get(state)]
    # Feeds are judged above as they stand now; the rest as the last look at the monitor itself left it.
    faults += [
        f"{one.name}: {one.detail} (since {when(one.since)})" for one in told if not one.name.startswith("feed ")
    ]
    shape: Shape = {
        "feeds": [{**_feed_shape(state), "moved_to": moved.get(state.name)} for state in states],
        "promises": promises,
        "outbox": outbox,
        "last_digest_at": time_shape(last_digest_at),
        "faults": faults,
        "archive": {**totals, "chain_head": head.sha256 if head else None},
    }
    rows = [(state.name, _mood(state), f"{state.entries} listed", _plan(state, now)) for state in states]
    session.show(
        shape,
        lambda: [
            *columns(rows),
            *(f"{name}: its address leads to {url} for good; change its url" for name, url in moved.items()),
            "",
            f"promises: {_counted(promises) or 'none'}",
            f"archive: {totals['publications']} publications, {totals['versions']} versions, {totals['bytes']:,} bytes",
            *([f"chain of hashes: {head.place:,} records, {head.sha256}"] if head else ()),
            f"outbox: {_counted(outbox) or 'empty'}",
            f"last mail sent: {when(last_digest_at)}",
            *(f"fault: {fault}" for fault in faults),
        ],
    )
    return 75 if faults else 0


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in counts.items() if count)


def _feed_shape(state: FeedState) -> Shape:
    return {
        "name": state.name,
        "next_poll_at": time_shape(state.next_poll_at),
        "complete_at": time_shape(state.complete_at),
        "entries": state.entries,
        "failures": state.failures,
        "failing_since": time_shape(state.failing_since),
        "error": state.error,
        "ended": state.ended,
        "plan": state.plan,
    }


def _mood(state: FeedState) -> str:
    if state.ended:
        return "ended"
    if state.failures:
        return f"failing ×{state.failures}"
    return "well" if state.complete_at else "not polled yet"


def _plan(state: FeedState, now: datetime) -> str:
    if state.next_poll_at is None:
        return "next at the next run"
    local = state.next_poll_at.astimezone(LONDON)
    is_today = local.date() == now.astimezone(LONDON).date()
    at = f"{local:%H:%M}" if is_today else when(state.next_poll_at)
    return ", ".join(part for part in (f"next at {at}", state.plan) if part)


def _fault(state: FeedState) -> str:
    times = "once" if state.failures == 1 else f"{state.failures} times"
    return f"{state.name}: {state.error} (since {when(state.failing_since)}, {times})"
