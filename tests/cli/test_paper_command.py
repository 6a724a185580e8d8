"""`monitor paper` hands out what was attached, and proves it first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.documents import FileAttachment
from tests.fakes.pdf_files import pdf_of, set_in_lines
from tests.house import House, at, document

PDF = pdf_of([set_in_lines("Foreword.", top=700), set_in_lines("Where the masts will stand.", top=700)])
FILES = (
    FileAttachment("a", "Radar plan", "radar.pdf", "5f0000000000000000000001", PDF),
    FileAttachment("b", "Annex", "annex.csv", "5f0000000000000000000002", b"a,b,c\n1,2,3\n", content_type="text/csv"),
)
PLAN = document("radar-plan", "Radar plan", "<p>See the file.</p>", "2024-12-09 09:00", files=FILES)
URL = f"https://www.gov.uk{PLAN.path}"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("papers")) as house:
        house.world.publish(PLAN)
        house.world.publish(document("bare", "Bare", "<p>Nothing.</p>", "2024-12-09 09:00"))
        house.run("run", "--once", now=at("2024-12-09 10:00"))
        yield house


def test_its_bytes_are_written_as_they_came(house: House, tmp_path: Path) -> None:
    said = house.run("paper", URL, "1", "-o", str(tmp_path / "plan.pdf")).json
    assert (tmp_path / "plan.pdf").read_bytes() == PDF
    assert (said["number"], said["title"], said["bytes"], said["pages"]) == (1, "Radar plan", len(PDF), 2)
    assert Path(said["path"]).read_bytes() == PDF


def test_its_words_come_with_its_pages(house: House) -> None:
    said = house.run("paper", URL, "1").json
    assert (said["text"], said["positions"]) == (
        "Foreword.\nWhere the masts will stand.", [[0, "page 1"], [1, "page 2"]],
    )  # fmt: skip
    assert house.say("paper", URL, "1", "--text").splitlines() == [
        "--- page 1", "Foreword.", "--- page 2", "Where the masts will stand.",
    ]  # fmt: skip


def test_people_are_told_what_it_is(house: House) -> None:
    assert "application/pdf" in house.say("paper", URL, "1")
    assert "2 pages, text: extracted" in house.say("paper", URL, "1")


def test_one_of_several_has_to_be_named(house: House) -> None:
    outcome = house.run("paper", URL)
    assert (outcome.code, "1: Radar plan; 2: Annex" in outcome.err) == (2, True)
    assert house.run("paper", URL, "3").code == 2


def test_a_publication_without_attachments_has_none(house: House) -> None:
    assert house.run("paper", "https://www.gov.uk/government/publications/bare").code == 3


def test_bytes_that_are_no_longer_those_that_came_are_not_handed_out(house: House) -> None:
    path = Path(house.run("paper", URL, "2").json["path"])
    before = path.read_bytes()
    path.write_bytes(before.replace(b"1", b"9"))
    outcome = house.run("paper", URL, "2")
    assert (outcome.code, outcome.out, str(path) in outcome.err) == (5, "", True)
    path.unlink()
    assert house.run("paper", URL, "2").code == 3
    path.write_bytes(before)
