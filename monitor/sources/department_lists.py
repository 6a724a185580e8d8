"""The lists of departments: Parliament's answering bodies and GOV.UK's organisations, which a table joins."""

from __future__ import annotations

from urllib.parse import urlsplit

from monitor.errors import ParseError
from monitor.model.department import ListedBody
from monitor.model.exchange import Request, Response
from monitor.sources.answer import Object, name_object, number, open_json, open_json_value, part, parts, raw, words

ANSWERING_BODIES = Request("https://members-api.parliament.uk/api/Reference/AnsweringBodies", "answering_bodies")
"""The one answer that lists Parliament's answering bodies."""

ORGANISATIONS = Request("https://www.gov.uk/api/organisations", "organisations")
"""The first page of GOV.UK's organisations."""

_SLUGS = "/government/organisations/"


def read_answering_bodies(response: Response) -> tuple[ListedBody, ...]:
    """Parliament's answering bodies. Raises ParseError."""
    expected, source, url = "a list of answering bodies", ANSWERING_BODIES.reader, response.request.url
    answer = open_json_value(response, source=source, expected=expected)
    if not isinstance(answer, list):
        got = name_object(answer) if isinstance(answer, dict) else f"a JSON {type(answer).__name__}"
        raise ParseError(f"expected {expected}, got {got}", source=source, url=url)
    bodies = [
        ListedBody("parliament", str(row["id"]), words(row, "name"), "Answering body", words(row, "shortName"))
        for row in answer
        if isinstance(row, dict) and number(row, "id") is not None and words(row, "name")
    ]
    if not bodies:
        raise ParseError(f"expected {expected}, got none", source=source, url=url)
    return tuple(bodies)


def read_organisations(response: Response) -> tuple[tuple[ListedBody, ...], Request | None]:
    """One page of GOV.UK's organisations, and the request for the next. Raises ParseError."""
    source, url = ORGANISATIONS.reader, response.request.url
    answer = open_json(response, source=source, expected="a page of organisations (results)")
    if not isinstance(answer.get("results"), list):
        raise ParseError(
            "expected a page of organisations (results), got " + name_object(answer), source=source, url=url
        )
    bodies = [
        ListedBody(
            "govuk", slug, words(row, "title"), words(row, "format"),
            abbreviation=words(part(row, "details"), "abbreviation"),
            state=words(part(row, "details"), "govuk_closed_status") or words(part(row, "details"), "govuk_status") or "live",
            successors=tuple(filter(None, (_slug(heir) for heir in parts(row, "superseding_organisations")))),
        )
        for row in parts(answer, "results")
        if (slug := _slug(row)) and words(row, "title")
    ]  # fmt: skip
    page, pages = number(answer, "current_page") or 1, number(answer, "pages") or 1
    following = Request(f"{ORGANISATIONS.url}?page={page + 1}", source) if page < pages and bodies else None
    return tuple(bodies), following


def _slug(row: Object) -> str:
    """The slug of an organisation: the end of its address."""
    try:
        path = urlsplit(raw(row, "web_url") or raw(row, "id")).path
    except ValueError:
        return ""
    slug = path.rstrip("/").rpartition("/")[2]
    return slug if _SLUGS in path or "/api/organisations/" in path else ""
