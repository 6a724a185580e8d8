"""Hansard's written statements: the tree of a day's statements in one House, and each statement as it was printed.

Hansard prints what the Questions and Statements API has already shown, sub-edited, some days later, and goes on changing
it for weeks (from the rolling edition to the daily part to the bound volume). So a statement here becomes a transcript of
the same statement, joined by its day and the number in brackets at its end, and never a publication of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urlsplit

from monitor.errors import ParseError
from monitor.model.exchange import Page, Request, Response
from monitor.model.feed import Feed, SourceKeys
from monitor.model.transcript import Transcript
from monitor.sources.answer import Object, name_object, open_json_value
from monitor.sources.hansard_section import API, HOUSES, TREES, are_trees, days_and_houses, follow_leaves, read_section

SLUG = "hansard"
_KEYS = SourceKeys(optional=frozenset({"houses"}), choices={"houses": HOUSES})
_EXPECTED = "a tree of written statements or one section of Hansard"
_NUMBER = re.compile(r"\[\s*(H[CL]WS\d+)\s*\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hansard:
    """The statements of the last three weeks, of either House or both."""

    slug: str = SLUG
    keys: SourceKeys = _KEYS

    def requests(self, feed: Feed, *, today: date) -> Iterable[Request]:
        """A tree for each day and House: sub-editors change a day's print for weeks."""
        return tuple(
            Request(f"{API}{TREES}?{urlencode({'section': 'WMS', 'date': day.isoformat(), 'house': house})}", SLUG)
            for day, house in days_and_houses(feed, today)
        )

    def reconcile(self, feed: Feed, *, since: date, today: date) -> Iterable[Request]:  # noqa: ARG002
        """Nothing: every poll reads the last three weeks."""
        return ()

    def parse(self, response: Response) -> Page:
        """A tree becomes requests for its statements, a statement a transcript. The two are told apart by their shape."""
        request = response.request
        is_tree = urlsplit(request.url).path == TREES
        if response.status in (404, 410):
            if is_tree:
                raise ParseError(f"expected {_EXPECTED}, got status {response.status}", source=SLUG, url=request.url)
            return Page(remarks=(f"Hansard no longer has {request.url}",))
        answer = open_json_value(response, source=SLUG, expected=_EXPECTED)
        if isinstance(answer, list) and are_trees(answer):
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
    follow = {ask.url.lower(): ask for tree in trees for ask in follow_leaves(tree, SLUG)}
    return Page(follow=tuple(follow.values()), entries=len(follow), total=len(follow))


def _read_section(answer: Object, request: Request) -> Page:
    section = read_section(answer, request, source=SLUG)
    text = section.text
    numbers = _NUMBER.findall(text)
    if not numbers:
        return Page(remarks=(f"left out “{section.title}”: Hansard gives it no number",))
    transcript = Transcript(
        identifier=numbers[-1].upper(),
        dated_on=section.day,
        house=section.house,
        title=section.title,
        text=_without_number(text),
        ext_id=section.ext_id,
        url=section.url,
        volume=section.volume,
        column=section.column,
        updated_at=section.updated_at,
    )
    return Page(entries=1, transcripts=(transcript,))


def _without_number(text: str) -> str:
    """The text without the number that Hansard puts under it."""
    body, _, last = text.rpartition("\n")
    rest = _NUMBER.sub("", last).rstrip()
    return body if not rest else f"{body}\n{rest}" if body else rest
