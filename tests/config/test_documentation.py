"""Every key is explained twice, in docs/config.md and in the shipped config.toml, and both tell the truth."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from monitor.config import load_config, sections, starter_config
from monitor.config.secret import Secret
from monitor.config.sections import known_keys
from monitor.sources.registry import SOURCES
from tests.config.samples import SOURCES as TWO_SOURCES

ROOT = Path(__file__).resolve().parents[2]
TABLES = {
    "Top of the file": sections.Document,
    "`[store]`": sections.Store,
    "`[http]`": sections.Http,
    '`[http.host."www.gov.uk"]`': sections.HostOverride,
    "`[schedule]`": sections.Schedule,
    "`[[feed]]`": sections.FeedTable,
    "`[[watch]]`": sections.WatchTable,
    "`[[watch.test]]`": sections.WatchTestTable,
    "`[mail]`": sections.Mail,
    "`[mail.smtp]`": sections.Smtp,
    "`[mail.smtp.password]`": Secret,
}
FOUR_CELLS = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)


def rows(heading: str) -> dict[str, tuple[str, str]]:
    """The default and the example of each key, as the table under a heading gives them."""
    page = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    section = page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0].split("\nEach source has", 1)[0]
    return {key: (default, example) for key, default, _, example in FOUR_CELLS.findall(section)}


def keys_of(table: type[BaseModel]) -> set[str]:
    """The keys that stand in the table itself; the tables of the whole file have sections of their own."""
    return {"templates_dir"} if table is sections.Document else set(known_keys(table))


@pytest.mark.parametrize("heading", TABLES)
def test_the_page_explains_every_key_and_no_other(heading: str) -> None:
    assert set(rows(heading)) == keys_of(TABLES[heading])


@pytest.mark.parametrize("heading", TABLES)
def test_the_page_gives_the_defaults_and_examples_of_the_program(heading: str) -> None:
    fields = known_keys(TABLES[heading])
    for key, (default, example) in rows(heading).items():
        field = fields[key]
        assert (default == "required") == field.is_required(), key
        if default.startswith("`"):
            written = tomllib.loads(f"value = {default.strip('`')}")["value"]
            model_default = field.get_default(call_default_factory=False)
            shown = model_default.model_dump() if isinstance(model_default, BaseModel) else model_default
            assert written == (list(shown) if isinstance(shown, tuple) else shown), key
        assert example.strip("`") == (field.examples[0] if field.examples else ""), key


def test_the_page_explains_the_keys_of_every_source_and_of_no_other() -> None:
    page = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    section = page.split("\nEach source has keys of its own:\n", 1)[1].split("\n## ", 1)[0]
    explained = re.findall(r"^\| `(\w+)` \| `(\w+)`( \(required\))? \| ", section, re.MULTILINE)
    taken = [
        (slug, key, " (required)" if key in source.keys.required else "")
        for slug, source in SOURCES.items()
        for key in source.keys.required | source.keys.optional
    ]
    assert sorted(explained) == sorted(taken)


@pytest.mark.parametrize("heading", TABLES)
def test_the_shipped_file_shows_every_key(heading: str) -> None:
    shipped = (ROOT / "config.toml").read_text(encoding="utf-8")
    for key in keys_of(TABLES[heading]) - {"env", "file", "command"}:
        as_line = rf"^(# ?)?{key} *= "
        as_table = rf"^(# ?)?\[+(\w+\.)*{key}[.\]]"
        assert re.search(f"{as_line}|{as_table}", shipped, re.MULTILINE), key
    assert all(f"{{ {key} = " in shipped for key in ("env", "file", "command"))


def test_the_shipped_file_is_ready_to_run() -> None:
    config = load_config(ROOT / "config.toml", sources=TWO_SOURCES)
    assert [feed.source for feed in config.feeds] == ["written_statements", "govuk_atom", "govuk_atom", "govuk_atom"]
    assert "Calais Group" in config.watches[0].keywords
    assert config.mail.transport == "folder"


def test_the_lines_that_are_commented_out_are_right_as_well(tmp_path: Path) -> None:
    shipped = (ROOT / "config.toml").read_text(encoding="utf-8")
    whole = re.sub(r"^# ?(\[|\w+ *= )", r"\1", shipped, flags=re.MULTILINE)
    (tmp_path / "config.toml").write_text(whole, encoding="utf-8")
    config = load_config(tmp_path / "config.toml", sources=TWO_SOURCES)
    assert config.http.gateway == "http://127.0.0.1:8080"
    assert config.watches[0].tests[0].match == ("HCWS293",)
    assert config.mail.smtp is not None
    assert config.mail.smtp.host == "smtp.example.org"


def test_init_writes_the_very_file_that_is_shipped() -> None:
    assert starter_config() == (ROOT / "config.toml").read_text(encoding="utf-8")
