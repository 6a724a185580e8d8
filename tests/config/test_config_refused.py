"""A config with mistakes is refused with all of them, each placed and with a remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.config import load_config
from monitor.errors import ConfigError
from tests.config import samples
from tests.config.samples import HTTP, LEAST, MAIL, SOURCES, TESTS, load, mistakes, only, problems_or_none, summary


def test_all_mistakes_are_told_in_one_run(golden: Callable[[str, str], None]) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(TESTS / "data" / "config" / "mistakes.toml", sources=SOURCES)
    assert len(caught.value.problems) > 40
    golden("config-mistakes.txt", str(caught.value).replace(str(TESTS / "data" / "config") + "/", "") + "\n")


SMTP = MAIL + 'transport = "smtp"\n'


@pytest.mark.parametrize(
    ("text", "line", "column", "told", "remedy"),
    [
        ("", 1, 1, "http: is missing", "a table [http] with the keys user_agent"),
        ("[http]\n" + MAIL, 1, 1, "http › user_agent: is missing", "user_agent = "),
        (HTTP + MAIL + "[http.host]\nx = 1\n", 7, 1, "http › host › x: x is not on the list", "allowed hosts"),
        (HTTP + SMTP, 6, 13, "mail › transport: mail is to go out by SMTP, but no server", "[mail.smtp]"),
        (HTTP + SMTP + "[mail.smtp]\n", 7, 1, "mail › smtp › host: is missing", 'host = "smtp.example.org"'),
        (
            HTTP + SMTP + '[mail.smtp]\nhost="mail.example.org"\ntls="none"\n', 9, 5,
            "mail › smtp › tls: mail and password would travel", "starttls",
        ),
        (HTTP + SMTP + '[mail.smtp]\nhost="x"\nusername="u"\n', 7, 1, "mail › smtp › password: is missing", "add password"),
        (
            HTTP + SMTP + '[mail.smtp]\nhost="x"\nusername="u"\npassword={evn="X"}\n', 10, 11,
            "mail › smtp › password › evn: unknown key", "did you mean 'env'?",
        ),
        (
            HTTP + SMTP + '[mail.smtp]\nhost="x"\nusername="u"\npassword={env="X", file="y"}\n', 10, 10,
            "mail › smtp › password: exactly one of", "{ env =",
        ),
        (LEAST + "[feed]\nname = 'x'\n", 6, 1, "feed: a list, in square brackets, is expected", "[[feed]]"),
        (LEAST + "[[watch.test]]\nmatch = ['x']\n", 6, 3, "watch: a list, in square brackets", "none above it"),
        (
            LEAST + "[[watch.test]]\nmatch = ['x']\n[[watch]]\nname = 'x'\nkeywords = ['y']\n", 8, 8,
            "TOML: cannot overwrite a value", "never above the first",
        ),
        (LEAST.replace(HTTP, HTTP + 'gateway = "127.0.0.1:8080"\n'), 3, 11, "http › gateway: '127.0.0.1:8080' is not", "https://"),
        (LEAST.replace(HTTP, HTTP + 'gateway = "http://h:1/path"\n'), 3, 11, "http › gateway: a gateway is a host", "'http://h:1'"),
        (LEAST.replace(HTTP, HTTP + 'gateway = "http://h:port"\n'), 3, 11, "http › gateway: 'http://h:port' is not", ""),
        (LEAST.replace(HTTP, HTTP + 'deadline = "5s"\n'), 3, 12, "http › deadline: the deadline of a whole", "longer"),
        (LEAST.replace(HTTP, HTTP + "allow_hosts = []\n"), 3, 15, "http › allow_hosts: is empty", "www.gov.uk"),
        (LEAST.replace(HTTP, HTTP + 'allow_hosts = "www.gov.uk"\n'), 3, 15, "http › allow_hosts: a list", "["),
        (LEAST.replace("alerts@", "a\\nBcc: x@"), 4, 8, "mail › from: holds a line end", "one line"),
        (LEAST + 'base_url = "https://x.org/?a"\n', 6, 12, "mail › base_url: paths are put behind", "https://alerts"),
        (LEAST.replace("Monitor <", "a\\u2028b <"), 4, 8, "mail › from: holds a line end", "one line"),
        (LEAST + "[[watch]]\nname='a'\nkeywords=['a']\n" + "[[watch]]\nname='A'\nkeywords=['a']\n", 10, 6,
         "watch 'A' › name: 'A' is the name of watch 1 too", "of its own"),
        (LEAST + "[store]\nmail = 'var/archive.db'\n", 7, 8, "store › mail: is the same file as archive", "apart"),
        (LEAST + "[schedule]\ntimezone = '../etc'\n", 7, 12, "schedule › timezone: '../etc' is not", "Europe/London"),
        (LEAST + "[schedule]\ndaily = 07:30:00\n", 7, 9, "schedule › daily: a date or a time is not a time of day", '"07:30"'),
        (LEAST + "[[feed]]\nname = 'x'\nsource = []\n", 8, 10, "feed 'x' › source: text in quotes", "govuk_atom"),
        (
            LEAST + "[[feed]]\nname='x'\nsource='govuk_atom'\nurl='https://me:pw@www.gov.uk/'\n", 9, 5,
            "feed 'x' › url: a web address here must not hold a user name", "",
        ),
        (
            LEAST + "[[feed]]\nname='x'\nsource='written_statements'\nhouses='Lords'\n", 9, 8,
            "feed 'x' › houses: a list", 'houses = ["Commons", "Lords"]',
        ),
        (LEAST.replace(HTTP, HTTP + "per_host.concurrency = true\n"), 3, 24, "http › per_host › concurrency: a whole", "2"),
        (LEAST.replace(HTTP, HTTP + "per_host.per_second = true\n"), 3, 23, "http › per_host › per_second: a number", "2.0"),
        (LEAST + "[http.host.'a b']\n", 6, 12, "http › host › a b: a b is not on the list", "allowed hosts"),
        (LEAST + "[[watch]]\nname='x'\nkeywords=[]\n", 8, 10, "watch 'x' › keywords: is empty", "keywords = ["),
        (LEAST + "[[watch]]\nname='x'\nkeywords=['a']\nquery='b'\n", 9, 7, "watch 'x' › query: stands beside", "keep one"),
        (LEAST + "[mail.smtp]\nhost = hello\n", 7, 8, "TOML: invalid value", "text stands in quotes"),
        (LEAST + 'base_url = "https://x.org\n', 6, 26, "TOML: illegal character", "closed on the same line"),
        (LEAST + "x = [1,", 6, 8, "TOML: invalid value", ""),
        (LEAST + "x = " + "[" * 3000, 6, 3005, "TOML: brackets are nested too deeply", ""),
        (LEAST + "x = 1" + "0" * 5000, 6, 5006, "TOML: ", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_placed_and_has_a_remedy(
    tmp_path: Path, text: str, line: int, column: int, told: str, remedy: str
) -> None:
    problem = mistakes(tmp_path, text)[0]
    assert (problem.line, problem.column) == (line, column), summary(mistakes(tmp_path, text))
    assert f"{problem.where}: {problem.message}".startswith(told)
    assert remedy in problem.help


def test_a_mistake_shows_its_line_with_a_caret_below_it(tmp_path: Path) -> None:
    told = str(only(mistakes(tmp_path, LEAST + '\tbase_url = "x"\n')))
    assert told.splitlines()[1:3] == ['   base_url = "x"', "              ^"]


@pytest.mark.parametrize(
    "host", ["parliament.uk", "evilparliament.uk", "parliament.uk.example.org", "www.gov.uk.example.org"]
)
def test_a_host_that_only_looks_like_an_allowed_one_is_refused(tmp_path: Path, host: str) -> None:
    feed = f"[[feed]]\nname='x'\nsource='govuk_atom'\nurl='https://{host}/a.atom'\n"
    assert only(mistakes(tmp_path, LEAST + feed)).message == f"the host {host} is not on the list of allowed hosts"


def test_the_name_of_a_host_is_pointed_at_where_it_is_the_mistake(tmp_path: Path) -> None:
    found = summary(mistakes(tmp_path, LEAST + "[http.host]\n'a b' = {}\n"))
    assert (7, 1, "http › host › a b: 'a b' is not a host name") in found


def test_a_line_is_shown_without_its_windows_line_end(tmp_path: Path) -> None:
    assert only(mistakes(tmp_path, LEAST.replace("\n", "\r\n") + "x = y\r\n")).source_line == "x = y"


def test_text_that_is_not_utf8_is_placed(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b'# one\ntitle = "caf\xe9"\n')
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "config.toml", sources=SOURCES)
    assert summary(caught.value.problems) == [(2, 13, "TOML: a character that is not UTF-8")]


def test_a_folder_in_place_of_the_file_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load_config(tmp_path, sources=SOURCES)


def values_by_path(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [below for key, child in children for below in values_by_path(child, (*path, key))]


STARTER = samples.STARTER.read_text(encoding="utf-8")
ODD_VALUES = [
    *(
        "''",
        "'\\'",
        "'\u202e\u2028é'",
        "0",
        "-1",
        "inf",
        "nan",
        "true",
        "[]",
        "[[]]",
        "{}",
        "{ a = {} }",
        "1979-05-27",
        "07:32:00",
    ),
    *(
        "'//x'",
        "'http://['",
        "'https://www.gov.uk:0'",
        "'*.'",
        "'~'",
        "'..'",
        "'99999w'",
        '"""\nx\n"""',
        "[1, 'x']",
        "[{}]",
    ),
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_a_value_it_is_read_or_refused_in_words(data: st.DataObject, tmp_path: Path) -> None:
    lines = STARTER.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if " = " in line and line[0] != "#"]))
        lines[at] = lines[at].partition(" = ")[0] + " = " + data.draw(st.sampled_from(ODD_VALUES))
    text = "\n".join(lines)
    for problem in problems_or_none(tmp_path, text):
        assert problem.message
        assert 1 <= problem.column <= len(text.split("\n")[problem.line - 1]) + 1


def test_every_key_of_the_shipped_file_if_misspelt_is_found_at_its_place(tmp_path: Path) -> None:
    for number, line in enumerate(STARTER.splitlines(), start=1):
        key = line.partition(" = ")[0].strip()
        if " = " not in line or not key.isidentifier():
            continue
        text = "\n".join(
            old if n != number else old.replace(key, key + "x", 1) for n, old in enumerate(STARTER.splitlines(), 1)
        )
        with pytest.raises(ConfigError) as caught:
            load(tmp_path, text)
        found = [problem for problem in caught.value.problems if problem.message == "unknown key"]
        assert [(problem.line, problem.column) for problem in found] == [(number, 1)], key
        assert f"did you mean '{key}'?" in found[0].help
    assert len(values_by_path(tomllib.loads(STARTER))) > 30
