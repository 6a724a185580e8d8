"""A mail in bytes, made by hand: ten times as fast as `EmailMessage`, and its result is read back by the stdlib parser."""

from __future__ import annotations

import binascii
import hashlib
from datetime import datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import format_datetime

from monitor.errors import MailError
from monitor.mail.address import parse_address
from monitor.mail.headers import address_header, clean_header, encode_header
from monitor.mail.render import Rendered
from monitor.mail.settings import MailSettings
from monitor.mail.tokens import stop_address
from monitor.model.subscriber import Subscriber

_PARSER = BytesParser(policy=compat32)
COUNT_HEADER = "X-Publication-Count"
"""How many publications the mail tells of: for the folder's index page, and for filters."""


def message_id(period: str, subscriber_id: int, settings: MailSettings) -> str:
    """The same for the same digest and person whenever it is made, so that a repeated mail is known as one."""
    digest = hashlib.sha256(settings.secret + f"\0{period}\0{subscriber_id}".encode()).hexdigest()
    return f"<{digest[:32]}@{settings.domain}>"


def compose(rendered: Rendered, *, period: str, subscriber: Subscriber, settings: MailSettings, now: datetime) -> bytes:
    """The whole message with CRLF line ends. Raises MailError where it does not read back as what was meant."""
    identity = message_id(period, subscriber.id, settings)
    headers = _headers(rendered, period, subscriber, settings, now, identity)
    # "=_" cannot occur in quoted-printable, so no line of a body can be mistaken for the boundary.
    boundary = f"=_{identity[1:33]}"
    headers["MIME-Version"] = "1.0"
    headers["Content-Type"] = f'multipart/alternative; boundary="{boundary}"'
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    parts = (_part("plain", rendered.text), _part("html", rendered.html))
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part for part in parts)
    message = head.encode("ascii") + b"\r\n" + body + b"--" + boundary.encode() + b"--\r\n"
    read_back(message, list(headers), rendered)
    return message


def read_back(message: bytes, names: list[str], rendered: Rendered) -> None:
    """What we wrote must be what a mail program reads: these headers and no other, these two parts, word for word.

    Raises MailError.
    """
    read = _PARSER.parsebytes(message)
    if read.keys() != names:
        raise MailError(
            "a header was smuggled into the mail", resource=", ".join(sorted(set(read.keys()) - set(names)))
        )
    found = [(part.get_content_type(), _body(part)) for part in read.walk() if not part.is_multipart()]
    if found != [("text/plain", _crlf(rendered.text)), ("text/html", _crlf(rendered.html))]:
        raise MailError("the mail does not read back as it was written", resource=str(read["Message-ID"]))


def _headers(
    rendered: Rendered, period: str, subscriber: Subscriber, settings: MailSettings, now: datetime, identity: str
) -> dict[str, str]:
    every = clean_header(period.partition(":")[0])
    return {
        "From": address_header(settings.from_name, settings.from_address),
        "To": parse_address(subscriber.email)[1],
        "Subject": encode_header("Subject", clean_header(rendered.subject)),
        "Date": format_datetime(now),
        "Message-ID": identity,
        "List-Id": address_header(settings.from_name, f"{every}.{settings.domain}"),
        "List-Unsubscribe": f"<{stop_address(settings, subscriber.id)}>",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Feedback-ID": f"digest:{every}:{settings.domain}:monitor",
        COUNT_HEADER: str(rendered.items),
        "Content-Language": "en-GB",
    }


def _part(subtype: str, text: str) -> bytes:
    body = binascii.b2a_qp(_crlf(text), istext=True)
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode("ascii") + body + b"\r\n"


def _crlf(text: str) -> bytes:
    return "\r\n".join(text.rstrip().splitlines()).encode("utf-8") + b"\r\n"


def _body(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    # The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1).
    return body.rstrip(b"\r\n") + b"\r\n" if isinstance(body, bytes) else b""
