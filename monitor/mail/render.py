"""A digest in words: subject, text and HTML, all three from templates the operator may replace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from zoneinfo import ZoneInfo

from monitor.mail import wording
from monitor.mail.environment import ENGLISH, render_template, written_in
from monitor.mail.fit import keep_first
from monitor.mail.fragments import Fragments
from monitor.mail.headers import clean_header, clip, plain
from monitor.mail.settings import MailSettings
from monitor.mail.tokens import change_address, stop_address
from monitor.mail.view import DigestView
from monitor.model.digest import Digest
from monitor.model.subscriber import Subscriber

DIGEST_PARTS = ("digest.subject.txt", "digest.txt", "digest.html")
LONGEST_SUBJECT = 78
_LEAST_LEAD = 14
"""Of a subject, with the colon before it."""

LARGEST_HTML = 90_000
"""Bytes. Gmail cuts a mail's HTML near 102 kB, and with it the way to unsubscribe."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail in words, before it is put into bytes. `items` is the true number of publications it is about.

    `html` is empty where its reader wants text alone; `language` is the one that it is written in. `shared` are passages of
    text and HTML that other mails of the run have as well, whole lines: what costs time is done to them once.
    """

    subject: str
    text: str
    html: str
    items: int
    language: str = ENGLISH
    shared: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Stop:
    """A way to stop: one watch (`title`), or everything (empty title)."""

    title: str
    url: str


def render_digest(
    digest: Digest,
    subscriber: Subscriber,
    settings: MailSettings,
    *,
    titles: Mapping[str, str] | None = None,
    fragments: Fragments | None = None,
) -> Rendered:
    """Put a digest into words for one subscriber; `titles` names watches that bring nothing this time, `fragments` keeps
    the words of items from one subscriber to the next.

    HTML over 90 kB loses items from its tail, and the text the same ones, so that both parts tell the same; the count
    stays true. Raises RenderError (the template is at fault) and MailError (the instance's secret was not read).
    """
    press = _press(digest, subscriber, settings, titles or {}, fragments or Fragments())
    view, language = press.view(digest), press.language
    html = press.render("digest.html", view)
    if len(html.encode()) > LARGEST_HTML:
        keep, html = _largest(press, digest)
        view = press.view(keep_first(digest, keep))
    text = press.render("digest.txt", view)
    subject = press.fragments.once(f"{language}/subject", partial(_subject, press), view)
    shared = (
        press.fragments.shared(f"{language}/digest.txt", view),
        press.fragments.shared(f"{language}/digest.html", view),
    )
    return Rendered(subject, text, html if subscriber.format == "html" else "", digest.count, language, shared)


def set_part(
    part: str, digest: Digest, subscriber: Subscriber, settings: MailSettings, titles: Mapping[str, str]
) -> str:
    """One of DIGEST_PARTS alone, whatever its size: for a proof of the template. Raises RenderError."""
    press = _press(digest, subscriber, settings, titles, Fragments())
    view = press.view(digest)
    return press.render(part, view, **({"lead": view.lead} if "subject" in part else {}))


@dataclass(frozen=True, slots=True)
class _Press:
    """All that the templates of one subscriber's mail are rendered with, but the digest."""

    settings: MailSettings
    zone: ZoneInfo
    language: str
    fragments: Fragments
    footer: Mapping[str, object]

    def view(self, digest: Digest) -> DigestView:
        return self.fragments.digest(digest, self.settings.from_name, self.zone)

    def render(self, name: str, view: DigestView, **words: object) -> str:
        words |= {
            "digest": view,
            "language": self.language,
            "once": partial(self.fragments.once, f"{self.language}/{name}"),
        }
        return render_template(name, self.settings.templates_dir, **self.footer, **words)


def _press(
    digest: Digest, subscriber: Subscriber, settings: MailSettings, titles: Mapping[str, str], fragments: Fragments
) -> _Press:
    zone = ZoneInfo(subscriber.timezone or settings.timezone)
    language = written_in("digest.txt", settings.templates_dir, subscriber.language, otherwise=ENGLISH)
    names = {section.watch: section.title for section in digest.sections}
    footer = footer_words(subscriber, settings, {**titles, **names}, digest)
    return _Press(settings, zone, language, fragments, footer)


def _largest(press: _Press, digest: Digest) -> tuple[int, str]:
    """The most items that fit, and the HTML with them, by halving."""
    fits, best = 0, press.render("digest.html", press.view(keep_first(digest, 0)))
    too_many = len(digest.items)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        html = press.render("digest.html", press.view(keep_first(digest, middle)))
        if len(html.encode()) > LARGEST_HTML:
            too_many = middle
        else:
            fits, best = middle, html
    return fits, best


def render_letter(name: str, settings: MailSettings, **words: object) -> Rendered:
    """A mail that is no digest: the templates `NAME.subject.txt`, `NAME.txt` and `NAME.html`. Raises RenderError."""
    words = {"sender": settings.from_name, "contact": settings.contact, "language": ENGLISH, **words}
    subject, text, html = (
        render_template(f"{name}.{part}", settings.templates_dir, **words) for part in ("subject.txt", "txt", "html")
    )
    return Rendered(clip(clean_header(subject), LONGEST_SUBJECT), text, html, 0)


def _subject(press: _Press, view: DigestView) -> str:
    """Counts, the lead item and the day, in 78 characters: the lead gives way, then the last counts; the day stays."""

    def line(view: DigestView, lead: str) -> str:
        return clean_header(press.render("digest.subject.txt", view, lead=lead))

    over = len(line(view, "")) + min(len(view.lead) + 2, _LEAST_LEAD) - LONGEST_SUBJECT
    if over > 0:
        view = replace(view, tally=_first_counts(view.tally, len(view.tally) - over))
    lead = clip(view.lead, max(LONGEST_SUBJECT - len(line(view, "")), _LEAST_LEAD) - 2)
    return clip(line(view, lead), LONGEST_SUBJECT)


def _first_counts(tally: str, limit: int) -> str:
    """The counts that fit, the first one in any case."""
    counts = tally.split(", ")
    while len(counts) > 1 and len(", ".join(counts)) >= limit:
        counts.pop()
    return f"{', '.join(counts)}…" if len(counts) < len(tally.split(", ")) else tally


def footer_words(
    subscriber: Subscriber, settings: MailSettings, titles: Mapping[str, str], digest: Digest
) -> dict[str, object]:
    """What the foot of a mail says: why this came and how it stops."""
    mine = [subscription.watch for subscription in subscriber.subscriptions if subscription.every == digest.every]
    named = [(watch, plain(titles.get(watch, watch), 120)) for watch in mine]
    since = subscriber.confirmed_at
    return {
        "every": wording.EVERY_WORDS[digest.every],
        "watches": wording.listed([title for _, title in named]),
        "confirmed": wording.day(since.astimezone(ZoneInfo(settings.timezone)).date()) if since else "",
        "stops": [Stop(title, stop_address(settings, subscriber.id, watch)) for watch, title in named],
        "stop_all": stop_address(settings, subscriber.id),
        "change": change_address(settings),
        "contact": settings.contact,
    }
