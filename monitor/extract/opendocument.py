"""OpenDocument texts and spreadsheets (ODT, ODS): OASIS OpenDocument 1.2, part 1."""

from __future__ import annotations

from monitor.extract.draft import Draft, UnreadableError
from monitor.extract.flow import Flow
from monitor.extract.markup import read_xml
from monitor.extract.package import Package

EXTRACTORS = {"odt": "odt/1", "ods": "ods/1"}
_SKIPPED = frozenset(
    {"text:tracked-changes", "office:annotation", "text:note-citation", "office:forms", "text:ruby-text"}
)
_SPACES = frozenset({"text:s", "text:tab", "text:line-break"})
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})


def read_opendocument(package: Package, draft: Draft, *, sheets: bool) -> None:
    """Fill `draft` from content.xml; `sheets`: its tables are sheets with a name. Raises UnreadableError."""
    manifest = package.read("META-INF/manifest.xml", most=4 * 1024 * 1024)
    if b"encryption-data" in manifest:
        raise UnreadableError("encrypted", "the document opens with a password only")
    read_xml(package.chunks("content.xml"), _Content(draft, sheets=sheets), part="content.xml")


class _Content:
    """Walks content.xml. What was deleted under tracked changes, and comments, are skipped."""

    def __init__(self, draft: Draft, *, sheets: bool) -> None:
        self._draft = draft
        self._flow = Flow(draft)
        self._sheets = sheets
        self._prefixes: list[str] = []
        self._times: list[int] = []
        self._lists = 0
        self._skipping = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
        elif name in ("text:p", "text:h"):
            self._flow.open_block()
            self._prefixes.append(self._prefix(name, attributes))
        elif name in _SPACES:
            self._flow.add(" ")
        elif name == "text:list":
            self._lists += 1
        elif name in _CELLS:
            self._flow.open_cell(_number(attributes.get("table:number-columns-repeated")))
        elif name == "table:table-row":
            self._flow.open_row()
            self._times.append(_number(attributes.get("table:number-rows-repeated")))
        elif name == "table:table" and self._sheets and not self._times:
            title = attributes.get("table:name", "").strip()[:200] or "sheet"
            self._draft.mark(title)
            self._draft.add("## " + " ".join(title.split()))

    def _prefix(self, name: str, attributes: dict[str, str]) -> str:
        if name == "text:h":
            return "#" * min(_number(attributes.get("text:outline-level")), 6) + " "
        return "  " * (min(self._lists, 9) - 1) + "- " if self._lists else ""

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name in ("text:p", "text:h"):
            self._flow.close_block(self._prefixes.pop())
        elif name == "text:list":
            self._lists -= 1
        elif name == "table:table-row":
            self._flow.close_row(self._times.pop())

    def data(self, text: str) -> None:
        if not self._skipping:
            self._flow.add(text)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 1
