"""A live fetcher whose gateway is a publisher on loopback that says what it likes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from monitor.errors import FetchError
from monitor.fetch.fetcher import Fetcher
from monitor.fetch.live import open_fetcher
from monitor.fetch.settings import HttpSettings, Pace
from monitor.model.exchange import Request, Response, Validators
from tests.fakes.clock import StoppedClock
from tests.fakes.raw_server import Heard, RawServer, serving

AGENT = "publication-monitor/1.0 (+https://example.org/about; ops@example.org)"
SITE = "https://www.gov.uk"
NOTHING = Validators()
Said = bytes | Iterable[bytes] | None


@contextmanager
def reading(
    answering: Callable[[Heard], Said], clock: StoppedClock | None = None, **settings: Any
) -> Iterator[tuple[Fetcher, RawServer]]:
    """A fetcher whose every question is answered by `answering`: bytes, pieces, or None to hang up."""

    def pieces(heard: Heard) -> Iterable[bytes] | None:
        said = answering(heard)
        return [said] if isinstance(said, bytes) else said

    chosen = {"pace": Pace(2, 0), "robots": False, **settings}
    edges = {"monotonic": clock.monotonic, "sleep": clock.sleep} if clock else {}
    with serving(pieces) as server:
        http = HttpSettings(AGENT, ("www.gov.uk", "*.parliament.uk"), gateway=server.url, **chosen)
        with open_fetcher(http, **edges) as fetcher:
            yield fetcher, server


def get(fetcher: Fetcher, path: str = "/feed", validators: Validators = NOTHING, site: str = SITE) -> Response:
    """Fetch a path of the site."""
    return fetcher.fetch(Request(site + path, "feed"), validators)


def fault(fetcher: Fetcher, path: str = "/feed", site: str = SITE) -> FetchError:
    """The fault that fetching a path ends in."""
    with pytest.raises(FetchError) as raised:
        get(fetcher, path, site=site)
    return raised.value
