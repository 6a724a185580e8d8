"""Addresses of GOV.UK: a page, its path, and the Content API's address of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from monitor.text import absolute_url

SITE = "https://www.gov.uk"
CONTENT_API = SITE + "/api/content"
SEARCH_API = SITE + "/api/search.json"
NEWEST_FIRST = (("fields", "link"), ("fields", "public_timestamp"), ("order", "-public_timestamp"))
"""What to ask the Search API for of each result, and in which order."""

_ALIASES = frozenset(
    "gov.uk www.gov.uk www.dev.gov.uk www.staging.publishing.service.gov.uk www.integration.publishing.service.gov.uk"
    " www.preview.alphagov.co.uk".split()
)


def find_path(url: str) -> str | None:
    """The path of a page of GOV.UK, without query and fragment; None for an address anywhere else or of no page."""
    try:
        address = urlsplit(url.strip())
        known = not address.netloc or (address.scheme in ("http", "https") and address.hostname in _ALIASES)
    except ValueError:
        return None
    path = address.path.rstrip("/")
    return path if known and path.startswith("/") and not path.startswith("//") else None


def page_url(path: str) -> str:
    """Where a reader finds the page with this path."""
    return SITE + path


def content_url(path: str) -> str:
    """Where the Content API shows the page with this path."""
    return CONTENT_API + path


def page_number(url: str) -> int:
    """Which page of a list an address asks for; the first where it does not say."""
    asked = dict(parse_qsl(urlsplit(url).query)).get("page", "1")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def with_page(url: str, number: int) -> str:
    """The same list's page of this number."""
    address = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(address.query, keep_blank_values=True) if name != "page"]
    return urlunsplit(address._replace(query=urlencode([*query, ("page", str(number))])))


def window_url(filters: Iterable[tuple[str, str]], *, since: date, words: str = "") -> str:
    """The Search API's address of everything that the filters (or words) find and that was published since a day."""
    wanted = [(f"filter_{name}", value) for name, value in filters]
    window = ("filter_public_timestamp", f"from:{since.isoformat()}")
    asked = [*wanted, *([("q", words)] if words else []), window, *NEWEST_FIRST, ("count", "1000")]
    return f"{SEARCH_API}?{urlencode(asked)}"


def public_url(url: str) -> str | None:
    """An address as the public would open it: paths made whole, GOV.UK's own test hosts replaced by www.gov.uk.

    None for what is no address of the web.
    """
    whole = absolute_url(url, SITE + "/")
    if whole is None:
        return None
    address = urlsplit(whole)
    return urlunsplit(("https", "www.gov.uk", *address[2:])) if address.hostname in _ALIASES else whole
