"""A scripted publisher on 127.0.0.1, reached through the monitor's `gateway` setting.

The gateway sends path and query unchanged and the original host in `Host` and `X-Forwarded-Host`; so routes are keyed by
the publisher's own addresses (`https://www.gov.uk/…`). Scripted routes come first, then `otherwise` (a `World`), then 404:

    with Publisher(otherwise=world.answer) as publisher:
        publisher.set(feed_url, "busy", status=503, headers={"Retry-After": "120"}, times=2)
        ...                                                # [http] gateway = publisher.address
        assert publisher.count(feed_url) == 3
"""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import urlsplit

from tests.fakes.answer import Answer, Asked, etag_of, media_type_of

_REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 404: "Not Found", 410: "Gone"}


@dataclass(slots=True)
class _Route:
    answer: Answer
    times: int | None


class Publisher:
    """Every publisher at once, on one port. Counts requests by address and by host, and how many were in flight together."""

    def __init__(self, otherwise: Callable[[str], Answer | None] | None = None) -> None:
        self._otherwise = otherwise
        self._routes: dict[str, list[_Route]] = {}
        self._lock = threading.RLock()
        self._moved = threading.Condition(self._lock)
        self._counts: Counter[str] = Counter()
        self._host_counts: Counter[str] = Counter()
        self._in_flight: Counter[str] = Counter()
        self._peaks: Counter[str] = Counter()
        self._released = threading.Event()
        self._closing = threading.Event()
        self.asked: list[Asked] = []
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def address(self) -> str:
        """What to write into `[http] gateway`."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def set(
        self, url: str, body: bytes | str | Callable[[str], bytes] = b"", *, content_type: str | None = None,
        etag: str | None = "auto", last_modified: str | None = None, status: int = 200,
        headers: Mapping[str, str] | None = None, delay: float = 0.0, truncate_at: int | None = None,
        drip: float | None = None, hang: bool = False, times: int | None = None, any_query: bool = False,
    ) -> None:  # fmt: skip
        """Answer `url` so from now on, or with `times` for so many requests and then as before.

        A route is for one query exactly unless `any_query`. Without `content_type` the body's first byte decides between
        Atom, JSON and plain text.
        """
        content = body.encode() if isinstance(body, str) else body
        answer = Answer(
            content, status, content_type or media_type_of(content), etag, last_modified,
            headers or {}, delay, truncate_at, drip, hang,
        )  # fmt: skip
        key = _key(url, any_query)
        with self._lock:
            if times is None:
                self._routes[key] = [_Route(answer, None)]
            else:
                self._routes.setdefault(key, []).append(_Route(answer, times))

    def remove(self, url: str) -> None:
        """Forget what was set for `url`; `otherwise` answers again, or 404."""
        with self._lock:
            self._routes.pop(_key(url, False), None)
            self._routes.pop(_key(url, True), None)

    def release(self) -> None:
        """Let every hanging request be answered, and those to come."""
        self._released.set()

    def count(self, url: str) -> int:
        """How often exactly this address was asked for."""
        return self._counts[_key(url, False)]

    def host_count(self, host: str) -> int:
        """How many requests a host has had."""
        return self._host_counts[host]

    def peak(self, host: str = "") -> int:
        """The most requests in flight at one moment, for one host or for all together."""
        return self._peaks[host]

    def reset_counts(self) -> None:
        """Start counting from nothing; routes stay."""
        with self._lock:
            for counter in (self._counts, self._host_counts, self._peaks):
                counter.clear()
            self.asked.clear()

    def __enter__(self) -> Publisher:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._released.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    def answer(self, url: str) -> Answer:
        """What will be said to a request for `url`; uses up one of a route's `times`."""
        with self._lock:
            for key in (_key(url, False), _key(url, True)):
                stack = self._routes.get(key)
                if stack:
                    route = stack[-1]
                    if route.times is not None:
                        route.times -= 1
                        if route.times <= 0:
                            stack.pop()
                    return route.answer
        found = self._otherwise(url) if self._otherwise else None
        return found or Answer(b"not found", 404, "text/plain", None)

    def wait(self, seconds: float) -> None:
        """Let time pass, but not beyond the end of the test."""
        self._closing.wait(seconds)

    def wait_for_release(self) -> None:
        """Block until `release`, or the end of the test."""
        self._released.wait()

    def wait_until(self, true: Callable[[], bool], seconds: float = 5.0) -> None:
        """Block until something that requests bring about is true; AssertionError if it is not after `seconds`."""
        with self._moved:
            assert self._moved.wait_for(true, seconds), "waited in vain"

    def enter_flight(self, host: str) -> None:
        """Count a request in."""
        with self._lock:
            for name in (host, ""):
                self._in_flight[name] += 1
                self._peaks[name] = max(self._peaks[name], self._in_flight[name])
            self._moved.notify_all()

    def leave_flight(self, host: str) -> None:
        """Count a request out."""
        with self._lock:
            for name in (host, ""):
                self._in_flight[name] -= 1

    def note(self, url: str, host: str, headers: Mapping[str, str], status: int) -> None:
        """Remember that a request was made."""
        with self._lock:
            self._counts[_key(url, False)] += 1
            self._host_counts[host] += 1
            self.asked.append(Asked(url, headers, status))
            self._moved.notify_all()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = True
    request_queue_size = 256

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Conversation)

    def process_request(self, request: object, client_address: object) -> None:
        assert isinstance(request, socket.socket)
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: object) -> None:
        assert isinstance(request, socket.socket)
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Close every kept-alive connection, so that no thread is left reading."""
        for connection in tuple(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no fault of the test's; anything else shows as a missing answer."""


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        publisher = self.server.publisher
        headers = {name.lower(): value for name, value in self.headers.items()}
        host = headers.get("x-forwarded-host") or headers.get("host", "")
        url = f"https://{host}{self.path}"
        publisher.enter_flight(host)
        try:
            answer = publisher.answer(url)
            body = answer.body(url) if callable(answer.body) else answer.body
            etag = etag_of(answer, body)
            if _is_known(headers, etag, answer.last_modified):
                answer, body = replace(answer, status=304), b""
            publisher.note(url, host, headers, answer.status)
            if answer.delay:
                publisher.wait(answer.delay)
            if answer.hang:
                publisher.wait_for_release()
            self._send(answer, body, etag)
        finally:
            publisher.leave_flight(host)

    do_HEAD = do_GET

    def _send(self, answer: Answer, body: bytes, etag: str | None) -> None:
        lines = [f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, 'Status')}"]
        if answer.status != 304:
            lines += [f"Content-Length: {len(body)}"]
            if answer.content_type:
                lines += [f"Content-Type: {answer.content_type}"]
        if etag:
            lines += [f"ETag: {etag}"]
        if answer.last_modified:
            lines += [f"Last-Modified: {answer.last_modified}"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        if self.command == "HEAD":
            self.wfile.write(head)
        elif answer.truncate_at is not None:
            self.wfile.write(head + body[: answer.truncate_at])
            self.close_connection = True
        elif answer.drip is not None:
            self.wfile.write(head)
            for place in range(len(body)):
                self.server.publisher.wait(answer.drip)
                self.wfile.write(body[place : place + 1])
        else:
            self.wfile.write(head + body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test asks `Publisher.asked`."""


def _key(url: str, any_query: bool) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}?*" if any_query else f"{parts.netloc}{parts.path}?{parts.query}"


def _is_known(headers: Mapping[str, str], etag: str | None, last_modified: str | None) -> bool:
    asked = headers.get("if-none-match")
    if asked is not None:
        return etag is not None and etag.removeprefix("W/") in asked.replace("W/", "")
    return last_modified is not None and headers.get("if-modified-since") == last_modified
