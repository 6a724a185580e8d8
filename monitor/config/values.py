"""How single values of config.toml are written, and what each becomes: text, names, durations, sizes, times, numbers.

Each `read_…` takes what tomllib found, of whatever type, and returns the value or raises a `mistake`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, NamedTuple, cast
from unicodedata import category
from zoneinfo import ZoneInfo, available_timezones

from pydantic import PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

_DURATION = re.compile(r"(\d{1,6})([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SIZE = re.compile(r"(\d{1,9}) ?(kB|MB|GB)")
_MULTIPLES = {"kB": 1000, "MB": 1000**2, "GB": 1000**3}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class WeeklyTime(NamedTuple):
    """A moment of every week, in the schedule's time zone: weekday (Monday is 0) and time of day."""

    weekday: int
    at: time


def mistake(message: str, help: str = "") -> PydanticCustomError:
    """What is wrong with a value and what to write instead; without `help` the key's own example is shown."""
    return PydanticCustomError("mistake", "{message}", {"message": message, "help": help})


def describe(value: object) -> str:
    """What a value is, in words, without showing it: "a number", "a list"."""
    if isinstance(value, bool):
        return "true or false"
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (str, "text"), ((int, float), "a number"), (list, "a list"), (dict, "a table"), ((date, time), "a date or a time"),
    )  # fmt: skip
    return next((words for kind, words in kinds if isinstance(value, kind)), "something else")


def suggest(word: str, known: Iterable[str]) -> str:
    """ "did you mean 'x'?" where something known is close to `word`, else the empty string."""
    by_folded = {each.casefold(): each for each in known}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f"did you mean '{by_folded[close[0]]}'?" if close else ""


def choose(word: str, known: Iterable[str], noun: str) -> str:
    """A help line: what was probably meant, and everything that could be."""
    options = list(known)
    listed = f"{noun}: {', '.join(options)}"
    return " ".join(part for part in (suggest(word, options), listed) if part)


def read_text(value: object) -> str:
    """Text of at least one character, without control characters (they could end a header or a line)."""
    if not isinstance(value, str):
        raise mistake(f"text in quotes is expected here, not {describe(value)}")
    if not value.strip():
        raise mistake("is empty")
    if any(category(char) in ("Cc", "Zl", "Zp") for char in value):
        raise mistake("holds a line end or another control character", "keep it on one line")
    return value


def read_name(value: object) -> str:
    """A name that can be typed on the command line and stored in keys: no spaces, no colons."""
    text = read_text(value)
    if not _NAME.fullmatch(text):
        raise mistake(f"'{text}' cannot be a name", "use letters, digits, hyphens, dots and underscores; no spaces")
    return text


def read_duration(value: object) -> timedelta:
    """A whole number and a unit, s m h d or w: "20s", "10m", "21d". More than zero."""
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        shown = f"'{value}'" if isinstance(value, str) else describe(value)
        raise mistake(
            f"{shown} is not a duration", 'a number and s, m, h, d or w, in quotes: "20s", "10m", "2h", "21d"'
        )
    length = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if not length:
        raise mistake("a duration must be more than zero")
    return length


def read_size(value: object) -> int:
    """A whole number and kB, MB or GB (thousands, as publishers count), as bytes."""
    found = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if found is None or not int(found[1]):
        shown = f"'{value}'" if isinstance(value, str) else describe(value)
        raise mistake(f"{shown} is not a size", 'a number and kB, MB or GB, in quotes: "60MB"')
    return int(found[1]) * _MULTIPLES[found[2]]


def read_clock(value: object) -> time:
    """A time of day, "07:30"."""
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        shown = f"'{value}'" if isinstance(value, str) else describe(value)
        raise mistake(f"{shown} is not a time of day", 'hours and minutes of the 24-hour clock, in quotes: "07:30"')
    return time(int(found[1]), int(found[2]))


def read_weekly(value: object) -> WeeklyTime:
    """A weekday and a time of day, "Sat 08:30"."""
    day, _, clock = value.partition(" ") if isinstance(value, str) else ("", "", "")
    weekday = day.capitalize()[:3]
    if not isinstance(value, str) or weekday not in _WEEKDAYS or not _CLOCK.fullmatch(clock):
        shown = f"'{value}'" if isinstance(value, str) else describe(value)
        raise mistake(f"{shown} is not a time of the week", f'one of {" ".join(_WEEKDAYS)}, then a time: "Sat 08:30"')
    return WeeklyTime(_WEEKDAYS.index(weekday), read_clock(clock))


def read_timezone(value: object) -> ZoneInfo:
    """A name of the time zone database, "Europe/London"."""
    text = read_text(value)
    try:
        return ZoneInfo(text)
    except (OSError, ValueError, LookupError):
        close = suggest(text, available_timezones())
        raise mistake(f"'{text}' is not a time zone", close or 'write for example "Europe/London"') from None


def read_path(value: object, info: ValidationInfo) -> Path:
    """A file or a folder; a relative one starts from the folder of config.toml (`folder` in the context)."""
    text = read_text(value)
    if text.startswith("~"):
        raise mistake("'~' is not understood here", "write the whole path, or one that starts from this file's folder")
    return cast(Path, info.context["folder"] / text if info.context else Path(text))


def read_flag(value: object) -> bool:
    """`true` or `false`, bare."""
    if not isinstance(value, bool):
        raise mistake(f"true or false is expected here, without quotes, not {describe(value)}")
    return value


def read_rate(value: object) -> float:
    """A number of times a second: more than 0, at most 100,000."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise mistake(f"a number is expected here, without quotes, not {describe(value)}")
    if not 0 < value <= 100_000:
        raise mistake(f"{value} is out of range", "more than 0, at most 100,000 a second")
    return float(value)


def read_count(value: object) -> int:
    """How many at a time: 1 to 32."""
    return _whole_number(value, 32)


def read_many(value: object) -> int:
    """How many in an hour: 1 to 1,000,000."""
    return _whole_number(value, 1_000_000)


def read_port(value: object) -> int:
    """A TCP port: 1 to 65535."""
    return _whole_number(value, 65535)


def _whole_number(value: object, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise mistake(f"a whole number is expected here, without quotes, not {describe(value)}")
    if not 1 <= value <= most:
        raise mistake(f"{value} is out of range", f"a whole number from 1 to {most}")
    return value


Text = Annotated[str, PlainValidator(read_text)]
Name = Annotated[str, PlainValidator(read_name)]
Duration = Annotated[timedelta, PlainValidator(read_duration)]
Size = Annotated[int, PlainValidator(read_size)]
Clock = Annotated[time, PlainValidator(read_clock)]
Weekly = Annotated[WeeklyTime, PlainValidator(read_weekly)]
Zone = Annotated[ZoneInfo, PlainValidator(read_timezone)]
FilePath = Annotated[Path, PlainValidator(read_path)]
Flag = Annotated[bool, PlainValidator(read_flag)]
Rate = Annotated[float, PlainValidator(read_rate)]
Count = Annotated[int, PlainValidator(read_count)]
Many = Annotated[int, PlainValidator(read_many)]
Port = Annotated[int, PlainValidator(read_port)]
