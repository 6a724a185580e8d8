"""Signed words by which a person is known again: made for one purpose, good for that purpose only.

A token is `<subscriber>[.<watch>].<signature>`: readable, so that an operator can act on it by hand, and short enough for
the subject of a mail. The signature is HMAC-SHA256 over purpose and words, cut to 128 bits (RFC 2104 §5).
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from monitor.errors import MailError
from monitor.mail.settings import MailSettings

Purpose = Literal["unsubscribe"]


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
    words, dot, signature = token.strip().rpartition(".")
    if not dot or not token.isascii() or not hmac.compare_digest(signature, _signature(secret, purpose, words)):
        return None
    number, dot, watch = words.partition(".")
    return Wish(int(number), watch if dot else None)


def stop_address(settings: MailSettings, subscriber_id: int, watch: str | None = None) -> str:
    """A mailto address (RFC 6068) that stops one watch or everything: what must be said is already in its subject."""
    token = sign(settings.secret, "unsubscribe", Wish(subscriber_id, watch))
    return f"mailto:{settings.contact}?subject={quote(f'unsubscribe {token}')}"


def _signature(secret: bytes, purpose: Purpose, words: str) -> str:
    if len(secret) < 32:
        raise MailError(
            "the secret of this instance is missing; read it from mail.db and put it into the mail settings"
        )
    digest = hmac.digest(secret, f"{purpose}\0{words}".encode(), "sha256")[:16]
    # Base 32 in lower case survives every mail program, also those that fold case.
    return base64.b32encode(digest).decode("ascii").rstrip("=").lower()
