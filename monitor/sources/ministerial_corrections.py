"""Corrections in Hansard: what a Minister said wrongly, in a statement, a debate or an answer, and what should have been said.

Hansard prints them in a section of the day, which it has called Ministerial Corrections and Written Corrections. By what name
its API knows that section is not documented, so a day is asked for the names of its sections, and of those that are not known
to be something else the tree says by its title whether it holds corrections.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import parse_qs, urlencode, urlsplit

from monitor.errors import ParseError
from monitor.model.exchange import Departure, Page, Request, Response
from monitor.model.feed import Feed, SourceKeys
from monitor.model.publication import Publication
from monitor.sources.answer import Object, name_object, number, open_json_value, parts, words
from monitor.sources.hansard_section import (
    API,
    HOUSES,
    TREES,
    Section,
    are_trees,
    days_and_houses,
    follow_leaves,
    paragraphs,
    plain,
    read_section,
    section_url,
)

SLUG = "ministerial_corrections"
_SECTIONS = "/overview/sectionsforday.json"
_EXPECTED = "the names of a day's sections, a tree of corrections or one of them"
_KEYS = SourceKeys(optional=frozenset({"houses"}), choices={"houses": HOUSES})
_KEY = re.compile(r"parliament:correction:([\w-]+)")
_OTHERS = frozenset("debate westhall wms pbc gen gc pet petitions".split())
"""Sections that are known to hold no corrections: the Chamber, Westminster Hall, written statements, committees, petitions."""
_SECTION = re.compile(r"[A-Za-z][A-Za-z0-9 _-]{0,60}")
_CALLED = re.compile(r"\bcorrections?\b", re.IGNORECASE)
_LETTER = re.compile(r"^Letter of correction from (?P<who>[^\n]+?):?$", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"\(([^()]+)\)\s*$")
_SEAT = re.compile(r",\s+the\s+(?:right\s+)?hon\.?\b.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MinisterialCorrections:
    """The corrections of the last three weeks, of either House or both."""

    slug: str = SLUG
    keys: SourceKeys = _KEYS

    def requests(self, feed: Feed, *, today: date) -> Iterable[Request]:
        """The names of each day's sections, in each House."""
        return tuple(
            Request(f"{API}{_SECTIONS}?{urlencode({'date': day.isoformat(), 'house': house})}", SLUG)
            for day, house in days_and_houses(feed, today)
        )

    def reconcile(self, feed: Feed, *, since: date, today: date) -> Iterable[Request]:  # noqa: ARG002
        """Nothing: every poll reads the last three weeks."""
        return ()

    def parse(self, response: Response) -> Page:
        """Names become requests for trees, a tree requests for its corrections, a correction a publication."""
        request = response.request
        path = urlsplit(request.url).path
        if response.status in (404, 410):
            if path in (_SECTIONS, TREES):
                raise ParseError(f"expected {_EXPECTED}, got status {response.status}", source=SLUG, url=request.url)
            return Page(
                departures=(Departure(request.context or request.url, "gone" if response.status == 410 else "missing"),)
            )
        answer = open_json_value(response, source=SLUG, expected=_EXPECTED)
        if path == _SECTIONS and isinstance(answer, list) and all(isinstance(name, str) for name in answer):
            return _read_names(answer, request)
        if isinstance(answer, list) and are_trees(answer):
            return _read_trees(answer)
        if isinstance(answer, dict) and isinstance(answer.get("Overview"), dict):
            return Page(entries=1, publications=(_read_correction(read_section(answer, request, source=SLUG)),))
        got = name_object(answer) if isinstance(answer, dict) else "a JSON list of something else"
        raise ParseError(f"expected {_EXPECTED}, got {got}", source=SLUG, url=request.url)

    def look_again(self, key: str, url: str) -> Request | None:
        """The section itself; `url`, its page, comes back in a departure."""
        found = _KEY.fullmatch(key)
        return Request(section_url(found[1]), SLUG, context=url) if found else None


def _read_names(names: list[str], request: Request) -> Page:
    """Requests for the trees that may hold corrections. Hansard counts, so a day without any is believed."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
    follow = tuple(
        Request(f"{API}{TREES}?{urlencode({'section': name, **asked})}", SLUG)
        for name in names
        if name.lower() not in _OTHERS and _SECTION.fullmatch(name)
    )
    return Page(follow=follow, entries=len(follow), total=len(follow))


def _read_trees(trees: list[Object]) -> Page:
    """Requests for the corrections, where it is a tree of corrections."""
    follow = {ask.url.lower(): ask for tree in filter(_is_of_corrections, trees) for ask in follow_leaves(tree, SLUG)}
    return Page(follow=tuple(follow.values()), entries=len(follow), total=len(follow))


def _is_of_corrections(tree: Object) -> bool:
    roots = [words(item, "Title") for item in parts(tree, "SectionTreeItems") if number(item, "ParentId") is None]
    return any(_CALLED.search(title) for title in (words(tree, "Title"), *roots))


def _read_correction(section: Section) -> Publication:
    """A correction as a publication: who speaks stands in a line of its own before what is said."""
    lines = ((f"<p>{escape(who)}</p>" if who else "") + paragraphs(value) for who, value in section.spoken)
    text = plain("".join(lines))
    letter = _LETTER.search(text)
    name = _NAME.search(letter["who"]) if letter else None
    return Publication(
        key=f"parliament:correction:{section.ext_id.lower()}",
        url=section.url,
        title=f"Correction: {section.title}" if section.title else "Correction",
        document_type="ministerial_correction",
        publisher="parliament",
        text=text,
        department=section.department,
        house=section.house,
        minister=name[1].strip() if name else None,
        role=_role(letter["who"]) if letter else None,
        dated_on=section.day,
    )


def _role(who: str) -> str | None:
    """`the Minister of State, the hon. Member for Leeds (Ann Lee)`: the office alone."""
    return _SEAT.sub("", _NAME.sub("", who)).strip().removeprefix("the ") or None
