"""Whatever an answer holds, a source reads it or refuses it: no other error leaves the room."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.model.exchange import Page, Response
from monitor.sources.registry import SOURCES
from tests.sources.answers import answer
from tests.sources.golden import Case, cases

JSON_CASES = [case for case in cases() if case.response.body.lstrip().startswith((b"{", b"["))]
XML_CASES = [case for case in cases() if case.response.body.lstrip().startswith(b"<?xml")]
ODD = st.sampled_from(
    [None, True, 0, -1, 2**70, 1.5, "", " ", "\x00", "\ud800", "x" * 300, "//", "http://[", "9999-99-99T99:99:99Z",
     "0001-01-01T00:00:00+14:00", [], [None], {}, {"a": 1}, [[]], "<p", "&#0;"]
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, child in children for place in places(child, (*path, name)))]


def replaced(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    if not path:
        return odd
    value = copy.deepcopy(value)
    target = value
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = odd
    return value


def read_or_refuse(case: Case, body: bytes) -> None:
    response: Response = answer(
        body, url=case.response.request.url, reader=case.slug, context=case.response.request.context
    )
    with suppress(ParseError):
        page = SOURCES[case.slug].parse(response)
        assert isinstance(page, Page)
        assert all(is_storable(value) for value in values(asdict(page)))


def values(value: Any) -> list[Any]:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [value, *(found for child in children for found in values(child))]


def is_storable(value: Any) -> bool:
    """Whether a database can hold it: text that is UTF-8 without NUL, whole numbers of 64 bits, times that have a zone."""
    if isinstance(value, str):
        return "\x00" not in value and bool(value.encode() or True)
    if isinstance(value, datetime):
        return value.tzinfo is not None
    return not isinstance(value, int) or -(2**63) <= value < 2**63


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_field_of_any_shape_is_read_or_refused(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(JSON_CASES))
    whole = json.loads(case.response.body)
    path = data.draw(st.sampled_from(places(whole)))
    read_or_refuse(case, json.dumps(replaced(whole, path, data.draw(ODD))).encode())


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_an_answer_with_bytes_cut_out_or_put_in_is_read_or_refused(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(JSON_CASES + XML_CASES))
    body = case.response.body
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 40)))
    read_or_refuse(case, body[:start] + data.draw(st.binary(max_size=6)) + body[end:])


@pytest.mark.parametrize("case", XML_CASES, ids=lambda case: f"{case.slug}/{case.name}")
def test_a_feed_cut_short_is_refused_wherever_it_is_cut(case: Case) -> None:
    body = case.response.body.rstrip()
    for end in range(40, len(body), 37):
        with pytest.raises(ParseError, match="breaks off or is damaged"):
            SOURCES[case.slug].parse(answer(body[:end], reader=case.slug))
