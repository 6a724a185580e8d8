"""What sounds like a promise and is none, beside what is one all the same: the tables are in tests/data/promises."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.rules.promises.extraction import extract_promises
from monitor.rules.promises.speakers import is_outsider

TABLES = Path(__file__).parents[2] / "data" / "promises"
MADE_ON = date(2025, 3, 11)


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


def names(whose: str) -> list[str]:
    return [name.strip() for name in table("whose")["names"][whose].replace("\n", " ").split("|")]


def promised(text: str) -> list[str]:
    return [draft.expected for draft in extract_promises(text, (), made_on=MADE_ON)]


CLASSES = [row for name in ("whose", "no_promise") for row in table(name)["class"]]


@pytest.mark.parametrize("text", [text for row in CLASSES for text in row["none"]])
def test_nothing_is_promised(text: str) -> None:
    assert promised(text) == []


@pytest.mark.parametrize(
    ("text", "documents"), [(text, documents) for row in CLASSES for text, *documents in row["found"]]
)
def test_it_is_promised_all_the_same(text: str, documents: list[str]) -> None:
    assert promised(text) == documents


def test_public_bodies_of_the_united_kingdom_publish_for_us() -> None:
    assert [name for name in names("ours") if is_outsider(name)] == []


def test_foreign_devolved_judicial_and_private_bodies_do_not() -> None:
    assert [name for name in names("theirs") if not is_outsider(name)] == []
