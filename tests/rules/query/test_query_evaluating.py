"""What queries match, operator by operator, and how a match or a miss is explained."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import QueryError
from monitor.model.record import Record
from monitor.model.watch import Hit
from monitor.rules.documents import Facets, read_document, read_record
from monitor.rules.percolator.building import build_segment
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.evaluating import MOST_HITS, evaluate
from monitor.rules.query.normal import normal_form
from monitor.rules.query.parsing import parse_query
from monitor.rules.query.tree import Query
from tests.rules.query import wild
from tests.rules.query.documents import ask, matches, text
from tests.rules.query.reference import means


@pytest.mark.parametrize(
    ("query", "words", "expected"),
    [
        ("prison places", "places in a prison", True),
        ("prison places", "a prison", False),
        ("prison AND NOT places", "a prison", True),
        ("prison -places", "prison places", False),
        ("prison OR hospital AND ward", "a prison", True),
        ("(prison OR hospital) AND ward", "a prison", False),
        ("prison NOT (pension OR pay)", "prison pay", False),
        ("prison (places OR NOT pay)", "prison", True),
        ('"prison places"', "places, prison; prison and places", False),
        ('"prison places"', "more prison places", True),
        ('"prison-places"', "prison places", True),
        ("prison*", "the prisoners", True),
        ("prison*", "imprisoned", False),
        ("re-offend*", "reoffenders", True),
        ("re-offend*", "re-offenders", True),
        ("PRISON", "Prison", True),
        ("cafe", "Café CAFÉ", True),
        ("café", "cafe\u0301", True),
        ("£3.7bn", "costs £3.7bn", True),
        ("£3.7bn", "costs £3 or 7bn", False),
        ("it's", "it", True),
        ("minister", "the Minister\u2019s plan", True),
        ("O'Brien", "Mr O\u2019Brien", True),
        ("Gwasanaeth", "y gwasanaeth carchardai", True),
        ("\u76e3\u7344", "\u76e3\u7344", True),
    ],
)
def test_words_phrases_and_operators(query: str, words: str, expected: bool) -> None:
    assert matches(query, words) is expected


@pytest.mark.parametrize(
    ("query", "words", "expected"),
    [
        ("a1 NEAR/0 b1", "a1 b1", True),
        ("a1 NEAR/0 b1", "b1 a1", True),
        ("a1 NEAR/0 b1", "a1 x b1", False),
        ("a1 NEAR/5 b1", "a1 1 2 3 4 5 b1", True),
        ("a1 NEAR/5 b1", "a1 1 2 3 4 5 6 b1", False),
        ("b1 NEAR/5 a1", "a1 1 2 3 4 5 b1", True),
        ("a1 NEAR/5 a1", "a1", False),
        ("a1 NEAR/5 a1", "a1 x a1", True),
        ('"a1 x" NEAR/1 b1', "a1 x y b1", True),
        ('"a1 x" NEAR/1 "x b1"', "a1 x b1", False),
        ("(a1 OR c1) NEAR/1 (b1 OR d1)", "c1 x d1", True),
        ("a1 NEAR/1 b1 NEAR/1 c1", "a1 x b1 x c1", True),
        ("a1 NEAR/1 b1 NEAR/1 c1", "a1 b1 x x x x b1 c1", False),
        ("NOT (a1 NEAR/1 b1) c1", "a1 x x b1 c1", True),
    ],
)
def test_near_counts_the_words_between_in_either_order(query: str, words: str, expected: bool) -> None:
    assert matches(query, words) is expected


def test_near_does_not_reach_from_one_field_into_another() -> None:
    document = read_document(title="prison", summary="places", text="prison and hospital")
    assert not evaluate(parse_query("prison NEAR/9 places"), document).matched


def test_not_binds_tighter_than_near_and_near_than_and_and_and_than_or() -> None:
    query = parse_query("a1 OR b1 c1 NEAR/2 d1 NOT e1")
    assert normal_form(query) == "a1 OR b1 AND c1 NEAR/2 d1 AND NOT e1"
    assert query == parse_query("a1 OR (b1 AND ((c1 NEAR/2 d1)) AND (NOT e1))")


def test_a_field_holds_a_term_to_that_field() -> None:
    document = read_document(title="Prison plan", summary="Places", text="Probation", attachments=[("1", "Parole")])
    for query, expected in {
        "title:prison": True, "title:place": False, "summary:place": True, "text:probation": True, "text:parole": False,
        'title:"prison plan"': True, "title:pris*": True, "title:probation": False,
    }.items():  # fmt: skip
        assert evaluate(parse_query(query), document).matched is expected, query


def test_in_says_whether_the_page_or_its_attachments_are_searched() -> None:
    document = read_document(title="Prison", text="probation", attachments=[("a", "parole"), ("b", "release plan")])
    for query, expected in {
        "parole": True, "parole in:attachment": True, "parole in:page": False, "probation in:attachment": False,
        "probation in:page": True, "(parole in:attachment) AND (probation in:page)": True, "parole probation": True,
        "parole probation in:attachment": False, "parole release in:attachments": True,
        "parole in:page OR release in:attachment": True, "release NOT probation in:attachment": True,
    }.items():  # fmt: skip
        assert evaluate(parse_query(query), document).matched is expected, query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('dept:"ministry of justice"', True), ("dept:moj", False), ("minister:sample", True), ("minister:SAMPLE", True),
        ('minister:"jane sample"', True), ("minister:sam", False), ("-minister:sample house:commons", False),
        ("house:commons", True), ('house:"House of Commons"', True), ("house:lords", False), ("type:wms", True),
        ("type:written_statement", True), ("type:written-statement", True), ('type:"Written Statement"', True),
        ("type:policy_paper", False), ("id:hcws293", True), ("id:parliament:1943121", True), ("id:HCWS29", False),
        ("id:https://questions-statements.example.org/HCWS293", True), ("status:live", True), ("status:withdrawn", False),
        ("lang:en", True), ("lang:cy", False), ("source:statements", True), ("source:gov.uk", False),
        ("date:2024", True), ("date:2024-12", True), ("date:2024-12-10", True), ("date:2024-11", False),
        ("date:2024-12-10..", True), ("date:..2024-12-10", True), ("date:2024-12-11..", False), ("date:..2024-11", False),
        ("date:2024-11..2025-01", True), ("date:2023..2024", True),
    ],
)  # fmt: skip
def test_facets_say_what_a_publication_must_be(query: str, expected: bool) -> None:
    assert matches(query, "prison") is expected


def test_a_publication_without_a_date_lies_in_no_range() -> None:
    assert not evaluate(parse_query("date:..2030"), read_document(facets=Facets())).matched


def test_departments_are_told_by_whatever_table_of_names_is_handed_over() -> None:
    names = {"moj": 1, "ministry of justice": 1, "dca": 1}
    query = parse_query("dept:MoJ")
    assert evaluate(
        query, text("prison"), same_department=lambda one, other: names.get(one) == names.get(other.lower())
    ).matched


def test_a_record_is_read_with_all_that_facets_ask_for() -> None:
    at = datetime(2024, 7, 1, 23, 30, tzinfo=UTC)
    record = Record(
        key="govuk:1:en", url="https://www.gov.uk/plan", title="Plan", document_type="policy_paper", publisher="govuk",
        status="withdrawn", first_seen_at=at, version=1, versions=1, words=2, text="prison", published_at=at,
        department="Home Office", identifier="CP 1", language="cy", feed="home-office", source="govuk_atom",
    )  # fmt: skip
    document = read_record(record, attachments=[("a", "parole")])
    asked = (
        'type:policy_paper status:withdrawn date:2024-07-02 dept:"home office" lang:cy source:home-office source:gov.uk'
    )
    assert evaluate(parse_query(f'{asked} id:govuk:1:en id:"cp 1" prison parole'), document).matched
    assert document.facets.date == date(2024, 7, 2), "the day in London, where it was already tomorrow"


def test_hits_say_where_in_which_field_the_words_stand() -> None:
    document = read_document(
        title="Prisons", text="The Prison\u2019s re-offending rate", attachments=[("a1", "in prison")]
    )
    found = evaluate(parse_query("prison reoffending"), document)
    assert found.hits == (
        Hit("prison", "title", 0, 7),
        Hit("prison", "text", 4, 12),
        Hit("prison", "attachment", 3, 9, "a1"),
        Hit("reoffending", "text", 13, 25),
    )


def test_hits_of_near_are_the_words_that_are_near() -> None:
    found = ask("prison NEAR/1 places", "prison x x x prison x places")
    assert [(hit.start, hit.end) for hit in found.hits] == [(13, 19), (22, 28)]


def test_no_clause_tells_more_hits_than_anyone_would_look_at() -> None:
    assert len(ask("prison", "prison " * 500).hits) == MOST_HITS


def test_hits_come_only_from_what_the_match_rests_on() -> None:
    found = ask("(prison AND pension) OR places OR NOT (parole) hospital", "prison places")
    assert found.matched
    assert [hit.term for hit in found.hits] == ["places"]


@pytest.mark.parametrize(
    ("query", "words", "failed"),
    [
        ("prison AND places", "prison", ["places"]),
        ("prison AND NOT places", "prison places", ["places"]),
        ("(prison OR parole) AND places", "nothing", ["prison", "parole", "places"]),
        ("prison NOT (places pay)", "prison pay places", ["places", "pay"]),
        ("prison dept:dfe", "prison", ["dept:dfe"]),
        ("prison NEAR/2 places in:attachment", "prison places", ["prison NEAR/2 places in:attachment"]),
        ("prison OR places", "prison", []),
    ],
)
def test_a_miss_names_the_clauses_it_failed_by(query: str, words: str, failed: list[str]) -> None:
    assert [clause.text for clause in ask(query, words).failed] == failed


def test_every_clause_is_told_in_order_with_what_became_of_it() -> None:
    found = ask('prison OR title:"early release" NOT pension house:commons', "prison and pension")
    assert [(clause.text, clause.wanted, clause.matched) for clause in found.clauses] == [
        ("prison", True, True),
        ('title:"early release"', True, False),
        ("pension", False, True),
        ("house:commons", True, True),
    ]


def disagreements(dice: Random, pairs: int) -> tuple[list[str], int]:
    """Random queries, each asked of a random document by the evaluator, by the percolator and by the plainest reading there
    is: where they differ, and how many matched."""
    found: list[str] = []
    matched = 0
    for _ in range(pairs):
        document = wild.document(dice)
        query = wild.readable_query(dice)
        expected = means(query.root, document, wild.same_department)
        matched += expected
        standing = StandingQueries(build_segment([(1, query)]))
        told = (
            evaluate(query, document, same_department=wild.same_department).matched,
            bool(standing.matching(document, same_department=wild.same_department)),
        )
        if told != (expected, expected):
            found.append(normal_form(query))
    return found, matched


def test_a_thousand_random_queries_and_documents_come_out_as_the_plainest_reading_has_it() -> None:
    found, matched = disagreements(Random(20241210), 1_000)
    assert found == []
    assert 100 < matched < 900, "pairs that never meet, or always, would show nothing"


@pytest.mark.torture
def test_ten_thousand_random_queries_and_documents_come_out_as_the_plainest_reading_has_it() -> None:
    found, matched = disagreements(Random(20241211), 10_000)
    assert found == []
    assert 1_000 < matched < 9_000


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=60, deadline=None)
def test_the_evaluator_agrees_with_the_plainest_reading_of_the_language(seed: int) -> None:
    dice = Random(seed)
    document = wild.document(dice)
    for _ in range(10):
        with suppress(QueryError):
            root = parse_query(wild.query(dice)).root
            matched = evaluate(Query(root), document, same_department=wild.same_department).matched
            assert matched is means(root, document, wild.same_department), normal_form(Query(root))
