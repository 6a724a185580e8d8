"""The command line answers fast, with the right exit code, and says what went wrong in words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.cli import main
from monitor.cli.commands import COMMANDS
from tests.house import CONFIG, House, at, document

HEAVY = ("httpx", "httpcore", "feedparser", "apscheduler", "sqlite_utils", "jinja2", "pydantic", "numpy", "selectolax")
MONDAY = at("2024-12-09 10:00")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        yield house


def test_help_imports_nothing_heavy() -> None:
    script = "import sys; from monitor.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    script += f"print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(house: House, command: object) -> None:
    name = command.name  # type: ignore[attr-defined]
    outcome = house.run(name, "--help")
    assert outcome.code == 0
    assert outcome.out.startswith(f"usage: monitor {name}")


def test_an_unknown_command_is_a_usage_error_that_lists_the_commands(house: House) -> None:
    outcome = house.run("pol")
    assert outcome.code == 2
    assert "there is no command 'pol'" in outcome.err
    assert "poll" in outcome.err


def test_a_mistake_in_the_config_has_exit_code_78_and_its_place(house: House) -> None:
    house.write_config(CONFIG.replace("keywords", "keyword"))
    outcome = house.run("run", "--once")
    assert outcome.code == 78
    assert "config.toml:19:1: watch 'border-security'" in outcome.err
    assert "did you mean 'keywords'?" in outcome.err
    assert "Traceback" not in outcome.err


def test_check_tells_all_mistakes_at_once_as_json_too(house: House) -> None:
    house.write_config(CONFIG.replace("keywords", "keyword").replace("govuk_atom", "govuk_atm"))
    outcome = house.run("check")
    assert outcome.code == 78
    assert outcome.json["ok"] is False
    assert len(outcome.json["problems"]) >= 3


def test_a_time_that_is_none_is_a_usage_error() -> None:
    assert main(["--now", "yesterday", "status"]) == 2


def test_reading_before_there_is_an_archive_says_what_to_do(house: House) -> None:
    outcome = house.run("search", "anything")
    assert outcome.code == 3
    assert "monitor run --once" in outcome.err


def test_a_search_without_results_has_exit_code_3(house: House) -> None:
    house.run("run", "--once", now=MONDAY)
    assert house.run("search", "unicorns").code == 3


def test_a_feed_that_is_not_in_the_config_is_a_usage_error(house: House) -> None:
    outcome = house.run("poll", "hmoe-office", now=MONDAY)
    assert outcome.code == 2
    assert "statements, home-office" in outcome.err


def test_two_writers_do_not_work_at_once(house: House) -> None:
    from monitor.database import writer_lock

    with writer_lock(house.folder / "var" / "archive.db"):
        outcome = house.run("run", "--once", now=MONDAY)
    assert outcome.code == 75
    assert "another monitor is at work" in outcome.err


def test_a_store_that_cannot_be_written_is_said_and_nothing_is_asked(house: House) -> None:
    (house.folder / "var").write_text("a file where a folder should be")
    outcome = house.run("run", "--once", now=MONDAY)
    assert outcome.code == 75
    assert str(house.folder / "var") in outcome.err
    assert house.publisher.asked == []


def test_subscribers_are_added_listed_paused_and_erased(house: House) -> None:
    assert (
        house.run("subscriber", "add", "a@example.org", "--watch", "border-security", now=MONDAY).json["state"]
        == "pending"
    )
    assert house.run("subscriber", "confirm", "a@example.org", now=MONDAY).json["state"] == "active"
    assert house.run("subscriber", "pause", "a@example.org", now=MONDAY).json["state"] == "paused"
    assert len(house.run("subscriber", "list").json["subscribers"]) == 1
    assert house.run("subscriber", "erase", "a@example.org", now=MONDAY).json == {"erased": True}
    assert house.run("subscriber", "show", "a@example.org").code == 3


@pytest.mark.parametrize("address", ["not an address", "a@b@c", "a@example.org\r\nBcc: x@example.org", ""])
def test_an_address_that_is_none_is_refused_in_words(house: House, address: str) -> None:
    outcome = house.run("subscriber", "add", address, "--watch", "border-security", now=MONDAY)
    assert outcome.code == 2
    assert "Traceback" not in outcome.err


def test_a_watch_that_is_not_in_the_config_cannot_be_subscribed_to(house: House) -> None:
    outcome = house.run("subscriber", "add", "a@example.org", "--watch", "borders", now=MONDAY)
    assert outcome.code == 2
    assert "border-security" in outcome.err


def test_status_is_well_after_a_good_cycle(house: House) -> None:
    house.run("run", "--once", now=MONDAY)
    outcome = house.run("status")
    assert outcome.code == 0
    assert outcome.json["faults"] == []
    assert [feed["failures"] for feed in outcome.json["feeds"]] == [0, 0]


def test_show_history_and_links_find_a_publication_by_address(house: House) -> None:
    house.world.publish(document("plan", "Plan", '<p>See <a href="/guidance/x">x</a>.</p>', "2024-12-08 09:00"))
    house.run("run", "--once", now=MONDAY)
    url = "https://www.gov.uk/government/publications/plan"
    shown = house.run("show", url).json
    assert shown["title"] == "Plan"
    assert shown["licence"] == "Open Government Licence v3.0"
    assert [link["url"] for link in house.run("links", url).json["links"]] == ["https://www.gov.uk/guidance/x"]
    history = house.run("history", url).json
    assert [version["version"] for version in history["versions"]] == [1]
    assert history["changes"] == []


def test_init_writes_a_config_that_has_no_mistakes_and_never_overwrites(house: House, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    assert house.run("init", str(path)).code == 0
    assert house.run("init", str(path)).code == 2
    assert main(["--config", str(path), "-q", "check"]) == 0


def test_try_source_shows_what_is_read_in_a_file(house: House, tmp_path: Path) -> None:
    from tests.fakes.govuk import content_item

    path = tmp_path / "plan.json"
    path.write_bytes(content_item(document("plan", "Plan", "<p>Words.</p>", "2024-12-08 09:00")))
    page = house.run("try-source", "govuk_content", str(path), "--url", "https://www.gov.uk/api/content/x").json
    assert [one["title"] for one in page["publications"]] == ["Plan"]


def test_a_demo_wants_an_empty_folder(house: House) -> None:
    assert house.run("demo", "--folder", str(house.folder)).code == 2
