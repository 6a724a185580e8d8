"""The recorder keeps every version, and nothing else changes what was kept."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

import pytest

from monitor.model.publication import Attachment, ChangeNote, Hyperlink, Relation
from monitor.model.record import ChangeDraft
from tests.store.shelf import (
    MONDAY,
    NEW,
    TUESDAY,
    UPDATED,
    WEDNESDAY,
    accession,
    capture_of,
    keep,
    open_shelf,
    plan,
    rows,
    statement,
)


def test_a_new_publication_is_kept_with_its_words_bytes_attachments_and_links(tmp_path: Path) -> None:
    attachment = Attachment(
        "a1", "https://assets.example.org/plan.pdf", "The plan", media_type="application/pdf", pages=4
    )
    seen = plan(
        attachments=(attachment,),
        hyperlinks=(Hyperlink("https://www.gov.uk/other", "another", 0),),
        relations=(Relation("parent", "govuk:parent:en"),),
        notes=(ChangeNote(MONDAY, "First published."),),
    )
    with open_shelf(tmp_path) as archive:
        (change,) = keep(archive, accession(seen, NEW))
        record = archive.library.record(seen.key)
        assert (change.kind, change.key, change.from_version, change.to_version) == ("new", seen.key, None, 1)
        assert (record.title, record.text, record.words, record.version) == (seen.title, seen.text, 5, 1)
        assert record.first_seen_at == MONDAY
        assert archive.library.attachments(seen.key) == (attachment,)
        assert {(link.rel, link.url or link.to_key) for link in archive.links.of(seen.key)} == {
            ("attachment", attachment.url),
            ("cites", "https://www.gov.uk/other"),
            ("parent", None),
        }
        assert archive.library.versions(seen.key)[0].note == "First published."
        ((body, size),) = rows(archive, "SELECT body, bytes FROM captures")
        assert (zlib.decompress(body), size) == (capture_of(seen).body, len(capture_of(seen).body))


def test_a_second_version_is_put_beside_the_first(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        (change,) = keep(archive, accession(plan(text="Large boats."), UPDATED), now=TUESDAY)
        assert (change.from_version, change.to_version, change.detected_at) == (1, 2, TUESDAY)
        assert archive.library.record("govuk:plan:en").text == "Large boats."
        assert archive.library.record("govuk:plan:en", 1).text == "Small boats will be stopped."
        assert [version.number for version in archive.library.versions("govuk:plan:en")] == [1, 2]
        assert archive.library.record("govuk:plan:en").first_seen_at == MONDAY


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan()), accession(plan(key="govuk:twin:en")))
        keep(archive, accession(plan()), now=TUESDAY)
        assert rows(archive, "SELECT count(*) FROM captures") == [(1,)]
        assert rows(archive, "SELECT count(*) FROM versions") == [(3,)]


def test_what_is_seen_unchanged_is_only_planned_anew(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW, next_look_at=TUESDAY))
        assert archive.library.due_looks(TUESDAY, 10) == (("govuk:plan:en", plan().url),)
        made = keep(archive, accession(plan(), is_version=False, next_look_at=WEDNESDAY), now=TUESDAY)
        assert made == ()
        assert archive.library.due_looks(TUESDAY, 10) == ()
        assert rows(archive, "SELECT count(*) FROM versions") == [(1,)]


def test_a_moved_publication_has_another_address_and_the_same_words(tmp_path: Path) -> None:
    moved = plan(url="https://www.gov.uk/government/publications/elsewhere")
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        (change,) = keep(archive, accession(moved, ChangeDraft("moved"), is_version=False), now=TUESDAY)
        record = archive.library.record("govuk:plan:en")
        assert (change.from_version, change.to_version) == (1, 1)
        assert (record.url, record.versions, record.text) == (moved.url, 1, plan().text)


def test_a_departure_leaves_the_words_and_names_the_successor(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW, next_look_at=TUESDAY), accession(statement(), NEW))
        with archive.transaction():
            draft = ChangeDraft("gone", note="Published in error.")
            (change,) = archive.recorder.record_departure("govuk:plan:en", draft, "parliament:1", TUESDAY)
        record = archive.library.record("govuk:plan:en")
        assert (change.kind, change.note, change.to_version) == ("gone", "Published in error.", 1)
        assert (record.status, record.notice, record.text) == ("gone", "Published in error.", plan().text)
        assert archive.library.due_looks(WEDNESDAY, 10) == ()
        (superseded,) = archive.links.of("parliament:1")
        assert (superseded.from_key, superseded.to_key, superseded.rel) == (
            "govuk:plan:en",
            "parliament:1",
            "superseded-by",
        )


def test_changes_are_numbered_in_the_order_in_which_they_were_found(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        first = keep(archive, accession(plan(), NEW), accession(statement(), NEW))
        second = keep(archive, accession(plan(text="More."), UPDATED, ChangeDraft("corrected")), now=TUESDAY)
        assert [change.id for change in (*first, *second)] == [1, 2, 3, 4]
        assert [change.kind for change in second] == ["updated", "corrected"]
        assert [found.change for found in archive.changes.after(1, 2)] == [first[1], second[0]]
        assert [found.record.version for found in archive.changes.of("govuk:plan:en")] == [1, 2, 2]


def test_before_a_change_stands_the_version_it_changed(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        (new,) = keep(archive, accession(plan(), NEW))
        (updated,) = keep(archive, accession(plan(text="More."), UPDATED), now=TUESDAY)
        assert archive.changes.before(new) is None
        before = archive.changes.before(updated)
        assert before is not None
        assert before.text == plan().text


def test_a_batch_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    broken = accession(statement(status="strange"), NEW)
    with open_shelf(tmp_path) as archive:
        with pytest.raises(sqlite3.IntegrityError):
            keep(archive, accession(plan(), NEW), broken)
        for table in ("publications", "versions", "captures", "changes", "latest_fts"):
            assert rows(archive, f"SELECT count(*) FROM {table}") == [(0,)]
        assert [change.to_version for change in keep(archive, accession(plan(), NEW))] == [1]


@pytest.mark.parametrize("assault", ["UPDATE versions SET text = 'forged'", "DELETE FROM versions"])
def test_versions_cannot_be_changed_or_removed(tmp_path: Path, assault: str) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            archive.connection.execute(assault)
        assert archive.library.record("govuk:plan:en").text == plan().text


def test_no_row_points_to_one_that_is_not_there(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW), accession(statement(), NEW))
        keep(archive, accession(plan(text="More."), UPDATED), now=TUESDAY)
        assert rows(archive, "PRAGMA foreign_key_check") == []
        assert rows(archive, "PRAGMA integrity_check") == [("ok",)]
