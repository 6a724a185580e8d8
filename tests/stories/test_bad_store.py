"""Stores that cannot be written to and configs that cannot be read: said plainly, and nothing is lost or asked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.child import start
from tests.house import CONFIG, House, at, document

MONDAY = at("2024-12-09 10:00")
EVENING = at("2024-12-09 18:00")
LATER = at("2024-12-09 22:00")
MORNING = at("2024-12-10 08:00")


def with_archive(path: str) -> str:
    """The config, with the archive elsewhere."""
    return f'[store]\narchive = "{path}"\n' + CONFIG


@pytest.mark.parametrize("command", [["run", "--once"], ["poll"], ["match"], ["digest", "send"], ["deliver"]])
def test_a_store_that_cannot_be_written_is_said_so(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a-file").write_text("in the way")
    with House(tmp_path, config=with_archive("a-file/archive.db")) as house:
        outcome = house.run(*command, now=MONDAY)
        assert outcome.code == 75
        assert outcome.err.startswith("monitor: the folder of the database cannot be written: ")
        assert house.publisher.asked == []


@pytest.mark.parametrize(
    ("content", "words"), [(b"no database at all" * 99, "not a database"), (None, "unable to open")]
)
def test_a_store_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes | None, words: str) -> None:
    archive = tmp_path / "archive.db"
    if content is None:
        archive.mkdir()
    else:
        archive.write_bytes(content)
    with House(tmp_path, config=with_archive("archive.db")) as house:
        outcome = house.run("run", "--once", now=MONDAY)
        assert outcome.code == 75
        assert str(archive) in outcome.err
        assert words in outcome.err
        assert content is None or archive.read_bytes() == content


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A monitor that has been read once, and a subscriber who was told nothing yet."""
    with House(tmp_path) as house:
        house.subscribe("border-security", now=MONDAY)
        assert house.run("run", "--once", now=MONDAY).code == 0
        yield house


def test_a_full_disk_is_said_plainly_and_nothing_is_lost(house: House) -> None:
    for number in range(3):
        words = " ".join(hashlib.sha256(f"{number} {place}".encode()).hexdigest() for place in range(6_000))
        html = f"<p>Small boats.</p><p>{words}</p>"
        house.world.publish(document(f"long-{number}", f"Long {number}", html, "2024-12-09 17:00"))
    largest = (house.folder / "var" / "archive.db").stat().st_size + 100_000
    starved = start(house, "run", "--once", now=EVENING, largest_file=largest).wait()
    assert starved.code == 75
    assert "Traceback" not in starved.err
    assert re.search(
        r"monitor: the database cannot be written; .*: .*archive\.db: (disk I/O error|.*disk is full)", starved.err
    )
    again = house.run("run", "--once", now=LATER)
    history = [house.run("history", change["key"]).json for change in again.json["poll"]["changes"]]
    assert again.code == 0
    assert all(len(one["changes"]) == 1 for one in history)
    house.run("run", "--once", now=MORNING)
    [mail] = house.mails()
    assert mail["Subject"].startswith("3 new")


def test_every_mistake_in_the_config_is_told_at_once_and_nothing_is_asked(tmp_path: Path) -> None:
    wrong = CONFIG.replace("keywords", "keyword").replace("timeout", "timeuot").replace('"15m"', '"soon"')
    with House(tmp_path, config=wrong) as house:
        outcome = house.run("run", "--once", now=MONDAY)
        assert outcome.code == 78
        assert "config.toml:6:1: http › timeuot: unknown key" in outcome.err
        assert "did you mean 'timeout'?" in outcome.err
        assert "did you mean 'keywords'?" in outcome.err
        assert '"soon"' in outcome.err
        assert house.publisher.asked == []
        assert not (tmp_path / "var").exists()


def test_an_address_on_no_list_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    wrong = CONFIG.replace("https://www.gov.uk/government/organisations/home-office.atom", "https://10.0.0.1/feed.atom")
    with House(tmp_path, config=wrong) as house:
        outcome = house.run("run", "--once", now=MONDAY)
        assert outcome.code in (75, 78)
        assert "10.0.0.1" in outcome.out + outcome.err
        assert house.publisher.host_count("10.0.0.1") == 0
