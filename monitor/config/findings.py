"""A finding is a mistake with the key it concerns; here it becomes a Problem with file, line, column and a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from monitor.config.positions import KeyPath, Positions, line_starts
from monitor.config.sections import Document, known_keys
from monitor.config.values import choose, describe
from monitor.errors import Problem

_NAMED_TABLES = ("feed", "watch", "test")
_PLAIN_SMTP_KEYS = {"host", "port", "tls", "username"}
_SECRET_NAME = re.compile("pass|pwd|secret|token", re.IGNORECASE)
_SECRET_LINE = re.compile(r"((?:pass|pwd|secret|token)\w*\W*?[=:]\s*).*", re.IGNORECASE)
_LIKELY = (
    ("Invalid value", "text stands in quotes; true, false and numbers do not"),
    ("Illegal character '\\n'", "a quotation mark that opens a text must be closed on the same line"),
    ("Expected '='", "a line is KEY = VALUE, [TABLE] or [[TABLE]]; a comment starts with #"),
    ("Expected newline", "one KEY = VALUE on each line; text and times of day stand in quotes"),
    ("Cannot overwrite", "this key, or the table it stands for, is already there further up"),
    ("Cannot declare", "this table is already there further up; a second [[feed]] or [[watch]] has two brackets"),
    ("Unescaped '\\'", "write \\\\ for a backslash, or put the text in single quotes"),
    ("Unclosed array", "entries are separated by commas, and a list ends with ]"),
    ("Invalid initial character", "a table in curly brackets stands on one line, without a comma after the last key"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake. `path` leads to the key, which may be absent from the file; `at_key`: point at the key, not its value."""

    path: KeyPath
    message: str
    help: str = ""
    at_key: bool = False


class Reporter:
    """Turns the findings about one text into problems, in the order in which they stand in it."""

    def __init__(self, path: str, document: Mapping[str, Any], positions: Positions) -> None:
        self._path = path
        self._document = document
        self._positions = positions
        self._shown_lines = _mask_secrets(positions)

    def problem(self, finding: Finding) -> Problem:
        """The problem for one finding."""
        place = self._positions.place(finding.path)
        line, column = self._positions.line_and_column(place.key if finding.at_key else place.value)
        help_text = finding.help or _example(finding.path)
        shown = self._shown_lines[line - 1].replace("\t", " ").rstrip()
        return Problem(self._path, line, column, self._where(finding.path), finding.message, help_text, shown)

    def spot(self, path: KeyPath) -> Problem:
        """Where the text at `path` begins, within its quotes: a problem without a message."""
        place = self._positions.place(path)
        opening = 3 if self._positions.text[place.value : place.value + 3] in ('"""', "'''") else 1
        line, column = self._positions.line_and_column(place.value + opening)
        return Problem(self._path, line, column, self._where(path), "", source_line=self._positions.line(line))

    def problems(self, findings: Iterable[Finding]) -> list[Problem]:
        """The problems for all findings, each once, from the top of the file to its end."""
        return in_order(self.problem(finding) for finding in findings)

    def _where(self, path: KeyPath) -> str:
        """`feed 'home-office' › url`: the path in words, with the names that the operator gave."""
        parts: list[str] = []
        value: Any = self._document
        for key in path:
            value = _step(value, key)
            if not isinstance(key, int):
                parts.append(key if key.isprintable() else repr(key))
            elif parts[-1] in _NAMED_TABLES:
                name = value.get("name") if isinstance(value, dict) else None
                parts[-1] += f" '{name}'" if isinstance(name, str) and name.isprintable() else f" {key + 1}"
            else:
                parts[-1] += f" {key + 1}"
        return " › ".join(parts) or "config"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of one file, each once, from its top to its end."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.column))


def findings_in(error: ValidationError) -> list[Finding]:
    """What pydantic found, in our words."""
    return [finding for detail in error.errors(include_url=False) if (finding := _finding(detail)) is not None]


def syntax_problem(path: str, text: str, message: str) -> Problem:
    """The problem for what `tomllib` could not read at all; its message ends in "(at line 3, column 5)"."""
    starts = line_starts(text)
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    line = int(found[1]) if found and found[1] else len(starts)
    column = int(found[2]) if found and found[2] else len(text) - starts[-1] + 1
    what = message[: found.start()] if found else message
    shown = text[starts[line - 1] :].split("\n", 1)[0]
    help_text = next(
        (remedy for start, remedy in _LIKELY if what.startswith(start)), "see https://toml.io for the form of this file"
    )
    misplaced = re.search(r"^\s*\[\[\s*watch\s*\.\s*test\s*\]\]", text, re.MULTILINE)
    first_watch = re.search(r"^\s*\[\[\s*watch\s*\]\]", text, re.MULTILINE)
    if what.startswith("Cannot overwrite") and misplaced and first_watch and misplaced.start() < first_watch.start():
        help_text = "[[watch.test]] stands below the [[watch]] that it tests, never above the first"
    shown = _SECRET_LINE.sub(r"\1…", shown).replace("\t", " ")
    return Problem(path, line, column, "TOML", what[0].lower() + what[1:], help_text, shown)


def _finding(detail: ErrorDetails) -> Finding | None:
    path: KeyPath = tuple(part for part in detail["loc"] if part != "[key]")
    is_key = "[key]" in detail["loc"]
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "mistake":
        return Finding(path, context["message"], context["help"], at_key=is_key)
    if kind == "missing":
        return Finding(path, "is missing")
    if kind == "extra_forbidden":
        return unknown_key(path, known_keys(_table_at(path[:-1]) or Document))
    if kind == "too_short":  # pydantic says so too where every entry is wrong; those have been reported one by one
        return None if detail["input"] else Finding(path, "is empty; at least one is needed")
    expected = "a list, in square brackets," if kind == "tuple_type" else "a table"
    return Finding(
        path, f"{expected} is expected here, not {describe(detail['input'])}", _table_help(path, detail["input"])
    )


def unknown_key(path: KeyPath, known: Iterable[str]) -> Finding:
    """A key that this table does not have, with the one that was probably meant."""
    return Finding(path, "unknown key", choose(str(path[-1]), known, "keys here"), at_key=True)


def _table_help(path: KeyPath, found: object) -> str:
    if path == ("watch",) and isinstance(found, dict) and set(found) == {"test"}:
        return "[[watch.test]] stands below the [[watch]] that it tests, and there is none above it"
    if isinstance(found, dict) and path in (("feed",), ("watch",)):
        return f"write [[{path[0]}]], with two brackets: there may be many"
    return ""


def _step(value: Any, key: str | int) -> Any:
    if isinstance(value, dict) and isinstance(key, str):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None


def _table_at(path: KeyPath) -> type[BaseModel] | None:
    """The model of the table at `path`; None where there is no table."""
    table: type[BaseModel] | None = Document
    for key in path:
        if isinstance(key, int) or table is None:
            continue
        field = known_keys(table).get(key)
        if field is not None:
            table = _model_in(field.annotation)
    return table


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as `tuple[FeedTable, ...]` or `Smtp | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for inner in get_args(annotation) if (model := _model_in(inner)) is not None), None)


def _example(path: KeyPath) -> str:
    """How the key at `path` is written, from the example of its field."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    keys = [key for key in path if isinstance(key, str)]
    table = _table_at(path[:-1])
    field = known_keys(table).get(keys[-1]) if table and keys else None
    if field is not None and field.examples:
        return f"write for example {keys[-1]} = {field.examples[0]}"
    inner = _model_in(field.annotation) if field is not None else None
    if inner is not None:
        return f"a table [{'.'.join(keys)}] with the keys {', '.join(known_keys(inner))}"
    return ""


def _mask_secrets(positions: Positions) -> list[str]:
    """The lines of the file, with every text blotted out that may be a password, so that none reaches a log."""
    text = positions.text
    for path, place in positions.places.items():
        if _may_be_secret(path) and text[place.value : place.value + 1] in ("'", '"'):
            written = text[place.value : place.end]
            blot = re.sub(r"[^\n]+", lambda line: "***".ljust(len(line[0]))[: len(line[0])], written)
            text = text[: place.value] + blot + text[place.end :]
    return text.split("\n")


def _may_be_secret(path: KeyPath) -> bool:
    """Whether a text may be a password: by the name of its key, or as one of [mail.smtp] that we do not know."""
    if path[:3] == ("mail", "smtp", "password") and len(path) > 3:
        return path[3] not in ("env", "file", "command")
    if path[:2] == ("mail", "smtp") and len(path) > 2:
        return path[2] not in _PLAIN_SMTP_KEYS
    return any(_SECRET_NAME.search(key) for key in path if isinstance(key, str))
