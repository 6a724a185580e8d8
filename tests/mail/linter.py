"""A linter for mails: what the standards ask, and what our readers may rely on. `lint(raw)` lists what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import compat32, default
from email.utils import getaddresses, parsedate_to_datetime

from tests.mail.reading import Reader

LARGEST_HTML = 90_000
_ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9.-]+>")
_LIST_ID = re.compile(r"(.+ )?<[a-z0-9.-]+\.[a-z]+>")
_ENCODED = re.compile(r"=\?[^?]*\?[bq]\?[^?]*\?=")
_LINK_LINE = re.compile(r"^\s*((?:https?|mailto):\S+)\s*$", re.MULTILINE)


def lint(raw: bytes) -> list[str]:
    """Everything that is wrong with a mail; none where all is well."""
    message = message_from_bytes(raw, policy=compat32)
    modern = message_from_bytes(raw, policy=default)
    assert isinstance(modern, EmailMessage)
    parts = [part for part in modern.walk() if not part.is_multipart()]
    return [
        *_wire(raw),
        *_headers(message),
        *_words(message),
        *_list(message),
        *_mime(message, modern, parts),
        *_contents(parts),
    ]


def _wire(raw: bytes) -> Iterator[str]:
    """RFC 5322 §2.1.1 and §2.3: CRLF alone, no bare CR or LF, 998 characters a line, ASCII."""
    if b"\n" in raw.replace(b"\r\n", b"") or b"\r" in raw.replace(b"\r\n", b""):
        yield "a bare CR or LF"
    if max(map(len, raw.split(b"\r\n"))) > 998:
        yield "a line over 998 characters"
    if max(map(len, raw.partition(b"\r\n\r\n")[0].split(b"\r\n"))) > 200:
        yield "a header line over 200 characters"
    if not raw.isascii() or b"\0" in raw:
        yield "not all is ASCII"
    if not raw.endswith(b"\r\n"):
        yield "the last line does not end"


def _headers(message: Message) -> Iterator[str]:
    """RFC 5322 §3.6, RFC 2047 §2 and §5, RFC 3834 §5."""
    for name in _ONCE:
        if len(message.get_all(name, [])) != 1:
            yield f"{name} stands {len(message.get_all(name, []))} times"
    if len(set(map(str.lower, message.keys()))) != len(message.keys()):
        yield "a header stands twice"
    if not _MESSAGE_ID.fullmatch(str(message["Message-ID"])):
        yield "Message-ID has the wrong form"
    if message["Date"] and parsedate_to_datetime(str(message["Date"])).tzinfo is None:
        yield "Date has no zone"
    if message["Auto-Submitted"] != "auto-generated":
        yield "Auto-Submitted is missing (RFC 3834)"
    if message["Bcc"] or message["Cc"]:
        yield "there is a Cc or Bcc"


def _words(message: Message) -> Iterator[str]:
    """What stands in the headers: one address each, encoded words that fit, no control character, a subject that fits."""
    for name in ("From", "To"):
        if len(getaddresses([str(message[name])])) != 1 or not getaddresses([str(message[name])])[0][1].count("@"):
            yield f"{name} is not one address"
    for name, value in message.items():
        if any(len(word) > 75 for word in _ENCODED.findall(value)):
            yield f"{name} has an encoded word over 75 characters"
        said = str(make_header(decode_header(value)))
        if name == "Subject" and (len(said) > 78 or not said.strip() or "�" in said):
            yield f"Subject is {len(said)} characters: {said!r}"
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", said):
            yield f"{name} has a control character"


def _list(message: Message) -> Iterator[str]:
    """RFC 2919 §2, RFC 2369 §2, RFC 8058 §3.1: a digest says its list and how to leave it."""
    if message["List-Id"] is None:
        return
    if not _LIST_ID.fullmatch(str(message["List-Id"])):
        yield "List-Id has the wrong form"
    ways = re.findall(r"<([^<>]+)>", str(message["List-Unsubscribe"] or ""))
    if not ways or not all(way.startswith(("https://", "mailto:")) for way in ways):
        yield "List-Unsubscribe names no way out"
    secure = [way for way in ways if way.startswith("https://")]
    if secure and (len(secure) > 1 or message["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click"):
        yield "one-click needs exactly one https address and its own header (RFC 8058)"
    if not secure and message["List-Unsubscribe-Post"] is not None:
        yield "one-click is promised without an address"


def _mime(message: Message, modern: EmailMessage, parts: list[Message]) -> Iterator[str]:
    """RFC 2045 and 2046 §5.1.4: text first, HTML last, both readable."""
    kinds = [part.get_content_type() for part in parts]
    if kinds not in (["text/plain"], ["text/plain", "text/html"]):
        yield f"the parts are {kinds}"
    if len(kinds) == 2 and message.get_content_type() != "multipart/alternative":
        yield "two parts that are not alternatives"
    for part in modern.walk():
        if part.defects:
            yield f"defects: {part.defects}"
    for part in parts:
        if (part.get_content_charset(), part["Content-Transfer-Encoding"]) != ("utf-8", "quoted-printable"):
            yield "a part that is not UTF-8 in quoted-printable"


def _contents(parts: list[Message]) -> Iterator[str]:
    """Both parts carry the same links; HTML is small and fetches nothing; text is at most 76 columns but for addresses."""
    text = str(parts[0].get_payload(decode=True), "utf-8") if parts else ""
    if any(len(line) > 76 and "://" not in line and "mailto:" not in line for line in text.splitlines()):
        yield "a line of text over 76 columns"
    if len(parts) < 2:
        return
    html = str(parts[1].get_payload(decode=True), "utf-8")
    if len(html.encode()) > LARGEST_HTML:
        yield f"{len(html.encode())} bytes of HTML"
    page = Reader(html)
    if {"img", "script", "link", "iframe", "form", "object", "video", "audio"} & set(page.tags):
        yield "HTML that fetches or runs something"
    if page.open:
        yield f"tags that never close: {page.open}"
    in_html = {link for link in page.links if not link.startswith("#")}
    in_text = set(_LINK_LINE.findall(text))
    # An address may also be told as words: that of a feed that fails is nothing to click on.
    written = set(" ".join(page.words).replace(": ", " ").split())
    if in_html - in_text or in_text - in_html - written:
        yield f"links in one part only: {sorted(in_html ^ in_text)[:3]}"
