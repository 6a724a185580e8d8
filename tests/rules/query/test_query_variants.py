"""Which forms of a word are found: those that can be listed, and no others."""

from __future__ import annotations

import pytest

from monitor.rules.query.keywords import keywords_query
from monitor.rules.query.normal import normal_form, variants_of
from monitor.rules.query.parsing import parse_query
from monitor.rules.query.variants import word_variants
from tests.rules.query.documents import keyword_matches, matches

FAMILIES = [
    "boat boats", "policy policies", "church churches", "process processes", "house houses", "child children",
    "analysis analyses", "bus buses", "knife knives", "criterion criteria", "base bases", "basis bases", "index indexes",
    "index indices", "box boxes", "crossing crossings", "witness witnesses", "mechanism mechanisms", "national nationals",
    "official officials", "day days", "campus campuses",
    "organise organize", "organised organized", "organisation organizations", "privatising privatizing", "analyse analyze",
    "colour color", "labour labor", "behavioural behavioral", "neighbourhood neighborhoods", "licence license",
    "licences licenses", "defence defense", "programme program", "programmes program", "centre center",
    "reoffending re-offending", "reoffending re\u2011offending", "cooperation co-operation", "decisionmakers decision-maker",
    "face-to-face facetoface", "anti-terrorism antiterrorism",
]  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
def test_each_form_of_a_word_finds_the_other(family: str) -> None:
    one, other = family.split()
    assert matches(one, f"the {other} here")
    assert matches(other, f"the {one} here")
    assert not matches(f'"{one}"', f"the {other} here") or "-" in f"{one}{other}".replace("\u2011", "-")


@pytest.mark.parametrize("spelling", ["re-offending", "reoffending", "re offending"])
def test_reoffending_is_found_however_it_is_written(spelling: str) -> None:
    for written in ("re-offending", "reoffending", "re offending", "re\u2010offending", "re\u00adoffending"):
        assert keyword_matches(f"{spelling} rates", f"on {written} rates")


def test_quotes_turn_variants_off() -> None:
    assert not matches('"boat"', "boats")
    assert not matches('"reoffending"', "re-offending")
    assert matches('"re offending"', "re-offending"), "a hyphen is no word"
    assert not keyword_matches('"small boat"', "small boats")
    assert keyword_matches("small boat", "small boats")


def test_a_tilde_gives_a_phrase_its_variants_back() -> None:
    assert matches('"small boat"~', "small boats")
    assert not matches('"small boat"~', "small fishing boats")
    assert not matches('"small boat"', "small boats")


@pytest.mark.parametrize(
    ("word", "not_found"),
    [
        ("university", "universal"), ("author", "authority"), ("train", "training"), ("news", "new"), ("new", "news"),
        ("good", "goods"), ("custom", "customs"), ("economic", "economics"), ("size", "sise"), ("promise", "promize"),
        ("advise", "advize"), ("supervise", "supervize"), ("praise", "praize"), ("fundraising", "fundraizing"),
        ("liaise", "liaize"),
        ("practise", "practize"), ("otherwise", "otherwize"), ("raise", "raize"), ("this", "thi"), ("NHS", "nh"),
        ("house", "hous"), ("research", "re search"), ("report", "re port"), ("therapist", "the rapist"),
        ("laboratory", "labouratory"), ("does", "doe"), ("published", "publisheds"), ("quickly", "quicklies"),
    ],
)  # fmt: skip
def test_words_that_only_look_alike_are_told_apart(word: str, not_found: str) -> None:
    assert not matches(word, not_found)


def test_capitals_have_a_plural_but_no_singular() -> None:
    assert matches("MOU", "two MOUs")
    assert matches("MPs", "an MP")
    assert not matches("GPS", "the GP")


def test_every_variant_of_a_word_has_that_word_among_its_own() -> None:
    for family in FAMILIES:
        for word in family.replace("-", " ").replace("\u2011", " ").split():
            for other in word_variants(word):
                assert word in word_variants(other), f"{word} finds {other}, but not the other way round"


def test_variants_are_listed_for_explain() -> None:
    assert variants_of(parse_query('re-offending "youth justice" prison* colour -title:MOU')) == {
        "re-offending": ("re offending", "reoffending"),
        "youth": ("youth",),
        "justice": ("justice",),
        "prison*": ("prison*",),
        "colour": ("colour", "color", "colours", "colors"),
        "MOU": ("mou", "mous"),
    }
    assert variants_of(keywords_query(["small boat", '"Calais Group"'])) == {
        "small": ("small",), "boat": ("boat", "boats"), "calais": ("calais",), "group": ("group",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("prison  places", "prison AND places"),
        ("a1 or2 OR (b1 c1) OR (d1 OR e1)", "a1 AND or2 OR b1 AND c1 OR d1 OR e1"),
        ("-pay prison", "NOT pay AND prison"),
        ("prison -(pay OR pension)", "prison AND NOT (pay OR pension)"),
        ("NOT (a1 NEAR/2 b1) prison", "NOT (a1 NEAR/2 b1) AND prison"),
        ("prison prison Prison", "prison"),
        ("\u201cEarly Release\u201d", '"early release"'),
        ("Re-offending's AT&T", 're-offending AND "at t"'),
        (
            'TITLE:Prison type:wms dept:"Home Office"',
            'title:prison AND type:"written statement" AND dept:"home office"',
        ),
        ("prison (parole in:attachment)", "prison AND (parole AND in:attachment)"),
        ("fund* NEAR/3 (NHS OR prisons)", "fund* NEAR/3 (NHS OR prisons)"),
    ],
)
def test_a_query_has_one_normal_form(written: str, normal: str) -> None:
    assert normal_form(parse_query(written)) == normal
    assert parse_query(normal) == parse_query(written)


def test_keywords_have_a_normal_form_in_the_language() -> None:
    query = keywords_query(["small boats", '"people smuggling"', "Calais", "small boats"])
    assert normal_form(query) == '"small boats"~ OR "people smuggling" OR calais'
    assert parse_query(normal_form(query)) == query


@pytest.mark.parametrize("query", ["A\u00ad", "A\u0301", "A\u00ads", "\u00c9\u0301", "N\u00adHS", "M\u00adPs"])
def test_what_cannot_be_seen_does_not_make_capitals(query: str) -> None:
    assert parse_query(normal_form(parse_query(query))) == parse_query(query)
