"""A linter for mails: what the standards ask, and what our readers may rely on. `lint(raw)` lists what is wrong.

The headers are read here by hand, as they stand on the wire, and by the parsers of the standard library besides: a fault that
both would forgive is found all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import compat32, default
from email.utils import format_datetime, parsedate_to_datetime

from tests.mail.mime_linter import lint_parts
from tests.mail.reading import Reader

LARGEST_HTML = 90_000
_ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type")
_TRACE = ("Bcc", "Cc", "Return-Path", "Received", "Sender", "Resent-To")
_FIELD = re.compile(r"([!-9;-~]+): (\S(?:.*\S)?)", re.DOTALL)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOT_ATOM = rf"{_ATOM}(?:\.{_ATOM})*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = rf"{_LABEL}(?:\.{_LABEL})*"
_ADDRESS = rf"{_DOT_ATOM}@{_DOMAIN}"
_ENCODED = r"=\?utf-8\?q\?[A-Za-z0-9!*+/=_-]+\?="
_PHRASE = rf'(?:{_ATOM}(?: {_ATOM})*|"(?:[ !#-\[\]-~]|\\[ -~])*"|{_ENCODED}(?: {_ENCODED})*)'
_MAILBOX = re.compile(rf"(?:(?:{_PHRASE} )?<{_ADDRESS}>|{_ADDRESS})")
_MESSAGE_ID = rf"<{_DOT_ATOM}@{_DOT_ATOM}>"
_LIST_ID = re.compile(rf"(?:{_PHRASE} )?<{_LABEL}(?:\.{_LABEL})+>")
_URLS = re.compile(r"<[a-z]+:[!-;=?-~]+>(?:, <[a-z]+:[!-;=?-~]+>)*")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ANY_WORD = re.compile(r"=\?([^?\s]*)\?([^?\s]*)\?([^?\s]*)\?=")
_LINK_LINE = re.compile(r"^\s*((?:https?|mailto):\S+)\s*$", re.MULTILINE)
_FORMS = {
    "From": (_MAILBOX, "RFC 5322 §3.4"),
    "To": (_MAILBOX, "RFC 5322 §3.4"),
    "Message-ID": (re.compile(_MESSAGE_ID), "RFC 5322 §3.6.4"),
    "In-Reply-To": (re.compile(_MESSAGE_ID), "RFC 5322 §3.6.4"),
    "References": (re.compile(rf"{_MESSAGE_ID}(?: {_MESSAGE_ID})*"), "RFC 5322 §3.6.4"),
    "MIME-Version": (re.compile(r"1\.0"), "RFC 2045 §4"),
    "List-Id": (_LIST_ID, "RFC 2919 §2"),
    "List-Unsubscribe": (_URLS, "RFC 2369 §2"),
    "List-Unsubscribe-Post": (re.compile("List-Unsubscribe=One-Click"), "RFC 8058 §3.1"),
    "Auto-Submitted": (re.compile("auto-generated"), "RFC 3834 §5"),
    "Content-Language": (_TAG, "RFC 3282 §2"),
}
"""What a header must look like, unfolded, and where it says so."""


def lint(raw: bytes) -> list[str]:
    """Everything that is wrong with a mail; none where all is well."""
    message = message_from_bytes(raw, policy=compat32)
    modern = message_from_bytes(raw, policy=default)
    assert isinstance(modern, EmailMessage)
    parts = [part for part in modern.walk() if not part.is_multipart()]
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
    return [
        *_wire(raw),
        *_fields(head),
        *_forms(head),
        *_headers(message),
        *_words(head),
        *_list(message),
        *lint_parts(raw, modern),
        *_contents(parts),
    ]


def _wire(raw: bytes) -> Iterator[str]:
    """RFC 5322 §2.1.1 and §2.3: CRLF alone, no bare CR or LF, 998 characters a line, ASCII."""
    if b"\n" in raw.replace(b"\r\n", b"") or b"\r" in raw.replace(b"\r\n", b""):
        yield "a bare CR or LF"
    if max(map(len, raw.split(b"\r\n"))) > 998:
        yield "a line over 998 characters"
    if not raw.isascii() or b"\0" in raw:
        yield "not all is ASCII"
    if not raw.endswith(b"\r\n"):
        yield "the last line does not end"
    if b"\r\n\r\n" not in raw:
        yield "no empty line ends the headers"


def _folded(head: str) -> list[str]:
    """The header fields as they stand, folds and all."""
    return re.split(r"\r\n(?![ \t])", head)


def _fields(head: str) -> Iterator[str]:
    """RFC 5322 §2.1.1, §2.2: a name, a colon, words; folded where it can be, and never into a line of white space."""
    for field in _folded(head):
        name = field.partition(":")[0]
        if not _FIELD.fullmatch(field):
            yield f"{name!r} is no header field"
        if re.search(r"[^\t\r\n -~]", field):
            yield f"{name} has a character that is not printable"
        for place, line in enumerate(field.split("\r\n")):
            if not line.strip():
                yield f"{name} is folded into a line of white space"
            words = line[len(name) + 1 :] if place == 0 else line
            if len(line) > 78 and " " in words.strip():
                yield f"{name} has a line over 78 characters that could be folded"


def _forms(head: str) -> Iterator[str]:
    """The grammar of each header that has one, after unfolding (§2.2.3)."""
    for field in _folded(head):
        name, _, value = field.replace("\r\n", "").partition(": ")
        form = _FORMS.get(name)
        if form and not form[0].fullmatch(value):
            yield f"{name} has the wrong form ({form[1]})"
        if name in ("From", "To"):
            local, _, domain = value.rpartition("<")[2].rstrip(">").rpartition("@")
            if len(local) > 64 or len(domain) > 253 or len(local) + len(domain) > 253:
                yield f"{name} has an address that is too long (RFC 5321 §4.5.3.1)"
        if name == "List-Id" and len(value.rpartition("<")[2]) > 256:
            yield "List-Id has an identifier over 255 characters (RFC 2919)"
        if name == "Date":
            yield from _date(value)


def _date(value: str) -> Iterator[str]:
    """RFC 5322 §3.3: the day of the week that it is, four figures of a year, a zone in figures."""
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        yield "Date is no date (RFC 5322 §3.3)"
        return
    if at.tzinfo is None or format_datetime(at) != value:
        yield "Date has the wrong form or no zone (RFC 5322 §3.3)"


def _headers(message: Message) -> Iterator[str]:
    """RFC 5322 §3.6, RFC 3834 §5: what must be there once, and what is not ours to write."""
    for name in _ONCE:
        if len(message.get_all(name, [])) != 1:
            yield f"{name} stands {len(message.get_all(name, []))} times"
    if len(set(map(str.lower, message.keys()))) != len(message.keys()):
        yield "a header stands twice"
    if message["Auto-Submitted"] is None:
        yield "Auto-Submitted is missing (RFC 3834)"
    for name in _TRACE:
        if message[name] is not None:
            yield f"there is a {name}"
    if message["References"] and not str(message["References"]).endswith(str(message["In-Reply-To"])):
        yield "References does not end with what it answers (RFC 5322 §3.6.4)"


def _words(head: str) -> Iterator[str]:
    """RFC 2047 §2 and §5, and RFC 5322 §2.2: encoded words as they should be, no control character, a subject that fits."""
    for field in _folded(head):
        name, _, value = field.partition(": ")
        if any(_ANY_WORD.search(line) and len(line) > 76 for line in field.split("\r\n")):
            yield f"{name} has a line with an encoded word over 76 characters"
        if _ANY_WORD.search(value) and name not in ("Subject", "From", "List-Id"):
            yield f"{name} has an encoded word where none may stand"
        for found in _ANY_WORD.finditer(value):
            around = value[: found.start()][-1:], value[found.end() :][:1]
            yield from (f"{name} has an encoded word {fault}" for fault in _faults(found[0], *around))
        said = _said(value)
        if name == "Subject" and (len(said) > 78 or not said.strip()):
            yield f"Subject is {len(said)} characters: {said!r}"
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", said):
            yield f"{name} has a control character"


def _faults(word: str, before: str, after: str) -> Iterator[str]:
    """What is wrong with an encoded word that stands between these two characters."""
    if len(word) > 75:
        yield "over 75 characters"
    if before not in ("", " ", "\n") or after not in ("", " ", "\r"):
        yield "that does not stand alone"
    if not _said(word):
        yield "that is not whole by itself"


def _said(value: str) -> str:
    """A header's words, decoded; none where they cannot be."""
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):
        return ""


def _list(message: Message) -> Iterator[str]:
    """RFC 2919 §2, RFC 2369 §3.2, RFC 8058 §3.1: a digest says its list and how to leave it."""
    if message["List-Id"] is None:
        if message["List-Unsubscribe"] is not None:
            yield "there is a way out of no list"
        return
    ways = re.findall(r"<([^<>]+)>", str(message["List-Unsubscribe"] or ""))
    if not ways or not all(way.startswith(("https://", "mailto:")) for way in ways):
        yield "List-Unsubscribe names no way out"
    secure = [way for way in ways if way.startswith("https://")]
    if secure and (len(secure) > 1 or message["List-Unsubscribe-Post"] is None):
        yield "one-click needs exactly one https address and its own header (RFC 8058)"
    if not secure and message["List-Unsubscribe-Post"] is not None:
        yield "one-click is promised without an address"


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
