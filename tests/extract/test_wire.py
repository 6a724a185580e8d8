"""Messages between the extractor and its reader: what goes in comes out, and nothing else is believed."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.confined.wire import WireError, read_message, write_message
from monitor.extract.extraction import Extraction, extraction_from_message, extraction_to_message

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
OUTCOMES = st.builds(
    Extraction,
    state=st.sampled_from(["extracted", "no-text", "damaged"]),
    media_type=TEXT,
    text=TEXT,
    pages=st.none() | st.integers(0, 10_000),
    positions=st.lists(st.tuples(st.integers(0, 999), TEXT), max_size=3).map(tuple),
    reason=TEXT,
    extractor=TEXT,
)


@given(OUTCOMES)
def test_an_outcome_comes_out_as_it_went_in(outcome: Extraction) -> None:
    pipe = BytesIO()
    write_message(pipe, *extraction_to_message(outcome))
    pipe.seek(0)
    assert extraction_from_message(*read_message(pipe, most=1000)) == outcome


@given(st.binary(max_size=60))
def test_noise_is_no_message(noise: bytes) -> None:
    with pytest.raises(WireError):
        read_message(BytesIO(noise), most=1000)


def test_a_message_longer_than_allowed_is_refused_before_it_is_read() -> None:
    pipe = BytesIO()
    write_message(pipe, {}, b"x" * 101)
    pipe.seek(0)
    with pytest.raises(WireError, match="101 bytes was announced, 100 are allowed"):
        read_message(pipe, most=100)


def test_a_message_that_breaks_off_is_refused() -> None:
    pipe = BytesIO()
    write_message(pipe, {"a": 1}, b"body")
    with pytest.raises(WireError, match="closed"):
        read_message(BytesIO(pipe.getvalue()[:-1]), most=100)


@pytest.mark.parametrize(
    "wrong", [{"state": "splendid"}, {"state": ["extracted"]}, {"pages": "many"}, {"positions": None}, {"reason": 5}]
)
def test_an_answer_that_is_no_outcome_is_refused(wrong: dict[str, object]) -> None:
    header, body = extraction_to_message(Extraction("extracted", "text/plain"))
    with pytest.raises(ValueError, match="the reader answered with"):
        extraction_from_message(header | {"positions": []} | wrong, body)
