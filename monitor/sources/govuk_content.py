"""GOV.UK's Content API: one page, whatever its schema, as a publication or as news of its departure.

The API says 200 for much that is no longer there: an item of schema `gone` with an explanation, one of schema `redirect`
with where to look. `withdrawn_notice` is `{}` while an item is live. Identity is content id and locale, never the path.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import unescape

from monitor.errors import ParseError, SourceError
from monitor.model.exchange import Departure, Page, Request, Response
from monitor.model.feed import Feed, SourceKeys
from monitor.model.publication import ChangeNote, Publication, Relation
from monitor.sources.answer import Object, name_object, name_other_format, open_json, part, parts, raw, words
from monitor.sources.content_attachments import find_identifier, read_attachments
from monitor.sources.content_text import compose_text
from monitor.sources.govuk_address import CONTENT_API, SITE, content_url, find_path, page_url, public_url
from monitor.text import read_html
from monitor.times import find_date, find_time, utc_text

SLUG = "govuk_content"
_API_PATH = CONTENT_API.removeprefix(SITE)
_EXPECTED = "a Content API item (schema_name, document_type, base_path)"
_KEYS = SourceKeys(required=frozenset({"url"}))


@dataclass(frozen=True, slots=True)
class GovukContent:
    """Any page of www.gov.uk: reads what the feeds and searches point at, or one page that an operator names."""

    slug: str = SLUG
    keys: SourceKeys = _KEYS

    def requests(self, feed: Feed, *, today: date) -> Iterable[Request]:  # noqa: ARG002
        """The item behind the page in `url`."""
        path = find_path(feed.url or "")
        if path is None:
            raise SourceError("this feed needs a url, the address of a page of www.gov.uk", resource=feed.name)
        return (Request(content_url(path.removeprefix(_API_PATH)), SLUG),)

    def reconcile(self, feed: Feed, *, since: date, today: date) -> Iterable[Request]:  # noqa: ARG002
        """Nothing: a page is read whole at every poll."""
        return ()

    def parse(self, response: Response) -> Page:
        """The publication, or its departure, and where it went."""
        url = _page_url(response.request.url)
        if response.status == 404:
            return Page(departures=(Departure(url, "missing"),))
        if response.status == 410:
            return Page(departures=(Departure(url, "gone", explanation=_find_explanation(response)),))
        item = open_json(response, source=SLUG, expected=_EXPECTED)
        schema, path = words(item, "schema_name"), words(item, "base_path")
        if not schema or not path.startswith("/"):
            raise ParseError(
                f"expected {_EXPECTED}, got {name_object(item)}",
                source=SLUG,
                url=response.request.url,
            )
        if schema == "gone":
            return Page(departures=(_read_gone(item),))
        if schema == "redirect":
            return _read_redirect(item, response)
        return Page(publications=(_read_publication(item, response),))

    def look_again(self, key: str, url: str) -> Request | None:
        """The item behind the page, for the keys that begin with `govuk:`."""
        path = find_path(url)
        return Request(content_url(path), SLUG) if key.startswith("govuk:") and path else None


def _page_url(api_url: str) -> str:
    """The page that an address of the Content API shows."""
    path = find_path(api_url) or ""
    return page_url(path.removeprefix(_API_PATH))


def _find_explanation(response: Response) -> str:
    """What the body of a 410 says, where it is an item at all."""
    if name_other_format(response.body):
        return ""
    item = open_json(response, source=SLUG, expected=_EXPECTED)
    return _plain(raw(part(item, "details"), "explanation"), _page_url(response.request.url))


def _plain(html: str, url: str) -> str:
    return read_html(html, base_url=url).text


def _read_gone(item: Object) -> Departure:
    url, details = page_url(words(item, "base_path")), part(item, "details")
    instead = words(details, "alternative_path")
    return Departure(
        url,
        "gone",
        to_url=public_url(instead),
        explanation=_plain(raw(details, "explanation"), url),
    )


def _read_redirect(item: Object, response: Response) -> Page:
    """Where the page went; if that is on www.gov.uk, it is read as well."""
    path = words(item, "base_path")
    to_url = public_url(_find_destination(item, path))
    if to_url is None:
        raise ParseError(
            "expected a redirect with a destination, got one without", source=SLUG, url=response.request.url
        )
    to_path = find_path(to_url)
    departure = Departure(page_url(path), "redirected", to_url=page_url(to_path) if to_path else to_url)
    follow = (Request(content_url(to_path), SLUG),) if to_path and to_path != path else ()
    return Page(departures=(departure,), follow=follow)


def _find_destination(item: Object, path: str) -> str:
    """The destination of the redirect that covers a path: the exact one, or a prefix with the rest of the path kept."""
    redirects = parts(item, "redirects")
    for redirect in redirects:
        if words(redirect, "path") == path and words(redirect, "type") != "prefix":
            return words(redirect, "destination")
    for redirect in redirects:
        prefix = words(redirect, "path")
        if prefix and (path == prefix or path.startswith(prefix + "/")):
            kept = path.removeprefix(prefix) if words(redirect, "segments_mode") != "ignore" else ""
            return words(redirect, "destination") + kept
    return words(redirects[0], "destination") if redirects else ""


def _read_publication(item: Object, response: Response) -> Publication:
    path, title, document_type = words(item, "base_path"), words(item, "title"), words(item, "document_type")
    if not title or not document_type:
        raise ParseError(
            f"expected an item with a title and a document_type, got one of schema {words(item, 'schema_name')} without",
            source=SLUG,
            url=response.request.url,
        )
    url, details = page_url(path), part(item, "details")
    links = part(item, "expanded_links") or part(item, "links")
    text, hyperlinks = compose_text(item, links, base_url=url)
    attachments = read_attachments(details)
    notice = _read_notice(item, url)
    updated_at = find_time(item.get("public_updated_at"))
    minister, role = _read_speaker(item, links)
    return Publication(
        key=f"govuk:{words(item, 'content_id') or path}:{words(item, 'locale') or 'en'}",
        url=url,
        title=title,
        document_type=document_type,
        publisher="govuk",
        summary=_read_summary(item),
        text=text,
        identifier=find_identifier(attachments),
        department=_find_department(details, links),
        minister=minister,
        role=role,
        dated_on=find_date(details.get("delivered_on")) or find_date(item.get("public_updated_at")),
        published_at=find_time(item.get("first_published_at")) or updated_at,
        updated_at=updated_at,
        language=words(item, "locale") or "en",
        status="withdrawn" if notice else "live",
        notice=notice,
        notes=tuple(_read_notes(details)),
        attachments=attachments,
        hyperlinks=hyperlinks,
        relations=tuple(_read_relations(item, links)),
    )


def _read_summary(item: Object) -> str:
    """The description, which some older items give in several forms."""
    forms = parts(item, "description")
    return words(item, "description") or next((words(form, "content") for form in forms if words(form, "content")), "")


def _read_notice(item: Object, url: str) -> str:
    """Why and since when an item is withdrawn; empty while it is live."""
    notice = part(item, "withdrawn_notice")
    explanation, withdrawn_on = _plain(raw(notice, "explanation"), url), find_date(notice.get("withdrawn_at"))
    return explanation or (f"Withdrawn on {withdrawn_on.day} {withdrawn_on:%B %Y}." if withdrawn_on else "")


def _find_department(details: Object, links: Object) -> str | None:
    """The body that publishes an item, else the first it names. Some names have been escaped once too often."""
    named = (
        *parts(links, "primary_publishing_organisation"),
        *parts(links, "organisations"),
        *parts(links, "worldwide_organisations"),
        *parts(details, "organisations"),
    )
    return next((unescape(words(item, "title")) for item in named if words(item, "title")), None)


def _read_speaker(item: Object, links: Object) -> tuple[str | None, str | None]:
    """Who gave a speech or statement, and as what."""
    if words(item, "schema_name") != "speech":
        return None, None
    people = [words(person, "title") for field in ("speaker", "people") for person in parts(links, field)]
    roles = [words(role, "title") for role in parts(links, "roles")]
    name = next(filter(None, people), "") or words(part(item, "details"), "speaker_without_profile")
    return name or None, next(filter(None, roles), None)


def _read_notes(details: Object) -> list[ChangeNote]:
    """The publisher's change notes, newest first: some schemas list them the other way round."""
    notes = [
        ChangeNote(at, words(entry, "note"))
        for entry in parts(details, "change_history")
        if (at := find_time(entry.get("public_timestamp"))) is not None
    ]
    at = find_time(details.get("updated_at"))
    if at is not None and words(details, "change_description"):
        notes.append(ChangeNote(at, words(details, "change_description").removeprefix("Latest update: ")))
    return sorted(set(notes), key=lambda note: (utc_text(note.at), note.text), reverse=True)


def _read_relations(item: Object, links: Object) -> Iterable[Relation]:
    """What an HTML attachment or a section of a manual belongs to, and what a collection holds."""
    schema = words(item, "schema_name")
    for field in {"html_publication": ("parent",), "manual_section": ("manual",)}.get(schema, ()):
        for parent in parts(links, field):
            if words(parent, "content_id"):
                yield Relation("parent", f"govuk:{words(parent, 'content_id')}:{words(parent, 'locale') or 'en'}")
    if schema == "document_collection":
        for document in parts(links, "documents"):
            if words(document, "content_id"):
                yield Relation("part", f"govuk:{words(document, 'content_id')}:{words(document, 'locale') or 'en'}")
