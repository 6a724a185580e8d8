"""Pages that are attached to a publication are read as its files are; an edit of one is told, though its address stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.documents import FileAttachment, HtmlAttachment
from tests.fakes.pdf_files import pdf_of, set_in_lines
from tests.house import House, at, body_of, document

MONDAY = at("2024-12-09 10:00")
PAGE = HtmlAttachment("p1", "Coastal radar plan", "the-plan", "<h2>Masts</h2><p>They watch for small boats.</p>")
PLAN = document("radar-plan", "Radar plan", "<p>See the plan.</p>", "2024-12-10 09:00", pages=(PAGE,))
URL = f"https://www.gov.uk{PLAN.path}"
ITEM = f"https://www.gov.uk/api/content{PLAN.path}/{PAGE.slug}"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        house.subscribe("border-security", now=MONDAY)
        house.run("run", "--once", now=MONDAY)
        yield house


def the_page(house: House) -> dict[str, Any]:
    [attachment] = house.run("show", URL).json["attachments"]
    return dict(attachment)


def edit(house: House, html: str, when: str) -> None:
    house.world.edit(PLAN.path, at=at(when), pages=(replace(PAGE, body_html=html),))


def test_the_words_of_an_attached_page_are_read_searched_and_matched(house: House) -> None:
    house.world.publish(PLAN)
    report = house.run("run", "--once", now=at("2024-12-10 12:00")).json
    assert (report["resolve"]["papers"][0]["text_state"], report["match"]["matches"]) == ("extracted", 1)
    page = the_page(house)
    assert (page["kind"], page["media_type"], page["text_state"], page["reason"]) == (
        "html",
        "text/html",
        "extracted",
        "",
    )
    [found] = house.run("search", "watch small boats").json["results"]
    assert found["attachment"] == {"title": "Coastal radar plan", "url": f"{URL}/the-plan", "place": ""}
    assert "In “Coastal radar plan”: They watch for *small boats*." in body_of(house.mails()[0])


def test_a_mail_names_the_page_of_a_file_in_which_it_found_words(house: House) -> None:
    pages = [set_in_lines("Foreword.", top=700), set_in_lines("They watch for small boats.", top=700)]
    file = FileAttachment("f", "Radar plan (PDF)", "radar.pdf", "5f0000000000000000000001", pdf_of(pages))
    house.world.publish(replace(PLAN, pages=(), files=(file,)))
    house.run("run", "--once", now=at("2024-12-10 12:00"))
    assert "In “Radar plan (PDF), page 2”: They watch for *small boats*." in body_of(house.mails()[0])


def test_an_edit_of_an_attached_page_is_told_within_a_week_and_once(house: House) -> None:
    house.world.publish(PLAN)
    house.run("run", "--once", now=at("2024-12-10 12:00"))
    edit(house, "<h2>Masts</h2><p>They must watch for small boats by night.</p>", "2024-12-12 09:00")
    for day in ("2024-12-12", "2024-12-16", "2024-12-18", "2024-12-19", "2024-12-26"):
        house.run("run", "--once", now=at(f"{day} 12:00"))
    changes = house.run("history", URL).json["changes"]
    assert [(change["kind"], change["announced"], change["words_added"]) for change in changes] == [
        ("new", True, 0), ("attachment-replaced", False, 3),
    ]  # fmt: skip
    assert [mail["Subject"] for mail in house.mails()][1:] == ["1 with a replaced document: Radar plan (18 Dec)"]
    words = " ".join(body_of(house.mails()[1]).split())
    assert "In short: In “Coastal radar plan”: ‘must’ added in ‘Masts’; 2 words added" in words
    assert "They {+must+} watch for small boats {+by night+}." in words


def test_states_of_an_attached_page_are_compared_as_versions_are(house: House) -> None:
    house.world.publish(PLAN)
    house.run("run", "--once", now=at("2024-12-10 12:00"))
    alone = house.run("diff", URL, "1..2", "--attachment", "1")
    assert (alone.code, "this attachment has one state" in alone.err) == (3, True)
    edit(house, "<h2>Masts</h2><p>They must watch for small boats by night.</p>", "2024-12-12 09:00")
    house.run("run", "--once", now=at("2024-12-18 12:00"))
    told = house.run("diff", URL, "--attachment", "1").json
    assert (told["from"], told["to"], told["words_added"], told["attachment"]["number"]) == (1, 2, 3, 1)
    assert [one["came_at"] for one in told["attachment"]["states"]] == ["2024-12-10T12:00:00Z", "2024-12-18T12:00:00Z"]
    assert house.run("diff", f"{URL}/the-plan").json == told
    assert house.run("diff", URL).json["attachment"] is None
    lines = house.say("diff", f"{URL}/the-plan").splitlines()
    assert (
        lines[0]
        == "Coastal radar plan: state 1 of 10 Dec 2024 12:00 to 2 of 18 Dec 2024 12:00, 3 words added, 0 removed"
    )
    assert "They {+must+} watch for small boats {+by night+}." in lines


def test_a_file_that_gives_way_to_another_is_compared_with_it(house: House) -> None:
    def file(number: int, words: str) -> FileAttachment:
        return FileAttachment("f", "Radar plan (PDF)", "radar.pdf", f"5f000000000000000000000{number}", pdf_of([words]))

    first, second = (
        set_in_lines(words, top=700) for words in ("We watch small boats by day.", "We watch small boats by night.")
    )
    house.world.publish(replace(PLAN, pages=(), files=(file(1, first),)))
    house.run("run", "--once", now=at("2024-12-10 12:00"))
    house.world.edit(PLAN.path, at=at("2024-12-11 09:00"), note="The plan was replaced.", files=(file(2, second),))
    house.run("run", "--once", now=at("2024-12-11 12:00"))
    assert "We watch small boats by [-day-] {+night+}." in " ".join(body_of(house.mails()[1]).split())
    told = house.run("diff", URL, "--attachment", "1").json
    assert (told["words_added"], told["words_removed"], len(told["attachment"]["states"])) == (1, 1, 2)


def test_an_announced_edit_has_the_page_read_at_once(house: House) -> None:
    house.world.publish(PLAN)
    house.run("run", "--once", now=at("2024-12-10 12:00"))
    page = replace(PAGE, body_html="<p>Ferries.</p>")
    house.world.edit(PLAN.path, at=at("2024-12-11 09:00"), note="Ferries.", body_html="<p>See it.</p>", pages=(page,))
    house.run("run", "--once", now=at("2024-12-11 12:00"))
    assert house.run("search", "ferries").json["total"] == 1
    assert house.publisher.count(ITEM) == 2


def test_a_page_that_reads_the_same_is_kept_once(house: House) -> None:
    house.world.publish(PLAN)
    house.run("run", "--once", now=at("2024-12-10 12:00"))
    before = the_page(house)
    edit(house, PAGE.body_html, "2024-12-12 09:00")
    house.run("run", "--once", now=at("2024-12-18 12:00"))
    assert house.publisher.count(ITEM) == 2
    assert the_page(house) == before
    assert [change["kind"] for change in house.run("history", URL).json["changes"]] == ["new"]


def test_a_page_that_is_not_there_yet_is_asked_for_again_and_then_read(house: House) -> None:
    house.world.publish(PLAN)
    house.publisher.set(ITEM, b"{}", status=404, content_type="application/json", times=1)
    house.run("run", "--once", now=at("2024-12-10 12:00"))
    assert (the_page(house)["text_state"], the_page(house)["reason"]) == ("pending", "the page is not there yet (404)")
    house.run("run", "--once", now=at("2024-12-10 12:05"))
    assert the_page(house)["text_state"] == "extracted"


def test_a_page_that_goes_away_leaves_its_words(house: House) -> None:
    house.world.publish(PLAN)
    house.run("run", "--once", now=at("2024-12-10 12:00"))
    house.publisher.set(ITEM, b"{}", status=410, content_type="application/json")
    house.run("run", "--once", now=at("2024-12-18 12:00"))
    assert the_page(house)["text_state"] == "extracted"
    assert house.run("search", "masts").json["total"] == 1
