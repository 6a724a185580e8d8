"""The body of an answer, read with two limits: bytes on the wire, and bytes after inflation.

Inflation is done here, in steps, because a library that inflates a whole chunk at once has spent the memory before
anyone can count it: 987 bytes of stacked gzip become half a gigabyte.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.errors import FetchError, TooLargeError

_STEP = 65_536
_GZIP = 31  # zlib's window bits for a gzip wrapping (RFC 1952)
_MAX_MEMBERS = 64
_RATIO = 100
_RATIO_FROM = 8_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one answer may weigh, in bytes."""

    wire: int
    inflated: int


Admit = Callable[[Iterable[bytes]], Iterable[bytes]]
"""Lets the parts of a body through, when there is room for them."""


def read_body(
    url: str, headers: Mapping[str, str], chunks: Iterable[bytes], limits: Limits, admit: Admit = iter
) -> bytes:
    """The body as the publisher meant it: identity or one gzip coding. Raises TooLargeError, and FetchError for a bad coding."""
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limits.wire:
        raise _too_large(url, f"{declared} bytes announced", limits.wire)
    counted = _counted(url, chunks, limits.wire)
    coding = headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        return _gather(admit(counted))
    if coding not in ("gzip", "x-gzip"):
        raise FetchError(f"the answer comes in the coding {coding!r} though only gzip was asked for", url=url)
    return _gather(admit(_inflate(url, counted, limits.inflated)))


def _gather(parts: Iterable[bytes]) -> bytes:
    """All parts as one; the usual single part is not copied, and many do not stand in memory twice."""
    iterator = iter(parts)
    first = next(iterator, b"")
    second = next(iterator, None)
    if second is None:
        return first
    buffer = io.BytesIO()
    buffer.write(first)
    buffer.write(second)
    for part in iterator:
        buffer.write(part)
    return buffer.getvalue()


def _counted(url: str, chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(url, "its body", limit)
        yield chunk


def _inflate(url: str, chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Inflate one gzip coding of at most `_MAX_MEMBERS` members, never more than a step at a time."""
    inflater = zlib.decompressobj(_GZIP)
    members, wire, size, started = 1, 0, 0, False
    for chunk in chunks:
        wire += len(chunk)
        rest = chunk
        while rest:
            if inflater.eof:
                members += 1
                inflater = zlib.decompressobj(_GZIP)
            if members > _MAX_MEMBERS:
                raise FetchError(f"the answer is made of more than {_MAX_MEMBERS} gzip members", url=url)
            started = True
            try:
                part = inflater.decompress(rest, _STEP)
            except zlib.error as error:
                raise FetchError("the answer says gzip and is not", url=url, cause=error) from None
            size += len(part)
            if size > limit:
                raise _too_large(url, f"{wire} bytes that inflate to more", limit)
            if size > _RATIO_FROM and size > _RATIO * wire:
                message = f"the answer is too large: it inflates to more than {_RATIO} times its size, as gzip bombs do"
                raise TooLargeError(message, url=url, transient=False)
            if part:
                yield part
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    if started and not inflater.eof:
        raise FetchError("the answer broke off: its gzip coding does not end", url=url)


def _too_large(url: str, what: str, limit: int) -> TooLargeError:
    return TooLargeError(f"the answer is too large: {what}, at most {limit} are taken", url=url, transient=False)
