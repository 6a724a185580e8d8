"""A publisher written in bytes: it can say anything, also what no HTTP server would."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heard:
    """One request as it arrived; header names in lower case."""

    target: str
    headers: dict[str, str]
    raw: bytes


# The pieces of an answer; None closes the connection without one.
Answering = Callable[[Heard], Iterable[bytes] | None]


@dataclass
class RawServer:
    """Where it listens, what it heard, and how many requests were inside at once at most."""

    port: int
    heard: list[Heard] = field(default_factory=list)
    connections: int = 0
    inside: int = 0
    most_inside: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def targets(self):
        return [one.target for one in self.heard]


def answer(status: int = 200, body: bytes = b"", *, length: int | None = None, **headers: str) -> bytes:
    """A whole HTTP answer. `length` lies about the body's length; header names are given with underscores."""
    lines = [f"HTTP/1.1 {status} X"] + [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if status != 304:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@contextmanager
def serving(answering: Answering) -> Iterator[RawServer]:
    """Serve on a free port of 127.0.0.1, one thread a connection, until the end of `with`."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = RawServer(listener.getsockname()[1])
    open_sockets: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            server.connections += 1
            open_sockets.append(sock)
            threading.Thread(target=_converse, args=(sock, server, answering), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for sock in open_sockets:
            sock.close()


def _converse(sock: socket.socket, server: RawServer, answering: Answering) -> None:
    buffer = b""
    with sock:
        try:
            while data := sock.recv(65536):
                buffer += data
                if buffer.startswith(b"\x16"):
                    server.heard.append(Heard("", {}, buffer))
                    return
                while b"\r\n\r\n" in buffer:
                    head, _, buffer = buffer.partition(b"\r\n\r\n")
                    if not _reply(sock, server, answering, _hear(head)):
                        return
        except OSError:
            return


def _reply(sock: socket.socket, server: RawServer, answering: Answering, heard: Heard) -> bool:
    with server.lock:
        server.heard.append(heard)
        server.inside += 1
        server.most_inside = max(server.most_inside, server.inside)
    pieces = answering(heard)
    with server.lock:
        server.inside -= 1
    if pieces is None:
        return False
    whole = True
    for piece in pieces:
        if not piece:
            whole = False
        sock.sendall(piece)
    return whole


def _hear(head: bytes) -> Heard:
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Heard(first.split(" ")[1], headers, head)
