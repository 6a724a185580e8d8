"""A plain PDF 1.4 of a few lines: an attachment for the story, with text that can be read out of it again."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

_COLUMNS = 84
_LINES = 52
_LEADING = 14


def make_pdf(title: str, lines: Sequence[str]) -> bytes:
    """A4 pages in Helvetica. The same words always give the same bytes: no dates, no random identifiers."""
    wrapped = [title, ""]
    for line in lines:
        wrapped += [*textwrap.wrap(line, _COLUMNS), ""]
    pages = [wrapped[start : start + _LINES] for start in range(0, len(wrapped), _LINES)]
    numbers = [4 + 2 * place for place in range(len(pages))]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{number} 0 R' for number in numbers)}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        content = _content(page)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {number + 1} 0 R >>".encode(),
            f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
        ]
    return _assemble(objects)


def page_count(pdf: bytes) -> int:
    """How many pages a paper made here has."""
    return pdf.count(b"/Type /Page ")


def _content(lines: Sequence[str]) -> bytes:
    shown = [b"BT /F1 11 Tf 56 780 Td %d TL" % _LEADING]
    shown += [b"(" + _escape(line) + b") Tj T*" for line in lines]
    return b"\n".join([*shown, b"ET"])


def _escape(line: str) -> bytes:
    data = line.encode("cp1252", "replace")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _assemble(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
