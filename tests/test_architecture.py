"""The laws of the house. A failure says where a law is broken and what to do; docs/architecture.md says why it stands."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests import laws
from tests.laws import Breach, Law, SourceFile, read_source, read_sources

TOP = Path(__file__).resolve().parents[1]
FOLDERS = ("monitor", "jobs", "tests", "benchmarks", "tools")
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))"


@pytest.fixture(scope="module")
def house() -> tuple[SourceFile, ...]:
    """Every Python file of the checkout, parsed once."""
    return read_sources(TOP, FOLDERS)


def tell(breaches: Iterable[Breach]) -> None:
    """Fail with every breach, one a line, as `file:line: what to do`."""
    lines = "\n".join(f"  {breach}" for breach in breaches)
    if lines:
        pytest.fail(f"a law of the house is broken:\n{lines}", pytrace=False)


def test_imports_keep_the_contracts() -> None:
    run = subprocess.run([sys.executable, "-c", LINT], cwd=TOP, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.fail(f"{run.stdout}{run.stderr}\nThe contracts and their names are in pyproject.toml.", pytrace=False)


@pytest.mark.parametrize("law", laws.LAWS, ids=lambda law: law.__name__)
def test_every_file_keeps_the_law(house: tuple[SourceFile, ...], law: Law) -> None:
    tell(breach for file in house for breach in law(file))


def test_a_source_never_imports_another_source(house: tuple[SourceFile, ...]) -> None:
    sources = tuple(file for file in house if laws.is_source(file))
    tell(laws.strangers_met(sources, "hand over with a Request that names its reader by slug"))


def test_a_source_is_named_by_its_slug(house: tuple[SourceFile, ...]) -> None:
    sources = [file for file in house if laws.is_source(file)]
    assert [file.path.name for file in sources if f'SLUG = "{file.path.stem}"' not in file.text] == []


def test_a_verb_never_imports_another_verb(house: tuple[SourceFile, ...]) -> None:
    verbs = tuple(file for file in house if laws.is_verb(file))
    tell(laws.strangers_met(verbs, "leave the work in a tray, the other verb takes it from there"))


def test_schemas_take_the_time_as_a_parameter() -> None:
    schemas = sorted((TOP / "monitor").rglob("*.sql"))
    tell(
        breach for path in schemas for breach in laws.clocks_in_sql(str(path.relative_to(TOP)), path.read_text("utf-8"))
    )


def test_python_lives_in_the_folders_of_the_plan() -> None:
    hidden_or_made = {"build", "dist", "var", "docs", "templates"}
    folders = {path.parent.name for path in TOP.glob("*/*.py") if not path.parent.name.startswith(".")}
    assert folders - hidden_or_made <= set(FOLDERS), "a new top-level folder: find the room where its code belongs"


def test_the_files_of_tests_have_names_of_their_own() -> None:
    names = [path.name for path in (TOP / "tests").rglob("test_*.py")]
    twice = sorted({name for name in names if names.count(name) > 1})
    assert twice == [], "pytest tells test files apart by name: name each for its own subject"
    assert list((TOP / "tests").rglob("__init__.py")) == [], "tests is a folder, not a package"


LONG_BODY = "\n".join(["def act() -> None:", *["    pass"] * 60])
BAD = [
    (laws.files_are_short, "monitor/store/feeds.py", "pass\n" * 301),
    (laws.functions_are_short, "monitor/store/feeds.py", LONG_BODY),
    (laws.files_say_what_they_are, "tests/store/test_feeds.py", "import os"),
    (laws.names_say_something, "monitor/store/utils.py", ""),
    (laws.names_say_something, "monitor/helpers/feeds.py", ""),
    (laws.clock_is_read_in_app_only, "monitor/rules/digests.py", "now = datetime.now(UTC)"),
    (laws.clock_is_read_in_app_only, "monitor/rules/digests.py", "day = datetime.date.today()"),
    (laws.clock_is_read_in_app_only, "jobs/poll.py", "from time import time"),
    (laws.clock_is_read_in_app_only, "monitor/store/feeds.py", "start = time.monotonic()"),
    (laws.sqlite_is_opened_in_database_only, "monitor/store/feeds.py", "sqlite3.connect('a.db')"),
    (laws.sqlite_is_opened_in_database_only, "monitor/mail/outbox.py", "from sqlite3 import connect"),
    (laws.model_is_frozen, "monitor/model/feed.py", "@dataclass(frozen=True)\nclass Feed: ..."),
    (laws.model_is_frozen, "monitor/model/feed.py", "class Feed: ..."),
    (laws.nothing_is_global, "jobs/poll.py", "def act():\n    global app"),
    (laws.tests_use_the_real_edge, "tests/store/test_feeds.py", "def test_it(monkeypatch): ..."),
    (laws.tests_use_the_real_edge, "tests/store/test_feeds.py", "from unittest.mock import Mock"),
    (laws.tests_use_the_real_edge, "tests/store/test_feeds.py", "from unittest import mock"),
    (laws.tests_use_the_real_edge, "tests/store/test_feeds.py", "time.sleep(1)"),
]


@pytest.mark.parametrize(("law", "path", "text"), BAD, ids=lambda part: getattr(part, "__name__", ""))
def test_a_law_sees_its_breach(law: Law, path: str, text: str) -> None:
    assert len(list(law(read_source(path, text)))) == 1


GOOD = [
    (laws.files_are_short, "monitor/store/feeds.py", "pass\n" * 300),
    (laws.clock_is_read_in_app_only, "monitor/app.py", "now = datetime.now(UTC)"),
    (laws.clock_is_read_in_app_only, "monitor/fetch/pacing.py", "start = time.monotonic()"),
    (laws.clock_is_read_in_app_only, "benchmarks/polling.py", "start = time.perf_counter()"),
    (laws.sqlite_is_opened_in_database_only, "monitor/database.py", "sqlite3.connect('a.db')"),
    (laws.sqlite_is_opened_in_database_only, "tests/store/test_feeds.py", "sqlite3.connect('a.db')"),
    (laws.model_is_frozen, "monitor/model/feed.py", "@dataclass(frozen=True, slots=True)\nclass Feed: ..."),
]


@pytest.mark.parametrize(("law", "path", "text"), GOOD, ids=lambda part: getattr(part, "__name__", ""))
def test_a_law_lets_pass_what_it_allows(law: Law, path: str, text: str) -> None:
    assert list(law(read_source(path, text))) == []


def test_strangers_are_seen_however_they_are_imported() -> None:
    atom = read_source("monitor/sources/govuk_atom.py", "SLUG = 'govuk_atom'")
    content = read_source("monitor/sources/govuk_content.py", "SLUG = 'x'\nfrom monitor.sources import govuk_atom")
    search = read_source("monitor/sources/govuk_search.py", "SLUG = 'x'\nfrom monitor.sources.govuk_atom import SLUG")
    assert all(laws.is_source(file) for file in (atom, content, search))
    assert [breach.line for breach in laws.strangers_met((atom, content, search), "")] == [2, 2]


def test_a_schema_that_asks_for_the_time_is_seen() -> None:
    assert [breach.line for breach in laws.clocks_in_sql("0001.sql", "a TEXT,\nb TEXT DEFAULT CURRENT_TIMESTAMP")] == [
        2
    ]
