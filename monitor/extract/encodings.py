"""Bytes into characters where nobody can be trusted to say in which encoding they are. Never fails."""

from __future__ import annotations

import codecs
import re

from monitor.extract.kinds import looks_like_utf16

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.I)
_WORD_FOR_LATIN = frozenset({"iso8859-1", "ascii", "cp1252", "utf-8"})


def decode_text(body: bytes) -> str:
    """Characters of a text: by its byte order mark, else UTF-8, else UTF-16 by its look, else Windows-1252."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(encoding, "replace"))
    if looks_like_utf16(body[:65536]):
        sample = body[:65536]
        return _clean(
            body.decode("utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be", "replace")
        )
    try:
        return _clean(body.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(body.decode("cp1252", "replace"))


def decode_html(body: bytes) -> str:
    """As `decode_text`; what is no UTF-8 may say in its head what else it is."""
    said = _META_CHARSET.search(body[:4096])
    if said and not body.startswith(tuple(mark for mark, _ in _MARKS)):
        try:
            encoding = codecs.lookup(said.group(1).decode("ascii"))
            if encoding.name not in _WORD_FOR_LATIN and not encoding.name.startswith(("utf-16", "utf-32")):
                return _clean(body.decode(encoding.name, "replace"))
        except (LookupError, ValueError):
            pass
    return decode_text(body)


def _clean(text: str) -> str:
    return text.replace("\x00", " ")
