"""A digest as its templates see it: every word chosen, cleaned and cut, every time in the reader's zone. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from monitor.mail import wording
from monitor.mail.headers import clip, plain, plain_run
from monitor.mail.passage_view import PassageView, view_passages
from monitor.mail.promise_view import (
    DocumentView,
    ExpectationView,
    PromiseView,
    promise_tally,
    promised_lead,
    view_document,
    view_expectation,
    view_promise,
)
from monitor.model.change import Change
from monitor.model.digest import Coverage, Digest, Gap, Item, Section, Span
from monitor.model.watch import OWN

_MEANINGS = {
    "withdrawn": "The publisher has withdrawn it; our copy stays.",
    "gone": "The publisher has taken it down; our copy stays.",
    "moved": "The same publication under a new address.",
    "restored": "It is back after having been withdrawn.",
    "attachment-replaced": "A document that belongs to it was replaced by another.",
}
_TITLE, _LINE, _PARAGRAPH = 300, 160, 700


@dataclass(frozen=True, slots=True)
class ItemView:
    """One publication. `facts` and `times` are short phrases to be joined by ` · `; empty strings are left out of view."""

    kind: str
    tone: str
    type: str
    title: str
    url: str
    facts: tuple[str, ...]
    times: tuple[str, ...]
    note: str
    said: str
    notice: str
    snippet: tuple[Span, ...]
    found_in: str
    summary: str
    passages: tuple[PassageView, ...]
    passages_omitted: int
    words_changed: str
    gist: str
    twins: str
    twins_differ: str
    correction: DocumentView | None
    documents: tuple[DocumentView, ...]
    expectations: tuple[ExpectationView, ...]
    also_in: str
    copy: str
    compare: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """A department and what comes from it."""

    department: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """What one watch brings. `anchor` is where a link within the mail leads, `rest` the command that lists all of it."""

    anchor: str
    title: str
    count: int
    groups: tuple[GroupView, ...]
    omitted: int
    rest: str


@dataclass(frozen=True, slots=True)
class DigestView:
    """The whole digest; `lead` is the title of the first item, `others` how many publications there are besides it."""

    name: str
    date: str
    short_date: str
    window: str
    catch_up: str
    tally: str
    reading: str
    preview: str
    lead: str
    others: int
    sections: tuple[SectionView, ...]
    older: tuple[ItemView, ...]
    older_omitted: int
    promises: tuple[PromiseView, ...]
    minor: str
    coverage: str
    gaps: tuple[str, ...]
    records: str
    head: str
    licences: tuple[tuple[str, str, str], ...]


ViewItem = Callable[[Item, ZoneInfo, bool], ItemView]


def view_digest(digest: Digest, *, name: str, zone: ZoneInfo, view_one: ViewItem | None = None) -> DigestView:
    """Put a digest into words for people who live in `zone`; `name` is the sender's.

    `view_one` stands in for `view_item`, so that a run can view each item once.
    """
    view_one = view_one or view_item
    items = digest.items
    current = items[: len(items) - len(digest.older)]
    older = len(digest.older) + digest.older_omitted
    words = sum(item.words for item in items)
    until = digest.covers_to.astimezone(zone)
    since = wording.short_moment(digest.covers_from, zone)
    return DigestView(
        name=name,
        date=wording.long_day(until.date()),
        short_date=f"{until.day} {wording.day(until.date()).split()[1]}",
        window=f"{since} – {wording.short_moment(digest.covers_to, zone)}",
        catch_up=wording.catch_up(digest.every, digest.covers_from, digest.covers_to, zone),
        tally=", ".join(filter(None, (_tally(digest, current, older), *promise_tally(digest)))) or "Nothing new",
        reading=f"About {wording.counted(wording.minutes(words), 'minute')} to read in full." if words else "",
        preview=clip("; ".join(plain(item.title, _TITLE) for item in items[:4]), 140),
        lead=plain(items[0].title if items else promised_lead(digest.promises), _TITLE),
        others=max(digest.count - 1, 0),
        sections=tuple(_section(section, zone, view_one) for section in digest.sections),
        older=tuple(view_one(item, zone, True) for item in digest.older),
        older_omitted=digest.older_omitted,
        promises=tuple(view_promise(news, zone) for news in (*digest.promises, *digest.reminders)),
        minor=f"{wording.counted(digest.minor, 'edit')} too slight to show." if digest.minor else "",
        coverage=_coverage(digest.coverage),
        gaps=tuple(_gap(gap, zone) for gap in digest.coverage.gaps),
        records=f"The archive held {wording.counted(digest.head.place, 'record')} when this mail was made."
        if digest.head
        else "",
        head=digest.head.sha256 if digest.head else "",
        licences=tuple(
            (before, *wording.LICENCE_PAGES[publisher])
            for publisher, before in wording.LICENCE_WORDS.items()
            if publisher in digest.publishers
        ),
    )


def _tally(digest: Digest, current: Sequence[Item], older: int) -> str:
    return wording.tally((item.change for item in current), older, sum(section.omitted for section in digest.sections))


def _section(section: Section, zone: ZoneInfo, view_one: ViewItem) -> SectionView:
    return SectionView(
        anchor=f"watch-{section.watch}",
        title=plain(section.title, _TITLE),
        count=section.count,
        groups=tuple(
            GroupView(plain(group.department, _LINE), tuple(view_one(item, zone, False) for item in group.items))
            for group in section.groups
        ),
        omitted=section.omitted,
        rest="" if section.watch.startswith(OWN) else f'monitor search "" --watch {plain(section.watch, _LINE)}',
    )


def view_item(item: Item, zone: ZoneInfo, with_department: bool) -> ItemView:
    """One publication in words; it names its department where it does not stand under it."""
    change = item.change
    return ItemView(
        kind=wording.kind_words(change),
        tone={"new": "good", "restored": "good", "withdrawn": "bad", "gone": "bad"}.get(change.kind, "changed"),
        type=wording.type_words(plain(item.document_type, _LINE)),
        title=plain(item.title, _TITLE) or "(no title)",
        url=item.url,
        facts=_facts(item, zone, with_department=with_department),
        times=_times(item, zone),
        note=plain(change.note, _PARAGRAPH) if change.note != item.notice else "",
        said=_said(item),
        notice=plain(item.notice, _PARAGRAPH),
        snippet=_snippet(item.snippet),
        found_in=plain(item.found_in, _LINE),
        summary="" if item.snippet or item.passages else plain(item.summary, _PARAGRAPH),
        passages=view_passages(item.passages),
        passages_omitted=item.passages_omitted,
        words_changed=_words_changed(change),
        gist=plain(item.gist, _PARAGRAPH),
        twins=wording.listed([plain(twin.identifier, _LINE) for twin in item.twins]),
        twins_differ=plain(wording.twins_differ(item.twins), _PARAGRAPH),
        correction=view_document(item.correction) if item.correction else None,
        documents=tuple(view_document(document) for document in item.documents),
        expectations=tuple(view_expectation(expectation) for expectation in item.expectations),
        also_in=wording.listed([plain(title, _LINE) for title in item.also_in]),
        copy=f"monitor show {plain(item.key, _LINE)}",
        compare=_compare(change),
    )


def _facts(item: Item, zone: ZoneInfo, *, with_department: bool) -> tuple[str, ...]:
    who = (item.minister or "", item.role or "")
    facts = (item.department if with_department else "", ", ".join(filter(None, who)), item.house or "")
    published_on = item.published_at.astimezone(zone).date() if item.published_at else None
    # The day stands in the line of times already where the publisher names the hour too.
    day = wording.day(item.dated_on) if item.dated_on and item.dated_on != published_on else ""
    length = f"{wording.counted(item.words, 'word')} ({wording.minutes(item.words)} min)" if item.words else ""
    return tuple(filter(None, (plain(fact, _LINE) for fact in (*facts, day, item.identifier or "", length))))


def _times(item: Item, zone: ZoneInfo) -> tuple[str, ...]:
    """Published is the publisher's claim; first seen and change seen are ours. They are never mixed."""
    change, times = item.change, []
    if item.published_at:
        times.append(f"Published {wording.moment(item.published_at, zone)}")
    if change.kind == "new":
        times.append(f"first seen {wording.moment(item.first_seen_at, zone)}")
    else:
        times.append(f"first seen {wording.day(item.first_seen_at.astimezone(zone).date())}")
        times.append(f"change seen {wording.moment(change.detected_at, zone)}")
        times.append(f"version {item.version} of {item.versions}")
    return (times[0][:1].upper() + times[0][1:], *times[1:])


def _said(item: Item) -> str:
    """What the kind of change means for the reader, where the word alone does not say it."""
    before = f"You were sent this on {wording.day(item.sent_on)}" if item.sent_on else ""
    if item.change.kind == "new" and item.sent_on:
        return f"You were sent its copy in the other House on {wording.day(item.sent_on)}."
    if item.change.kind == "corrected":
        return f"{before}; it has been corrected." if before else ""
    return " ".join(filter(None, (f"{before}." if before else "", _meaning(item))))


def _meaning(item: Item) -> str:
    if item.change.kind == "updated" and not item.change.announced:
        return "The text changed, and the publisher said nothing of it."
    return _MEANINGS.get(item.change.kind, "")


def _words_changed(change: Change) -> str:
    if not change.words_added and not change.words_removed:
        return ""
    return f"{wording.counted(change.words_added, 'word')} added, {change.words_removed:,} removed in all."


def _compare(change: Change) -> str:
    """The command that shows the whole comparison, where two versions differ."""
    if change.from_version is None or change.from_version == change.to_version:
        return ""
    return f"monitor diff {plain(change.key, _LINE)} {change.from_version}..{change.to_version}"


def _snippet(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(Span(text, span.marked) for span in spans if (text := plain_run(span.text)))


def _coverage(coverage: Coverage) -> str:
    checked = f"{wording.counted(coverage.feeds, 'source')}, checked {wording.counted(coverage.polls, 'time')}."
    if coverage.gaps:
        return f"{checked} Not all could be read throughout:"
    return f"{checked} All could be read throughout." if coverage.polls else ""


def _gap(gap: Gap, zone: ZoneInfo) -> str:
    # An error reads "message: resource: cause"; the address that follows is the operator's business.
    feed, error = plain(gap.feed, _LINE), plain(gap.error.partition(": ")[0], _LINE)
    reason = f" The reason: {error}." if error else ""
    if gap.until is None:
        return f"{feed} has not been readable since {wording.moment(gap.since, zone)}; we keep trying.{reason}"
    return f"{feed} could not be read, {wording.interval(gap.since, gap.until, zone)}; it can be read again.{reason}"
