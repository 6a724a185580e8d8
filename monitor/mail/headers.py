"""Words from outside made fit for a mail: no controls, no direction tricks, no second header.

Python's modern e-mail policies decode an encoded word in a header they are given and may then write what was inside as
headers of its own (CVE-2024-6923). So nothing from a feed reaches a header but through `clean_header`.
"""

from __future__ import annotations

import unicodedata
from email.header import Header
from email.utils import formataddr
from functools import lru_cache

LONGEST_HEADER = 200
# Joiners belong to the spelling of some scripts; every other format character is invisible and may deceive.
_JOINERS = "\u200c\u200d"
_WORD = 75 - len("=?utf-8?q??=")
_LINE, _FOLD = 76, "\r\n "
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_UNPRINTED = ("Cc", "Cf", "Cs", "Zl", "Zp")


def plain(text: str, limit: int = 0) -> str:
    """Text for a body: one line, white space folded, no control, direction or format characters, cut to `limit` if given."""
    words = " ".join(_printed(text, keep=_JOINERS).split())
    return clip(words, limit) if limit else words


def plain_run(text: str) -> str:
    """As `plain`, but white space at either end stays, as one space."""
    words = plain(text)
    if not words:
        return " " if text else ""
    return (" " if text[:1].isspace() else "") + words + (" " if text[-1:].isspace() else "")


def clip(text: str, limit: int) -> str:
    """Cut at a word's end so that the text with its ellipsis has at most `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: max(limit - 1, 0)]
    head, space, _ = cut.rpartition(" ")
    # A single endless word is cut where it stands.
    kept = head if space and len(head) >= limit // 2 else cut
    return kept.rstrip(" ,;:.–-") + "…"


def clean_header(text: str) -> str:
    """Text for a header: one line without control, format, separator and surrogate characters, no encoded word, 200 at most."""
    words = " ".join(_printed(text, keep="").split())
    # "=?" opens an encoded word (RFC 2047 §2); apart, it is text.
    return clip(words.replace("=?", "= ?"), LONGEST_HEADER)


@lru_cache(maxsize=256)
def encode_header(name: str, text: str) -> str:
    """A header's value in ASCII, folded with CRLF; `text` has been through `clean_header`.

    Text beyond ASCII becomes encoded words (RFC 2047 §4.2) of at most 75 characters, cut between characters.
    """
    if text.isascii():
        return Header(text, None, header_name=name, maxlinelen=76).encode(linesep="\r\n")
    words: list[str] = []
    word, room = "", _WORD - len(name) - 2
    for char in text:
        code = _quoted(char)
        if len(word) + len(code) > room:
            words.append(word)
            word, room = "", _WORD
        word += code
    return _FOLD.join(f"=?utf-8?q?{word}?=" for word in [*words, word])


@lru_cache(maxsize=256)
def address_header(header: str, name: str, address: str) -> str:
    """An address with its display name (RFC 5322 §3.4), in ASCII, folded with CRLF where it is long."""
    name, address = clean_header(name), clean_header(address)
    if not name:
        return f"<{address}>"
    if name.isascii():
        return _FOLD.join(_lines(formataddr((name, address)), _LINE - len(header) - 2))
    words = encode_header(header, name)
    room = _LINE - len(words.rpartition("\r\n")[2]) - len(header) - 2
    return f"{words}{' ' if len(address) + 3 <= room else _FOLD}<{address}>"


def _lines(text: str, room: int) -> list[str]:
    """Words in lines of `room` characters, the first, and of as many as a header may have, the others."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line, room = word, _LINE
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _quoted(char: str) -> str:
    if char in _PLAIN:
        return char
    return "_" if char == " " else "".join(f"={byte:02X}" for byte in char.encode())


def _printed(text: str, *, keep: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in keep or unicodedata.category(char) not in _UNPRINTED
    )
