"""Hansard: which days are asked for, which sections of a tree are statements, and what a transcript says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.model.exchange import Page
from monitor.model.transcript import Transcript
from monitor.sources.hansard import Hansard
from tests.sources.answers import answer, feed

SOURCE = Hansard()
API = "https://hansard-api.parliament.uk"
TREE = f"{API}/overview/sectiontrees.json?section=WMS&date=2024-12-10&house=Commons"
SECTION = f"{API}/debates/debate/AB-12.json"
MARK = '<span id="{0}" class="column-number column-only" data-column-number="{0}"></span>'


def read(body: Any, *, url: str = SECTION, status: int = 200) -> Page:
    return SOURCE.parse(answer(body, url=url, reader="hansard", status=status))


def node(identity: int, parent: int | None, tag: str | None = "hs_8Statement", **changes: Any) -> dict[str, Any]:
    told = {"Id": identity, "ParentId": parent, "ExternalId": f"E-{identity}", "Title": "Title", "HRSTag": tag}
    return told | changes


def tree(*items: dict[str, Any], **changes: Any) -> list[dict[str, Any]]:
    return [
        {"LastUpdated": "2024-12-11T09:00:00", "Source": 2, "VolumeNo": 758, "SectionTreeItems": list(items)} | changes
    ]


def section(*values: str, **changes: Any) -> dict[str, Any]:
    items = [
        {"ItemType": "Contribution", "Value": value, "OrderInSection": place} for place, value in enumerate(values)
    ]
    told = {
        "ExtId": "AB-12",
        "Date": "2024-12-10T00:00:00",
        "House": "Commons",
        "Title": "Calais Group: Plan",
        "VolumeNo": 758,
    }
    return {"Overview": told | changes, "Items": items}


def transcript(*values: str, **changes: Any) -> Transcript:
    (found,) = read(section(*values, **changes)).transcripts
    return found


def test_three_weeks_are_asked_for_a_day_and_a_house_at_a_time() -> None:
    both = [request.url for request in SOURCE.requests(feed("hansard"), today=date(2024, 12, 10))]
    lords = list(SOURCE.requests(feed("hansard", houses=["Lords"]), today=date(2024, 12, 10)))
    assert (len(both), both[0], len(lords)) == (42, TREE, 21)
    assert both[-1].endswith("date=2024-11-20&house=Lords")


def test_a_statement_is_what_stands_under_a_heading_and_has_nothing_under_itself() -> None:
    page = read(
        tree(
            node(1, None, None), node(2, 1, "hs_6bDepartment"), node(3, 2), node(4, 2, "hs_3MainHdg"), node(5, 4, None),
            node(6, 1, "hs_6bDepartment"), node(7, 2, ExternalId="e-3"),
        ),
        url=TREE,
    )  # fmt: skip
    assert [request.url for request in page.follow] == [f"{API}/debates/debate/{name}.json" for name in ("e-3", "E-5")]


@pytest.mark.parametrize(
    "changes", [{"LastUpdated": "2024-12-28T11:00:00"}, {"Source": 3}, {"VolumeNo": 759}], ids=lambda one: next(iter(one))
)  # fmt: skip
def test_statements_are_read_again_when_the_tree_says_that_the_day_changed(changes: dict[str, Any]) -> None:
    def stamp(**changes: Any) -> str | None:
        return read(tree(node(1, None, None), node(2, 1), **changes), url=TREE).follow[0].stamp

    assert stamp() == stamp()
    assert stamp(**changes) != stamp()


def test_a_house_that_did_not_sit_has_none_and_is_believed() -> None:
    page = read([], url=TREE)
    assert (page.entries, page.total, page.follow) == (0, 0, ())


def test_the_number_at_the_end_says_whose_transcript_it_is() -> None:
    found = transcript("As I said [HCWS12] before.\r\n\r\nMore.\r\n\r\n[ HCWS293 ]")
    assert (found.identifier, found.text) == ("HCWS293", "As I said [HCWS12] before.\nMore.")
    assert transcript("It is made. [hlws45]").identifier == "HLWS45"
    assert transcript("It is made. [hlws45]").text == "It is made."


def test_a_section_without_a_number_is_left_out_and_said() -> None:
    page = read(section("A petition."))
    assert page.transcripts == ()
    assert page.remarks == ("left out “Calais Group: Plan”: Hansard gives it no number",)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ((MARK.format("29WS"), "Words.", MARK.format("30WS"), "[HCWS1]"), "29WS"),
        (("Words.", MARK.format("30WS"), "[HCWS1]"), "29WS"),
        ((f"Words {MARK.format('WS8')} on. [HLWS1]",), "WS7"),
        (("Words. [HCWS1]",), None),
        ((MARK.format("twelve"), "Words. [HCWS1]"), None),
    ],
)
def test_it_is_cited_by_the_column_it_begins_in(values: tuple[str, ...], column: str | None) -> None:
    assert transcript(*values).column == column


def test_marks_of_columns_are_no_words() -> None:
    assert transcript(f"small {MARK.format('30WS')}boats [HCWS1]").text == "small boats"


def test_markup_of_lists_and_tables_stays_as_it_is() -> None:
    assert transcript("First.\r\n\r\n<ul><li>one</li><li>two</li></ul>\r\n\r\n[HCWS1]").text == "First.\n- one\n- two"


def test_its_page_and_its_citation_are_those_of_readers() -> None:
    found = transcript(MARK.format("29WS"), "Words. [HCWS293]")
    assert found.url == "https://hansard.parliament.uk/Commons/2024-12-10/debates/AB-12/CalaisGroupPlan"
    assert found.citation == "HC Deb 10 December 2024, vol 758, col 29WS"
    assert transcript("Words. [HLWS1]", House="Lords", VolumeNo=None).citation == "HL Deb 10 December 2024"


@pytest.mark.parametrize(
    ("body", "url", "status"),
    [({}, TREE, 404), ([1, 2], TREE, 200), ({"Overview": {"ExtId": "A"}}, SECTION, 200), ([{"x": 1}], TREE, 200)],
)
def test_what_is_no_tree_and_no_section_is_refused(body: Any, url: str, status: int) -> None:
    with pytest.raises(ParseError, match=r"expected .*, got "):
        read(body, url=url, status=status)


def test_a_section_that_is_not_there_takes_nothing_away() -> None:
    page = read({}, status=404)
    assert (page.transcripts, page.departures) == ((), ())
