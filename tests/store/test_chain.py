"""The chain of hashes: nothing that was kept is changed, taken out, put in or moved unseen."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.evidence import ChainHead
from monitor.model.paper import Paper
from monitor.store.archive import Archive
from monitor.store.vault import Vault
from monitor.store.verification import verify
from tests.store.shelf import MONDAY, NEW, TUESDAY, UPDATED, accession, keep, open_shelf, plan, rows, statement
from tests.store.test_transcripts import PRINTED, record

FILE = b"%PDF-1.7 the plan"


def fill(archive: Archive, vault: Vault) -> ChainHead:
    """Two publications, one of them in two versions, a transcript and a file."""
    keep(archive, accession(plan(), NEW), accession(statement(), NEW), now=MONDAY)
    record(archive, PRINTED)
    paper = Paper(
        "https://assets.publishing.service.gov.uk/plan.pdf",
        text_state="no-text",
        sha256=vault.keep(FILE),
        fetched_at=TUESDAY,
    )
    with archive.transaction():
        archive.papers.record(paper)
        archive.chain.extend()
    keep(archive, accession(plan(text="Small boats will not be stopped."), UPDATED), now=TUESDAY)
    with archive.transaction():
        archive.chain.extend()
    head = archive.chain.head()
    assert head is not None
    return head


def tamper(folder: Path, *statements: str) -> None:
    """What somebody does who has the file and means ill: the triggers stop only mistakes."""
    with sqlite3.connect(folder / "archive.db") as connection:
        names = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        for (name,) in connection.execute(names).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for one in statements:
            connection.execute(one)
    connection.close()


def test_every_record_is_a_link_and_a_second_look_adds_none(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        head = fill(archive, Vault(tmp_path / "files"))
        with archive.transaction():
            archive.chain.extend()
        assert (archive.chain.head(), head.place) == (head, 5)
        found = verify(archive, Vault(tmp_path / "files"))
        assert (found.captures, found.checked, found.head) == (5, 10, head)
        assert found.chain_flaws == found.byte_flaws == ()


def test_a_file_that_came_twice_within_a_second_breaks_nothing(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "files")
    with open_shelf(tmp_path) as archive:
        fill(archive, vault)
        url = "https://assets.publishing.service.gov.uk/plan.pdf"
        again = Paper(url, text_state="no-text", sha256=vault.keep(b"%PDF-1.7 another"), fetched_at=TUESDAY)
        with archive.transaction():
            archive.papers.record(again)
            archive.chain.extend()
        assert verify(archive, vault).chain_flaws == ()


def test_a_head_that_was_noted_is_found_again_and_one_of_another_archive_is_not(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        with archive.transaction():
            archive.chain.extend()
        noted = archive.chain.head()
        assert noted is not None
        keep(archive, accession(plan(text="More."), UPDATED), now=TUESDAY)
        with archive.transaction():
            archive.chain.extend()
        assert archive.chain.place_of(noted.sha256) == 1
        assert archive.chain.place_of("ab" * 32) is None


def test_the_same_records_make_the_same_chain(tmp_path: Path) -> None:
    heads = set()
    for name in ("one", "two"):
        with open_shelf(tmp_path / name) as archive:
            heads.add(fill(archive, Vault(tmp_path / name / "files")))
    assert len(heads) == 1


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("UPDATE versions SET text = replace(text, 'will be', 'may be') WHERE id = 1", "not what it was: version 1"),
        ("UPDATE versions SET retrieved_at = '2024-12-08T09:00:00Z' WHERE id = 1", "not what it was: version 1"),
        ("UPDATE publications SET key = 'govuk:other:en' WHERE id = 1", "not what it was: version 1"),
        ("UPDATE transcripts SET text = 'The group did not meet.'", "not what it was: transcript 1"),
        ("UPDATE paper_states SET came_at = '2024-12-09T09:00:00Z'", "its record is missing: paper"),
        ("DELETE FROM versions WHERE id = 1", "its record is missing: version 1"),
        ("DELETE FROM chain WHERE id = 2", "1 links before it are missing"),
        ("UPDATE chain SET sha256 = '" + "0" * 63 + "1' WHERE id = 3", "not what it was"),
        (
            "INSERT INTO versions SELECT 99, publication_id, 99, retrieved_at, fingerprint, reading, sha256, title, summary,"
            " text, notice, words, note, facets FROM versions WHERE id = 1",
            "it is in no link of the chain",
        ),
    ],
)
def test_whoever_changes_a_record_or_a_link_is_found_out(tmp_path: Path, deed: str, said: str) -> None:
    with open_shelf(tmp_path) as archive:
        fill(archive, Vault(tmp_path / "files"))
    tamper(tmp_path, deed)
    with open_shelf(tmp_path) as archive:
        flaws = verify(archive, Vault(tmp_path / "files")).chain_flaws
        assert any(said in flaw.why for flaw in flaws), flaws


def test_records_that_changed_places_are_found_out(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        fill(archive, Vault(tmp_path / "files"))
    turns = ((1, 1000), (2, 1), (1000, 2))
    tamper(tmp_path, *(f"UPDATE chain SET version_id = {to} WHERE version_id = {number}" for number, to in turns))
    with open_shelf(tmp_path) as archive:
        flaws = verify(archive, Vault(tmp_path / "files")).chain_flaws
        assert [flaw.what for flaw in flaws] == ["link 1", "link 2"]


def test_a_whole_chain_made_anew_no_longer_has_the_heads_that_were_mailed(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        mailed = fill(archive, Vault(tmp_path / "files"))
        waiting = "INSERT INTO unlinked SELECT id, version_id, transcript_id, paper_url, came_at FROM chain"
    tamper(tmp_path, "UPDATE versions SET text = 'Nothing.' WHERE id = 1", waiting, "DELETE FROM chain")
    with open_shelf(tmp_path) as archive:
        with archive.transaction():
            archive.chain.extend()
        assert verify(archive, Vault(tmp_path / "files")).chain_flaws == ()
        assert archive.chain.place_of(mailed.sha256) is None


@settings(max_examples=25, deadline=None)
@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_any_flipped_bit_of_a_kept_file_is_found(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    folder = tmp_path_factory.mktemp("flipped")
    vault = Vault(folder / "files")
    with open_shelf(folder) as archive:
        fill(archive, vault)
        (path,) = [path for path in vault.folder.rglob("*") if path.is_file()]
        body = bytearray(FILE)
        body[place % len(body)] ^= 1 << bit
        path.write_bytes(body)
        (flaw,) = verify(archive, vault).byte_flaws
        assert (flaw.what, flaw.why) == (f"file {path.name}", "a kept file is not what it was when it was kept")


def test_a_captured_body_that_was_changed_or_lost_is_found(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        fill(archive, Vault(tmp_path / "files"))
        kept = [sha256 for (sha256,) in rows(archive, "SELECT sha256 FROM captures ORDER BY captured_at, sha256")]
    tamper(
        tmp_path,
        f"UPDATE captures SET body = X'00' WHERE sha256 = '{kept[0]}'",
        f"DELETE FROM captures WHERE sha256 = '{kept[1]}'",
    )
    with open_shelf(tmp_path) as archive:
        flaws = verify(archive, Vault(tmp_path / "files")).byte_flaws
        assert {(flaw.what, flaw.why) for flaw in flaws} == {
            (f"capture {kept[0]}", "its bytes are not those of its SHA-256"),
            (f"capture {kept[1]}", "its bytes are missing"),
        }


def test_an_archive_of_before_the_chain_is_linked_whole(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, *(accession(plan(key=f"govuk:{number}:en"), NEW) for number in range(1200)))
        with archive.transaction():
            archive.chain.extend()
        assert verify(archive, Vault(tmp_path / "files")).chain_flaws == ()
        head = archive.chain.head()
        assert head is not None
        assert head.place == 1200
