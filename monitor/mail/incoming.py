"""What comes to our mailbox: bounces, complaints, and people who say yes or stop. Read, never trusted without its token.

Bounces are read as RFC 3464 has them, with flufl.bounce for the odd forms; complaints as RFC 5965. Whose bounce it is, only
the signed address says that it was sent to (VERP): whatever a message claims inside, it cannot suspend anybody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import Literal
from urllib.parse import unquote

from flufl.bounce import all_failures

from monitor.mail.bounces import BounceKind
from monitor.mail.headers import plain
from monitor.mail.settings import MailSettings
from monitor.mail.tokens import Wish, find_bounced, find_consent, find_wish

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# "Your token: …" is all that is left of our question where a mail program quotes the page without its links.
_WORD = re.compile(r"\b(unsubscribe|confirm|token:)\s+([A-Za-z0-9.:_-]+\.[a-z2-7]{26})(?![a-z2-7])")
_RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To")
_LONGEST_BODY = 200_000


@dataclass(frozen=True, slots=True)
class Returned:
    """A mail of ours came back: which row of the outbox, what kind of bounce, and the status it gave."""

    outbox_id: int
    kind: BounceKind
    detail: str


@dataclass(frozen=True, slots=True)
class Yes:
    """Somebody confirms: whose number, and of which edition of their consent."""

    subscriber_id: int
    edition: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody stops one watch, or everything."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to act on, and why."""

    reason: Literal["no token of ours", "an automatic answer", "not a bounce, not a wish"]


Incoming = Returned | Yes | Stop | Nothing


def read_incoming(raw: bytes, settings: MailSettings, now: datetime) -> Incoming:
    """What one message means. Never raises, whatever is in it."""
    message = message_from_bytes(raw, policy=compat32)
    outbox_id = _row(message, settings)
    if outbox_id is not None:
        kind = _kind(message)
        if kind is not None:
            return Returned(outbox_id, *kind)
        return Nothing("an automatic answer" if _is_automatic(message) else "not a bounce, not a wish")
    if _is_automatic(message) or _is_report(message):
        # A holiday notice quotes our question; it is nobody's yes.
        return Nothing("no token of ours" if _is_report(message) else "an automatic answer")
    return _wish(message, settings, now)


def _row(message: Message, settings: MailSettings) -> int | None:
    """The row of the outbox that the signed address names."""
    for name in _RECIPIENTS:
        for value in message.get_all(name, []):
            for address in re.findall(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+", str(value)):
                row = find_bounced(settings.secret, address)
                if row is not None:
                    return row
    return None


def _kind(message: Message) -> tuple[BounceKind, str] | None:
    report = _parameter(message, "report-type")
    if report == "feedback-report":
        return "complaint", _field(message, "message/feedback-report", "Feedback-Type") or "abuse"
    if report == "delivery-status" or message.get_content_type() == "message/delivery-status":
        action = _field(message, "message/delivery-status", "Action").lower()
        status = _field(message, "message/delivery-status", "Status")
        if action in ("delivered", "relayed", "expanded"):
            return None
        return ("soft", status) if action == "delayed" else _by_status(status)
    temporary, permanent = all_failures(message)
    if permanent:
        return _by_status(_status_in(message) or "5.0.0")
    if temporary:
        return "soft", _status_in(message)
    return None


def _by_status(status: str) -> tuple[BounceKind, str]:
    """5.7.x speaks of us, not of the reader; 5.2.2 (full) and 5.3.4 (too large) may pass; other 5s are final."""
    found = _STATUS.search(status)
    if not found:
        return "soft", plain(status, 100)
    if found[2] == "7":
        return "ours", found[0]
    passes = found[1] != "5" or (found[2], found[3]) in {("2", "2"), ("3", "4"), ("4", "7")}
    return ("soft" if passes else "hard"), found[0]


def _status_in(message: Message) -> str:
    found = _STATUS.search(_text(message))
    return found[0] if found else ""


def _wish(message: Message, settings: MailSettings, now: datetime) -> Incoming:
    """A token in the subject, or in the words, which quote our question where somebody simply replied."""
    is_ours = False
    for words in (str(message["Subject"] or ""), _text(message)):
        for said, token in _WORD.findall(unquote(words).replace("=\r\n", "").replace("=\n", "")):
            is_ours = True
            wish = find_wish(settings.secret, "unsubscribe", token) if said == "unsubscribe" else None
            if wish is not None:
                return Stop(wish)
            consent = find_consent(settings.secret, token, now) if said != "unsubscribe" else None
            if consent is not None:
                return Yes(*consent)
    return Nothing("no token of ours" if is_ours else "not a bounce, not a wish")


def _is_automatic(message: Message) -> bool:
    """RFC 3834 §5, and the marks that older responders leave."""
    marked = str(message["Auto-Submitted"] or "no").split(";")[0].strip().lower() != "no"
    bulk = str(message["Precedence"] or "").strip().lower() in ("bulk", "junk", "list", "auto_reply")
    return marked or bulk or message["X-Autoreply"] is not None or message["X-Autorespond"] is not None


def _is_report(message: Message) -> bool:
    return message.get_content_type() == "multipart/report" or str(message["Return-Path"] or "").strip() == "<>"


def _parameter(message: Message, name: str) -> str:
    value = message.get_param(name)
    return value.lower() if isinstance(value, str) else ""


def _field(message: Message, media_type: str, name: str) -> str:
    """A field of a report's machine-readable part; the stdlib reads its blocks as messages of their own."""
    for part in message.walk():
        if part.get_content_type() != media_type:
            continue
        payload = part.get_payload()
        blocks = payload if isinstance(payload, list) else [message_from_bytes(_bytes(part), policy=compat32)]
        for block in blocks:
            if isinstance(block, Message) and block[name]:
                return plain(str(block[name]), 200)
    return ""


def _text(message: Message) -> str:
    words = [_bytes(part)[:_LONGEST_BODY] for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join(word.decode("utf-8", "replace") for word in words)[:_LONGEST_BODY]


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
