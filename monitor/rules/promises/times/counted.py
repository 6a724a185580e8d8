"""Times that are counted from another: within two weeks, in ten days' time, a week today, two weeks on Friday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from monitor.rules.promises.times.calendar import DAY, Span, add_months
from monitor.rules.promises.times.periods import A_DAY, period_span, phrase

_COUNTED = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_NUMBERS = {word: number for number, word in enumerate(_COUNTED)} | {
    "a": 1, "an": 1, "the next": 1, "a couple of": 2, "couple": 2, "a dozen": 12, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "a hundred": 100, "one hundred": 100,
}  # fmt: skip
_NUMBERS |= {
    f"{ten}-{unit}": 10 * number + _NUMBERS[unit]
    for number, ten in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
    for unit in _COUNTED[1:10]
}
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted((re.escape(word) for word in _NUMBERS), key=len, reverse=True)) + ")"
"""A number in figures or in words."""
_ABOUT = (
    r"(?:(?:some|about|around|roughly|just|under|up\s+to|at\s+most|less\s+than|fewer\s+than|(?:no|not)\s+more\s+than"
    r"|another|a\s+further|the\s+space\s+of|the\s+course\s+of)\s+)*"
)
WITHIN = phrase(
    rf"(?:within|in|over|during|inside|(?:no|not)\s+(?:later|more)\s+than)\s+{_ABOUT}(?:the\s+)?(?:(?:next|coming|following)\s+)?"
    rf"(?P<count>{NUMBER})(?:\s*(?:to|or|-|\u2013)\s*(?P<most>{NUMBER}))?[\s-]+(?:working\s+|calendar\s+|sitting\s+)?"
    r"(?P<unit>day|week|fortnight|month|year|hour)(?:['\u2019]s|s['\u2019]?)?(?![a-z])(?:\s+time)?"
    r"(?:\s+(?:of|from|after)\s+(?:today|this\s+(?:statement|announcement)|now))?(?!\s+(?:of|after|from|before|since|either|to)\b)"
)
HENCE = phrase(
    rf"(?P<count>{NUMBER})\s+(?P<unit>day|week|fortnight|month|year)s?['\u2019]?(?:\s+time)?(?:\s+(?:from\s+now|hence))"
)
ON = phrase(
    rf"(?:(?<!for\s)(?P<count>{NUMBER})\s+(?P<unit>day|week|fortnight|month)s?\s+(?:(?:from|after|on)\s+)?"
    rf"(?P<day>today|tomorrow|{A_DAY})"
    r"|(?:on\s+)?(?P<first>today|tomorrow|this\s+day)\s+(?P<then>week|fortnight)"
    r"|(?:on\s+)?the\s+(?P<after>day)\s+after\s+tomorrow"
    r"|(?:at|from)\s+(?P<night>(?:a|one)\s+minute\s+past\s+midnight)(?!\s*,?\s*(?:on|tomorrow|next)))"
)
OVER = phrase(
    r"before\s+(?:the|this)\s+(?P<period>day|week|month|financial\s+year|year|winter|spring|summer|autumn)\s+(?:is\s+(?:out|over"
    r"|done|up)|ends|has\s+ended)"
)


def within(found: re.Match[str], made_on: date) -> Span:
    """`within six to eight weeks`: from the day of the statement to the last that is meant."""
    count, unit = _number(found.groupdict().get("most") or found["count"]), found["unit"].lower()
    if unit == "hour":
        return Span(made_on, made_on + DAY * ((count + 12) // 24))
    return Span(made_on, _later(made_on, count, unit))


def on_day(found: re.Match[str], made_on: date) -> Span | None:
    """`a week today`, `two weeks on Friday`, `the day after tomorrow`: that very day."""
    if found["after"] or found["night"]:
        day = made_on + (2 * DAY if found["after"] else DAY)
        return Span(day, day)
    count, unit = ("a", found["then"]) if found["then"] else (found["count"], found["unit"])
    words = (found["day"] or found["first"]).lower()
    start = Span(made_on, made_on) if words in ("today", "this day") else period_span(words, made_on)
    if start is None:
        return None
    day = _later(start.last, _number(count), unit.lower())
    return Span(day, day)


def period_over(found: re.Match[str], made_on: date) -> Span | None:
    """`before the week is out`: to the end of that period."""
    if found["period"].lower() == "day":
        return Span(made_on, made_on)
    span = period_span("this " + " ".join(found["period"].split()), made_on)
    return None if span is None else Span(made_on, max(span.last, made_on))


def _number(words: str) -> int:
    low = " ".join(words.lower().split())
    return int(low) if low.isdigit() else _NUMBERS[low]


def _later(day: date, count: int, unit: str) -> date:
    if unit in ("month", "year"):
        return add_months(day, count * (12 if unit == "year" else 1))
    return day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
