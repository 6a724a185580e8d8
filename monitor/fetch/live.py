"""The live fetcher: one connection pool for the process, one turnstile a host, every hop checked.

It drives httpcore, the engine inside httpx, directly: httpx's own client costs as much CPU again a request, for
decoding, cookies and redirects that must be done here anyway.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial

import httpcore

from monitor.errors import FetchError
from monitor.fetch.addresses import Address, Refusal, parse_address
from monitor.fetch.answers import ANSWERS, EXPLAINED, Answer, follow, retry_after
from monitor.fetch.body import Limits, read_body
from monitor.fetch.connections import (
    CheckedBackend,
    Connect,
    FindAddresses,
    Patience,
    StaleConnectionError,
    connect_tcp,
    resolve_host,
)
from monitor.fetch.fetcher import Fetcher
from monitor.fetch.pacing import HeldError, Turnstile
from monitor.fetch.permissions import Permissions
from monitor.fetch.robots import product_token
from monitor.fetch.room import Room
from monitor.fetch.routes import Headers, Route, choose_route
from monitor.fetch.settings import HttpSettings, find_pace
from monitor.model.exchange import Request, Response, Validators

_ROBOTS_LIMITS = Limits(wire=1_000_000, inflated=1_000_000)
_REMEMBERED_URLS = 8192
_MAX_CONNECTIONS = 64
_KEPT_SECONDS = 15.0
_LARGE_BODIES = 2


@contextmanager
def open_fetcher(
    settings: HttpSettings,
    *,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], object] = time.sleep,
    resolve: FindAddresses = resolve_host,
    connect: Connect = connect_tcp,
) -> Iterator[Fetcher]:
    """A fetcher for the settings, its connections closed at the end. Raises UsageError for an impossible gateway.

    Nothing is built before the first fetch. `monotonic`, `sleep`, `resolve` (host, port → IP addresses) and `connect`
    ((IP address, port), seconds → socket) are the edges of the machine, for tests to stand in for.
    """
    route = choose_route(settings.gateway, settings.allow_hosts, resolve)
    patience = Patience(settings.timeout.total_seconds(), monotonic)
    fetcher = LiveFetcher(settings, route, CheckedBackend(route.find_addresses, connect, patience), monotonic, sleep)
    try:
        yield fetcher
    finally:
        fetcher.close()


@dataclass(frozen=True, slots=True)
class _Question:
    """All that is the same whenever one URL is asked for."""

    url: str
    address: Address
    origin: str
    wire_url: httpcore.URL
    headers: Headers
    turnstile: Turnstile


class LiveFetcher:
    """Fetches over the network; see `open_fetcher`."""

    def __init__(
        self,
        settings: HttpSettings,
        route: Route,
        backend: httpcore.NetworkBackend,
        monotonic: Callable[[], float],
        sleep: Callable[[float], object],
    ) -> None:
        self._settings = settings
        self._route = route
        self._backend = backend
        self._monotonic = monotonic
        self._sleep = sleep
        self._deadline = settings.deadline.total_seconds()
        self._room = Room(_LARGE_BODIES)
        self._lock = threading.Lock()
        self._pool: httpcore.ConnectionPool | None = None
        self._turnstiles: dict[str, Turnstile] = {}
        self._question = lru_cache(_REMEMBERED_URLS)(self._new_question)
        page = min(settings.max_page, settings.max_body)
        self._ask_page = partial(self._ask, limits=Limits(page, settings.max_page), ruled=settings.robots)
        file = Limits(settings.max_body, settings.max_inflated)
        self._ask_file = partial(self._ask, limits=file, ruled=settings.robots)
        self._ask_robots = partial(self._ask, limits=_ROBOTS_LIMITS, ruled=False)
        product = product_token(settings.user_agent)
        self._permissions = Permissions(product, self._read_robots, monotonic=monotonic)

    def fetch(self, request: Request, validators: Validators) -> Response:
        """The publisher's answer: 200, 304, 404 or 410, redirects followed. Raises FetchError for anything else."""
        return follow(request, validators, self._ask_file if request.content == "file" else self._ask_page)

    def close(self) -> None:
        """Close every connection."""
        if self._pool is not None:
            self._pool.close()

    def _read_robots(self, url: str) -> Response:
        return follow(Request(url, "robots"), Validators(), self._ask_robots)

    def _ask(self, url: str, validators: Validators, spent: float, *, limits: Limits, ruled: bool) -> Answer:
        """One hop: checked, allowed by robots.txt, in its turn, within what is left of the deadline."""
        try:
            question = self._question(url)
        except Refusal as refusal:
            raise FetchError(str(refusal), url=url, transient=refusal.transient) from None
        if ruled:
            self._permissions.check(url, question.origin, question.address.target)
        try:
            with question.turnstile.turn():
                answer = self._exchange(question, validators, self._deadline - spent, limits)
        except HeldError as held:
            message = f"{question.address.host} asked us to wait; {held.remaining:.0f} s of that are left"
            raise FetchError(message, url=url, retry_after=held.remaining) from None
        return answer

    def _exchange(self, question: _Question, validators: Validators, allowance: float, limits: Limits) -> Answer:
        """One request and its answer, within `allowance` seconds. Raises FetchError."""
        started = self._monotonic()
        until = started + allowance
        try:
            response = self._send(question, validators, until)
            try:
                headers = _read_headers(response.headers)
                chunks = response.iter_stream()
                place = self._room.place(question.url, until - self._monotonic())
                is_read = response.status in ANSWERS or response.status in EXPLAINED
                body = read_body(question.url, headers, chunks, limits, place.admit) if is_read else b""
            finally:
                response.close()
        except Refusal as refusal:
            raise FetchError(str(refusal), url=question.url, transient=refusal.transient) from None
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise self._explain(question, error, self._monotonic() >= until) from None
        answer = Answer(response.status, headers, body, self._monotonic() - started, place)
        if response.status >= 400:
            pause = retry_after(answer)
            if pause:
                question.turnstile.hold(pause)
        return answer

    def _send(self, question: _Question, validators: Validators, until: float) -> httpcore.Response:
        headers = question.headers
        if validators.etag:
            headers = [*headers, (b"If-None-Match", validators.etag.encode("latin-1", "replace"))]
        if validators.last_modified:
            headers = [*headers, (b"If-Modified-Since", validators.last_modified.encode("latin-1", "replace"))]
        timeout = {"connect": until, "read": until, "write": until, "pool": self._deadline}
        request = httpcore.Request(b"GET", question.wire_url, headers=headers, extensions={"timeout": timeout})
        pool = self._pool or self._open_pool()
        try:
            return pool.handle_request(request)
        except StaleConnectionError:
            return pool.handle_request(request)

    def _explain(self, question: _Question, error: Exception, late: bool) -> FetchError:
        """What went wrong on the way, in the reader's words."""
        host, transient = question.address.host, True
        if late:
            message = f"{host} took longer than {self._deadline:g} s"
        elif isinstance(error, httpcore.ConnectTimeout | httpcore.ConnectError):
            message = f"{host} could not be reached"
        elif isinstance(error, httpcore.TimeoutException):
            message = f"{host} said nothing for {self._settings.timeout.total_seconds():g} s"
        elif isinstance(error, httpcore.LocalProtocolError):
            message, transient = "the request cannot be sent", False
        else:
            message = f"the answer of {host} broke off or is no HTTP"
        return FetchError(message, url=question.url, transient=transient, cause=error)

    def _new_question(self, url: str) -> _Question:
        """Check an address and prepare what is always sent for it. Raises Refusal."""
        address = parse_address(url)
        self._route.check(address)
        wire_url, headers = self._route.lead(address)
        headers += [
            (b"User-Agent", self._settings.user_agent.encode("latin-1", "replace")),
            (b"Accept", b"*/*"),
            (b"Accept-Encoding", b"gzip"),
        ]
        origin = f"{address.scheme}://{address.authority}"
        return _Question(url, address, origin, wire_url, headers, self._turnstile(address.host))

    def _turnstile(self, host: str) -> Turnstile:
        with self._lock:
            if host not in self._turnstiles:
                pace = find_pace(self._settings, host)
                self._turnstiles[host] = Turnstile(pace, monotonic=self._monotonic, sleep=self._sleep)
            return self._turnstiles[host]

    def _open_pool(self) -> httpcore.ConnectionPool:
        """The one pool of the process; the certificates take some 40 ms to load, so only where TLS can be needed."""
        with self._lock:
            if self._pool is None:
                self._pool = httpcore.ConnectionPool(
                    ssl_context=httpcore.default_ssl_context() if self._route.secure else None,
                    max_connections=_MAX_CONNECTIONS,
                    max_keepalive_connections=_MAX_CONNECTIONS // 2,
                    keepalive_expiry=_KEPT_SECONDS,
                    network_backend=self._backend,
                )
            return self._pool


def _read_headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Names in lower case; a name that comes twice has both values, joined as RFC 9110 §5.3 says."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
