"""The table of departments, held against what Parliament and GOV.UK list on the day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house import House, at

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
