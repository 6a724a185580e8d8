"""Many publishers at once: departments on www.gov.uk and sites with a feed of their own, and when each request came.

Made for simulations: an answer costs what it shows, however much else there is.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tests.fakes.answer import JSON, Answer
from tests.fakes.documents import SITE, Document, Organisation
from tests.fakes.govuk import content_item, organisation_feed
from tests.fakes.search import search_results

_SLOW = 0.06
_ORGANISATIONS = "/government/organisations/"


@dataclass(frozen=True, slots=True)
class Post:
    """An entry of a site's feed."""

    id: str
    text: str
    at: datetime


class Press:
    """What stands everywhere now; sites take a moment to answer.

    `arrivals` are the moments at which each host was asked, in monotonic seconds.
    """

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.arrivals: dict[str, list[float]] = defaultdict(list)
        self.holding: dict[str, int] = {}
        self._shelves: dict[str, dict[str, None]] = defaultdict(dict)
        self._posts: dict[str, dict[str, Post]] = defaultdict(dict)

    def put(self, document: Document) -> None:
        """A document as it is from now on; one with another path is another document."""
        self.documents[document.path] = document
        self._shelves[document.organisation.slug][document.path] = None

    def edit(self, path: str, **changes: object) -> None:
        """Change fields of a document."""
        self.put(replace(self.documents[path], **changes))  # type: ignore[arg-type]

    def post(self, site: str, post: Post) -> None:
        """An entry of a site's feed, new or in another's place."""
        self._posts[site][post.id] = post

    def answer(self, url: str) -> Answer | None:
        """What is said to a request; a host in `holding` asks for so many seconds of patience."""
        parts = urlsplit(url)
        self.arrivals[parts.netloc].append(time.monotonic())
        if parts.netloc in self.holding:
            wait = str(self.holding[parts.netloc])
            return Answer(b"busy", 503, "text/plain", None, headers={"Retry-After": wait})
        if url.startswith(SITE):
            return self._govuk(parts.path, parts.query)
        posts = self._posts.get(url)
        return Answer(_feed_of(url, posts), delay=_SLOW) if posts else None

    def _govuk(self, path: str, query: str) -> Answer | None:
        if path.startswith(_ORGANISATIONS):
            slug = path.removeprefix(_ORGANISATIONS).removesuffix(".atom")
            mine = [self.documents[one] for one in self._shelves[slug]]
            listed = sorted((one for one in mine if one.is_listed), key=lambda one: one.listed_at, reverse=True)
            return Answer(organisation_feed(Organisation(slug, slug), listed[:40]))
        if path == "/api/search.json":
            wanted = dict(part.split("=", 1) for part in query.split("&"))
            mine = [self.documents[one] for one in self._shelves[wanted["filter_organisations"]]]
            since = wanted["filter_public_timestamp"].replace("%3A", ":")
            body = search_results(mine, {"filter_public_timestamp": [since], "count": ["1000"]}, {})
            return Answer(body, content_type=JSON, etag=None)
        document = self.documents.get(path.removeprefix("/api/content"))
        if document is None:
            return None
        return (
            Answer(b"{}", 410, JSON, None) if document.gone == "" else Answer(content_item(document), content_type=JSON)
        )


def _feed_of(url: str, posts: Mapping[str, Post]) -> bytes:
    newest = sorted(posts.values(), key=lambda post: post.at, reverse=True)
    entries = "".join(
        f"<entry><id>{post.id}</id><title>{post.id}</title><updated>{post.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</updated>"
        f'<link href="{url}/{post.id}"/><content type="html">&lt;p&gt;{post.text}&lt;/p&gt;</content></entry>'
        for post in newest
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A site</title>'
    return f"{head}{entries}</feed>".encode()
