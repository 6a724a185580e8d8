"""Office documents written by hand: the few parts that a reader needs, zipped in a fixed order at a fixed time."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OOXML = "http://schemas.openxmlformats.org"
_WORD = f'xmlns:w="{_OOXML}/wordprocessingml/2006/main" xmlns:mc="{_OOXML}/markup-compatibility/2006"'
_SHEET = f'xmlns="{_OOXML}/spreadsheetml/2006/main" xmlns:r="{_OOXML}/officeDocument/2006/relationships"'
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
_LONG_AGO = (2024, 12, 10, 9, 0, 0)


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """A ZIP archive of these members, in this order."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, body in members.items():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, body)
    return file.getvalue()


def content_types(main: str, kind: str) -> str:
    """[Content_Types].xml of a document whose main part is `main`."""
    return (
        f'{XML}<Types xmlns="{_OOXML}/package/2006/content-types"><Override PartName="/{main}"'
        f' ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
    )


def docx(body: str, *, doctype: str = "", extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """A Word document with this markup as its body."""
    document = f"{XML}{doctype}<w:document {_WORD}><w:body>{body}</w:body></w:document>"
    return zipped(
        {
            "[Content_Types].xml": content_types("word/document.xml", "wordprocessingml.document"),
            "word/document.xml": document,
            **(extra or {}),
        }
    )


def word_styles(styles: Mapping[str, str]) -> str:
    """styles.xml: id of each paragraph style and its name."""
    rows = "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in styles.items())
    return f"{XML}<w:styles {_WORD}>{rows}</w:styles>"


def word_notes(*notes: str) -> str:
    """footnotes.xml with these notes."""
    rows = "".join(f"<w:footnote>{paragraph(note)}</w:footnote>" for note in notes)
    return f"{XML}<w:footnotes {_WORD}>{rows}</w:footnotes>"


def paragraph(words: str, *, properties: str = "") -> str:
    """A paragraph of a Word document."""
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inside}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """A table of a Word document."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def xlsx(
    sheets: Mapping[str, str], *, words: Sequence[str] = (), formats: Sequence[int] = (), doctype: str = ""
) -> bytes:
    """A workbook: sheet data by title, shared words, and the number format of each style."""
    listed = "".join(f'<sheet name={quoteattr(title)} r:id="rId{n}"/>' for n, title in enumerate(sheets, start=1))
    relations = "".join(
        f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n, _ in enumerate(sheets, start=1)
    )
    shared = "".join(f"<si><t>{escape(word)}</t></si>" for word in words)
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in formats)
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": content_types("xl/workbook.xml", "spreadsheetml.sheet"),
        "xl/workbook.xml": f"{XML}<workbook {_SHEET}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": (
            f'{XML}<Relationships xmlns="{_OOXML}/package/2006/relationships">{relations}</Relationships>'
        ),
        "xl/sharedStrings.xml": f"{XML}<sst {_SHEET}>{shared}</sst>",
        "xl/styles.xml": f"{XML}<styleSheet {_SHEET}><cellXfs>{styles}</cellXfs></styleSheet>",
    }
    for number, data in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"{XML}{doctype}<worksheet {_SHEET}><sheetData>{data}</sheetData></worksheet>"
        )
    return zipped(parts)


def opendocument(kind: str, body: str, *, doctype: str = "", extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """An OpenDocument file; `kind` is text or spreadsheet, `body` the markup inside it."""
    content = (
        f"{XML}{doctype}<office:document-content {_ODF}><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content, **(extra or {})})
