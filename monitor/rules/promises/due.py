"""When a document is promised for: phrases of time in a sentence, each with the days it allows.

A phrase is put together from a limit (`by`, `before`, `within`), a part (`the end of`, `early`) and a period (`March`,
`next week`, `the summer recess`). Days are counted from the day of the statement, as the README of the labelled
promises lays down: an open phrase ("shortly") has no last day, and no promise is called overdue early.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from monitor.rules.promises.calendar import (
    DAY,
    MONTHS,
    Span,
    add_months,
    next_recess,
)
from monitor.rules.promises.periods import PERIOD, period_span

Sort = Literal["now", "span", "open", "past", "habit", "same"]

_NUMBERS = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve".split()
)} | {"a": 1, "an": 1, "the next": 1, "a couple of": 2, "couple": 2,
     "eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}  # fmt: skip
_NUMBER = r"(?:\d{1,3}|" + "|".join(sorted((re.escape(word) for word in _NUMBERS), key=len, reverse=True)) + ")"
_SITTING = "statement|announcement|written statement|written ministerial statement"

_NOW = re.compile(
    r"(?:(?:as\s+)?(?:from|of|since)\s+)?(?:(?:later|earlier)\s+(?:on\s+)?)?(?:today(?!['\u2019]s)|this\s+(?:very\s+)?(?:morning"
    r"|afternoon|evening)|tonight|this\s+day)"
    r"(?:,?\s+later\s+(?:today|this\s+(?:afternoon|evening)))?"
    rf"|(?:together\s+|along)?(?:with|alongside|at\s+the\s+same\s+time\s+as|to\s+accompany"
    rf"|accompanying)\s+(?:this|today['\u2019]s|my)\s+(?:{_SITTING})"
    r"|(?:from|at|by|after|since)\s+(?:noon|midday|[\w-]+\s+o['\u2019]clock|\d{1,2}(?:[.:]\d\d)?\s*[ap]\.?m\b\.?)(?!\s*,?\s*(?:on|tomorrow|next)\b)"
    r"|straight\s*away|immediately(?!\s+(?:after|following|before|upon|on))|(?:now|as\s+of\s+today|from\s+today)",
    re.IGNORECASE,
)
_CLAUSE = (
    r"(?:(?!\s(?:the|its|our|their|an?|his|her|my|it|they|I|we)\b"
    r"(?:(?!\b(?:is|are|has|have|was|were|been)\b)[^,;.]){0,80}?\s(?:will|shall)\b)[^,;.])*"
)
"""A clause of time, up to a comma or to the subject of the clause that it leads: `once they are made | the names will be`."""
_OPEN = re.compile(
    r"(?:(?:very\s+)?(?:shortly|soon)(?!\s+(?:after|before))|in\s+due\s+course"
    r"|before\s+(?:too\s+)?long|in\s+the\s+(?:very\s+)?near\s+future|in\s+(?:good|due)\s+time"
    r"|(?:in|over|during|within)\s+the\s+(?:coming|next\s+few|next\s+couple\s+of|following"
    r"|next\s+several)\s+(?:days|weeks|months|years)(?:\s+and\s+(?:weeks|months|years))?"
    r"|within\s+(?:days|weeks|months)|(?:at|on)\s+(?:the\s+earliest\s+(?:possible\s+)?opportunity"
    r"|a\s+later\s+(?:date|stage)|the\s+(?:appropriate|right)\s+time)"
    r"|as\s+soon\s+as\b" + _CLAUSE + r"|as\s+quickly\s+as\s+possible|once\s" + _CLAUSE + r"|when\s+(?:ready"
    r"|complete|available|(?:it|they|this|these)\s+(?:is|are|has|have)\b" + _CLAUSE + r")"
    r"|when\s+parliamentary\s+time\s+allows|at\s+the\s+conclusion\s+of\b[^,;.]*"
    r"|later\s+(?:in|on\s+in)\s+(?:this|the)\s+(?:Parliament|Session)|(?:by|before"
    r"|within)\s+(?:the\s+end\s+of\s+)?(?:this|the)\s+(?:parliamentary\s+)?(?:Parliament"
    r"|[Ss]ession))",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?:yesterday|last\s+(?:\w+\s+)?(?:night|week|month|year|spring|summer|autumn|winter|session|parliament|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)"
    r"|earlier\s+(?:this|in\s+the|in)\s+(?:week|month|year|session|spring|summer|autumn|winter"
    r"|\w+)|previously|already|recently|formerly|originally"
    rf"|(?:some\s+|about\s+|over\s+)?(?:{_NUMBER}|several|some|many|a\s+few|a\s+couple\s+of|(?:\w+teen|\w+ty))"
    r"\s+(?:days?|weeks?|months?|years?)\s+ago|a\s+fortnight\s+ago"
    r"|in\s+\w+\s+(?:of\s+)?last\s+year|(?:last|past)\s+(?:few\s+)?(?:days|weeks|months))\b",
    re.IGNORECASE,
)
_OFTEN = "day|week|fortnight|month|quarter|year|autumn|spring|summer|winter|sitting|session|" + "|".join(
    f"{month}" for month in MONTHS
)
_HABIT = re.compile(
    rf"(?:every\s+(?:\w+\s+)?(?:{_OFTEN}|\w+day)s?|each\s+(?:{_OFTEN}|\w+day)"
    r"|on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)days|(?:once|twice|four\s+times|three\s+times)\s+(?:a|each|every)\s+\w+|regularly|routinely"
    r"|periodically|annually|from\s+time\s+to\s+time|normally|usually|on\s+an?\s+(?:annual|monthly"
    r"|quarterly|regular|weekly|rolling|ongoing)\s+basis"
    r"|(?:if|as|when)\s+and\s+(?:if|when|where)\b[^,;.]*|whenever|in\s+the\s+event\s+(?:of|that)|in\s+(?:each|every|any)\s+case\s+(?:where|in)"
    r"|(?:if|when|where|wherever|as)\s+(?:necessary|needed|required|appropriate)|case\s+by\s+case|(?:year|month|week)\s+(?:by|on|after)"
    r"\s+(?:year|month|week)|over\s+time|on\s+each\s+occasion|at\s+(?:all|any)\s+times?"
    r"|at\s+(?:regular|monthly|quarterly)\s+intervals|(?:monthly|quarterly|weekly"
    r"|daily)(?=\s*(?:[.,;]|$|and\b|on\b|by\b|in\b|from\b|at\b)))",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"(?:(?:on\s+)?(?:that|the)\s+(?:very\s+)?same\s+day|on\s+that\s+(?:day|date)|at\s+the\s+same\s+time(?!\s+as))",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"(?<![^\W_])(?:within|in|over|during|inside|no\s+(?:later|more)\s+than)\s+(?:the\s+)?(?:next\s+"
    rf"|coming\s+|following\s+)?(?P<count>{_NUMBER})[\s-]+(?:working\s+|calendar\s+|sitting\s+)?"
    r"(?P<unit>day|week|fortnight|month|year|hour)s?(?:['\u2019]?(?:\s+time)?)?(?!\s+(?:of|after"
    r"|from|before|since|either|to)\b(?!\s+(?:today|this\s+statement|now)))",
    re.IGNORECASE,
)
_HENCE = re.compile(
    rf"(?<![^\W_])(?P<count>{_NUMBER})\s+(?P<unit>day|week|fortnight|month|year)s?['\u2019]?(?:\s+time)?(?:\s+(?:from\s+(?:now|today)|hence))",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"(?<![^\W_])before\s+(?:the|this)\s+(?P<period>week|month|year|winter|spring|summer|autumn)\s+(?:is\s+(?:out|over)|ends)",
    re.IGNORECASE,
)
_RECESS = re.compile(
    r"(?<![^\W_])(?P<limit>before|by(?:\s+the\s+time(?:\s+that)?)?|ahead\s+of|in\s+advance\s+of|until)\s+(?:the\s+start\s+of\s+)?(?:(?:the"
    r"|this)\s+)?(?:(?:House|Houses|Parliament|both\s+Houses)\s+(?:rises?|adjourns?"
    r"|breaks?(?:\s+up)?)(?:\s+for\s+(?:the\s+|its\s+)?)?)?"
    r"(?P<name>\w[\w-]*)?\s*(?P<break>recess|adjournment|break)?",
    re.IGNORECASE,
)
_LIMIT = (
    r"(?:(?:at|from|by)\s+(?:noon|midday|midnight|\d{1,2}[.:]\d\d(?:\s*[ap]\.?m\.?)?"
    r"|\d{1,2}\s*[ap]\.?m\.?)\s*,?\s*(?:on)?)|(?:in\s+the\s+course\s+of|on\s+the\s+(?:morning"
    r"|afternoon|evening)\s+of)|(?P<limit>by\s+no\s+later\s+than|(?:no|not)\s+later\s+than"
    r"|on\s+or\s+before|by|before|ahead\s+of|within|until|prior\s+to)"
    r"|(?:(?:later|some\s*time|sometime|at\s+some\s+point)\s+)?(?:in|on|from|during|at|over"
    r"|throughout|towards?|around|starting|this\s+coming|with\s+effect\s+from)|(?:later"
    r"|some\s*time|sometime|also)"
)
_PART = (
    r"(?:the\s+|about\s+the\s+)?(?P<part>(?:very\s+)?end|turn|close|beginning|start|middle"
    r"|first\s+half|second\s+half|(?:first|last)\s+(?:three|six)\s+months|(?:first|second|third|fourth|final|last)\s+(?:quarter|week"
    r"|fortnight|days?|few\s+days))\s+(?:of\s+)?"
    r"|(?P<part2>early|late|mid)(?:\s+|-)(?:in\s+)?(?:the\s+)?"
)
_SPAN = re.compile(rf"(?<![^\W_])(?:(?:{_LIMIT})\s+)?(?:{_PART})?(?P<period>{PERIOD})(?![\w-])", re.IGNORECASE)
_YEAR_ONLY = re.compile(r"(?:20|19)\d\d|(?:the\s+)?(?:" + "week|month|day" + r")", re.IGNORECASE)
_OF_PERIOD = re.compile(r"['\u2019]s\b")
"""Behind a period, makes of it the owner of what follows: `this year's report`."""
_HALVES = {
    "first half": (0, 6), "second half": (6, 6), "first quarter": (0, 3), "second quarter": (3, 3), "third quarter": (6, 3),
    "fourth quarter": (9, 3), "final quarter": (9, 3), "last quarter": (9, 3), "first three months": (0, 3),
    "first six months": (0, 6), "last three months": (9, 3), "last six months": (6, 6)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A phrase of time: its place in the sentence, what sort it is, and the days it allows (`last` None = open)."""

    text: str
    start: int
    end: int
    sort: Sort
    first: date
    last: date | None


def find_dues(sentence: str, made_on: date) -> Iterator[Due]:
    """Every phrase of time in a sentence, in no order; they may overlap, and the longest is meant."""
    plain: tuple[tuple[Sort, re.Pattern[str], date | None], ...] = (
        ("now", _NOW, made_on), ("open", _OPEN, None), ("past", _PAST, made_on),
        ("habit", _HABIT, None), ("same", _SAME, made_on),
    )  # fmt: skip
    for sort, pattern, last in plain:
        for found in pattern.finditer(sentence):
            if found.start() == 0 or not sentence[found.start() - 1].isalnum():
                yield Due(found.group(), found.start(), found.end(), sort, made_on, last)
    yield from _reckoned(sentence, made_on, _WITHIN, _within)
    yield from _reckoned(sentence, made_on, _HENCE, _within)
    yield from _reckoned(sentence, made_on, _OVER, _period_over)
    yield from _reckoned(sentence, made_on, _RECESS, _recess)
    yield from _reckoned(sentence, made_on, _SPAN, _period)


def _reckoned(
    sentence: str,
    made_on: date,
    pattern: re.Pattern[str],
    reckon: Callable[[re.Match[str], date], tuple[Span, Sort] | None],
) -> Iterator[Due]:
    for found in pattern.finditer(sentence):
        answer = reckon(found, made_on)
        if answer is not None:
            span, sort = answer
            text = found.group().rstrip()
            yield Due(text, found.start(), found.start() + len(text), sort, span.first, span.last)


def _within(found: re.Match[str], made_on: date) -> tuple[Span, Sort]:
    word = found["count"].lower()
    count = int(word) if word.isdigit() else _NUMBERS[word]
    unit = found["unit"].lower()
    if unit == "hour":
        last = made_on + DAY * -(-count // 24)
    elif unit in ("month", "year"):
        last = add_months(made_on, count * (12 if unit == "year" else 1))
    else:
        last = made_on + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return Span(made_on, last), "span"


def _period_over(found: re.Match[str], made_on: date) -> tuple[Span, Sort] | None:
    span = period_span("this " + found["period"], made_on)
    return None if span is None else (Span(made_on, span.last), "span")


def _recess(found: re.Match[str], made_on: date) -> tuple[Span, Sort] | None:
    name = (found["name"] or "").lower()
    rises = re.search(r"\b(?:rises?|adjourns?|breaks?)\b", found.group(), re.IGNORECASE) is not None
    if name == "recess" or (rises and not name):
        return Span(made_on, next_recess(None, made_on)), "span"
    if found["break"] or rises:
        return Span(made_on, next_recess(name, made_on)), "span"
    return (Span(made_on, next_recess("summer", made_on)), "span") if name == "summer" and _says_before(found) else None


def _says_before(found: re.Match[str]) -> bool:
    return found["limit"].lower() != "by" and not re.match(r"\s*(?:of\s+)?20\d\d", found.string[found.end() :])


def _period(found: re.Match[str], made_on: date) -> tuple[Span, Sort] | None:
    period, part, limit = found["period"], found["part"] or found["part2"], (found["limit"] or "").lower()
    bare = found.group() == period
    span = period_span(period, made_on)
    if span is None or (bare and (_YEAR_ONLY.fullmatch(period) or _OF_PERIOD.match(found.string, found.end()))):
        return None
    if part:
        span = _part_of(span, " ".join(part.lower().split()), made_on)
    sort: Sort = "past" if span.last < made_on else "span"
    if limit == "before" or limit in ("ahead of", "prior to"):
        whole = part is not None and part.lower().endswith(("end", "turn", "close"))
        last = span.last if whole or span.grain in ("feast", "season") else span.first - DAY
        return Span(made_on, max(last, made_on)), sort
    if limit and limit not in ("within", "until"):
        return Span(made_on, span.last) if sort == "span" else span, sort
    return span.clipped(made_on), sort


def _part_of(span: Span, part: str, made_on: date) -> Span:
    """The part of a period that is meant, by the conventions of the README."""
    if part in _HALVES and span.grain == "year":
        skip, count = _HALVES[part]
        first = add_months(span.first, skip)
        return Span(first, add_months(first, count) - DAY, "month")
    if part.endswith(("end", "turn", "close")):
        return Span(min(made_on, span.last), span.last, span.grain)
    if part in ("early", "beginning", "start") and span.grain == "year":
        return Span(span.first, add_months(span.first, 3) - DAY, "month")
    if part == "late" and span.grain == "year":
        return Span(add_months(span.first, 9), span.last, "month")
    if part in ("mid", "middle") and span.grain == "year":
        return Span(add_months(span.first, 3), add_months(span.first, 9) - DAY, "month")
    if part in ("mid", "middle") and span.grain == "month":
        return Span(span.first + timedelta(days=10), span.first + timedelta(days=19), "week")
    if part.startswith(("first", "final", "last")) and span.grain in ("month", "year", "season"):
        length = timedelta(days=13 if "fortnight" in part else 6)
        return (
            Span(span.first, span.first + length, "week")
            if part.startswith("first")
            else Span(span.last - length, span.last, "week")
        )
    return span
