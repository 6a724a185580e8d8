"""A tally: what one query would have brought, by week and department, with the newest of it. Pure."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from monitor.model.record import Record

SAMPLES = 5
_DEPARTMENTS = 10
_WEEK = timedelta(days=7)
NO_DEPARTMENT = "no department"


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its Monday, and how many publications of it matched."""

    monday: date
    count: int


@dataclass(frozen=True, slots=True)
class Volume:
    """How much a query would have brought between two days, both included: by week, and of which departments most."""

    since: date
    until: date
    total: int
    weeks: tuple[Week, ...]
    departments: tuple[tuple[str, int], ...]
    samples: tuple[Record, ...]

    @property
    def a_day(self) -> float:
        """Matches a day, the whole time together."""
        return self.total / max(1, (self.until - self.since).days + 1)

    @property
    def a_week(self) -> float:
        """Matches in seven days."""
        return 7 * self.a_day

    @property
    def busiest(self) -> Week | None:
        """The week that brought most, the latest of several; None where nothing matched."""
        return max(reversed(self.weeks), key=lambda week: week.count) if self.total else None

    @property
    def median(self) -> float:
        """What half of the weeks stay below; the first and the last may be cut short and count all the same."""
        return float(median(week.count for week in self.weeks)) if self.weeks else 0.0


class Tally:
    """Counts what matches, in the order of its days."""

    def __init__(self) -> None:
        self._weeks: Counter[date] = Counter()
        self._departments: Counter[str] = Counter()
        self._newest: deque[Record] = deque(maxlen=SAMPLES)

    def add(self, day: date, record: Record) -> None:
        """Count one publication that matched."""
        self._weeks[_monday(day)] += 1
        self._departments[record.department or NO_DEPARTMENT] += 1
        self._newest.append(record)

    @property
    def total(self) -> int:
        """How many matched so far."""
        return self._weeks.total()

    @property
    def samples(self) -> tuple[Record, ...]:
        """The newest of them, newest first."""
        return tuple(reversed(self._newest))

    def volume(self, since: date, until: date) -> Volume:
        """What it came to."""
        last = max([until, *self._weeks])
        weeks = tuple(Week(monday, self._weeks[monday]) for monday in _mondays(since, last))
        return Volume(since, until, self.total, weeks, tuple(self._departments.most_common(_DEPARTMENTS)), self.samples)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _mondays(since: date, until: date) -> Iterator[date]:
    monday = _monday(since)
    while monday <= until:
        yield monday
        monday += _WEEK
