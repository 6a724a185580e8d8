"""Spans of days that ministers speak of: seasons, quarters, recesses and feasts, as the days they may mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
MONTHS = (
    "january february march april may june july august september october november december".split()
)  # fmt: skip
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The month a season begins in; each has three."""
RECESSES = {
    "february": (2, 28), "half-term": (2, 28), "easter": (4, 30), "spring": (4, 30), "whitsun": (5, 31), "summer": (7, 31),
    "conference": (9, 30), "autumn": (9, 30), "november": (11, 30), "christmas": (12, 31), "winter": (12, 31),
}  # fmt: skip
"""The last day by which the House has risen, by convention: the month's end."""
FEASTS = {
    "new year's day": (1, 1), "burns night": (1, 25), "st david's day": (3, 1), "st patrick's day": (3, 17), "lady day": (3, 25),
    "st george's day": (4, 23), "may day": (5, 1), "whitsun": (5, 31), "whitsuntide": (5, 31), "michaelmas": (9, 29),
    "remembrance day": (11, 11), "remembrance sunday": (11, 14), "st andrew's day": (11, 30), "christmas day": (12, 25),
    "christmas": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year's eve": (12, 31), "midsummer": (6, 24),
    "midsummer day": (6, 24), "midsummer's day": (6, 24),
}  # fmt: skip
"""Feasts with a day of their own; Easter moves and is reckoned."""
_BY_EASTER = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2}


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included, and the size of the period that was named."""

    first: date
    last: date
    grain: str = "day"

    def clipped(self, day: date) -> Span:
        """The part from `day` on, if the span has one."""
        return Span(max(self.first, day), self.last, self.grain) if self.last >= day else self


def month_span(year: int, month: int) -> Span:
    """A calendar month; months beyond twelve run into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return Span(date(year, month, 1), following - DAY, "month")


def months_span(year: int, month: int, count: int, grain: str) -> Span:
    """Several months on end."""
    return Span(month_span(year, month).first, month_span(year, month + count - 1).last, grain)


def year_span(year: int) -> Span:
    """A calendar year."""
    return Span(date(year, 1, 1), date(year, 12, 31), "year")


def week_span(day: date) -> Span:
    """The week of a day, from Monday to Sunday."""
    first = day - timedelta(days=day.weekday())
    return Span(first, first + 6 * DAY, "week")


def season_span(name: str, year: int) -> Span:
    """A season by the year it begins in."""
    return months_span(year, SEASONS[name], 3, "season")


def add_months(day: date, count: int) -> date:
    """The same day so many months on, or the month's last."""
    span = month_span(day.year, day.month + count)
    return min(span.first.replace(day=1) + timedelta(days=day.day - 1), span.last)


def easter(year: int) -> date:
    """Easter Sunday (the Gregorian reckoning of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, g = b // 4, b % 4, (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def next_feast(name: str, day: date) -> date | None:
    """The next day, from `day` on, that a feast falls on; None for a name that is no feast."""
    if name in _BY_EASTER:
        found = (easter(day.year + later) + _BY_EASTER[name] * DAY for later in (0, 1))
        return next(one for one in found if one >= day)
    if name not in FEASTS:
        return None
    month, number = FEASTS[name]
    fixed = date(day.year, month, number)
    return fixed if fixed >= day else date(day.year + 1, month, number)


def next_recess(name: str | None, day: date) -> date:
    """The last day before a recess by convention; the nearest recess where none is named."""
    dates = RECESSES.values() if name is None or name not in RECESSES else (RECESSES[name],)
    ends = [date(year, month, number) for year in (day.year, day.year + 1) for month, number in dates]
    return min(end for end in ends if end >= day)
