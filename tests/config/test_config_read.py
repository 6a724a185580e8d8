"""What config.toml says is what the program gets; what it does not say is filled in."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.model.feed import Feed
from monitor.model.watch import WATCHABLE, Watch, WatchTest
from tests.config.samples import HTTP, LEAST, load, mistakes, only


def test_two_tables_are_enough(tmp_path: Path) -> None:
    config = load(tmp_path, LEAST)
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


def test_paths_start_from_the_folder_of_the_file(tmp_path: Path) -> None:
    config = load(
        tmp_path, 'templates_dir = "mine"\n' + LEAST + 'folder = "/srv/outbox"\n[store]\nfiles = "../files"\n'
    )
    assert config.templates_dir == tmp_path / "mine"
    assert config.mail.folder == Path("/srv/outbox")
    assert config.store.files == tmp_path / "../files"


def test_a_feed_keeps_its_sources_keys_as_options(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        LEAST
        + '[[feed]]\nname="statements"\nsource="written_statements"\nevery="10m"\nhouses=["Lords"]\n'
        + '[[feed]]\nname="ho"\nsource="govuk_atom"\nurl="https://www.gov.uk/a.atom"\n',
    )
    assert config.feeds == (
        Feed("statements", "written_statements", timedelta(minutes=10), None, {"houses": ("Lords",)}),
        Feed("ho", "govuk_atom", timedelta(minutes=15), "https://www.gov.uk/a.atom", {}),
    )


def test_a_watch_may_have_a_query_instead_of_keywords(tmp_path: Path) -> None:
    config = load(tmp_path, LEAST + "[[watch]]\nname='a'\nquery='boats OR ships'\n")
    assert config.watches == (Watch("a", "a", query="boats OR ships"),)


def test_a_watch_keeps_its_tests(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        LEAST
        + '[[watch]]\nname="a"\nkeywords=["small boats"]\n[[watch.test]]\nmatch=["HCWS293"]\n'
        + '[[watch.test]]\nno_match=["HCWS300"]\n'
        + '[[watch]]\nname="b"\ntitle="Bees"\nkeywords=["bee"]\non=["new"]\nalert_if_silent="2w"\n',
    )
    tests = (WatchTest(match=("HCWS293",)), WatchTest(no_match=("HCWS300",)))
    assert config.watches == (
        Watch("a", "a", ("small boats",), on=WATCHABLE, tests=tests),
        Watch("b", "Bees", ("bee",), on=("new",), alert_if_silent=timedelta(days=14)),
    )


def test_a_host_of_its_own_pace_keeps_the_rest_of_the_common_one(tmp_path: Path) -> None:
    http = load(tmp_path, LEAST + '[http.host."www.gov.uk"]\nper_second = 5\n').http
    assert (http.limits("www.gov.uk").concurrency, http.limits("www.gov.uk").per_second) == (2, 5.0)
    http = load(tmp_path, LEAST + '[http.host."www.gov.uk"]\nconcurrency = 9\n').http
    assert (http.limits("www.gov.uk").concurrency, http.limits("www.gov.uk").per_second) == (9, 2.0)
    assert http.limits("www.parliament.uk") == http.per_host


def test_a_base_address_is_ready_to_have_a_path_put_behind_it(tmp_path: Path) -> None:
    assert (
        load(tmp_path, LEAST + 'base_url = "https://alerts.example.org/news/"\n').mail.base_url
        == "https://alerts.example.org/news"
    )


def test_nothing_in_a_config_can_be_changed(tmp_path: Path) -> None:
    config = load(tmp_path, LEAST)
    with pytest.raises(ValueError, match="frozen"):
        config.http.gateway = "http://127.0.0.1:1"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        config.feeds = ()  # type: ignore[misc]


def test_a_byte_order_mark_and_windows_line_ends_make_no_difference(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeff" + LEAST.replace("\n", "\r\n")).http == load(tmp_path, LEAST).http


def test_a_star_stands_for_every_host_below_a_name(tmp_path: Path) -> None:
    feed = "[[feed]]\nname='x'\nsource='govuk_atom'\nurl='https://a.b.Parliament.uk/x'\n"
    assert load(tmp_path, LEAST + feed).feeds[0].url == "https://a.b.Parliament.uk/x"


def test_with_a_gateway_plain_http_feeds_are_allowed_but_the_list_of_hosts_still_holds(tmp_path: Path) -> None:
    gateway = LEAST.replace(HTTP, HTTP + 'gateway = "http://127.0.0.1:8080/"\n')
    feed = '[[feed]]\nname="x"\nsource="govuk_atom"\nurl="http://{host}/a.atom"\n'
    config = load(tmp_path, gateway + feed.format(host="www.gov.uk"))
    assert config.http.gateway == "http://127.0.0.1:8080"
    assert "not on the list" in only(mistakes(tmp_path, gateway + feed.format(host="gov.uk.example.com"))).message
