"""When to ask again: intervals, what publishers ask for, back-off, jitter; and when to look again at what we have."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model.feed import Feed, FeedState

LONGEST = timedelta(days=1)
"""A feed is never given up: it is asked at least once a day."""

_JITTER = 0.05
_MOVED_POLLS = 3
_MOVED_FOR = timedelta(days=1)


def after_success(
    feed: Feed, state: FeedState, now: datetime, *, max_age: timedelta | None, listed_at: datetime | None, entries: int
) -> FeedState:
    """Where we stand after the list was read (or found unchanged)."""
    wait = max(feed.every, max_age or timedelta())
    return replace(
        state,
        next_poll_at=_next(feed, now, wait),
        baseline_at=state.baseline_at or now,
        complete_at=now,
        listed_at=listed_at or state.listed_at,
        entries=entries,
        failures=0,
        failing_since=None,
        error=None,
        ended=False,
        plan=f"every {_span(wait)}" + (", for so long its publisher calls it fresh" if wait > feed.every else ""),
    )


def after_failure(
    feed: Feed,
    state: FeedState,
    now: datetime,
    error: str,
    *,
    retry_after: timedelta | None,
    ended: bool = False,
    status: int = 0,
) -> FeedState:
    """Where we stand after a poll that failed: each further failure doubles the wait, up to a day.

    One that its publisher has `ended` is asked once a day. `status` is what the answer had, 0 where none came.
    """
    doubled = feed.every * 2 ** min(state.failures, 16)
    wait = LONGEST if ended else max(doubled, retry_after or timedelta())
    return replace(
        state,
        next_poll_at=_next(feed, now, wait),
        failures=state.failures + 1,
        failing_since=state.failing_since or now,
        error=error,
        ended=ended,
        plan=_why_later(status, state.failures + 1, doubled, retry_after, ended),
    )


def _why_later(status: int, failures: int, doubled: timedelta, retry_after: timedelta | None, ended: bool) -> str:
    times = f"{failures} faults" if failures > 1 else "a fault"
    after = f"{status} ×{failures}" if status >= 400 else times
    if ended:
        return f"ended by its publisher ({status}), asked once a day" if status else "ended, asked once a day"
    if retry_after is not None and not status:
        return "its publisher asked us to wait"
    if retry_after is not None and retry_after >= doubled:
        return f"asked to wait {_span(retry_after)} after {after}"
    return f"backing off after {after}"


def _span(wait: timedelta) -> str:
    """`15 min`, `6 h`, `1 day`: in the largest unit that comes out even."""
    seconds = round(wait.total_seconds())
    for unit, size in (("day", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size and seconds % size == 0:
            count = seconds // size
            return f"{count} {unit}s" if unit == "day" and count > 1 else f"{count} {unit}"
    return f"{seconds} s"


def is_moved_for_good(polls: int, since: datetime, seen_at: datetime) -> bool:
    """Whether a permanent redirect is to be believed: seen three times, over a day."""
    return polls >= _MOVED_POLLS and seen_at - since >= _MOVED_FOR


def next_look(first_seen_at: datetime, now: datetime, *, is_followed: bool, is_absent: bool = False) -> datetime | None:
    """When to read a publication again, thinning with its age; None is never, or only on a signal.

    Followed ones (statements, and what a watch matched): 10 min for 2 h, hourly for 2 days, daily for 30 days, weekly
    for a year. Others: daily for a week. One whose address answered 404 (`is_absent`) is looked at twice a day at least,
    until it is back or its absence can be believed.
    """
    planned = _planned_look(first_seen_at, now, is_followed)
    soon = now + _ABSENT_WAIT
    return min(planned or soon, soon) if is_absent else planned


def _planned_look(first_seen_at: datetime, now: datetime, is_followed: bool) -> datetime | None:
    age = now - first_seen_at
    for limit, wait in _FOLLOWED if is_followed else _OTHERS:
        if age < limit:
            return now + wait
    return None


_FOLLOWED = (
    (timedelta(hours=2), timedelta(minutes=10)),
    (timedelta(days=2), timedelta(hours=1)),
    (timedelta(days=30), timedelta(days=1)),
    (timedelta(days=365), timedelta(days=7)),
)
_ABSENT_WAIT = timedelta(hours=12)
_OTHERS = ((timedelta(days=7), timedelta(days=1)),)


def _next(feed: Feed, now: datetime, wait: timedelta) -> datetime:
    """The jitter is fixed per feed and moment, so that many feeds spread out and a rerun comes to the same plan."""
    seed = hashlib.sha256(f"{feed.name}{now.timestamp()}".encode()).digest()
    return now + min(wait, LONGEST) * (1 + _JITTER * seed[0] / 255)
