"""A bad query is refused with its place, a caret and a remedy; no input crashes the parser or takes it long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import Problem, QueryError
from monitor.rules.query.keywords import keywords_query
from monitor.rules.query.normal import normal_form
from monitor.rules.query.parsing import DEEPEST, LONGEST, MOST, parse_query
from monitor.rules.query.tree import Query, terms

BAD = (Path(__file__).with_name("bad_queries.txt")).read_text(encoding="utf-8").splitlines()


def refusal(text: str, **origin: object) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse_query(text, **origin)  # type: ignore[arg-type]
    return caught.value


def outcome(text: str) -> Query | Problem:
    try:
        return parse_query(text)
    except QueryError as error:
        return error.problem


def test_each_bad_query_gets_its_caret_and_its_remedy(golden: Callable[[str, str], None]) -> None:
    told = [f"{refusal(query, path='config.toml', line=7)}\n" for query in BAD]
    golden("bad-queries.txt", "\n".join(told))


@pytest.mark.parametrize("query", BAD)
def test_a_mistake_has_a_place_within_the_query_and_a_remedy(query: str) -> None:
    problem = refusal(query).problem
    assert 1 <= problem.column <= len(query) + 1
    assert problem.help


def test_nothing_to_look_for_is_refused() -> None:
    for blank in ("", "   ", "\n\t\u200b"):
        assert "empty" in refusal(blank).problem.message


def test_a_mistake_in_the_second_line_is_placed_there() -> None:
    problem = refusal("prison AND\n  (places OR\n", path="config.toml", line=12, column=9).problem
    assert (problem.line, problem.column, problem.source_line) == (13, 13, "  (places OR")


def test_the_caret_stands_under_the_mistake_in_the_line_of_the_file() -> None:
    line = 'query = "prison OR"'
    told = str(refusal("prison OR", path="config.toml", line=3, column=10, source_line=line)).splitlines()
    assert told[0].startswith("config.toml:3:19: query: ")
    assert told[1:3] == [f"  {line}", "  " + " " * 18 + "^"]


def test_without_the_line_of_the_file_the_caret_still_stands_under_the_mistake() -> None:
    told = str(refusal("prison OR", column=10)).splitlines()
    assert told[1].index("prison") + len("prison OR") == told[2].index("^")


def test_a_query_has_bounds() -> None:
    assert "deep" in refusal("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1)).problem.message
    assert "characters" in refusal("a" * (LONGEST + 1)).problem.message
    for long in ('"' + "a " * 61 + '"', "a." * 61):
        assert "61 words" in refusal(long).problem.message
    assert "chain of 21 NEARs" in refusal(" NEAR/1 ".join("abcdefghijklmnopqrstuv")).problem.message
    assert "clauses" in refusal(" ".join(f"a{number}" for number in range(MOST + 1))).problem.message


@pytest.mark.parametrize(
    "query",
    ["colour-" * 30 + "x", "organise-" * 59 + "x", '"' + "colour-neighbour " * 30 + '"~', "re-" * 59 + "off*"],
)
def test_words_with_many_variants_are_read_at_once(query: str) -> None:
    elements = [element for term in terms(parse_query(query).root) for element in term.elements]
    assert max(map(len, elements)) <= 24


def test_the_line_of_a_mistake_is_shown_no_further_than_helps() -> None:
    told = str(refusal("prison " * 20_000)).splitlines()
    assert max(map(len, told)) < 250


def test_brackets_as_deep_as_allowed_are_read() -> None:
    assert normal_form(parse_query("(" * DEEPEST + "prison" + ")" * DEEPEST)) == "prison"


@pytest.mark.parametrize(
    "piece", ["(", ")", '"', "-", "NOT ", "a NEAR/1 ", "a OR ", "title:", "a (", "*", "-(", "a*b", "(a OR (", "\u0301"]
)
def test_the_same_piece_over_and_over_is_read_or_refused_at_once(piece: str) -> None:
    found = outcome((piece * LONGEST)[:LONGEST])
    assert isinstance(found, Query) or found.help


PIECES = st.sampled_from(
    '( ) AND OR NOT - " * ~ NEAR/3 NEAR/ title: date: in:page in:attachment dept:moj a prison* re-offend \u201c , é \n'.split(
        " "
    )
)


@given(
    st.one_of(
        st.text(max_size=60), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
    )
)
@settings(max_examples=300, deadline=1000)
def test_any_text_is_a_query_or_a_mistake_with_a_remedy(text: str) -> None:
    found = outcome(text)
    if isinstance(found, Query):
        assert parse_query(normal_form(found)) == found
    else:
        assert found.help
        assert 1 <= found.column <= len(text) + 1


def test_a_keyword_without_a_word_is_refused() -> None:
    for keyword in ("", "£", '""'):
        with pytest.raises(QueryError, match="letters or figures"):
            keywords_query([keyword])


def test_a_keyword_with_a_star_is_refused_with_the_query_to_write() -> None:
    with pytest.raises(QueryError, match="query"):
        keywords_query(["prison*"])


def test_a_keyword_as_long_as_a_page_is_refused() -> None:
    with pytest.raises(QueryError, match="60 words"):
        keywords_query(["a " * 61])


def test_no_keywords_at_all_are_refused() -> None:
    with pytest.raises(QueryError, match="no keywords"):
        keywords_query([])


def test_a_good_query_says_what_it_is() -> None:
    assert isinstance(parse_query("prison"), Query)
