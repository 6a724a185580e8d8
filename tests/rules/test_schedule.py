"""Each daily and weekly slot is served exactly once, whatever the clocks, the machine and the operator do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.subscriber import Every
from monitor.rules.schedule import Schedule, is_due, latest_slot, period

LONDON = ZoneInfo("Europe/London")
SCHEDULE = Schedule(LONDON, time(7, 30), 5, time(8, 30))
DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2035, 12, 31, tzinfo=UTC)

moments = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC))
zones = st.sampled_from(
    ["Europe/London", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
).map(ZoneInfo)
times = st.times(timezones=st.none()).map(lambda at: at.replace(second=0, microsecond=0, fold=0))
schedules = st.builds(Schedule, zones, times, st.integers(0, 6), times)
kinds = st.sampled_from(["daily", "weekly"])


def changes_of_the_clock() -> list[date]:
    """The Sundays on which London's clocks change, 2024-2035."""
    days = (date(2024, 1, 1) + timedelta(days=number) for number in range(12 * 366))
    noons = [datetime.combine(day, time(12), LONDON) for day in days if day.year <= 2035]
    return [noon.date() for noon in noons if noon.utcoffset() != (noon - DAY).replace(tzinfo=LONDON).utcoffset()]


def served(schedule: Schedule, every: Every, wakes: Iterable[datetime], since: datetime) -> list[str]:
    """The periods that a monitor serves which wakes at these times."""
    periods = []
    for now in wakes:
        if is_due(schedule, every, since, now):
            slot = latest_slot(schedule, every, now)
            periods.append(period(schedule, every, slot))
            since = max(since, slot)
    return periods


def beats(first: datetime, last: datetime, step: timedelta) -> Iterable[datetime]:
    """Every so often from one moment to another."""
    while first <= last:
        yield first
        first += step


def test_the_clocks_change_on_twenty_four_sundays() -> None:
    sundays = changes_of_the_clock()
    assert len(sundays) == 24
    assert {day.weekday() for day in sundays} == {6}


@pytest.mark.parametrize("sunday", changes_of_the_clock(), ids=str)
@pytest.mark.parametrize("at", [time(7, 30), time(1, 0), time(1, 30), time(2, 0), time(0, 0)], ids=str)
def test_a_night_on_which_the_clocks_change_has_one_daily_digest(sunday: date, at: time) -> None:
    schedule = Schedule(LONDON, at, 6, at)
    start = datetime.combine(sunday - 2 * DAY, time(12), LONDON).astimezone(UTC)
    end = datetime.combine(sunday + 2 * DAY, time(12), LONDON).astimezone(UTC)
    days = [sunday + number * DAY for number in (-1, 0, 1, 2)]
    assert served(schedule, "daily", beats(start, end, QUARTER), start) == [f"daily:{day}" for day in days]
    assert served(schedule, "weekly", beats(start, end, QUARTER), start) == [f"weekly:{sunday}"]


@pytest.mark.parametrize("sunday", changes_of_the_clock(), ids=str)
def test_half_past_seven_is_half_past_seven_in_london_on_both_sides(sunday: date) -> None:
    for day in (sunday - DAY, sunday, sunday + DAY):
        noon = datetime.combine(day, time(12), LONDON)
        slot = latest_slot(SCHEDULE, "daily", noon.astimezone(UTC)).astimezone(LONDON)
        assert (slot.date(), slot.time()) == (day, time(7, 30))


@settings(deadline=None)
@given(schedules, kinds, moments, st.timedeltas(timedelta(hours=1), timedelta(days=60)))
def test_after_any_time_off_one_mail_makes_up_for_all_that_was_missed(
    schedule: Schedule, every: Every, confirmed_at: datetime, away: timedelta
) -> None:
    back = confirmed_at + away
    found = served(schedule, every, [back, back, back + timedelta(seconds=30)], confirmed_at)
    due = latest_slot(schedule, every, back) > confirmed_at
    again = latest_slot(schedule, every, back + timedelta(seconds=30)) > latest_slot(schedule, every, back)
    assert len(found) == due + again


@settings(max_examples=40, deadline=None)
@given(schedules, kinds, moments, st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=3)), max_size=40))
def test_whenever_it_wakes_every_period_is_served_once_and_in_order(
    schedule: Schedule, every: Every, confirmed_at: datetime, gaps: list[timedelta]
) -> None:
    wakes, now = [], confirmed_at
    for gap in gaps:
        now += gap
        wakes.append(now)
    found = served(schedule, every, wakes, confirmed_at)
    assert found == sorted(set(found))
    if wakes and latest_slot(schedule, every, wakes[-1]) > confirmed_at:
        assert found[-1] == period(schedule, every, latest_slot(schedule, every, wakes[-1]))


@settings(deadline=None)
@given(schedules, kinds, moments, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_a_clock_set_back_serves_nothing_again(
    schedule: Schedule, every: Every, now: datetime, back: timedelta
) -> None:
    slot = latest_slot(schedule, every, now)
    assert not is_due(schedule, every, slot, now)
    assert not is_due(schedule, every, slot, now - back)


@settings(deadline=None)
@given(schedules, kinds, moments)
def test_a_slot_is_never_in_the_future_and_never_older_than_its_period(
    schedule: Schedule, every: Every, now: datetime
) -> None:
    slot = latest_slot(schedule, every, now)
    longest = timedelta(days=1 if every == "daily" else 7, hours=2)
    assert timedelta(0) <= now - slot < longest
    assert latest_slot(schedule, every, slot) == slot


@settings(max_examples=15, deadline=None)
@given(schedules, st.integers(2024, 2035))
def test_a_year_has_as_many_daily_digests_as_days(schedule: Schedule, year: int) -> None:
    start = datetime(year, 1, 1, tzinfo=schedule.timezone)
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    noons = [datetime.combine(start.date() + number * DAY, time(23, 59), schedule.timezone) for number in range(days)]
    found = served(schedule, "daily", [noon.astimezone(UTC) for noon in noons], start.astimezone(UTC) - DAY)
    assert found == [f"daily:{start.date() + number * DAY}" for number in range(days)]


def test_immediate_alerts_are_ten_minutes_apart_and_named_by_the_minute() -> None:
    now = datetime(2024, 12, 9, 17, 0, tzinfo=UTC)
    assert not is_due(SCHEDULE, "immediate", now, now + timedelta(minutes=9, seconds=59))
    assert is_due(SCHEDULE, "immediate", now, now + timedelta(minutes=10))
    assert not is_due(SCHEDULE, "immediate", now, now - DAY)
    assert period(SCHEDULE, "immediate", now) == "immediate:2024-12-09T17:00Z"
