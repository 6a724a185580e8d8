"""Where we stand with feeds, addresses and items between polls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model.exchange import Request, Validators
from monitor.model.feed import Exchange, Feed, FeedState, Sighting
from monitor.store.archive import Archive
from tests.store.shelf import MONDAY, TUESDAY, WEDNESDAY, open_shelf, rows

ITEM = Request(
    "https://www.gov.uk/api/content/plan", "govuk_content", stamp="2024-12-09T09:00:00Z", context="home-office"
)
READ_BEFORE = FeedState("home-office", baseline_at=MONDAY, complete_at=MONDAY)


def feed(name: str) -> Feed:
    return Feed(name, "govuk_atom", timedelta(minutes=15), f"https://www.gov.uk/{name}.atom")


def sight(archive: Archive, *, settled: bool, stamp: str | None = ITEM.stamp, baseline: bool = False) -> None:
    seen = Sighting(Request(ITEM.url, ITEM.reader, stamp, ITEM.context), baseline, settled)
    archive.feeds.record_sightings([("home-office", seen)], TUESDAY)


def asks_again(archive: Archive, stamp: str | None = ITEM.stamp, state: FeedState = READ_BEFORE) -> bool:
    request = Request(ITEM.url, ITEM.reader, stamp)
    return request.url not in archive.feeds.memory(state).dealt_with([request])


def polled(archive: Archive, names: Iterable[str]) -> None:
    archive.feeds.record_exchanges([(name, Exchange("https://x.example", "same", 200)) for name in names], TUESDAY)


def test_a_feed_that_was_never_polled_has_a_fresh_state(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        assert archive.feeds.state("home-office") == FeedState("home-office")


def test_states_are_read_as_they_were_recorded(tmp_path: Path) -> None:
    failing = FeedState(
        "home-office", next_poll_at=TUESDAY, baseline_at=MONDAY, complete_at=MONDAY, listed_at=MONDAY, entries=20, failures=2,
        failing_since=TUESDAY, error="no answer", ended=True,
    )  # fmt: skip
    with open_shelf(tmp_path) as archive:
        archive.feeds.record_states([failing, FeedState("other")], TUESDAY)
        assert archive.feeds.states(["home-office", "other", "new"]) == {
            "home-office": failing,
            "other": FeedState("other"),
            "new": FeedState("new"),
        }


def test_feeds_are_due_in_the_order_given_when_their_time_has_come(tmp_path: Path) -> None:
    feeds = [feed("never-polled"), feed("due"), feed("later")]
    with open_shelf(tmp_path) as archive:
        archive.feeds.record_states(
            [FeedState("due", next_poll_at=TUESDAY), FeedState("later", next_poll_at=WEDNESDAY)], MONDAY
        )
        assert [one.name for one in archive.feeds.due(feeds, TUESDAY)] == ["never-polled", "due"]


def test_a_host_that_asks_to_wait_postpones_its_feeds_and_hastens_none(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        archive.feeds.record_states(
            [FeedState("a", next_poll_at=MONDAY), FeedState("b", next_poll_at=WEDNESDAY)], MONDAY
        )
        archive.feeds.postpone(["a", "b", "never-polled"], TUESDAY)
        states = archive.feeds.states(["a", "b", "never-polled"])
        assert {name: state.next_poll_at for name, state in states.items()} == {
            "a": TUESDAY,
            "b": WEDNESDAY,
            "never-polled": TUESDAY,
        }


def test_a_spell_of_failures_is_one_gap_in_the_coverage(tmp_path: Path) -> None:
    failing = FeedState("home-office", failures=1, failing_since=MONDAY, error="no answer")
    with open_shelf(tmp_path) as archive:
        archive.feeds.record_states([failing], MONDAY)
        archive.feeds.record_states([failing], TUESDAY)
        polled(archive, ["home-office", "other"])
        open_gap = archive.feeds.coverage(["home-office"], MONDAY, TUESDAY)
        archive.feeds.record_states([FeedState("home-office")], TUESDAY)
        closed = archive.feeds.coverage(["home-office"], MONDAY, WEDNESDAY)
        after = archive.feeds.coverage(["home-office"], TUESDAY, WEDNESDAY)
        of_others = archive.feeds.coverage(["other"], MONDAY, WEDNESDAY)
    assert [(gap.since, gap.until, gap.error) for gap in open_gap.gaps] == [(MONDAY, None, "no answer")]
    assert [(gap.since, gap.until) for gap in closed.gaps] == [(MONDAY, TUESDAY)]
    assert (open_gap.feeds, open_gap.polls) == (1, 2)
    assert after.gaps == of_others.gaps == ()


def test_two_spells_of_failures_are_two_gaps(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        for since in (MONDAY, TUESDAY):
            archive.feeds.record_states([FeedState("a", failing_since=since, error="no answer")], since)
            archive.feeds.record_states([FeedState("a")], since + timedelta(hours=1))
        assert [gap.since for gap in archive.feeds.coverage(["a"], MONDAY, WEDNESDAY).gaps] == [MONDAY, TUESDAY]


def test_validators_are_read_for_many_addresses_at_once_and_replaced_as_a_whole(tmp_path: Path) -> None:
    urls = [f"https://www.gov.uk/{number}" for number in range(1100)]
    with open_shelf(tmp_path) as archive:
        memory = archive.feeds.memory(FeedState("a"))
        archive.feeds.record_validators((url, Validators('"1"', "yesterday", "0" * 64)) for url in urls)
        archive.feeds.record_validators([(urls[0], Validators(etag='"2"'))])
        found = memory.validators([*urls, "https://www.gov.uk/unknown"])
        assert found.keys() == set(urls)
        assert found[urls[0]] == Validators(etag='"2"')
        assert found[urls[1]] == Validators('"1"', "yesterday", "0" * 64)


@pytest.mark.parametrize(
    ("known", "listed", "again"),
    [
        ("2024-12-09T09:00:00Z", "2024-12-09T09:00:00Z", False),
        ("2024-12-09T09:00:00Z", "2024-12-09T10:00:00Z", True),
        ("2024-12-09T09:00:00Z", "2024-12-09T08:00:00Z", False),
        ("abc", "abc", False),
        ("abc", "abb", True),
    ],
    ids=["same time", "later time", "a stale list", "same mark", "another mark"],
)
def test_an_item_is_read_again_when_its_list_says_something_newer(
    tmp_path: Path, known: str, listed: str, again: bool
) -> None:
    with open_shelf(tmp_path) as archive:
        assert asks_again(archive, listed)
        sight(archive, settled=True, stamp=known)
        assert asks_again(archive, listed) is again


def test_what_another_feeds_baseline_swallowed_is_read_again_as_if_never_seen(tmp_path: Path) -> None:
    newcomer = FeedState("new", baseline_at=TUESDAY, complete_at=WEDNESDAY)
    with open_shelf(tmp_path) as archive:
        archive.feeds.record_validators([(ITEM.url, Validators('"1"'))])
        sight(archive, settled=True, baseline=True)
        assert asks_again(archive, state=READ_BEFORE)
        assert archive.feeds.memory(READ_BEFORE).validators([ITEM.url]) == {}
        assert not asks_again(archive, state=newcomer)
        assert archive.feeds.memory(newcomer).validators([ITEM.url]) == {ITEM.url: Validators('"1"')}
        assert not asks_again(archive, state=FeedState("never-polled"))


def test_an_item_that_could_not_be_read_waits_for_the_next_poll_of_its_feed(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        sight(archive, settled=False)
        assert archive.feeds.unsettled(TUESDAY) == {"home-office": [Sighting(ITEM, baseline=False, settled=False)]}
        assert asks_again(archive)
        sight(archive, settled=True)
        assert archive.feeds.unsettled(TUESDAY) == {}
        assert not asks_again(archive)


def test_after_twenty_attempts_an_item_is_asked_for_once_a_day_and_after_fifty_no_more(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        for _ in range(19):
            sight(archive, settled=False)
        assert archive.feeds.unsettled(TUESDAY)
        sight(archive, settled=False)
        assert archive.feeds.unsettled(TUESDAY + timedelta(hours=23)) == {}
        assert not asks_again(archive)
        assert archive.feeds.unsettled(WEDNESDAY)
        for _ in range(30):
            sight(archive, settled=False)
        assert archive.feeds.unsettled(WEDNESDAY) == {}


def test_a_new_stamp_is_a_new_beginning_for_an_item_that_was_given_up(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        for _ in range(50):
            sight(archive, settled=False)
        assert asks_again(archive, "2024-12-11T09:00:00Z")
        sight(archive, settled=False, stamp="2024-12-11T09:00:00Z")
        assert archive.feeds.unsettled(TUESDAY)


def test_absences_are_counted_in_a_row(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        assert archive.feeds.record_absence(ITEM.url, MONDAY) == (1, MONDAY)
        assert archive.feeds.record_absence(ITEM.url, TUESDAY) == (2, MONDAY)
        archive.feeds.forget_absences([ITEM.url, "https://www.gov.uk/never-absent"])
        assert archive.feeds.record_absence(ITEM.url, WEDNESDAY) == (1, WEDNESDAY)


def test_an_address_that_is_forgotten_is_asked_as_if_never_seen(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        archive.feeds.record_validators([(ITEM.url, Validators('"1"'))])
        sight(archive, settled=True)
        archive.feeds.forget_addresses([ITEM.url])
        assert asks_again(archive)
        assert archive.feeds.memory(READ_BEFORE).validators([ITEM.url]) == {}


def test_every_exchange_is_a_row_also_the_one_that_changed_nothing(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        told = [
            ("a", Exchange("https://x.example/1", "not-modified", 304, 0, 12)),
            ("b", Exchange("https://x.example/2", "failed", error="no answer")),
        ]
        archive.feeds.record_exchanges(told, TUESDAY)
        assert rows(
            archive, "SELECT feed, url, polled_at, outcome, status, bytes, elapsed_ms, error FROM polls ORDER BY id"
        ) == [
            ("a", "https://x.example/1", "2024-12-10T09:00:00Z", "not-modified", 304, 0, 12, None),
            ("b", "https://x.example/2", "2024-12-10T09:00:00Z", "failed", 0, 0, 0, "no answer"),
        ]
