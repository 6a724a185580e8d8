"""How addresses are written in config.toml: hosts, web addresses, the gateway, senders and recipients of mail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import PlainValidator

from monitor.config.values import mistake, read_text

_HOST = re.compile(r"(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_EMAIL = r"[^\s@<>,;:\"()\[\]\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
_ADDRESS = re.compile(_EMAIL)
_MAILBOX = re.compile(
    rf"(?P<name>[^<>@,;:\"()\[\]\\\x00-\x1f]+|\"[^\"\\\x00-\x1f]+\") <(?P<address>{_EMAIL})>|{_EMAIL}"
)
_CONTACT = re.compile(rf"https?://[^\s/;,()]+\.[^\s;,()]+|{_EMAIL}")


def read_host(value: object) -> str:
    """A host name in small letters, or `*.` and a name for every host below it."""
    text = read_text(value).lower()
    if not _HOST.fullmatch(text):
        raise mistake(
            f"'{value}' is not a host name",
            'the name alone, without https:// and path: "www.gov.uk", "*.parliament.uk"',
        )
    return text


def host_allowed(host: str, allow_hosts: Iterable[str]) -> bool:
    """Whether a host is on the list: by its own name, or below a `*.` entry."""
    return any(host == each or (each.startswith("*.") and host.endswith(each[1:])) for each in allow_hosts)


def read_web_address(value: object) -> str:
    """An http(s) address with a host and without a user name in it."""
    text = read_text(value)
    parts = split_address(text)
    if parts is None or " " in text:
        raise mistake(f"'{text}' is not a web address", 'it starts with https:// and a host: "https://www.gov.uk/…"')
    if "@" in parts.netloc:
        raise mistake("a web address here must not hold a user name or a password")
    return text


def split_address(text: str) -> SplitResult | None:
    """The parts of an http(s) address, or None where it is none (also where its port is not a number)."""
    try:
        parts = urlsplit(text)
        well_formed = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if well_formed else None


def read_base_url(value: object) -> str:
    """A web address that paths are put behind: no query, and no slash at its end."""
    text = read_web_address(value)
    if "?" in text or "#" in text:
        raise mistake("paths are put behind this address, so it cannot hold ? or #")
    return text.rstrip("/")


def read_gateway(value: object) -> str:
    """`http://host:port`, and nothing after it: requests keep the path of the address they ask for."""
    text = read_web_address(value)
    parts = urlsplit(text)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise mistake("a gateway is a host and a port, without a path", f"write '{parts.scheme}://{parts.netloc}'")
    return f"{parts.scheme}://{parts.netloc}"


def read_user_agent(value: object) -> str:
    """What publishers see of us; holds an e-mail address or a web address by which they can reach the operator."""
    text = read_text(value)
    if not text.isascii():
        raise mistake("only plain letters (ASCII) can stand in a user agent")
    if not _CONTACT.search(text):
        raise mistake(
            "names nobody whom a publisher could ask", "put an e-mail address or a web address in it, in brackets"
        )
    return text


def read_email(value: object) -> str:
    """An e-mail address alone, "ops@example.org"."""
    text = read_text(value)
    if not _ADDRESS.fullmatch(text):
        raise mistake(f"'{text}' is not an e-mail address", 'the address alone: "ops@example.org"')
    return text


def read_mailbox(value: object) -> str:
    """An e-mail address with or without a name before it, "Publication Monitor <alerts@example.org>"."""
    text = read_text(value)
    if not _MAILBOX.fullmatch(text):
        raise mistake(
            f"'{text}' is not a sender", 'a name, then the address in angle brackets: "Alerts <alerts@example.org>"'
        )
    return text


Host = Annotated[str, PlainValidator(read_host)]
BaseUrl = Annotated[str, PlainValidator(read_base_url)]
Gateway = Annotated[str, PlainValidator(read_gateway)]
UserAgent = Annotated[str, PlainValidator(read_user_agent)]
Email = Annotated[str, PlainValidator(read_email)]
Mailbox = Annotated[str, PlainValidator(read_mailbox)]
