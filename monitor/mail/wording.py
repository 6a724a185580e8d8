"""British English for a digest: kinds, dates, counts, lists. Pure; knows no template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.model.change import Change, ChangeKind
from monitor.model.digest import Twin
from monitor.model.publication import Publisher
from monitor.model.subscriber import Every

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
KIND_WORDS: dict[ChangeKind, str] = {
    "new": "New",
    "updated": "Updated",
    "corrected": "Corrected",
    "withdrawn": "Withdrawn",
    "restored": "Restored",
    "gone": "Gone",
    "moved": "Moved",
    "attachment-replaced": "Document replaced",
}
EVERY_WORDS: dict[Every, str] = {"immediate": "as things happen", "daily": "daily", "weekly": "weekly"}
LICENCE_PAGES: dict[Publisher, tuple[str, str]] = {
    "govuk": (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "parliament": (
        "Open Parliament Licence v3.0",
        "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/",
    ),
}
LICENCE_WORDS: dict[Publisher, str] = {
    "govuk": "Contains public sector information licensed under the",
    "parliament": "Contains Parliamentary information licensed under the",
}
"""What each licence asks to be said before its name."""
_WORDS_A_MINUTE = 240
_ABBREVIATIONS = {"foi release": "FOI release", "html publication": "HTML publication"}


def kind_words(change: Change) -> str:
    """The kind of a change; an edit of which the publisher said nothing is called so."""
    words = KIND_WORDS[change.kind]
    return f"{words}, unannounced" if change.kind == "updated" and not change.announced else words


def type_words(document_type: str) -> str:
    """`policy_paper` as a person writes it."""
    words = document_type.replace("_", " ").replace("-", " ").strip()
    return _ABBREVIATIONS.get(words, words[:1].upper() + words[1:])


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 word`, `2 words`, `1,204 words`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def tally(changes: Iterable[Change], older: int, unshown: int) -> str:
    """`3 new, 1 updated, 2 older, 17 more`: what a mail brings, by kind."""
    kinds = Counter(change.kind for change in changes)
    names = {**KIND_WORDS, "attachment-replaced": "with a replaced document"}
    words = [f"{kinds[kind]} {name.lower()}" for kind, name in names.items() if kinds[kind]]
    words += [f"{older} older"] if older else []
    words += [f"{unshown} more"] if unshown else []
    return ", ".join(words)


def minutes(words: int) -> int:
    """How long so many words take to read, at 240 a minute; at least one."""
    return max(1, round(words / _WORDS_A_MINUTE))


def day(on: date) -> str:
    """`9 Dec 2024`."""
    return f"{on.day} {_MONTHS[on.month - 1][:3]} {on.year}"


def long_day(on: date) -> str:
    """`Tuesday 10 December 2024`."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def clock(at: datetime, zone: ZoneInfo) -> str:
    """`16:10`, in the reader's zone."""
    return at.astimezone(zone).strftime("%H:%M")


def moment(at: datetime, zone: ZoneInfo) -> str:
    """`9 Dec 2024, 16:10`, in the reader's zone."""
    return f"{day(at.astimezone(zone))}, {clock(at, zone)}"


def short_moment(at: datetime, zone: ZoneInfo) -> str:
    """`Mon 9 Dec 07:30`, in the reader's zone."""
    local = at.astimezone(zone)
    return f"{_DAYS[local.weekday()][:3]} {local.day} {_MONTHS[local.month - 1][:3]} {clock(at, zone)}"


def interval(since: datetime, until: datetime, zone: ZoneInfo) -> str:
    """`9 Dec 2024, 05:02 to 07:20`: the second day only where it is another."""
    same = since.astimezone(zone).date() == until.astimezone(zone).date()
    return f"{moment(since, zone)} to {clock(until, zone) if same else moment(until, zone)}"


def catch_up(every: Every, since: datetime, until: datetime, zone: ZoneInfo) -> str:
    """`This mail covers Friday 20 to Monday 23 November 2026.` where it covers more than its usual period, else nothing."""
    usual = {"immediate": timedelta(days=1), "daily": timedelta(days=1), "weekly": timedelta(days=7)}[every]
    # Six hours of grace: the night the clocks change, a late start of the machine.
    if until - since <= usual + timedelta(hours=6):
        return ""
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    start = f"{_DAYS[first.weekday()]} {first.day}"
    if (first.year, first.month) != (last.year, last.month):
        start += f" {_MONTHS[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "")
    return f"This mail covers {start} to {long_day(last)}."


def twins_differ(twins: Iterable[Twin]) -> str:
    """`The text of HLWS287 is not the same: 1 figure changed.` for each copy of a statement that says something else."""
    return " ".join(
        f"The text of {one.identifier} is not the same: {one.difference}." for one in twins if one.difference
    )
