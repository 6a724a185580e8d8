"""The table of departments, held against what Parliament and GOV.UK list on the day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.documents import Document
from tests.house import CONFIG, House, at, document, statement

BODIES = "https://members-api.parliament.uk/api/Reference/AnsweringBodies"
ORGANISATIONS = "https://www.gov.uk/api/organisations"
TODAY = at("2026-09-15 10:00")


def organisation(slug: str, title: str, *, kind: str = "Ministerial department", **details: str) -> dict[str, Any]:
    heirs = [{"id": f"{ORGANISATIONS}/{heir}"} for heir in details.pop("heirs", "").split()]
    return {
        "id": f"{ORGANISATIONS}/{slug}", "title": title, "format": kind,
        "web_url": f"https://www.gov.uk/government/organisations/{slug}", "superseding_organisations": heirs,
        "details": {"slug": slug, "govuk_status": "live", **details},
    }  # fmt: skip


HOME = organisation("home-office", "Home Office", abbreviation="HO")
BEIS = organisation(
    "department-for-business-energy-and-industrial-strategy", "Department for Business, Energy & Industrial Strategy",
    govuk_status="closed", govuk_closed_status="split", heirs="department-for-business-and-trade",
)  # fmt: skip
FORCE = organisation("border-force", "Border Force", kind="Executive agency")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Two answering bodies, and organisations on two pages."""
    with House(tmp_path) as house:
        house.publisher.set(BODIES, json.dumps([{"id": 1, "name": "Home Office"}, {"id": 14, "name": "Treasury"}]))
        list_organisations(house, [HOME, FORCE], [BEIS])
        yield house


def list_organisations(house: House, *pages: list[dict[str, Any]]) -> None:
    for number, results in enumerate(pages, start=1):
        url = ORGANISATIONS if number == 1 else f"{ORGANISATIONS}?page={number}"
        house.publisher.set(url, json.dumps({"results": results, "current_page": number, "pages": len(pages)}))


def refresh(house: House) -> Any:
    return house.run("departments", "refresh", now=TODAY).json


def test_both_lists_are_joined_in_one_table(house: House) -> None:
    told = refresh(house)
    assert (told["listed"], len(told["new"]), told["unknown"]) == (5, 5, [])
    table = {one["key"]: one for one in house.run("departments", "list").json["departments"]}
    assert [(one["publisher"], one["id"]) for one in table["home"]["listed"]] == [
        ("parliament", "1"),
        ("govuk", "home-office"),
    ]
    assert [(one["state"], one["successors"]) for one in table["beis"]["listed"]] == [
        ("split", ["department-for-business-and-trade"])
    ]


def test_a_second_time_only_what_is_new_or_renamed_or_closed_is_said(house: House) -> None:
    refresh(house)
    closed = organisation("home-office", "Home Office", govuk_closed_status="replaced")
    walks = organisation("ministry-of-silly-walks", "Ministry of Silly Walks")
    list_organisations(house, [closed, FORCE, walks], [BEIS])
    told = refresh(house)
    assert [one["name"] for one in told["new"]] == ["Ministry of Silly Walks"]
    assert [(one["before"]["state"], one["after"]["state"]) for one in told["changed"]] == [("live", "replaced")]
    assert [one["id"] for one in told["unknown"]] == ["ministry-of-silly-walks"]


@pytest.mark.parametrize("body", ["<html>Sorry</html>", "{}", "[]", '{"results": 3}'])
def test_a_list_that_is_none_changes_nothing(house: House, body: str) -> None:
    refresh(house)
    house.publisher.set(BODIES, body)
    answer = house.run("departments", "refresh", now=TODAY)
    assert (answer.code, "expected a list of answering bodies" in answer.err) == (75, True)
    assert len(house.run("departments", "list").json["departments"][4]["listed"]) == 2


def test_the_table_is_there_before_there_is_an_archive(house: House) -> None:
    assert {one["key"] for one in house.run("departments", "list").json["departments"]} >= {"home", "hmt", "fcdo"}


RENAMED = organisation("home-office", "Department for Borders")
BY_DEPARTMENT = CONFIG.replace("[mail]", '[[watch]]\nname = "home"\nquery = \'masts dept:"Home Office"\'\n\n[mail]', 1)


def radar(name: str, department: str, day: int) -> Document:
    paper = document(f"radar-{name}", f"Radar {name}", "<p>Where the masts stand.</p>", f"2026-09-{day} 09:00")
    return replace(paper, organisation=replace(paper.organisation, title=department))


@pytest.mark.parametrize(
    ("today", "name"),
    [
        ([RENAMED], "Department for Borders"),
        (
            [
                organisation("home-office", "Home Office", govuk_closed_status="merged", heirs="department-for-all"),
                organisation("department-for-all", "Department for All"),
            ],
            "Department for All",
        ),
    ],
    ids=["renamed", "merged"],
)
def test_a_new_name_is_gone_by_from_the_refresh_on(tmp_path: Path, today: list[dict[str, Any]], name: str) -> None:
    with House(tmp_path, config=BY_DEPARTMENT) as house:
        house.publisher.set(BODIES, json.dumps([{"id": 1, "name": "Home Office"}]))
        house.run("run", "--once", now=at("2026-09-14 10:00"))
        list_organisations(house, today)
        house.world.publish(radar("plan", name, 15))
        assert house.run("run", "--once", now=at("2026-09-15 12:00")).json["match"]["matches"] == 0
        refresh(house)
        house.world.publish(radar("review", name, 16))
        assert house.run("run", "--once", now=at("2026-09-16 12:00")).json["match"]["matches"] == 1
        found = house.run("search", 'masts dept:"Home Office"').json["results"]
        assert {one["title"] for one in found} == {"Radar plan", "Radar review"}
        assert house.run("search", "masts", "--department", "Home Office").json["total"] == 2


def test_a_name_of_before_is_not_forgotten_when_there_is_another(house: House) -> None:
    for title in ("Department for Borders", "Ministry of Frontiers"):
        list_organisations(house, [organisation("home-office", title)])
        refresh(house)
    house.world.publish(radar("plan", "Department for Borders", 15))
    house.run("run", "--once", now=TODAY)
    assert house.run("search", 'masts dept:"Home Office"').json["total"] == 1


def test_a_promise_of_a_department_is_kept_under_its_new_name(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        house.publisher.set(BODIES, json.dumps([{"id": 1, "name": "Home Office"}]))
        list_organisations(house, [RENAMED])
        refresh(house)
        house.run("run", "--once", now=at("2026-09-14 10:00"))
        words = "<p>On small boats.</p><p>The coastal radar plan will be published on GOV.UK tomorrow.</p>"
        house.world.make_statement(statement(281, "Coastal watch", words, "2026-09-14"))
        house.run("run", "--once", now=at("2026-09-14 12:00"))
        house.world.publish(replace(radar("plan", "Department for Borders", 15), title="Coastal radar plan"))
        house.run("run", "--once", now=at("2026-09-15 12:00"))
        [promise] = house.run("promises").json["promises"]
        assert (promise["status"], "same department" in promise["evidence"]) == ("kept", True)
