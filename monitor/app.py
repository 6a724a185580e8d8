"""The front door: `open_app` builds the parts from the config and names the verbs. The only file that reads the clock."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from monitor.config import Config, WrittenQuery, find_config, fixed_in_flight, load_config, problems_at
from monitor.database import writer_lock
from monitor.errors import ConfigError, Problem, UsageError
from monitor.extract.extractor import open_extractor
from monitor.fetch.dates import DatedFetcher
from monitor.fetch.fetcher import Fetcher
from monitor.fetch.live import open_fetcher
from monitor.fetch.replay import open_replay
from monitor.mail.brake import Brake
from monitor.mail.environment import reread_templates
from monitor.mail.faults import FaultBook
from monitor.mail.holidays import Calendar
from monitor.mail.proofs import prove_templates
from monitor.mail.room import open_mail
from monitor.model.feed import Feed
from monitor.pipeline.answers import open_answer_reader
from monitor.pipeline.check import CheckReport, check, read_machine
from monitor.pipeline.deliver import DeliveryReport, deliver
from monitor.pipeline.digest import DigestReport, Look, digest
from monitor.pipeline.explain import Explanation
from monitor.pipeline.explain import explain as explain_item
from monitor.pipeline.holidays import refresh_holidays
from monitor.pipeline.match import MatchReport, match
from monitor.pipeline.opening import open_readership, open_reading_room
from monitor.pipeline.own_matching import OwnBook
from monitor.pipeline.papers import Desk
from monitor.pipeline.parts import http_settings, mail_settings, post_room, schedule_of
from monitor.pipeline.poll import PollReport, poll
from monitor.pipeline.publishers import Publishers
from monitor.pipeline.renaming import adopt_names, missing_renames
from monitor.pipeline.resolve import ResolveReport, resolve
from monitor.pipeline.standing import load_watchbook
from monitor.pipeline.turns import Readership
from monitor.rules.watching import Watchbook, read_written
from monitor.sources.presets import PRESETS
from monitor.sources.registry import SOURCES
from monitor.store.archive import Archive, open_archive
from monitor.store.vault import Vault

_KEEP_MAILS = timedelta(days=7)
_KEEP_QUESTIONS = timedelta(days=8)

Clock = Callable[[], datetime]
"""Tells the time: aware, UTC."""


def system_clock() -> datetime:
    """The time, by this machine."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class CycleReport:
    """One whole cycle."""

    poll: PollReport
    resolve: ResolveReport
    match: MatchReport
    digest: DigestReport
    deliver: DeliveryReport


@dataclass(frozen=True, slots=True)
class Network:
    """How a way to publishers is opened, and the one that is open; it is closed with the program, or when another is."""

    open: Callable[[Config], AbstractContextManager[Fetcher]]
    opened: ExitStack


@dataclass(frozen=True, slots=True)
class App:
    """The program, built: each verb takes what lies in its tray, and may be run by hand, twice, or after a crash.

    `refused` says why the config was not taken when it was last to be read anew.
    """

    config: Config
    clock: Clock
    archive: Archive
    publishers: Publishers
    readership: Readership
    book: Watchbook
    is_stopping: Callable[[], bool]
    network: Network
    own_book: OwnBook
    refused: str = ""

    def poll(self, names: Sequence[str] = (), *, everything: bool = False) -> PollReport:
        """Poll what is due; or the feeds named, or all of them, at once. Raises UsageError for a name that is none."""
        now = self.clock()
        today = now.astimezone(self.readership.schedule.timezone).date()
        only = [self._feed(name) for name in names] if names else list(self.config.feeds) if everything else None
        return poll(self.archive, self.publishers, now=now, today=today, only=only, is_stopping=self.is_stopping)

    def resolve(self) -> ResolveReport:
        """Enter what statements promise, fetch what they link to and what is attached, settle what has arrived."""
        now = self.clock()
        today = now.astimezone(self.readership.schedule.timezone).date()
        with open_extractor() as extractor:
            desk = Desk(self.publishers, extractor, Vault(self.config.store.files))
            return resolve(self.archive, self.publishers, desk, now=now, today=today, is_stopping=self.is_stopping)

    def match(self) -> MatchReport:
        """Match the changes in the tray, against the config's watches and against subscribers' own."""
        return match(self.archive, self.book, self.own_book, now=self.clock())

    def digest(self, *, only: str | None = None, look: Look | None = None) -> DigestReport:
        """Plan the digests that are due; with `look`, which is shown every mail, plan none."""
        holidays = Calendar(self.readership.bounces.connection).holidays()
        return digest(
            self.archive, replace(self.readership, holidays=holidays), self.config.watches, self.config.feeds,
            now=self.clock(), only=only, look=look,
        )  # fmt: skip

    def deliver(self, *, only: str | None = None, insist: bool = False) -> DeliveryReport:
        """Send what lies in the outbox; to insist ends a pause."""
        holder = f"{socket.gethostname()}:{os.getpid()}"
        room = post_room(self.readership)
        return deliver(room, holder=holder, clock=self.clock, only=only, insist=insist, is_stopping=self.is_stopping)

    def run_once(self) -> CycleReport:
        """One whole cycle."""
        polled, resolved, matched, planned = self.poll(), self.resolve(), self.match(), self.digest()
        self.check()
        return CycleReport(polled, resolved, matched, planned, self.deliver())

    def check(self) -> CheckReport:
        """Look whether the monitor itself is well; what began or ended is told to the operator, once."""
        fetcher = self.publishers.fetcher
        skew = fetcher.skew() if isinstance(fetcher, DatedFetcher) else None
        machine = read_machine(self.config.store.mail.parent, skew)
        book = FaultBook(self.readership.bounces.connection)
        return check(
            self.archive, self.readership, book, self.config, machine,
            now=self.clock(), refused=self.refused, unreadable=self.own_book.unreadable,
        )  # fmt: skip

    def tidy(self) -> None:
        """Let go of what nobody needs: the words of mails sent over a week ago, and questions nobody answered. What was
        sent to whom stays known. And see, once a week, whether there is a new bank holiday.
        """
        self.readership.subscribers.forget_unconfirmed(self.clock() - _KEEP_QUESTIONS)
        self.readership.outbox.forget_messages(self.clock() - _KEEP_MAILS)
        self.archive.tidy()
        refresh_holidays(Calendar(self.readership.bounces.connection), self.publishers.fetcher, now=self.clock())

    def reloaded(self) -> App:
        """The same program with the config as it stands in its file now, all of it. The databases stay open.

        Raises MonitorError, and everything is as it was: ConfigError with every mistake in the config, what cannot change
        in flight and renames nobody owned up to included.
        """
        config = _load(self.config.path)
        connection = self.readership.bounces.connection
        findings = [*fixed_in_flight(self.config, config), *missing_renames(self.archive, connection, config.watches)]
        if findings:
            raise ConfigError(problems_at(config.path, findings))
        check_templates(config)
        settings = mail_settings(config, self.readership.settings.secret)
        with ExitStack() as opening:
            fetcher = opening.enter_context(self.network.open(config))
            book = load_watchbook(self.archive, config.watches)
            adopt_names(self.archive, connection, config.watches, self.clock())
            fresh = opening.pop_all()
        # From here on nothing can go wrong.
        self.network.opened.close()
        self.network.opened.push(fresh)
        reread_templates()
        return replace(
            self, config=config, book=book, publishers=replace(self.publishers, feeds=config.feeds, fetcher=fetcher), refused="",
            readership=replace(
                self.readership, settings=settings, schedule=schedule_of(config),
                brake=Brake(connection, settings.per_hour),
            ),
        )  # fmt: skip

    def _feed(self, name: str) -> Feed:
        for feed in self.config.feeds:
            if feed.name == name:
                return feed
        names = ", ".join(feed.name for feed in self.config.feeds)
        raise UsageError(f"no feed of the config is called {name}; there are {names or 'none'}")


def read_config(explicit: Path | None, *, cwd: Path, home: Path) -> Config:
    """The config that holds here and now. Raises ConfigError with every mistake in it."""
    return _load(find_config(explicit, os.environ, cwd=cwd, home=home))


def find_lost_watches(config: Config) -> list[Problem]:
    """A problem at each new watch that may be one which people are subscribed to, under another name. Offline."""
    if not (config.store.mail.exists() and config.store.archive.exists()):
        return []
    with open_reading_room(config) as archive, open_mail(config.store.mail) as connection:
        findings = missing_renames(archive, connection, config.watches)
    return problems_at(config.path, findings) if findings else []


def _load(path: Path) -> Config:
    sources = {slug: source.keys for slug, source in SOURCES.items()}
    return load_config(path, sources=sources, presets=PRESETS, read_query=_read_query)


def check_templates(config: Config) -> None:
    """Try the operator's templates, in a process with limits. Raises ConfigError with every mistake in them."""
    if problems := prove_templates(config.templates_dir):
        raise ConfigError(problems)


def _read_query(written: WrittenQuery) -> None:
    read_written(
        written.text, is_keyword=written.is_keyword, where=written.where, path=written.path,
        line=written.line, column=written.column, source_line=written.source_line,
    )  # fmt: skip


@contextmanager
def open_app(
    config: Config,
    *,
    clock: Clock = system_clock,
    replay: Path | None = None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Iterator[App]:
    """Build the program to write with. One at a time: raises WorkerBusyError while another has it open.

    ConfigError: the operator's templates cannot be used.
    """
    check_templates(config)
    with ExitStack() as stack:
        stack.enter_context(writer_lock(config.store.archive))
        readership = stack.enter_context(open_readership(config))
        own_book = OwnBook.of(readership.bounces.connection)
        archive = own_book.minded_by(stack.enter_context(open_archive(config.store.archive)))
        adopt_names(archive, readership.bounces.connection, config.watches, clock())
        network = Network(partial(_open_fetcher, clock=clock, replay=replay), stack.enter_context(ExitStack()))
        fetcher = network.opened.enter_context(network.open(config))
        reader = stack.enter_context(open_answer_reader(SOURCES))
        publishers = Publishers(config.feeds, SOURCES, fetcher, reader)
        book = load_watchbook(archive, config.watches)
        yield App(config, clock, archive, publishers, readership, book, is_stopping, network, own_book)


@contextmanager
def open_publishers(config: Config, *, clock: Clock, replay: Path | None) -> Iterator[Publishers]:
    """The way to the publishers, without the databases."""
    with _open_fetcher(config, clock, replay) as fetcher, open_answer_reader(SOURCES) as reader:
        yield Publishers(config.feeds, SOURCES, fetcher, reader)


def explain(config: Config, item: str, who: str, *, now: datetime) -> Explanation:
    """Why a subscriber was told of a publication, or why not; may be asked beside a running worker."""
    today = now.astimezone(config.schedule.timezone).date()
    with open_reading_room(config) as archive, open_readership(config) as readership:
        return explain_item(archive, readership, config.watches, item, who, today=today)


@contextmanager
def _open_fetcher(config: Config, clock: Clock, replay: Path | None) -> Iterator[Fetcher]:
    opening = open_fetcher(http_settings(config)) if replay is None else open_replay(replay, now=clock)
    with opening as fetcher:
        # Only the machine's own clock can be held against those of publishers.
        yield DatedFetcher(fetcher, clock) if clock is system_clock and replay is None else fetcher
