"""Parliament's written statements: what is asked for, what moves a stamp and what does not, what a statement says."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.model.exchange import Page
from monitor.model.publication import Relation
from monitor.sources.written_statements import WrittenStatements
from tests.sources.answers import answer, feed

SOURCE = WrittenStatements()
API = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements"
LIST = f"{API}?madeWhenFrom=2026-09-08&madeWhenTo=2026-09-15&take=100&skip=0"


def row(identity: int = 7, **changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": identity, "uin": f"HCWS{identity}", "dateMade": "2026-09-10T00:00:00", "title": "Quays", "text": "Safer quays.",
        "memberRole": "Minister of State", "member": {"name": "Alex Example"}, "answeringBodyName": "Home Office",
        "house": "Commons", "hasAttachments": False, "hasLinkedStatements": True, "linkedStatements": [], "attachments": [],
    }  # fmt: skip
    return value | changes


def listing(*rows: dict[str, Any], total: int | None = None, serial: int = 1) -> dict[str, Any]:
    results = [
        {"value": value, "links": [{"rel": "self", "href": f"/Statements/{serial + place}"}]}
        for place, value in enumerate(rows)
    ]
    return {"totalResults": len(rows) if total is None else total, "results": results}


def read(body: Any, *, url: str = LIST, **options: Any) -> Page:
    return SOURCE.parse(answer(body, url=url, reader="written_statements", **options))


def stamp_of(value: dict[str, Any], **options: Any) -> str | None:
    (request,) = read(listing(value, **options)).follow
    return request.stamp


def ask(**options: object) -> str:
    (request,) = SOURCE.requests(feed("written_statements", **options), today=date(2026, 9, 15))
    return request.url


def test_both_houses_are_asked_for_in_one_list_of_the_last_seven_days() -> None:
    assert ask() == (
        f"{API}?expandMember=true&house=Bicameral&madeWhenFrom=2026-09-08&madeWhenTo=2026-09-15&sessionStatus=Any"
        "&take=100&skip=0"
    )
    assert ask(houses=["Lords", "Commons"]) == ask()


def test_one_house_can_be_asked_for_alone() -> None:
    assert "house=Lords&" in ask(houses=["Lords"])


def test_the_stamp_of_a_row_moves_with_its_words() -> None:
    for changed in ({"title": "Piers"}, {"text": "Safest quays."}, {"memberRole": "Whip"}, {"hasAttachments": True}):
        assert stamp_of(row(**changed)) != stamp_of(row())


def test_the_noise_of_a_row_does_not_move_its_stamp() -> None:
    joint = [{"linkedStatementId": 6, "linkType": "JointStatement", "linkDate": "2026-09-10T00:00:00"}]
    assert stamp_of(row(), serial=99) == stamp_of(row())
    assert stamp_of(row(linkedStatements=None)) == stamp_of(row())
    assert stamp_of(row(linkedStatements=joint)) == stamp_of(row())
    assert stamp_of(row(title=" Quays\u00a0 ")) == stamp_of(row())


@pytest.mark.parametrize("made", ["2026-09-10", "2026-09-10T00:00:00.000", "2026-09-10T00:00:00Z"])
def test_a_day_that_is_written_otherwise_is_the_same_day(made: str) -> None:
    written, otherwise = (
        SOURCE.parse(answer({"value": row(dateMade=day)}, reader="written_statements", url=f"{API}/7"))
        for day in ("2026-09-10T00:00:00", made)
    )
    assert written.publications == otherwise.publications


def test_a_correction_of_a_statement_moves_its_stamp_but_not_that_of_the_correction() -> None:
    later = [{"linkedStatementId": 8, "linkType": "CorrectedStatement"}]
    earlier = [{"linkedStatementId": 6, "linkType": "CorrectedStatement"}]
    assert stamp_of(row(linkedStatements=later)) != stamp_of(row())
    assert stamp_of(row(linkedStatements=earlier)) == stamp_of(row())


def test_a_statement_listed_twice_is_asked_for_once() -> None:
    assert len(read(listing(row(7), row(7), row(8))).follow) == 2


def test_pages_follow_until_every_statement_is_seen() -> None:
    rows = [row(identity) for identity in range(1, 102)]
    seen, url, pages = set(), LIST, 0
    while url:
        skip = int(url.rpartition("=")[2])
        page = read(listing(*rows[skip : skip + 100], total=101), url=url)
        pages += 1
        seen |= {request.url for request in page.follow if "?madeWhen" not in request.url}
        url = next((request.url for request in page.follow if "?madeWhen" in request.url), "")
    assert (len(seen), pages) == (101, 2)


def test_a_week_without_statements_is_an_empty_page_that_can_be_believed() -> None:
    assert read({"totalResults": 0, "results": []}) == Page(total=0)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"title": "Internal Server Error", "status": 500}, "a problem report: 500 Internal Server Error"),
        (
            {"title": "Error", "status": 500, "detail": "Try later", "results": None},
            "a problem report: 500 Error Try later",
        ),
        ({"results": []}, "expected totalResults"),
        ({"totalResults": 3, "results": []}, "expected 3 statements in all, got an empty page after 0"),
        (
            {"totalResults": 1, "results": [{"value": {"uin": "HCWS1"}}]},
            "expected a row with an id, got an object with uin",
        ),
        ({"value": {"id": 7, "title": "Quays"}}, "expected a statement with id, uin, title and dateMade"),
        ({"value": row(uin="")}, "expected a statement with id, uin, title and dateMade"),
    ],
)
def test_an_answer_that_is_no_list_and_no_statement_is_refused(body: Any, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint):
        read(body)


def test_a_statement_that_is_gone_is_a_departure_of_its_page_not_of_its_api_address() -> None:
    request = SOURCE.look_again("parliament:7", "https://questions-statements.parliament.uk/x/hcws7")
    assert request is not None
    (departure,) = read(b"", url=request.url, status=404, context=request.context).departures
    assert (departure.kind, departure.url) == ("missing", "https://questions-statements.parliament.uk/x/hcws7")


@pytest.mark.parametrize("status", [404, 410])
def test_a_list_that_is_not_there_is_refused_and_no_departure(status: int) -> None:
    with pytest.raises(ParseError, match=f"expected a list of statements, got status {status}"):
        read(b"", status=status)


@pytest.mark.parametrize("key", ["govuk:1:en", "parliament:x", "feed:a:parliament:7", "parliament:7:en"])
def test_keys_of_other_sources_are_not_its_to_read_again(key: str) -> None:
    assert SOURCE.look_again(key, "https://www.gov.uk/a") is None


def test_links_to_others_never_disturb_a_reading(corpus: Path) -> None:
    whole = json.loads((corpus / "parliament/questions-statements-api/wms-statement-1943121.json").read_bytes())
    without = deepcopy(whole)
    without["value"]["linkedStatements"] = None
    (one,), (other,) = (read(body, url=f"{API}/1943121").publications for body in (whole, without))
    assert one.relations == (Relation("joint-statement", "parliament:1943120"),)
    assert (one.text, one.title, other.relations) == (other.text, other.title, ())


def test_the_real_statement_is_read_whole(corpus: Path) -> None:
    body = (corpus / "parliament/questions-statements-api/wms-statement-1943121.json").read_bytes()
    (statement,) = read(body, url=f"{API}/1943121").publications
    assert statement.key == "parliament:1943121"
    assert statement.url == "https://questions-statements.parliament.uk/written-statements/detail/2026-09-15/hcws353"
    assert (statement.identifier, statement.minister, statement.department) == ("HCWS353", "Dan Jarvis", "Home Office")
    assert statement.role == "The Minister of State for Security"
    assert statement.text.startswith("Today the Government published the Anti-Money Laundering")
    assert "\n\n" not in statement.text


def test_three_recordings_of_one_statement_within_a_second_carry_one_stamp(corpus: Path) -> None:
    folder = corpus / "parliament/questions-statements-api"
    stamps = set()
    for name in ("fetch_statements_get.json", "fetch_statements_member_get.json"):
        page = read((folder / name).read_bytes())
        stamps |= {request.stamp for request in page.follow if "/1282160?" in request.url}
    assert len(stamps) == 1
    assert None not in stamps


def test_the_real_lists_name_every_statement(corpus: Path) -> None:
    folder = corpus / "parliament/questions-statements-api"
    assert len(read((folder / "fetch_statements_get.json").read_bytes()).follow) == 10
    assert len(read((folder / "wms-list-2026-09-15.json").read_bytes()).follow) == 3
