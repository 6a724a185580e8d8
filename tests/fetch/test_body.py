"""Reading a body within its limits."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import FetchError
from monitor.fetch.body import Limits, read_body

URL = "https://www.gov.uk/feed"
ROOMY = Limits(wire=10_000_000, inflated=50_000_000)
GZIP = {"content-encoding": "gzip"}


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@settings(max_examples=60)
@given(st.binary(max_size=3000), st.integers(1, 400), st.booleans(), st.integers(1, 3))
def test_what_was_sent_is_what_is_read_however_it_was_cut(data, size, zipped, members):
    wire = b"".join(gzip.compress(part) for part in [data] * members) if zipped else data * members
    assert read_body(URL, GZIP if zipped else {}, pieces(wire, size), ROOMY) == data * members


@pytest.mark.parametrize("coding", ["", "identity", "GZIP", "x-gzip"])
def test_the_usual_codings_are_understood(coding):
    body = gzip.compress(b"words") if "gzip" in coding.lower() else b"words"
    assert read_body(URL, {"content-encoding": coding}, [body], ROOMY) == b"words"


@pytest.mark.parametrize(
    "coding", ["gzip, gzip", "gzip,gzip", "br", "deflate", "zstd", "gzip, identity", "compress", "?"]
)
def test_other_and_stacked_codings_are_refused_unread(coding):
    with pytest.raises(FetchError, match="only gzip was asked for"):
        read_body(URL, {"content-encoding": coding}, iter([gzip.compress(gzip.compress(b"words"))]), ROOMY)


def test_a_body_of_nothing_is_nothing_in_either_coding():
    assert read_body(URL, {}, [], ROOMY) == b""
    assert read_body(URL, GZIP, [], ROOMY) == b""


def test_a_gzip_coding_that_does_not_end_is_an_answer_cut_short():
    with pytest.raises(FetchError, match="does not end") as refused:
        read_body(URL, GZIP, [gzip.compress(b"words" * 1000)[:-9]], ROOMY)
    assert refused.value.transient


@pytest.mark.parametrize(
    "wire", [b"<feed/>", b"\x1f\x8b", zlib.compress(b"words"), gzip.compress(b"words") + b"rubbish"]
)
def test_what_says_gzip_and_is_not_is_refused(wire):
    with pytest.raises(FetchError):
        read_body(URL, GZIP, [wire], ROOMY)


def test_the_wire_has_its_limit():
    limits = Limits(wire=1000, inflated=10**9)
    assert len(read_body(URL, {}, [b"x" * 500] * 2, limits)) == 1000
    with pytest.raises(FetchError, match="too large") as refused:
        read_body(URL, {}, [b"x" * 500] * 2 + [b"x"], limits)
    assert not refused.value.transient


def test_a_body_announced_too_large_is_not_even_begun():
    chunks = iter([b"never read"])
    with pytest.raises(FetchError, match="5000 bytes announced"):
        read_body(URL, {"content-length": "5000"}, chunks, Limits(wire=1000, inflated=1000))
    assert next(chunks) == b"never read"


def test_what_inflates_has_a_limit_of_its_own():
    limits = Limits(wire=100_000, inflated=200_000)
    assert len(read_body(URL, GZIP, [gzip.compress(b"x" * 200_000)], limits)) == 200_000
    with pytest.raises(FetchError, match="too large"):
        read_body(URL, GZIP, [gzip.compress(b"x" * 200_001)], limits)


def test_a_gzip_bomb_is_stopped_while_it_is_small():
    bomb = gzip.compress(b"\0" * 50_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="as gzip bombs do"):
            read_body(URL, GZIP, pieces(bomb, 65_536), Limits(wire=60_000_000, inflated=120_000_000))
        assert tracemalloc.get_traced_memory()[1] < 25_000_000
    finally:
        tracemalloc.stop()


def test_a_body_of_countless_tiny_members_is_refused():
    with pytest.raises(FetchError, match="members"):
        read_body(URL, GZIP, pieces(gzip.compress(b"") * 1000, 4096), ROOMY)
