"""The attachments of a Content API item: today's objects, and the HTML strings that older items carry instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.model.publication import Attachment
from monitor.sources.answer import Object, number, part, parts, raw, strings, words
from monitor.sources.govuk_address import find_path, public_url
from monitor.text import squeeze

_HTML_FIELDS = ("documents", "final_outcome_documents", "outcome_documents", "public_feedback_documents")
_SECTION = ".attachment, .gem-c-attachment"
_PAGES = re.compile(r"(\d+) pages?")


def read_attachments(details: Object) -> tuple[Attachment, ...]:
    """All attachments, in the publisher's order. The objects win over the HTML strings, which repeat them."""
    found = [_find_object(item) for item in parts(details, "attachments")]
    if not any(found):
        strands = [html for field in _HTML_FIELDS for html in strings(details, field)] + [raw(details, "body")]
        found = [item for html in strands if "attachment" in html for item in _read_html(html)]
    found.append(_find_object(part(details, "document")))
    return tuple({item.id: item for item in found if item is not None}.values())


def find_identifier(attachments: Iterable[Attachment]) -> str | None:
    """The command paper or House of Commons paper number of a publication, if it has just one."""
    numbers = {item.paper_number for item in attachments if item.paper_number}
    return numbers.pop() if len(numbers) == 1 else None


def _find_object(item: Object) -> Attachment | None:
    """One of today's attachments, or None where it has no address."""
    url = public_url(raw(item, "url"))
    if url is None:
        return None
    filename = words(item, "filename") or urlsplit(url).path.rpartition("/")[2]
    kind = words(item, "attachment_type")
    return Attachment(
        id=words(item, "id") or words(item, "content_id") or url,
        url=url,
        title=words(item, "title") or filename or url,
        kind="html" if kind == "html" else "external" if kind == "external" else "file",
        media_type=words(item, "content_type") or None,
        filename=filename if kind not in ("html", "external") and filename else None,
        size=number(item, "file_size"),
        pages=number(item, "number_of_pages"),
        paper_number=words(item, "command_paper_number") or _commons_paper(words(item, "hoc_paper_number")),
        isbn=words(item, "isbn") or None,
    )


def _commons_paper(text: str) -> str | None:
    """`HC 123` for the bare number that GOV.UK keeps."""
    return f"HC {text}" if text and text[0].isdigit() else text or None


def _read_html(html: str) -> Iterator[Attachment]:
    """The attachments in old HTML: a section for each, with a title, a link, and a line of facts."""
    root = LexborHTMLParser(html).root
    for section in root.css(_SECTION) if root is not None else ():
        link = section.css_first(".title a[href], a[href]")
        # A table's first link shows it on a page of its own; the file is the same address without the last step.
        url = public_url(link.attributes.get("href") or "") if link is not None else None
        if url is None:
            continue
        # A table's first link shows it on a page of its own; the file is the same address without the last step.
        url = url.removesuffix("/preview")
        is_file = "/uploads/" in url or "/media/" in url
        filename = urlsplit(url).path.rpartition("/")[2]
        yield Attachment(
            id=section.attributes.get("id") or url,
            url=url,
            title=_fact(section, ".title, .gem-c-attachment__title") or filename or url,
            kind="file" if is_file else "html" if find_path(url) else "external",
            filename=(filename or None) if is_file else None,
            pages=_pages(section),
            paper_number=_fact(section, ".command_paper_number") or _fact(section, ".hoc_paper_number"),
            isbn=_fact(section, ".isbn"),
        )


def _pages(section: LexborNode) -> int | None:
    found = _PAGES.search(_fact(section, ".page-length") or "")
    return int(found[1]) if found else None


def _fact(section: LexborNode, selector: str) -> str | None:
    """The words of one fact in the line under a title, or None."""
    node = section.css_first(selector)
    return (squeeze(node.text(deep=True)) or None) if node is not None else None
