"""Each digest exactly once: through every change of London's clocks, after any absence, with two schedulers at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.mail.bounces import Bounces
from monitor.mail.brake import Brake
from monitor.mail.outbox import Outbox
from monitor.mail.room import open_mail, read_key
from monitor.mail.runs import Runs
from monitor.mail.settings import MailSettings
from monitor.mail.subscribers import Subscribers, Wishes
from monitor.pipeline.digest import digest
from monitor.pipeline.turns import Readership
from monitor.rules.schedule import Schedule
from monitor.store.archive import open_archive

LONDON = ZoneInfo("Europe/London")
SCHEDULES = [time(7, 30), time(1, 30), time(0, 30)]
"""The usual morning, the half hour that comes twice in autumn and not at all in spring, and one just before."""


def clock_changes(year: int) -> list[date]:
    """The last Sundays of March and October."""
    days = [date(year, month, 31) for month in (3, 10)]
    return [day - timedelta(days=(day.weekday() + 1) % 7) for day in days]


@contextmanager
def house(folder: Path, at: time, began: datetime) -> Iterator[tuple[object, Readership, sqlite3.Connection]]:
    """An archive without news, and one reader who wants a line every day: each day's mail can be counted."""
    with open_archive(folder / "archive.db") as archive, open_mail(folder / "mail.db") as connection:
        people = Subscribers(connection)
        if people.find("ada@example.org") is None:
            people.add("ada@example.org", ["boats"], "daily", now=began, covered_to=0, confirmed=True)
            people.wish("ada@example.org", Wishes(heartbeat=True), began)
        settings = MailSettings("Monitor <alerts@example.org>", secret=read_key(connection, "instance"))
        readership = Readership(
            people, Outbox(connection), Runs(connection), Brake(connection), Bounces(connection), settings,
            Schedule(LONDON, at, 5, time(8, 30)),
        )  # fmt: skip
        yield archive, readership, connection


def wake(archive, readership, now: datetime) -> int:
    return digest(archive, readership, (), (), now=now).planned


def days_mailed(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT period FROM outbox ORDER BY id")
    return [row["period"].removeprefix("daily:") for row in rows]


@pytest.mark.parametrize("at", SCHEDULES, ids=str)
def test_each_day_once_through_every_change_of_the_clocks(tmp_path, at):
    for year in range(2024, 2036):
        for number, sunday in enumerate(clock_changes(year)):
            folder = tmp_path / f"{year}-{number}"
            began = datetime.combine(sunday - timedelta(days=2), time(12), LONDON).astimezone(UTC)
            with house(folder, at, began) as (archive, readership, connection):
                now = began
                while now < began + timedelta(days=4):
                    wake(archive, readership, now)
                    now += timedelta(minutes=30)
                expected = [str(sunday + timedelta(days=offset)) for offset in (-1, 0, 1, 2)]
                assert days_mailed(connection) == expected, (year, sunday)


@pytest.mark.parametrize("off", [1, 2, 23, 24, 25, 72, 24 * 7, 24 * 30, 24 * 60])
def test_one_mail_after_any_absence_and_none_for_the_days_between(tmp_path, off):
    began = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
    with house(tmp_path, time(7, 30), began) as (archive, readership, connection):
        assert wake(archive, readership, datetime(2025, 3, 2, 7, 31, tzinfo=UTC)) == 1
        back = datetime(2025, 3, 2, 7, 31, tzinfo=UTC) + timedelta(hours=off)
        planned = [wake(archive, readership, back + timedelta(minutes=minutes)) for minutes in (0, 1, 30)]
        assert planned == ([1, 0, 0] if off >= 24 else [0, 0, 0])
        assert len(set(days_mailed(connection))) == len(days_mailed(connection))


def test_two_schedulers_at_the_same_moment_plan_each_mail_once(tmp_path):
    began = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
    with (
        house(tmp_path, time(7, 30), began) as (archive, one, connection),
        house(tmp_path, time(7, 30), began) as (same_archive, two, _other),
        ThreadPoolExecutor(2) as both,
    ):
        for day in range(2, 12):
            now = datetime(2025, 3, day, 7, 31, tzinfo=UTC)
            planned = both.map(lambda pair, now=now: wake(*pair, now), ((archive, one), (same_archive, two)))
            assert sorted(planned) == [0, 1]
        assert len(days_mailed(connection)) == 10


def test_a_clock_set_back_by_two_days_repeats_nothing(tmp_path):
    began = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
    with house(tmp_path, time(7, 30), began) as (archive, readership, connection):
        for day in (2, 3, 4, 2, 3, 4, 5):
            wake(archive, readership, datetime(2025, 3, day, 7, 31, tzinfo=UTC))
        assert days_mailed(connection) == ["2025-03-02", "2025-03-03", "2025-03-04", "2025-03-05"]
