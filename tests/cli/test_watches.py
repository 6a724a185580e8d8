"""An operator tries a watch on the past before it mails anyone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import CONFIG, House, at, document, statement

MONDAY = at("2024-12-09 10:00")
EXAMPLES = '[[watch.test]]\nmatch = ["HCWS280"]\nno_match = ["HCWS281", "HCWS999"]\n\n[mail]'


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path, config=CONFIG.replace("[mail]", EXAMPLES)) as house:
        house.world.publish(document("boats", "Boats", "<p>On small boats.</p>", "2024-12-02 09:00"))
        house.world.make_statement(statement(280, "Borders", "<p>On people smuggling.</p>", "2024-12-05"))
        house.world.make_statement(statement(281, "Pensions", "<p>On pensions.</p>", "2024-12-06"))
        house.run("run", "--once", now=MONDAY)
        yield house


def test_a_back_test_counts_what_a_watch_would_have_brought_by_week(house: House) -> None:
    trial = house.run("watch", "test", "border-security", "--since", "2024-11-25", now=MONDAY).json
    assert trial["weeks"] == [
        {"from": "2024-11-25", "count": 0},
        {"from": "2024-12-02", "count": 2},
        {"from": "2024-12-09", "count": 0},
    ]
    assert trial["departments"] == [["Home Office", 2]]
    assert [sample["title"] for sample in trial["samples"]] == ["Borders", "Boats"]


def test_examples_hold_or_are_said_not_to(house: House) -> None:
    outcome = house.run("watch", "test", "border-security", now=MONDAY)
    assert [(one["id"], one["passed"]) for one in outcome.json["tests"]] == [
        ("HCWS280", True),
        ("HCWS281", True),
        ("HCWS999", False),
    ]
    assert outcome.code == 1
    assert "no publication in the archive has this number" in outcome.json["tests"][2]["reason"]


def test_check_runs_the_examples_of_every_watch(house: House) -> None:
    outcome = house.run("check")
    assert (outcome.code, outcome.json["ok"]) == (1, False)
    house.write_config(CONFIG.replace("[mail]", EXAMPLES.replace(', "HCWS999"', "")))
    assert house.run("check").json["ok"] is True


def test_explain_shows_the_normal_form_and_every_spelling(house: House) -> None:
    told = house.run("watch", "explain", "border-security", now=MONDAY).json
    assert told["query"].startswith('"small boats"~ OR ')
    assert "boat" in told["variants"]["boats"]


def test_explain_tells_forms_that_nobody_has_written_so_far(house: House) -> None:
    told = house.run("watch", "explain", "--keywords", "small boats", "colour", "zeppelin", now=MONDAY)
    assert {"boats", "colour", "color"} - set(told.json["never_seen"]) == {"boats"}
    lines = house.say("watch", "explain", "--keywords", "ships boats", "zeppelin", now=MONDAY)
    assert "boats as boats; not in the archive so far: boat" in lines
    assert "zeppelin as zeppelin, zeppelins" in lines, "nothing of it is there: a warning says so"


def test_live_matching_and_the_back_test_agree(house: House) -> None:
    house.world.make_statement(statement(282, "More", "<p>A small boat and a ship.</p>", "2024-12-09"))
    live = house.run("run", "--once", now=at("2024-12-09 12:00")).json["match"]["watches"]["border-security"]
    since = house.run("watch", "test", "border-security", "--since", "2024-12-09", now=at("2024-12-09 12:00")).json
    assert live == since["total"] == 1


def test_a_watch_that_is_not_there_is_a_usage_error(house: House) -> None:
    assert house.run("watch", "test", "borders").code == 2
    assert "border-security" in house.run("watch", "explain").err
