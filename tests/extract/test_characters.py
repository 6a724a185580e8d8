"""Files that are nothing but characters: tables, plain text and web pages, in whatever encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.extract.extraction import Extraction, Limits
from monitor.extract.kinds import find_kind
from monitor.extract.reading import read_document

CAFE = "name,place\nCafé,Zürich\nPub,“Hull”\n"


def read(body: bytes, name: str = "a", claimed_type: str | None = None) -> Extraction:
    return read_document(body, name=name, claimed_type=claimed_type, limits=Limits())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_table_reads_the_same_in_every_encoding(encoding: str) -> None:
    done = read(CAFE.encode(encoding), "a.csv")
    assert done.text == "| name | place |\n| Café | Zürich |\n| Pub | “Hull” |"
    assert (done.media_type, done.extractor) == ("text/csv", "csv/1")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter_is_found(delimiter: str) -> None:
    table = "\n".join(delimiter.join(row) for row in (["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]))
    assert read(table.encode(), "a.csv").text == "| a | b | c |\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |"


def test_a_cell_may_hold_a_line_break_and_a_delimiter_and_bars() -> None:
    assert read(b'a,b\n"one,\ntwo","x|y"\n', "a.csv").text == "| a | b |\n| one, two | x│y |"


def test_a_table_is_seen_without_being_called_one() -> None:
    assert read(b"a,b,c\n1,2,3\n4,5,6\n").media_type == "text/csv"
    assert read(b"a,b,c\n1,2,3\n4,5,6\n", "notes.txt", "text/plain").media_type == "text/plain"


def test_prose_with_commas_is_no_table() -> None:
    prose = b"First, second, and third.\nWe met, and agreed.\nThen, having met, we left, at last.\n"
    assert read(prose).media_type == "text/plain"


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_file() -> None:
    done = read(b'a,b\n1,"2\n' + b"3,4\n" * 20_000, "a.csv")
    assert done.text.count("\n") == 20_001
    assert "quotation marks do not match" in done.reason


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("byte_order_mark_test_sample", "| old_url | title | summary |"),
        ("invalid_encoding", "| old_url | organisation | title |"),
        ("malformed", "| Please read the additional data fields descriptions"),
    ],
)
def test_the_tables_that_whitehall_is_tested_with_are_read(corpus: Path, name: str, first: str) -> None:
    file = corpus / f"govuk/attachments/whitehall_{name}.csv"
    done = read(file.read_bytes(), file.name, "text/csv")
    assert (done.state, done.media_type) == ("extracted", "text/csv")
    assert done.text.startswith(first)


def test_a_paragraph_that_was_broken_into_lines_is_put_together() -> None:
    text = (
        "The priority plan sets out how the five governments will act\n"
        "together against those who smuggle people across the Channel.\n"
        "\n"
        "Yours sincerely\n"
        "A Minister\n"
        "- one item of a list that is as wide as all the other lines\n"
        "- another\n"
    )
    assert read(text.encode(), "a.txt").text.split("\n") == [
        "The priority plan sets out how the five governments will act together against those who smuggle people"
        " across the Channel.",
        "Yours sincerely",
        "A Minister",
        "- one item of a list that is as wide as all the other lines",
        "- another",
    ]


def test_text_of_one_line_a_paragraph_stays_as_it_is() -> None:
    lines = ["word " * 60 + "end", "word " * 70 + "end"]
    assert read("\r\n".join(lines).encode(), "a.txt").text.split("\n") == lines


def test_a_web_page_is_told_by_its_content_and_read_in_blocks() -> None:
    done = read(
        b"\n<!-- made by hand --><!DOCTYPE html><body><h2>Costs</h2><p>Shared.</p><script>no()</script>", "a.txt"
    )
    assert (done.media_type, done.text) == ("text/html", "## Costs\nShared.")


def test_a_web_page_may_say_in_which_encoding_it_is() -> None:
    page = '<html><head><meta charset="iso-8859-7"></head><body><p>Αθήνα</p></body></html>'
    assert read(page.encode("iso-8859-7")).text == "Αθήνα"


def test_a_web_page_that_lies_about_its_encoding_is_still_read() -> None:
    page = '<html><head><meta charset="no-such-thing"></head><body><p>Café</p></body></html>'
    assert read(page.encode()).text == "Café"


@pytest.mark.parametrize(
    ("claimed", "name", "note"),
    [
        ("application/pdf", "a", "it is called application/pdf, and is text/html"),
        (None, "a.pdf", "it is called application/pdf, and is text/html"),
        ("application/octet-stream", "a", ""),
        ("text/html; charset=utf-8", "a.pdf", ""),
    ],
)
def test_a_wrong_label_is_remarked_on(claimed: str | None, name: str, note: str) -> None:
    assert read(b"<html><body><p>Words</p></body></html>", name, claimed).reason == note


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"{\\rtf1 words}", "application/rtf"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "application/vnd.microsoft.portable-executable"),
        (b"MZ is a plate of the town of Mainz.", "text/plain"),
        (b"\x00\x01\x02\x03\x04", "application/octet-stream"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\r\n\r\n%PDF-1.7", "application/pdf"),
    ],
)
def test_a_file_is_told_by_how_it_begins(head: bytes, media_type: str) -> None:
    assert find_kind(head).media_type == media_type
