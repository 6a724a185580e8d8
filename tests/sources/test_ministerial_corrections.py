"""Corrections in Hansard: found by the title of their tree, read with who speaks and who puts it right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.model.exchange import Page
from monitor.model.publication import Publication
from monitor.sources.ministerial_corrections import MinisterialCorrections
from tests.sources.answers import answer, feed

SOURCE = MinisterialCorrections()
API = "https://hansard-api.parliament.uk"
DAY = f"{API}/overview/sectionsforday.json?date=2024-12-12&house=Lords"
TREE = f"{API}/overview/sectiontrees.json?section=X&date=2024-12-12&house=Lords"
SECTION = f"{API}/debates/debate/AB-12.json"


def read(body: Any, *, url: str = SECTION, status: int = 200, context: str = "") -> Page:
    return SOURCE.parse(answer(body, url=url, reader=SOURCE.slug, status=status, context=context))


def correction(*said: tuple[str | None, str]) -> Publication:
    items = [
        {"ItemType": "Contribution", "AttributedTo": who, "Value": value, "OrderInSection": place}
        for place, (who, value) in enumerate(said)
    ]
    overview = {"ExtId": "AB-12", "Date": "2024-12-12T00:00:00", "House": "Lords", "Title": "Calais Group"}
    (found,) = read({"Overview": overview, "Items": items}).publications
    return found


def tree(title: str, **root: Any) -> list[dict[str, Any]]:
    items = [
        {"Id": 1, "ParentId": None, "ExternalId": "E-1", "Title": title} | root,
        {"Id": 2, "ParentId": 1, "ExternalId": "E-2", "Title": "Treasury", "HRSTag": "hs_6bDepartment"},
        {"Id": 3, "ParentId": 2, "ExternalId": "E-3", "Title": "Budget", "HRSTag": "hs_8Statement"},
    ]
    return [{"Title": title, "LastUpdated": "2024-12-13T09:00:00", "SectionTreeItems": items}]


def test_the_days_of_three_weeks_are_asked_for_the_names_of_their_sections() -> None:
    lords = [request.url for request in SOURCE.requests(feed(SOURCE.slug, houses=["Lords"]), today=date(2024, 12, 12))]
    assert (len(lords), lords[0]) == (21, DAY)


def test_sections_that_are_known_to_be_something_else_are_not_asked_for() -> None:
    page = read(["Debate", "WestHall", "WMS", "PBC", "WrittenCorrections"], url=DAY)
    assert [request.url for request in page.follow] == [
        f"{API}/overview/sectiontrees.json?section=WrittenCorrections&date=2024-12-12&house=Lords"
    ]


@pytest.mark.parametrize("title", ["Ministerial Corrections", "Written Corrections", "Correction"])
def test_a_tree_says_by_its_title_that_it_holds_corrections(title: str) -> None:
    assert [request.url for request in read(tree(title), url=TREE).follow] == [f"{API}/debates/debate/E-3.json"]


def test_any_other_tree_holds_none() -> None:
    page = read(tree("Deposited Papers"), url=TREE)
    assert (page.follow, page.total) == ((), 0)


def test_who_said_it_and_who_puts_it_right_is_read() -> None:
    found = correction(
        ("Lord Ash & others", "There are 12 masts."),
        (
            None,
            "<strong>Letter of correction from the Minister of State, the right hon. Member for X (Ann Lee):</strong>",
        ),
        (None, "There are 13 masts."),
    )
    assert found.text.split("\n")[:2] == ["Lord Ash & others", "There are 12 masts."]
    assert (found.minister, found.role) == ("Ann Lee", "Minister of State")
    assert (found.key, found.title, found.house) == ("parliament:correction:ab-12", "Correction: Calais Group", "Lords")


def test_one_without_a_letter_is_read_all_the_same() -> None:
    found = correction((None, "Column 12: for “five” read “six”."))
    assert (found.text, found.minister, found.role) == ("Column 12: for “five” read “six”.", None, None)


def test_it_is_looked_at_again_by_its_own_address() -> None:
    asked = SOURCE.look_again("parliament:correction:ab-12", "https://hansard.parliament.uk/x")
    assert asked is not None
    assert (asked.url, asked.context) == (f"{API}/debates/debate/ab-12.json", "https://hansard.parliament.uk/x")
    assert SOURCE.look_again("parliament:1000293", "https://example.org") is None
    assert [one.kind for one in read({}, status=404, context=asked.context).departures] == ["missing"]


@pytest.mark.parametrize(
    ("body", "url", "status"),
    [([1, 2], DAY, 200), ({}, DAY, 404), ({"Overview": {"ExtId": "A"}}, SECTION, 200), ([{"x": 1}], TREE, 200)],
)
def test_what_is_none_of_them_is_refused(body: Any, url: str, status: int) -> None:
    with pytest.raises(ParseError, match=r"expected .*, got "):
        read(body, url=url, status=status)
