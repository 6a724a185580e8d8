"""What counts as a fault of the monitor, and what is told of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.model.feed import FeedState
from monitor.rules.health import (
    Fault,
    clock_faults,
    digest_faults,
    disk_faults,
    feed_faults,
    sqlite_note,
    tell_apart,
)

NOW = datetime(2024, 12, 10, 8, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def names(*states: FeedState) -> list[str]:
    return [fault.name for fault in feed_faults(states, NOW)]


def test_a_feed_that_stumbles_is_no_fault_and_one_that_fails_for_an_hour_is():
    at = NOW - timedelta(minutes=59)
    assert names(FeedState("a", failures=3, failing_since=at, error="503")) == []
    [fault] = feed_faults([FeedState("a", failures=9, failing_since=NOW - timedelta(hours=1), error="503")], NOW)
    assert (fault.name, fault.detail) == ("feed a failing", "9 times in a row: 503")


def test_ended_empty_and_quiet_feeds_are_faults_and_a_new_one_is_none():
    old = NOW - timedelta(days=31)
    assert names(
        FeedState("new"), FeedState("b", ended=True), FeedState("c", complete_at=NOW, listed_at=NOW, entries=0),
        FeedState("d", complete_at=NOW, listed_at=old, entries=9), FeedState("e", complete_at=NOW, listed_at=NOW, entries=9),
    ) == ["feed b ended", "feed c empty", "feed d quiet"]  # fmt: skip


def test_a_feed_whose_list_was_old_when_it_was_first_read_is_quiet_only_after_a_month_of_watching():
    years = NOW - timedelta(days=900)
    month = FeedState("a", baseline_at=NOW - timedelta(days=30), complete_at=NOW, listed_at=years, entries=9)
    assert names(FeedState("a", baseline_at=NOW, complete_at=NOW, listed_at=years, entries=9)) == []
    assert [fault.detail for fault in feed_faults([month], NOW)] == ["nothing new on its list for 30 days"]


def test_a_digest_is_late_from_nine_o_clock_where_it_is_read():
    slot = datetime(2024, 6, 10, 6, 30, tzinfo=UTC)
    assert digest_faults(3, slot, LONDON, datetime(2024, 6, 10, 7, 59, tzinfo=UTC)) == []
    assert len(digest_faults(3, slot, LONDON, datetime(2024, 6, 10, 8, 0, tzinfo=UTC))) == 1
    assert len(digest_faults(3, slot, LONDON, datetime(2024, 6, 11, 1, 0, tzinfo=UTC))) == 1
    assert digest_faults(0, slot, LONDON, NOW) == []


def test_a_disk_is_low_by_either_measure():
    assert disk_faults(600_000_000, 10_000_000_000, NOW) == []
    assert len(disk_faults(400_000_000, 1_000_000_000, NOW)) == 1
    assert len(disk_faults(40_000_000_000, 1_000_000_000_000, NOW)) == 1


def test_a_clock_is_wrong_that_was_set_back_or_is_minutes_from_those_of_publishers():
    minute = timedelta(minutes=1)
    for newest, skew in ((None, None), (NOW, minute), (NOW - timedelta(days=9), -minute), (NOW + minute, None)):
        assert clock_faults(newest, skew, NOW) == []
    said = [
        clock_faults(newest, skew, NOW)[0].detail
        for newest, skew in ((NOW + timedelta(hours=5), None), (NOW, 3 * minute), (NOW, -3 * minute))
    ]
    assert ["set back" in said[0], "5 hours" in said[0]] == [True, True]
    assert ["3 minutes ahead of" in said[1], "3 minutes behind" in said[2]] == [True, True]


def test_an_old_sqlite_is_named_with_its_fault():
    assert sqlite_note((3, 51, 3)) == sqlite_note((3, 54, 0)) == ""
    assert sqlite_note((3, 40, 1)).startswith("SQLite 3.40.1 ")


def test_what_is_new_and_what_is_over_is_told_apart():
    one, two, three = (Fault(name, "", NOW) for name in ("one", "two", "three"))
    assert tell_apart([one, two], [two, three]) == ([one], [three])
    assert tell_apart([one], [one]) == ([], [])
