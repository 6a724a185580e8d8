"""What a file is, told by its content. A name or a claimed type only decides between two readings of plain characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from monitor.extract.extraction import UNKNOWN_TYPE

Kind = Literal["pdf", "zip", "docx", "xlsx", "odt", "ods", "html", "csv", "text"]

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
MEDIA_TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "zip": "application/zip",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "odt": f"{_OPEN_DOCUMENT}.text",
    "ods": f"{_OPEN_DOCUMENT}.spreadsheet",
    "html": "text/html",
    "csv": "text/csv",
    "text": "text/plain",
}
_KINDS_OF_TYPES: dict[str, Kind] = {media_type: kind for kind, media_type in MEDIA_TYPES.items()} | {
    "application/xhtml+xml": "html",
    "application/csv": "csv",
    "text/tab-separated-values": "csv",
}
_KINDS_OF_NAMES: dict[str, Kind] = {
    "pdf": "pdf", "docx": "docx", "docm": "docx", "xlsx": "xlsx", "xlsm": "xlsx", "odt": "odt", "ods": "ods", "csv": "csv",
    "tsv": "csv", "htm": "html", "html": "html", "txt": "text",
}  # fmt: skip
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n", "image/png", "a PNG picture"),
    (b"\xff\xd8\xff", "image/jpeg", "a JPEG picture"),
    (b"GIF8", "image/gif", "a GIF picture"),
    (b"II*\x00", "image/tiff", "a TIFF picture"),
    (b"MM\x00*", "image/tiff", "a TIFF picture"),
    (b"{\\rtf", "application/rtf", "a rich text (RTF) document"),
    (b"\x1f\x8b", "application/gzip", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "application/vnd.rar", "a RAR archive"),
    (b"BZh", "application/x-bzip2", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "application/x-xz", "an xz archive"),
    (b"\x7fELF", "application/x-elf", "a program"),
    (b"MZ", "application/vnd.microsoft.portable-executable", "a program"),
    (b"%!PS", "application/postscript", "a PostScript document"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3", "a database"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Microsoft's compound files begin: Office documents up to 2003, and newer ones behind a password."""
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("WordDocument", "application/msword", "a Word document of before 2007 (.doc)"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint", "a PowerPoint presentation of before 2007 (.ppt)"),
    ("Workbook", "application/vnd.ms-excel", "an Excel workbook of before 2007 (.xls)"),
    ("VisioDocument", "application/vnd.visio", "a Visio drawing"),
    ("__substg1.0_", "application/vnd.ms-outlook", "an Outlook message"),
)
_PRESENTATIONS: tuple[tuple[bytes, str, str], ...] = (
    (b"presentationml", f"{_OFFICE}.presentationml.presentation", "a PowerPoint presentation"),
    (b"opendocument.presentation", f"{_OPEN_DOCUMENT}.presentation", "an OpenDocument presentation"),
    (b"opendocument.graphics", f"{_OPEN_DOCUMENT}.graphics", "an OpenDocument drawing"),
    (b"epub+zip", "application/epub+zip", "an e-book (EPUB)"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b", re.I | re.S
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_SAMPLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """What a file is. `kind` is None where there is no reader for it; `what` then names it in words."""

    kind: Kind | None
    media_type: str
    what: str = ""


def find_kind(body: bytes) -> Found:
    """Tell a file by its first bytes. A ZIP archive may turn out to be an office document, text to be a table."""
    head = body[:_SAMPLE]
    start = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return Found("html", MEDIA_TYPES["html"])
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Found("zip", MEDIA_TYPES["zip"])
    # ISO 32000 wants the mark at the very start; every reader accepts it in the first kilobyte.
    if b"%PDF-" in head[:1024]:
        return Found("pdf", MEDIA_TYPES["pdf"])
    if head.startswith(OLE):
        return _find_ole(body)
    for mark, media_type, what in _FOREIGN:
        if head.startswith(mark) and (len(mark) > 2 or not _is_text(head)):
            return Found(None, media_type, what)
    if head.startswith(_UTF16) or _is_text(head):
        return Found("text", MEDIA_TYPES["text"])
    return Found(None, UNKNOWN_TYPE, "binary data of a format that is not known here")


def find_package(types: bytes, mimetype: bytes) -> Found:
    """What a ZIP archive is that no reader knows, by what it says of its parts or of itself."""
    for mark, media_type, what in _PRESENTATIONS:
        if mark in types or mark in mimetype:
            return Found(None, media_type, what)
    if types or mimetype:
        return Found(None, MEDIA_TYPES["zip"], "an Office or OpenDocument file of another kind")
    return Found(None, MEDIA_TYPES["zip"], "a ZIP archive")


def _find_ole(body: bytes) -> Found:
    """What Microsoft's compound file holds, by the names of its streams."""
    for stream, media_type, what in _STREAMS:
        if stream.encode("utf-16-le") in body:
            return Found(None, media_type, what)
    return Found(None, "application/x-ole-storage", "a Microsoft Office document of before 2007")


def claimed_kind(name: str, claimed_type: str | None) -> Kind | None:
    """What a publisher says a file is: by its media type, else by the end of its name."""
    by_type = _KINDS_OF_TYPES.get((claimed_type or "").partition(";")[0].strip().lower())
    return by_type or _KINDS_OF_NAMES.get(name.rpartition(".")[2].lower())


def looks_like_utf16(head: bytes) -> bool:
    """Latin letters in UTF-16 without a byte order mark: every other byte is NUL."""
    half = len(head) // 2
    fewer, more = sorted((head[0::2].count(0), head[1::2].count(0)))
    return half >= 4 and more > 0.4 * half and fewer < 0.1 * half


def _is_text(head: bytes) -> bool:
    if looks_like_utf16(head):
        return True
    return len(head) - len(head.translate(None, _CONTROLS)) <= len(head) // 50
