"""The documents tell the truth: their examples run, their links lead somewhere, and nothing the program has is left out."""

from __future__ import annotations

import ast
import json
import re
import shlex
import sqlite3
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import get_args

import pytest

from monitor import errors
from monitor.cli import main
from monitor.cli.commands import COMMANDS, Command
from monitor.mail.outbox import STATES
from monitor.model.change import ChangeKind
from monitor.model.feed import Outcome
from monitor.model.ledger import STATUSES
from tests.pages import PAGES, ROOT, Example, anchors, blocks, examples, mentions, prose, read, section, targets

AMERICAN = re.compile(
    r"\b(colou?r(?<!colour)\w*|behavior\w*|organiz\w+|recogniz\w+|summariz\w+|center|catalog|favorite\w*|analyze\w*|gray"
    r"|canceled|labeled|traveled|fulfill|artifact|honor\w*|defense)\b",
    re.IGNORECASE,
)
MACHINE = re.compile(
    r"/wor[k]/|/root/|/home/\w|/Users/\w|/tmp/\w|py[p]i\.org|python[h]osted|artifactory|npm[j]s|index-url|\bnexus\b|goproxy",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Week:
    """The recorded week: where it was played, and what was said meanwhile."""

    folder: Path
    said: str


def parser_of(command: Command) -> ArgumentParser:
    parser = ArgumentParser(prog=f"monitor {command.name}")
    getattr(import_module(command.module), f"{command.function}_options")(parser)
    return parser


def words_of_program() -> list[str]:
    """Every string in the program, in one piece or in the pieces of an f-string."""
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "monitor").rglob("*.py"))
    return [
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """A command in a folder, as a person would give it there."""
    out, err = StringIO(), StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    folder = tmp_path_factory.mktemp("week")
    code, out, err = run(folder, "demo", "--folder", str(folder))
    assert code == 0, err
    return Week(folder, err + out)


@pytest.fixture(scope="module")
def archive(week: Week) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{week.folder}/var/archive.db?mode=ro", uri=True)) as connection:
        yield connection


@pytest.mark.parametrize("example", list(examples()), ids=str)
def test_an_example_does_what_its_page_shows(week: Week, example: Example) -> None:
    program, *arguments = shlex.split(example.command)
    if program == "make":
        code, answer = 0, week.said
    else:
        assert program == "monitor", "mark what is not run here with ```sh"
        code, out, err = run(week.folder, *arguments)
        answer = out + err
    assert code == example.code, answer
    assert example.missing_from(answer) == []


@pytest.mark.parametrize("question", blocks("docs/archivists.md", "sql"))
def test_a_question_in_sql_has_an_answer(archive: sqlite3.Connection, question: str) -> None:
    assert archive.execute(question).fetchone() is not None


@pytest.mark.parametrize("program", blocks("docs/archivists.md", "python"))
def test_exact_bytes_come_out_as_the_page_says(week: Week, program: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], cwd=week.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3
    assert (week.folder / "version-3.json").read_bytes().startswith(b"{")


def test_every_table_view_and_column_is_explained(archive: sqlite3.Connection) -> None:
    names = [
        row[0]
        for row in archive.execute(
            r"SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"
            r" AND name NOT LIKE '%\_fts\_%' ESCAPE '\'"
        )
    ]
    missing = [
        f"{name}.{column}"
        for name in names
        for column in [row[1] for row in archive.execute(f"PRAGMA table_info({name})")]
        if f"`{column}`" not in section("docs/archivists.md", f"#### `{name}`")
    ]
    assert missing == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_and_option_is_explained(command: Command) -> None:
    words = section("docs/cli.md", f"### `monitor {command.name}`")
    missing: list[str] = []
    for action in parser_of(command)._actions:
        names: Sequence[str] = action.option_strings or ([] if action.choices else [str(action.metavar or action.dest)])
        choices = [str(choice) for choice in action.choices or ()]
        missing += [name for name in (*names, *choices) if name not in ("-h", "--help") and name not in words]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_and_options_that_a_page_mentions_are_there(page: Path) -> None:
    strange = []
    for mention in mentions(page):
        words = [
            word for word in re.sub(r"--(config|now|replay) \S+ ", "", mention).split()[1:] if word not in ("-q", "-v")
        ]
        name, *options = [word for word in words if word != "--json"] or ["--help"]
        command = next((one for one in COMMANDS if one.name == name), None)
        known = parser_of(command).format_help() if command else ""
        wrong = [option for option in options if option.startswith("--") and option.split("=")[0] not in known]
        if wrong or (command is None and not name.startswith("-") and not name.isupper()):
            strange.append(mention)
    assert strange == []


def test_the_overview_names_every_command_and_global_option() -> None:
    _, help_text, _ = run(ROOT, "--help")
    options = set(re.findall(r"(?<!\w)--?[a-z-]+", help_text.partition("First contact")[0]))
    assert [
        option for option in sorted(options) if f"`{option}" not in section("docs/cli.md", "## Global options")
    ] == []


@pytest.mark.parametrize(
    "arguments",
    [
        "check", "match", "digest preview", "digest status", "deliver", "watch list", "watch explain border-security",
        "watch test border-security", "watch test border-security --query boats",
        "watch diff config.toml", "promises list", "subscriber list", "status", "db migrate", "search calais",
        "explain HCWS293 borders@example.org", "show HCWS293", "history HCWS293", "diff HCWS293", "links HCWS293",
    ],
)  # fmt: skip
def test_every_json_key_is_explained(week: Week, arguments: str) -> None:
    _, out, _ = run(week.folder, "--json", *arguments.split())
    words = section("docs/cli.md", "## JSON") + section("docs/cli.md", f"### `monitor {arguments.split()[0]}`")
    assert [key for key in keys(json.loads(out)) if f"`{key}`" not in words] == []


def test_every_json_key_of_a_whole_cycle_is_explained(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes((ROOT / "monitor" / "demo" / "config.toml").read_bytes())
    replay = str(ROOT / "monitor" / "demo" / "recording.warc.gz")
    for now in ("2024-12-10T09:00Z", "2024-12-10T19:00Z"):
        code, out, err = run(tmp_path, "--json", "--now", now, "--replay", replay, "run", "--once")
        assert code == 0, err
    report = json.loads(out)
    assert report["poll"]["changes"]
    assert report["resolve"]["kept"]
    verbs = ("run", "poll", "resolve", "match", "digest", "deliver")
    words = section("docs/cli.md", "## JSON") + "".join(
        section("docs/cli.md", f"### `monitor {verb}`") for verb in verbs
    )
    assert [key for key in keys(report) if f"`{key}`" not in words] == []


def keys(value: object) -> Iterator[str]:
    """The keys of a JSON value at any depth, but for names of watches and the words that have variants."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield key
            yield from keys(part) if key not in ("watches", "variants") or isinstance(part, list) else ()
    elif isinstance(value, list):
        for part in value:
            yield from keys(part)


def test_every_exit_code_is_explained_to_operators_and_scripts() -> None:
    codes = {
        one.exit_code for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.MonitorError)
    }
    for page in ("docs/cli.md", "docs/operators.md"):
        told = set(map(int, re.findall(r"^\| (\d+) \|", section(page, "## Exit codes"), re.MULTILINE)))
        assert told >= codes | {0, 130}, page


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("### Outcomes of a poll", get_args(Outcome)),
        ("### States of the outbox", STATES),
        ("## The promise ledger", STATUSES),
    ],
)
def test_operators_are_told_every_outcome_and_every_state(heading: str, names: Sequence[str]) -> None:
    assert [name for name in names if f"| `{name}` |" not in section("docs/operators.md", heading)] == []


def test_archivists_and_the_glossary_are_told_every_kind_of_change() -> None:
    kinds, glossary = section("docs/archivists.md", "#### `changes`"), read("docs/glossary.md")
    assert [kind for kind in get_args(ChangeKind) if f"`{kind}`" not in kinds or kind not in glossary] == []


def test_the_messages_operators_are_told_of_are_those_of_the_program() -> None:
    said = words_of_program()
    rows = re.findall(r"^\| (`.+?) \|", section("docs/operators.md", "## What a message means"), re.MULTILINE)
    pieces = {
        piece.strip(" :()") for row in rows for message in re.findall(r"`([^`]+)`", row) for piece in message.split("…")
    }
    strange = [piece for piece in pieces if len(piece) > 3 and not any(piece in words for words in said)]
    assert [piece for piece in strange if not piece.startswith("config.toml:")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target in targets(page):
        path, _, anchor = target.partition("#")
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md" and page.is_file():
            reached.add(page)
            waiting += [(page.parent / target.partition("#")[0]).resolve() for target in targets(page)]
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in reached] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_is_in_british_english_and_knows_no_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert AMERICAN.findall(prose(text)) == []
    assert MACHINE.findall(text) == []


def test_the_tour_names_files_and_functions_that_are_there() -> None:
    tour = read("docs/tour.md")
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in [*ROOT.glob("monitor/**/*.py"), *ROOT.glob("jobs/*.py")]
    )
    files = set(re.findall(r"`((?:monitor|jobs|tests)/[\w/.]+\.\w+)`", tour))
    functions = set(re.findall(r"`(\w+)\(\)`", tour))
    assert [name for name in sorted(files) if not (ROOT / name).is_file()] == []
    assert [name for name in sorted(functions) if f"def {name}(" not in code] == []


def test_pictures_are_light() -> None:
    assert [path.name for path in (ROOT / "docs" / "img").glob("*.png") if path.stat().st_size > 150_000] == []
