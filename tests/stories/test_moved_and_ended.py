"""Feeds whose address leads elsewhere for good, feeds that are over, and what status says of when they are asked next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.house import HOME_OFFICE_FEED, House, at, document

NEW_HOME = "https://www.gov.uk/government/organisations/home-department.atom"
MONDAY = at("2024-12-09 10:00")
HALF_A_DAY = timedelta(hours=12)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """One paper; its feed answers at its address."""
    with House(tmp_path) as house:
        house.world.publish(document("plan", "Plan", "<p>Words.</p>", "2024-12-01 09:00"))
        yield house


def poll(house: House, polls: float) -> Any:
    (feed,) = house.run("poll", "home-office", now=MONDAY + polls * HALF_A_DAY).json["feeds"]
    return feed


def move(house: House, status: int = 301) -> None:
    answer = house.world.answer(HOME_OFFICE_FEED)
    assert answer is not None
    house.publisher.set(HOME_OFFICE_FEED, status=status, headers={"Location": NEW_HOME})
    house.publisher.set(NEW_HOME, answer.body)


def asked(house: House) -> tuple[int, int]:
    return house.publisher.count(HOME_OFFICE_FEED), house.publisher.count(NEW_HOME)


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_is_followed_and_after_three_polls_over_a_day_asked_for_there(
    house: House, status: int
) -> None:
    move(house, status)
    for number in range(3):
        assert poll(house, number)["error"] is None
    assert asked(house) == (3, 3)
    poll(house, 3)
    assert asked(house) == (3, 4)
    (shown,) = [feed for feed in house.run("status").json["feeds"] if feed["name"] == "home-office"]
    assert shown["moved_to"] == NEW_HOME


@pytest.mark.parametrize(("status", "step"), [(302, 1.0), (307, 1.0), (301, 0.25)])
def test_a_passing_redirect_and_one_seen_for_hours_only_are_not_believed(
    house: House, status: int, step: float
) -> None:
    move(house, status)
    for number in range(4):
        poll(house, number * step)
    assert asked(house)[0] == 4


def test_a_redirect_that_leads_elsewhere_or_ends_in_between_begins_anew(house: House) -> None:
    move(house)
    poll(house, 0)
    poll(house, 1)
    house.publisher.remove(HOME_OFFICE_FEED)
    poll(house, 2)
    move(house)
    for number in range(3, 6):
        poll(house, number)
    assert asked(house)[0] == 6
    poll(house, 6)
    assert asked(house)[0] == 6


def test_where_the_new_address_fails_the_old_one_is_asked_again(house: House) -> None:
    move(house)
    for number in range(4):
        poll(house, number)
    house.publisher.set(NEW_HOME, status=404)
    house.publisher.remove(HOME_OFFICE_FEED)
    assert poll(house, 4)["error"] is not None
    assert poll(house, 5)["error"] is None


def test_a_feed_that_is_over_says_so_and_is_asked_once_a_day(house: House) -> None:
    house.publisher.set(HOME_OFFICE_FEED, status=410)
    told = poll(house, 0)
    assert (told["outcome"], "has ended this feed (410)" in told["error"]) == ("gone", True)
    (shown,) = [feed for feed in house.run("status").json["feeds"] if feed["name"] == "home-office"]
    assert (shown["ended"], shown["plan"]) == (True, "ended by its publisher (410), asked once a day")
    for hours in range(1, 49):
        house.run("poll", now=MONDAY + timedelta(hours=hours))
    assert house.publisher.count(HOME_OFFICE_FEED) == 2
    house.publisher.remove(HOME_OFFICE_FEED)
    assert poll(house, 5)["error"] is None
    (shown,) = [feed for feed in house.run("status").json["feeds"] if feed["name"] == "home-office"]
    assert (shown["ended"], shown["plan"]) == (False, "every 15 min")


def plan_of(house: House) -> str:
    (shown,) = [feed for feed in house.run("status").json["feeds"] if feed["name"] == "home-office"]
    return str(shown["plan"])


def test_status_says_why_a_feed_is_asked_when_it_is(house: House) -> None:
    house.publisher.set(HOME_OFFICE_FEED, "busy", status=503, times=3)
    plans = []
    for number in range(4):
        poll(house, number)
        plans.append(plan_of(house))
    assert plans == ["backing off after 503 ×1", "backing off after 503 ×2", "backing off after 503 ×3", "every 15 min"]
    house.publisher.set(HOME_OFFICE_FEED, "busy", status=429, headers={"Retry-After": "7200"}, times=1)
    poll(house, 5)
    assert plan_of(house) == "asked to wait 2 h after 429 ×1"
    house.publisher.set(HOME_OFFICE_FEED, b"", hang=False, status=500, times=1)
    poll(house, 6)
    assert plan_of(house) == "backing off after 500 ×2"
