"""Thirty typical edits, told as a reader is told of them; the page they make is tests/golden/gallery/index.html."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from monitor.cli.comparison_page import STYLES
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.marks import to_html, to_text
from monitor.rules.comparison.materiality import decide, judge
from monitor.rules.comparison.summary import summarise

EDITS: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "data" / "diff" / "gallery.toml").read_text(encoding="utf-8")
)["edit"]

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Thirty typical edits</title>
<style>
{styles}section {{ border-top: 1px solid var(--line); padding: 1rem 0 }}
section > h2 {{ margin: 0; font-size: 1.2rem }}
section > p {{ margin: .25rem 0 .75rem; color: var(--quiet) }}
pre {{ white-space: pre-wrap; font-size: .85rem }}
</style>
</head>
<body>
<h1>Thirty typical edits</h1>
{sections}
</body>
</html>
"""

SECTION = """<section>
<h2>{number}. {title}</h2>
<p>{summary} ({verdict})</p>
<div class="edit" lang="{language}" dir="auto">
{html}</div>
<details><summary>As plain text</summary>
<pre dir="auto">{text}</pre></details>
</section>"""


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit["title"])
def test_an_edit_is_told_in_one_line_and_judged(edit: dict[str, str]) -> None:
    diff = diff_texts(edit["old"], edit["new"])
    assert summarise(decide(diff)) == edit["summary"]
    assert judge(diff).material is edit["material"]


def test_thirty_edits_make_a_page_to_look_at(golden: Callable[[str, str], None]) -> None:
    assert len(EDITS) == 30
    sections = [section(number, edit) for number, edit in enumerate(EDITS, 1)]
    golden("gallery/index.html", PAGE.format(styles=STYLES, sections="\n".join(sections)))


def section(number: int, edit: dict[str, str]) -> str:
    diff = diff_texts(edit["old"], edit["new"])
    return SECTION.format(
        number=number,
        title=escape(edit["title"]),
        summary=escape(summarise(decide(diff))),
        verdict="of substance" if judge(diff).material else "not of substance",
        language=edit.get("language", "en"),
        html=to_html(diff),
        text=escape(to_text(diff)),
    )
