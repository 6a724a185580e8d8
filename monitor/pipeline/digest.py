"""digest: for every subscriber whose time has come, one mail about everything since the last one, put in the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from monitor.mail.bounces import Bounces
from monitor.mail.brake import Brake
from monitor.mail.message import compose, message_id
from monitor.mail.outbox import Outbox
from monitor.mail.plans import PlannedMail
from monitor.mail.render import Rendered, render_digest
from monitor.mail.settings import MailSettings
from monitor.mail.subscribers import Subscribers
from monitor.model.digest import Digest, Item
from monitor.model.feed import Feed
from monitor.model.ledger import Promise
from monitor.model.record import Record
from monitor.model.subscriber import Every, Subscriber, Subscription
from monitor.model.watch import Match, Watch
from monitor.rules.digests import Contents, arrange, item_of
from monitor.rules.schedule import Schedule, is_due, latest_slot, period
from monitor.rules.tidings import LedgerPage, dress, tell
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Readership:
    """Who is written to and how: the people, their mails, and what the operator says about both."""

    subscribers: Subscribers
    outbox: Outbox
    brake: Brake
    bounces: Bounces
    settings: MailSettings
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class PlannedDigest:
    """A digest as it was planned, or would be."""

    subscriber: str
    message_id: str
    items: int
    subject: str
    rendered: Rendered


@dataclass(frozen=True, slots=True)
class DigestReport:
    """What a run planned: the periods it served, how many mails, and how many subscribers had nothing to be told."""

    periods: tuple[str, ...]
    planned: int
    empty: int
    mails: tuple[PlannedDigest, ...]


@dataclass(frozen=True, slots=True)
class _Turn:
    """One subscriber's digest of one frequency, due now."""

    subscriber: Subscriber
    every: Every
    subscriptions: tuple[Subscription, ...]
    slot: datetime
    period: str
    covers_from: datetime


def digest(
    archive: Archive,
    readership: Readership,
    watches: Sequence[Watch],
    feeds: Sequence[Feed],
    *,
    now: datetime,
    only: str | None = None,
    is_rehearsal: bool = False,
) -> DigestReport:
    """Plan what is due. `only` is one subscriber's address; a rehearsal composes everything and plans nothing.

    A rehearsal shows what each subscriber would get now, whether or not it is their time.
    """
    today = now.astimezone(readership.schedule.timezone).date()
    composer = _Composer(archive, watches, feeds, now, today)
    head = archive.matches.head()
    turns = [
        turn
        for subscriber in readership.subscribers.list()
        if subscriber.state == "active" and (only is None or subscriber.email == only)
        for turn in _turns(readership, subscriber, now, even_if_not_due=is_rehearsal)
    ]
    mails: list[PlannedDigest] = []
    empty = 0
    for turn in turns:
        contents, told = composer.contents(turn, head, readership.outbox)
        covered_to = {subscription.watch: head for subscription in turn.subscriptions}
        mail = None if contents.is_empty else composer.compose(turn, contents, readership.settings)
        if not is_rehearsal and (mail or turn.every != "immediate"):
            entry = mail[1] if mail else None
            is_new = readership.outbox.plan(entry, turn.subscriber.id, turn.every, turn.slot, covered_to, told, now)
            if not is_new:
                continue
        if mail:
            mails.append(mail[0])
        else:
            empty += 1
    return DigestReport(tuple(sorted({turn.period for turn in turns})), len(mails), empty, tuple(mails))


def _turns(readership: Readership, subscriber: Subscriber, now: datetime, *, even_if_not_due: bool) -> list[_Turn]:
    turns = []
    for every in get_args(Every):
        subscriptions = tuple(one for one in subscriber.subscriptions if one.every == every)
        if not subscriptions or subscriber.confirmed_at is None:
            continue
        served_at = readership.subscribers.served_at(subscriber.id, every)
        is_first_alert = every == "immediate" and served_at is None
        since = served_at or subscriber.confirmed_at
        if not (even_if_not_due or is_first_alert or is_due(readership.schedule, every, since, now)):
            continue
        slot = latest_slot(readership.schedule, every, now)
        name = period(readership.schedule, every, slot)
        turns.append(_Turn(subscriber, every, subscriptions, slot, name, since))
    return turns


class _Composer:
    """Makes the digests of one run; each item is made once, however many subscribers get it."""

    def __init__(
        self, archive: Archive, watches: Sequence[Watch], feeds: Sequence[Feed], now: datetime, today: date
    ) -> None:
        self._archive = archive
        self._titles = {watch.name: watch.title for watch in watches}
        self._feeds = [feed.name for feed in feeds]
        self._now = now
        self._today = today
        self._items: dict[int, Item] = {}
        self._promises: dict[str, Sequence[Promise]] = {}
        self._documents: dict[str, Record] = {}

    def contents(self, turn: _Turn, head: int, outbox: Outbox) -> tuple[Contents, frozenset[int]]:
        """What there is to tell, and the ids of the changes it tells of; nothing that another mail has told."""
        covered = {one.watch: one.covered_to for one in turn.subscriptions if one.watch in self._titles}
        if not covered:
            return Contents(), frozenset()
        matches = self._archive.matches.between(min(covered.values()), head, tuple(covered))
        owed = [match for match in matches if match.id > covered[match.watch]]
        told = outbox.already_told(turn.subscriber.id, [match.change.id for match in owed])
        fresh = [match for match in owed if match.change.id not in told]
        titles = {name: title for name, title in self._titles.items() if name in covered}
        page = self._ledger_page(fresh)
        contents = arrange(
            fresh, titles, lambda match: dress(self._item(match), page, self._today),
            lambda match: tell(match, page, self._today),
        )  # fmt: skip
        return contents, frozenset(match.change.id for match in fresh)

    def compose(self, turn: _Turn, contents: Contents, settings: MailSettings) -> tuple[PlannedDigest, PlannedMail]:
        """Put contents into words and bytes."""
        words = Digest(
            period=turn.period,
            every=turn.every,
            covers_from=turn.covers_from,
            covers_to=self._now,
            sections=contents.sections,
            older=contents.older,
            older_omitted=contents.older_omitted,
            minor=contents.minor,
            promises=contents.promises,
            coverage=self._archive.feeds.coverage(self._feeds, turn.covers_from, self._now),
        )
        titles: Mapping[str, str] = {one.watch: self._titles.get(one.watch, one.watch) for one in turn.subscriptions}
        rendered = render_digest(words, turn.subscriber, settings, titles=titles)
        message = compose(rendered, period=turn.period, subscriber=turn.subscriber, settings=settings, now=self._now)
        identity = message_id(turn.period, turn.subscriber.id, settings)
        report = PlannedDigest(turn.subscriber.email, identity, rendered.items, rendered.subject, rendered)
        return report, PlannedMail(turn.period, identity, rendered.subject, rendered.items, message)

    def _ledger_page(self, matches: Sequence[Match]) -> LedgerPage:
        """The promises of the statements among some matches, and the documents they name."""
        keys = {match.change.key for match in matches if match.record.document_type == "written_statement"}
        for key in keys - self._promises.keys():
            self._promises[key] = self._archive.promises.of(key)
            for promise in self._promises[key]:
                if promise.kept_by and promise.kept_by not in self._documents:
                    self._documents[promise.kept_by] = self._archive.library.record(promise.kept_by)
        return LedgerPage(self._promises, self._documents)

    def _item(self, match: Match) -> Item:
        if match.id not in self._items:
            self._items[match.id] = item_of(match, self._archive.changes.before(match.change))
        return self._items[match.id]
