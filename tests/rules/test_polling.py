"""When to ask again: intervals, wishes of publishers, back-off, jitter; and when to look again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.feed import Feed, FeedState
from monitor.rules.polling import LONGEST, after_failure, after_success, next_look

NOW = datetime(2024, 12, 9, 10, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FEED = Feed("home-office", "govuk_atom", 15 * MINUTE, "https://www.gov.uk/government/organisations/home-office.atom")
FRESH = FeedState("home-office")
JITTER = 1.05

waits = st.timedeltas(timedelta(0), timedelta(days=30))


def succeed(state: FeedState = FRESH, *, now: datetime = NOW, max_age: timedelta | None = None) -> FeedState:
    """A poll that went well."""
    return after_success(FEED, state, now, max_age=max_age, listed_at=None, entries=20)


def fail(state: FeedState = FRESH, *, now: datetime = NOW, retry_after: timedelta | None = None) -> FeedState:
    """A poll that did not."""
    return after_failure(FEED, state, now, "it is down", retry_after=retry_after)


def wait_of(state: FeedState, now: datetime = NOW) -> timedelta:
    """How long until the next poll."""
    assert state.next_poll_at is not None
    return state.next_poll_at - now


@settings(deadline=None)
@given(st.one_of(st.none(), waits))
def test_the_next_poll_is_after_the_interval_or_what_the_publisher_says_whichever_is_later(
    max_age: timedelta | None,
) -> None:
    wished = max(FEED.every, max_age or timedelta())
    assert min(wished, LONGEST) <= wait_of(succeed(max_age=max_age)) <= min(wished, LONGEST) * JITTER


@settings(deadline=None)
@given(st.integers(0, 500), st.one_of(st.none(), waits))
def test_a_failing_feed_is_asked_at_least_once_a_day_and_not_before_it_may_be(
    failures: int, retry_after: timedelta | None
) -> None:
    state = FeedState("home-office", failures=failures)
    wait = wait_of(fail(state, retry_after=retry_after))
    assert min(max(FEED.every, retry_after or timedelta()), LONGEST) <= wait <= LONGEST * JITTER


def test_each_failure_doubles_the_wait_up_to_a_day() -> None:
    state, hours = FRESH, []
    for _ in range(10):
        state = fail(state)
        hours.append(wait_of(state) / HOUR)
    exact = [0.25, 0.5, 1, 2, 4, 8, 16, 24, 24, 24]
    assert all(want <= got <= want * JITTER for got, want in zip(hours, exact, strict=True))


@pytest.mark.parametrize(
    ("status", "failures", "retry_after", "plan"),
    [
        (503, 2, None, "backing off after 503 ×3"),
        (429, 0, HOUR, "asked to wait 1 h after 429 ×1"),
        (429, 5, HOUR, "backing off after 429 ×6"),
        (0, 0, None, "backing off after a fault"),
        (0, 11, None, "backing off after 12 faults"),
        (200, 1, None, "backing off after 2 faults"),
        (0, 0, MINUTE, "its publisher asked us to wait"),
    ],
)
def test_the_plan_after_a_failure_is_said_in_words(
    status: int, failures: int, retry_after: timedelta | None, plan: str
) -> None:
    state = FeedState("home-office", failures=failures)
    assert after_failure(FEED, state, NOW, "it is down", retry_after=retry_after, status=status).plan == plan


def test_a_fault_keeps_its_beginning_and_ends_with_the_first_success() -> None:
    state = fail(fail(succeed()), now=NOW + HOUR)
    assert (state.failures, state.failing_since, state.error) == (2, NOW, "it is down")
    well = succeed(state, now=NOW + 2 * HOUR)
    assert (well.failures, well.failing_since, well.error, well.ended) == (0, None, None, False)


def test_the_baseline_is_set_once_and_survives_failures() -> None:
    state = succeed(fail(succeed()), now=NOW + DAY)
    assert (state.baseline_at, state.complete_at) == (NOW, NOW + DAY)
    assert fail().baseline_at is None


def test_the_same_moment_gives_the_same_plan_and_other_feeds_other_plans() -> None:
    assert succeed() == succeed()
    feeds = [Feed(f"feed-{number}", "feed", HOUR) for number in range(50)]
    planned = {after_success(feed, FRESH, NOW, max_age=None, listed_at=None, entries=0).next_poll_at for feed in feeds}
    assert len(planned) > 25


@settings(deadline=None)
@given(st.timedeltas(timedelta(days=-2), timedelta(days=800)), st.booleans())
def test_looks_thin_with_age_and_are_never_in_the_past(age: timedelta, is_followed: bool) -> None:
    look = next_look(NOW - age, NOW, is_followed=is_followed)
    later = next_look(NOW - age - DAY, NOW, is_followed=is_followed)
    assert look is None or look > NOW
    assert later is None or (look is not None and later >= look)


def test_followed_ones_are_looked_at_for_a_year_and_others_for_a_week() -> None:
    ages = [timedelta(), HOUR, 3 * HOUR, DAY, 3 * DAY, 29 * DAY, 31 * DAY, 364 * DAY]
    steps = [next_look(NOW - age, NOW, is_followed=True) for age in ages]
    assert [step - NOW for step in steps if step] == [
        10 * MINUTE, 10 * MINUTE, HOUR, HOUR, DAY, DAY, 7 * DAY, 7 * DAY,
    ]  # fmt: skip
    assert next_look(NOW - 366 * DAY, NOW, is_followed=True) is None
    assert next_look(NOW - 6 * DAY, NOW, is_followed=False) == NOW + DAY
    assert next_look(NOW - 8 * DAY, NOW, is_followed=False) is None


def test_what_is_absent_is_looked_at_twice_a_day_however_old() -> None:
    assert next_look(NOW - 900 * DAY, NOW, is_followed=False, is_absent=True) == NOW + 12 * HOUR
    assert next_look(NOW, NOW, is_followed=True, is_absent=True) == NOW + 10 * MINUTE
