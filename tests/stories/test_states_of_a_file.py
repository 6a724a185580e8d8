"""What becomes of an attached file while its publisher is not ready: the right states in the right order, each explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.documents import FileAttachment
from tests.fakes.office_files import docx, paragraph
from tests.fakes.pdf_files import pdf_of, set_in_lines
from tests.house import CONFIG, House, at, document

PDF = pdf_of([set_in_lines("The coastal radar plan says where the masts will stand.", top=700)])
FILE = FileAttachment("f1", "Coastal radar plan", "radar.pdf", "5f0000000000000000000001", PDF)
PLAN = document("radar-plan", "Radar plan", "<p>On small boats.</p>", "2024-12-10 12:00", files=(FILE,))
URL = f"https://www.gov.uk{PLAN.path}"
DRAFT = "https://draft-assets.publishing.service.gov.uk/media/x/radar.pdf"
ABSENT, EXTRACTED = ("pending", "the file is not there yet (404)"), ("extracted", "")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        house.run("run", "--once", now=at("2024-12-09 10:00"))
        house.world.publish(PLAN)
        yield house


def states(house: House, *times: str) -> list[tuple[str, str]]:
    """State and reason of the file after a cycle at each of these times of 10 December."""
    found = []
    for time in times:
        house.run("run", "--once", now=at(f"2024-12-10 {time}"))
        found.append(state_of(house))
    return found


def state_of(house: House) -> tuple[str, str]:
    [attachment] = house.run("show", URL).json["attachments"]
    return attachment["text_state"], attachment["reason"]


def redirected(house: House, to: str, **more: Any) -> None:
    house.publisher.set(FILE.url, b"", status=302, headers={"Location": to}, content_type="text/plain", **more)


def test_a_404_that_becomes_a_200_after_five_minutes(house: House) -> None:
    house.publisher.set(FILE.url, b"", status=404, content_type="text/plain", times=2)
    assert states(house, "12:05", "12:06", "12:08", "12:13", "12:14") == [
        ABSENT, ABSENT, ABSENT, EXTRACTED, EXTRACTED,
    ]  # fmt: skip
    assert house.publisher.count(FILE.url) == 3


def test_a_draft_that_is_published(house: House) -> None:
    redirected(house, DRAFT, times=1)
    assert states(house, "12:05", "12:08") == [("pending", "the file is still a draft"), EXTRACTED]
    assert house.publisher.host_count("draft-assets.publishing.service.gov.uk") == 0


def test_a_file_that_redirects_to_its_page_until_the_page_is_published(house: House) -> None:
    redirected(house, URL, times=2)
    house.publisher.set(URL, b"<html><body><p>The radar plan</p></body></html>", content_type="text/html")
    (first, why), (second, _), third = states(house, "12:05", "12:08", "12:14")
    assert (first, second, third) == ("pending", "pending", EXTRACTED)
    assert why == "the address leads to a page and not to the file: its document is not published"
    assert house.run("search", "masts").json["total"] == 1


def test_a_file_replaced_under_the_same_title_has_its_own_states_and_the_first_is_kept(house: House) -> None:
    assert states(house, "12:05") == [EXTRACTED]
    [before] = house.run("show", URL).json["attachments"]
    word = replace(
        FILE, asset_id="5f0000000000000000000002", filename="radar.docx", data=docx(paragraph("Other words."))
    )
    house.world.edit(PLAN.path, at=at("2024-12-10 12:20"), files=(word,))
    house.publisher.set(word.url, b"", status=404, content_type="text/plain", times=1)
    assert states(house, "12:30", "12:33")[0] == ABSENT
    [after] = house.run("show", URL).json["attachments"]
    assert after["text_state"] == "extracted"
    assert (after["title"], after["sha256"] != before["sha256"]) == (before["title"], True)
    assert [change["kind"] for change in house.run("history", URL).json["changes"]] == ["new", "attachment-replaced"]
    assert (house.run("search", "masts").json["total"], house.run("search", "other words").json["total"]) == (0, 1)
    kept = house.folder / "var" / "files" / before["sha256"][:2] / before["sha256"][2:4] / before["sha256"]
    assert kept.read_bytes() == PDF


def test_a_file_that_never_comes_is_given_up_and_says_so(house: House) -> None:
    house.publisher.set(FILE.url, b"", status=404, content_type="text/plain")
    for day in range(10, 28):
        for hour in ("06", "12", "18"):
            house.run(
                "resolve" if day > 10 else "run", *([] if day > 10 else ["--once"]), now=at(f"2024-12-{day} {hour}:59")
            )
    assert state_of(house) == ("damaged", "the file is not there yet (404); asked for 10 times")


def test_a_file_on_a_host_that_we_do_not_ask_is_refused_with_the_reason(house: House) -> None:
    elsewhere = "https://files.example.net/radar.pdf"
    redirected(house, elsewhere)
    refused = "files.example.net is not in allow_hosts; add it to [http] if it is to be fetched from"
    assert states(house, "12:05") == [("refused", f"{refused}: {elsewhere}")]


def test_a_file_whose_own_host_we_do_not_ask_is_refused_and_its_address_said_once(house: House) -> None:
    house.write_config(CONFIG.replace("[http]", '[http]\nallow_hosts = ["www.gov.uk"]', 1))
    refused = "assets.publishing.service.gov.uk is not in allow_hosts; add it to [http] if it is to be fetched from"
    assert states(house, "12:05") == [("refused", refused)]
    shown = house.say("show", URL)
    assert shown.split("Links\n")[0].count(FILE.url) == 1


@pytest.mark.parametrize(
    "address", ["http://169.254.169.254/radar.pdf", "http://[::1]/radar.pdf", "ftp://files.example.net/radar.pdf"]
)
def test_a_file_that_leads_to_where_nobody_may_ask_is_refused_in_words(house: House, address: str) -> None:
    redirected(house, address)
    [(state, reason)] = states(house, "12:05")
    assert (state, reason.count(address)) == ("refused", 1)


def test_a_file_of_more_bytes_than_are_taken_is_too_large(house: House) -> None:
    house.write_config(CONFIG.replace("[http]", '[http]\nmax_body = "100 kB"', 1))
    house.publisher.set(FILE.url, PDF + b" " * 100_000)
    [(state, reason)] = states(house, "12:05")
    assert (state, "at most" in reason) == ("too-large", True)


def test_a_file_with_the_bytes_of_another_is_matched_when_it_comes_after_its_publication(house: House) -> None:
    states(house, "12:05")
    late = replace(FILE, id="f2", asset_id="5f0000000000000000000002")
    house.publisher.set(late.url, b"", status=404, content_type="text/plain", times=1)
    house.world.publish(document("masts", "Masts", "<p>Where they stand.</p>", "2024-12-10 12:10", files=(late,)))
    house.write_config(CONFIG.replace("keywords = [", 'keywords = ["coastal radar plan says", ', 1))
    cycles = [house.run("run", "--once", now=at(f"2024-12-10 {time}")).json for time in ("12:21", "12:24", "12:40")]
    assert [cycle["match"]["matches"] for cycle in cycles] == [0, 1, 0]
