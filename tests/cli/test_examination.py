"""The doctor examines what the monitor relies on, live, and the operator is told of what goes wrong in between."""

from __future__ import annotations

import json
import sqlite3
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.doctor import doctor, doctor_options
from monitor.cli.session import Session
from tests.house import HOME_OFFICE_FEED, House, at, document
from tests.mail.test_doctor import GOOD, Names

MONDAY = at("2024-12-09 10:00")
TUESDAY = at("2024-12-10 08:00")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        yield house


def examine(house: House, *arguments: str) -> tuple[int, dict[str, dict[str, tuple[str, str]]]]:
    """The exit code, and what was found: part, subject, verdict and words."""
    parser, out = ArgumentParser(), StringIO()
    doctor_options(parser)
    session = Session(
        house.folder / "config.toml", MONDAY, None, wants_json=True, is_verbose=False, is_quiet=False, out=out, err=out
    )
    code = doctor(session, parser.parse_args(arguments), Names(GOOD))
    shape: dict[str, list[dict[str, Any]]] = json.loads(out.getvalue())
    return code, {
        part: {one["subject"]: (one["verdict"], one["said"]) for one in found} for part, found in shape.items()
    }


def test_a_monitor_whose_feeds_answer_is_well(house):
    code, found = examine(house, "--selector", "k1")
    assert code == 0
    assert list(found) == ["feeds", "machine", "mail"]
    assert found["feeds"]["statements"][0] == found["feeds"]["home-office"][0] == "well"
    assert found["feeds"]["home-office"][1].startswith("200, ")
    assert set(found["feeds"]) == {"statements", "home-office", "clock"}
    assert {"disk", "SQLite"} <= set(found["machine"])
    assert found["mail"]["folder"][0] == found["mail"]["SPF"][0] == "well"


def test_each_feed_is_asked_once_and_nothing_is_kept(house, tmp_path):
    examine(house)
    asked = [asked.url for asked in house.publisher.asked if "robots" not in asked.url]
    assert len(asked) == 2
    assert not (tmp_path / "var" / "archive.db").exists()


def test_a_feed_that_cannot_be_read_is_told_with_its_reason_and_the_others_are_asked(house):
    house.publisher.set(HOME_OFFICE_FEED, "busy", status=503)
    code, found = examine(house)
    assert code == 75
    assert found["feeds"]["home-office"] == ("wrong", found["feeds"]["home-office"][1])
    assert "503" in found["feeds"]["home-office"][1]
    assert found["feeds"]["statements"][0] == "well"


def test_mail_alone_asks_no_publisher(house):
    _, found = examine(house, "--mail")
    assert list(found) == ["mail"]
    assert house.publisher.asked == []


def test_a_publication_that_a_digest_passed_over_is_told_to_the_operator(house, tmp_path):
    house.run("run", "--once", now=MONDAY)
    house.subscribe("border-security", now=MONDAY)
    house.world.publish(document("boats", "On small boats", "<p>On small boats.</p>", "2024-12-09 12:00"))
    house.run("run", "--once", now=TUESDAY)
    house.run("run", "--once", now=at("2024-12-10 08:10"))
    assert house.notices() == []
    with closing(sqlite3.connect(tmp_path / "var" / "mail.db")) as connection, connection:
        connection.execute("DELETE FROM told")
    house.run("run", "--once", now=at("2024-12-10 08:20"))
    house.run("run", "--once", now=at("2024-12-10 08:30"))
    assert house.notices() == ["Monitor: 1 fault: items not mailed"]


def test_a_clock_that_was_set_back_is_told_to_the_operator_once_and_so_is_its_end(house):
    house.run("run", "--once", now=TUESDAY)
    house.run("run", "--once", now=MONDAY)
    house.run("run", "--once", now=MONDAY)
    house.run("run", "--once", now=TUESDAY)
    assert house.notices() == ["Monitor: 1 fault: clock wrong", "Monitor: 1 recovered: clock wrong"]
