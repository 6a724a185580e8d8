"""Once a day the monitor holds what publishers list of the last month against what it has: what no poll saw is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.world import World
from tests.house import House, at, document, statement

MONDAY = at("2024-12-09 10:00")
SEARCH = "https://www.gov.uk/api/search.json"
DAY = timedelta(days=1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A department whose feed shows three papers, and has been read since Monday."""
    with House(tmp_path, world=World(volatile_links=False, feed_size=3)) as house:
        for number in range(6):
            publish(house, f"old-{number}", at("2024-12-08 09:00") + timedelta(minutes=number))
        house.run("run", "--once", now=MONDAY)
        for number in range(3):
            publish(house, f"tuesday-{number}", at("2024-12-10 09:30") + timedelta(minutes=number))
        assert len(changes(house, MONDAY + DAY)) == 3
        yield house


def publish(house: House, name: str, moment: datetime) -> None:
    house.world.publish(document(name, name, "<p>On small boats.</p>", f"{moment:%Y-%m-%d %H:%M}"))


def changes(house: House, now: datetime) -> list[Any]:
    found: list[Any] = house.run("run", "--once", now=now).json["poll"]["changes"]
    return found


def searches(house: House) -> int:
    return sum(asked.url.startswith(SEARCH) for asked in house.publisher.asked)


def test_a_back_dated_paper_that_never_was_on_its_feed_is_found_and_called_late(house: House) -> None:
    publish(house, "back-dated", at("2024-12-10 08:00"))
    (found,) = changes(house, MONDAY + 2 * DAY + timedelta(hours=2))
    assert (found["kind"], found["title"], found["late"]) == ("new", "back-dated", True)
    assert changes(house, MONDAY + 4 * DAY) == []


def test_a_statement_that_appears_long_after_its_day_is_found_and_called_late(house: House) -> None:
    later = MONDAY + 12 * DAY
    assert changes(house, later) == []
    house.world.make_statement(statement(300, "Calais Group", "<p>We met.</p>", "2024-12-11"))
    (found,) = changes(house, later + DAY + timedelta(hours=2))
    assert (found["identifier"], found["late"]) == ("HCWS300", True)


def test_what_the_polls_find_themselves_is_not_late(house: House) -> None:
    publish(house, "fresh", at("2024-12-11 09:55"))
    house.world.make_statement(statement(301, "Calais Group", "<p>We met.</p>", "2024-12-11"))
    found = changes(house, MONDAY + 2 * DAY + timedelta(hours=2))
    assert sorted((one["title"], one["late"]) for one in found) == [("Calais Group", False), ("fresh", False)]


def test_what_was_there_before_the_first_poll_is_no_news(house: House) -> None:
    assert changes(house, MONDAY + 3 * DAY) == []


def test_it_is_asked_once_a_day(house: House) -> None:
    before = searches(house)
    for hour in range(2, 26):
        house.run("poll", now=MONDAY + DAY + timedelta(hours=hour))
    assert searches(house) - before == 1


def test_a_search_that_fails_is_no_fault_of_the_feed_and_is_tried_again(house: House) -> None:
    publish(house, "back-dated", at("2024-12-10 08:00"))
    house.publisher.set(SEARCH, status=503, times=1, any_query=True)
    told = house.run("run", "--once", now=MONDAY + 2 * DAY + timedelta(hours=2))
    assert [one["error"] is None for one in told.json["poll"]["reconciled"] if one["name"] == "home-office"] == [False]
    assert told.json["poll"]["changes"] == []
    assert len(changes(house, MONDAY + 4 * DAY)) == 1
