"""Word, Excel and OpenDocument files as text: headings, lists, tables, sheets, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.extract.extraction import Extraction, Limits
from monitor.extract.reading import read_document
from tests.fakes.office_files import docx, opendocument, paragraph, word_notes, word_styles, word_table, xlsx, zipped

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(body: bytes) -> Extraction:
    return read_document(body, name="a", claimed_type=None, limits=Limits())


def lines_of(body: bytes) -> list[str]:
    done = read(body)
    assert done.state == "extracted", done.reason
    return done.text.split("\n")


def test_a_word_document_is_told_by_its_parts() -> None:
    done = read(docx(paragraph("Words.")))
    assert (done.media_type, done.extractor, done.text, done.pages) == (DOCX, "docx/1", "Words.", None)


def test_headings_of_word_are_told_by_the_name_of_their_style_in_any_language() -> None:
    styles = {"word/styles.xml": word_styles({"berschrift2": "heading 2", "Titel": "Title", "Body": "Normal"})}
    body = "".join(
        paragraph(words, properties=f'<w:pStyle w:val="{style}"/>')
        for words, style in (("Plan", "Titel"), ("Costs", "berschrift2"), ("Shared.", "Body"))
    )
    assert lines_of(docx(body, extra=styles)) == ["# Plan", "## Costs", "Shared."]


def test_list_items_of_word_keep_their_depth() -> None:
    items = "".join(
        paragraph(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')
        for words, level in (("one", 0), ("inner", 1))
    )
    assert lines_of(docx(items)) == ["- one", "  - inner"]


def test_a_table_of_word_is_rows_and_a_table_in_a_cell_is_words() -> None:
    inner = word_table([["a", "b"]])
    nested = f"<w:tbl><w:tr><w:tc>{paragraph('Total')}</w:tc><w:tc>{inner}{paragraph('c')}</w:tc></w:tr></w:tbl>"
    assert lines_of(docx(word_table([["Band", "Rate|net"], ["One", ""]]) + nested)) == [
        "| Band | Rate│net |",
        "| One |",
        "| Total | a b c |",
    ]


def test_deleted_and_moved_text_of_word_and_the_second_copy_of_a_shape_are_left_out() -> None:
    body = (
        "<w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
        "<w:r><w:instrText>PAGEREF</w:instrText><w:br/><w:noBreakHyphen/><w:t>end</w:t></w:r></w:p>"
        "<mc:AlternateContent><mc:Choice><w:txbxContent>" + paragraph("Box") + "</w:txbxContent></mc:Choice>"
        "<mc:Fallback>" + paragraph("Box") + "</mc:Fallback></mc:AlternateContent>"
    )
    assert lines_of(docx(body)) == ["Kept new -end", "Box"]


def test_notes_of_word_follow_the_text() -> None:
    assert lines_of(docx(paragraph("Text."), extra={"word/footnotes.xml": word_notes("A note.")})) == [
        "Text.",
        "A note.",
    ]


def test_words_of_one_run_stay_together_and_white_space_is_one_space() -> None:
    body = (
        "<w:p><w:r><w:t>Cal</w:t></w:r><w:r><w:t xml:space='preserve'>ais  </w:t><w:tab/><w:t>Group</w:t></w:r></w:p>"
    )
    assert lines_of(docx(body)) == ["Calais Group"]


def test_a_real_word_document_reads(corpus: Path) -> None:
    done = read((corpus / "govuk/attachments/whitehall_sample.docx").read_bytes())
    assert (done.state, done.text) == ("extracted", "This is a test document.")


def test_an_opendocument_text_has_headings_lists_tables_and_notes() -> None:
    body = (
        '<text:h text:outline-level="2">Costs</text:h><text:p>Shared<text:s text:c="900000000"/>by<text:tab/>all.</text:p>'
        "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
        "<table:table-cell/><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
    )
    assert lines_of(opendocument("text", body)) == [
        "## Costs",
        "Shared by all.",
        "- one",
        "  - inner",
        "| a b |  | c |",
    ]


def test_sheets_of_an_opendocument_have_positions_and_repeats_are_written_out() -> None:
    def cell(words: str, times: int = 1) -> str:
        return f'<table:table-cell table:number-columns-repeated="{times}"><text:p>{words}</text:p></table:table-cell>'

    def row(cells: str, times: int = 1) -> str:
        return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'

    end = '<table:table-cell table:number-columns-repeated="16000"/>'
    first = row(cell("x", 2) + cell("y") + end, 2) + row(end, 1_000_000)
    tables = f'<table:table table:name="One">{first}</table:table><table:table table:name="Two">{row(cell("z"))}</table:table>'
    done = read(opendocument("spreadsheet", tables))
    assert done.text.split("\n") == ["## One", "| x | x | y |", "| x | x | y |", "## Two", "| z |"]
    assert done.positions == ((0, "One"), (3, "Two"))
    assert done.extractor == "ods/1"


def test_a_workbook_is_read_sheet_by_sheet() -> None:
    rows = (
        '<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
        '<row><c r="A2" t="inlineStr"><is><t>in line</t></is></c><c r="B2"><v>0.30000000000000004</v></c>'
        '<c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#REF!</v></c></row><row/>'
    )
    done = read(xlsx({"Spend": rows, "R & D": '<row><c t="str"><v>x</v></c></row>'}, words=["Band", "Rate"]))
    assert done.text.split("\n") == [
        "## Spend",
        "| Band |  | Rate |",
        "| in line | 0.3 | TRUE | #REF! |",
        "## R & D",
        "| x |",
    ]
    assert done.positions == ((0, "Spend"), (3, "R & D"))


@pytest.mark.parametrize(
    ("style", "value", "shown"),
    [
        ("0", "45636", "45636"),
        ("1", "45636", "2024-12-10"),
        ("1", "45636.5", "2024-12-10 12:00"),
        ("2", "0.25", "06:00"),
    ],
)
def test_a_date_of_a_workbook_is_shown_as_a_date(style: str, value: str, shown: str) -> None:
    body = xlsx({"One": f'<row><c s="{style}"><v>{value}</v></c></row>'}, formats=[0, 14, 20])
    assert lines_of(body)[1] == f"| {shown} |"


def test_a_chart_s_workbook_inside_a_document_is_not_opened_and_does_no_harm() -> None:
    inner = xlsx({"One": '<row><c t="str"><v>hidden</v></c></row>'})
    assert lines_of(docx(paragraph("Text."), extra={"word/embeddings/sheet.xlsx": inner})) == ["Text."]


def test_an_office_file_of_another_kind_is_unsupported_and_says_so() -> None:
    done = read(zipped({"[Content_Types].xml": "drawingml", "visio/document.xml": "<a/>"}))
    assert (done.state, "another kind" in done.reason) == ("unsupported", True)


def test_a_document_without_words_has_no_text() -> None:
    assert read(docx(paragraph(" "))).state == "no-text"
