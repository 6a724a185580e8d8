"""Publishers' clocks beside ours: every answer says when it was made (RFC 9110 §6.6.1), a cache how long ago (RFC 9111 §5.1)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.fetch.fetcher import Fetcher
from monitor.model.exchange import Request, Response, Validators

_KEPT = 100


def skew_of(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How far our clock is ahead of an answer's (behind: negative); None where the answer does not say."""
    try:
        said = parsedate_to_datetime(headers.get("date", ""))
        age = int(headers.get("age", "0"))
    except (ValueError, TypeError, OverflowError):
        return None
    said = said if said.tzinfo else said.replace(tzinfo=UTC)
    return now - said - timedelta(seconds=min(max(age, 0), 10**9))


class DatedFetcher:
    """A fetcher that also remembers how far our clock was from those of the last hundred answers."""

    def __init__(self, fetcher: Fetcher, now: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._now = now
        # Threads append; nobody needs more order than that.
        self._skews: deque[timedelta] = deque(maxlen=_KEPT)

    def fetch(self, request: Request, validators: Validators) -> Response:
        """The publisher's answer. Raises FetchError."""
        response = self._fetcher.fetch(request, validators)
        skew = skew_of(response.headers, self._now())
        if skew is not None:
            self._skews.append(skew)
        return response

    def skew(self) -> timedelta | None:
        """The least of them, since one publisher's clock may be wrong as well; None where nobody has answered."""
        return min(tuple(self._skews), key=abs, default=None)
