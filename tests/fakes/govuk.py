"""GOV.UK's answers in the publisher's exact forms: organisation feed, finder feed, Content API item.

The forms are those of the collections and finder-frontend builders and of content-store, with their quirks: the
organisation feed's entry id changes at every major update, a finder's does not and its summary is escaped twice.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from tests.fakes.documents import SITE, Document, FileAttachment, HtmlAttachment, Organisation, content_id_of

LONDON = ZoneInfo("Europe/London")

LABELS: Mapping[str, str] = {
    "policy_paper": "Policy paper", "guidance": "Guidance", "corporate_report": "Corporate report",
    "independent_report": "Independent report", "impact_assessment": "Impact assessment", "transparency": "Transparency data",
    "research": "Research and analysis", "statutory_guidance": "Statutory guidance", "open_consultation": "Open consultation",
    "consultation_outcome": "Consultation outcome", "notice": "Notice", "correspondence": "Correspondence",
}  # fmt: skip
"""What the organisation feed puts before a title; news, speeches and guides have none."""

SCHEMAS: Mapping[str, str] = {
    "news_story": "news_article", "press_release": "news_article", "government_response": "news_article",
    "written_statement": "speech", "oral_statement": "speech", "speech": "speech", "detailed_guide": "detailed_guide",
    "open_consultation": "consultation", "closed_consultation": "consultation", "consultation_outcome": "consultation",
    "html_publication": "html_publication", "document_collection": "document_collection",
}  # fmt: skip
"""Schema of a document type; every other one is a `publication`."""


def organisation_feed(organisation: Organisation, entries: Iterable[Document]) -> bytes:
    """`/government/organisations/<slug>.atom`; `entries` in the order to list them."""
    shown = tuple(entries)
    page = f"{SITE}{organisation.path}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xml:lang="en-GB" xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>tag:www.gov.uk,2005:{organisation.path}</id>",
        f'  <link rel="alternate" type="text/html" href="{page}"/>',
        f'  <link rel="self" type="application/atom+xml" href="{page}.atom"/>',
        f"  <title>{escape(organisation.title)} - Activity on GOV.UK</title>",
        "  <author>\n    <name>HM Government</name>\n  </author>",
    ]
    if shown:
        lines.append(f"  <updated>{_zulu(shown[0].listed_at)}</updated>")
    for document in shown:
        at = _zulu(document.listed_at)
        label = LABELS.get(document.document_type)
        lines += [
            "  <entry>",
            f"    <id>{escape(document.url)}#{at}</id>",
            f"    <updated>{at}</updated>",
            f'    <link rel="alternate" type="text/html" href={quoteattr(document.url)}/>',
            f"    <title>{escape(f'{label}: {document.title}' if label else document.title)}</title>",
            *([f'    <category label="{label}" term="{label}"/>'] if label else []),
            f"    <summary>{escape(document.summary)}</summary>",
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def finder_feed(slug: str, entries: Iterable[Document], *, title: str = "", query: str = "") -> bytes:
    """`/search/<slug>.atom`; the feed's id leaves out the query. Without entries it has no `updated`, as the real one."""
    shown = tuple(entries)
    address = f"{SITE}/search/{slug}.atom" + (f"?{query}" if query else "")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xml:lang="en-US" xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>tag:www.gov.uk,2005:/search/{slug}</id>",
        f'  <link rel="alternate" type="text/html" href="{SITE}"/>',
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(address)}/>',
        f"  <title>{escape(title or slug.replace('-', ' ').capitalize())}</title>",
    ]
    if shown:
        lines.append(f"  <updated>{_london(shown[0].listed_at)}</updated>")
    lines.append("  <author>\n    <name>HM Government</name>\n  </author>")
    for document in shown:
        summary = html.escape(_cut(document.summary)).replace("/", "&#x2F;")
        lines += [
            "  <entry>",
            f"    <id>tag:www.gov.uk,2005:{document.path}</id>",
            f"    <updated>{_london(document.listed_at)}</updated>",
            f'    <link rel="alternate" type="text/html" href={quoteattr(document.url)}/>',
            f"    <title>{escape(document.title)}</title>",
            f'    <summary type="html">{escape(summary)}</summary>',
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def content_item(document: Document) -> bytes:
    """`/api/content<path>` for a document that has an item: live, withdrawn, gone with an explanation, or moved."""
    if document.redirect_to is not None:
        return _json(_unpublished(document, "redirect"))
    if document.gone is not None:
        return _json(_unpublished(document, "gone"))
    schema = SCHEMAS.get(document.document_type, "publication")
    item = _envelope(document) | {
        "content_id": document.identity, "description": document.summary, "details": _details(document, schema),
        "document_type": document.document_type, "links": _links(document), "schema_name": schema,
        "title": document.title, "withdrawn_notice": _withdrawn_notice(document),
    }  # fmt: skip
    return _json(item)


def page_item(document: Document, page: HtmlAttachment) -> bytes:
    """`/api/content<path>/<slug>`: the item of an HTML attachment, a child of its publication."""
    part = Document(
        path=f"{document.path}/{page.slug}", title=page.title, organisation=document.organisation,
        first_published_at=document.first_published_at, public_updated_at=document.public_updated_at,
        updated_at=document.updated_at, document_type="html_publication", body_html=page.body_html,
    )  # fmt: skip
    details = {
        "body": _govspeak(page.body_html), "first_published_version": len(document.change_history) <= 1,
        "headers": [],
        "political": False, "public_timestamp": _london(document.listed_at),
    }  # fmt: skip
    item = _envelope(part) | {
        "content_id": part.identity, "description": None, "details": details, "document_type": "html_publication",
        "links": _links(part) | {"parent": [_link(document)]}, "schema_name": "html_publication", "title": page.title,
        "withdrawn_notice": _withdrawn_notice(document),
    }  # fmt: skip
    return _json(item)


def _envelope(document: Document) -> dict[str, object]:
    return {
        "analytics_identifier": None, "base_path": document.path, "locale": document.locale, "phase": "live",
        "first_published_at": _london(document.first_published_at), "public_updated_at": _london(document.listed_at),
        "updated_at": _london(document.updated_at or document.listed_at), "publishing_app": "whitehall",
        "publishing_request_id": None, "publishing_scheduled_at": None, "rendering_app": "frontend",
        "scheduled_publishing_delay_seconds": None,
    }  # fmt: skip


def _unpublished(document: Document, schema: str) -> dict[str, object]:
    item = _envelope(document) | {
        "content_id": None, "description": None, "details": {}, "document_type": schema, "links": {},
        "rendering_app": None, "schema_name": schema, "title": None, "withdrawn_notice": {},
    }  # fmt: skip
    if schema == "redirect":
        return item | {
            "redirects": [{"destination": document.redirect_to, "path": document.path, "type": "exact"}],
        }
    explanation = _govspeak(f"<p>{document.gone}</p>")
    return item | {"details": {"alternative_path": "", "explanation": explanation}, "rendering_app": "frontend"}


def _details(document: Document, schema: str) -> dict[str, object]:
    details: dict[str, object] = {
        "body": _govspeak(document.body_html),
        "change_history": [{"note": note, "public_timestamp": _london(at)} for at, note in document.change_history],
        "first_public_at": _london(document.first_published_at),
        "emphasised_organisations": [content_id_of(document.organisation.path)],
        "political": False,
    }
    if schema in ("publication", "consultation"):
        attachments = [_page_attachment(document, page) for page in document.pages]
        attachments += [_file_attachment(file) for file in document.files]
        details["attachments"] = attachments
        details["featured_attachments"] = [attachment["id"] for attachment in attachments]
        details["document_type_label"] = LABELS.get(document.document_type, document.document_type)
    if schema == "speech":
        details["delivered_on"] = _london(document.first_published_at)
    return details


def _file_attachment(file: FileAttachment) -> dict[str, object]:
    shown: dict[str, object] = {
        "accessible": False, "alternative_format_contact_email": "alternativeformats@example.org",
        "assets": [{"asset_manager_id": file.asset_id, "filename": file.filename}], "attachment_type": "file",
        "command_paper_number": file.command_paper_number, "content_type": file.content_type, "file_size": len(file.data),
        "filename": file.filename, "hoc_paper_number": "", "id": file.id, "isbn": "", "title": file.title,
        "unique_reference": "", "unnumbered_command_paper": False, "unnumbered_hoc_paper": False, "url": file.url,
    }  # fmt: skip
    return shown | ({"number_of_pages": file.pages} if file.pages else {})


def _page_attachment(document: Document, page: HtmlAttachment) -> dict[str, object]:
    return {
        "attachment_type": "html", "command_paper_number": "", "hoc_paper_number": "", "id": page.id, "isbn": "",
        "title": page.title, "unique_reference": "", "unnumbered_command_paper": False, "unnumbered_hoc_paper": False,
        "url": f"{document.path}/{page.slug}",
    }  # fmt: skip


def _links(document: Document) -> dict[str, list[dict[str, object]]]:
    organisation = document.organisation
    department: dict[str, object] = {
        "analytics_identifier": None, "api_path": f"/api/content{organisation.path}",
        "api_url": f"{SITE}/api/content{organisation.path}", "base_path": organisation.path,
        "content_id": content_id_of(organisation.path), "details": {"acronym": organisation.acronym},
        "document_type": "organisation", "links": {}, "locale": "en", "schema_name": "organisation",
        "title": organisation.title, "web_url": f"{SITE}{organisation.path}", "withdrawn": False,
    }  # fmt: skip
    return {
        "available_translations": [_link(document)], "organisations": [department],
        "primary_publishing_organisation": [department],
    }  # fmt: skip


def _link(document: Document) -> dict[str, object]:
    return {
        "api_path": f"/api/content{document.path}", "api_url": f"{SITE}/api/content{document.path}",
        "base_path": document.path, "content_id": document.identity, "document_type": document.document_type,
        "links": {}, "locale": document.locale, "public_updated_at": _zulu(document.listed_at),
        "schema_name": SCHEMAS.get(document.document_type, "publication"), "title": document.title,
        "web_url": document.url, "withdrawn": document.withdrawn_at is not None,
    }  # fmt: skip


def _withdrawn_notice(document: Document) -> dict[str, str]:
    if document.withdrawn_at is None:
        return {}
    return {
        "explanation": _govspeak(f"<p>{document.withdrawn_explanation}</p>"), "withdrawn_at": _zulu(document.withdrawn_at)
    }  # fmt: skip


def _govspeak(body: str) -> str:
    return f'<div class="govspeak">{body}</div>'


def _cut(summary: str) -> str:
    return summary if len(summary) <= 225 else summary[:224] + "…"


def _london(at: datetime) -> str:
    return at.astimezone(LONDON).isoformat(timespec="seconds")


def _zulu(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(item: Mapping[str, object]) -> bytes:
    text = json.dumps(item, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e").encode()
