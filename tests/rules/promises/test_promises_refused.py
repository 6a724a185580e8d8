"""What sounds like a promise and is none, beside what is one all the same: the tables are in tests/data/promises."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.model.publication import Hyperlink
from monitor.rules.promises.extraction import extract_promises
from monitor.rules.promises.nouns.names import likeness
from monitor.rules.promises.words.speakers import is_outsider
from monitor.text import read_html

TABLES = Path(__file__).parents[2] / "data" / "promises"
MADE_ON = date(2025, 3, 11)


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


def names(whose: str) -> list[str]:
    return [name.strip() for name in table("whose")["names"][whose].replace("\n", " ").split("|")]


def promised(text: str) -> list[str]:
    return [draft.expected for draft in extract_promises(text, (), made_on=MADE_ON)]


CLASSES = [row for name in ("whose", "no_promise", "turns") for row in table(name)["class"]]


@pytest.mark.parametrize("text", [text for row in CLASSES for text in row["none"]])
def test_nothing_is_promised(text: str) -> None:
    assert promised(text) == []


@pytest.mark.parametrize(
    ("text", "documents"), [(text, documents) for row in CLASSES for text, *documents in row["found"]]
)
def test_it_is_promised_all_the_same(text: str, documents: list[str]) -> None:
    assert promised(text) == documents


@pytest.mark.parametrize("case", [pytest.param(row, id=row["html"][:60]) for row in table("linked")["case"]])
def test_a_link_is_that_of_the_document_it_names_and_of_no_other(case: dict[str, Any]) -> None:
    page = read_html(case["html"], base_url="https://www.parliament.uk/")
    links = tuple(Hyperlink(anchor.url, anchor.words, anchor.line) for anchor in page.anchors)
    found = [draft.expected for draft in extract_promises(page.text, links, made_on=MADE_ON)]
    assert len(found) == len(case["documents"]), found
    assert all(likeness(one, other) >= 0.5 for one, other in zip(found, case["documents"], strict=True)), found


def test_public_bodies_of_the_united_kingdom_publish_for_us() -> None:
    assert [name for name in names("ours") if is_outsider(name)] == []


def test_foreign_devolved_judicial_and_private_bodies_do_not() -> None:
    assert [name for name in names("theirs") if not is_outsider(name)] == []
