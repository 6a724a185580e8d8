"""Hansard's written statements: the tree of a day's statements in one House, and each statement as it was printed.

Hansard prints what the Questions and Statements API has already shown, sub-edited, some days later, and goes on changing
it for weeks (from the rolling edition to the daily part to the bound volume). So a statement here becomes a transcript of
the same statement, joined by its day and the number in brackets at its end, and never a publication of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote, urlencode, urlsplit

from monitor.errors import ParseError
from monitor.model.exchange import Page, Request, Response
from monitor.model.feed import Feed, SourceKeys
from monitor.model.transcript import Transcript
from monitor.sources.answer import Object, name_object, number, open_json_value, part, parts, raw, words
from monitor.sources.paged_list import stamp_words
from monitor.text import read_html
from monitor.times import find_date, find_time

SLUG = "hansard"
_API = "https://hansard-api.parliament.uk"
_SITE = "https://hansard.parliament.uk"
_TREES = "/overview/sectiontrees.json"
_HOUSES = ("Commons", "Lords")
_LOOK_BACK = 21
_KEYS = SourceKeys(optional=frozenset({"houses"}), choices={"houses": _HOUSES})
_EXPECTED = "a tree of written statements or one section of Hansard"
_DEPARTMENT = "hs_6bDepartment"
_COLUMN = "hs_ColumnNumber"
_MARK = re.compile(r"""<span\b[^>]*\bdata-column-number\s*=\s*["']([^"']{1,20})["'][^>]*>\s*</span>""", re.IGNORECASE)
_NUMBER = re.compile(r"\[\s*(H[CL]WS\d+)\s*\]", re.IGNORECASE)
_COUNTED = re.compile(r"(\D*)(\d{1,6})(\D*)")
_PARAGRAPHS = re.compile(r"(?:\r\n?|\n)+")
_BLOCK = re.compile(r"\s*</?(?:p|ul|ol|li|table|thead|tbody|tr|td|th|h[1-6]|blockquote|div)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hansard:
    """The statements of the last three weeks, of either House or both."""

    slug: str = SLUG
    keys: SourceKeys = _KEYS

    def requests(self, feed: Feed, *, today: date) -> Iterable[Request]:
        """A tree for each day and House: sub-editors change a day's print for weeks."""
        wanted = feed.options.get("houses")
        houses = [house for house in _HOUSES if not isinstance(wanted, list | tuple) or house in wanted]
        days = [today - timedelta(days=back) for back in range(_LOOK_BACK)]
        return tuple(
            Request(f"{_API}{_TREES}?{urlencode({'section': 'WMS', 'date': day.isoformat(), 'house': house})}", SLUG)
            for day in days
            for house in houses
        )

    def reconcile(self, feed: Feed, *, since: date, today: date) -> Iterable[Request]:  # noqa: ARG002
        """Nothing: every poll reads the last three weeks."""
        return ()

    def parse(self, response: Response) -> Page:
        """A tree becomes requests for its statements, a statement a transcript. The two are told apart by their shape."""
        request = response.request
        is_tree = urlsplit(request.url).path == _TREES
        if response.status in (404, 410):
            if is_tree:
                raise ParseError(f"expected {_EXPECTED}, got status {response.status}", source=SLUG, url=request.url)
            return Page(remarks=(f"Hansard no longer has {request.url}",))
        answer = open_json_value(response, source=SLUG, expected=_EXPECTED)
        if isinstance(answer, list) and all(
            isinstance(tree, dict) and isinstance(tree.get("SectionTreeItems"), list) for tree in answer
        ):
            return _read_trees(answer)
        if isinstance(answer, dict) and isinstance(answer.get("Overview"), dict):
            return _read_section(answer, request)
        got = name_object(answer) if isinstance(answer, dict) else "a JSON list of something else"
        raise ParseError(f"expected {_EXPECTED}, got {got}", source=SLUG, url=request.url)

    def look_again(self, key: str, url: str) -> Request | None:  # noqa: ARG002
        """Nothing: a transcript is no publication of its own."""
        return None


def _read_trees(trees: list[Object]) -> Page:
    """Requests for the statements: whatever stands under another heading and has nothing under itself.

    An empty list means that the House did not sit, so Hansard counts, and none can be believed.
    """
    follow = {}
    for tree in trees:
        items = parts(tree, "SectionTreeItems")
        headings = {number(item, "ParentId") for item in items}
        for item in items:
            identity = words(item, "ExternalId")
            is_statement = number(item, "ParentId") is not None and words(item, "HRSTag") != _DEPARTMENT
            if identity and is_statement and number(item, "Id") not in headings:
                ask = Request(_section_url(identity), SLUG, stamp=_stamp(tree, item))
                follow[ask.url.lower()] = ask
    return Page(follow=tuple(follow.values()), entries=len(follow), total=len(follow))


def _stamp(tree: Object, item: Object) -> str:
    """A hash of what the tree says: its own time of change speaks for all statements of the day."""
    edition = [words(tree, "LastUpdated"), str(tree.get("Source")), str(tree.get("VolumeNo"))]
    return stamp_words([*edition, words(item, "Title")])


def _read_section(answer: Object, request: Request) -> Page:
    overview = part(answer, "Overview")
    day, identity, house = find_date(overview.get("Date")), words(overview, "ExtId"), words(overview, "House")
    if day is None or not identity or house not in _HOUSES:
        raise ParseError(
            "expected a section with ExtId, Date and House, got " + name_object(overview), source=SLUG, url=request.url
        )
    values = [
        raw(item, "Value")
        for item in sorted(parts(answer, "Items"), key=_place)
        if words(item, "ItemType") == "Contribution"
    ]
    text = read_html("".join(_paragraphs(value) for value in values), base_url=_SITE).text
    numbers = _NUMBER.findall(text)
    title = words(overview, "Title")
    if not numbers:
        return Page(remarks=(f"left out “{title}”: Hansard gives it no number",))
    transcript = Transcript(
        identifier=numbers[-1].upper(),
        dated_on=day,
        house=house,
        title=title,
        text=_without_number(text),
        ext_id=identity,
        url=_page_url(house, day, identity, title),
        volume=number(overview, "VolumeNo"),
        column=_first_column("".join(values)),
        updated_at=find_time(overview.get("ContentLastUpdated")),
    )
    return Page(entries=1, transcripts=(transcript,))


def _place(item: Object) -> int:
    return number(item, "OrderInSection") or 0


def _paragraphs(value: str) -> str:
    """A fragment without its column marks, its line breaks, which stand between paragraphs, as paragraphs."""
    pieces = (piece for piece in _PARAGRAPHS.split(_MARK.sub("", value)) if piece.strip())
    return "".join(piece if _BLOCK.match(piece) else f"<p>{piece}</p>" for piece in pieces)


def _without_number(text: str) -> str:
    """The text without the number that Hansard puts under it."""
    body, _, last = text.rpartition("\n")
    rest = _NUMBER.sub("", last).rstrip()
    return body if not rest else f"{body}\n{rest}" if body else rest


def _first_column(value: str) -> str | None:
    """The column in which a section begins: that of the first mark, or the one before it where words precede the mark."""
    mark = _MARK.search(value)
    if mark is None:
        return None
    counted = _COUNTED.fullmatch(mark[1].strip())
    if counted is None:
        return None
    if not read_html(value[: mark.start()], base_url=_SITE).text:
        return mark[1].strip()
    before = int(counted[2]) - 1
    return f"{counted[1]}{before}{counted[3]}" if before > 0 else None


def _section_url(identity: str) -> str:
    return f"{_API}/debates/debate/{quote(identity, safe='-')}.json"


def _page_url(house: str, day: date, identity: str, title: str) -> str:
    """Where a reader finds it; any words will do at the end, Hansard's own are the title's letters and digits."""
    slug = "".join(re.findall(r"[A-Za-z0-9]", title)) or "link"
    return f"{_SITE}/{house}/{day.isoformat()}/debates/{quote(identity, safe='-')}/{slug}"
