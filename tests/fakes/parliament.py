"""The Written Questions & Statements API's answers in its exact form: list (previews only) and detail (whole HTML).

With its quirks: the list's text has its tags stripped without a separator and is cut at 255 characters, its `links` are
junk that changes with every answer, `linkedStatements` is null where there is none, dates have no zone and no time.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

API = "https://questions-statements-api.parliament.uk"
STATEMENTS = f"{API}/api/writtenstatements/statements"
PREVIEW = 255

House = Literal["Commons", "Lords"]
LinkType = Literal["JointStatement", "CorrectedStatement", "CorrectedAnswer"]

BODIES: Mapping[str, int] = {
    "Home Office": 1, "Ministry of Housing, Communities and Local Government": 7,
    "Department for Culture, Media and Sport": 10, "Ministry of Defence": 11,
    "Department for Environment, Food and Rural Affairs": 13, "Treasury": 14,
    "Department of Health and Social Care": 17, "Department for Transport": 27, "Department for Work and Pensions": 29,
    "Cabinet Office": 53, "Ministry of Justice": 54, "Department for Education": 60,
}  # fmt: skip
"""Ids of answering bodies."""

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to another statement, by its API id."""

    id: int
    kind: LinkType = "JointStatement"


@dataclass(frozen=True, slots=True)
class StatementFile:
    """A file of a statement; the API gives its size in bytes."""

    url: str
    title: str
    file_type: str = "application/pdf"
    file_size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A written statement. `id` is the API's own; `uin` (HCWS293) restarts each session; `html` is the whole text."""

    id: int
    uin: str
    made_on: date
    department: str
    title: str
    html: str
    house: House = "Commons"
    minister: str = "Minister (illustrative)"
    list_as: str = ""
    role: str = "The Parliamentary Under-Secretary of State"
    member_id: int = 9001
    party: str = "Independent"
    party_abbreviation: str = "Ind"
    party_colour: str = "C0C0C0"
    member_from: str = ""
    notice_number: int = 1
    links: tuple[Link, ...] = ()
    files: tuple[StatementFile, ...] = ()

    @property
    def url(self) -> str:
        """Address of its detail answer."""
        return f"{STATEMENTS}/{self.id}"


def statement_list(rows: Iterable[Statement], *, total: int | None = None, serial: int = 1_700_000) -> bytes:
    """`/api/writtenstatements/statements`: `rows` as they are, `total` where they are one page of more.

    `serial` is the number the server's junk `links` begin with.
    """
    shown = tuple(rows)
    results = [
        {"value": _value(row, preview(row.html), in_list=True), "links": [_self_link(serial + place)]}
        for place, row in enumerate(shown)
    ]
    return _json({"totalResults": len(shown) if total is None else total, "results": results})


def statement_detail(row: Statement) -> bytes:
    """`/api/writtenstatements/statements/{id}`: the whole text."""
    return _json({"value": _value(row, row.html, in_list=False), "links": [_self_link(row.id)]})


def problem(status: int, title: str) -> bytes:
    """A ProblemDetails body, as the API answers mistakes, and sometimes its own."""
    return _json({"type": "https://tools.ietf.org/html/rfc7231#section-6.5.4", "title": title, "status": status})


def preview(text: str) -> str:
    """What the list shows of a statement: tags gone without a trace, 255 characters and three dots."""
    bare = html.unescape(_TAG.sub("", text))
    return bare if len(bare) <= PREVIEW else bare[:PREVIEW] + "..."


def newest_first(rows: Iterable[Statement]) -> list[Statement]:
    """The order of the list: newest day, Lords before Commons, highest number."""
    return sorted(rows, key=lambda row: (row.made_on, row.house == "Lords", _number(row.uin)), reverse=True)


def select(rows: Iterable[Statement], query: Mapping[str, Sequence[str]]) -> tuple[list[Statement], int]:
    """The page that a query string asks for, and how many rows there are in all. Unknown parameters are ignored, as there."""
    start, end = query.get("madeWhenFrom"), query.get("madeWhenTo")
    houses = [house for house in query.get("house", ()) if house != "Bicameral"]
    uins = [uin.upper() for uin in query.get("uIN", ())]
    bodies = query.get("answeringBodies", ())
    chosen = [
        row
        for row in newest_first(rows)
        if (not start or row.made_on >= date.fromisoformat(start[0]))
        and (not end or row.made_on <= date.fromisoformat(end[0]))
        and (not houses or row.house in houses)
        and (not uins or row.uin.upper() in uins)
        and (not bodies or str(BODIES.get(row.department, 0)) in bodies)
    ]
    skip, take = int(query.get("skip", ["0"])[0]), int(query.get("take", ["20"])[0])
    return chosen[skip : skip + take], len(chosen)


def _value(row: Statement, text: str, *, in_list: bool) -> dict[str, object]:
    linked = [
        {"linkedStatementId": link.id, "linkType": link.kind, "linkDate": f"{row.made_on}T00:00:00"}
        for link in row.links
    ]
    files = [
        {"url": file.url, "title": file.title, "fileType": file.file_type, "fileSizeBytes": file.file_size}
        for file in row.files
    ]
    return {
        "id": row.id, "memberId": row.member_id, "member": _member(row), "memberRole": row.role, "uin": row.uin,
        "dateMade": f"{row.made_on}T00:00:00", "answeringBodyId": BODIES.get(row.department, 0),
        "answeringBodyName": row.department, "title": row.title, "text": text, "house": row.house,
        "noticeNumber": 0 if row.house == "Lords" else row.notice_number, "hasAttachments": bool(files),
        "hasLinkedStatements": bool(linked), "linkedStatements": linked or (None if in_list else []),
        "attachments": files,
    }  # fmt: skip


def _member(row: Statement) -> dict[str, object]:
    return {
        "id": row.member_id, "listAs": row.list_as or row.minister, "name": row.minister, "party": row.party,
        "partyColour": row.party_colour, "partyAbbreviation": row.party_abbreviation, "memberFrom": row.member_from,
        "thumbnailUrl": f"https://members-api.parliament.uk/api/Members/{row.member_id}/Thumbnail",
    }  # fmt: skip


def _self_link(number: int) -> dict[str, str]:
    return {"rel": "self", "href": f"/Statements/{number}", "method": "GET"}


def _number(uin: str) -> int:
    return int("".join(letter for letter in uin if letter.isdigit()) or 0)


def _json(body: Mapping[str, object]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
