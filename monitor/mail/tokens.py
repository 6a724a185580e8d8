"""Signed words by which a person is known again: made for one purpose, good for that purpose only.

| token | form | good |
|---|---|---|
| to stop | `<subscriber>[.<watch>].<signature>` | for ever |
| to confirm | `<subscriber>.<edition>.<day>.<signature>` | until that day; void once consent ends |
| on an envelope (VERP) | `<outbox row>.<signature>` | as long as the row |

All are readable, so that an operator can act on them by hand; short enough for the subject of a mail or the left side of an
address; and of one case, which mail servers may fold. The signature is HMAC-SHA256 over purpose and words, cut to 128 bits
(RFC 2104 §5).
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

from monitor.errors import MailError
from monitor.mail.address import ascii_address
from monitor.mail.settings import MailSettings

Purpose = Literal["unsubscribe", "confirm", "bounce"]
CONFIRM_DAYS = 7
"""So long a question to confirm may be answered."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asks, and about which watch (None: all of them)."""

    subscriber_id: int
    watch: str | None


def sign(secret: bytes, purpose: Purpose, wish: Wish) -> str:
    """The token that carries a wish. Raises MailError where the secret of the instance was not read."""
    words = str(wish.subscriber_id) if wish.watch is None else f"{wish.subscriber_id}.{wish.watch}"
    return f"{words}.{_signature(secret, purpose, words)}"


def find_wish(secret: bytes, purpose: Purpose, token: str) -> Wish | None:
    """What a token asks for; None where it was not signed by us for this purpose."""
    words = _verified(secret, purpose, token)
    if words is None:
        return None
    number, dot, watch = words.partition(".")
    return Wish(int(number), watch if dot else None)


def stop_address(settings: MailSettings, subscriber_id: int, watch: str | None = None) -> str:
    """A mailto address (RFC 6068) that stops one watch or everything: what must be said is already in its subject."""
    token = sign(settings.secret, "unsubscribe", Wish(subscriber_id, watch))
    return f"mailto:{settings.contact}?subject=unsubscribe%20{quote(token)}"


def change_address(settings: MailSettings) -> str:
    """A mailto address for a wish in words of one's own; a person reads it."""
    return f"mailto:{settings.contact}?subject={quote('Change what I get')}"


def sign_consent(secret: bytes, subscriber_id: int, edition: int, now: datetime) -> str:
    """The token by which one person may say yes, for seven days."""
    words = f"{subscriber_id}.{edition}.{now.date() + timedelta(days=CONFIRM_DAYS):%Y%m%d}"
    return f"{words}.{_signature(secret, 'confirm', words)}"


def find_consent(secret: bytes, token: str, now: datetime) -> tuple[int, int] | None:
    """Whose yes it is, and of which edition; None where the token is not ours or its days are over."""
    words = _verified(secret, "confirm", token)
    parts = words.split(".") if words else []
    if len(parts) != 3 or now.date() > date.fromisoformat(parts[2]):
        return None
    return int(parts[0]), int(parts[1])


def confirm_address(settings: MailSettings, token: str) -> str:
    """A mailto address that says yes once it is sent."""
    return f"mailto:{settings.contact}?subject=confirm%20{quote(token)}"


def envelope_sender(settings: MailSettings, outbox_id: int) -> str:
    """Where a bounce of this very mail comes back to (VERP); the From address where the operator named no mailbox for it."""
    if not settings.bounces:
        return settings.from_address
    local, _, domain = ascii_address(settings.bounces).rpartition("@")
    return f"{local}+{outbox_id}.{_signature(settings.secret, 'bounce', str(outbox_id))}@{domain}"


def find_bounced(secret: bytes, recipient: str) -> int | None:
    """Which row of the outbox came back, by the address it came back to; None where that was not signed by us."""
    token = recipient.strip().strip("<>").rpartition("@")[0].rpartition("+")[2].lower()
    words = _verified(secret, "bounce", token)
    return int(words) if words and words.isdecimal() else None


def _verified(secret: bytes, purpose: Purpose, token: str) -> str | None:
    words, dot, signature = token.strip().rpartition(".")
    if not dot or not token.isascii() or not hmac.compare_digest(signature, _signature(secret, purpose, words)):
        return None
    return words


@lru_cache(maxsize=64)
def _signature(secret: bytes, purpose: Purpose, words: str) -> str:
    if len(secret) < 32:
        raise MailError(
            "the secret of this instance is missing; read it from mail.db and put it into the mail settings"
        )
    digest = hmac.digest(secret, f"{purpose}\0{words}".encode(), "sha256")[:16]
    # Base 32 in lower case survives every mail program, also those that fold case.
    return base64.b32encode(digest).decode("ascii").rstrip("=").lower()
