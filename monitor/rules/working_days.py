"""Digests on working days only: nothing at weekends and on bank holidays; the next working day tells of all of it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from monitor.model.subscriber import Every
from monitor.rules.schedule import Schedule

_FURTHEST_BACK = 28
_SATURDAY = 5


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Monday to Friday, and no bank holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day


def latest_working_slot(schedule: Schedule, every: Every, now: datetime, holidays: Collection[date]) -> datetime | None:
    """The last moment, not after `now`, at which a digest fell due for somebody who reads on working days. UTC.

    A weekly digest whose day is none moves to the next. None for an alert on a day that is none: it waits.
    """
    today = now.astimezone(schedule.timezone).date()
    if every == "immediate":
        return now if is_working_day(today, holidays) else None
    at = schedule.daily if every == "daily" else schedule.weekly
    for back in range(_FURTHEST_BACK):
        day = today - timedelta(days=back)
        if every == "weekly" and day.weekday() != schedule.weekday:
            continue
        moved = next_working_day(day, holidays) if every == "weekly" else day
        slot = datetime.combine(moved, at, schedule.timezone).astimezone(UTC)
        if slot <= now and is_working_day(moved, holidays):
            return slot
    raise AssertionError("four weeks hold a working day")
