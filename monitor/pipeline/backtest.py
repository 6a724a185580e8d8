"""Trying watches on the past: what they would have brought from the archive, what a change gains and loses, their examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from monitor.errors import AmbiguousError, NotFoundError
from monitor.model.record import Record
from monitor.model.watch import Watch
from monitor.pipeline.naming import DepartmentNames
from monitor.pipeline.sifting import sift
from monitor.pipeline.studying import study_query
from monitor.rules.documents import Document, read_record
from monitor.rules.query.normal import normal_form
from monitor.rules.query.tree import Query
from monitor.rules.trials.review import Oddity, flood
from monitor.rules.trials.suggestions import Kindred, Slip
from monitor.rules.trials.tally import Tally, Volume
from monitor.rules.watching import ask, query_of
from monitor.store.archive import Archive
from monitor.store.search import Facets

_GUARDED = timedelta(days=100)
_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """One example of a watch: `expect` is match or no_match; `reason` says why it did not hold, or could not be tried."""

    watch: str
    expect: str
    id: str
    passed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What one side has and the other has not: how many publications, and the newest of them."""

    count: int
    samples: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """A watch that was changed: how it was read and how it is read now, and what that gains and loses."""

    was: str
    now: str
    volume_before: Volume
    volume: Volume
    gains: Difference
    loses: Difference


@dataclass(frozen=True, slots=True)
class Expectation:
    """How many matches a day are to be expected, by how many there were in the last 100 days, and of which departments."""

    a_day: float
    total: int
    departments: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class BackTest:
    """What a watch would have brought in a period, its examples, what is odd about it, and what might belong in it.

    `unseen` are forms of its words that no publication has. Where a change of it was tried, that is the `revision`, and
    examples, oddities and forms are those of the changed one.
    """

    watch: str
    query: str
    volume: Volume
    tests: tuple[ExampleOutcome, ...]
    oddities: tuple[Oddity, ...]
    kindred: tuple[Kindred, ...]
    slips: tuple[Slip, ...]
    unseen: frozenset[str]
    revision: Revision | None = None


def back_test(archive: Archive, watch: Watch, since: date, until: date, *, changed: Watch | None = None) -> BackTest:
    """Hold every publication of a period, as it is now, against a watch. The evaluator is the one that mails go by.

    `changed` is the watch as it might become. Raises QueryError.
    """
    tried = changed or watch
    deployed, query = query_of(watch), query_of(tried)
    pair, matches = _Pair(), []
    for sifted in reversed(list(sift(archive, [deployed, query], Facets(since=since)))):
        pair.add(sifted.head.day, sifted.head.record, before=0 in sifted.queries, now=1 in sifted.queries)
        if 1 in sifted.queries:
            matches.append(sifted.head.number)
    revision = pair.revision(normal_form(deployed), normal_form(query), since, until)
    study = study_query(archive, query, matches, since)
    return BackTest(
        watch=watch.name,
        query=normal_form(deployed),
        volume=revision.volume_before,
        tests=run_tests(archive, tried),
        oddities=(*study.oddities, *flood(revision.volume.a_day)),
        kindred=study.kindred,
        slips=study.slips,
        unseen=study.unseen,
        revision=revision if changed is not None else None,
    )


def compare_watches(
    archive: Archive, pairs: Mapping[str, tuple[Watch | None, Watch | None]], since: date, until: date
) -> dict[str, Revision]:
    """For each watch, by name, as it was and as it is now (None: not there): what that gains and loses. One sifting for all."""
    asked = [(name, side, watch) for name, sides in pairs.items() for side, watch in enumerate(sides) if watch]
    counts = {name: _Pair() for name in pairs}
    for sifted in reversed(list(sift(archive, [query_of(watch) for *_, watch in asked], Facets(since=since)))):
        sides: dict[str, list[bool]] = {}
        for name, side, _ in map(asked.__getitem__, sifted.queries):
            sides.setdefault(name, [False, False])[side] = True
        for name, (then, today) in sides.items():
            counts[name].add(sifted.head.day, sifted.head.record, before=then, now=today)
    revisions = {}
    for name, pair in pairs.items():
        was, is_now = (normal_form(query_of(watch)) if watch else "" for watch in pair)
        revisions[name] = counts[name].revision(was, is_now, since, until)
    return revisions


def expect_volume(archive: Archive, query: Query, today: date) -> Expectation:
    """How many matches a day a query is to be expected to bring: as in the last 100 days, or, where that is more and a week
    or longer, as in the days of them since the first poll.
    """
    since, first = today - _GUARDED, archive.feeds.first_poll_at()
    recent = max(since, first.date()) if first else since
    all_of_it, lately = Tally(), Tally()
    for sifted in sift(archive, [query], Facets(since=since, until=today)):
        all_of_it.add(sifted.head.day, sifted.head.record)
        if sifted.head.day >= recent:
            lately.add(sifted.head.day, sifted.head.record)
    volume, days = all_of_it.volume(since, today), (today - recent).days
    a_day = max(volume.total / _GUARDED.days, lately.total / days if days >= _A_WEEK else 0.0)
    return Expectation(a_day, volume.total, volume.departments)


def run_tests(archive: Archive, watch: Watch) -> tuple[ExampleOutcome, ...]:
    """Try the examples that the config gives for a watch. One that the archive does not hold has not passed."""
    outcomes = []
    for test in watch.tests:
        for expect, names in (("match", test.match), ("no_match", test.no_match)):
            for name in names:
                try:
                    record = archive.library.record(archive.library.find_key(name))
                except (NotFoundError, AmbiguousError) as error:
                    outcomes.append(ExampleOutcome(watch.name, expect, name, False, str(error)))
                    continue
                evaluation = ask(watch, _document(archive, record), DepartmentNames.of(archive).same)
                passed = evaluation.matched == (expect == "match")
                blame = ", ".join(clause.text for clause in evaluation.failed) if expect == "match" else ""
                reason = "" if passed else f"not held: {blame}" if blame else "it matches"
                outcomes.append(ExampleOutcome(watch.name, expect, name, passed, reason))
    return tuple(outcomes)


@dataclass(slots=True)
class _Pair:
    """Counts for a watch as it was and as it is."""

    before: Tally = field(default_factory=Tally)
    now: Tally = field(default_factory=Tally)
    gains: Tally = field(default_factory=Tally)
    loses: Tally = field(default_factory=Tally)

    def add(self, day: date, record: Record, *, before: bool, now: bool) -> None:
        tallies: Sequence[tuple[Tally, bool]] = (
            (self.before, before), (self.now, now), (self.gains, now and not before), (self.loses, before and not now),
        )  # fmt: skip
        for tally, counts in tallies:
            if counts:
                tally.add(day, record)

    def revision(self, was: str, now: str, since: date, until: date) -> Revision:
        return Revision(
            was, now, self.before.volume(since, until), self.now.volume(since, until),
            Difference(self.gains.total, self.gains.samples), Difference(self.loses.total, self.loses.samples),
        )  # fmt: skip


def _document(archive: Archive, record: Record) -> Document:
    return read_record(record, attachments=archive.papers.texts_of(record.key, record.version))
