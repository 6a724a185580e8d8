"""A statement promises a document; it arrives, or it does not, and its readers are told once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.documents import ASSETS, Document, FileAttachment
from tests.fakes.pdf_files import pdf_of, set_in_lines
from tests.house import CONFIG, House, at, body_of, document, statement

MONDAY = at("2024-12-09 10:00")
PROMISE = "<p>On small boats.</p><p>The coastal radar plan will be published on GOV.UK by Friday 13 December.</p>"
PDF = pdf_of([set_in_lines("The coastal radar plan says where the masts will stand.", top=700)])
PLAN_FILE = FileAttachment("radar-pdf", "Coastal radar plan", "radar.pdf", "5f0000000000000000000001", PDF)
PLAN = document(
    "coastal-radar-plan",
    "Coastal radar plan",
    "<p>Where the masts will stand.</p>",
    "2024-12-11 17:00",
    files=(PLAN_FILE,),
)
PLAN_URL = f"https://www.gov.uk{PLAN.path}"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        house.subscribe("border-security", now=MONDAY)
        house.run("run", "--once", now=MONDAY)
        house.world.make_statement(statement(281, "Coastal watch", PROMISE, "2024-12-10"))
        house.run("run", "--once", now=at("2024-12-10 12:00"))
        yield house


def the_promise(house: House) -> dict[str, object]:
    [promise] = house.run("promises").json["promises"]
    return dict(promise)


def state_of_the_file(house: House, number: int = 0) -> str:
    return str(house.run("show", PLAN_URL).json["attachments"][number]["text_state"])


def published(house: House, plan: Document = PLAN) -> None:
    house.world.publish(plan)


def test_a_promise_is_entered_with_its_sentence_and_its_day(house: House) -> None:
    promise = the_promise(house)
    assert promise["expected"] == "coastal radar plan"
    assert promise["quote"] == "The coastal radar plan will be published on GOV.UK by Friday 13 December."
    assert (promise["where"], promise["due_by"], promise["status"]) == (["gov.uk"], "2024-12-13", "open")


def test_a_document_that_no_watch_matches_still_reaches_the_readers_of_the_statement(house: House) -> None:
    house.run("run", "--once", now=at("2024-12-11 07:35"))
    published(house)
    house.run("run", "--once", now=at("2024-12-11 17:30"))
    assert the_promise(house)["status"] == "kept"
    house.run("run", "--once", now=at("2024-12-12 07:35"))
    first, second = house.mails()
    assert "PROMISED, expected by 13 Dec 2024: coastal radar plan" in " ".join(body_of(first).split())
    assert "ARRIVED: Coastal radar plan" in body_of(second)
    assert second["Subject"].startswith("1 promised document arrived: Coastal radar plan")


def test_show_links_and_promises_say_what_came_and_how_long_after(house: House) -> None:
    published(house, replace(PLAN, files=(replace(PLAN_FILE, command_paper_number="CP 1210", pages=None),)))
    house.run("run", "--once", now=at("2024-12-11 17:30"))
    said = "Policy paper, CP 1210, 1 page, found 29 h after the statement"
    for command in (("promises",), ("show", "HCWS281"), ("links", "HCWS281"), ("show", PLAN_URL), ("links", PLAN_URL)):
        [promise] = house.run(*command).json["promises"]
        assert (promise["status"], promise["document"]["said"]) == ("kept", said)
        assert (promise["document"]["pages"], promise["document"]["minutes_after"]) == (1, 29 * 60)
        assert said in house.say(*command)
    [link] = [link for link in house.run("links", PLAN_URL).json["links"] if link["rel"] == "promised"]
    assert (link["from"], link["method"], link["sentence"]) == ("parliament:1000281", "promise", promise["quote"])
    assert house.run("status").json["promises"] == {"open": 0, "possible": 0, "overdue": 0, "kept": 1, "refused": 0}


def test_a_promise_that_is_due_soon_is_called_to_mind_in_a_mail_that_has_news(house: House) -> None:
    house.run("run", "--once", now=at("2024-12-11 07:35"))
    house.run("run", "--once", now=at("2024-12-12 07:35"))
    assert len(house.mails()) == 1
    house.world.make_statement(statement(282, "Boats", "<p>Small boats again.</p>", "2024-12-12"))
    house.run("run", "--once", now=at("2024-12-13 07:35"))
    words = " ".join(body_of(house.mails()[1]).split())
    assert "PROMISED, expected by 13 Dec 2024: coastal radar plan" in words
    assert "Promised in: Coastal watch · HCWS281 · 10 Dec 2024" in words
    assert house.mails()[1]["Subject"] == "1 new: Boats (13 Dec)"


def test_a_promise_without_a_day_is_called_to_mind_after_a_month(house: House) -> None:
    promise = PROMISE.replace("by Friday 13 December", "in due course")
    house.world.make_statement(statement(283, "Lights", promise.replace("radar", "light"), "2024-12-10"))
    house.run("run", "--once", now=at("2024-12-11 07:35"))
    for day in ("2025-01-06", "2025-01-09", "2025-01-20"):
        number = int(day[-2:])
        house.world.make_statement(statement(300 + number, f"Day {number}", "<p>Small boats.</p>", day))
        house.run("run", "--once", now=at(f"{day} 07:35"))
    reminded = ["coastal light plan" in " ".join(body_of(mail).split()) for mail in house.mails()]
    assert reminded == [False, True, False, True, False]


def test_a_promise_past_its_day_is_overdue_once_and_can_still_be_kept(house: House) -> None:
    for day in ("2024-12-11", "2024-12-13", "2024-12-14", "2024-12-15"):
        house.run("run", "--once", now=at(f"{day} 07:35"))
    assert the_promise(house)["status"] == "overdue"
    assert sum("1 promised document overdue" in mail["Subject"] for mail in house.mails()) == 1
    published(house, replace(PLAN, first_published_at=at("2024-12-15 12:00"), public_updated_at=at("2024-12-15 12:00")))
    house.run("run", "--once", now=at("2024-12-15 12:30"))
    assert the_promise(house)["status"] == "kept"


def test_an_operator_may_refuse_what_was_found_and_it_is_not_proposed_again(house: House) -> None:
    published(house)
    house.run("run", "--once", now=at("2024-12-11 17:30"))
    number = str(the_promise(house)["id"])
    assert house.run("promises", "refuse", number, now=at("2024-12-11 18:00")).json["status"] == "open"
    house.world.edit(PLAN.path, at=at("2024-12-11 19:00"), note="More masts.", body_html="<p>More masts.</p>")
    house.run("run", "--once", now=at("2024-12-11 19:30"))
    assert the_promise(house)["status"] == "open"
    assert house.run("promises", "confirm", number, now=at("2024-12-11 20:00")).code == 2


def test_resolving_again_changes_nothing(house: House) -> None:
    published(house)
    house.run("run", "--once", now=at("2024-12-11 17:30"))
    before = house.run("promises").json
    report = house.run("resolve", now=at("2024-12-11 17:31")).json
    assert (report["opened"], report["kept"], report["overdue"], report["papers"]) == (0, [], [], [])
    assert house.run("promises").json == before


def test_a_page_that_a_statement_links_to_is_kept_though_no_feed_lists_it(house: House) -> None:
    linked = document(
        "radar-review", "Radar review", "<p>What we found.</p>", "2024-12-10 09:00", document_type="guide"
    )
    house.world.publish(replace(linked, organisation=replace(linked.organisation, slug="elsewhere")))
    html = f'<p>On small boats. See the <a href="https://www.gov.uk{linked.path}">radar review</a>.</p>'
    house.world.make_statement(statement(282, "Radar", html, "2024-12-10"))
    house.run("run", "--once", now=at("2024-12-10 13:00"))
    assert house.run("show", f"https://www.gov.uk{linked.path}").json["title"] == "Radar review"
    assert house.run("history", f"https://www.gov.uk{linked.path}").json["changes"] == []


def test_parts_of_a_guide_that_a_statement_links_to_are_one_publication(house: House) -> None:
    guide = document("radar-guide", "Radar guide", "<p>What to watch.</p>", "2024-12-10 09:00", document_type="guide")
    house.world.publish(replace(guide, organisation=replace(guide.organisation, slug="elsewhere")))
    for part in ("masts", "dishes"):
        at_home = {"Location": f"https://www.gov.uk/api/content{guide.path}"}
        house.publisher.set(f"https://www.gov.uk/api/content{guide.path}/{part}", b"", status=303, headers=at_home)
    links = [f'<a href="https://www.gov.uk{guide.path}/{part}">the {part}</a>' for part in ("masts", "dishes")]
    house.world.make_statement(statement(282, "Radar", f"<p>Small boats: {' and '.join(links)}.</p>", "2024-12-10"))
    for hour in (13, 15):
        house.run("run", "--once", now=at(f"2024-12-10 {hour}:00"))
    found = house.run("search", '"what to watch"').json
    assert [one["title"] for one in found["results"]] == ["Radar guide"]
    assert house.run("history", f"https://www.gov.uk{guide.path}").json["changes"] == []
    asked = house.publisher.count(f"https://www.gov.uk/api/content{guide.path}/masts")
    house.run("run", "--once", now=at("2024-12-11 15:00"))
    assert house.publisher.count(f"https://www.gov.uk/api/content{guide.path}/masts") == asked


def test_the_text_of_an_attachment_is_kept_by_its_bytes(house: House) -> None:
    published(house)
    house.run("run", "--once", now=at("2024-12-11 17:30"))
    [attachment] = house.run("show", PLAN_URL).json["attachments"]
    assert attachment["text_state"] == "extracted"
    assert (house.folder / "var" / "files" / attachment["sha256"][:2] / attachment["sha256"][2:4]).is_dir()
    assert attachment["bytes"] == len(PDF)


def test_a_file_that_is_a_404_for_five_minutes_is_asked_for_again_and_read(house: House) -> None:
    published(house)
    house.publisher.set(PLAN_FILE.url, b"", status=404, content_type="text/plain", times=1)
    house.run("run", "--once", now=at("2024-12-11 17:30"))
    assert state_of_the_file(house) == "pending"
    house.run("run", "--once", now=at("2024-12-11 17:31"))
    assert state_of_the_file(house) == "pending"
    house.run("run", "--once", now=at("2024-12-11 17:36"))
    assert state_of_the_file(house) == "extracted"


def test_a_file_that_leads_to_its_page_is_never_kept_as_the_document(house: House) -> None:
    published(house)
    page = f"https://www.gov.uk{PLAN.path}"
    house.publisher.set(PLAN_FILE.url, b"", status=302, headers={"Location": page}, content_type="text/plain")
    house.publisher.set(page, b"<html><body>A page</body></html>", content_type="text/html")
    house.run("run", "--once", now=at("2024-12-11 17:30"))
    [attachment] = house.run("show", PLAN_URL).json["attachments"]
    assert (attachment["text_state"], attachment["sha256"]) == ("pending", None)
    assert "leads to a page" in attachment["reason"]


def test_a_draft_is_waited_for(house: House) -> None:
    published(house)
    draft = "https://draft-assets.publishing.service.gov.uk/media/x/radar.pdf"
    house.publisher.set(PLAN_FILE.url, b"", status=302, headers={"Location": draft}, content_type="text/plain", times=1)
    house.run("run", "--once", now=at("2024-12-11 17:30"))
    assert state_of_the_file(house) == "pending"
    house.run("run", "--once", now=at("2024-12-11 17:36"))
    assert state_of_the_file(house) == "extracted"


def test_a_replaced_file_is_a_change_of_its_own_and_both_are_kept(house: House) -> None:
    published(house)
    house.run("run", "--once", now=at("2024-12-11 17:30"))
    other = replace(PLAN_FILE, asset_id="5f0000000000000000000002", data=PDF + b"\n%more")
    house.world.edit(PLAN.path, at=at("2024-12-11 18:00"), files=(other,))
    changes = house.run("run", "--once", now=at("2024-12-11 19:30")).json["poll"]["changes"]
    assert [change["kind"] for change in changes] == ["attachment-replaced"]
    assert len([path for path in (house.folder / "var" / "files").rglob("*") if path.is_file()]) == 2


def test_a_file_of_the_assets_host_is_asked_for_once_however_many_cycles(house: House) -> None:
    published(house)
    for minute in (30, 45, 59):
        house.run("run", "--once", now=at(f"2024-12-11 17:{minute}"))
    assert house.publisher.count(f"{ASSETS}/media/{PLAN_FILE.asset_id}/radar.pdf") == 1


PAPERS = "https://depositedpapers-api.parliament.uk/api/DepositedPapers"
DEPOSITS = '[[feed]]\nname = "deposits"\nsource = "deposited_papers"\nevery = "2h"\n\n[[watch]]'


def test_a_paper_deposited_in_the_libraries_keeps_a_promise(tmp_path: Path) -> None:
    with House(tmp_path, config=CONFIG.replace("[[watch]]", DEPOSITS, 1)) as house:
        house.subscribe("border-security", now=MONDAY)
        house.publisher.set(PAPERS, json.dumps({"items": [], "totalResults": 0}), any_query=True)
        house.run("run", "--once", now=MONDAY)
        html = PROMISE.replace("published on GOV.UK", "placed in the Libraries of both Houses")
        house.world.make_statement(statement(281, "Coastal watch", html, "2024-12-10"))
        house.run("run", "--once", now=at("2024-12-11 07:35"))
        paper = {
            "paperId": 7, "paperNumber": "DEP2024-0912", "title": "Coastal radar plan", "houses": ["Commons", "Lords"],
            "depositingDepartments": ["Home Office"], "dateUpdated": "2024-12-11T10:00:00",
        }  # fmt: skip
        house.publisher.set(PAPERS, json.dumps({"items": [{"value": paper}], "totalResults": 1}), any_query=True)
        house.publisher.set(f"{PAPERS}/7", json.dumps({"value": {**paper, "attachedDocuments": []}}))
        house.run("run", "--once", now=at("2024-12-11 12:00"))
        promise = the_promise(house)
        assert (promise["status"], promise["where"]) == ("kept", ["libraries"])
        assert str(promise["document"]["said"]).startswith("Deposited paper, DEP2024-0912, found")  # type: ignore[index]
        house.run("run", "--once", now=at("2024-12-12 07:35"))
        assert "ARRIVED: Coastal radar plan" in body_of(house.mails()[1])


def test_a_document_that_bears_the_number_that_was_promised_keeps_it_whatever_its_title(house: House) -> None:
    html = PROMISE.replace("coastal radar plan will", "harbour safety strategy (CP 1210) will")
    house.world.make_statement(statement(282, "Harbours", html, "2024-12-10"))
    house.run("run", "--once", now=at("2024-12-10 13:00"))
    file = replace(PLAN_FILE, command_paper_number="CP 1210", asset_id="5f0000000000000000000009")
    house.world.publish(document("hss", "Keeping ports safe", "<p>Ports.</p>", "2024-12-11 17:00", files=(file,)))
    house.run("run", "--once", now=at("2024-12-11 17:30"))
    [promise] = house.run("show", "HCWS282").json["promises"]
    assert (promise["status"], promise["score"], promise["document"]["title"]) == ("kept", 1.0, "Keeping ports safe")
    assert promise["evidence"] == ["it bears the number that the statement gives: CP 1210"]


def test_no_address_is_guessed_for_what_is_not_published_and_the_search_is_asked_less_and_less(house: House) -> None:
    house.publisher.reset_counts()
    for hour in range(13, 19):
        house.run("run", "--once", now=at(f"2024-12-10 {hour}:00"))
    for day in range(11, 20):
        house.run("run", "--once", now=at(f"2024-12-{day} 09:00"))
    asked = [one.url for one in house.publisher.asked]
    assert not [url for url in asked if "coastal-radar-plan" in url]
    searched = [url for url in asked if url.startswith("https://www.gov.uk/api/search.json") and "radar" in url]
    assert 7 <= len(searched) <= 15
    published(house, replace(PLAN, organisation=replace(PLAN.organisation, slug="elsewhere", title="Home Office")))
    house.run("run", "--once", now=at("2024-12-20 10:00"))
    assert the_promise(house)["status"] == "kept"
