"""Excel workbooks (XLSX): ECMA-376 part 1, SpreadsheetML. Values as they are stored; dates, which are numbers there, as dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.extract.draft import Draft, UnreadableError
from monitor.extract.markup import read_xml
from monitor.extract.package import Package

EXTRACTOR = "xlsx/1"
_DATE_FORMATS = frozenset([*range(14, 23), *range(45, 48)])
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_LATER_EPOCH = timedelta(days=1462)
_LAST_DAY = 2_958_465


@dataclass(slots=True)
class _Workbook:
    """What the sheets lean on: their names and parts, the shared words, and which styles are dates."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    later_epoch: bool = False


def read_xlsx(package: Package, main: str, draft: Draft) -> None:
    """Fill `draft` from every sheet in the order of the workbook. Raises UnreadableError."""
    folder, _, file = main.rpartition("/")
    book = _Workbook()
    read_xml(package.chunks(main), _Parts(book), part=main)
    for part in (f"{folder}/_rels/{file}.rels", f"{folder}/styles.xml", f"{folder}/sharedStrings.xml"):
        if part in package.names:
            read_xml(package.chunks(part), _Parts(book), part=part)
    for title, relation in book.sheets:
        target = book.targets.get(relation, "")
        part = target.removeprefix("/") if target.startswith("/") else f"{folder}/{target}"
        if part not in package.names:
            raise UnreadableError("damaged", f"the sheet {title!r} is missing from the workbook")
        if "chartsheets/" in part or "dialogsheets/" in part:
            continue
        draft.mark(title)
        draft.add(f"## {title}")
        read_xml(package.chunks(part), _Sheet(draft, book), part=part)


class _Parts:
    """Reads workbook.xml, its relations, styles.xml and sharedStrings.xml; their elements do not clash."""

    def __init__(self, book: _Workbook) -> None:
        self._book = book
        self._formats: dict[str, bool] = {}
        self._item: list[str] | None = None
        self._in_text = False
        self._in_formats = False
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "x:t":
            self._in_text = not self._phonetic
        elif name == "x:si":
            self._item = []
        elif name == "x:rPh":
            self._phonetic = True
        elif name == "x:sheet":
            title = " ".join(attributes.get("name", "").split())[:200] or "sheet"
            self._book.sheets.append((title, attributes.get("r:id", "")))
        elif name == "r:Relationship":
            self._book.targets[attributes.get("Id", "")] = attributes.get("Target", "")
        elif name == "x:workbookPr":
            self._book.later_epoch = attributes.get("date1904") in ("1", "true")
        else:
            self._style(name, attributes)

    def _style(self, name: str, attributes: dict[str, str]) -> None:
        if name == "x:numFmt":
            code = _QUOTED.sub("", attributes.get("formatCode", "")).lower()
            self._formats[attributes.get("numFmtId", "")] = any(mark in code for mark in ("y", "d", "h:", "mm"))
        elif name == "x:cellXfs":
            self._in_formats = True
        elif name == "x:xf" and self._in_formats:
            number = attributes.get("numFmtId", "0")
            builtin = number.isdecimal() and len(number) < 4 and int(number) in _DATE_FORMATS
            self._book.dates.append(builtin or self._formats.get(number, False))

    def end(self, name: str) -> None:
        if name == "x:t":
            self._in_text = False
        elif name == "x:si" and self._item is not None:
            self._book.words.append("".join(self._item))
            self._item = None
        elif name == "x:rPh":
            self._phonetic = False
        elif name == "x:cellXfs":
            self._in_formats = False

    def data(self, text: str) -> None:
        if self._in_text and self._item is not None:
            self._item.append(text)


class _Sheet:
    """Walks the rows of one sheet."""

    def __init__(self, draft: Draft, book: _Workbook) -> None:
        self._draft = draft
        self._book = book
        self._row: list[str] = []
        self._value: list[str] = []
        self._kind = ""
        self._style = ""
        self._column = 0
        self._in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "x:c":
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._value.clear()
            self._column = _column(attributes.get("r", "")) or len(self._row)
        elif name in ("x:v", "x:t"):
            self._in_value = True
        elif name == "x:row":
            self._row = []

    def end(self, name: str) -> None:
        if name in ("x:v", "x:t"):
            self._in_value = False
        elif name == "x:c":
            shown = self._shown("".join(self._value))
            if shown and len(self._row) <= self._column:
                most = self._draft.limits.columns
                self._row.extend([""] * (min(self._column, most) - len(self._row)))
                self._row.append(shown)
        elif name == "x:row":
            self._draft.add_row(self._row)

    def data(self, text: str) -> None:
        if self._in_value:
            self._value.append(text)

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            number = int(value) if value.isdecimal() and len(value) < 9 else -1
            return self._book.words[number] if 0 <= number < len(self._book.words) else ""
        if self._kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, "")
        if self._kind != "n" or not value:
            return value
        style = int(self._style) if self._style.isdecimal() and len(self._style) < 6 else -1
        if 0 <= style < len(self._book.dates) and self._book.dates[style]:
            return _date(value, later=self._book.later_epoch)
        return _number(value)


def _column(reference: str) -> int:
    """`C5` is column 2, counted from 0; without letters 0."""
    column = 0
    for letter in reference[:8]:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return max(0, column - 1)


def _number(value: str) -> str:
    """As Excel shows it: 15 significant digits, so that 0.1 + 0.2 is 0.3."""
    try:
        return value if len(value) < 15 else format(float(value), ".15g")
    except ValueError:
        return value


def _date(value: str, *, later: bool) -> str:
    try:
        days = float(value)
    except ValueError:
        return value
    if not 0 <= days <= _LAST_DAY:
        return value
    at = _EPOCH + timedelta(seconds=round(days * 86400)) + (_LATER_EPOCH if later else timedelta())
    if days < 1:
        return at.strftime("%H:%M")
    return at.strftime("%Y-%m-%d" if days == int(days) else "%Y-%m-%d %H:%M")
