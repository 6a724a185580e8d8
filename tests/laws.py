"""The laws of the house that import-linter cannot say, each a function from one parsed file to its breaches."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 60
VAGUE_NAMES = frozenset(
    {"utils", "util", "helpers", "helper", "common", "manager", "base", "handler", "service", "misc"}
)
CLOCKS = frozenset(
    {
        "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.localtime",
        "time.gmtime", "time.ctime", "time.strftime",
    }
)  # fmt: skip
STOPWATCHES = frozenset({"time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns"})
CLOCKS_OF_SQL = ("current_timestamp", "current_date", "current_time", "'now'", "unixepoch()", "julianday()")
CODE = ("monitor", "jobs")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the checkout: its path from the top, its text, and its syntax tree."""

    path: PurePosixPath
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The first two parts of its path, such as `monitor/store`; the file itself where it stands in no room."""
        return "/".join(self.path.parts[:2])

    @property
    def module(self) -> str:
        """Its dotted name."""
        return ".".join(self.path.with_suffix("").parts)


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a law is broken, and what to do about it."""

    path: PurePosixPath
    line: int
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.remedy}"


Law = Callable[[SourceFile], Iterator[Breach]]


def read_source(path: str, text: str) -> SourceFile:
    """A file from its text, so that a law can be tried on a file that does not exist."""
    return SourceFile(PurePosixPath(path), text, ast.parse(text))


def read_sources(top: Path, folders: tuple[str, ...]) -> tuple[SourceFile, ...]:
    """Every Python file in these folders of a checkout."""
    paths = sorted(path for folder in folders for path in (top / folder).rglob("*.py"))
    return tuple(read_source(path.relative_to(top).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def files_are_short(file: SourceFile) -> Iterator[Breach]:
    """No file over 300 lines."""
    lines = file.text.count("\n")
    if lines > LINES_OF_A_FILE:
        yield Breach(
            file.path, lines, f"{lines} lines, {LINES_OF_A_FILE} allowed: find the second noun in it and move it out"
        )


def functions_are_short(file: SourceFile) -> Iterator[Breach]:
    """No function over 60 lines, its decorators not counted."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LINES_OF_A_FUNCTION:
                remedy = f"{node.name} has {lines} lines, {LINES_OF_A_FUNCTION} allowed: name its steps as functions"
                yield Breach(file.path, node.lineno, remedy)


def files_say_what_they_are(file: SourceFile) -> Iterator[Breach]:
    """Every module begins with a docstring."""
    if not ast.get_docstring(file.tree):
        yield Breach(file.path, 1, "begin it with a docstring that says what the file holds")


def names_say_something(file: SourceFile) -> Iterator[Breach]:
    """No file or folder is named for having no subject."""
    for part in file.path.with_suffix("").parts:
        if part.lower() in VAGUE_NAMES:
            yield Breach(file.path, 1, f"'{part}' names no noun: name it for what it holds")


def clock_is_read_in_app_only(file: SourceFile) -> Iterator[Breach]:
    """`now` is an argument everywhere but at the front door; only what paces requests may hold a stopwatch."""
    if file.path.parts[0] not in CODE or str(file.path) == "monitor/app.py":
        return
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Attribute):
            name = _last_two(node)
            if name in CLOCKS:
                yield Breach(
                    file.path, node.lineno, f"{name} reads the clock: take `now` as an argument, monitor/app.py has it"
                )
            elif name in STOPWATCHES and file.room != "monitor/fetch":
                yield Breach(file.path, node.lineno, f"{name} belongs to monitor/fetch: take `now` as an argument")
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield Breach(file.path, node.lineno, "import the module (`import time`), so that its clocks can be seen")


def sqlite_is_opened_in_database_only(file: SourceFile) -> Iterator[Breach]:
    """One file connects, so that every connection has the durable settings."""
    if file.path.parts[0] not in CODE or str(file.path) == "monitor/database.py":
        return
    for node in ast.walk(file.tree):
        names = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
        imported = isinstance(node, ast.ImportFrom) and node.module == "sqlite3" and "connect" in names
        if imported or (isinstance(node, ast.Attribute) and _last_two(node) == "sqlite3.connect"):
            yield Breach(
                file.path, node.lineno, "open it with monitor.database.open_database, which sets what keeps data safe"
            )


def model_is_frozen(file: SourceFile) -> Iterator[Breach]:
    """The nouns are values: every class in model is a frozen, slotted dataclass."""
    if file.room != "monitor/model":
        return
    for node in file.tree.body:
        if isinstance(node, ast.ClassDef) and not any(_is_frozen_dataclass(mark) for mark in node.decorator_list):
            yield Breach(file.path, node.lineno, f"make {node.name} a @dataclass(frozen=True, slots=True)")


def nothing_is_global(file: SourceFile) -> Iterator[Breach]:
    """State is handed over, never reached for."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Global):
            yield Breach(file.path, node.lineno, f"hand {', '.join(node.names)} over as an argument")


def tests_use_the_real_edge(file: SourceFile) -> Iterator[Breach]:
    """Tests fake a transport, a server or a folder; they patch nothing and wait for nothing."""
    if file.path.parts[0] != "tests":
        return
    for node in ast.walk(file.tree):
        if isinstance(node, ast.arg) and node.arg in {"monkeypatch", "mocker"}:
            yield Breach(file.path, node.lineno, "patch nothing: hand the part a fake of its edge (see tests/fakes)")
        elif isinstance(node, ast.Import | ast.ImportFrom) and "mock" in _imported(node):
            yield Breach(file.path, node.lineno, "mock nothing: hand the part a fake of its edge (see tests/fakes)")
        elif isinstance(node, ast.Attribute) and _last_two(node) == "time.sleep":
            yield Breach(file.path, node.lineno, "do not sleep: pass a `now`, or wait on an event")


def is_source(file: SourceFile) -> bool:
    """Whether it is a publisher's file: one in sources that gives itself a slug."""
    return file.room == "monitor/sources" and "SLUG" in _assigned(file.tree)


def is_verb(file: SourceFile) -> bool:
    """Whether it is a verb: a file in pipeline with a function of its own name."""
    functions = {node.name for node in file.tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return file.room == "monitor/pipeline" and file.path.stem in functions


def imported_modules(file: SourceFile) -> Iterator[tuple[str, int]]:
    """Every module a file may be importing, dotted, with the line; `from a import b` counts as `a` and as `a.b`."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def strangers_met(files: tuple[SourceFile, ...], remedy: str) -> Iterator[Breach]:
    """Where one of these files imports another of them."""
    modules = {file.module for file in files}
    for file in files:
        for module, line in imported_modules(file):
            if module in modules - {file.module}:
                yield Breach(file.path, line, f"imports {module}: {remedy}")


def clocks_in_sql(path: str, text: str) -> Iterator[Breach]:
    """Where a schema asks the database for the time."""
    for number, line in enumerate(text.splitlines(), start=1):
        if any(clock in line.lower() for clock in CLOCKS_OF_SQL):
            yield Breach(PurePosixPath(path), number, "the database's clock is not ours: bind `now` as a parameter")


LAWS: tuple[Law, ...] = (
    files_are_short,
    functions_are_short,
    files_say_what_they_are,
    names_say_something,
    clock_is_read_in_app_only,
    sqlite_is_opened_in_database_only,
    model_is_frozen,
    nothing_is_global,
    tests_use_the_real_edge,
)
"""What every Python file of the checkout is held to."""


def _last_two(node: ast.Attribute) -> str:
    owner = node.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return f"{name}.{node.attr}"


def _is_frozen_dataclass(mark: ast.expr) -> bool:
    if not isinstance(mark, ast.Call):
        return False
    said = {key.arg for key in mark.keywords if isinstance(key.value, ast.Constant) and key.value.value is True}
    return ast.unparse(mark.func) == "dataclass" and {"frozen", "slots"} <= said


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    return {part for name in (module, *(alias.name for alias in node.names)) for part in name.split(".")}


def _assigned(tree: ast.Module) -> set[str]:
    plain = {target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets
             if isinstance(target, ast.Name)}  # fmt: skip
    typed = {
        node.target.id for node in tree.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    return plain | typed
