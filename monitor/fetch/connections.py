"""How connections are made: to checked addresses only, and with one deadline for the whole exchange.

httpcore hands a "timeout" through to these streams for every connect, read and write. Here it is not a duration but the
moment (seconds of `monotonic`) by which the exchange must be over, so a publisher that sends a byte now and then
cannot stretch it; a single silence may not be longer than `patience` either.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, NoReturn

import httpcore

from monitor.fetch.addresses import Refusal

LONGEST_CONNECT = 10.0
LONGEST_LOOKUP = 10.0

FindAddresses = Callable[[str, int], Sequence[str]]
Connect = Callable[[tuple[str, int], float], socket.socket]


class StaleConnectionError(httpcore.ReadError):
    """A kept connection was closed by the other side before it saw our request: worth one more try."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait: `silence` seconds for one sign of life, and never past the moment `until`."""

    silence: float
    monotonic: Callable[[], float]

    def left(self, until: float | None) -> float:
        """Seconds that the next step may take. Raises httpcore.TimeoutException when there are none."""
        if until is None:
            return self.silence
        remaining = until - self.monotonic()
        if remaining <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return min(self.silence, remaining)


def resolve_host(
    host: str,
    port: int,
    *,
    look_up: Callable[..., Iterable[Any]] = socket.getaddrinfo,
    patience: float = LONGEST_LOOKUP,
) -> Sequence[str]:
    """Every IP address of a host, in the system's order. Raises Refusal when the name cannot be looked up.

    The system's lookup knows no deadline, so it runs in a thread that is left to itself when it takes too long.
    """
    box: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            box.put(list(dict.fromkeys(str(entry[4][0]) for entry in look_up(host, port, type=socket.SOCK_STREAM))))
        except (OSError, UnicodeError) as error:
            box.put(error)

    threading.Thread(target=ask, name=f"look up {host}", daemon=True).start()
    try:
        found = box.get(timeout=patience)
    except Empty:
        raise Refusal(f"{host} could not be looked up within {patience:g} s", transient=True) from None
    if isinstance(found, Exception):
        raise Refusal(f"{host} could not be looked up ({found})", transient=True)
    return found


def connect_tcp(address: tuple[str, int], timeout: float) -> socket.socket:
    """A TCP connection to one IP address."""
    return socket.create_connection(address, timeout)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the addresses that `find_addresses` lets through, in their order, and to no other."""

    def __init__(self, find_addresses: FindAddresses, connect: Connect, patience: Patience) -> None:
        self._find_addresses = find_addresses
        self._connect = connect
        self._patience = patience

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - httpcore's interface
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - httpcore's interface
    ) -> httpcore.NetworkStream:
        """Connect; `timeout` is the moment by which the whole exchange must be over."""
        fault: OSError | None = None
        for address in self._find_addresses(host, port):
            try:
                sock = self._connect((address, port), min(LONGEST_CONNECT, self._patience.left(timeout)))
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                fault = error
            else:
                return SocketStream(sock, self._patience)
        if isinstance(fault, TimeoutError):
            raise httpcore.ConnectTimeout(str(fault))
        raise httpcore.ConnectError(str(fault))


class SocketStream(httpcore.NetworkStream):
    """One connection. `timeout` in every call is the moment by which the exchange must be over."""

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        self._sock = sock
        self._patience = patience
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)
        self._has_answered = False
        self._may_be_stale = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has arrived; empty at the end."""
        self._sock.settimeout(self._patience.left(timeout))
        try:
            data = self._sock.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from None
        except OSError as error:
            self._fail(error)
        if not data and self._may_be_stale:
            raise StaleConnectionError("closed while idle")
        self._has_answered = True
        self._may_be_stale = False
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        if not buffer:
            return
        self._may_be_stale = self._has_answered
        self._sock.settimeout(self._patience.left(timeout))
        try:
            self._sock.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from None
        except OSError as error:
            raise httpcore.WriteError(str(error)) from None

    def close(self) -> None:
        """Close the connection."""
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection under TLS, its certificate checked against `server_hostname`."""
        try:
            self._sock.settimeout(self._patience.left(timeout))
            secured = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise httpcore.ConnectTimeout(str(error)) from None
        except (OSError, ValueError) as error:
            self.close()
            raise httpcore.ConnectError(str(error)) from None
        except httpcore.TimeoutException:
            self.close()
            raise
        return SocketStream(secured, self._patience)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks for: the TLS object (for its protocol), and whether an idle connection was closed."""
        if info == "is_readable":
            return bool(self._poll.poll(0))
        if info == "ssl_object" and isinstance(self._sock, ssl.SSLSocket):
            return self._sock
        return None

    def _fail(self, error: OSError) -> NoReturn:
        if self._may_be_stale:
            raise StaleConnectionError(str(error)) from None
        raise httpcore.ReadError(str(error)) from None
