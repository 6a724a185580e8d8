"""A full-text index may pick candidates for the evaluator: it never loses one."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import QueryError
from monitor.rules.documents import read_document
from monitor.rules.percolator.preselection import index_text, search_expression
from monitor.rules.query.evaluating import evaluate
from monitor.rules.query.parsing import parse_query
from tests.rules.query import wild


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=25, deadline=None)
def test_what_a_query_matches_full_text_search_finds_as_well(seed: int) -> None:
    dice = Random(seed)
    documents = [wild.document(dice) for _ in range(10)]
    with closing(sqlite3.connect(":memory:")) as archive:
        archive.execute("CREATE VIRTUAL TABLE words USING fts5(body)")
        archive.executemany("INSERT INTO words(rowid, body) VALUES (?, ?)", enumerate(map(index_text, documents)))
        for _ in range(20):
            with suppress(QueryError):
                query = parse_query(wild.query(dice))
                expression = search_expression(query)
                if expression is not None:
                    rows = archive.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,))
                    matched = {number for number, document in enumerate(documents) if evaluate(query, document).matched}
                    assert matched <= {row[0] for row in rows}


def test_the_expression_is_the_rarest_part_of_the_query() -> None:
    assert search_expression(parse_query("government extradition NOT pension")) == '"extradition" OR "extraditions"'
    assert search_expression(parse_query("smuggl* OR O'Brien")) == '"smuggl" * OR "o\'brien"'


def test_a_query_of_facets_only_has_no_expression() -> None:
    assert search_expression(parse_query("house:lords OR prison")) is None


def test_joined_words_are_indexed_in_both_ways() -> None:
    assert index_text(read_document(title="Re-offending rates", text="Caf\u00e9s")) == (
        "re offending rates\nreoffending rates\ncafes"
    )
