"""digest: for every subscriber whose time has come, one mail about everything since the last one, put in the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.errors import MailError
from monitor.mail.fragments import Fragments
from monitor.mail.message import compose, message_id
from monitor.mail.outbox import Outbox
from monitor.mail.own_watches import OwnWatches
from monitor.mail.plans import Plan, PlannedMail
from monitor.mail.render import Rendered, render_digest
from monitor.mail.runs import HeldRun
from monitor.mail.settings import MailSettings
from monitor.model.digest import Digest
from monitor.model.feed import Feed
from monitor.model.watch import Match, Watch
from monitor.pipeline.earlier import Earlier
from monitor.pipeline.items import Items
from monitor.pipeline.ledger_reader import LedgerReader
from monitor.pipeline.owed import Heads, Owed
from monitor.pipeline.turns import Readership, Turn, turns_of
from monitor.rules.digests import Contents, arrange
from monitor.rules.tidings import dress, tell
from monitor.store.archive import Archive

_BATCH, _SHARED = 100, 64


@dataclass(frozen=True, slots=True)
class PlannedDigest:
    """A digest as it was planned, or would be."""

    subscriber: str
    message_id: str
    items: int
    subject: str


@dataclass(frozen=True, slots=True)
class DigestReport:
    """What a run planned: the periods it served, how many mails, and how many subscribers had nothing to be told.

    `held` are the runs that wait for a word from the operator, of this run of the verb; `troubles` say whose digest could
    not be made, and why: everybody else's was.
    """

    periods: tuple[str, ...]
    planned: int
    empty: int
    mails: tuple[PlannedDigest, ...]
    held: tuple[HeldRun, ...] = ()
    troubles: tuple[str, ...] = ()


Look = Callable[[Turn, Rendered, bytes], None]
"""Is shown each mail of a rehearsal: whose turn it is, the words, the bytes."""


def digest(
    archive: Archive,
    readership: Readership,
    watches: Sequence[Watch],
    feeds: Sequence[Feed],
    *,
    now: datetime,
    only: str | None = None,
    look: Look | None = None,
) -> DigestReport:
    """Plan what is due. `only` is one subscriber's address. With `look` it is a rehearsal: it composes everything and plans
    nothing, and shows what each subscriber would get now, whether or not it is their time.

    A mail that cannot be made stops nobody else's. The mails of the run are held until all of it is planned and judged.
    """
    today = now.astimezone(readership.schedule.timezone).date()
    owed = Owed.of(archive, OwnWatches(readership.bounces.connection), watches)
    composer = _Composer(archive, owed, feeds, now, today)
    run = _Run(readership, composer, Earlier(archive, readership.outbox), owed.heads(), now, look)
    if look is None:
        readership.subscribers.wake(now)
    for subscriber in readership.subscribers.each():
        if subscriber.state != "active" or (only is not None and only not in (subscriber.email, str(subscriber.id))):
            continue
        for turn in turns_of(readership, subscriber, now, even_if_not_due=look is not None):
            run.serve(turn)
    run.flush()
    held = readership.runs.judge(now) if look is None else ()
    mails = tuple(run.mails)
    return DigestReport(tuple(sorted(run.periods)), len(mails), run.empty, mails, held, tuple(run.troubles))


@dataclass(slots=True)
class _Run:
    """One run: plans wait here for a moment, so that one transaction can take many of them."""

    readership: Readership
    composer: _Composer
    earlier: Earlier
    heads: Heads
    now: datetime
    look: Look | None
    empty: int = 0
    periods: set[str] = field(default_factory=set)
    mails: list[PlannedDigest] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    waiting: list[tuple[Plan, PlannedDigest | None]] = field(default_factory=list)

    def serve(self, turn: Turn) -> None:
        """Make one subscriber's digest and put it with the others."""
        self.periods.add(turn.period)
        if any(plan.subscriber_id == turn.subscriber.id for plan, _ in self.waiting[-3:]):
            # What the first of a person's digests tells, the second must know.
            self.flush()
        try:
            contents, told = self.composer.contents(turn, self.heads, self.readership.outbox)
            is_silent = contents.is_empty and not (turn.subscriber.heartbeat and turn.every != "immediate")
            mail = None if is_silent else self._compose(turn, contents)
        except MailError as error:
            self.troubles.append(f"subscriber {turn.subscriber.id}: {error}")
            return
        if self.look is not None:
            self._show(turn, mail)
        elif mail or turn.every != "immediate":
            entry = mail[1] if mail else None
            load = entry.items / turn.periods_covered(self.now) if entry else 0.0
            covered_to = {one.watch: self.heads.of(one.watch) for one in turn.subscriptions}
            plan = Plan(entry, turn.subscriber.id, turn.every, turn.slot, covered_to, told, load)
            self.waiting.append((plan, _summary(turn, entry)))
            if len(self.waiting) >= _BATCH:
                self.flush()
        else:
            self.empty += 1

    def _compose(self, turn: Turn, contents: Contents) -> tuple[Rendered, PlannedMail]:
        zone = ZoneInfo(turn.subscriber.timezone or self.readership.settings.timezone)
        contents, answers = self.earlier.marked(contents, turn.subscriber.id, zone)
        return self.composer.compose(turn, contents, self.readership.settings, answers)

    def flush(self) -> None:
        """Write down what waits."""
        if not self.waiting:
            return
        done = self.readership.outbox.plan_all([plan for plan, _ in self.waiting], self.now, waits=True)
        for is_new, (_, summary) in zip(done, self.waiting, strict=True):
            if is_new and summary is not None:
                self.mails.append(summary)
            elif is_new:
                self.empty += 1
        self.waiting.clear()

    def _show(self, turn: Turn, mail: tuple[Rendered, PlannedMail] | None) -> None:
        if mail is None or self.look is None:
            self.empty += 1
            return
        rendered, entry = mail
        self.look(turn, rendered, entry.message)
        summary = _summary(turn, entry)
        if summary is not None:
            self.mails.append(summary)


def _summary(turn: Turn, entry: PlannedMail | None) -> PlannedDigest | None:
    if entry is None:
        return None
    return PlannedDigest(turn.subscriber.email, entry.message_id, entry.items, entry.subject)


_Covered = tuple[tuple[str, int], ...]


class _Composer:
    """Makes the digests of one run; each item is made once, however many subscribers get it.

    Readers who are owed the same matches of the same watches share their contents, and the words of them.
    """

    def __init__(self, archive: Archive, sources: Owed, feeds: Sequence[Feed], now: datetime, today: date) -> None:
        self._archive = archive
        self._sources = sources
        self._feeds = [feed.name for feed in feeds]
        self._now = now
        self._today = today
        self._items = Items(archive)
        self._ledger = LedgerReader(archive)
        self._owed: dict[_Covered, list[Match]] = {}
        self._shared: dict[_Covered, tuple[Contents, frozenset[int]]] = {}
        self._digests: dict[tuple[int, str, datetime], tuple[Contents, Digest]] = {}
        self._fragments = Fragments()
        self._head = archive.chain.head()

    def contents(self, turn: Turn, heads: Heads, outbox: Outbox) -> tuple[Contents, frozenset[int]]:
        """What there is to tell, and the ids of the changes it tells of; nothing that another mail has told."""
        titles = self._sources.titles_for(turn)
        covered = {one.watch: one.covered_to for one in turn.subscriptions if one.watch in titles}
        if not covered:
            return Contents(), frozenset()
        key = tuple(sorted(covered.items()))
        owed = self._owed_by(key, heads)
        told = outbox.already_told(turn.subscriber.id, [match.change.id for match in owed])
        if told:
            return self._contents_of([match for match in owed if match.change.id not in told], titles)
        if key not in self._shared:
            self._shared[key] = self._contents_of(owed, titles)
        return self._shared[key]

    def _owed_by(self, key: _Covered, heads: Heads) -> list[Match]:
        if key not in self._owed:
            if len(self._owed) >= _SHARED:
                # However many different covers there are, memory stays flat.
                self._owed.clear()
                self._shared.clear()
                self._digests.clear()
            self._owed[key] = self._sources.matches(dict(key), heads)
        return self._owed[key]

    def _contents_of(self, fresh: Sequence[Match], titles: Mapping[str, str]) -> tuple[Contents, frozenset[int]]:
        page = self._ledger.page_for(fresh)
        contents = arrange(
            fresh, titles, lambda match: dress(self._items.of(match), page, self._today),
            lambda match: tell(match, page, self._today),
        )  # fmt: skip
        if not contents.is_empty:
            spoken_of = {match.change.key for match in fresh}
            contents = replace(contents, reminders=self._ledger.reminders(tuple(titles), spoken_of, self._today))
        return contents, frozenset(match.change.id for match in fresh)

    def compose(
        self, turn: Turn, contents: Contents, settings: MailSettings, answers: Sequence[str]
    ) -> tuple[Rendered, PlannedMail]:
        """Put contents into words and bytes."""
        key = (id(contents), turn.period, turn.covers_from)
        if key not in self._digests:
            if len(self._digests) >= _SHARED:
                self._digests.clear()
            # The contents are kept beside: an id says nothing once its object is gone.
            self._digests[key] = (contents, self._digest(turn, contents))
        words = self._digests[key][1]
        titles = {one.watch: one.watch for one in turn.subscriptions} | self._sources.titles_for(turn)
        rendered = render_digest(words, turn.subscriber, settings, titles=titles, fragments=self._fragments)
        mail = compose(
            rendered, period=turn.period, subscriber=turn.subscriber, settings=settings, now=self._now, answers=answers
        )
        identity = message_id(turn.period, turn.subscriber.id, settings)
        entry = PlannedMail(turn.period, identity, rendered.subject, rendered.items, mail.message, shared=mail.shared)
        return rendered, entry

    def _digest(self, turn: Turn, contents: Contents) -> Digest:
        return Digest(
            period=turn.period,
            every=turn.every,
            covers_from=turn.covers_from,
            covers_to=self._now,
            sections=contents.sections,
            older=contents.older,
            older_omitted=contents.older_omitted,
            minor=contents.minor,
            promises=contents.promises,
            reminders=contents.reminders,
            coverage=self._archive.feeds.coverage(self._feeds, turn.covers_from, self._now),
            head=self._head,
        )
