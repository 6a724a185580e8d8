"""Which digest is due: slots of the wall clock in the reader's zone, each served once, whatever the clocks did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.subscriber import Every

IMMEDIATE_GAP = timedelta(minutes=10)
"""Immediate alerts are grouped: at most one mail in this time."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When digests go out. `weekday` 0 is Monday."""

    timezone: ZoneInfo
    daily: time
    weekday: int
    weekly: time


def latest_slot(schedule: Schedule, every: Every, now: datetime) -> datetime:
    """The last moment, not after `now`, at which a digest of this kind fell due. UTC."""
    if every == "immediate":
        return now
    today = now.astimezone(schedule.timezone).date()
    at = schedule.daily if every == "daily" else schedule.weekly
    for back in range(9):
        day = today - timedelta(days=back)
        slot = datetime.combine(day, at, schedule.timezone).astimezone(UTC)
        if slot <= now and (every == "daily" or day.weekday() == schedule.weekday):
            return slot
    raise AssertionError("nine days hold every daily and weekly slot")


def is_due(schedule: Schedule, every: Every, served_at: datetime, now: datetime) -> bool:
    """Whether something may be sent now, `served_at` being the last slot served (or the confirmation)."""
    if every == "immediate":
        return now - served_at >= IMMEDIATE_GAP
    return latest_slot(schedule, every, now) > served_at


def period(schedule: Schedule, every: Every, slot: datetime) -> str:
    """The name of a slot, unique with the subscriber: `daily:2024-12-10`, `weekly:2024-12-14`, `immediate:…T10:40Z`."""
    if every == "immediate":
        return f"immediate:{slot.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    return f"{every}:{slot.astimezone(schedule.timezone).date().isoformat()}"
