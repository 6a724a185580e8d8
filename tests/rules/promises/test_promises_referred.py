"""What a promised document is called where its name stands elsewhere: the table is tests/data/promises/references.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.rules.promises.extraction import extract_promises
from monitor.rules.promises.nouns.names import likeness

TABLE = Path(__file__).parents[2] / "data" / "promises" / "references.toml"
GROUPS = tomllib.loads(TABLE.read_text(encoding="utf-8"))["group"]
CASES = [pytest.param(case, id=f"{group['why']}: {case['text'][:60]}") for group in GROUPS for case in group["cases"]]


@pytest.mark.parametrize("case", CASES)
def test_a_document_is_called_by_the_name_that_its_words_go_back_to(case: dict[str, Any]) -> None:
    names = [draft.expected for draft in extract_promises(case["text"], (), made_on=date(2025, 3, 11))]
    missed = [wanted for wanted in case["names"] if not any(is_called(name, wanted) for name in names)]
    assert missed == [], names
    assert len(names) == len(case["names"]), names


def is_called(name: str, wanted: str) -> bool:
    return any(likeness(name, one) >= 0.65 for one in wanted.split(" / "))
