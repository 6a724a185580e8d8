"""Where each key and each value of a TOML text stands, so that a mistake can be pointed at.

`tomllib` reads values but forgets where they stood, and no maintained library keeps it without a second parser's opinion of
what TOML is. So `tomllib` decides what is valid, and this file walks the same text once, trusting that it is (TOML 1.0).
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]
"""The way from the top of the document to a value: keys, and indices of arrays and arrays of tables (from 0)."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})' r"|'''.*?'''(?:'{0,2})" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_DATE_AND_TIME = r"\d{4}-\d\d-\d\d[Tt ]\d\d:[0-9:.]+(?:[Zz]|[+-]\d\d:\d\d)?"
_SCALAR = re.compile(rf"{_DATE_AND_TIME}|[^\s,\]}}#]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Offsets into the text: where the key begins, where the value begins and ends. A table's value is its header."""

    key: int
    value: int
    end: int


@dataclass(frozen=True, slots=True)
class Positions:
    """The places of one text. Offsets count characters; lines and columns count from 1."""

    text: str
    places: Mapping[KeyPath, Place]
    line_starts: tuple[int, ...]

    def place(self, path: KeyPath) -> Place:
        """The place of `path`, or of the nearest table around it; the top of the text where there is none."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return Place(0, 0, 0)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of one line, without its end."""
        start = self.line_starts[number - 1]
        return self.text[start:].split("\n", 1)[0]


def locate(text: str) -> Positions:
    """Find every key and value of `text`, which `tomllib` must have accepted. Line ends become `\\n`, as in tomllib."""
    text = text.replace("\r\n", "\n")
    scanner = _Scanner(text)
    scanner.document()
    return Positions(text, scanner.places, line_starts(text))


def line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line begins; only a line feed ends a line, as in TOML."""
    return (0, *(found.end() for found in re.finditer("\n", text)))


class _Scanner:
    """Walks valid TOML once, noting places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[KeyPath, Place] = {}
        self._array_lengths: dict[KeyPath, int] = {}

    def document(self) -> None:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self) -> KeyPath:
        start = self.at
        is_array = self.text.startswith("[[", start)
        self.at += 2 if is_array else 1
        parts = self._key()
        self._skip(_SPACE)
        self.at += 2 if is_array else 1
        path: KeyPath = ()
        for name, key_at in parts[:-1]:
            path = self._enter((*path, name), key_at)
        name, key_at = parts[-1]
        path = (*path, name)
        if is_array:
            self.places.setdefault(path, Place(key_at, start, self.at))
            index = self._array_lengths.get(path, 0)
            self._array_lengths[path] = index + 1
            path = (*path, index)
        self.places[path] = Place(key_at, start, self.at)
        return path

    def _enter(self, path: KeyPath, key_at: int) -> KeyPath:
        """Step into a table that a longer key implies; within an array of tables that is its newest element."""
        self.places.setdefault(path, Place(key_at, key_at, key_at))
        length = self._array_lengths.get(path)
        return path if length is None else (*path, length - 1)

    def _pair(self, table: KeyPath) -> None:
        parts = self._key()
        path = table
        for name, key_at in parts[:-1]:
            path = self._enter((*path, name), key_at)
        name, key_at = parts[-1]
        self._skip(_SPACE)
        self.at += 1  # the equals sign
        self._skip(_SPACE)
        self._value((*path, name), key_at)

    def _key(self) -> list[tuple[str, int]]:
        """The parts of a dotted key, each with the offset at which it begins."""
        parts = []
        while True:
            self._skip(_SPACE)
            start = self.at
            if self.text[start] in "\"'":
                self._skip(_STRING)
                name = tomllib.loads("key = " + self.text[start : self.at])["key"]
            else:
                self._skip(_BARE_KEY)
                name = self.text[start : self.at]
            parts.append((name, start))
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def _value(self, path: KeyPath, key_at: int) -> None:
        start = self.at
        opening = self.text[start]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            self._skip(_STRING if opening in "\"'" else _SCALAR)
        self.places[path] = Place(key_at, start, self.at)

    def _array(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while self._inside("]"):
            self._value((*path, index), self.at)
            index += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self._inside("}"):
            self._pair(path)

    def _inside(self, closing: str) -> bool:
        """Step over blanks and a comma; False once the closing bracket has been passed."""
        self._skip(_BLANK)
        if self.text[self.at] == ",":
            self.at += 1
            self._skip(_BLANK)
        if self.text[self.at] != closing:
            return True
        self.at += 1
        return False

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        if found is None or (pattern is _SCALAR and not found.group()):
            raise ValueError(f"not TOML at offset {self.at}")
        self.at = found.end()
