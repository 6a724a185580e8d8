"""Config files for the tests: the least that is enough, and what becomes of a text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from monitor.config import Config, load_config
from monitor.errors import ConfigError, Problem
from monitor.model.feed import SourceKeys

TESTS = Path(__file__).resolve().parents[1]
STARTER = TESTS.parent / "config.toml"
SOURCES: Mapping[str, SourceKeys] = MappingProxyType(
    {
        "written_statements": SourceKeys(optional=frozenset({"houses"}), choices={"houses": ("Commons", "Lords")}),
        "govuk_atom": SourceKeys(required=frozenset({"url"})),
    }
)
HTTP = '[http]\nuser_agent = "monitor/1.0 (ops@example.org)"\n'
MAIL = '[mail]\nfrom = "Monitor <alerts@example.org>"\noperator = "ops@example.org"\n'
LEAST = HTTP + MAIL


def load(folder: Path, text: str) -> Config:
    """Read `text` as the config.toml of a folder."""
    (folder / "config.toml").write_bytes(text.encode())
    return load_config(folder / "config.toml", sources=SOURCES)


def mistakes(folder: Path, text: str) -> tuple[Problem, ...]:
    """The problems of a text that must not be accepted."""
    with pytest.raises(ConfigError) as caught:
        load(folder, text)
    return caught.value.problems


def problems_or_none(folder: Path, text: str) -> tuple[Problem, ...]:
    """The problems of a text that may be accepted."""
    try:
        load(folder, text)
    except ConfigError as refused:
        return refused.problems
    return ()


def summary(problems: tuple[Problem, ...]) -> list[tuple[int, int, str]]:
    """Line, column and words of each problem."""
    return [(problem.line, problem.column, f"{problem.where}: {problem.message}") for problem in problems]


def only(problems: tuple[Problem, ...]) -> Problem:
    """The one problem that there is."""
    assert len(problems) == 1, summary(problems)
    return problems[0]
