"""A full-text index may pick candidates for the evaluator: it never loses one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import blake2b
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.rules.percolator.preselection import INDEX_FORM, index_text, search_expressions
from monitor.rules.query.evaluating import evaluate
from monitor.rules.query.parsing import parse_query
from tests.rules.query import wild


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=25, deadline=None)
def test_what_a_query_matches_full_text_search_finds_as_well(seed: int) -> None:
    dice = Random(seed)
    documents = [wild.document(dice) for _ in range(10)]
    with closing(sqlite3.connect(":memory:")) as archive:
        archive.execute("CREATE VIRTUAL TABLE indexed USING fts5(words, content='', tokenize='ascii')")
        texts = [index_text(part.text for part in document.parts) for document in documents]
        archive.executemany("INSERT INTO indexed(rowid, words) VALUES (?, ?)", enumerate(texts))
        for _ in range(20):
            query = wild.readable_query(dice)
            matched = {number for number, document in enumerate(documents) if evaluate(query, document).matched}
            for expression in search_expressions(query):
                rows = archive.execute("SELECT rowid FROM indexed WHERE indexed MATCH ?", (expression,))
                assert matched <= {row[0] for row in rows}


def test_an_expression_is_what_the_query_cannot_do_without_the_rarest_first() -> None:
    assert search_expressions(parse_query("government extradition NOT pension")) == (
        '"extradition" OR "extraditions"', '"government" OR "governments"',
    )  # fmt: skip
    assert search_expressions(parse_query("smuggl* OR O'Brien")) == ('"smuggl" * OR "o\'brien"',)


def test_a_query_of_facets_only_has_no_expression() -> None:
    assert search_expressions(parse_query("house:lords OR prison")) == ()


def test_joined_words_are_indexed_in_both_ways() -> None:
    assert index_text(["Re-offending rates", "Caf\u00e9s"]) == "re offending rates\nreoffending rates\ncafes"


def test_the_index_has_a_new_number_whenever_words_are_read_otherwise() -> None:
    """If this fails, raise `INDEX_FORM`: the index in an archive was made by the old rules. Then put the new digest here."""
    digest = blake2b(index_text([" ".join(wild.WORDS), *wild.WORDS]).encode(), digest_size=8).hexdigest()
    assert (INDEX_FORM, digest) == (1, "fc9a4034478173f0")
