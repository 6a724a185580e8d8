"""The cases of `cases.txt`: queries, with documents they find and do not find."""

from __future__ import annotations

import re
from pathlib import Path

_LINES = (Path(__file__).with_name("cases.txt")).read_text(encoding="utf-8").split("\n")


def _cases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    query = ""
    for line in _LINES:
        if line.startswith("? "):
            query = line[2:]
            assert query not in found, f"{query} is asked twice"
            found[query] = []
        elif line[:2] in ("+ ", "- "):
            found[query].append(line)
    return found


CASES = _cases()


def spelt_out(text: str) -> str:
    """The text with `\\u00ad` and `\\n` as the characters they stand for."""
    text = text.replace("\\n", "\n")
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


QUERIES = [spelt_out(query) for query in CASES]
"""Every query of them."""
