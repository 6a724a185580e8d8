"""A query that cannot be read is a mistake of the config, placed under the word that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.app import read_config
from monitor.errors import ConfigError
from tests.house import CONFIG


def mistakes(folder: Path, line: str) -> list[str]:
    text = CONFIG.replace('keywords = ["small boats", "people smuggling", "Calais Group"]', line)
    path = folder / "config.toml"
    path.write_text(text.format(gateway="http://127.0.0.1:1"), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(path, cwd=folder, home=folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_caret_stands_under_the_word_in_the_file(tmp_path: Path) -> None:
    [told] = mistakes(tmp_path, "query = 'boats AND (ships'")
    place, shown, caret, remedy = told.split("\n")
    assert ":22:20: watch 'border-security' › query:" in place
    assert shown.strip() == "query = 'boats AND (ships'"
    assert shown[caret.index("^")] == "("
    assert remedy.startswith("help: ")


def test_every_mistake_in_queries_and_keywords_is_told_at_once(tmp_path: Path) -> None:
    more = "query = 'NOT boats'\n\n[[watch]]\nname = 'other'\nquery = 'titel:boats'"
    assert len(mistakes(tmp_path, more)) == 2


def test_a_mistake_in_a_keyword_is_shown_in_its_line(tmp_path: Path) -> None:
    line = 'keywords = ["small boats", "ship*"]'
    [told] = mistakes(tmp_path, line)
    _, shown, caret, _ = told.split("\n")
    assert shown.strip() == line
    assert shown[caret.index("^")] == "*"
