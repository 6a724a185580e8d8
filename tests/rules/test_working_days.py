"""Digests on working days only."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.schedule import Schedule
from monitor.rules.working_days import is_working_day, latest_working_slot, next_working_day

LONDON = Schedule(ZoneInfo("Europe/London"), time(7, 30), 5, time(8, 30))
EASTER = frozenset({date(2024, 3, 29), date(2024, 4, 1)})


def slot(every: str, now: str) -> str | None:
    at = latest_working_slot(LONDON, every, datetime.fromisoformat(now).replace(tzinfo=UTC), EASTER)
    return at.strftime("%Y-%m-%d %H:%M") if at else None


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2024-03-28 12:00", "2024-03-28 07:30"),
        ("2024-03-29 12:00", "2024-03-28 07:30"),
        ("2024-04-01 23:59", "2024-03-28 07:30"),
        ("2024-04-02 06:29", "2024-03-28 07:30"),
        ("2024-04-02 06:30", "2024-04-02 06:30"),
        ("2024-04-06 12:00", "2024-04-05 06:30"),
    ],
)
def test_a_daily_digest_waits_over_the_weekend_and_easter(now, last):
    assert slot("daily", now) == last


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2024-03-25 12:00", "2024-03-25 08:30"),
        ("2024-03-30 12:00", "2024-03-25 08:30"),
        ("2024-04-02 12:00", "2024-04-02 07:30"),
        ("2024-04-08 12:00", "2024-04-08 07:30"),
    ],
)
def test_a_weekly_digest_due_on_a_saturday_moves_to_the_next_working_day(now, last):
    assert slot("weekly", now) == last


def test_an_alert_waits_for_a_working_day():
    assert slot("immediate", "2024-03-29 12:00") is None
    assert slot("immediate", "2024-04-02 12:00") == "2024-04-02 12:00"


@given(st.integers(0, 12 * 365 * 24 * 60), st.sampled_from(["daily", "weekly"]))
def test_the_slot_is_past_on_a_working_day_and_never_goes_back(minutes, every):
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    at = latest_working_slot(LONDON, every, now, EASTER)
    assert at <= now
    assert is_working_day(at.astimezone(LONDON.timezone).date(), EASTER)
    assert latest_working_slot(LONDON, every, now + timedelta(days=1), EASTER) >= at
    assert next_working_day(now.date(), EASTER) >= now.date()
