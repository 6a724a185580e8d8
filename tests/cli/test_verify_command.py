"""`monitor verify` says whether everything is as it was kept, and a digest carries what it takes to ask later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.documents import FileAttachment
from tests.house import House, at, document

FILES = (
    FileAttachment("b", "Annex", "annex.csv", "5f0000000000000000000002", b"a,b,c\n1,2,3\n", content_type="text/csv"),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        house.world.publish(
            document("radar-plan", "Radar plan", "<p>See the file.</p>", "2024-12-09 09:00", files=FILES)
        )
        house.run("run", "--once", now=at("2024-12-09 10:00"))
        yield house


def test_all_is_well_and_the_head_is_that_of_status(house: House) -> None:
    said = house.run("verify").json
    assert (said["chain"], said["bad"], said["noted_at"]) == ("ok", [], None)
    assert said["captures"] >= 2
    assert said["head"] == house.run("status").json["archive"]["chain_head"]
    assert f"the chain of hashes covers 2 records: {said['head']}" in house.say("verify")


def test_a_head_from_a_mail_is_found_again(house: House) -> None:
    head = house.run("verify").json["head"]
    assert f"the chain went through {head} at record 2" in house.say("verify", "--head", head)
    outcome = house.run("verify", "--head", "ab" * 32)
    assert (outcome.code, outcome.json["chain"]) == (5, "broken")


def test_a_file_that_was_changed_ends_it_with_five(house: House) -> None:
    path = Path(house.run("paper", "https://www.gov.uk/government/publications/radar-plan").json["path"])
    path.write_bytes(path.read_bytes().replace(b"1", b"7"))
    outcome = house.run("verify")
    assert (outcome.code, outcome.json["chain"], len(outcome.json["bad"])) == (5, "ok", 1)
    assert outcome.json["bad"][0]["what"] == f"file {path.name}"
