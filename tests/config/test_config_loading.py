"""config.toml is read whole, or refused with every mistake in it, each placed and with a remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import time, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.config import Config, find_config, load_config
from monitor.errors import ConfigError, Problem
from monitor.model.feed import Feed, SourceKeys
from monitor.model.watch import WATCHABLE, Watch, WatchTest

TESTS = Path(__file__).resolve().parents[1]
SOURCES: Mapping[str, SourceKeys] = MappingProxyType(
    {
        "written_statements": SourceKeys(optional=frozenset({"houses"}), choices={"houses": ("Commons", "Lords")}),
        "govuk_atom": SourceKeys(required=frozenset({"url"})),
    }
)
HTTP = '[http]\nuser_agent = "monitor/1.0 (ops@example.org)"\n'
MAIL = '[mail]\nfrom = "Monitor <alerts@example.org>"\noperator = "ops@example.org"\n'
LEAST = HTTP + MAIL

Load = Callable[[str], Config]
Mistakes = Callable[[str], tuple[Problem, ...]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load_text(text: str) -> Config:
        (tmp_path / "config.toml").write_bytes(text.encode())
        return load_config(tmp_path / "config.toml", sources=SOURCES)

    return load_text


@pytest.fixture
def mistakes(load: Load) -> Mistakes:
    def problems_in(text: str) -> tuple[Problem, ...]:
        with pytest.raises(ConfigError) as caught:
            load(text)
        return caught.value.problems

    return problems_in


def summary(problems: tuple[Problem, ...]) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, f"{problem.where}: {problem.message}") for problem in problems]


def problems_or_none(load: Load, text: str) -> tuple[Problem, ...]:
    try:
        load(text)
    except ConfigError as refused:
        return refused.problems
    return ()


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, summary(problems)
    return problems[0]


# What is read


def test_two_tables_are_enough(load: Load, tmp_path: Path) -> None:
    config = load(LEAST)
    assert config.path == tmp_path / "config.toml"
    assert config.store.archive == tmp_path / "var/archive.db"
    assert config.schedule.timezone == ZoneInfo("Europe/London")
    assert config.schedule.daily == time(7, 30)
    assert config.schedule.weekly == (5, time(8, 30))
    assert (config.http.timeout, config.http.deadline) == (timedelta(seconds=20), timedelta(minutes=2))
    assert config.http.max_body == 60_000_000
    assert config.http.gateway is None
    assert config.http.robots is True
    assert config.mail.from_ == "Monitor <alerts@example.org>"
    assert config.mail.transport == "folder"
    assert (config.feeds, config.watches, config.templates_dir) == ((), (), None)


def test_paths_start_from_the_folder_of_the_file(load: Load, tmp_path: Path) -> None:
    config = load('templates_dir = "mine"\n' + LEAST + 'folder = "/srv/outbox"\n[store]\nfiles = "../files"\n')
    assert config.templates_dir == tmp_path / "mine"
    assert config.mail.folder == Path("/srv/outbox")
    assert config.store.files == tmp_path / "../files"


def test_a_feed_keeps_its_sources_keys_as_options(load: Load) -> None:
    config = load(
        LEAST
        + '[[feed]]\nname="statements"\nsource="written_statements"\nevery="10m"\nhouses=["Lords"]\n'
        + '[[feed]]\nname="ho"\nsource="govuk_atom"\nurl="https://www.gov.uk/a.atom"\n'
    )
    assert config.feeds == (
        Feed("statements", "written_statements", timedelta(minutes=10), None, {"houses": ("Lords",)}),
        Feed("ho", "govuk_atom", timedelta(minutes=15), "https://www.gov.uk/a.atom", {}),
    )


def test_a_watch_keeps_its_tests(load: Load) -> None:
    config = load(
        LEAST
        + '[[watch]]\nname="a"\nkeywords=["small boats"]\n[[watch.test]]\nmatch=["HCWS293"]\n'
        + '[[watch.test]]\nno_match=["HCWS300"]\n'
        + '[[watch]]\nname="b"\ntitle="Bees"\nkeywords=["bee"]\non=["new"]\nalert_if_silent="2w"\n'
    )
    tests = (WatchTest(match=("HCWS293",)), WatchTest(no_match=("HCWS300",)))
    assert config.watches == (
        Watch("a", "a", ("small boats",), WATCHABLE, None, tests),
        Watch("b", "Bees", ("bee",), ("new",), timedelta(days=14)),
    )


def test_a_host_of_its_own_pace_keeps_the_rest_of_the_common_one(load: Load) -> None:
    http = load(LEAST + '[http.host."www.gov.uk"]\nper_second = 5\n').http
    assert (http.limits("www.gov.uk").concurrency, http.limits("www.gov.uk").per_second) == (2, 5.0)
    assert http.limits("www.parliament.uk") == http.per_host


def test_a_base_address_is_ready_to_have_a_path_put_behind_it(load: Load) -> None:
    assert (
        load(LEAST + 'base_url = "https://alerts.example.org/news/"\n').mail.base_url
        == "https://alerts.example.org/news"
    )


def test_nothing_in_a_config_can_be_changed(load: Load) -> None:
    config = load(LEAST)
    with pytest.raises(ValueError, match="frozen"):
        config.http.gateway = "http://127.0.0.1:1"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        config.feeds = ()  # type: ignore[misc]


def test_a_byte_order_mark_and_windows_line_ends_make_no_difference(load: Load) -> None:
    assert load("\ufeff" + LEAST.replace("\n", "\r\n")).http == load(LEAST).http


def test_with_a_gateway_plain_http_feeds_are_allowed_but_the_list_of_hosts_still_holds(
    load: Load, mistakes: Mistakes
) -> None:
    gateway = LEAST.replace(HTTP, HTTP + 'gateway = "http://127.0.0.1:8080/"\n')
    feed = '[[feed]]\nname="x"\nsource="govuk_atom"\nurl="http://{host}/a.atom"\n'
    config = load(gateway + feed.format(host="www.gov.uk"))
    assert config.http.gateway == "http://127.0.0.1:8080"
    assert "not on the list" in only(mistakes(gateway + feed.format(host="gov.uk.example.com"))).message


# What is refused


def test_all_mistakes_are_told_in_one_run(pytestconfig: pytest.Config) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(TESTS / "data" / "config" / "mistakes.toml", sources=SOURCES)
    told = str(caught.value).replace(str(TESTS / "data" / "config") + "/", "") + "\n"
    golden = TESTS / "golden" / "config-mistakes.txt"
    if pytestconfig.getoption("--update-golden", default=False):
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")


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
        (LEAST + "[[watch]]\nname='x'\nkeywords=[]\n", 8, 10, "watch 'x' › keywords: is empty", "keywords = ["),
        (LEAST + "[[watch]]\nname='x'\nkeywords=['a']\nquery='b'\n", 9, 1, "watch 'x' › query: unknown key", "keys here: name"),
        (LEAST + "[mail.smtp]\nhost = hello\n", 7, 8, "TOML: invalid value", "text stands in quotes"),
        (LEAST + 'base_url = "https://x.org\n', 6, 26, "TOML: illegal character", "closed on the same line"),
        (LEAST + "x = [1,", 6, 8, "TOML: invalid value", ""),
        (LEAST + "x = " + "[" * 3000, 6, 3005, "TOML: brackets are nested too deeply", ""),
        (LEAST + "x = 1" + "0" * 5000, 6, 5006, "TOML: ", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_placed_and_has_a_remedy(
    mistakes: Mistakes, text: str, line: int, column: int, told: str, remedy: str
) -> None:
    problem = mistakes(text)[0]
    assert (problem.line, problem.column) == (line, column), summary(mistakes(text))
    assert f"{problem.where}: {problem.message}".startswith(told)
    assert remedy in problem.help


def test_a_mistake_shows_its_line_with_a_caret_below_it(mistakes: Mistakes) -> None:
    told = str(only(mistakes(LEAST + '\tbase_url = "x"\n')))
    assert told.splitlines()[1:3] == ['   base_url = "x"', "              ^"]


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


STARTER = (TESTS.parent / "config.toml").read_text(encoding="utf-8")
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
def test_whatever_stands_in_a_value_it_is_read_or_refused_in_words(data: st.DataObject, load: Load) -> None:
    lines = STARTER.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if " = " in line and line[0] != "#"]))
        lines[at] = lines[at].partition(" = ")[0] + " = " + data.draw(st.sampled_from(ODD_VALUES))
    text = "\n".join(lines)
    for problem in problems_or_none(load, text):
        assert problem.message
        assert 1 <= problem.column <= len(text.split("\n")[problem.line - 1]) + 1


def test_every_key_of_the_shipped_file_if_misspelt_is_found_at_its_place(load: Load) -> None:
    for number, line in enumerate(STARTER.splitlines(), start=1):
        key = line.partition(" = ")[0].strip()
        if " = " not in line or not key.isidentifier():
            continue
        text = "\n".join(
            old if n != number else old.replace(key, key + "x", 1) for n, old in enumerate(STARTER.splitlines(), 1)
        )
        with pytest.raises(ConfigError) as caught:
            load(text)
        found = [problem for problem in caught.value.problems if problem.message == "unknown key"]
        assert [(problem.line, problem.column) for problem in found] == [(number, 1)], key
        assert f"did you mean '{key}'?" in found[0].help
    assert len(values_by_path(tomllib.loads(STARTER))) > 30


# Where it is looked for


def written(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LEAST, encoding="utf-8")
    return path


def test_the_file_is_looked_for_from_the_nearest_word_to_the_farthest(tmp_path: Path) -> None:
    cwd, home = tmp_path / "cwd", tmp_path / "home"
    personal = written(home / ".config" / "publication-monitor" / "config.toml")
    assert find_config(None, {}, cwd=cwd, home=home) == personal
    xdg = written(tmp_path / "xdg" / "publication-monitor" / "config.toml")
    environ = {"XDG_CONFIG_HOME": str(tmp_path / "xdg")}
    assert find_config(None, environ, cwd=cwd, home=home) == xdg
    here = written(cwd / "config.toml")
    assert find_config(None, environ, cwd=cwd, home=home) == here
    named = written(tmp_path / "named.toml")
    environ["MONITOR_CONFIG"] = str(named)
    assert find_config(None, environ, cwd=cwd, home=home) == named
    said = written(cwd / "said.toml")
    assert find_config(Path("said.toml"), environ, cwd=cwd, home=home) == said


def test_a_file_that_was_named_and_is_not_there_is_an_error(tmp_path: Path) -> None:
    written(tmp_path / "config.toml")
    with pytest.raises(ConfigError, match="--config: there is no such file"):
        find_config(Path("other.toml"), {}, cwd=tmp_path, home=tmp_path)
    with pytest.raises(ConfigError, match=r"\$MONITOR_CONFIG: there is no such file"):
        find_config(None, {"MONITOR_CONFIG": "other.toml"}, cwd=tmp_path, home=tmp_path)


def test_without_any_file_we_say_where_we_looked(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no config file") as caught:
        find_config(None, {}, cwd=tmp_path / "cwd", home=tmp_path / "home")
    told = str(caught.value)
    assert all(
        place in told
        for place in (str(tmp_path / "cwd" / "config.toml"), ".config", "/etc/publication-monitor", "monitor init")
    )
    assert caught.value.exit_code == 78
