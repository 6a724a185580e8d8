"""Parliament's written statements, from its Questions and Statements API: the list of a week, and each statement in full.

The list shows only a preview of the text, so each row becomes a request for the statement itself, stamped with what the
row says. Rows carry noise that must not move the stamp: their `links` count up with every answer, `linkedStatements` may
be empty, null or filled in for one and the same statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

from monitor.errors import ParseError
from monitor.model.exchange import Departure, Page, Request, Response
from monitor.model.feed import Feed, SourceKeys
from monitor.model.publication import Attachment, Hyperlink, Publication, Relation
from monitor.sources.answer import Object, name_object, number, open_json, part, parts, raw, words
from monitor.sources.paged_list import next_page, stamp_words
from monitor.text import absolute_url, read_html
from monitor.times import find_date

SLUG = "written_statements"
_API = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements"
_SITE = "https://questions-statements.parliament.uk"
_HOUSES = ("Commons", "Lords")
_LOOK_BACK = timedelta(days=7)
_PAGE = 100
_KEY = re.compile(r"parliament:(\d+)")
_KEYS = SourceKeys(optional=frozenset({"houses"}), choices={"houses": _HOUSES})


@dataclass(frozen=True, slots=True)
class WrittenStatements:
    """The statements of the last seven days, of either House or both."""

    slug: str = SLUG
    keys: SourceKeys = _KEYS

    def requests(self, feed: Feed, *, today: date) -> Iterable[Request]:
        """The first page of the list. The address stays the same for a day, and is one for both Houses together."""
        return (_list(feed, today - _LOOK_BACK, today),)

    def reconcile(self, feed: Feed, *, since: date, today: date) -> Iterable[Request]:
        """The same list, from further back."""
        return (replace(_list(feed, since, today), known_as=""),)

    def parse(self, response: Response) -> Page:
        """A list becomes requests for its statements, a statement a publication. The two are told apart by their shape."""
        request = response.request
        if response.status in (404, 410):
            return Page(departures=(_read_departure(response),))
        answer = open_json(response, source=SLUG, expected="a list of written statements or one statement")
        if isinstance(answer.get("results"), list):
            return _read_list(answer, request)
        if isinstance(answer.get("value"), dict):
            return Page(publications=(_read_statement(part(answer, "value"), request),))
        raise ParseError(
            "expected a list of written statements (results) or one statement (value), got " + name_object(answer),
            source=SLUG,
            url=request.url,
        )

    def look_again(self, key: str, url: str) -> Request | None:
        """The statement itself; `url`, its page, comes back in a departure, since an answer 404 does not name it."""
        found = _KEY.fullmatch(key)
        return Request(_detail_url(int(found[1])), SLUG, context=url) if found else None


def _list(feed: Feed, since: date, today: date) -> Request:
    wanted = feed.options.get("houses")
    house = wanted[0] if isinstance(wanted, list | tuple) and len(set(wanted)) == 1 else wanted
    query = {
        "expandMember": "true",
        "house": house if isinstance(house, str) else "Bicameral",
        "madeWhenFrom": since.isoformat(),
        "madeWhenTo": today.isoformat(),
        "sessionStatus": "Any",
        "take": _PAGE,
        "skip": 0,
    }
    return Request(f"{_API}?{urlencode(query)}", SLUG, known_as=f"{_API}?house={query['house']}&skip=0")


def _read_departure(response: Response) -> Departure:
    """The departure of one of the statements. A list cannot depart: then its address has changed, and someone must look."""
    request = response.request
    if urlsplit(request.url).path == urlsplit(_API).path:
        raise ParseError(f"expected a list of statements, got status {response.status}", source=SLUG, url=request.url)
    return Departure(request.context or request.url, "gone" if response.status == 410 else "missing")


def _read_list(answer: Object, request: Request) -> Page:
    rows = parts(answer, "results")
    following = next_page(answer, request, rows=len(rows), things="statements")
    follow = {}
    for row in rows:
        value = part(row, "value")
        if number(value, "id") is None:
            raise ParseError("expected a row with an id, got " + name_object(value), source=SLUG, url=request.url)
        ask = Request(_detail_url(int(value["id"])), SLUG, stamp=_stamp(value), context=_page_url(value))
        follow[ask.url] = ask
    return Page(
        follow=(*follow.values(), *([following] if following else [])),
        entries=len(rows),
        total=number(answer, "totalResults"),
    )


def _stamp(row: Object) -> str:
    """A hash of what a row says of its statement, in normal white space, without the noise."""
    corrections = [link["linkedStatementId"] for link in parts(row, "linkedStatements") if _corrects(link, row)]
    fields = ("uin", "dateMade", "title", "text", "memberRole", "answeringBodyName", "house")
    content = [words(row, name) for name in fields]
    content += [words(part(row, "member"), "name"), str(row.get("hasAttachments")), *map(str, sorted(corrections))]
    return stamp_words(content)


def _corrects(link: Object, statement: Object) -> bool:
    """Whether the linked statement is a correction of this one: of two that are linked so, the later one corrects."""
    linked = number(link, "linkedStatementId")
    return words(link, "linkType") == "CorrectedStatement" and linked is not None and linked > int(statement["id"])


def _read_statement(value: Object, request: Request) -> Publication:
    identity, uin, title = number(value, "id"), words(value, "uin").upper(), words(value, "title")
    made_on = find_date(value.get("dateMade"))
    if identity is None or not uin or not title or made_on is None:
        raise ParseError(
            "expected a statement with id, uin, title and dateMade, got " + name_object(value),
            source=SLUG,
            url=request.url,
        )
    reading = read_html(raw(value, "text"), base_url=_SITE)
    return Publication(
        key=f"parliament:{identity}",
        url=_page_url(value),
        title=title,
        document_type="written_statement",
        publisher="parliament",
        text=reading.text,
        identifier=uin,
        department=words(value, "answeringBodyName") or None,
        house=words(value, "house") or None,
        minister=words(part(value, "member"), "name") or None,
        role=words(value, "memberRole") or None,
        dated_on=made_on,
        attachments=tuple(_read_attachments(value)),
        hyperlinks=tuple(Hyperlink(anchor.url, anchor.words, anchor.line) for anchor in reading.anchors),
        relations=tuple(_read_relations(value)),
    )


def _read_attachments(value: Object) -> Iterable[Attachment]:
    """Attachments of a statement have no id but their address."""
    for item in parts(value, "attachments"):
        url = absolute_url(raw(item, "url"), _SITE)
        if url:
            filename = urlsplit(url).path.rpartition("/")[2] or None
            title, media_type = words(item, "title"), words(item, "fileType")
            yield Attachment(
                url,
                url,
                title or filename or url,
                media_type=media_type or None,
                filename=filename,
                size=number(item, "fileSizeBytes"),
            )


def _read_relations(value: Object) -> Iterable[Relation]:
    for link in parts(value, "linkedStatements"):
        linked = number(link, "linkedStatementId")
        if linked is not None and words(link, "linkType") == "JointStatement":
            yield Relation("joint-statement", f"parliament:{linked}")
        elif _corrects(link, value):
            yield Relation("corrected-by", f"parliament:{linked}")


def _detail_url(identity: int) -> str:
    return f"{_API}/{identity}?expandMember=true"


def _page_url(value: Object) -> str:
    """The page of a statement. Both cases of the number occur; lower case is the one to compare by."""
    return f"{_SITE}/written-statements/detail/{raw(value, 'dateMade')[:10]}/{words(value, 'uin').lower()}"
