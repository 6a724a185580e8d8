"""More news than a page of a list holds: the pages behind it are asked for, and none of it is missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.world import World
from tests.house import CONFIG, House, at, document

FINDER = "https://www.gov.uk/search/policy-papers-and-consultations.atom"
FEED = f'\n[[feed]]\nname   = "papers"\nsource = "govuk_atom"\nurl    = "{FINDER}"\nevery  = "15m"\n'
MONDAY, NOON, LATER = at("2024-12-09 10:00"), at("2024-12-09 12:00"), at("2024-12-09 18:00")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A finder of five entries a page, read when seven papers were there."""
    config = CONFIG.replace("organisations/home-office.atom", "organisations/no-such-body.atom") + FEED
    with House(tmp_path, config=config, world=World(volatile_links=False, feed_size=5)) as house:
        publish(house, range(7), since=at("2024-12-01 09:00"))
        house.run("poll", "papers", now=MONDAY)
        yield house


def publish(house: House, numbers: range, *, since: datetime) -> None:
    for number in numbers:
        told = f"{since + timedelta(minutes=number):%Y-%m-%d %H:%M}"
        house.world.publish(document(f"paper-{number}", f"Paper {number}", "<p>Words.</p>", told))


def found(house: House, now: datetime) -> list[str]:
    return sorted(change["title"] for change in house.run("poll", "papers", now=now).json["changes"])


def pages_asked(house: House) -> list[int]:
    return [page for page in range(1, 30) if house.publisher.count(FINDER + (f"?page={page}" if page > 1 else ""))]


def test_a_baseline_is_one_page(house: House) -> None:
    assert pages_asked(house) == [1]


def test_a_page_whose_last_item_is_known_is_not_turned(house: House) -> None:
    publish(house, range(10, 14), since=at("2024-12-09 11:00"))
    assert len(found(house, NOON)) == 4
    assert pages_asked(house) == [1]


def test_pages_are_turned_until_the_news_ends(house: House) -> None:
    publish(house, range(10, 22), since=at("2024-12-09 11:00"))
    assert found(house, NOON) == sorted(f"Paper {number}" for number in range(10, 22))
    assert pages_asked(house) == [1, 2, 3]
    assert found(house, LATER) == []


def test_turning_ends_where_the_list_does(tmp_path: Path) -> None:
    with House(tmp_path, config=CONFIG + FEED, world=World(volatile_links=False, feed_size=5)) as house:
        publish(house, range(1), since=at("2024-12-01 09:00"))
        house.run("poll", "papers", now=MONDAY)
        publish(house, range(10, 19), since=at("2024-12-09 11:00"))
        assert len(found(house, NOON)) == 9
        assert pages_asked(house) == [1, 2]


@pytest.mark.parametrize("broken", [2, 3])
def test_a_page_that_fails_is_turned_again_at_the_next_poll(house: House, broken: int) -> None:
    publish(house, range(10, 22), since=at("2024-12-09 11:00"))
    house.publisher.set(f"{FINDER}?page={broken}", "busy", status=503, times=1)
    first = found(house, NOON)
    assert len(first) < 12
    assert sorted(first + found(house, LATER)) == sorted(f"Paper {number}" for number in range(10, 22))


def test_what_another_feed_read_before_does_not_hide_what_lies_behind_it(house: House) -> None:
    publish(house, range(10, 22), since=at("2024-12-09 11:00"))
    house.write_config(CONFIG + FEED)
    house.run("poll", "home-office", now=at("2024-12-09 11:50"))
    found(house, NOON)
    titles = house.run("search", "paper", "--limit", "50").json["results"]
    assert len(titles) == 5 + 12
