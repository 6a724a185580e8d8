"""One section of Hansard as its API answers it, whoever reads it: its place in the record, its words without marks of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote

from monitor.errors import ParseError
from monitor.model.exchange import Request
from monitor.model.feed import Feed
from monitor.sources.answer import Object, name_object, number, part, parts, raw, words
from monitor.sources.paged_list import stamp_words
from monitor.text import read_html
from monitor.times import find_date, find_time

API = "https://hansard-api.parliament.uk"
TREES = "/overview/sectiontrees.json"
HOUSES = ("Commons", "Lords")
DEPARTMENT = "hs_6bDepartment"
"""The tag of a heading that names a department."""
LOOK_BACK = 21
"""So many days are asked for: sub-editors change a day's print for weeks."""
_SITE = "https://hansard.parliament.uk"
_MARK = re.compile(r"""<span\b[^>]*\bdata-column-number\s*=\s*["']([^"']{1,20})["'][^>]*>\s*</span>""", re.IGNORECASE)
_COUNTED = re.compile(r"(\D*)(\d{1,6})(\D*)")
_PARAGRAPHS = re.compile(r"(?:\r\n?|\n)+")
_BLOCK = re.compile(r"\s*</?(?:p|ul|ol|li|table|thead|tbody|tr|td|th|h[1-6]|blockquote|div)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A section: where it stands, the headings over it from the outermost on, and what was said (`spoken`), with who said it."""

    ext_id: str
    day: date
    house: str
    title: str
    headings: tuple[str, ...]
    department: str | None
    spoken: tuple[tuple[str, str], ...]
    volume: int | None
    updated_at: datetime | None

    @property
    def url(self) -> str:
        """Where a reader finds it; any words will do at the end, Hansard's own are the title's letters and digits."""
        slug = "".join(re.findall(r"[A-Za-z0-9]", self.title)) or "link"
        return f"{_SITE}/{self.house}/{self.day.isoformat()}/debates/{quote(self.ext_id, safe='-')}/{slug}"

    @property
    def text(self) -> str:
        """What was said, a block a line."""
        return plain("".join(paragraphs(value) for _, value in self.spoken))

    @property
    def column(self) -> str | None:
        """The column in which it begins: that of the first mark, or the one before it where words precede the mark."""
        value = "".join(value for _, value in self.spoken)
        mark = _MARK.search(value)
        counted = None if mark is None else _COUNTED.fullmatch(mark[1].strip())
        if mark is None or counted is None:
            return None
        if not plain(value[: mark.start()]):
            return mark[1].strip()
        before = int(counted[2]) - 1
        return f"{counted[1]}{before}{counted[3]}" if before > 0 else None


def days_and_houses(feed: Feed, today: date) -> Iterator[tuple[date, str]]:
    """The days that a feed asks for, the last first, each with every House it wants."""
    wanted = feed.options.get("houses")
    houses = [house for house in HOUSES if not isinstance(wanted, list | tuple) or house in wanted]
    return ((today - timedelta(days=back), house) for back in range(LOOK_BACK) for house in houses)


def follow_leaves(tree: Object, reader: str) -> Iterator[Request]:
    """Requests for what stands under a heading of a tree and has nothing under itself.

    Their stamp is what the tree says: its own time of change speaks for all sections of the day.
    """
    items = parts(tree, "SectionTreeItems")
    headings = {number(item, "ParentId") for item in items}
    edition = [words(tree, "LastUpdated"), str(tree.get("Source")), str(tree.get("VolumeNo"))]
    for item in items:
        identity = words(item, "ExternalId")
        is_leaf = number(item, "ParentId") is not None and words(item, "HRSTag") != DEPARTMENT
        if identity and is_leaf and number(item, "Id") not in headings:
            yield Request(section_url(identity), reader, stamp=stamp_words([*edition, words(item, "Title")]))


def are_trees(answer: object) -> bool:
    """Whether an answer is a list of trees; an empty one is."""
    return isinstance(answer, list) and all(
        isinstance(tree, dict) and isinstance(tree.get("SectionTreeItems"), list) for tree in answer
    )


def section_url(identity: str) -> str:
    """Where the API answers for a section."""
    return f"{API}/debates/debate/{quote(identity, safe='-')}.json"


def read_section(answer: Object, request: Request, *, source: str) -> Section:
    """The section in an answer. Raises ParseError where it does not say whose and of when it is."""
    overview = part(answer, "Overview")
    day, identity, house = find_date(overview.get("Date")), words(overview, "ExtId"), words(overview, "House")
    if day is None or not identity or house not in HOUSES:
        got = name_object(overview)
        raise ParseError(f"expected a section with ExtId, Date and House, got {got}", source=source, url=request.url)
    navigator = parts(answer, "Navigator")
    department = [words(one, "Title") for one in navigator if words(one, "HRSTag") == DEPARTMENT]
    return Section(
        ext_id=identity,
        day=day,
        house=house,
        title=words(overview, "Title"),
        headings=(words(overview, "Location"), *(words(one, "Title") for one in navigator)),
        department=department[-1] if department else None,
        spoken=tuple(
            (words(item, "AttributedTo"), raw(item, "Value"))
            for item in sorted(parts(answer, "Items"), key=_place)
            if words(item, "ItemType") == "Contribution"
        ),
        volume=number(overview, "VolumeNo"),
        updated_at=find_time(overview.get("ContentLastUpdated")),
    )


def paragraphs(value: str) -> str:
    """A fragment without its column marks, its line breaks, which stand between paragraphs, as paragraphs."""
    pieces = (piece for piece in _PARAGRAPHS.split(_MARK.sub("", value)) if piece.strip())
    return "".join(piece if _BLOCK.match(piece) else f"<p>{piece}</p>" for piece in pieces)


def plain(markup: str) -> str:
    """The words of a fragment, a block a line."""
    return read_html(markup, base_url=_SITE).text


def _place(item: Object) -> int:
    return number(item, "OrderInSection") or 0
