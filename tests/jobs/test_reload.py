"""SIGHUP: the worker takes a changed config whole, or goes on with the one it has and says why."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from monitor.app import App, open_app, read_config
from monitor.errors import ConfigError
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


def opened(house: House) -> AbstractContextManager[App]:
    config = read_config(house.folder / "config.toml", cwd=house.folder, home=house.folder)
    return open_app(config, clock=lambda: TUESDAY)


def test_feeds_watches_mail_and_schedule_are_those_of_the_new_config_and_the_databases_stay_open(house: House) -> None:
    with opened(house) as app:
        house.write_config(MORE + 'per_hour = 7\n\n[schedule]\ndaily = "06:15"\n')
        new = app.reloaded()
        assert [feed.name for feed in new.publishers.feeds] == ["statements", "home-office", "education"]
        assert (new.readership.brake.per_hour, new.readership.schedule.daily) == (7, time(6, 15))
        assert new.archive is app.archive
        assert "tractors" in new.book.watches[0].keywords
        assert new.poll(everything=True).has_failures is False


def test_after_a_refusal_everything_still_works_and_it_is_a_fault_until_the_next_good_config(house: House) -> None:
    with opened(house) as app:
        house.write_config(CONFIG.replace("title ", "titel "))
        with pytest.raises(ConfigError) as refusal:
            app.reloaded()
        refused = replace(app, refused=str(refusal.value).partition("\n")[0])
        assert refused.poll(everything=True).has_failures is False
        assert refused.check().begun == ("config refused",)
        house.write_config(CONFIG)
        later = replace(refused.reloaded(), clock=lambda: at("2024-12-10 09:00"))
        assert later.check().ended == ("config refused",)


def test_templates_are_read_anew(house: House) -> None:
    templates = house.folder / "own"
    templates.mkdir()
    house.write_config('templates_dir = "own"\n' + CONFIG)
    house.world.publish(document("plan", "Plan", "<p>Small boats.</p>", "2024-12-09 17:00"))
    with opened(house) as app:
        app.poll(everything=True)
        app.match()
        subjects: list[str] = []
        for words in ("First", "Second"):
            (templates / "digest.subject.txt").write_text(words)
            app = app.reloaded()
            app.digest(look=lambda _, rendered, __: subjects.append(rendered.subject))
        assert subjects == ["First", "Second"]
