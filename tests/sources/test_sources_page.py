"""docs/sources.md: it names every source with its keys, and its feeds can be polled."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from monitor.config.presets import expand
from monitor.sources.presets import PRESETS
from monitor.sources.registry import SOURCES
from tests.sources.answers import feed

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text("utf-8")
FEEDS = expand(tomllib.loads("\n".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))), PRESETS)[0]["feed"]


def test_every_source_has_a_row_with_its_keys_and_a_section_of_its_own() -> None:
    for slug, source in SOURCES.items():
        row = "".join(re.findall(rf"^\| `{slug}` \|.*$", PAGE, re.MULTILINE))
        assert row, f"docs/sources.md has no row for `{slug}` in its table of sources"
        assert all(f"`{key}`" in row for key in source.keys.required | source.keys.optional)
        assert f"\n### {slug}\n" in PAGE, f"docs/sources.md does not say what `{slug}` has learnt"


def test_every_feed_of_the_page_names_its_source_and_only_keys_of_it() -> None:
    for table in FEEDS:
        keys = SOURCES[table["source"]].keys
        own = table.keys() - {"name", "source", "every"}
        assert keys.required <= own <= keys.required | keys.optional


def test_every_feed_of_the_page_can_be_polled() -> None:
    for table in FEEDS:
        options = {key: value for key, value in table.items() if key not in ("name", "source", "every", "url")}
        asked = feed(table["source"], name=table["name"], url=table.get("url"), **options)
        assert list(SOURCES[table["source"]].requests(asked, today=date(2026, 9, 15)))
