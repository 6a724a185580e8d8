"""The archive's schema: the same however it came about, strict, and refused where it is newer."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from monitor.database import open_database, read_migrations
from monitor.errors import MigrationError, StoreError
from monitor.store.archive import open_archive
from tests.store.shelf import NEW, accession, keep, open_shelf, plan, rows

STEPS = read_migrations(files("monitor.store") / "migrations")
OWN = "name NOT LIKE 'sqlite_%' AND name NOT LIKE 'latest_fts_%'"


def schema(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")]


def test_steps_are_numbered_without_gaps() -> None:
    assert [step.number for step in STEPS] == list(range(1, len(STEPS) + 1))


def test_a_migrated_archive_is_like_a_fresh_one(tmp_path: Path) -> None:
    for count in range(1, len(STEPS) + 1):
        with open_database(tmp_path / "migrated.db", STEPS[:count]) as migrated:
            reached = schema(migrated)
    with open_database(tmp_path / "fresh.db", STEPS) as fresh:
        assert reached == schema(fresh)


def test_an_archive_that_is_newer_than_the_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        archive.connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    before = (tmp_path / "archive.db").read_bytes()
    with pytest.raises(MigrationError, match="use a newer monitor"), open_shelf(tmp_path):
        pass
    assert (tmp_path / "archive.db").read_bytes() == before


def test_a_reader_does_not_migrate(tmp_path: Path) -> None:
    with open_database(tmp_path / "archive.db", STEPS[:1]) as old:
        old.execute("PRAGMA user_version = 0")
    with (
        pytest.raises(MigrationError, match="needs a migration"),
        open_archive(tmp_path / "archive.db", read_only=True),
    ):
        pass


def test_a_reader_reads_while_the_writer_writes_and_cannot_write(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        with open_archive(tmp_path / "archive.db", read_only=True) as reader, archive.transaction():
            archive.connection.execute("UPDATE publications SET title = 'another'")
            assert reader.library.record("govuk:plan:en").title == plan().title
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader.connection.execute("DELETE FROM changes")


def test_what_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"This is no database, but a letter." * 100)
    with pytest.raises(StoreError, match=r"archive\.db"), open_shelf(tmp_path):
        pass


def test_every_table_is_strict_and_all_that_is_written_survives_reopening(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        loose = rows(archive, f"SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND {OWN}")
        assert loose == []
    with open_shelf(tmp_path) as archive:
        assert archive.library.record("govuk:plan:en").text == plan().text


def test_every_view_can_be_read(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        views = [name for (name,) in rows(archive, "SELECT name FROM sqlite_master WHERE type = 'view'")]
        assert {"latest", "change_feed", "feed_health"} <= set(views)
        counts = {view: rows(archive, f"SELECT count(*) FROM {view}")[0][0] for view in views}
        assert (counts["latest"], counts["change_feed"]) == (1, 1)
