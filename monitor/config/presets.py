"""`preset = "department"`: a feed in three lines. A preset's keys are filled in first, so that all checks see one feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.config.findings import Finding
from monitor.config.values import choose
from monitor.model.feed import Preset


def expand(document: Mapping[str, Any], presets: Mapping[str, Preset]) -> tuple[dict[str, Any], list[Finding]]:
    """The document with every preset spelt out, and the mistakes in using them. What a feed says itself goes before."""
    findings: list[Finding] = []
    feeds = document.get("feed")
    if not isinstance(feeds, list):
        return dict(document), findings
    spelt = [_spell_out(index, table, presets, findings) for index, table in enumerate(feeds)]
    return {**document, "feed": spelt}, findings


def _spell_out(index: int, table: Any, presets: Mapping[str, Preset], findings: list[Finding]) -> Any:
    if not isinstance(table, dict) or "preset" not in table:
        return table
    said = {key: value for key, value in table.items() if key != "preset"}
    name = table["preset"]
    preset = presets.get(name) if isinstance(name, str) else None
    if preset is None:
        known = ", ".join(sorted(presets))
        help_text = choose(name, presets, "presets") if isinstance(name, str) else f"there are {known}"
        findings.append(Finding(("feed", index, "preset"), f"there is no preset '{name}'", help_text))
        return {"source": "feed", "url": "https://www.gov.uk/", **said}
    words = {key: str(said.pop(key, "")).strip() for key in preset.needs}
    for key, word in words.items():
        if not word:
            message = f"is missing: the preset '{name}' needs it"
            findings.append(Finding(("feed", index, key), message, f"add a line {key} = …"))
    filled = {key: _fill(value, words) for key, value in preset.feed.items()}
    return {"name": next(iter(words.values()), name), **filled, **said}


def _fill(value: object, words: Mapping[str, str]) -> object:
    if isinstance(value, str):
        for key, word in words.items():
            value = value.replace("{" + key + "}", word)
        return value
    if isinstance(value, list | tuple):
        return [_fill(one, words) for one in value]
    if isinstance(value, dict):
        return {key: _fill(one, words) for key, one in value.items()}
    return value
