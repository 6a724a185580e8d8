"""PDF files written by hand, object by object: well-formed ones, and ones that no honest program would write."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
MARGIN = 72


@dataclass(frozen=True, slots=True)
class Words:
    """One line of print: where it begins, from the lower left corner of the page in points, and how large it is."""

    text: str
    top: float
    left: float = MARGIN
    size: float = 11


def stream(data: bytes, *, head: str = "", squeezed: bool = True) -> bytes:
    """A stream object; `head` is what stands in its dictionary besides filter and length."""
    body = zlib.compress(data, 9) if squeezed else data
    filters = "/Filter /FlateDecode " if squeezed else ""
    return f"<< {head} {filters}/Length {len(body)} >>\nstream\n".encode("latin-1") + body + b"\nendstream"


def pdf(objects: Sequence[bytes], *, trailer: str = "") -> bytes:
    """A whole file of these objects, numbered from 1; the first is the catalogue."""
    parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
    offsets = []
    at = len(parts[0])
    for number, body in enumerate(objects, start=1):
        offsets.append(at)
        parts.append(b"%d 0 obj\n" % number + body + b"\nendobj\n")
        at += len(parts[-1])
    rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    parts.append(f"xref\n0 {size}\n0000000000 65535 f \n{rows}".encode())
    parts.append(f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{at}\n%%EOF\n".encode("latin-1"))
    return b"".join(parts)


def drawn(lines: Sequence[Words], *, kerned: bool = False) -> bytes:
    """The drawing of a page: each line set in Helvetica at its place; `kerned` in pieces of letters, as typesetters do."""
    out = ["BT"]
    for line in lines:
        step = 4 if kerned else len(line.text) or 1
        pieces = [line.text[at : at + step] for at in range(0, len(line.text), step)]
        shown = " ".join(f"({_escaped(piece)}) {number * 7 % 31 - 15}" for number, piece in enumerate(pieces))
        out.append(f"/F1 {line.size:g} Tf 1 0 0 1 {line.left:g} {line.top:g} Tm [{shown}] TJ")
    return "\n".join([*out, "ET"]).encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def pdf_of(pages: Sequence[Sequence[Words]], *, trailer: str = "", extra: Sequence[bytes] = ()) -> bytes:
    """A file with these pages. `extra` objects follow, the first is number 4 + 2 × pages."""
    return pdf_of_streams([stream(drawn(lines)) for lines in pages], trailer=trailer, extra=extra)


def pdf_of_streams(
    contents: Sequence[bytes], *, trailer: str = "", resources: str = "", extra: Sequence[bytes] = ()
) -> bytes:
    """A file whose pages have these content streams. `resources` stands beside the font, `extra` objects follow the pages."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {5 + 2 * number} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> {resources} >> >>"
        )
        objects += [page.encode(), content]
    return pdf([*objects, *extra], trailer=trailer)


def set_in_lines(text: str, *, top: float, size: float = 11, columns: int = 88, left: float = MARGIN) -> list[Words]:
    """A paragraph broken into lines of so many characters, from `top` downwards."""
    lines: list[str] = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= columns:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [Words(line, top - number * size * 1.25, left, size) for number, line in enumerate(lines)]


def encryption(fields: Mapping[str, str] | None = None) -> str:
    """What a trailer says of a file that opens with a password; ours opens with none at all."""
    shown = {"V": "2", "R": "3", "Length": "128", "P": "-44", "O": f"<{'5a' * 32}>", "U": f"<{'a5' * 32}>"} | dict(
        fields or {}
    )
    inside = " ".join(f"/{key} {value}" for key, value in shown.items())
    return f"/Encrypt << /Filter /Standard {inside} >> /ID [<{'00' * 16}> <{'00' * 16}>]"
