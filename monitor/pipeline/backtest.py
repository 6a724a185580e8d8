"""Trying a watch on the past: what it would have brought from the archive, and whether its examples hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.errors import AmbiguousError, NotFoundError
from monitor.model.record import Record
from monitor.model.watch import Watch
from monitor.rules.departments import same_department
from monitor.rules.documents import Document, read_record
from monitor.rules.query.evaluating import evaluate
from monitor.rules.watching import query_of
from monitor.store.archive import Archive

_SAMPLES = 5
_DEPARTMENTS = 10


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """One example of a watch: `expect` is match or no_match; `reason` says why it did not hold, or could not be tried."""

    watch: str
    expect: str
    id: str
    passed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BackTest:
    """What a watch would have brought since a day: by week (its Monday), by department, and the newest of them."""

    watch: str
    since: date
    total: int
    weeks: tuple[tuple[date, int], ...]
    departments: tuple[tuple[str, int], ...]
    samples: tuple[Record, ...]
    tests: tuple[ExampleOutcome, ...]


def back_test(archive: Archive, watch: Watch, since: date, until: date) -> BackTest:
    """Hold every publication of a period, as it is now, against a watch. The evaluator is the one that mails go by."""
    query = query_of(watch)
    matched = [
        (day, record)
        for day, record in archive.library.dated_since(since)
        if evaluate(query, _document(archive, record), same_department=same_department).matched
    ]
    weeks: Counter[date] = Counter(day - timedelta(days=day.weekday()) for day, _ in matched)
    departments = Counter(record.department or "no department" for _, record in matched)
    return BackTest(
        watch=watch.name,
        since=since,
        total=len(matched),
        weeks=tuple((monday, weeks[monday]) for monday in _mondays(since, until)),
        departments=tuple(departments.most_common(_DEPARTMENTS)),
        samples=tuple(record for _, record in matched[-_SAMPLES:][::-1]),
        tests=run_tests(archive, watch),
    )


def run_tests(archive: Archive, watch: Watch) -> tuple[ExampleOutcome, ...]:
    """Try the examples that the config gives for a watch. One that the archive does not hold has not passed."""
    query = query_of(watch)
    outcomes = []
    for test in watch.tests:
        for expect, names in (("match", test.match), ("no_match", test.no_match)):
            for name in names:
                try:
                    record = archive.library.record(archive.library.find_key(name))
                except (NotFoundError, AmbiguousError) as error:
                    outcomes.append(ExampleOutcome(watch.name, expect, name, False, str(error)))
                    continue
                evaluation = evaluate(query, _document(archive, record), same_department=same_department)
                passed = evaluation.matched == (expect == "match")
                blame = ", ".join(clause.text for clause in evaluation.failed) if expect == "match" else ""
                reason = "" if passed else f"not held: {blame}" if blame else "it matches"
                outcomes.append(ExampleOutcome(watch.name, expect, name, passed, reason))
    return tuple(outcomes)


def _document(archive: Archive, record: Record) -> Document:
    return read_record(record, attachments=archive.papers.texts_of(record.key, record.version))


def _mondays(since: date, until: date) -> Iterator[date]:
    monday = since - timedelta(days=since.weekday())
    while monday <= until:
        yield monday
        monday += timedelta(days=7)
