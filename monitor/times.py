"""Time as the whole house writes it: stored in UTC, shown in the reader's zone. Reads no clock."""

from __future__ import annotations

from datetime import UTC, date, datetime


def utc_text(at: datetime) -> str:
    """`YYYY-MM-DDTHH:MM:SSZ`, the one form in which times are stored and printed as JSON. Sorts as time does."""
    return at.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def parse_time(text: str) -> datetime:
    """Any ISO 8601 time to aware UTC; a time without a zone is UTC, a date is its midnight. Raises ValueError."""
    at = datetime.fromisoformat(text.strip())
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def find_time(text: object) -> datetime | None:
    """`parse_time` for a publisher's field: None where it is absent or is no time."""
    if not isinstance(text, str) or not text:
        return None
    try:
        return parse_time(text)
    except (ValueError, OverflowError):
        return None


def find_date(text: object) -> date | None:
    """The date a publisher's field begins with (`2024-12-10T00:00:00` has no zone and means the day), or None."""
    if not isinstance(text, str):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
