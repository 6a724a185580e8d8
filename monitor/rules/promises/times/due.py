"""When a document is promised for: phrases of time in a sentence, each with the days it allows.

A phrase is put together from a limit (`by`, `before`, `within`), a part (`the end of`, `early`) and a period (`March`,
`next week`, `the summer recess`). Days are counted from the day of the statement, as the README of the labelled
promises lays down: an open phrase ("shortly") has no last day, and no promise is called overdue early.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.rules.promises.times.calendar import DAY, Span, add_months, month_span
from monitor.rules.promises.times.counted import HENCE, ON, OVER, WITHIN, on_day, period_over, within
from monitor.rules.promises.times.moments import HABIT, NOW, OPEN, PAST, SAME, Sort
from monitor.rules.promises.times.periods import PERIOD, period_span, phrase
from monitor.rules.promises.times.sittings import (
    AFTER,
    BACK,
    BEFORE,
    BEFORE_EVENT,
    END_OF_TERM,
    back_in,
    before_event,
    before_recess,
    end_of_term,
)

_CLOCK = (
    r"(?:noon|midday|midnight|(?:a|one)\s+minute\s+past\s+midnight|half[\s-]past\s+\w+|\w+\s+(?:o['\u2019]clock|in\s+the\s+(?:morning|afternoon|evening))|\d{1,2}[.:]\d\d"
    r"(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
)
_CLOSE = r"(?:the\s+)?(?:close|end|start|opening)\s+of\s+(?:business|play|trading|the\s+(?:working\s+)?day)(?:\s+on)?"
_LIMIT = (
    rf"(?:(?:at|from|by|since)\s+{_CLOCK}\s*,?\s*(?:on)?)|(?:in\s+the\s+course\s+of|on\s+the\s+(?:morning|afternoon|evening)\s+of"
    rf"|at\s+{_CLOSE})|(?P<limit>(?:at\s+the\s+latest\s+)?by(?:\s+{_CLOSE})?|by\s+no\s+later\s+than|(?:no|not)\s+(?:be\s+)?later\s+than"
    r"|on\s+or\s+before|before|ahead\s+of|within|inside|until|prior\s+to|this\s+side\s+of|between\s+now\s+and|in\s+time\s+for"
    r"|by\s+this\s+time|(?:no|not)\s+(?:earlier|sooner)\s+than|not\s+before|not\s+until)"
    r"|(?:(?:later|some\s*time|sometime|at\s+some\s+point)\s+)?(?:in|on|from|during|at|over|across|through"
    r"|throughout|towards?|around|starting|this\s+coming|with\s+effect\s+from|as\s+(?:of|from)|on\s+or\s+(?:about|around)|come"
    r"|first\s+thing(?:\s+on)?)|(?:later|some\s*time|sometime|also)"
)
_FROM = frozenset(
    ("no earlier than", "not earlier than", "no sooner than", "not sooner than", "not before", "not until")
)
_EXCLUSIVE = frozenset(("before", "ahead of", "prior to", "this side of", "in time for"))
_PART = (
    r"(?:the\s+|about\s+the\s+)?(?P<part>(?:very\s+)?end|turn|close|beginning|start|middle|back\s+end"
    r"|(?:first|second|latter|former)\s+half|(?:early|latter|later)\s+part|(?:first|last)\s+(?:three|six)\s+months"
    r"|(?:first|second|third|fourth|final|last)\s+quarter|(?:first|opening|early|second|third|final|last|closing|dying)"
    r"\s+(?:few\s+|two\s+|couple\s+of\s+)?(?:weeks?|fortnight|days?|months?))\s+(?:of\s+)?"
    r"|(?P<part2>early|late|mid)(?:\s+|-)(?:in\s+)?(?:the\s+)?"
)
_SPAN = phrase(
    rf"(?:(?:{_LIMIT})\s+)?(?:{_PART})?(?P<period>{PERIOD})(?![\w-])(?P<edge>\s+at\s+the\s+(?:latest|earliest))?"
)
_EITHER = phrase(
    r"(?:(?:some\s*time\s+)?(?:in|on|during|over|between|from)\s+)?(?:(?:early|late|mid)(?:\s+|-))?"
    rf"(?P<one>{PERIOD}|\d{{1,2}})\s+(?:or|and|to)\s+(?:(?:in|on)\s+)?(?:(?:early|late|mid)(?:\s+|-))?(?P<two>{PERIOD})(?![\w-])"
)
_YEAR_ONLY = re.compile(r"(?:20|19)\d\d|(?:the\s+)?(?:" + "week|month|day" + r")", re.IGNORECASE)
_OF_PERIOD = re.compile(r"['\u2019]s\b")
"""Behind a period, makes of it the owner of what follows: `this year's report`."""
_HALVES = {
    "first half": (0, 6), "second half": (6, 6), "first quarter": (0, 3), "second quarter": (3, 3), "third quarter": (6, 3),
    "fourth quarter": (9, 3), "final quarter": (9, 3), "last quarter": (9, 3), "first three months": (0, 3),
    "first six months": (0, 6), "last three months": (9, 3), "last six months": (6, 6)}  # fmt: skip


_SAME_PART = {
    "beginning": "early", "start": "early", "early part": "early", "latter half": "second half", "former half": "first half",
    "latter part": "second half", "later part": "second half", "back end": "second half",
} | {
    f"{order} {few}{unit}": f"{'first' if order in ('first', 'opening', 'early') else 'last'} {unit}"
    for order in ("first", "opening", "early", "final", "last", "closing", "dying")
    for few in ("", "few ", "two ", "couple of ")
    for unit in ("day", "days", "week", "weeks", "fortnight", "month", "months")
}  # fmt: skip
"""What is called by several names: `the opening few days` are the first."""
_AFTERWARDS = {"fortnight": 14, "week": 7, "next": 1, "following": 1, "after": 1, "later": 1}
_Reading = tuple[date, date | None, Sort]


@dataclass(frozen=True, slots=True)
class Due:
    """A phrase of time: its place in the sentence, what sort it is, and the days it allows (`last` None = open)."""

    text: str
    start: int
    end: int
    sort: Sort
    first: date
    last: date | None


def after_day(named: Due, words: str) -> Due:
    """What `that same day`, `the next day`, `a week later` mean after the day that was named last."""
    said = words.lower().split()
    days = next((count for word, count in _AFTERWARDS.items() if word in said), 0)
    last = None if named.last is None else named.last + days * DAY
    return replace(named, text=words, first=named.first + days * DAY, last=last) if days else named


def find_dues(sentence: str, made_on: date) -> Iterator[Due]:
    """Every phrase of time in a sentence, in no order; they may overlap, and the longest is meant."""
    plain: tuple[tuple[Sort, re.Pattern[str], date | None], ...] = (
        ("now", NOW, made_on), ("open", OPEN, None), ("past", PAST, made_on), ("open", AFTER, None),
        ("habit", HABIT, None), ("same", SAME, made_on),
    )  # fmt: skip
    for sort, pattern, last in plain:
        for found in pattern.finditer(sentence):
            yield Due(found.group(), found.start(), found.end(), sort, made_on, last)
    for reckoned, reckon in _RECKONED:
        for found in reckoned.finditer(sentence):
            answer = reckon(found, made_on)
            if answer is not None:
                first, last, sort = answer
                text = found.group().rstrip()
                yield Due(text, found.start(), found.start() + len(text), sort, first, last)


def _days(reckon: Callable[[re.Match[str], date], Span | None]) -> Callable[[re.Match[str], date], _Reading | None]:
    """A reckoning that tells days only, as one that says what sort of phrase they are."""

    def read(found: re.Match[str], made_on: date) -> _Reading | None:
        span = reckon(found, made_on)
        return None if span is None else (span.first, span.last, "span")

    return read


def _back(found: re.Match[str], made_on: date) -> _Reading:
    span = back_in(found, made_on)
    return (made_on, None, "open") if span is None else (span.first, span.last, "span")


def _either(found: re.Match[str], made_on: date) -> _Reading | None:
    """`in May or June`, `between Easter and Whitsun`, `on 5 or 6 May`: from the first of one to the last of the other."""
    two = period_span(found["two"], made_on)
    words = found["one"]
    if two is not None and words.isdigit():
        words = re.sub(r"\d{1,2}", words, found["two"], count=1)
    one = period_span(words, made_on) if two is not None and _starts_plain(found["one"]) else None
    if one is None or two is None or one.grain != two.grain or two.last < one.first or one.last < made_on:
        return None
    return max(one.first, made_on), two.last, "span"


def _starts_plain(words: str) -> bool:
    """Whether these words name a period by themselves: not `the week and`, nor a bare `2025 and`."""
    return _YEAR_ONLY.fullmatch(words) is None


def _period(found: re.Match[str], made_on: date) -> _Reading | None:
    period, part = found["period"], found["part"] or found["part2"]
    limit = " ".join((found["limit"] or "").lower().split())
    bare = found.group() == period
    span = period_span(period, made_on)
    if span is None or (bare and _YEAR_ONLY.fullmatch(period)) or _owns(found):
        return None
    if part:
        span = _part_of(span, " ".join(part.lower().split()), made_on)
    sort: Sort = "past" if span.last < made_on else "span"
    if limit in _FROM or (found["edge"] or "").endswith("earliest"):
        return max(span.first, made_on), None, "open"
    if limit in _EXCLUSIVE:
        whole = part is not None and part.lower().endswith(("end", "turn", "close"))
        last = span.last if whole or span.grain in ("feast", "season") else span.first - DAY
        return made_on, max(last, made_on), sort
    if limit == "by this time":
        return made_on, made_on + timedelta(days=7) if span.grain == "week" else span.last, sort
    if (limit and limit not in ("within", "inside", "until")) or found["edge"]:
        return (made_on if sort == "span" else span.first), span.last, sort
    if "past midnight" in found.group().lower() and "tonight" in period:
        span = Span(span.first + DAY, span.last + DAY)
    span = span.clipped(made_on)
    return span.first, span.last, sort


def _owns(found: re.Match[str]) -> bool:
    """Whether a period tells whose something is: `this year's report`, `in February's response`; not `at next week's summit`."""
    led = found.group() == found["period"] or found.group().lower().startswith(("in ", "from ", "on "))
    return led and _OF_PERIOD.match(found.string, found.end()) is not None


def _part_of(span: Span, part: str, made_on: date) -> Span:
    """The part of a period that is meant, by the conventions of the README."""
    part = _SAME_PART.get(part, part)
    if span.grain == "year":
        return _part_of_year(span, part, made_on)
    if part.endswith(("end", "turn", "close")):
        return Span(min(made_on, span.last), span.last, span.grain)
    if span.grain == "month" and part in ("first half", "second half"):
        half = span.first + timedelta(days=14)
        return Span(span.first, half, "week") if part == "first half" else Span(half + DAY, span.last, "week")
    if part in ("mid", "middle") and span.grain == "month":
        first = span.last.replace(day=11)
        return Span(first, first + timedelta(days=9), "week")
    return _first_or_last(span, part) if span.grain in ("month", "season") else span


def _part_of_year(span: Span, part: str, made_on: date) -> Span:
    if part.endswith(("end", "turn", "close")):
        return Span(min(made_on, span.last), span.last, span.grain)
    if part in _HALVES:
        skip, count = _HALVES[part]
        first = add_months(span.first, skip)
        return Span(first, add_months(first, count) - DAY, "month")
    if part in ("early", "first weeks", "first months"):
        return Span(span.first, add_months(span.first, 3) - DAY, "month")
    if part in ("late", "last weeks", "last months"):
        return Span(add_months(span.first, 9), span.last, "month")
    if part in ("mid", "middle"):
        return Span(add_months(span.first, 3), add_months(span.first, 9) - DAY, "month")
    return _first_or_last(span, part)


def _first_or_last(span: Span, part: str) -> Span:
    """`the first week of May`, `the closing days of the year`; several weeks of a month may be any of it."""
    order, _, unit = part.partition(" ")
    if order not in ("first", "last", "second", "third") or not unit.startswith(("day", "week", "fortnight", "month")):
        return span
    if unit == "month":
        return (
            month_span(span.first.year, span.first.month)
            if order == "first"
            else month_span(span.last.year, span.last.month)
        )
    if unit in ("weeks", "months"):
        return span
    length = timedelta(days=13 if unit == "fortnight" else 6)
    skip = timedelta(days={"second": 7, "third": 14}.get(order, 0))
    first = span.last - length if order == "last" else span.first + skip
    return Span(first, min(first + length, span.last), "week")


_RECKONED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], _Reading | None]], ...] = (
    (WITHIN, _days(within)),
    (HENCE, _days(within)),
    (ON, _days(on_day)),
    (OVER, _days(period_over)),
    (BEFORE, _days(before_recess)),
    (END_OF_TERM, _days(end_of_term)),
    (BEFORE_EVENT, _days(before_event)),
    (BACK, _back),
    (_EITHER, _either),
    (_SPAN, _period),
)
