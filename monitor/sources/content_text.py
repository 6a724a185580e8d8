"""The words of a Content API item as one text: `details` by schema, in the order in which a reader meets them.

Most schemas carry their words in a few fields of HTML; the rest (parts of a guide, groups of a collection, dates of a
consultation) are spelled out as headings, items and lines. Fields that only decorate the page (images, tags, links to
other news) are no content.
"""

from __future__ import annotations

from datetime import datetime

from monitor.model.publication import Hyperlink
from monitor.sources.answer import Object, part, parts, raw, storable, strings, words
from monitor.sources.govuk_address import public_url
from monitor.text import read_html, squeeze

_LEADING = ("introductory_paragraph", "introduction", "summary", "licence_overview")
_TRAILING = ("more_information", "what_you_need_to_know", "need_to_know", "other_ways_to_apply")
_OUTCOMES = (
    ("final_outcome_detail", "Detail of outcome"),
    ("outcome_detail", "Detail of outcome"),
    ("public_feedback_detail", "Detail of feedback received"),
)
_DATES = (("opening_date", "Opens"), ("closing_date", "Closes"), ("start_date", "From"), ("end_date", "Until"))
_LINES = (
    ("display_date", "Release date"),
    ("previous_display_date", "Earlier release date"),
    ("state", "State"),
    ("latest_change_note", "Change"),
    ("cancellation_reason", "Cancelled"),
    ("roll_call_introduction", ""),
)
_NATIONS = (
    ("england", "England"),
    ("northern_ireland", "Northern Ireland"),
    ("scotland", "Scotland"),
    ("wales", "Wales"),
)


class ItemText:
    """A text under construction: HTML is read and appended block by block, its links with it."""

    def __init__(self, base_url: str) -> None:
        self.lines: list[str] = []
        self.hyperlinks: list[Hyperlink] = []
        self._base_url = base_url

    def html(self, html: str) -> None:
        """Append what a piece of HTML says."""
        if not html:
            return
        reading = read_html(html, base_url=self._base_url)
        if not reading.text:
            return
        start = len(self.lines)
        for anchor in reading.anchors:
            self._link(anchor.url, anchor.words, start + anchor.line)
        self.lines += reading.text.split("\n")

    def line(self, text: str, *, before: str = "", url: str = "") -> None:
        """Append one block of plain words, `before` them what marks it (`## `, `- `); with a `url` they are a link."""
        text = squeeze(text)
        if not text:
            return
        self._link(url, text, len(self.lines))
        self.lines.append(before + text)

    def _link(self, url: str, anchor: str, block: int) -> None:
        public = public_url(url)
        if public:
            self.hyperlinks.append(Hyperlink(public, anchor, block))


def compose_text(item: Object, links: Object, *, base_url: str) -> tuple[str, tuple[Hyperlink, ...]]:
    """The text of an item and the links in it; `links` are its expanded links."""
    text, details = ItemText(base_url), part(item, "details")
    _append_times(text, details)
    for field in _LEADING:
        text.html(raw(details, field))
    _append_body(text, details)
    for field in _TRAILING:
        text.html(raw(details, field))
    _append_outcomes(text, details)
    _append_parts(text, details)
    _append_groups(text, details, links)
    for name in strings(details, "casualties"):
        text.line(name, before="- ")
    for child in parts(links, "children") if words(item, "schema_name") == "travel_advice_index" else ():
        text.line(words(child, "title"), before="- ", url=words(child, "base_path"))
    return "\n".join(text.lines), tuple(text.hyperlinks)


def _append_times(text: ItemText, details: Object) -> None:
    """Dates and states that are news when they move: a consultation extended, a release put off, a case closed."""
    for field, label in _DATES:
        at = _spell_time(words(details, field))
        text.line(f"{label} {at}" if at else "")
    for field, label in _LINES:
        value = words(details, field)
        text.line(f"{label}: {value}" if label and value else value)
    for code in strings(details, "alert_status"):
        text.line("Alert: " + code.replace("_", " "))
    metadata = part(details, "metadata")
    for name in sorted(metadata):
        shown = words(metadata, name) or ", ".join(strings(metadata, name))
        text.line(f"{storable(name).replace('_', ' ').capitalize()}: {shown}" if shown else "")
    nations = part(details, "national_applicability")
    applies = [label for field, label in _NATIONS if part(nations, field).get("applicable") is True]
    if 0 < len(applies) < len(_NATIONS):
        text.line("Applies to " + ", ".join(applies))


def _spell_time(value: str) -> str:
    """A time in the zone the publisher gives it in, which is London's; empty where it is no time."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return ""
    return f"{at.day} {at:%B %Y}, {at:%H:%M}"


def _append_body(text: ItemText, details: Object) -> None:
    _append_forms(text, details)
    about = part(details, "about")
    text.line(words(about, "title"), before="## ")
    text.html(raw(about, "body"))


def _append_forms(text: ItemText, owner: Object) -> None:
    """A body: HTML, or the same words in several forms, of which HTML is preferred and Govspeak taken as it stands."""
    text.html(raw(owner, "body"))
    forms = {words(form, "content_type"): raw(form, "content") for form in parts(owner, "body")}
    if "text/html" in forms:
        text.html(forms["text/html"])
    else:
        for line in forms.get("text/govspeak", "").splitlines():
            text.line(line)


def _append_outcomes(text: ItemText, details: Object) -> None:
    for field, heading in _OUTCOMES:
        if words(details, field):
            text.line(heading, before="## ")
            text.html(raw(details, field))
    elsewhere = words(details, "held_on_another_website_url")
    text.line(f"Held on another website: {elsewhere}" if elsewhere else "", url=elsewhere)
    ways = part(details, "ways_to_respond")
    if any(words(ways, field) for field in ways):
        text.line("Ways to respond", before="## ")
        text.line(words(ways, "link_url"), before="- ", url=words(ways, "link_url"))
        text.line(words(ways, "email"), before="- ")
        text.line(words(ways, "postal_address"), before="- ")
        text.line(
            "Response form" if words(ways, "attachment_url") else "", before="- ", url=words(ways, "attachment_url")
        )


def _append_parts(text: ItemText, details: Object) -> None:
    """The parts of a guide or of travel advice, each under its title."""
    for section in parts(details, "parts"):
        text.line(words(section, "title"), before="## ")
        _append_forms(text, section)


def _append_groups(text: ItemText, details: Object, links: Object) -> None:
    """The groups of a collection with the titles of their documents, and the sections of a manual."""
    documents = {words(document, "content_id"): document for document in parts(links, "documents")}
    for group in parts(details, "collection_groups"):
        text.line(words(group, "title"), before="## ")
        text.html(raw(group, "body"))
        for document in (documents[name] for name in strings(group, "documents") if name in documents):
            text.line(words(document, "title"), before="- ", url=words(document, "base_path"))
    for group in parts(details, "child_section_groups"):
        text.line(words(group, "title"), before="## ")
        for section in parts(group, "child_sections"):
            title = ": ".join(filter(None, (words(section, "section_id"), words(section, "title"))))
            text.line(title, before="- ", url=words(section, "base_path"))
