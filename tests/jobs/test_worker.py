"""`monitor run` as a process: it starts, works, is alone, and stops when it is told to."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.child import Child, start, start_jobs
from tests.house import CONFIG, HOME_OFFICE_FEED, House, at, document

MONDAY = at("2024-12-09 10:00")
TUESDAY = at("2024-12-10 08:00")
PLAN = document("plan", "Calais Group plan", "<p>Together against small boats.</p>", "2024-12-09 11:30")
A_FEW_SECONDS = 8.0


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A monitor that was read once, with news since then and somebody to tell."""
    with House(tmp_path, config=CONFIG.replace('timeout    = "5s"', 'timeout    = "1s"\ndeadline   = "1s"')) as house:
        house.subscribe("border-security", now=MONDAY)
        house.run("run", "--once", now=MONDAY)
        house.world.publish(PLAN)
        house.publisher.reset_counts()
        yield house


@contextmanager
def working(house: House) -> Iterator[Child]:
    """A worker that runs meanwhile, kept waiting by the Home Office."""
    child = start(house, "run", now=TUESDAY)
    try:
        house.publisher.wait_until(lambda: house.publisher.count(HOME_OFFICE_FEED) == 1, 30)
        yield child
    finally:
        child.kill()


def test_it_works_until_it_is_told_to_stop(house: House) -> None:
    worker = start(house, "run", now=TUESDAY)
    outbox = house.folder / "var" / "outbox"
    house.publisher.wait_until(lambda: house.publisher.count(HOME_OFFICE_FEED) == 1, 30)
    for _ in range(500):
        if list(outbox.glob("*.eml")):
            break
        house.publisher.wait(0.01)
    worker.process.send_signal(signal.SIGTERM)
    end = worker.wait(A_FEW_SECONDS)
    assert end.code == 0
    assert end.err == "monitor: at work; stop it with Ctrl-C or SIGTERM\nmonitor: stopped\n"
    assert [mail["Subject"] for mail in house.mails()] == ["1 new: Calais Group plan (10 Dec)"]
    assert house.run("run", "--once", now=TUESDAY).json["deliver"]["sent"] == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_within_seconds_while_a_publisher_keeps_it_waiting(house: House, number: signal.Signals) -> None:
    house.publisher.set(HOME_OFFICE_FEED, "<feed/>", hang=True)
    worker = start(house, "run", now=TUESDAY)
    house.publisher.wait_until(lambda: house.publisher.count(HOME_OFFICE_FEED) == 1, 30)
    worker.process.send_signal(number)
    assert worker.wait(A_FEW_SECONDS).code == 0
    house.publisher.remove(HOME_OFFICE_FEED)
    house.run("run", "--once", now=at("2024-12-10 09:00"))
    assert house.run("run", "--once", now=at("2024-12-11 08:00")).code == 0
    assert len(house.mails()) == 1


def test_a_second_worker_is_refused_and_the_first_is_not_disturbed(house: House) -> None:
    house.publisher.set(HOME_OFFICE_FEED, "<feed/>", hang=True)
    with working(house) as first:
        for command in (["run"], ["run", "--once"], ["poll"], ["deliver"]):
            second = house.run(*command, now=TUESDAY)
            assert second.code == 75
            assert second.err.startswith("monitor: another monitor is at work here; wait for it, or stop it: ")
        assert first.process.poll() is None


def test_what_only_reads_and_who_subscribes_need_not_wait_for_the_worker(house: House) -> None:
    house.publisher.set(HOME_OFFICE_FEED, "<feed/>", hang=True)
    with working(house):
        assert house.subscribe("border-security", address="late@example.org", now=TUESDAY).code == 0
        assert house.run("search", "boats").code in (0, 3)
        assert house.run("status").code in (0, 75)
        assert house.run("digest", "status").code == 0


def test_a_killed_worker_leaves_no_lock_behind(house: House) -> None:
    worker = start(house, "run", now=TUESDAY)
    house.publisher.wait_until(lambda: house.publisher.count(HOME_OFFICE_FEED) == 1, 30)
    worker.kill()
    assert house.run("run", "--once", now=at("2024-12-10 08:30")).code == 0


def test_a_surprise_ends_it_with_a_trace_and_exit_code_1(house: House) -> None:
    with closing(sqlite3.connect(house.folder / "var" / "archive.db")) as archive:
        archive.execute("ALTER TABLE faults RENAME TO faults_of_old")
        archive.commit()
    end = start(house, "run", now=TUESDAY).wait()
    assert end.code == 1
    assert "no such table: faults" in end.err


def test_the_jobs_package_is_the_same_worker(house: House) -> None:
    worker = start_jobs(house)
    house.publisher.wait_until(lambda: house.publisher.count(HOME_OFFICE_FEED) == 1, 30)
    worker.process.send_signal(signal.SIGTERM)
    assert worker.wait(A_FEW_SECONDS).code == 0


def test_after_a_run_signals_do_again_what_they_did_before(house: House) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    assert house.run("run", "--once", now=TUESDAY).code == 0
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before
