"""An operator copies templates out, changes them, and is told of every mistake before a mail is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import CONFIG, READER, House, at, document

MONDAY = at("2024-12-09 10:00")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path, config=f'templates_dir = "mine"\n{CONFIG}') as house:
        yield house


def test_templates_are_copied_to_where_the_config_says_and_those_that_are_there_are_left_alone(house, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "digest.txt").write_text("{{ stop_all }}")
    told = house.run("templates", "copy", "digest", "styles.html", now=MONDAY).json
    assert told == {
        "folder": str(tmp_path / "mine"),
        "copied": ["digest.html", "digest.subject.txt", "styles.html"],
        "kept": ["digest.txt"],
    }
    assert (tmp_path / "mine" / "digest.txt").read_text() == "{{ stop_all }}"
    assert house.run("check", now=MONDAY).code == 0


def test_an_unknown_template_is_a_usage_error_that_names_those_there_are(house):
    told = house.run("templates", "copy", "digset", now=MONDAY)
    assert told.code == 2
    assert "digest.html" in told.err


def test_before_there_is_a_config_all_of_them_are_copied_to_the_folder_named(tmp_path):
    with House(tmp_path, config="not a config") as house:
        told = house.run("templates", "copy", "--to", str(tmp_path / "new"), now=MONDAY)
    assert told.code == 0
    assert {"digest.html", "layout.html", "fault.txt"} <= {path.name for path in (tmp_path / "new").iterdir()}


def test_a_mistake_in_a_template_is_told_with_its_line_by_check_and_nothing_runs(house, tmp_path):
    house.run("templates", "copy", "digest", now=MONDAY)
    with (tmp_path / "mine" / "digest.txt").open("a") as file:
        file.write("\n{{ digest.leed }}\n")
    lines = len((tmp_path / "mine" / "digest.txt").read_text().splitlines())
    told = house.run("check", now=MONDAY)
    assert told.code == 78
    [problem] = told.json["problems"]
    assert (problem["path"], problem["line"]) == (str(tmp_path / "mine" / "digest.txt"), lines)
    refused = house.run("run", "--once", now=MONDAY)
    assert refused.code == 78
    assert f"digest.txt:{lines}:1: template: " in refused.err


def test_a_changed_template_is_what_goes_out(house, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "digest.subject.txt").write_text("Good morning: {{ digest.tally }}")
    house.run("run", "--once", now=MONDAY)
    house.run("subscriber", "add", READER, "--watch", "border-security", "--confirmed", now=MONDAY)
    house.world.publish(document("one", "Plan one", "<p>All about small boats.</p>", "2024-12-09 17:00"))
    house.run("run", "--once", now=at("2024-12-10 08:00"))
    [mail] = house.mails()
    assert mail["Subject"] == "Good morning: 1 new"
