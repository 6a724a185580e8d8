"""Texts of files are held in memory only so many at a time, and only so much of each publication."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from monitor.database import open_database
from monitor.model.paper import Paper, PaperText
from monitor.model.publication import Attachment
from tests.store.shelf import MONDAY, NEW, accession, keep, open_shelf, plan
from tests.store.test_schema import STEPS

MB = 1_000_000
FILES = tuple(Attachment(name, f"https://example.org/{name}.pdf", name.upper()) for name in "abc")


def test_watches_read_of_one_publication_s_files_so_much_together(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(attachments=FILES), NEW))
        for number, file in enumerate(FILES):
            archive.papers.record(Paper(file.url, "extracted", sha256=str(number) * 64), PaperText("words " * 700_000))
        read = archive.papers.texts_of("govuk:plan:en", 1)
        assert [(name, len(text)) for name, text in read] == [("a", 4_200_000), ("b", 1_800_000)]


def test_the_word_index_takes_long_texts_one_after_the_other(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        for number, length in enumerate((3, 3, 1)):
            paper = Paper(f"https://example.org/{number}", "extracted", sha256=str(number) * 64)
            archive.papers.record(paper, PaperText("x" * length * MB))
        assert [number for number, _ in archive.words.unread_papers(1, 10)] == [1, 2]


def test_a_place_is_the_last_page_that_began() -> None:
    words = PaperText("one\ntwo\nthree", ((0, "page 1"), (1, "page 2"), (1, "page 3")))
    assert [words.place_at(offset) for offset in (0, 3, 4, 12)] == ["page 1", "page 1", "page 3", "page 3"]
    assert PaperText("one").place_at(1) == ""


def test_what_is_wanted_is_new_or_due_again(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(attachments=FILES), NEW))
        archive.papers.record(Paper(FILES[0].url, "extracted", fetched_at=MONDAY))
        archive.papers.record(Paper(FILES[1].url, "pending", next_try_at=MONDAY))
        assert {one.paper.url for one in archive.papers.due(MONDAY, 9, after_version=0)} == {FILES[1].url, FILES[2].url}


def test_words_come_in_with_each_paper_that_has_them_whatever_the_order(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(attachments=FILES), NEW))
        first, same, other = (
            Paper(file.url, "extracted", sha256=sha * 64) for file, sha in zip(FILES, "112", strict=True)
        )
        archive.papers.record(first, PaperText("one"))
        after = archive.papers.head()
        archive.papers.record(same, PaperText("one"))
        archive.papers.record(first, PaperText("one"))
        archive.papers.record(other)
        assert [id for _, _, id in archive.papers.texts_after(after, 10)] == ["b"]
        archive.papers.record(other, PaperText("two"))
        archive.papers.record(replace(first, sha256="3" * 64), PaperText("three"))
        assert [id for _, _, id in archive.papers.texts_after(after, 10)] == ["b", "c", "a"]


def test_an_older_archive_goes_on_from_the_last_text_it_counted(tmp_path: Path) -> None:
    with open_database(tmp_path / "archive.db", STEPS[:12]) as old:
        for number, url in enumerate((FILES[0].url, FILES[1].url), start=1):
            old.execute("INSERT INTO papers (url, sha256, text_state) VALUES (?, ?, 'extracted')", (url, str(number)))
        old.execute("INSERT INTO paper_texts (id, sha256, text) VALUES (7, '1', 'one'), (9, 'gone', 'no more')")
    with open_shelf(tmp_path) as archive:
        keep(archive, accession(plan(attachments=FILES), NEW))
        assert archive.papers.texts_after(0, 10) == ((7, "govuk:plan:en", "a"),)
        archive.papers.record(Paper(FILES[2].url, "extracted", sha256="1"), PaperText("one"))
        assert archive.papers.texts_after(9, 10) == ((10, "govuk:plan:en", "c"),)
