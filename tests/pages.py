"""The documents as tests read them: pages, their fenced blocks, sections, links, and the examples that can be run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "monitor" / "demo" / "README.md"])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
EXIT_CODE = re.compile(r"\s+# exit code (\d+)$")


@dataclass(frozen=True, slots=True)
class Example:
    """A command of a document, the exit code it foretells, and lines of the answer it shows."""

    page: str
    command: str
    code: int
    shown: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}: {self.command}"

    def missing_from(self, answer: str) -> list[str]:
        """The lines shown that stand nowhere in an answer; `…` in one stands for anything."""
        patterns = {line: ".*".join(re.escape(piece) for piece in line.split("…")) for line in self.shown}
        return [line for line, pattern in patterns.items() if re.search(pattern, answer) is None]


def read(page: str) -> str:
    """The text of a page, by its path from the top of the checkout."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    """The fenced blocks of a page that are marked so."""
    return [body for mark, body in FENCE.findall(read(page)) if mark == kind]


def prose(text: str) -> str:
    """A page without its code."""
    return re.sub(r"`[^`\n]+`", "", FENCE.sub("", text))


def examples() -> Iterator[Example]:
    """Every command in a block marked `console`; those marked `sh` are not run."""
    for path in PAGES:
        page = str(path.relative_to(ROOT))
        for block in blocks(page, "console"):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, *shown = part.splitlines()
                code = EXIT_CODE.search(command)
                yield Example(page, EXIT_CODE.sub("", command), int(code[1]) if code else 0, tuple(filter(None, shown)))


def mentions(path: Path) -> Iterator[str]:
    """Every `monitor …` that a page mentions in its code, but for those in `console` blocks."""
    text = path.read_text(encoding="utf-8")
    for mark, body in FENCE.findall(text):
        if mark == "sh":
            yield from re.findall(r"^(?:[a-z-]+ && )*(monitor [^#\n&|]*)", body, re.MULTILINE)
    yield from re.findall(r"`(monitor [a-z-][^`\n]*)`", FENCE.sub("", text))


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next of its rank."""
    rank = heading.split(" ")[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(rank)}}} |\Z)", read(page), re.MULTILINE | re.DOTALL)
    assert found, f"{page} has no heading {heading!r}"
    return found[1]


def anchors(text: str) -> set[str]:
    """The anchors that a renderer of Markdown gives the headings of a page."""
    words = (
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(FENCE.sub("", text))
    )
    return set(words)


def targets(page: Path) -> list[str]:
    """Where the links and pictures of a page lead."""
    found = LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return [link or picture for link, picture in found]
