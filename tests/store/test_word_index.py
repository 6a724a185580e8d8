"""The word index finds whoever has the words, and whoever it has not read yet."""

from __future__ import annotations

from pathlib import Path

from monitor.store.archive import Archive
from tests.store.shelf import NEW, TUESDAY, UPDATED, accession, keep, open_shelf, plan, rows, statement

FORM = 1


def fill(archive: Archive, form: int = FORM) -> list[int]:
    """Enter the texts of versions as they are; returns the ids of those entered."""
    unread = archive.words.unread_versions(form, 10)
    with archive.transaction():
        archive.words.record_versions(form, [(number, " ".join(texts).lower()) for number, texts in unread])
    return [number for number, _ in unread]


def test_it_finds_those_that_have_the_words(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW), accession(statement(), NEW))
        assert fill(archive) == [1, 2]
        assert archive.words.having(FORM, '"small boats"') == {1}
        assert archive.words.having(FORM, '"group" OR "plan"') == {1, 2}
        assert archive.words.having(FORM, '"bo" *') == {1}
        assert archive.words.having(FORM, '"boats small"') == set()


def test_what_has_not_been_read_yet_may_have_any_words(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        assert archive.words.having(FORM, '"xyzzy"') == {1}
        fill(archive)
        keep(archive, accession(statement(), NEW))
        assert archive.words.having(FORM, '"xyzzy"') == {2}


def test_a_new_version_is_read_and_its_forerunner_forgotten(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW))
        fill(archive)
        keep(archive, accession(plan(text="Ferries."), UPDATED), now=TUESDAY)
        assert fill(archive) == [2]
        assert archive.words.having(FORM, '"ferries"') == {1}
        assert archive.words.having(FORM, '"boats"') == set()
        assert archive.words.unread_versions(FORM, 10) == ()


def test_other_rules_of_reading_begin_anew(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(), NEW), accession(statement(), NEW))
        fill(archive)
        assert archive.words.having(2, '"xyzzy"') == {1, 2}, "what was read by other rules says nothing"
        assert fill(archive, 2) == [1, 2]
        assert archive.words.having(2, '"small boats"') == {1}
        assert rows(archive, "SELECT count(*) FROM version_words_fts WHERE version_words_fts MATCH 'boats'") == [(1,)]
