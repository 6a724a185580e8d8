"""Word documents (DOCX): ECMA-376 part 1, WordprocessingML."""

from __future__ import annotations

import re

from monitor.extract.draft import Draft
from monitor.extract.flow import Flow
from monitor.extract.markup import read_xml
from monitor.extract.package import Package

EXTRACTOR = "docx/1"
_SKIPPED = frozenset({"mc:Fallback", "w:moveFrom", "w:del"})
_SPACES = frozenset({"w:tab", "w:br", "w:cr"})
_HEADING = re.compile(r"heading (\d)", re.I)


def read_docx(package: Package, main: str, draft: Draft) -> None:
    """Fill `draft` from the main part of a document, then from its footnotes and endnotes. Raises UnreadableError."""
    folder = main.rpartition("/")[0]
    styles = _Styles()
    if f"{folder}/styles.xml" in package.names:
        read_xml(package.chunks(f"{folder}/styles.xml"), styles, part="styles.xml")
    for part in (main, f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
        if part == main or part in package.names:
            read_xml(package.chunks(part), _Body(draft, styles.levels), part=part)


class _Styles:
    """Which paragraph styles are headings, and of which level."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "w:style":
            self._style = attributes.get("w:styleId", "")
        elif name == "w:name" and self._style:
            heading = _HEADING.fullmatch(attributes.get("w:val", ""))
            if heading:
                self.levels[self._style] = int(heading.group(1))
            elif attributes.get("w:val", "").lower() == "title":
                self.levels[self._style] = 1
        elif name == "w:outlineLvl" and self._style:
            self.levels.setdefault(self._style, _number(attributes.get("w:val")) + 1)

    def end(self, name: str) -> None:
        if name == "w:style":
            self._style = ""

    def data(self, text: str) -> None:
        """Styles have no words."""


class _Body:
    """Walks a part of the document. Text deleted under tracked changes, and the old rendering of a shape, are skipped."""

    def __init__(self, draft: Draft, levels: dict[str, int]) -> None:
        self._flow = Flow(draft)
        self._levels = levels
        self._prefixes: list[str] = []
        self._indent = 0
        self._in_text = False
        self._skipping = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
        elif name == "w:t":
            self._in_text = True
        elif name in _SPACES:
            self._flow.add(" ")
        elif name == "w:noBreakHyphen":
            self._flow.add("-")
        elif name == "w:p":
            self._flow.open_block()
            self._prefixes.append("")
            self._indent = 0
        elif name == "w:tr":
            self._flow.open_row()
        elif name == "w:tc":
            self._flow.open_cell()
        elif self._prefixes:
            self._property(name, attributes)

    def _property(self, name: str, attributes: dict[str, str]) -> None:
        if name == "w:pStyle":
            level = self._levels.get(attributes.get("w:val", ""), 0)
            if 1 <= level <= 6:
                self._prefixes[-1] = "#" * level + " "
        elif name == "w:ilvl":
            self._indent = min(_number(attributes.get("w:val")), 8)
        elif name == "w:numId" and attributes.get("w:val") != "0" and not self._prefixes[-1].startswith("#"):
            self._prefixes[-1] = "  " * self._indent + "- "

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name == "w:t":
            self._in_text = False
        elif name == "w:p":
            self._flow.close_block(self._prefixes.pop() if self._prefixes else "")
        elif name == "w:tr":
            self._flow.close_row()

    def data(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self._flow.add(text)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 4 else 0
