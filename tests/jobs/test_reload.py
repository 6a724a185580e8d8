"""SIGHUP: the worker takes a changed config whole, or goes on with the one it has and says why."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.child import Child, start
from tests.house import CONFIG, HOME_OFFICE_FEED, House, at, document

MONDAY, TUESDAY = at("2024-12-09 10:00"), at("2024-12-10 08:00")
EDUCATION_FEED = "https://www.gov.uk/government/organisations/department-for-education.atom"
MORE = CONFIG.replace(
    "[[watch]]", f'[[feed]]\nname = "education"\nsource = "govuk_atom"\nurl = "{EDUCATION_FEED}"\n\n[[watch]]', 1
).replace("small boats", "tractors")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        house.run("run", "--once", now=MONDAY)
        house.subscribe("border-security", now=MONDAY)
        house.publisher.reset_counts()
        yield house


@contextmanager
def working(house: House) -> Iterator[Child]:
    """A worker that has gone through its first beat."""
    child = start(house, "run", now=TUESDAY)
    try:
        house.publisher.wait_until(lambda: house.publisher.count(HOME_OFFICE_FEED) == 1, 30)
        yield child
    finally:
        if child.process.poll() is None:
            child.kill()


def hang_up(worker: Child, until: Callable[[str], bool]) -> str:
    """Ask the worker to read its config anew, and what it said by the time that it said so."""
    assert worker.process.stderr is not None
    worker.process.send_signal(signal.SIGHUP)
    said = ""
    while not until(said):
        line = worker.process.stderr.readline()
        assert line, f"the worker has ended: {said}"
        said += line
    return said


def ended(worker: Child) -> int:
    worker.process.send_signal(signal.SIGTERM)
    return worker.wait(20).code


def test_a_good_config_is_taken_whole(house: House) -> None:
    house.world.publish(document("plan", "Tractors", "<p>On tractors.</p>", "2024-12-10 07:00"))
    with working(house) as worker:
        house.write_config(MORE)
        said = hang_up(worker, lambda said: "is taken" in said)
        assert said.endswith("is taken: new feeds: education; watches changed: border-security\n")
        house.publisher.wait_until(lambda: house.publisher.count(EDUCATION_FEED) == 1, 40)
        assert ended(worker) == 0


@pytest.mark.parametrize(
    ("config", "complaint"),
    [
        (CONFIG.replace("title ", "titel "), "watch 'border-security' › titel: unknown key"),
        (CONFIG + '\n[store]\narchive = "var/other.db"\n', "cannot change while the monitor runs"),
        (
            CONFIG.replace('"border-security"', '"borders"', 1),
            "is new, and 'border-security', which somebody is subscribed to",
        ),
    ],
)
def test_a_config_with_a_mistake_leaves_the_worker_as_it_was_and_is_told(
    house: House, config: str, complaint: str
) -> None:
    with working(house) as worker:
        house.write_config(config)
        said = hang_up(worker, lambda said: "help: " in said)
        assert "was not taken, and the monitor goes on as it was" in said
        assert complaint in said
        house.write_config(CONFIG)
        assert hang_up(worker, lambda said: "is taken" in said).endswith("is taken: nothing is new\n")
        assert ended(worker) == 0


def test_it_is_read_anew_between_two_jobs_and_the_one_at_work_is_finished(house: House) -> None:
    house.publisher.set(HOME_OFFICE_FEED, "<feed/>", hang=True)
    with working(house) as worker:
        house.write_config(MORE)
        worker.process.send_signal(signal.SIGHUP)
        assert worker.process.poll() is None
        house.publisher.remove(HOME_OFFICE_FEED)
        said = hang_up(worker, lambda said: "is taken" in said)
        assert "new feeds: education" in said
        assert ended(worker) == 0
