"""When a mail that was put off is tried again (RFC 5321 §4.5.4.1). Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)
UNSURE_WAIT = timedelta(minutes=10)
"""How long a mail rests whose acceptance we never heard: a slow server may still be taking it (RFC 5321 §4.5.3.2.6)."""


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts (from 1): one minute, doubling, at most four hours."""
    # Beyond eight doublings the longest wait rules; the bound keeps the power small.
    return min(FIRST_WAIT * (1 << min(attempts - 1, 8)), LONGEST_WAIT)


def next_attempt(attempts: int, first_tried_at: datetime, now: datetime) -> datetime | None:
    """When to try again after so many attempts, or None where five days have been enough."""
    at = now + wait_after(attempts)
    return None if at - first_tried_at > GIVE_UP_AFTER else at
