"""What an e-mail address may look like here, and when two are one."""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.errors import UsageError

# RFC 5321 §4.1.2 without quoted strings and address literals, which no subscriber types by intent.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def parse_address(text: str) -> tuple[str, str]:
    """An address as typed (trimmed) and its key, by which two are compared: the domain as lower-case ASCII (IDNA).

    The part before the @ is kept as it is: only its own server knows whether case matters. Raises UsageError.
    """
    email = text.strip()
    local, at, domain = email.rpartition("@")
    if not at or not local or not domain:
        raise UsageError("this is not an e-mail address; write it as name@example.org", resource=repr(email))
    if not local.isascii():
        raise UsageError("characters outside ASCII before the @ cannot be delivered to from here", resource=repr(email))
    key = ascii_address(email)
    labels = key.rpartition("@")[2].split(".")
    sound = _LOCAL.fullmatch(local) and len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    if not sound or len(local) > 64 or len(key) > 254:
        raise UsageError("this is not an e-mail address; write it as name@example.org", resource=repr(email))
    return email, key


@lru_cache(maxsize=1024)
def ascii_address(email: str) -> str:
    """An address as it goes over the wire: its domain as lower-case ASCII (IDNA 2003). Raises UsageError."""
    local, at, domain = email.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii').lower()}"
    except UnicodeError as cause:
        raise UsageError("the part after the @ is not a domain", resource=repr(email), cause=cause) from cause
