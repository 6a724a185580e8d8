"""A segment as bytes and back: a line of JSON that says what follows, then the arrays as they lie in memory.

Reading copies nothing: over a memory-mapped file, what no document asks for is never loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from monitor.errors import IntegrityError
from monitor.rules.percolator.keys import key_numbers
from monitor.rules.percolator.packing import FORM, pack_leaf, unpack_leaf
from monitor.rules.percolator.segment import Segment
from monitor.rules.query.tree import DateRange, Facet

_MARK = b"standing queries\n"
_ALIGNMENT = 64
_PROBE = ("small boats", "caf\u00e9", "prison*", ":dept:moj")


def segment_bytes(segment: Segment) -> Iterator[bytes]:
    """The saved form of a segment, piece by piece, to be written to a file in this order."""
    arrays = {name: getattr(segment, name) for name in _array_names()}
    header: dict[str, Any] = {
        "form": FORM,
        "probe": key_numbers(_PROBE).tolist(),
        "arrays": {name: [each.dtype.str, len(each)] for name, each in arrays.items()},
        "prefix_lengths": segment.prefix_lengths,
        "facets": [pack_leaf(facet).decode() for facet in segment.facets],
    }
    head = _MARK + json.dumps(header).encode() + b"\n"
    yield head + b" " * (-len(head) % _ALIGNMENT)
    for each in arrays.values():
        yield each.tobytes()
        yield b"\0" * (-each.nbytes % _ALIGNMENT)


def read_segment(saved: bytes | memoryview, *, resource: str = "standing queries") -> Segment:
    """The segment that was saved. Raises IntegrityError where the bytes are cut, or of another form: build it again."""
    view = memoryview(saved)
    header, at = _read_header(view, resource)
    found: dict[str, Any] = {}
    for name, (dtype, length) in header["arrays"].items():
        size = length * np.dtype(dtype).itemsize
        if at + size > len(view):
            raise IntegrityError(
                "the saved standing queries are cut short", resource=resource, cause="build them again"
            )
        found[name] = np.frombuffer(view, dtype, length, at)
        at += size + -size % _ALIGNMENT
    facets = [unpack_leaf(packed.encode()) for packed in header["facets"]]
    return Segment(
        **found,
        prefix_lengths=tuple(header["prefix_lengths"]),
        facets=tuple(facet for facet in facets if isinstance(facet, Facet | DateRange)),
    )


def _read_header(view: memoryview, resource: str) -> tuple[dict[str, Any], int]:
    """What follows, and where it begins."""
    start = bytes(view[: len(_MARK)])
    line = bytes(view[len(_MARK) : len(_MARK) + (1 << 24)]).partition(b"\n")[0] if start == _MARK else b""
    try:
        header: dict[str, Any] = json.loads(line)
        current = header["form"] == FORM and header["probe"] == key_numbers(_PROBE).tolist()
    except (ValueError, KeyError, TypeError):
        current = False
    if not current or set(header["arrays"]) != set(_array_names()):
        cause = "build them again"
        raise IntegrityError("these are no standing queries that this program saved", resource=resource, cause=cause)
    end = len(_MARK) + len(line) + 1
    return header, end + -end % _ALIGNMENT


def _array_names() -> list[str]:
    return [field.name for field in fields(Segment) if field.name not in ("prefix_lengths", "facets")]
