"""GOV.UK's Search API: the newest pages that a filter or a search for words finds. It only points at pages.

The API is strict: a parameter or value that it does not know is answered with 422 and a message that names it, which the
fetching side passes on. Results leave out what is withdrawn, and have HTML attachments in no form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from monitor.errors import ParseError, SourceError
from monitor.model.exchange import Page, Request, Response
from monitor.model.feed import Feed, SourceKeys
from monitor.sources.answer import name_object, number, open_json, parts, raw, words
from monitor.sources.govuk_address import NEWEST_FIRST, SITE, content_url, find_path, window_url
from monitor.times import find_time, utc_text

SLUG = "govuk_search"
_READER = "govuk_content"
_API = f"{SITE}/api/search.json"
_COUNT = 100
_DEEPEST = 900
_KEYS = SourceKeys(optional=frozenset({"filter", "q"}))
_EXPECTED = "search results (results)"


@dataclass(frozen=True, slots=True)
class GovukSearch:
    """The hundred newest pages found by `filter` (as in the Search API, without the `filter_` prefix), `q`, or both."""

    slug: str = SLUG
    keys: SourceKeys = _KEYS

    def requests(self, feed: Feed, *, today: date) -> Iterable[Request]:  # noqa: ARG002
        """One search, newest first, by an address that is the same at every poll."""
        query = [*_filters(feed), ("q", str(feed.options.get("q", "")))]
        asked = [(name, value) for name, value in query if value]
        if not asked:
            raise SourceError("this feed needs a filter or a q, or it would follow all of GOV.UK", resource=feed.name)
        shape = [*NEWEST_FIRST, ("count", str(_COUNT))]
        return (Request(f"{_API}?{urlencode([*asked, *shape])}", SLUG),)

    def reconcile(self, feed: Feed, *, since: date, today: date) -> Iterable[Request]:  # noqa: ARG002
        """The same search, for everything published since then, in one answer."""
        asked = [*_filters(feed), ("q", str(feed.options.get("q", "")))]
        wanted = [(name.removeprefix("filter_"), value) for name, value in asked if value and name != "q"]
        words = next((value for name, value in asked if name == "q" and value), "")
        return (Request(window_url(wanted, since=since, words=words), SLUG),)

    def parse(self, response: Response) -> Page:
        """A request for the Content API item of each result, stamped with its `public_timestamp`."""
        url = response.request.url
        answer = open_json(response, source=SLUG, expected=_EXPECTED)
        if not isinstance(answer.get("results"), list):
            error = words(answer, "error")
            got = f"the error “{error}”" if error else name_object(answer)
            raise ParseError(f"expected {_EXPECTED}, got {got}", source=SLUG, url=url)
        found = parts(answer, "results")
        newest: dict[str, str | None] = {}
        remarks: list[str] = []
        for result in found:
            path, at = find_path(raw(result, "link")), find_time(result.get("public_timestamp"))
            if path is None:
                remarks.append(
                    f"left out a result that is no page of www.gov.uk: {raw(result, 'link') or 'it has no link'}"
                )
            else:
                newest.setdefault(path, utc_text(at) if at else None)
        follow = tuple(Request(content_url(path), _READER, stamp=stamp) for path, stamp in newest.items())
        total, start = number(answer, "total"), number(answer, "start") or 0
        reached = start + len(found)
        is_more = bool(found) and total is not None and reached < total and start < _DEEPEST
        return Page(
            follow=follow,
            entries=len(found),
            total=total,
            remarks=tuple(remarks),
            deeper=Request(_with_start(url, reached), SLUG) if is_more else None,
        )

    def look_again(self, key: str, url: str) -> Request | None:  # noqa: ARG002
        """Nothing: a search has no publications of its own."""
        return None


def _with_start(url: str, start: int) -> str:
    address = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(address.query, keep_blank_values=True) if name != "start"]
    return urlunsplit(address._replace(query=urlencode([*query, ("start", str(start))])))


def _filters(feed: Feed) -> Iterable[tuple[str, str]]:
    """The filter as parameters, in the order of the config; a list is asked for as any of its values."""
    wanted = feed.options.get("filter", {})
    if not isinstance(wanted, Mapping):
        raise SourceError('filter must be a table such as { organisations = ["hm-treasury"] }', resource=feed.name)
    for name, value in wanted.items():
        for one in value if isinstance(value, list | tuple) else (value,):
            yield f"filter_{name}", str(one).lower() if isinstance(one, bool) else str(one)
