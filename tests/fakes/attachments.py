"""Attachments that are broken, mislabelled or built to do harm, each with the state in which it has to end.

All are made here, the same bytes each time; none is larger than a few megabytes, whatever it unpacks to.
"""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from monitor.model.publication import TextState
from tests.fakes.office_files import docx, opendocument, paragraph, xlsx, zipped
from tests.fakes.pdf_files import Words, encryption, pdf, pdf_of, pdf_of_streams, stream

MB = 1024 * 1024
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
FILE_ENTITY = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
ODP = "application/vnd.oasis.opendocument.presentation"
TEXT = "The Calais Group priority plan will be placed in the Libraries of both Houses."
GOOD = pdf_of([[Words(TEXT, 700)], [Words("The second page.", 700)]])


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment: the name it is published under, how it is made, where it ends, and a word of the reason."""

    name: str
    make: Callable[[], bytes]
    state: TextState
    because: str
    claimed_type: str | None = None
    keeps: str = ""


def spaces_squeezed(megabytes: int) -> bytes:
    """So many megabytes of spaces in a zlib stream, made piece by piece."""
    squeeze = zlib.compressobj(9)
    piece = b" " * MB
    return b"".join(squeeze.compress(piece) for _ in range(megabytes)) + squeeze.flush()


def flate_bomb() -> bytes:
    """One page of half a megabyte that unpacks to 460."""
    body = spaces_squeezed(460)
    return pdf_of_streams(
        [f"<< /Filter /FlateDecode /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream"]
    )


def flate_bomb_in_a_bomb() -> bytes:
    """A few kilobytes that unpack to half a megabyte that unpacks to 600."""
    body = zlib.compress(spaces_squeezed(600), 9)
    head = f"<< /Filter [/FlateDecode /FlateDecode] /Length {len(body)} >>\nstream\n"
    return pdf_of_streams([head.encode() + body + b"\nendstream"])


def _form(number: int, times: int) -> bytes:
    head = (
        "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
        f" /Resources << /Font << /F1 3 0 R >> /XObject << /X {number} 0 R >> >>"
    )
    return stream(b"BT /F1 9 Tf 1 0 0 1 72 700 Tm (again) Tj ET " + b"/X Do " * times, head=head)


def form_that_draws_itself() -> bytes:
    """A drawing that contains itself fifty times."""
    return pdf_of_streams([stream(b"/X Do " * 50)], resources="/XObject << /X 6 0 R >>", extra=[_form(6, 50)])


def forms_ten_to_the_thirty() -> bytes:
    """Thirty drawings, each with the next one ten times."""
    forms = [_form(7 + number, 10) for number in range(30)]
    return pdf_of_streams([stream(b"/X Do")], resources="/XObject << /X 6 0 R >>", extra=[*forms, stream(b"")])


def page_tree(kids: str, count: int, *more: bytes) -> bytes:
    """A PDF with this page tree."""
    pages = f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, *more])


def presentation() -> bytes:
    """The outside of a PowerPoint file."""
    return zipped({"[Content_Types].xml": "presentationml", "ppt/presentation.xml": "<a/>"})


def zip_bomb() -> bytes:
    """A Word document of 200 KB with 200 MB of text."""
    file = BytesIO(docx(paragraph(TEXT)))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo("word/footnotes.xml", (2024, 12, 10, 9, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w") as member:
            for _ in range(200):
                member.write(b" " * MB)
    return file.getvalue()


def zip_that_lies() -> bytes:
    """A Word document whose directory says that its 3 MB of text are 3 KB."""
    body = docx(paragraph("word " * 600_000))
    real = struct.pack("<I", body_size(body, "word/document.xml"))
    return body.replace(real, struct.pack("<I", 3000))


def body_size(archive: bytes, name: str) -> int:
    """How large the central directory says a member is."""
    at = archive.rindex(name.encode()) - 46
    return int(struct.unpack_from("<I", archive, at + 24)[0])


def zip_of_many() -> bytes:
    """A Word document among 5,000 empty members."""
    return docx(paragraph(TEXT), extra={f"word/media/{number}.bin": b"" for number in range(5000)})


def encrypted_zip() -> bytes:
    """A ZIP archive whose members say that they need a password."""
    body = bytearray(docx(paragraph(TEXT)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.find(mark)
        while at >= 0:
            body[at + offset] |= 1
            at = body.find(mark, at + 4)
    return bytes(body)


def deep_docx() -> bytes:
    """A table in a table in a table, 5,000 deep."""
    deep = 5000
    return docx("<w:tbl><w:tr><w:tc>" * deep + paragraph(TEXT) + "</w:tc></w:tr></w:tbl>" * deep)


def repeated_cells() -> bytes:
    """A spreadsheet of one cell that stands for a million columns and a million rows."""
    cell = '<table:table-cell table:number-columns-repeated="1000000"><text:p>again</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    return opendocument("spreadsheet", f'<table:table table:name="One">{row}</table:table>')


def repeated_rows() -> bytes:
    """A spreadsheet of one row that stands for a hundred million."""
    cell = "<table:table-cell><text:p>again and again</text:p></table:table-cell>"
    row = f'<table:table-row table:number-rows-repeated="100000000">{cell}</table:table-row>'
    return opendocument("spreadsheet", f'<table:table table:name="One">{row}</table:table>')


def far_cells() -> bytes:
    """A sheet of 200,000 rows with one cell each, in the last column there is."""
    rows = "".join(f'<row><c r="XFD{n}"><v>1</v></c></row>' for n in range(200_000))
    return xlsx({"One": rows})


def endless_quote() -> bytes:
    """A CSV file with a quotation mark that is never closed."""
    return b'a,b,c\n1,"2,3\n' + b"4,5,6\n" * 20_000


def deep_html() -> bytes:
    """A web page 200,000 elements deep: a parser would take a time that grows with the square of it."""
    return b"<!DOCTYPE html><body>" + b"<div>" * 200_000 + b"deep down"


def noise(size: int) -> bytes:
    """Bytes without a meaning, always the same."""
    return random.Random(5).randbytes(size)


def slow_page() -> bytes:
    """A page of 400,000 words, each set in a place of its own, one over the other."""
    return pdf_of_streams([stream(b"BT /F1 9 Tf " + b"1 0 0 1 72 700 Tm (word) Tj " * 400_000 + b"ET")])


def compound_file(*streams: str) -> bytes:
    """The beginning of a compound file of Microsoft's with these names in its directory."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + b"".join(name.encode("utf-16-le") for name in streams)
        + bytes(512)
    )


def odf_behind_a_password() -> bytes:
    """An OpenDocument text whose manifest says that its content is encrypted."""
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    return opendocument("text", "", extra={"META-INF/manifest.xml": manifest})


def word_without_document() -> bytes:
    """What calls itself a Word document, with a main part that breaks off."""
    whole = docx(paragraph(TEXT))
    return whole[: len(whole) // 2]


def two_main_parts() -> bytes:
    """A Word document with two main parts, of which programs would show one or the other."""
    parts = {"[Content_Types].xml": "wordprocessingml", "word/document.xml": "<a/>", "word/documenT.xml": "<a/>"}
    return zipped(parts).replace(b"documenT", b"document")


def missing_sheet() -> bytes:
    """A workbook that lists a sheet and does not hold it."""
    return xlsx({"One": ""}).replace(b"sheet1.xml", b"sheet9.xml")


def xref_loop() -> bytes:
    """A PDF whose table of contents says that it goes on where it began."""
    at = GOOD.rindex(b"xref\n0 ")
    return GOOD.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d " % at)


def empty_page() -> bytes:
    """A page with a grey square on it and no words, as a scanner leaves it."""
    return pdf_of_streams([stream(b"0.5 g 72 72 400 600 re f")])


CLIMBING = {"../../../../tmp/evil": "x", "/etc/cron.d/evil": "x", "C:\\evil": "x"}
_NUL_ROW = b"\0,x\n"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
_ROW = "<row><c t='str'><v>&lol9;</v></c></row>"
_LAUGH = "<w:p><w:r><w:t>&lol9;</w:t></w:r></w:p>"
_HTML = b"<!DOCTYPE html><html><body><h1>Page not found</h1><p>It was moved.</p></body></html>"

ATTACHMENTS: tuple[Attachment, ...] = (
    Attachment("flate-bomb.pdf", flate_bomb, "too-large", "memory"),
    Attachment("flate-bomb-in-a-bomb.pdf", flate_bomb_in_a_bomb, "too-large", "memory"),
    Attachment("form-that-draws-itself.pdf", form_that_draws_itself, "too-large", "memory"),
    Attachment("forms-ten-to-the-thirty.pdf", forms_ten_to_the_thirty, "too-large", "memory"),
    Attachment("page-tree-in-a-loop.pdf", lambda: page_tree("2 0 R 2 0 R", 2), "damaged", "none of its 2 pages"),
    Attachment("deep-arrays.pdf", lambda: page_tree("[" * 200_000 + "]" * 200_000, 1), "damaged", "none of its"),
    Attachment("two-billion-pages.pdf", lambda: page_tree("3 0 R", 2_000_000_000, _PAGE), "no-text", "no words"),
    Attachment("20000-pages.pdf", lambda: page_tree("3 0 R " * 20_000, 20_000, _PAGE), "too-large", "20,000 pages"),
    Attachment("password.pdf", lambda: pdf_of([[Words(TEXT, 700)]], trailer=encryption()), "encrypted", "password"),
    Attachment("scanned.pdf", empty_page, "no-text", "pictures of pages"),
    Attachment("cut-short.pdf", lambda: GOOD[: len(GOOD) * 6 // 10], "damaged", "cut short"),
    Attachment("end-mark-missing.pdf", lambda: GOOD[:-7], "damaged", "before its end mark", keeps=TEXT),
    Attachment("xref-in-a-loop.pdf", xref_loop, "extracted", "", keeps=TEXT),
    Attachment("header-only.pdf", lambda: b"%PDF-1.7\n", "damaged", "cut short"),
    Attachment("noise-with-a-header.pdf", lambda: b"%PDF-1.7\n" + noise(100_000), "damaged", "cut short or broken"),
    Attachment("empty.pdf", lambda: b"", "damaged", "empty"),
    Attachment("page-not-found.pdf", lambda: _HTML, "extracted", "is text/html", keeps="# Page not found"),
    Attachment("picture.pdf", lambda: b"\xff\xd8\xff\xe0" + noise(5000), "unsupported", "JPEG"),
    Attachment("report.csv", lambda: GOOD, "extracted", "is application/pdf", "text/csv", keeps=TEXT),
    Attachment("zip-bomb.docx", zip_bomb, "refused", "ZIP bomb"),
    Attachment("zip-that-lies.docx", zip_that_lies, "damaged", "broken"),
    Attachment("5000-members.docx", zip_of_many, "refused", "5,002 members"),
    Attachment("encrypted-members.docx", encrypted_zip, "encrypted", "password"),
    Attachment("password.docx", lambda: compound_file("EncryptedPackage"), "encrypted", "password"),
    Attachment("password.odt", odf_behind_a_password, "encrypted", "password"),
    Attachment("word-97.doc", lambda: compound_file("WordDocument"), "unsupported", "a Word document of before 2007"),
    Attachment(
        "slides-97.ppt", lambda: compound_file("PowerPoint Document"), "unsupported", "presentation of before 2007"
    ),
    Attachment("sheet-97.xls", lambda: compound_file("Workbook"), "unsupported", "an Excel workbook of before 2007"),
    Attachment("slides.pptx", presentation, "unsupported", "a PowerPoint presentation"),
    Attachment("slides.odp", lambda: zipped({"mimetype": ODP}), "unsupported", "an OpenDocument presentation"),
    Attachment("cut-short.docx", word_without_document, "damaged", "cut short"),
    Attachment("two-main-parts.docx", two_main_parts, "refused", "two members"),
    Attachment("noise.docx", lambda: b"PK\x03\x04" + noise(100_000), "damaged", "ZIP archive is broken"),
    Attachment("deep-tables.docx", deep_docx, "refused", "256 deep"),
    Attachment("billion-laughs.docx", lambda: docx(_LAUGH, doctype=LAUGHS), "refused", "DOCTYPE"),
    Attachment("file-entity.docx", lambda: docx(paragraph("x"), doctype=FILE_ENTITY), "refused", "DOCTYPE"),
    Attachment("billion-laughs.odt", lambda: opendocument("text", "<text:p/>", doctype=LAUGHS), "refused", "DOCTYPE"),
    Attachment("billion-laughs.xlsx", lambda: xlsx({"One": _ROW}, doctype=LAUGHS), "refused", "DOCTYPE"),
    Attachment("broken-xml.docx", lambda: docx("<w:p><w:r></w:p>"), "damaged", "mismatched tag"),
    Attachment("missing-sheet.xlsx", missing_sheet, "damaged", "missing"),
    Attachment("no-sheets.xlsx", lambda: xlsx({}), "no-text", "no words"),
    Attachment("climbing-names.docx", lambda: docx(paragraph(TEXT), extra=CLIMBING), "extracted", "", keeps=TEXT),
    Attachment("climbing-names.zip", lambda: zipped(CLIMBING), "unsupported", "ZIP archive"),
    Attachment("zip-in-a-zip.zip", lambda: zipped({"a": zipped({"b": zipped({"c": "x"})})}), "refused", "inside a ZIP"),
    Attachment("million-columns.ods", repeated_cells, "too-large", "columns"),
    Attachment("hundred-million-rows.ods", repeated_rows, "too-large", "the beginning is kept", keeps="## One"),
    Attachment("far-cells.xlsx", far_cells, "too-large", "the beginning is kept", keeps="## One"),
    Attachment(
        "million-columns.csv", lambda: b"a,b\n" + b"1," * 1_000_000, "too-large", "1,000,000 columns", keeps="| a"
    ),
    Attachment("endless-quote.csv", endless_quote, "extracted", "quotation marks", keeps="| 4 | 5 | 6 |"),
    Attachment(
        "nul-bytes.csv", lambda: b"a,b\n" + b"1,two words\n" * 90 + _NUL_ROW, "extracted", "", keeps="| two words |"
    ),
    Attachment("noise.csv", lambda: noise(100_000), "unsupported", "not known here"),
    Attachment("zeros.txt", lambda: bytes(1_000_000), "unsupported", "not known here"),
    Attachment("gzip.csv", lambda: zlib.compress(b"a,b\n" * 1000, wbits=31), "unsupported", "gzip"),
    Attachment("deep.html", deep_html, "extracted", "", keeps="deep down"),
    Attachment("crowded.pdf", slow_page, "extracted", "", keeps="word"),
)
"""Every one of them, by the name under which it is published."""
