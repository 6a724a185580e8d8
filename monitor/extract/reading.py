"""One document from bytes to an Extraction: what it is, the reader for it, and what to record where reading ends early.

Runs in the confined process. Anything may go wrong in here, and nothing of it is more than a state with a reason.
"""

from __future__ import annotations

from monitor.confined.bounds import MB
from monitor.extract import delimited, docx, opendocument, pdf, plain, xlsx
from monitor.extract.draft import Draft, UnreadableError
from monitor.extract.encodings import decode_html, decode_text
from monitor.extract.extraction import Extraction, Limits
from monitor.extract.kinds import MEDIA_TYPES, OLE, Found, Kind, claimed_kind, find_kind, find_package
from monitor.extract.package import Package
from monitor.model.publication import TextState
from monitor.text import read_html

_HTML_EXTRACTOR = "html/1"
_MAIN_PARTS: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    ("docx", "wordprocessingml", ("word/document.xml", "word/document2.xml")),
    ("xlsx", "spreadsheetml", ("xl/workbook.xml", "xl/workbook2.xml")),
)
_OPEN_DOCUMENTS: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def read_document(body: bytes, *, name: str, claimed_type: str | None, limits: Limits) -> Extraction:
    """Read one document. Raises only where the process itself is at its end (MemoryError)."""
    if not body:
        return Extraction("damaged", MEDIA_TYPES["text"], reason="the file is empty (0 bytes)")
    found = find_kind(body)
    claimed = claimed_kind(name, claimed_type)
    job = _Job(body, found, claimed, Draft(limits))
    state: TextState = "extracted"
    reason = ""
    try:
        job.read()
    except UnreadableError as problem:
        state, reason = problem.state, problem.reason
    except (RecursionError, ArithmeticError, LookupError, TypeError, ValueError, OSError, RuntimeError) as error:
        state, reason = "damaged", f"it broke its reader ({type(error).__name__}: {str(error)[:200]})"
    return job.outcome(state, reason)


class _Job:
    """One document on its way: what it was found to be so far, and its draft."""

    def __init__(self, body: bytes, found: Found, claimed: Kind | None, draft: Draft) -> None:
        self._body = body
        self._found = found
        self._claimed = claimed
        self._draft = draft
        self._extractor = ""

    def read(self) -> None:
        """Fill the draft. Raises UnreadableError."""
        kind = self._found.kind
        if kind == "zip":
            self._read_package()
        elif kind == "pdf":
            self._extractor = pdf.EXTRACTOR
            pdf.read_pdf(self._body, self._draft)
        elif kind == "html" or (kind == "text" and self._claimed == "html" and self._body.lstrip()[:1] == b"<"):
            self._now("html", _HTML_EXTRACTOR)
            for line in read_html(decode_html(self._body), base_url="").text.split("\n"):
                self._draft.add(line)
        elif kind == "text":
            self._read_characters()
        elif self._body.startswith(OLE) and _ENCRYPTED_STREAM in self._body:
            raise UnreadableError("encrypted", "the Office document opens with a password only")
        else:
            raise UnreadableError("unsupported", f"it is {self._found.what}, which this program does not read")

    def _read_characters(self) -> None:
        text = decode_text(self._body)
        if self._claimed == "csv" or (self._claimed != "text" and delimited.is_table(text)):
            self._now("csv", delimited.EXTRACTOR)
            delimited.read_csv(text, self._draft)
        else:
            self._extractor = plain.EXTRACTOR
            plain.read_plain(text, self._draft)

    def _read_package(self) -> None:
        package = Package(self._body, self._draft.limits)
        types = package.read("[Content_Types].xml", most=4 * MB)
        for kind, word, parts in _MAIN_PARTS:
            main = next((part for part in parts if part in package.names), None)
            if main and word.encode() in types:
                self._now(kind, docx.EXTRACTOR if kind == "docx" else xlsx.EXTRACTOR)
                (docx.read_docx if kind == "docx" else xlsx.read_xlsx)(package, main, self._draft)
                return
        odf = _OPEN_DOCUMENTS.get(package.read("mimetype").strip().removesuffix(b"-template"))
        if odf:
            self._now(odf, opendocument.EXTRACTORS[odf])
            opendocument.read_opendocument(package, self._draft, sheets=odf == "ods")
            return
        if package.holds_archive():
            raise UnreadableError("refused", "a ZIP archive inside a ZIP archive; it is not unpacked")
        self._found = find_package(types, package.read("mimetype"))
        raise UnreadableError("unsupported", f"it is {self._found.what}, which this program does not read")

    def _now(self, kind: Kind, extractor: str) -> None:
        """A closer look has shown what it really is."""
        self._found = Found(kind, MEDIA_TYPES[kind])
        self._extractor = extractor

    def outcome(self, state: TextState, reason: str) -> Extraction:
        """What to record."""
        draft = self._draft
        text = draft.text
        if state == "extracted" and not any(char.isalnum() for char in text):
            state, reason = "no-text", "there are no words in it"
        parts = [reason, self._mislabelled(state), *draft.remarks]
        return Extraction(
            state=state,
            media_type=self._found.media_type,
            text=text,
            pages=draft.pages,
            positions=tuple(draft.positions) if text else (),
            reason="; ".join(part for part in parts if part),
            extractor=self._extractor,
        )

    def _mislabelled(self, state: TextState) -> str:
        claimed, found = self._claimed, self._found.kind
        unknowable = found == "zip" or state == "encrypted"
        if claimed is None or claimed == found or unknowable or {claimed, found} <= {"csv", "text"}:
            return ""
        return f"it is called {MEDIA_TYPES[claimed]}, and is {self._found.media_type}"
