"""Periods that are named in words (`30 October`, `next week`, `the spring`, `2026`), as spans of days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from monitor.rules.promises.times.calendar import (
    DAY,
    MONTHS,
    SEASONS,
    WEEKDAYS,
    Span,
    month_span,
    months_span,
    next_feast,
    season_span,
    week_span,
    year_span,
)


def phrase(words: str) -> re.Pattern[str]:
    """A pattern for words in any case, at the beginning of a word."""
    return re.compile(rf"(?<![^\W_])(?:{words})", re.IGNORECASE)


_MONTH = "(?:" + "|".join(MONTHS) + ")"
_WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
_SEASON = "(?:" + "|".join(SEASONS) + ")"
_YEAR = r"(?:of\s+(?:this|next|the)\s+year|(?:of\s+)?(?:19|20)\d\d(?!\s*[-/\u2013]\s*\d)|next\s+year|this\s+year)"
_DATE = (
    rf"(?:the\s+)?(?:{_WEEKDAY},?\s+)?(?:the\s+)?\d{{1,2}}(?:st|nd|rd"
    rf"|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?!\d)(?:,?\s+(?:19|20)\d\d)?"
)
FEAST = (
    r"(?:Easter(?:\s+(?:Sunday|Monday))?|Good\s+Friday|Whitsun(?:tide)?|Christmas(?:\s+(?:Day|Eve))?|Boxing\s+Day|Michaelmas"
    r"|Lady\s+Day|May\s+Day|Midsummer(?:['\u2019]s\s+Day|\s+Day)?|New\s+Year['\u2019]s\s+(?:Day|Eve)"
    r"|St\.?\s+(?:David|George|Andrew|Patrick)['\u2019]?s\s+Day|Burns\s+Night|Remembrance\s+(?:Day"
    r"|Sunday))"
)
A_DAY = rf"(?:(?:next\s+)?{_WEEKDAY}|{_DATE}|{FEAST})"
"""A single day: a weekday, a date, a feast."""
PERIOD = (
    rf"(?:{_DATE}|the\s+week\s+(?:after|following|before)\s+{FEAST}|the\s+month\s+after\s+next|the\s+year['\u2019]s\s+end"
    rf"|{FEAST}(?:\s+(?:20\d\d|next\s+year|this\s+year))?"
    rf"|(?:the\s+)?(?:week\s+(?:beginning|commencing|starting|of|ending)\s+(?:on\s+)?(?:{_DATE}))"
    r"|(?:the\s+week\s+after\s+next|(?:early\s+)?(?:this|next|the\s+following|the\s+coming"
    r"|the)\s+(?:week|month|fortnight))"
    rf"|(?:this\s+|next\s+|the\s+)?(?:coming\s+)?{_WEEKDAY}(?:\s+(?:next|coming|of\s+(?:this|next)\s+week|week|fortnight))?"
    r"|(?:this\s+|next\s+|the\s+)(?:coming\s+)?weekend"
    r"|tomorrow(?:\s+(?:morning|afternoon|evening))?"
    r"|the\s+\d{1,2}(?:st|nd|rd|th)(?:\s+of\s+(?:this|next)\s+month)?"
    rf"|(?:this\s+|next\s+)?{_MONTH}(?:,?\s+{_YEAR})?"
    rf"|(?:this\s+coming\s+|this\s+|next\s+|the\s+(?:coming\s+)?)?{_SEASON}(?!\s+(?:recess|budget"
    rf"|statement|term|break|school|olympics|fuel))(?:\s+{_YEAR}|\s+term\s+\d+)?"
    r"|(?:this|next|the\s+(?:next|coming|current))\s+quarter"
    r"|the\s+(?:first|second|third|fourth|final|last)\s+quarter(?!\s+of|\s+in|\s+to)"
    r"|Q[1-4](?:\s+(?:of\s+)?(?:20\d\d|this\s+year|next\s+year|the\s+year))?"
    rf"|(?:the\s+)?(?:new\s+year|(?:this|next|the\s+(?:current|coming))\s+financial\s+year"
    rf"|financial\s+year|(?:this|next|the\s+(?:coming|current)|the)\s+(?:calendar\s+)?year"
    rf"|year[-\s]end|(?:the\s+)?decade)"
    r"|20\d\d(?!\s*[-/\u2013]\s*\d))"
)
"""A pattern for any period; to be matched without regard to case, then read by `period_span`."""

_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_DAY_AND_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})|({_MONTH})\s+(\d{{1,2}})(?!\d)")
_FIGURES = re.compile(r"\b((?:19|20)\d\d)\b")
_MAY = re.compile(r"(?:this |next )?may(?: |$)")


def period_span(words: str, made_on: date) -> Span | None:
    """The days that a period's words mean in a statement of `made_on`; None for what is no period after all.

    A date, month or season without a year is the next one to come that is not over.
    """
    if words == "may" or (words.islower() and _MAY.match(words)):
        return None
    low = " ".join(words.lower().replace("\u2019", "'").replace(",", " ").split())
    for reading in (
        _weekend,
        _week_by_feast,
        _week,
        _date,
        _feast,
        _weekday,
        _day_of_month,
        _season,
        _month,
        _quarter,
        _year,
    ):
        span = reading(low, made_on)
        if span is not None:
            return span
    return None


def _year_said(low: str, made_on: date) -> int | None:
    figures = _FIGURES.search(low)
    if figures:
        return int(figures[1])
    if "next year" in low:
        return made_on.year + 1
    return made_on.year if "this year" in low or "of the year" in low else None


def _date(low: str, made_on: date) -> Span | None:
    found = _DAY_AND_MONTH.search(low)
    if found is None:
        return None
    number, month = int(found[1] or found[4]), MONTHS.index(found[2] or found[3]) + 1
    year = _year_said(low, made_on)
    years = (year,) if year else (made_on.year, made_on.year + 1)
    days = [day for day in (_day(each, month, number) for each in years) if day is not None]
    coming = [day for day in days if day >= made_on] or days
    return Span(coming[0], coming[0]) if coming else None


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _weekend(low: str, made_on: date) -> Span | None:
    if "weekend" not in low:
        return None
    saturday = week_span(made_on).first + timedelta(days=12 if "next" in low else 5)
    return Span(saturday, saturday + DAY, "week")


def _week_by_feast(low: str, made_on: date) -> Span | None:
    found = re.fullmatch(r"the week (after|following|before) (.+)", low)
    feast = next_feast(found[2], made_on) if found else None
    if found is None or feast is None:
        return None
    return week_span(feast + timedelta(days=-7 if found[1] == "before" else 7))


def _week(low: str, made_on: date) -> Span | None:
    if "weekday" in low or not re.search(r"\b(?:week|fortnight)\b", low):
        return None
    if re.search(r"\b(?:beginning|commencing|starting|of \d|of the \d)", low):
        day = _date(low, made_on)
        return Span(day.first, day.first + 6 * DAY, "week") if day else None
    if any(name in low for name in WEEKDAYS):
        return None
    if "ending" in low:
        day = _date(low, made_on)
        return Span(day.first - 6 * DAY, day.first, "week") if day else None
    weeks = 2 if "after next" in low else 1 if re.search(r"next|following|coming", low) else 0
    if "fortnight" in low:
        return Span(made_on, made_on + 14 * DAY, "week")
    span = week_span(made_on + timedelta(weeks=weeks))
    return span.clipped(made_on)


def _weekday(low: str, made_on: date) -> Span | None:
    if low.startswith("tomorrow"):
        return Span(made_on + DAY, made_on + DAY)
    name = next((name for name in WEEKDAYS if name in low), None)
    if name is None:
        return None
    number = WEEKDAYS.index(name)
    if "next week" in low:
        day = week_span(made_on).first + timedelta(days=7 + number)
    elif "this week" in low:
        day = week_span(made_on).first + timedelta(days=number)
    else:
        day = made_on + timedelta(days=(number - made_on.weekday() - 1) % 7 + 1)
    day += timedelta(days=14 if low.endswith(" fortnight") else 7 if low.endswith(f"{name} week") else 0)
    return Span(day, day)


def _day_of_month(low: str, made_on: date) -> Span | None:
    found = re.fullmatch(r"the (\d{1,2})(?:st|nd|rd|th)(?: of (this|next) month)?", low)
    if found is None:
        return None
    later = 1 if found[2] == "next" else 0
    for ahead in range(later, later + 3):
        first = month_span(made_on.year, made_on.month + ahead).first
        day = _day(first.year, first.month, int(found[1]))
        if day is not None and day >= made_on:
            return Span(day, day)
    return None


def _feast(low: str, made_on: date) -> Span | None:
    year = _year_said(low, made_on)
    name = re.sub(r"\s+(?:\d{4}|(?:next|this) year)$", "", low).replace("st. ", "st ")
    name = re.sub(r"st (\w+)s day", r"st \1's day", name) if "'" not in name else name
    day = next_feast(name, date(year, 1, 1) if year and year > made_on.year else made_on)
    return Span(day, day, "feast") if day else None


def _season(low: str, made_on: date) -> Span | None:
    name = next((name for name in SEASONS if re.search(rf"\b{name}\b", low)), None)
    if name is None:
        return None
    year = _year_said(low, made_on)
    if year is None and re.match(r"next ", low):
        year = made_on.year + 1
    if year is not None:
        return season_span(name, year)
    spans = (season_span(name, made_on.year + later) for later in (-1, 0, 1))
    return next(span for span in spans if span.last >= made_on)


def _month(low: str, made_on: date) -> Span | None:
    if re.search(r"\bmonth\b", low):
        later = 2 if "after next" in low else 1 if re.search(r"next|following|coming", low) else 0
        span = month_span(made_on.year, made_on.month + later)
        return span.clipped(made_on)
    name = next((name for name in MONTHS if re.search(rf"\b{name}\b", low)), None)
    if name is None:
        return None
    year = _year_said(low, made_on)
    if year is None:
        year = made_on.year + (month_span(made_on.year, MONTHS.index(name) + 1).last < made_on)
    return month_span(year, MONTHS.index(name) + 1)


def _quarter(low: str, made_on: date) -> Span | None:
    if low.endswith(" quarter") and low.split()[-2] not in _ORDER:
        ahead = 0 if re.search(r"this|current", low) else 3
        return months_span(made_on.year, (made_on.month - 1) // 3 * 3 + 1 + ahead, 3, "month").clipped(made_on)
    low = re.sub(r"^the (\w+) quarter$", lambda found: f"q{_ORDER.get(found[1], 0)}", low)
    found = re.match(r"q([1-4])", low)
    if found is None:
        return None
    year = _year_said(low, made_on)
    spans = [
        months_span(each, int(found[1]) * 3 - 2, 3, "month")
        for each in ((year,) if year else (made_on.year, made_on.year + 1))
    ]
    return next((span for span in spans if span.last >= made_on), spans[0])


def _year(low: str, made_on: date) -> Span | None:
    if "new year" in low:
        return months_span(made_on.year + 1, 1, 3, "month")
    if "financial year" in low:
        start = made_on.year - (made_on.month < 4) + ("next" in low or "coming" in low)
        return months_span(start, 4, 12, "year")
    if "decade" in low:
        return Span(made_on, date(made_on.year // 10 * 10 + 9, 12, 31), "year")
    figures = re.fullmatch(r"\d{4}", low)
    if figures:
        return year_span(int(low))
    if re.search(r"\byear\b", low):
        return year_span(made_on.year + ("next" in low or "coming" in low))
    return None
