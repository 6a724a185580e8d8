"""Papers placed in the Libraries of both Houses, from Parliament's Deposited Papers API: the list, and each paper in full.

Only the paper itself names its documents, so each row becomes a request, stamped with what the row says. Papers appear
hours or days after they were deposited, so the list reaches back a fortnight. The API is slow, and its ids are a
sequence of their own: keys say `deposited-paper`, lest they meet those of statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import unquote, urlencode, urlsplit

from monitor.errors import ParseError
from monitor.model.exchange import Departure, Page, Request, Response
from monitor.model.feed import Feed, SourceKeys
from monitor.model.publication import Attachment, Publication
from monitor.sources.answer import Object, name_object, number, open_json, part, parts, raw, strings, words
from monitor.sources.paged_list import next_page, stamp_words
from monitor.text import absolute_url, fold, read_html, squeeze
from monitor.times import find_date, find_time

SLUG = "deposited_papers"
_API = "https://depositedpapers-api.parliament.uk/api/DepositedPapers"
_SITE = "https://depositedpapers.parliament.uk"
_HOUSES = ("Commons", "Lords")
_KEYS = SourceKeys(optional=frozenset({"houses", "departments"}), choices={"houses": _HOUSES})
_LOOK_BACK = timedelta(days=14)
_PAGE = 100
_KEY = re.compile(r"parliament:deposited-paper:(\d+)")
_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class DepositedPapers:
    """The papers of the last fortnight, of either House or both, of all departments or of those named."""

    slug: str = SLUG
    keys: SourceKeys = _KEYS

    def requests(self, feed: Feed, *, today: date) -> Iterable[Request]:
        """The first page of the list. The departments wanted travel along: the API knows them by numbers only."""
        return (_list(feed, today - _LOOK_BACK, today),)

    def reconcile(self, feed: Feed, *, since: date, today: date) -> Iterable[Request]:
        """The same list, from further back."""
        return (replace(_list(feed, since, today), known_as=""),)

    def parse(self, response: Response) -> Page:
        """A list becomes requests for its papers, a paper a publication. The two are told apart by their shape."""
        request = response.request
        if response.status in (404, 410):
            return Page(departures=(_read_departure(response),))
        answer = open_json(response, source=SLUG, expected="a list of deposited papers or one paper")
        if isinstance(answer.get("items"), list):
            return _read_list(answer, request)
        if isinstance(answer.get("value"), dict):
            return Page(publications=(_read_paper(part(answer, "value"), request),))
        got = name_object(answer)
        raise ParseError(
            f"expected a list of deposited papers (items) or one paper (value), got {got}", source=SLUG, url=request.url
        )

    def look_again(self, key: str, url: str) -> Request | None:
        """The paper itself; `url`, its page, comes back in a departure."""
        found = _KEY.fullmatch(key)
        return Request(_paper_url(int(found[1])), SLUG, context=url) if found else None


def _list(feed: Feed, since: date, today: date) -> Request:
    houses, departments = _texts(feed.options.get("houses")), _texts(feed.options.get("departments"))
    query = {
        "House": houses[0] if len(set(houses)) == 1 else "All",
        "DepositedFrom": since.isoformat(),
        "DepositedTo": today.isoformat(),
        "OrderBy": "CommitmentDateDesc",
        "Skip": 0,
        "Take": _PAGE,
    }
    name = f"{_API}?House={query['House']}&Skip=0"
    return Request(f"{_API}?{urlencode(query)}", SLUG, context=_SEPARATOR.join(departments), known_as=name)


def _texts(value: object) -> list[str]:
    """An option that is one text or a list of texts."""
    values = value if isinstance(value, list | tuple) else (value,)
    return [text for text in values if isinstance(text, str) and text]


def _read_departure(response: Response) -> Departure:
    """The departure of one of the papers. A list cannot depart: then its address has changed, and someone must look."""
    request = response.request
    if urlsplit(request.url).path == urlsplit(_API).path:
        raise ParseError(f"expected a list of papers, got status {response.status}", source=SLUG, url=request.url)
    return Departure(request.context or request.url, "gone" if response.status == 410 else "missing")


def _read_list(answer: Object, request: Request) -> Page:
    rows = parts(answer, "items")
    following = next_page(answer, request, rows=len(rows), things="papers")
    wanted = {fold(squeeze(name)) for name in request.context.split(_SEPARATOR) if name}
    follow = {}
    for row in rows:
        paper = part(row, "value")
        identity = number(paper, "paperId")
        if identity is None:
            raise ParseError("expected a row with a paperId, got " + name_object(paper), source=SLUG, url=request.url)
        if not wanted or wanted & {fold(squeeze(name)) for name in strings(paper, "depositingDepartments")}:
            url = _paper_url(identity)
            follow[url] = Request(url, SLUG, stamp=_stamp(paper), context=_page_url(identity))
    return Page(
        follow=(*follow.values(), *([following] if following else [])),
        entries=len(rows),
        total=number(answer, "totalResults"),
    )


def _stamp(paper: Object) -> str:
    fields = ("paperNumber", "title", "dateUpdated", "indexerNotes", "notes")
    lists = ("houses", "depositingDepartments", "corporateAuthors")
    return stamp_words(
        [words(paper, field) for field in fields] + [", ".join(strings(paper, field)) for field in lists]
    )


def _read_paper(paper: Object, request: Request) -> Publication:
    identity, title = number(paper, "paperId"), words(paper, "title")
    if identity is None or not title:
        raise ParseError(
            "expected a paper with paperId and title, got " + name_object(paper), source=SLUG, url=request.url
        )
    notes = (read_html(raw(paper, field), base_url=_SITE).text for field in ("notes", "indexerNotes"))
    authors = ", ".join(squeeze(name) for name in strings(paper, "corporateAuthors"))
    departments = strings(paper, "depositingDepartments")
    updated_at = find_time(paper.get("dateUpdated"))
    return Publication(
        key=f"parliament:deposited-paper:{identity}",
        url=_page_url(identity),
        title=title,
        document_type="deposited_paper",
        publisher="parliament",
        text="\n".join(filter(None, (*notes, f"Authors: {authors}" if authors else ""))),
        identifier=words(paper, "paperNumber").upper() or None,
        department=squeeze(departments[0]) if departments else None,
        house=" and ".join(strings(paper, "houses")) or None,
        dated_on=find_date(paper.get("dateUpdated")),
        updated_at=updated_at,
        attachments=tuple(_read_documents(paper)),
    )


def _read_documents(paper: Object) -> Iterable[Attachment]:
    """The documents of a paper, which are named by their addresses alone."""
    for address in dict.fromkeys(strings(paper, "attachedDocuments")):
        url = absolute_url(address, _SITE)
        if url:
            filename = unquote(urlsplit(url).path.rpartition("/")[2])
            yield Attachment(url, url, filename or url, filename=filename or None)


def _paper_url(identity: int) -> str:
    return f"{_API}/{identity}"


def _page_url(identity: int) -> str:
    return f"{_SITE}/depositedpaper/{identity}/details"
