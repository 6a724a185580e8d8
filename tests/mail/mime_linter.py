"""The part of the linter that reads MIME: RFC 2045 and 2046, on the bytes as they go over the wire."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage

_BOUNDARY = re.compile(rb"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")
_QUOTED = re.compile(rb"(?:[\t !-<>-~]|=[0-9A-F]{2})*=?")
_TYPE = re.compile(
    r'text/(?:plain|html); charset="?utf-8"?|multipart/alternative; boundary="[0-9A-Za-z\'()+_,./:=? -]{1,70}"'
)


def lint_parts(raw: bytes, message: EmailMessage) -> Iterator[str]:
    """Text first, HTML last, both readable; each header, boundary and quoted line as the standards have it."""
    parts = [part for part in message.walk() if not part.is_multipart()]
    kinds = [part.get_content_type() for part in parts]
    if kinds not in (["text/plain"], ["text/plain", "text/html"]):
        yield f"the parts are {kinds}"
    if len(kinds) == 2 and message.get_content_type() != "multipart/alternative":
        yield "two parts that are not alternatives"
    for part in message.walk():
        if part.defects:
            yield f"defects: {part.defects}"
        if not _TYPE.fullmatch(" ".join(str(part["Content-Type"]).split())):
            yield f"Content-Type has the wrong form (RFC 2045 §5.1): {part['Content-Type']}"
        if part.is_multipart() and part["Content-Transfer-Encoding"] not in (None, "7bit"):
            yield "a multipart that is encoded as a whole (RFC 2045 §6.4)"
    for part in parts:
        if (part.get_content_charset(), part["Content-Transfer-Encoding"]) != ("utf-8", "quoted-printable"):
            yield "a part that is not UTF-8 in quoted-printable"
    body = raw.partition(b"\r\n\r\n")[2]
    boundary = message.get_boundary()
    if boundary:
        yield from _delimiters(body, boundary.encode("ascii", "replace"), len(parts))
    yield from _quoted(body, boundary)


def _delimiters(body: bytes, boundary: bytes, parts: int) -> Iterator[str]:
    """RFC 2046 §5.1.1: the boundary begins a line before each part, ends the last, and stands nowhere else."""
    if not _BOUNDARY.fullmatch(boundary):
        yield "the boundary has the wrong form (RFC 2046 §5.1.1)"
    lines = [line for line in body.split(b"\r\n") if line.startswith(b"--" + boundary)]
    if lines != [b"--" + boundary] * parts + [b"--" + boundary + b"--"]:
        yield "the boundary does not part the mail as it should (RFC 2046 §5.1.1)"
    if body.count(boundary) != parts + 1:
        yield "the boundary stands in a part"


def _quoted(body: bytes, boundary: str | None) -> Iterator[str]:
    """RFC 2045 §6.7: at most 76 characters a line, no white space at its end, capitals in figures, nothing half quoted."""
    for line in _body_lines(body, boundary):
        if len(line) > 76:
            yield "a quoted-printable line over 76 characters"
        if line.endswith((b" ", b"\t")):
            yield "white space at the end of a quoted-printable line"
        if not _QUOTED.fullmatch(line):
            yield "a line that is not quoted-printable"


def _body_lines(body: bytes, boundary: str | None) -> Iterator[bytes]:
    """The lines of the parts, without what parts them and without their headers."""
    is_head = False
    for line in body.split(b"\r\n"):
        if boundary and line.startswith(b"--" + boundary.encode("ascii", "replace")):
            is_head = True
        elif is_head:
            is_head = line != b""
        else:
            yield line
