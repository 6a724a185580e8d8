"""Mail to standard output, as it would go over the wire: for a look, or to pipe it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO


class StdoutTransport:
    """Writes each message, with LF line ends and an empty line after it, to a stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def send(
        self, *, sender: str, recipient: str, message: bytes, before_data: Callable[[], None] = lambda: None
    ) -> str:
        """Write one message."""
        before_data()
        self._stream.write(message.replace(b"\r\n", b"\n") + b"\n")
        self._stream.flush()
        return f"printed, from {sender} to {recipient}"

    def close(self) -> None:
        """Nothing to do: the stream is not ours."""
