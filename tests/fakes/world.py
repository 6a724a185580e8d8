"""A small world in which things are published, edited, withdrawn and said; it answers as GOV.UK and Parliament would.

It has no clock: every event takes its time. Answers are made when asked for, so what was told last is what is served:

    world = World()
    world.publish(plan)
    world.edit(plan.path, at=later, note="Figures for 2025 added.", body_html=text)
    with Publisher(otherwise=world.answer) as publisher: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from tests.fakes.answer import ATOM, JSON, PLAIN, Answer
from tests.fakes.documents import ASSETS, SITE, Document, Organisation
from tests.fakes.govuk import content_item, finder_feed, organisation_feed, page_item
from tests.fakes.parliament import API, STATEMENTS, Statement, problem, select, statement_detail, statement_list
from tests.fakes.search import search_results

FEED_SIZE = 20
ROBOTS = "User-agent: *\nDisallow: /*/print$\n# Don't allow indexing of site search\nDisallow: /search/all*\n"
ROBOTS += "Sitemap: https://www.gov.uk/sitemap.xml\n"

FINDERS: dict[str, frozenset[str]] = {
    "policy-papers-and-consultations": frozenset(
        "policy_paper impact_assessment open_consultation closed_consultation consultation_outcome".split()
    ),
    "news-and-communications": frozenset(
        "news_story press_release written_statement oral_statement speech government_response correspondence".split()
    ),
    "guidance-and-regulation": frozenset("guidance statutory_guidance detailed_guide regulation notice".split()),
    "research-and-statistics": frozenset("independent_report research official_statistics".split()),
    "transparency-and-freedom-of-information-releases": frozenset("corporate_report transparency foi_release".split()),
}
"""Which document types each finder lists."""

_CACHED = {"Cache-Control": "max-age=300, public"}
_BRIEF = {"Cache-Control": "public,max-age=30"}
_UNLISTED = frozenset(["document_collection", "html_publication"])


class World:
    """Everything that is published at this moment, and how the publishers' hosts answer for it.

    `volatile_links`: Parliament's junk link numbers change with every answer, as they do; without, with every event.
    """

    def __init__(self, *, feed_size: int = FEED_SIZE, volatile_links: bool = True) -> None:
        self._documents: dict[str, Document] = {}
        self._statements: dict[int, Statement] = {}
        self._organisations: dict[str, Organisation] = {}
        self._feed_size = feed_size
        self._volatile_links = volatile_links
        self._serial = 1_700_000
        self._made: dict[str, Answer] = {}

    def publish(self, document: Document) -> Document:
        """Put a document out. Its first note is "First published." where it has none."""
        history = document.change_history or ((document.first_published_at, "First published."),)
        return self._keep(replace(document, change_history=history))

    def edit(self, path: str, *, at: datetime, note: str | None = None, **changes: object) -> Document:
        """Change fields of a document. With a `note` it is a major update; without, a quiet one that no feed shows."""
        old = self._documents[path]
        edited: Document = replace(old, updated_at=at, **changes)  # type: ignore[arg-type]
        if note is not None:
            edited = replace(edited, public_updated_at=at, change_history=((at, note), *old.change_history))
        return self._keep(edited)

    def withdraw(self, path: str, *, at: datetime, explanation: str) -> Document:
        """Mark a document as withdrawn: its page stays, feeds lose it."""
        return self.edit(path, at=at, withdrawn_at=at, withdrawn_explanation=explanation)

    def restore(self, path: str, *, at: datetime) -> Document:
        """Take a withdrawal back; feeds show the document again with its old time."""
        return self.edit(path, at=at, withdrawn_at=None, withdrawn_explanation="")

    def remove(self, path: str, *, at: datetime, explanation: str = "") -> Document:
        """Unpublish: gone with an explanation (200), or without (410)."""
        return self.edit(path, at=at, gone=explanation)

    def vanish(self, path: str) -> None:
        """Forget a document, as if it had never been: 404."""
        del self._documents[path]
        self._changed()

    def redirect(self, path: str, *, to: str, at: datetime) -> Document:
        """Unpublish a document in favour of another path."""
        return self.edit(path, at=at, redirect_to=to)

    def move(self, path: str, *, to: str, at: datetime) -> Document:
        """Give a document another path: same content_id there, a redirect here."""
        old = self._documents[path]
        moved = self._keep(replace(old, path=to, content_id=old.identity, updated_at=at))
        self.redirect(path, to=to, at=at)
        return moved

    def make_statement(self, statement: Statement) -> Statement:
        """Publish a written statement, or put another version in the place of one with the same id."""
        self._statements[statement.id] = statement
        self._changed()
        return statement

    def drop_statement(self, statement_id: int) -> None:
        """Take a statement away, as Parliament does without a word."""
        del self._statements[statement_id]
        self._changed()

    def document(self, path: str) -> Document:
        """A document as it stands."""
        return self._documents[path]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document, in the order in which it was first told."""
        return tuple(self._documents.values())

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every written statement, in the order in which it was first told."""
        return tuple(self._statements.values())

    def answer(self, url: str) -> Answer | None:
        """What the publisher of `url` says now; None for an address that this world does not know."""
        made = self._made.get(url)
        if made is None:
            made = self._make(url)
            if made is not None and not (self._volatile_links and url.startswith(f"{STATEMENTS}?")):
                self._made[url] = made
        return made

    def _make(self, url: str) -> Answer | None:
        rooms: tuple[tuple[str, Callable[[str], Answer | None]], ...] = (
            (f"{SITE}/robots.txt", lambda _: Answer(ROBOTS.encode(), content_type=PLAIN)),
            (f"{SITE}/government/organisations/", self._organisation_feed), (f"{SITE}/search/", self._finder_feed),
            (f"{SITE}/api/search.json", self._search), (f"{SITE}/api/content/", self._content_item),
            (f"{ASSETS}/media/", self._file),
            (f"{STATEMENTS}/", self._statement_detail), (STATEMENTS, self._statement_list),
            (API, lambda _: Answer(problem(404, "Not Found"), 404, JSON, None)),
            (ASSETS, lambda _: Answer(b"", 404, PLAIN, None)),
        )  # fmt: skip
        return next((answer(url) for start, answer in rooms if url.startswith(start)), None)

    def _organisation_feed(self, url: str) -> Answer | None:
        slug = urlsplit(url).path.removeprefix("/government/organisations/").removesuffix(".atom")
        organisation = self._organisations.get(slug) or Organisation(slug, slug.replace("-", " ").title())
        mine = (document for document in self._documents.values() if document.organisation.slug == slug)
        listed = self._listed(document for document in mine if document.document_type not in _UNLISTED)
        return Answer(organisation_feed(organisation, listed[: self._feed_size]), content_type=ATOM, headers=_CACHED)

    def _finder_feed(self, url: str) -> Answer | None:
        parts = urlsplit(url)
        slug = parts.path.removeprefix("/search/").removesuffix(".atom")
        types = FINDERS.get(slug)
        if types is None:
            return None
        query = parse_qs(parts.query)
        wanted = {*query.get("organisations[]", ()), *query.get("organisations", ())}
        mine = (document for document in self._documents.values() if document.document_type in types)
        listed = self._listed(document for document in mine if not wanted or document.organisation.slug in wanted)
        first = (int(query.get("page", ["1"])[0]) - 1) * self._feed_size
        body = finder_feed(slug, listed[first : first + self._feed_size], query=parts.query)
        return Answer(body, content_type=ATOM, headers=_CACHED)

    def _search(self, url: str) -> Answer | None:
        body = search_results(self._documents.values(), parse_qs(urlsplit(url).query), FINDERS)
        return Answer(body, content_type=JSON, etag=None)

    def _content_item(self, url: str) -> Answer | None:
        path = urlsplit(url).path.removeprefix("/api/content")
        document = self._documents.get(path)
        if document is None:
            parent = self._documents.get(path.rpartition("/")[0])
            pages = parent.pages if parent and parent.gone is None and parent.redirect_to is None else ()
            page = next((page for page in pages if path.endswith(f"/{page.slug}")), None)
            if parent is None or page is None:
                return Answer(b"{}", 404, JSON, None, headers=_CACHED)
            return Answer(page_item(parent, page), content_type=JSON, headers=_CACHED)
        if document.gone == "":
            return Answer(b"{}", 410, JSON, None, headers=_CACHED)
        return Answer(content_item(document), content_type=JSON, headers=_CACHED)

    def _file(self, url: str) -> Answer | None:
        files = (file for document in self._documents.values() for file in document.files)
        file = next((file for file in files if file.url == url), None)
        if file is None:
            return Answer(b"", 404, PLAIN, None)
        etag = f'"{file.asset_id[:8]}-{len(file.data):x}"'
        return Answer(
            file.data, content_type=file.content_type, etag=etag, headers={"Cache-Control": "max-age=1800, public"}
        )

    def _statement_list(self, url: str) -> Answer | None:
        rows, total = select(self._statements.values(), parse_qs(urlsplit(url).query))
        if self._volatile_links:
            self._serial += len(rows)
        return Answer(
            statement_list(rows, total=total, serial=self._serial), content_type=JSON, etag=None, headers=_BRIEF
        )

    def _statement_detail(self, url: str) -> Answer | None:
        number = urlsplit(url).path.rpartition("/")[2]
        statement = self._statements.get(int(number)) if number.isdigit() else None
        if statement is None:
            return Answer(problem(404, "Not Found"), 404, JSON, None)
        return Answer(statement_detail(statement), content_type=JSON, etag=None, headers=_BRIEF)

    def _listed(self, documents: Iterable[Document]) -> list[Document]:
        shown = [document for document in documents if document.is_listed]
        return sorted(shown, key=lambda document: document.listed_at, reverse=True)

    def _keep(self, document: Document) -> Document:
        self._documents[document.path] = document
        self._organisations[document.organisation.slug] = document.organisation
        self._changed()
        return document

    def _changed(self) -> None:
        self._made.clear()
        self._serial += 100
