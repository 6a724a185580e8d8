"""How a process and its owner talk over a pipe: messages of a JSON header and a body of bytes, each with its length."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

_LENGTHS = struct.Struct("!II")
Message = tuple[dict[str, Any], bytes]
"""A header and a body."""

MOST_HEADER = 4 * 1024 * 1024
"""Bytes of the longest header: the positions of some tens of thousands of pages."""


class WireError(Exception):
    """The other side is gone, or what it sent is no message."""


def write_message(file: IO[bytes], header: Mapping[str, Any], body: bytes = b"") -> None:
    """Send one message. Raises WireError where nobody listens."""
    head = json.dumps(header).encode()
    try:
        file.write(_LENGTHS.pack(len(head), len(body)) + head)
        file.write(body)
        file.flush()
    except (OSError, ValueError) as error:
        raise WireError(str(error)) from error


def read_message(file: IO[bytes], *, most: int) -> tuple[dict[str, Any], bytes]:
    """Receive one message with a body of at most `most` bytes. Raises WireError."""
    head_length, body_length = _LENGTHS.unpack(_read_exactly(file, _LENGTHS.size))
    if head_length > MOST_HEADER or body_length > most:
        raise WireError(f"a message of {head_length} + {body_length} bytes was announced, {most} are allowed")
    head = _read_exactly(file, head_length)
    body = _read_exactly(file, body_length)
    try:
        header = json.loads(head)
    except ValueError as error:
        raise WireError("the header of a message is no JSON") from error
    if not isinstance(header, dict):
        raise WireError("the header of a message is no JSON object")
    return header, body


def _read_exactly(file: IO[bytes], length: int) -> bytes:
    try:
        found = file.read(length)
    except (OSError, ValueError) as error:
        raise WireError(str(error)) from error
    if len(found) != length:
        raise WireError("the pipe was closed")
    return found
