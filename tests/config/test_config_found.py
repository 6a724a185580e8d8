"""The config file is looked for from the nearest word of the operator to the farthest."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import find_config
from monitor.errors import ConfigError
from tests.config.samples import LEAST


def written(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LEAST, encoding="utf-8")
    return path


def test_the_file_is_looked_for_from_the_nearest_word_to_the_farthest(tmp_path: Path) -> None:
    cwd, home = tmp_path / "cwd", tmp_path / "home"
    personal = written(home / ".config" / "publication-monitor" / "config.toml")
    assert find_config(None, {}, cwd=cwd, home=home) == personal
    xdg = written(tmp_path / "xdg" / "publication-monitor" / "config.toml")
    environ = {"XDG_CONFIG_HOME": str(tmp_path / "xdg")}
    assert find_config(None, environ, cwd=cwd, home=home) == xdg
    here = written(cwd / "config.toml")
    assert find_config(None, environ, cwd=cwd, home=home) == here
    named = written(tmp_path / "named.toml")
    environ["MONITOR_CONFIG"] = str(named)
    assert find_config(None, environ, cwd=cwd, home=home) == named
    said = written(cwd / "said.toml")
    assert find_config(Path("said.toml"), environ, cwd=cwd, home=home) == said


def test_a_file_that_was_named_and_is_not_there_is_an_error(tmp_path: Path) -> None:
    written(tmp_path / "config.toml")
    with pytest.raises(ConfigError, match="--config: there is no such file"):
        find_config(Path("other.toml"), {}, cwd=tmp_path, home=tmp_path)
    with pytest.raises(ConfigError, match=r"\$MONITOR_CONFIG: there is no such file"):
        find_config(None, {"MONITOR_CONFIG": "other.toml"}, cwd=tmp_path, home=tmp_path)


def test_without_any_file_we_say_where_we_looked(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no config file") as caught:
        find_config(None, {}, cwd=tmp_path / "cwd", home=tmp_path / "home")
    told = str(caught.value)
    assert all(
        place in told
        for place in (str(tmp_path / "cwd" / "config.toml"), ".config", "/etc/publication-monitor", "monitor init")
    )
    assert caught.value.exit_code == 78
