"""Each digest exactly once: through the nights when London's clocks change, and after an hour or sixty days off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.house import House, at, statement

MONDAY = at("2024-12-09 10:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A daily and a weekly subscriber."""
    with House(tmp_path) as house:
        yield house


def join(house: House, now: datetime) -> None:
    """Both subscribe, and the baseline is taken."""
    house.subscribe("border-security", address="daily@example.org", now=now)
    house.subscribe("border-security", address="weekly@example.org", every="weekly", now=now)
    house.run("run", "--once", now=now)


def say(house: House, number: int, now: datetime) -> None:
    """A minister makes a statement now."""
    house.world.make_statement(statement(number, f"Statement {number}", "<p>On small boats.</p>", f"{now:%Y-%m-%d}"))


def times_told(house: House, reader: str) -> dict[str, int]:
    """How often each statement was told to a reader."""
    mails = [mail.as_string() for mail in house.mails() if mail["To"] == reader]
    return {
        f"Statement {number}": sum(f"NEW: Statement {number}\n" in mail.replace("\r", "") for mail in mails)
        for number in (301, 302, 303, 304)
    }


ONCE = {f"Statement {number}": 1 for number in (301, 302, 303, 304)}


@pytest.mark.parametrize("sunday", ["2025-03-30", "2025-10-26"])
def test_around_a_change_of_the_clocks_every_day_has_one_digest(house: House, sunday: str) -> None:
    start = at(f"{sunday} 12:00") - 2 * DAY
    join(house, start)
    for step in range(4 * 8):
        now = start + step * 3 * HOUR
        if step % 8 == 1:
            say(house, 301 + step // 8, now)
        house.run("run", "--once", now=now)
    daily = [mail for mail in house.mails() if mail["To"] == "daily@example.org"]
    weekly = [mail for mail in house.mails() if mail["To"] == "weekly@example.org"]
    assert (len(daily), len(weekly)) == (4, 1)
    assert times_told(house, "daily@example.org") == ONCE


@pytest.mark.parametrize("away", [HOUR, 13 * HOUR, 3 * DAY, 60 * DAY])
def test_after_time_off_one_mail_makes_up_for_it(house: House, away: timedelta) -> None:
    join(house, MONDAY)
    for number in (301, 302):
        say(house, number, MONDAY)
        house.run("poll", "--all", now=MONDAY + timedelta(minutes=number - 300))
    back = MONDAY + away
    for now in (back, back, back + timedelta(seconds=30)):
        house.run("run", "--once", now=now)
    sent = [mail["To"] for mail in house.mails()]
    assert sent.count("daily@example.org") == (away > 20 * HOUR)
    assert sent.count("weekly@example.org") == (away > 7 * DAY)
    house.run("run", "--once", now=back + 8 * DAY)
    assert sorted(mail["To"] for mail in house.mails()) == ["daily@example.org", "weekly@example.org"]


def test_a_clock_set_back_over_a_night_repeats_nothing_and_loses_nothing(house: House) -> None:
    join(house, MONDAY)
    tuesday = at("2024-12-10 08:00")
    say(house, 301, MONDAY)
    house.run("run", "--once", now=tuesday)
    for hours in (26, 20, 2):
        say(house, 304 - hours // 12, MONDAY)
        house.run("poll", "--all", now=tuesday - hours * HOUR)
        house.run("run", "--once", now=tuesday - hours * HOUR)
    assert [mail["To"] for mail in house.digests()] == ["daily@example.org"]
    for day in range(1, 8):
        house.run("run", "--once", now=tuesday + day * DAY)
    assert times_told(house, "daily@example.org") == ONCE
    assert times_told(house, "weekly@example.org") == ONCE
