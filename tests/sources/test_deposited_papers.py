"""Deposited papers: what is asked for, which rows are followed, what a paper says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.model.exchange import Page, Request
from monitor.sources.deposited_papers import DepositedPapers
from tests.sources.answers import answer, feed

SOURCE = DepositedPapers()
API = "https://depositedpapers-api.parliament.uk/api/DepositedPapers"
LIST = f"{API}?Skip=0&Take=100"


def row(identity: int = 7, **changes: Any) -> dict[str, Any]:
    paper = {
        "paperId": identity, "paperNumber": f"DEP2026-{identity:04}", "title": "Plan", "houses": ["Commons"],
        "depositingDepartments": ["Home Office"], "corporateAuthors": [], "dateUpdated": "2026-09-11T10:00:00",
    }  # fmt: skip
    return {"value": paper | changes, "links": []}


def read(body: Any, *, url: str = LIST, **options: Any) -> Page:
    return SOURCE.parse(answer(body, url=url, reader="deposited_papers", **options))


def ask(**options: object) -> Request:
    (request,) = SOURCE.requests(feed("deposited_papers", **options), today=date(2026, 9, 15))
    return request


def test_the_list_reaches_back_a_fortnight_for_papers_that_appear_late() -> None:
    assert ask().url == (
        f"{API}?House=All&DepositedFrom=2026-09-01&DepositedTo=2026-09-15&OrderBy=CommitmentDateDesc&Skip=0&Take=100"
    )
    assert "House=Lords&" in ask(houses=["Lords"]).url


def test_departments_are_told_apart_by_their_names_on_every_page() -> None:
    wanted = ask(departments=["home office", "Cabinet Office"]).context
    rows = [
        row(1),
        row(2, depositingDepartments=["Ministry of Defence"]),
        row(3, depositingDepartments=["Cabinet  Office"]),
    ]
    page = read({"items": rows, "totalResults": 9}, context=wanted)
    assert [request.url for request in page.follow] == [f"{API}/1", f"{API}/3", f"{API}?Skip=3&Take=100"]
    assert page.follow[-1].context == wanted


def test_a_paper_is_read_again_when_its_row_says_something_else() -> None:
    def stamp(**changes: Any) -> str | None:
        return read({"items": [row(**changes)], "totalResults": 1}).follow[0].stamp

    assert stamp(title=" Plan ") == stamp()
    for changed in ({"dateUpdated": "2026-09-12T10:00:00"}, {"title": "Plans"}, {"houses": ["Commons", "Lords"]}):
        assert stamp(**changed) != stamp()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"title": "Server error", "status": 500}, "got a problem report: 500 Server error"),
        ({"items": [], "totalResults": 2}, "expected 2 papers in all, got an empty page after 0"),
        ({"items": []}, "expected totalResults"),
        ({"items": [{"value": {"title": "x"}}], "totalResults": 1}, "expected a row with a paperId"),
        ({"value": {"paperId": 7}}, "expected a paper with paperId and title"),
    ],
)
def test_an_answer_that_is_no_list_and_no_paper_is_refused(body: Any, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint):
        read(body)


def test_a_paper_that_is_not_there_is_a_departure_of_its_page() -> None:
    request = SOURCE.look_again(
        "parliament:deposited-paper:7", "https://depositedpapers.parliament.uk/depositedpaper/7/details"
    )
    assert request is not None
    assert request.url == f"{API}/7"
    (departure,) = read(b"", url=request.url, status=404, context=request.context).departures
    assert departure.url == "https://depositedpapers.parliament.uk/depositedpaper/7/details"


@pytest.mark.parametrize("status", [404, 410])
def test_a_list_that_is_not_there_is_refused_and_no_departure(status: int) -> None:
    with pytest.raises(ParseError, match=f"expected a list of papers, got status {status}"):
        read(b"", status=status)


@pytest.mark.parametrize("key", ["parliament:7", "govuk:7:en", "parliament:deposited-paper:x"])
def test_keys_of_other_sources_are_not_its_to_read_again(key: str) -> None:
    assert SOURCE.look_again(key, "https://example.org/") is None
