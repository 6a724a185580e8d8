"""What is wrong with the monitor itself, judged from what it knows: each fault has a name that stays while it lasts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.feed import FeedState
from monitor.model.watch import Watch, WatchActivity

FAILING_FOR = timedelta(hours=1)
"""A feed that stumbles once is no fault; publishers are often away for minutes."""

QUIET_FOR = timedelta(days=30)
DEAD_AFTER = timedelta(days=365)
"""A query that finds nothing for so long is broken, or nobody needs it."""

DIGESTS_BY = time(9, 0)
LEAST_BYTES, LEAST_SHARE = 500_000_000, 0.05
CLOCK_LEEWAY = timedelta(minutes=2)
SQLITE_MENDED = (3, 51, 3)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: its name (`feed home-office failing`), what is known of it, since when."""

    name: str
    detail: str
    since: datetime


def feed_faults(states: Sequence[FeedState], now: datetime) -> list[Fault]:
    """Feeds that fail for an hour, ended, came empty where they had items, or have been quiet for a month."""
    faults = []
    for state in states:
        if state.ended:
            faults.append(Fault(f"feed {state.name} ended", state.error or "the publisher has closed it", now))
        elif state.failing_since is not None and now - state.failing_since >= FAILING_FOR:
            detail = f"{state.failures} times in a row: {state.error or 'no reason given'}"
            faults.append(Fault(f"feed {state.name} failing", detail, state.failing_since))
        elif state.complete_at is not None and state.entries == 0 and state.listed_at is not None:
            faults.append(Fault(f"feed {state.name} empty", "it lists nothing, and it used to", state.complete_at))
        elif (since := _quiet_since(state)) is not None and now - since >= QUIET_FOR:
            days = (now - since).days
            faults.append(Fault(f"feed {state.name} quiet", f"nothing new on its list for {days} days", since))
    return faults


def _quiet_since(state: FeedState) -> datetime | None:
    """Since when we have seen nothing new on a list: what was old when we first read it is no fault of the feed's."""
    if state.listed_at is None or state.baseline_at is None:
        return state.listed_at
    return max(state.listed_at, state.baseline_at)


def digest_faults(unserved: int, slot: datetime, zone: ZoneInfo, now: datetime) -> list[Fault]:
    """By nine o'clock the digests of the day must be planned; `unserved` subscribers were due since `slot` and have none."""
    local = now.astimezone(zone)
    if not unserved or (local.date() == slot.astimezone(zone).date() and local.time() < DIGESTS_BY):
        return []
    return [Fault("digests late", f"{unserved} subscribers were due and have no digest", slot)]


def disk_faults(free: int, total: int, now: datetime) -> list[Fault]:
    """Less than 500 MB or a twentieth of the disk is left."""
    if free >= LEAST_BYTES and free >= LEAST_SHARE * total:
        return []
    return [Fault("disk low", f"{free // 1_000_000:,} MB are left of {total // 1_000_000:,}", now)]


def watch_faults(watch: Watch, activity: WatchActivity, now: datetime) -> list[Fault]:
    """What is odd about how often a watch matches: silent for longer than it may be, more in a day than it should, or
    nothing at all in a year.
    """
    faults = []
    heard = max(activity.matched_at or activity.since, activity.since)
    days = (now - heard).days
    if watch.alert_if_silent is not None and now - heard >= watch.alert_if_silent:
        faults.append(Fault(f"watch {watch.name} silent", f"nothing has matched for {days} days", heard))
    elif now - max(heard, activity.revised_at) >= DEAD_AFTER:
        detail = "its query has matched nothing in a year; `monitor watch explain` says how it is read"
        faults.append(Fault(f"watch {watch.name} matches nothing", detail, max(heard, activity.revised_at)))
    if watch.alert_if_more_than is not None and activity.today > watch.alert_if_more_than:
        detail = f"{activity.today} matches in a day, and more than {watch.alert_if_more_than} were not expected"
        faults.append(Fault(f"watch {watch.name} busy", detail, now))
    return faults


def lost_watch_faults(lost: Mapping[str, int], now: datetime) -> list[Fault]:
    """Watches that people are subscribed to (name → how many) and that are no more: they hear nothing."""
    remedy = "give it back, name it in the renamed_from of another, or end it: `monitor subscriber end --watch`"
    return [
        Fault(f"watch {name} missing", f"{people} subscribers, and not in the config; {remedy}", now)
        for name, people in lost.items()
    ]


def clock_faults(newest: datetime | None, skew: timedelta | None, now: datetime) -> list[Fault]:
    """Our clock stands before what we wrote down last, or is minutes from the clocks of those who answer us (`skew`)."""
    if newest is not None and newest - now > CLOCK_LEEWAY:
        return [
            Fault(
                "clock wrong", f"it was set back: the archive's newest entry is {_lag(newest - now)} ahead of it", now
            )
        ]
    if skew is not None and abs(skew) > CLOCK_LEEWAY:
        side = "ahead of" if skew > timedelta(0) else "behind"
        return [Fault("clock wrong", f"it is {_lag(abs(skew))} {side} the clocks of those who answer us", now)]
    return []


def sqlite_note(version: tuple[int, ...]) -> str:
    """What is to be known of a version of SQLite; empty where it is well."""
    if version >= SQLITE_MENDED:
        return ""
    return (
        f"SQLite {'.'.join(map(str, version))} can damage a database that two processes write to at the same moment (its"
        f" WAL-reset fault, mended in {'.'.join(map(str, SQLITE_MENDED))}); leave writing to the monitor, and keep backups"
    )


def _lag(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"


def tell_apart(standing: Sequence[Fault], told: Sequence[Fault]) -> tuple[list[Fault], list[Fault]]:
    """Which faults are new, and which of those told are over."""
    known = {fault.name for fault in told}
    now = {fault.name for fault in standing}
    return [fault for fault in standing if fault.name not in known], [fault for fault in told if fault.name not in now]
