"""A digest in words: subject, text and HTML, all three from templates the operator may replace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from monitor.mail import wording
from monitor.mail.environment import render_template, written_in
from monitor.mail.fit import keep_first
from monitor.mail.headers import clean_header, clip, plain
from monitor.mail.settings import MailSettings
from monitor.mail.tokens import stop_address
from monitor.mail.view import DigestView, view_digest
from monitor.model.digest import Digest
from monitor.model.subscriber import Subscriber

LONGEST_SUBJECT = 78
ENGLISH = "en-GB"
LARGEST_HTML = 90_000
"""Bytes. Gmail cuts a mail's HTML near 102 kB, and with it the way to unsubscribe."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail in words, before it is put into bytes. `items` is the true number of publications it is about.

    `html` is empty where its reader wants text alone; `language` is the one that it is written in.
    """

    subject: str
    text: str
    html: str
    items: int
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class Stop:
    """A way to stop: one watch (`title`), or everything (empty title)."""

    title: str
    url: str


def render_digest(
    digest: Digest, subscriber: Subscriber, settings: MailSettings, *, titles: Mapping[str, str] | None = None
) -> Rendered:
    """Put a digest into words for one subscriber; `titles` names watches that bring nothing this time.

    HTML over 90 kB loses items from its tail, and the text the same ones, so that both parts tell the same; the count
    stays true. Raises RenderError (the template is at fault) and MailError (the instance's secret was not read).
    """
    settings = replace(settings, timezone=subscriber.timezone or settings.timezone)
    language = written_in("digest.txt", settings.templates_dir, subscriber.language, otherwise=ENGLISH)
    names = {section.watch: section.title for section in digest.sections}
    footer = {**_footer(subscriber, settings, {**(titles or {}), **names}, digest), "language": language}
    keep = len(digest.items)
    html = _render("digest.html", digest, settings, footer)
    if len(html.encode()) > LARGEST_HTML:
        keep, html = _largest(digest, settings, footer, keep)
        digest = keep_first(digest, keep)
    text = _render("digest.txt", digest, settings, footer)
    subject = _subject(digest, settings, language)
    return Rendered(subject, text, html if subscriber.format == "html" else "", digest.count, language)


def _largest(digest: Digest, settings: MailSettings, footer: dict[str, object], items: int) -> tuple[int, str]:
    """The most items that fit, and the HTML with them, by halving."""
    fits, best = 0, _render("digest.html", keep_first(digest, 0), settings, footer)
    too_many = items
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        html = _render("digest.html", keep_first(digest, middle), settings, footer)
        if len(html.encode()) > LARGEST_HTML:
            too_many = middle
        else:
            fits, best = middle, html
    return fits, best


def _render(name: str, digest: Digest, settings: MailSettings, words: Mapping[str, object]) -> str:
    view = view_digest(digest, name=settings.from_name, zone=ZoneInfo(settings.timezone))
    return render_template(name, settings.templates_dir, digest=view, **words)


def render_letter(name: str, settings: MailSettings, **words: object) -> Rendered:
    """A mail that is no digest: the templates `NAME.subject.txt`, `NAME.txt` and `NAME.html`. Raises RenderError."""
    words = {"sender": settings.from_name, "contact": settings.contact, "language": ENGLISH, **words}
    subject, text, html = (
        render_template(f"{name}.{part}", settings.templates_dir, **words) for part in ("subject.txt", "txt", "html")
    )
    return Rendered(clip(clean_header(subject), LONGEST_SUBJECT), text, html, 0)


def _subject(digest: Digest, settings: MailSettings, language: str) -> str:
    """Counts and the lead item, in 78 characters: the lead gives way, the counts and the day stay."""
    view = view_digest(digest, name=settings.from_name, zone=ZoneInfo(settings.timezone))
    frame = clean_header(_line(view, settings, language, ""))
    lead = clip(view.lead, max(LONGEST_SUBJECT - len(frame) - 2, 12))
    return clip(clean_header(_line(view, settings, language, lead)), LONGEST_SUBJECT)


def _line(view: DigestView, settings: MailSettings, language: str, lead: str) -> str:
    return render_template("digest.subject.txt", settings.templates_dir, digest=view, lead=lead, language=language)


def _footer(
    subscriber: Subscriber, settings: MailSettings, titles: Mapping[str, str], digest: Digest
) -> dict[str, object]:
    """Why this came and how it stops."""
    mine = [subscription.watch for subscription in subscriber.subscriptions if subscription.every == digest.every]
    named = [(watch, plain(titles.get(watch, watch), 120)) for watch in mine]
    since = subscriber.confirmed_at
    return {
        "every": wording.EVERY_WORDS[digest.every],
        "watches": wording.listed([title for _, title in named]),
        "confirmed": wording.day(since.astimezone(ZoneInfo(settings.timezone)).date()) if since else "",
        "stops": [
            Stop(title, stop_address(settings, subscriber.id, watch)) for watch, title in named if len(named) > 1
        ],
        "stop_all": stop_address(settings, subscriber.id),
        "contact": settings.contact,
    }
