"""The hold: a run far beyond the usual waits for a word; a usual one goes; nothing is lost by a crash in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.mail.outbox import Outbox
from monitor.mail.plans import Plan, PlannedMail
from monitor.mail.room import open_mail
from monitor.mail.runs import HeldRun, Runs
from monitor.mail.subscribers import Subscribers

FIRST = datetime(2024, 12, 1, 7, 30, tzinfo=UTC)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_mail(tmp_path / "mail.db") as connection:
        yield connection


def run(connection: sqlite3.Connection, day: int, items: int, *, every="daily", load=None, reader=0, judge=True):
    """One run with one mail; returns what was held of it."""
    now, email = FIRST + timedelta(days=day), f"reader-{reader}@example.org"
    people = Subscribers(connection)
    person = people.find(email) or people.add(email, ["boats"], every, now=FIRST, covered_to=0, confirmed=True)
    period = f"{every}:{day}"
    entry = PlannedMail(period, f"<{period}.{reader}@example.org>", f"{items} new", items, b"x")
    plan = Plan(entry, person.id, every, now, {}, (), load=float(items if load is None else load))
    assert Outbox(connection).plan_all([plan], now, waits=True) == [True]
    return Runs(connection).judge(now) if judge else ()


def waiting(connection: sqlite3.Connection) -> int:
    return Outbox(connection).counts()["held"]


def test_the_first_five_runs_are_never_held_whatever_they_bring(connection):
    for day, items in enumerate([1, 1, 500, 1, 1]):
        assert run(connection, day, items) == ()
    assert waiting(connection) == 0


def test_three_times_the_median_waits_for_a_word(connection):
    for day, items in enumerate([10, 12, 11, 9, 10]):
        run(connection, day, items)
    assert run(connection, 6, 29) == ()
    [held] = run(connection, 7, 32)
    assert held == HeldRun("daily:7", 1, 32, 10.5)
    assert waiting(connection) == 1
    runs = Runs(connection)
    assert runs.held() == (held,)
    assert runs.release(FIRST) == (held,)
    assert (waiting(connection), runs.held()) == (0, ())
    assert runs.release(FIRST) == ()


def test_only_the_last_ten_runs_make_the_usual(connection):
    for day, items in enumerate([1000] * 5 + [10] * 10):
        run(connection, day, items)
    assert run(connection, 20, 30)


def test_what_was_held_is_no_measure_until_it_is_released(connection):
    for day in range(5):
        run(connection, day, 10)
    for day in range(5, 9):
        assert run(connection, day, 100)
    Runs(connection).release(FIRST)
    for day in range(9, 12):
        assert run(connection, day, 10) == ()


def test_making_up_for_three_missed_days_is_no_flood(connection):
    for day in range(5):
        run(connection, day, 10)
    assert run(connection, 8, 30, load=10) == ()


def test_frequencies_are_measured_apart_and_a_few_alerts_at_once_are_no_flood(connection):
    for day in range(6):
        run(connection, day, 1, every="immediate")
    assert run(connection, 7, 49, every="immediate") == ()
    assert run(connection, 8, 50, every="immediate")
    assert run(connection, 9, 500, every="daily", reader=1) == ()


def test_a_crash_before_the_verdict_leaves_the_mails_held_and_the_next_run_lets_them_go(connection):
    run(connection, 0, 5, judge=False)
    assert waiting(connection) == 1
    assert Outbox(connection).claim("one", 5, now=FIRST + timedelta(days=1), lease=timedelta(minutes=5)) == []
    Runs(connection).judge(FIRST)
    assert waiting(connection) == 0


def test_what_joins_a_run_later_is_judged_with_it(connection):
    for day in range(5):
        run(connection, day, 10)
    assert run(connection, 5, 20) == ()
    [held] = run(connection, 5, 15, reader=1)
    assert (held.items, waiting(connection)) == (35, 1)
    Runs(connection).release(FIRST)
    assert run(connection, 5, 15, reader=2) == ()
    assert waiting(connection) == 0


def test_resuming_a_pause_does_not_release_a_held_run(connection):
    for day in range(5):
        run(connection, day, 10)
    run(connection, 5, 99)
    people = Subscribers(connection)
    people.pause("reader-0@example.org", FIRST)
    people.resume("reader-0@example.org", FIRST)
    assert waiting(connection) == 1


def test_old_runs_are_forgotten(connection):
    for day in range(70):
        run(connection, day, 10)
    assert connection.execute("SELECT count(*) FROM runs").fetchone()[0] == 60
