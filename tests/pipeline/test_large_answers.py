"""Large answers are read apart: the same page as here, the same refusals, and an end where they would cost too much."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from monitor.confined.bounds import MB, Bounds
from monitor.errors import ParseError
from monitor.model.exchange import Page, Response
from monitor.pipeline.answers import LARGE, AnswerReader, open_answer_reader, parse_answer
from monitor.sources.registry import SOURCES
from tests.sources.answers import answer
from tests.sources.golden import Case, cases

ITEM = {
    "base_path": "/a", "content_id": "x", "schema_name": "publication", "document_type": "guidance", "title": "T", "links": {},
}  # fmt: skip
LISTS = [case for case in cases() if case.response.body]


@pytest.fixture(scope="module")
def reader() -> Iterator[AnswerReader]:
    with open_answer_reader(SOURCES) as opened:
        yield opened


def swollen(response: Response) -> Response:
    """The same answer, large: white space at its end says nothing in JSON, nor in XML."""
    return replace(response, body=response.body + b" " * LARGE)


def outcome(reader: AnswerReader, response: Response) -> Page | str:
    try:
        return reader.read(response)
    except ParseError as error:
        return str(error)


@pytest.mark.parametrize("case", LISTS, ids=lambda case: f"{case.slug}/{case.name}")
def test_a_large_answer_is_the_page_that_a_small_one_is(reader: AnswerReader, case: Case) -> None:
    assert outcome(reader, swollen(case.response)) == outcome(reader, case.response)


@pytest.mark.parametrize("body", [b"<html>", b"[", b"nothing", b'{"title": "Bad Request", "status": 400}', b"<feed>"])
@pytest.mark.parametrize("slug", ["govuk_atom", "govuk_content", "written_statements"])
def test_a_large_answer_is_refused_in_the_same_words(reader: AnswerReader, slug: str, body: bytes) -> None:
    response = answer(body, reader=slug)
    expected = str(outcome(reader, response))
    assert expected.startswith("expected ")
    assert str(outcome(reader, swollen(response)))[:50] == expected[:50]


def test_no_process_is_started_for_small_answers() -> None:
    with open_answer_reader(SOURCES) as reader:
        reader.read(answer(json.dumps(ITEM).encode(), reader="govuk_content"))
        assert reader.apart.id is None
        reader.read(swollen(answer(json.dumps(ITEM).encode(), reader="govuk_content")))
        assert reader.apart.id is not None


class Broken:
    """A source with a mistake in it."""

    slug = "feed"

    def parse(self, response: Response) -> Page:  # noqa: ARG002
        raise KeyError("oops")


def test_an_answer_that_breaks_its_reader_is_one_feeds_trouble() -> None:
    response = answer(b"<feed/>", reader="feed")
    with pytest.raises(ParseError, match=r"reading it broke its reader \(KeyError: 'oops'\)"):
        parse_answer({"feed": Broken()}, response)  # type: ignore[dict-item]


def test_what_would_take_too_long_or_too_much_is_refused(reader: AnswerReader) -> None:
    many = "<p " + " ".join(f"a{number}" for number in range(400_000)) + ">"
    costly = answer(json.dumps({**ITEM, "details": {"body": many}}).encode(), reader="govuk_content")
    bound = replace(reader, bounds=Bounds(seconds=0.5, memory=512 * MB, answer=MB))
    assert "reading it took longer than the 0.5 s it may take" in str(outcome(bound, costly))
    wide = answer(json.dumps({**ITEM, "more": [[]] * 1_500_000}).encode(), reader="govuk_content")
    bound = replace(reader, bounds=Bounds(seconds=20, memory=150 * MB, answer=MB))
    assert "reading it needs more than the 150 MB of memory it may use" in str(outcome(bound, wide))
    assert reader.read(swollen(LISTS[0].response)) is not None
