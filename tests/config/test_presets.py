"""A preset is a feed in three lines, and what the feed says itself goes before."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.config import Config, load_config
from monitor.errors import ConfigError
from monitor.sources.presets import PRESETS
from monitor.sources.registry import SOURCES
from tests.house import CONFIG

KEYS = {slug: source.keys for slug, source in SOURCES.items()}
WORDS = {
    "organisation": "home-office",
    "committee": "home-affairs",
    "feed_url": "https://committees.parliament.uk/rss/example",
}


def load(folder: Path, feed: str) -> Config:
    path = folder / "config.toml"
    start, end = CONFIG.index("[[feed]]"), CONFIG.index("[[watch]]")
    text = CONFIG[:start] + f"[[feed]]\n{feed}\n\n" + CONFIG[end:]
    path.write_text(text.format(gateway="http://127.0.0.1:1"), encoding="utf-8")
    return load_config(path, sources=KEYS, presets=PRESETS)


def test_a_department_is_three_lines(tmp_path: Path) -> None:
    [feed] = load(tmp_path, 'preset = "department"\norganisation = "home-office"').feeds
    assert feed.url == "https://www.gov.uk/government/organisations/home-office.atom"
    assert feed.name == "home-office"


def test_what_a_feed_says_itself_goes_before(tmp_path: Path) -> None:
    [feed] = load(tmp_path, 'preset = "written-statements"\nname = "lords"\nevery = "1h"\nhouses = ["Lords"]').feeds
    assert (feed.name, feed.every, feed.options) == ("lords", timedelta(hours=1), {"houses": ("Lords",)})


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_makes_a_feed_that_can_be_polled(tmp_path: Path, name: str) -> None:
    lines = [f'preset = "{name}"', *(f'{key} = "{WORDS[key]}"' for key in PRESETS[name].needs)]
    [feed] = load(tmp_path, "\n".join(lines)).feeds
    requests = list(SOURCES[feed.source].requests(feed, today=date(2024, 12, 10)))
    assert all(request.url.startswith("https://") for request in requests)
    assert requests


def test_a_preset_that_is_not_there_gets_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean 'policy-papers'"):
        load(tmp_path, 'preset = "policy-paper"')


def test_a_preset_without_what_it_needs_says_so_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, 'preset = "department"')
    assert any("the preset 'department' needs it" in problem.message for problem in caught.value.problems)


def test_every_preset_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    assert [name for name in PRESETS if f"`{name}`" not in page] == []
