"""Days and ranges of days as `date:` takes them: 2024, 2024-11, 2024-11-05, 2024..2025, 2024-11.., ..2024."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from monitor.rules.query.mistakes import Origin
from monitor.rules.query.tree import DateRange

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_FORMS = "write date:2024, date:2024-11, date:2024-11-05, or a range: date:2024-11..2025-02, date:2024.., date:..2024"


def parse_dates(origin: Origin, value: str, at: int) -> DateRange:
    """Read what stands after `date:`, which begins at `at`. Raises QueryError."""
    first, dots, last = value.partition("..")
    if not first and not last:
        raise origin.mistake(at, "a range needs a day at one end at least", _FORMS)
    if last.startswith("."):
        raise origin.mistake(at + len(first) + 2, "a range has two dots", _FORMS)
    since = _span(origin, first, at)[0] if first else None
    until_at = at + len(first) + len(dots)
    until = _span(origin, last if dots else first, until_at if dots else at)[1] if last or not dots else None
    if since and until and until < since:
        raise origin.mistake(at, "this range ends before it begins", f"write date:{last}..{first}")
    return DateRange(f"date:{value}", since, until)


def _span(origin: Origin, text: str, at: int) -> tuple[date, date]:
    """First and last day of a year, a month or a day."""
    found = _DAY.fullmatch(text)
    if not found:
        turned = _DAY_FIRST.fullmatch(text)
        help = f"write date:{turned[3]}-{turned[2]:0>2}-{turned[1]:0>2}" if turned else _FORMS
        raise origin.mistake(at, f"{text} is not a date", help)
    year, month, day = int(found[1]), found[2], found[3]
    if not 1 <= year <= 9999:
        raise origin.mistake(at, f"there is no year {text}", _FORMS)
    if month and not 1 <= int(month) <= 12:
        raise origin.mistake(at + 5, f"there is no month {month}", "months go from 01 to 12, after the year")
    if day and not 1 <= int(day) <= monthrange(year, int(month))[1]:
        last = monthrange(year, int(month))[1]
        raise origin.mistake(at + 8, f"there is no day {day} in {year}-{month}", f"its last day is {last}")
    first = date(year, int(month or 1), int(day or 1))
    last_month = int(month or 12)
    return first, date(year, last_month, int(day or monthrange(year, last_month)[1]))
