"""Every known defect of comparable systems has tests, and they are there."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
DEFECTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "peer_defects.toml").read_text("utf-8"))[
    "defect"
]


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect["what"])
def test_a_defect_has_tests_or_a_reason_for_none(defect: dict[str, Any]) -> None:
    assert bool(defect.get("tests")) != bool(defect.get("none"))
    for test in defect.get("tests", []):
        file, name = test.split()
        assert name in names_in(file), f"{file} has no {name}"


def test_no_number_is_left_out() -> None:
    assert [defect["number"] for defect in DEFECTS if "number" in defect] == list(range(1, 27))
