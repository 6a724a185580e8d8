"""PDF text, page by page. The library is PDFium; only the confined process loads it.

A scanned page has no text and stays without; nothing is guessed from pictures. PDFium ends the process where memory runs
out, which is why nothing here can be caught and everything is limited from outside.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from monitor.extract import paragraphs
from monitor.extract.draft import Draft, UnreadableError
from monitor.extract.extraction import Limits
from monitor.extract.paragraphs import Line

EXTRACTOR = "pdf/1"
_PASSWORD = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_MOST_BROKEN = 20
_TAIL = 2048
_TIMES_TO_WARM = 12
_OWN_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj "
    b"4 0 obj<</Length 101>>stream\n"
    b"BT/F 19 Tf 9 90 Td(A)Tj/F 9 Tf 0 -20 Td(b c-)Tj 0 -10 Td(d e)Tj 0 -10 Td(f gh i)Tj 0 -30 Td(3 words)Tj ET\n"
    b"endstream endobj 5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj trailer<</Root 1 0 R>>\n%%EOF"
)


def warm_up() -> None:
    """Read pages of our own, as often as it takes until PDFium knows its fonts and Python has fitted its code to the types.

    Children are forked from the process that did this, and begin where it was.
    """
    for _ in range(_TIMES_TO_WARM):
        read_pdf(_OWN_PAGES, Draft(Limits()))


def read_pdf(body: bytes, draft: Draft) -> None:
    """Fill `draft` with the text of every page. Raises UnreadableError."""
    document = _open(body)
    found = len(document)
    draft.pages = found
    pages, broken = _read_pages(document, min(found, draft.limits.pages))
    _write(pages, draft)
    if broken and broken == len(pages):
        raise UnreadableError("damaged", f"none of its {found:,} pages can be read")
    if found > draft.limits.pages:
        most = f"{draft.limits.pages:,}"
        raise UnreadableError("too-large", f"it says it has {found:,} pages; the first {most} are read")
    if broken:
        raise UnreadableError("damaged", f"{broken} of its {found:,} pages cannot be read; the others are kept")
    if b"%%EOF" not in body[-_TAIL:]:
        raise UnreadableError("damaged", "the file ends before its end mark; what could be read is kept")
    if not draft.lines:
        raise UnreadableError(
            "no-text", f"its {_pages(found)} no words: pictures of pages, which this program does not read"
        )
    empty = sum(1 for page in pages if not page)
    if empty:
        draft.remarks.append(f"{empty} of its {found:,} pages have no words")


def _open(body: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in _PASSWORD:
            raise UnreadableError("encrypted", "the document opens with a password only") from error
        raise UnreadableError(
            "damaged", "it begins like a PDF and cannot be read as one: cut short or broken"
        ) from error


def _read_pages(document: Any, count: int) -> tuple[list[list[Line]], int]:
    """The lines of the pages, and how many pages cannot be read. A file that lies about its pages is not asked for each."""
    pages: list[list[Line]] = []
    broken = 0
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            broken += 1
            pages.append([])
            if broken >= _MOST_BROKEN and broken == len(pages):
                break
            continue
        words = page.get_textpage()
        pages.append(_lines(words, page.get_height()))
        words.close()
        page.close()
    return pages, broken


def _lines(words: Any, height: float) -> list[Line]:
    """The printed lines of a page, placed. A line that PDFium mended at a hyphen has two baselines."""
    text = words.get_text_range()
    drawn = words.raw
    same = len(text) == words.count_chars()
    locate, index = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharIndexFromTextIndex
    box = pdfium.FS_RECTF()
    place = ctypes.byref(box)
    lines: list[Line] = []
    start = 0
    for piece in text.split("\r\n"):
        shown = piece.strip()
        if shown:
            first = start + piece.find(shown)
            last = first + len(shown) - 1
            locate(drawn, first if same else index(drawn, first), place)
            left, top, size = box.left, box.bottom, abs(box.top - box.bottom)
            locate(drawn, last if same else index(drawn, last), place)
            bottom = box.bottom
            size = max(size, abs(box.top - bottom))
            lines.append(Line(shown, left, box.right, height - top, height - bottom, size))
        start += len(piece) + 2
    return lines


def _write(pages: list[list[Line]], draft: Draft) -> None:
    kept = list(paragraphs.without_running_heads(pages))
    blocks = [paragraphs.find_blocks(lines) for lines in kept]
    levels = paragraphs.heading_levels(block for page in blocks for block in page)
    hyphens = any("\ufffe" in block.text or "-\n" in block.text for page in blocks for block in page)
    words = paragraphs.find_words(line.text for page in kept for line in page) if hyphens else paragraphs.NO_WORDS
    for number, page in enumerate(blocks, start=1):
        draft.mark(f"page {number}")
        for block in page:
            draft.add(paragraphs.shown(block, levels, words))


def _pages(count: int) -> str:
    return "one page has" if count == 1 else f"{count:,} pages have"
