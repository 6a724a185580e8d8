"""An answer opened as JSON, and its fields read without trust: a field of the wrong shape counts as absent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from monitor.errors import ParseError
from monitor.model.exchange import Response
from monitor.text import squeeze

Object = Mapping[str, Any]
"""A JSON object."""

_SHOWN = 60
_LARGEST = 2**63
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def open_json(response: Response, *, source: str, expected: str) -> Object:
    """The JSON object in an answer. Raises ParseError that says what was `expected` and what came instead."""
    value = open_json_value(response, source=source, expected=expected)
    if isinstance(value, dict):
        return value
    raise ParseError(f"expected {expected}, got a JSON {type(value).__name__}", source=source, url=response.request.url)


def open_json_value(response: Response, *, source: str, expected: str) -> object:
    """The JSON value in an answer, of any type. Raises ParseError where it holds none."""
    problem = name_other_format(response.body)
    if problem:
        raise ParseError(f"expected {expected}, got {problem}", source=source, url=response.request.url)
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError) as error:
        raise ParseError(
            f"expected {expected}, got damaged JSON", source=source, url=response.request.url, cause=error
        ) from error


def name_object(value: Object) -> str:
    """What a JSON object is that should have been another: a problem report (RFC 9457), or a list of its fields."""
    if "title" in value and "status" in value:
        return f"a problem report: {value['status']} {words(value, 'title')} {words(value, 'detail')}".rstrip()
    return "an object with " + (", ".join(sorted(value)[:8]) or "no fields")


def name_other_format(body: bytes) -> str:
    """What a body is that can be no JSON object: "an empty answer", "an HTML page", …; empty where it may be one."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:_SHOWN]
    if not start:
        return "an empty answer"
    if start[:1] in (b"{", b"["):
        return ""
    if is_html(start):
        return "an HTML page"
    if start.startswith(b"<"):
        return "XML"
    return f"text that begins {start.decode('utf-8', 'replace')!r}"


def is_html(start: bytes) -> bool:
    """Whether a body that begins so is a web page."""
    return start.lower().startswith((b"<!doctype html", b"<html"))


def words(value: Object, field: str) -> str:
    """A field's text with its white space folded; empty where there is none."""
    return squeeze(raw(value, field))


def raw(value: Object, field: str) -> str:
    """A field's text as it stands; empty where there is none."""
    found = value.get(field)
    return storable(found) if isinstance(found, str) else ""


def number(value: Object, field: str) -> int | None:
    """A field's count or id: a whole number that a database can hold, or None. True and False are no numbers."""
    found = value.get(field)
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < _LARGEST else None


def part(value: Object, field: str) -> Object:
    """A field's object; empty where there is none."""
    found = value.get(field)
    return found if isinstance(found, dict) else {}


def parts(value: Object, field: str) -> tuple[Object, ...]:
    """The objects in a field's list; empty where there are none."""
    found = value.get(field)
    return tuple(item for item in found if isinstance(item, dict)) if isinstance(found, list) else ()


def strings(value: Object, field: str) -> tuple[str, ...]:
    """The strings in a field's list; empty where there are none."""
    found = value.get(field)
    return tuple(storable(item) for item in found if isinstance(item, str)) if isinstance(found, list) else ()


def storable(text: str) -> str:
    """Text without what JSON can escape but UTF-8 or a database cannot hold: lone surrogates, control characters."""
    return _UNSTORABLE.sub("\ufffd", text)
