"""Times by the sittings of the Houses: before the House rises for the summer, when it returns in September, after the recess."""

from __future__ import annotations

import re
from datetime import date

from monitor.rules.promises.times.calendar import DAY, Span, next_recess
from monitor.rules.promises.times.periods import A_DAY, FEAST, PERIOD, period_span, phrase

_WE = r"(?:(?:(?:the|this)\s+)?House|(?:both\s+|the\s+)?Houses|Parliament|we|(?:hon\.?\s+)?Members|colleagues)"
_RISE = r"(?:rises?|adjourns?|breaks?(?:\s+up)?|go(?:es)?\s+into(?=\s+(?:\w+\s+)?(?:recess|adjournment)))"
_NAMES = "easter|whitsun|christmas|summer|winter|autumn|spring|february|conference|november|half-term"
_RECESS = r"(?:recess|adjournment|break)"
BEFORE = phrase(
    r"(?:(?:(?:a|the)\s+day|shortly|just|well|immediately)\s+)?(?P<limit>before|by(?:\s+the\s+time(?:\s+that)?)?|ahead\s+of"
    r"|in\s+advance\s+of|in\s+time\s+for|until|this\s+side\s+of|between\s+now\s+and|on\s+the\s+last\s+(?:sitting\s+)?day\s+(?:before"
    r"|of\s+term\s+before))"
    r"\s+(?:the\s+start\s+of\s+)?"
    rf"(?:{_WE}\s+{_RISE}(?:\s+(?:on\s+)?(?P<day>today|tomorrow|{A_DAY}))?"
    rf"(?:(?:\s+for)?(?:\s+(?:the|its|our))?\s+(?P<why>{_NAMES})(?:\s+{_RECESS})?|(?:\s+for)?(?:\s+(?:the|its|our))?\s+{_RECESS})?"
    rf"|(?:(?:the|this)\s+)?(?P<name>\w[\w-]*\s+)?(?P<break>{_RECESS})|(?:(?:the|this)\s+)?(?P<season>summer))\b"
)
_BACK = r"(?:returns?|comes?\s+back|resumes?|reassembles?|meets?\s+again|sits?\s+again|(?:is|are)\s+back)"
END_OF_TERM = phrase(
    r"(?:before|by|at|until|ahead\s+of)\s+(?:the\s+)?end\s+of\s+(?:(?:the|this)\s+)?(?:school\s+)?(?:(?P<term>autumn|spring|summer)\s+)?term\b"
)
"""Schools break up as the House does, for Christmas, Easter and the summer."""
BACK = phrase(
    rf"(?:(?:when|once|after|as\s+soon\s+as|on\s+the\s+day(?:\s+(?:that|on\s+which))?|the\s+moment(?:\s+that)?|in\s+the\s+week(?:\s+in"
    rf"\s+which)?)\s+{_WE}\s+{_BACK}|on\s+(?:our|its|their|the\s+House['\u2019]s|Parliament['\u2019]s)\s+return)"
    rf"(?:\s+(?:from|after)\s+(?:(?:the|its|our)\s+)?(?:\w+\s+)?(?:{_RECESS}|Easter|Christmas|Whitsun|summer))?"
    rf"(?:\s+(?:in|on)\s+(?P<when>{PERIOD}))?"
)
_EVENT = r"(?:(?!(?:the|an?|its|our|my|his|her|their)\b)[\w'\u2019-]+\s+){1,5}?"
BEFORE_EVENT = phrase(
    r"(?P<limit>(?:before|ahead\s+of|prior\s+to|in\s+advance\s+of|in\s+(?:good\s+)?time\s+for)\s+(?!the\s+Houses?\b)"
    r"|by\s+the\s+time\s+(?:that\s+)?)(?:the|its|their|our|my|his|her)\s+"
    rf"{_EVENT}(?:on|of)\s+(?P<day>{A_DAY}|tomorrow)"
)
"""`before the debate on 20 March`, `by the time that the House meets on Monday`."""
AFTER = phrase(
    rf"(?:(?:shortly|soon|immediately|just)\s+)?after\s+(?:(?:the|its|our|their|this|next)\s+)?(?:{FEAST}|(?:\w+\s+){{0,2}}(?:{_RECESS}"
    r"|elections?|election|conference|summit|referendum|inquest|trial|Budget|Royal\s+Assent|Second\s+Reading))"
    rf"(?:\s+(?:in|on|of)\s+{PERIOD})?"
)
"""What comes after an event has no last day, though the event's own day may be told."""


def before_recess(found: re.Match[str], made_on: date) -> Span | None:
    """`before we rise for the summer`: by convention to the end of the month in which the House rises."""
    if found["day"]:
        day = period_span(found["day"].lower(), made_on)
        return Span(made_on, day.last if day is not None and day.last >= made_on else made_on)
    if found["season"]:
        return Span(made_on, next_recess("summer", made_on)) if _says_before(found) else None
    name = (found["why"] or found["name"] or "").strip().lower()
    return Span(made_on, next_recess(name if name not in ("", "the", "this") else None, made_on))


def end_of_term(found: re.Match[str], made_on: date) -> Span:
    """To the recess that comes with the end of the term: the term named, or the one that runs."""
    running = "spring" if made_on.month < 5 else "summer" if made_on.month < 8 else "autumn"
    recess = {"spring": "easter", "summer": "summer", "autumn": "christmas"}[(found["term"] or running).lower()]
    return Span(made_on, next_recess(recess, made_on))


def before_event(found: re.Match[str], made_on: date) -> Span | None:
    """To the day before the event, or with `by the time` to the day itself."""
    day = period_span(found["day"].lower(), made_on)
    if day is None or day.last < made_on:
        return None
    exact = found["limit"].lower().startswith("by")
    return Span(made_on, day.last if exact else max(day.first - DAY, made_on))


def _says_before(found: re.Match[str]) -> bool:
    return found["limit"].lower() != "by" and not re.match(r"\s*(?:of\s+)?20\d\d", found.string[found.end() :])


def back_in(found: re.Match[str], made_on: date) -> Span | None:
    """`when the House returns in September`: that month; None where no period is told."""
    return period_span(found["when"], made_on) if found["when"] else None
