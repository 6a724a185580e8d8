"""Keywords are phrases of whole words, whatever their case and accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.watch import Watch
from monitor.rules.documents import Facets, read_document
from monitor.rules.watching import compile_watches
from monitor.text import tokens


def found(text: str, *keywords: str) -> list[str]:
    """The stretches of a text that a watch with these keywords hits."""
    book = compile_watches([Watch("w", "W", keywords)])
    evaluation = book.news(read_document(text=text)).get("w")
    return [text[hit.start : hit.end] for hit in evaluation.hits] if evaluation else []


@pytest.mark.parametrize(
    ("text", "keyword", "expected"),
    [
        ("On small boats.", "small boats", ["small boats"]),
        ("SMALL  BOATS, again", "small boats", ["SMALL  BOATS"]),
        ("smallish boats", "small boats", []),
        ("small boatswain", "small boats", []),
        ("a small, boats-only zone", "small boats", ["small, boats"]),
        ("The café of Zoë", "CAFE", ["café"]),
        ("The cafe", "café", ["cafe"]),
        ("Cafe\u0301 culture", "café", ["Cafe\u0301"]),
        ("the minister's plan", "minister", ["minister's"]),
        ("the minister\u2019s plan", "minister", ["minister\u2019s"]),
        ("HCWS293 and HCWS2930", "hcws293", ["HCWS293"]),
        ("small boats small boats", "small boats", ["small boats", "small boats"]),
        ("boats small", "small boats", []),
        ("", "small boats", []),
        ("small boats", '"small boats"', ["small boats"]),
    ],
)
def test_a_keyword_finds(text: str, keyword: str, expected: list[str]) -> None:
    assert found(text, keyword) == expected


def test_any_keyword_of_a_watch_is_enough_and_each_watch_is_told_its_own() -> None:
    book = compile_watches(
        [Watch("a", "A", ("boats", "ships")), Watch("b", "B", ("ships",)), Watch("c", "C", ("cars",))]
    )
    found = book.news(read_document(title="Ships", text="Boats and ships."))
    told = {name: {(hit.field, hit.start) for hit in one.hits} for name, one in found.items()}
    assert told == {"a": {("title", 0), ("text", 0), ("text", 10)}, "b": {("title", 0), ("text", 10)}}


def test_a_query_is_a_watch_as_good_as_keywords() -> None:
    book = compile_watches([Watch("q", "Q", query="(boats OR ships) NOT title:cars")])
    assert book.matching(read_document(text="Ships.")) == ("q",)
    assert book.matching(read_document(title="Cars", text="Ships.")) == ()


def test_a_department_is_known_by_any_of_its_names() -> None:
    book = compile_watches([Watch("q", "Q", query='boats dept:"HM Treasury"')])
    assert book.matching(read_document(text="Boats.", facets=Facets(department="Treasury"))) == ("q",)
    assert book.matching(read_document(text="Boats.", facets=Facets(department="Home Office"))) == ()


words = st.lists(st.sampled_from("small Small boats bóats the of 3 minister's".split()), max_size=30)
signs = st.lists(st.sampled_from([" ", ", ", "\n", " - ", ". "]), min_size=30, max_size=30)


@given(words, signs, st.lists(st.sampled_from(["small", "boats", "the", "of"]), min_size=1, max_size=3))
def test_it_finds_what_a_patient_reader_finds(parts: list[str], between: list[str], phrase: list[str]) -> None:
    text = "".join(part + sign for part, sign in zip(parts, between, strict=False))
    line = [token.word for token in tokens(text)]
    places = [place for place in range(len(line)) if line[place : place + len(phrase)] == phrase]
    stretches = found(text, f'"{" ".join(phrase)}"')
    assert len(stretches) == len(places)
    assert all([token.word for token in tokens(stretch)] == phrase for stretch in stretches)
