"""Keywords are phrases of whole words, whatever their case and accents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.watch import Hit, Watch
from monitor.rules.keywords import compile_watches
from monitor.text import tokens


def found(text: str, *keywords: str) -> list[str]:
    """The stretches of a text that a watch with these keywords hits."""
    hits = compile_watches([Watch("w", "W", keywords)]).find({"text": text}).get("w", ())
    return [text[hit.start : hit.end] for hit in hits]


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
    lexicon = compile_watches(
        [Watch("a", "A", ("boats", "ships")), Watch("b", "B", ("ships",)), Watch("c", "C", ("cars",))]
    )
    hits = lexicon.find({"title": "Ships", "summary": "", "text": "Boats and ships."})
    assert {name: [(hit.term, hit.field) for hit in one] for name, one in hits.items()} == {
        "a": [("ships", "title"), ("boats", "text"), ("ships", "text")],
        "b": [("ships", "title"), ("ships", "text")],
    }


def test_a_keyword_without_a_word_finds_nothing() -> None:
    assert found("!!! ... ---", "!!!", "", "  ") == []


words = st.lists(st.sampled_from("small Small boats bóats the of 3 minister's".split()), max_size=30)
signs = st.lists(st.sampled_from([" ", ", ", "\n", " - ", ". "]), min_size=30, max_size=30)


@settings(deadline=None)
@given(words, signs, st.lists(st.sampled_from(["small", "boats", "the", "of"]), min_size=1, max_size=3))
def test_it_finds_what_a_patient_reader_finds(parts: list[str], between: list[str], phrase: list[str]) -> None:
    text = "".join(part + sign for part, sign in zip(parts, between, strict=False))
    line = [token.word for token in tokens(text)]
    places = [place for place in range(len(line)) if line[place : place + len(phrase)] == phrase]
    hits: tuple[Hit, ...] = compile_watches([Watch("w", "W", (" ".join(phrase),))]).find({"text": text}).get("w", ())
    assert len(hits) == len(places)
    assert all([token.word for token in tokens(text[hit.start : hit.end])] == phrase for hit in hits)


@settings(deadline=None)
@given(st.text(), st.text())
def test_no_text_and_no_keyword_make_it_stumble(text: str, keyword: str) -> None:
    for stretch in found(text, keyword):
        assert [token.word for token in tokens(stretch)] == [token.word for token in tokens(keyword)]
