"""What the language means, case by case: `cases.txt`, which anybody may read and add to."""

from __future__ import annotations

import pytest

from monitor.rules.departments import same_department
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.evaluating import evaluate
from monitor.rules.query.normal import normal_form
from monitor.rules.query.parsing import parse_query
from tests.rules.query.documents import written
from tests.rules.query.written_cases import CASES, spelt_out


@pytest.mark.parametrize("query", CASES)
def test_the_query_finds_what_it_should_and_nothing_else(query: str) -> None:
    parsed = parse_query(spelt_out(query))
    standing = StandingQueries()
    standing.add(1, parsed)
    for line in CASES[query]:
        document = written(spelt_out(line[2:]))
        expected = line[0] == "+"
        assert evaluate(parsed, document, same_department=same_department).matched is expected, line
        assert bool(standing.matching(document, same_department=same_department)) is expected, line
    assert parse_query(normal_form(parsed)) == parsed


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 150
    assert sum(map(len, CASES.values())) >= 350
