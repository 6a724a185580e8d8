"""The narrowest mail server: says its lines word for word, and hangs up after a given byte, said or heard."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

STAGES = ("greeting", "hello", "mail", "rcpt", "data", "dot")
LINES = {
    "greeting": b"220 mx.example.org ready\r\n",
    "hello": b"250-mx.example.org\r\n250 8BITMIME\r\n",
    "mail": b"250 2.1.0 OK\r\n",
    "rcpt": b"250 2.1.5 OK\r\n",
    "data": b"354 go on\r\n",
    "dot": b"250 2.0.0 queued as 42\r\n",
    "rset": b"250 2.0.0 OK\r\n",
    "quit": b"221 bye\r\n",
}
_STAGE_OF = {
    b"EHLO": "hello",
    b"HELO": "hello",
    b"MAIL": "mail",
    b"RCPT": "rcpt",
    b"DATA": "data",
    b"RSET": "rset",
    b"QUIT": "quit",
}


@dataclass(slots=True)
class Dialogue:
    """What is said instead of the usual lines; after how many bytes said, or heard, the line goes dead (None: never)."""

    instead: Mapping[str, bytes] = field(default_factory=dict)
    cut_said: int | None = None
    cut_heard: int | None = None
    took: int = 0
    heard: int = 0
    said: int = 0

    def serve(self, client: socket.socket) -> None:
        """One connection, from greeting to goodbye."""
        try:
            self._say(client, "greeting")
            with client.makefile("rb") as lines:
                while line := self._hear(lines):
                    stage = _STAGE_OF.get(line[:4].upper(), "rset")
                    if not self._say(client, stage) or stage == "quit":
                        return
                    if stage == "data" and self._line(stage).startswith(b"354"):
                        while self._hear(lines) != b".\r\n":
                            pass
                        self.took += 1
                        self._say(client, "dot")
        except (ConnectionError, TimeoutError):
            return

    def _line(self, stage: str) -> bytes:
        return self.instead.get(stage, LINES[stage])

    def _say(self, client: socket.socket, stage: str) -> bool:
        line = self._line(stage)
        if self.cut_said is not None and self.said + len(line) > self.cut_said:
            client.sendall(line[: self.cut_said - self.said])
            raise ConnectionAbortedError
        self.said += len(line)
        client.sendall(line)
        return not line.startswith(b"421")

    def _hear(self, lines) -> bytes:
        line = lines.readline()
        if not line:
            raise ConnectionAbortedError
        self.heard += len(line)
        if self.cut_heard is not None and self.heard > self.cut_heard:
            raise ConnectionAbortedError
        return line


@contextmanager
def listening() -> Iterator[tuple[int, list[Dialogue]]]:
    """A loopback port; each connection follows the last of the dialogues put into the list."""
    dialogues: list[Dialogue] = []
    closing = threading.Event()

    def answer(listener: socket.socket) -> None:
        while not closing.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                client.settimeout(5)
                dialogues[-1].serve(client)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1], dialogues
        closing.set()
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)
