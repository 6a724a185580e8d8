"""The percolator finds what the evaluator would find query by query, whatever was added, changed, removed or saved."""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import IntegrityError, QueryError
from monitor.rules.documents import Document, read_document
from monitor.rules.percolator.building import build_segment
from monitor.rules.percolator.covers import covers_of
from monitor.rules.percolator.keys import document_keys, key_numbers
from monitor.rules.percolator.packing import FORM, pack_leaf, unpack_leaf
from monitor.rules.percolator.saving import read_segment, segment_bytes
from monitor.rules.percolator.segment import Segment
from monitor.rules.percolator.standing import StandingQueries
from monitor.rules.query.evaluating import Reader, evaluate
from monitor.rules.query.keywords import keywords_query
from monitor.rules.query.normal import normal_form
from monitor.rules.query.parsing import parse_query
from monitor.rules.query.tree import Query, leaves
from tests.rules.query import wild
from tests.rules.query.documents import text
from tests.rules.query.written_cases import QUERIES


def naive(queries: dict[int, Query], document: Document) -> list[int]:
    return [
        id
        for id, query in sorted(queries.items())
        if evaluate(query, document, same_department=wild.same_department).matched
    ]


def matching(standing: StandingQueries, document: Document) -> list[int]:
    return standing.matching(document, same_department=wild.same_department)


def standing_queries(standing: StandingQueries) -> dict[int, Query | None]:
    return {id: standing.find(id) for id in standing.ids()}


def wild_queries(dice: Random, count: int) -> dict[int, Query]:
    found: dict[int, Query] = {}
    while len(found) < count:
        with suppress(QueryError):  # now and then one that asks for nothing
            found[len(found)] = parse_query(wild.query(dice))
    return found


def saved_and_read(segment: Segment) -> Segment:
    return read_segment(b"".join(segment_bytes(segment)))


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=25, deadline=None)
def test_any_queries_and_documents_give_what_the_evaluator_gives_alone(seed: int) -> None:
    dice = Random(seed)
    queries = wild_queries(dice, 40)
    built, added = StandingQueries(saved_and_read(build_segment(queries.items()))), StandingQueries()
    for id, query in queries.items():
        added.add(id, query)
    for _ in range(3):
        document = wild.document(dice)
        expected = naive(queries, document)
        assert matching(built, document) == expected
        assert matching(added, document) == expected
        found = built.found(Reader(document, wild.same_department))
        assert sorted(id for _, ids in found for id in ids) == expected


def test_ten_thousand_pairs_come_out_alike() -> None:
    dice = Random(20241210)
    queries = wild_queries(dice, 400)
    standing = StandingQueries(build_segment(queries.items()))
    matched = 0
    for _ in range(25):
        document = wild.document(dice)
        expected = naive(queries, document)
        assert matching(standing, document) == expected
        matched += len(expected)
    assert 1_000 < matched < 9_000, "pairs that never meet, or always, would show nothing"


@pytest.mark.torture
def test_two_hundred_thousand_pairs_come_out_alike_however_the_queries_came_in() -> None:
    dice = Random(20241212)
    for _ in range(20):
        queries = wild_queries(dice, 400)
        standing = StandingQueries(build_segment(list(queries.items())[:200]))
        for id, query in list(queries.items())[100:]:
            standing.add(id, query)
        for number in range(25):
            document = wild.document(dice)
            assert matching(standing, document) == naive(queries, document)
            if number == 12:
                standing = StandingQueries(saved_and_read(standing.compacted()))


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=10, deadline=None)
def test_queries_added_changed_and_removed_are_found_as_they_are_now(seed: int) -> None:
    dice = Random(seed)
    queries = wild_queries(dice, 30)
    standing = StandingQueries(build_segment(queries.items()))
    for query in wild_queries(dice, 40).values():
        id = dice.randrange(45)
        if dice.random() < 0.4:
            standing.remove(id)
            queries.pop(id, None)
        else:
            standing.add(id, query)
            queries[id] = query
        document = wild.document(dice)
        assert matching(standing, document) == naive(queries, document)
    assert len(standing) == len(queries)
    assert standing_queries(standing) == queries
    assert all(standing.find(id) == queries.get(id) for id in range(50))
    segment = saved_and_read(standing.compacted())
    compacted = StandingQueries(segment)
    assert (compacted.changes, standing_queries(compacted)) == (0, queries)
    assert matching(compacted, document) == naive(queries, document)
    assert sizes(segment) == sizes(build_segment(queries.items())), "nothing is left of what has gone"


def sizes(segment: Segment) -> list[int]:
    arrays = (
        segment.keys, segment.postings, segment.seconds, segment.leaf_keys, segment.trees, segment.leaves,
        segment.proofs, segment.slot_ids, segment.ids,
    )  # fmt: skip
    return [len(array) for array in arrays]


def test_queries_that_ask_the_same_share_one_place() -> None:
    written = ["prison places", "(places) AND prison", "prison  PLACES", "prison AND places"]
    segment = build_segment(enumerate(map(parse_query, written)))
    assert len(segment) == 3, "capitals and clauses in another order ask otherwise; spaces and AND do not"
    assert StandingQueries(segment).matching(text("PLACES in the prison")) == [0, 1, 2, 3]


def test_no_queries_match_nothing() -> None:
    standing = StandingQueries(saved_and_read(build_segment(())))
    assert (len(standing), standing.matching(text("prison")), standing.find(1)) == (0, [], None)
    standing.remove(1)
    assert len(standing) == 0


def test_a_document_without_words_is_still_asked_for_its_facets() -> None:
    standing = StandingQueries(build_segment([(1, parse_query("house:commons")), (2, parse_query("prison"))]))
    assert standing.matching(text("\u2014")) == [1]
    assert StandingQueries(build_segment(())).matching(read_document()) == []


def test_an_id_cannot_stand_for_two_queries() -> None:
    with pytest.raises(ValueError, match="same id"):
        build_segment([(7, parse_query("prison")), (7, parse_query("places"))])


def test_an_id_may_be_any_number() -> None:
    standing = StandingQueries(build_segment([(-(2**62), parse_query("prison"))]))
    standing.add(2**62, parse_query("prison"))
    assert standing.matching(text("prison")) == [-(2**62), 2**62]


def test_a_query_is_indexed_by_the_rarest_thing_it_cannot_do_without() -> None:
    def keys(query: str) -> tuple[str, ...]:
        return covers_of(parse_query(query))[0].keys

    assert keys("government NOT pension extradition") == ("extradition", "extraditions")
    assert keys('"the small boats"') == ("the small boats",)
    assert keys("people smuggl* OR extradition") == ("smuggl*", "extradition", "extraditions")
    assert keys("the house:lords") == (":house:lords",)
    assert keys('"one two three four five six"') in {("three four five six",), ("one two three four",)}


def test_hardly_any_query_is_asked_in_vain() -> None:
    queries = [f'"small boats {number}" OR extradition NEAR/3 treaty{number}' for number in range(500)]
    standing = StandingQueries(build_segment(enumerate(map(parse_query, queries))))
    document = text("extradition of small boats 17 under a treaty 99")
    assert standing.matching(document) == [17]
    assert standing.asked(document) <= 2


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=25, deadline=None)
def test_packed_leaves_and_normal_forms_are_read_back_as_they_were(seed: int) -> None:
    for query in wild_queries(Random(seed), 10).values():
        assert parse_query(normal_form(query)) == query
        assert [unpack_leaf(pack_leaf(leaf)) for leaf in leaves(query.root)] == list(leaves(query.root))


def test_the_saved_form_has_a_new_number_whenever_queries_are_read_otherwise() -> None:
    """If this fails, raise `packing.FORM`: what was saved was read by the old rules. Then put the new digest here."""
    packed = b"".join(pack_leaf(leaf) for word in wild.WORDS for leaf in leaves(keywords_query([word]).root))
    segment = build_segment(enumerate(map(parse_query, QUERIES)))
    packed += segment.leaves.tobytes() + segment.trees.tobytes()
    assert (FORM, blake2b(packed, digest_size=8).hexdigest()) == (3, "315ece680b52274c")


def test_keys_are_the_same_numbers_on_every_machine() -> None:
    assert key_numbers(["boat", "small boats", "pris*", ":dept:moj", "\u76e3\u7344 caf\u00e9"]).tolist() == [
        13992271477111802833,
        3125709908210679533,
        16910881498156455284,
        16748018414196706955,
        4551607520874450245,
    ]


def test_a_document_has_the_keys_of_its_phrases_prefixes_and_joined_words() -> None:
    found = document_keys(read_document(title="Two re-offending prisoners"), {5})
    written = [
        "two", "re", "offending", "prisoners", "reoffending", "two re", "re offending prisoners", "two reoffending",
        "two reoffending prisoners", "two re offending prisoners", "priso*", "offen*", "reoff*",
    ]  # fmt: skip
    assert np.isin(key_numbers(written), found).all()
    assert not np.isin(key_numbers(["pris*", "prisoner", "reoffending two", "two offending"]), found).any()


def test_a_saved_segment_that_was_cut_or_is_something_else_is_refused() -> None:
    saved = b"".join(segment_bytes(build_segment([(1, keywords_query(["small boats"]))])))
    for bytes_ in (
        b"",
        b"PK\x03\x04",
        saved[:40],
        saved[:-100],
        saved.replace(f'"form": {FORM}'.encode(), b'"form": 0'),
    ):
        with pytest.raises(IntegrityError, match="build them again"):
            read_segment(bytes_)


@pytest.mark.parametrize(
    ("query", "proved"),
    [
        ("boat", True), ('"small boat"~', True), ("boat*", True), ("prison", True), ("re-offending", False),
        ('"small boat"', False), ("title:boat", False), ("boat in:page", False), ('"a b c d e"~', False),
        ("small NEAR/3 boat", False), ("house:lords", False), 
        ("a" * 24, False), ("a" * 24 + "*", True), ("a" * 25 + "*", False),
    ],
)  # fmt: skip
def test_keys_prove_a_leaf_only_where_they_are_all_it_asks_for(query: str, proved: bool) -> None:
    cover, _ = covers_of(parse_query(query))
    assert cover.proof is proved
