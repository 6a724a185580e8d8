"""What a fake publisher says, and what was asked of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a publisher says to one request, and how it misbehaves while saying it.

    `etag="auto"` makes a weak one from the body, `None` sends none. `truncate_at` declares the whole length and hangs up
    after so many bytes; `drip` sends a byte every so many seconds; `delay` waits before answering (seconds); `hang`
    answers only after `Publisher.release`. `body` may be a function of the request's full address.
    """

    body: bytes | Callable[[str], bytes] = b""
    status: int = 200
    content_type: str | None = ATOM
    etag: str | None = "auto"
    last_modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    truncate_at: int | None = None
    drip: float | None = None
    hang: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in: the publisher's address, header names in lower case, and what was answered."""

    url: str
    headers: Mapping[str, str]
    status: int


def etag_of(answer: Answer, body: bytes) -> str | None:
    """The validator to send with an answer; only a 200 has one."""
    if answer.status != 200:
        return None
    return f'W/"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"' if answer.etag == "auto" else answer.etag


def media_type_of(body: bytes | Callable[[str], bytes]) -> str:
    """Atom, JSON or plain text, by the first byte; a function is taken to make JSON."""
    if callable(body):
        return JSON
    first = body.lstrip()[:1]
    if first == b"<":
        return ATOM
    return JSON if first in (b"{", b"[") else PLAIN
