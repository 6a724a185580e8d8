"""docs/watch-language.md tells the truth: its examples are run, and what it lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.rules.query.evaluating import evaluate
from monitor.rules.query.facets import FIELDS
from monitor.rules.query.keywords import keywords_query
from monitor.rules.query.normal import normal_form
from monitor.rules.query.parsing import DEEPEST, LONGEST, MOST, parse_query
from monitor.rules.query.pieces import WIDEST
from tests.rules.query.documents import written

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "watch-language.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^### (\d+\. .+?)$.*?^```\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLES = dict(BLOCK.findall(PAGE))


def lines(example: str, kind: str) -> list[str]:
    return [line[8:] for line in EXAMPLES[example].splitlines() if line[:8].strip() == kind]


def test_there_are_twelve_examples_and_every_line_of_them_is_run() -> None:
    assert [title.split(".")[0] for title in EXAMPLES] == [str(number) for number in range(1, 13)]
    kinds = {line[:8].strip() for example in EXAMPLES.values() for line in example.splitlines()}
    assert kinds == {"query", "finds", "misses", "normal"}


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_does_what_the_page_says(example: str) -> None:
    (asked,) = lines(example, "query")
    query = parse_query(asked)
    assert lines(example, "finds")
    assert lines(example, "misses")
    assert [text for text in lines(example, "finds") if not evaluate(query, written(text)).matched] == []
    assert [text for text in lines(example, "misses") if evaluate(query, written(text)).matched] == []
    assert all(normal_form(query) == normal for normal in lines(example, "normal"))


def test_every_field_is_on_the_page() -> None:
    assert [field for field in FIELDS if f"`{field}:" not in PAGE] == []


def test_the_limits_on_the_page_are_those_of_the_parser() -> None:
    assert f"at most {LONGEST:,} characters, {MOST} clauses and brackets {DEEPEST} deep" in PAGE
    assert f"n from 0 to {WIDEST}" in PAGE


def test_keywords_are_the_query_that_the_page_says() -> None:
    assert keywords_query(["small boats", "Calais Group"]) == parse_query('"small boats"~ OR "Calais Group"~')
    assert keywords_query(['"small boats"']) == parse_query('"small boats"')
