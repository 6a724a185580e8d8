"""When our readers improve, the archive is read again, and nobody is told of an edit that no publisher made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import House, at, document

MONDAY = at("2024-12-09 10:00")
PLAN = document("plan", "Plan", "<p>On small boats.</p><p>A second block.</p>", "2024-12-09 09:00")
URL = f"https://www.gov.uk{PLAN.path}"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        house.run("run", "--once", now=at("2024-12-09 08:00"))
        house.world.publish(PLAN)
        house.run("run", "--once", now=MONDAY)
        an_older_reader_made(house, "On small boats. A second block.")
        yield house


def an_older_reader_made(house: House, text: str) -> None:
    """As if the version in the archive had been read by an earlier edition, which ran the blocks together."""
    with sqlite3.connect(house.folder / "var" / "archive.db") as archive:
        archive.execute("DROP TRIGGER versions_are_append_only")
        archive.execute("UPDATE versions SET reading = '0', text = ?, fingerprint = '1:0'", (text,))
        archive.execute("UPDATE publications SET fingerprint = '1:0'")
    archive.close()


def test_a_text_that_is_only_read_otherwise_is_kept_and_told_to_nobody(house: House) -> None:
    house.world.edit(PLAN.path, at=at("2024-12-09 10:30"))
    report = house.run("run", "--once", now=at("2024-12-09 11:00")).json
    assert report["poll"]["changes"] == []
    assert house.run("show", URL).json["text"] == "On small boats.\nA second block."
    assert house.run("diff", URL, "1..2").json["summary"] == "nothing changed"


def test_an_edit_is_compared_with_the_text_as_it_is_read_today(house: House) -> None:
    house.world.edit(PLAN.path, at=at("2024-12-09 10:30"), body_html="<p>On small boats.</p><p>A third block.</p>")
    [change] = house.run("run", "--once", now=at("2024-12-09 11:00")).json["poll"]["changes"]
    assert (change["kind"], change["words_added"], change["words_removed"]) == ("updated", 1, 1)
    told = house.run("diff", URL).json
    assert [block["op"] for block in told["blocks"][-2:]] == ["equal", "change"]
    assert told["summary"] == "‘second’ became ‘third’ in ‘Plan’"
