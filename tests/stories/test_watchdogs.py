"""Watches that are silent, busy or dead are told to the operator, once, and once when that is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.house import CONFIG, House, at, body_of, document

MONDAY = at("2024-12-09 10:00")
DOGS = CONFIG.replace("keywords", 'alert_if_silent = "3d"\nalert_if_more_than = 2\nkeywords')


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path, config=DOGS) as house:
        house.run("run", "--once", now=MONDAY)
        yield house


def publish(house: House, name: str, now: datetime) -> None:
    house.world.publish(document(name, name.title(), "<p>Small boats.</p>", f"{now:%Y-%m-%d %H:%M}"))


def notices(house: House) -> list[str]:
    return [mail["Subject"] for mail in house.mails() if mail["Subject"].startswith("Monitor")]


def test_a_watch_that_is_silent_for_too_long_is_told_once_and_once_when_it_is_over(house: House) -> None:
    house.run("run", "--once", now=at("2024-12-12 09:00"))
    assert notices(house) == []
    for hour in (10, 11, 12):
        house.run("run", "--once", now=at(f"2024-12-12 {hour}:00"))
    assert notices(house) == ["Monitor: 1 fault: watch border-security silent"]
    assert "nothing has matched for 3 days" in body_of(house.mails()[-1])
    publish(house, "plan", at("2024-12-12 13:00"))
    for hour in (14, 15):
        house.run("run", "--once", now=at(f"2024-12-12 {hour}:00"))
    assert notices(house)[1:] == ["Monitor: 1 recovered: watch border-security silent"]


def test_more_matches_in_a_day_than_expected_are_told_until_the_day_has_passed(house: House) -> None:
    for number in range(3):
        publish(house, f"plan-{number}", at("2024-12-09 11:00"))
    house.run("run", "--once", now=at("2024-12-09 12:00"))
    assert notices(house) == ["Monitor: 1 fault: watch border-security busy"]
    assert "3 matches in a day, and more than 2 were not expected" in body_of(house.mails()[-1])
    house.run("run", "--once", now=at("2024-12-10 11:00"))
    assert len(notices(house)) == 1
    house.run("run", "--once", now=at("2024-12-10 13:00"))
    assert notices(house)[1:] == ["Monitor: 1 recovered: watch border-security busy"]


def test_a_query_that_has_matched_nothing_in_a_year_is_told_and_stands_in_the_status(house: House) -> None:
    house.write_config(CONFIG)
    house.run("run", "--once", now=at("2025-12-09 09:00"))
    assert not any("matches nothing" in subject for subject in notices(house))
    house.run("run", "--once", now=at("2025-12-09 11:00"))
    assert notices(house)[-1] == "Monitor: 1 fault: watch border-security matches nothing"
    assert any("matched nothing in a year" in fault for fault in house.run("status").json["faults"])


def test_a_changed_query_has_a_year_of_its_own(house: House) -> None:
    house.write_config(CONFIG.replace("small boats", "trains"))
    house.run("run", "--once", now=at("2025-06-01 09:00"))
    house.run("run", "--once", now=at("2025-12-12 09:00"))
    assert not any("matches nothing" in subject for subject in notices(house))
    house.run("run", "--once", now=at("2026-06-02 09:00"))
    assert any("matches nothing" in subject for subject in notices(house))


def test_a_fault_that_ends_and_begins_again_within_a_second_is_told_once_and_stands(house: House) -> None:
    moment = at("2024-12-12 12:00")
    for config in (DOGS, CONFIG, DOGS):
        house.write_config(config)
        assert house.run("run", "--once", now=moment).code == 0
    assert sorted(notices(house)) == [
        "Monitor: 1 fault: watch border-security silent",
        "Monitor: 1 recovered: watch border-security silent",
    ]
    assert "silent" in house.say("status", now=moment)
