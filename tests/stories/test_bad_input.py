"""Publishers that answer badly: each time a plain message, exit code 75, the other feeds unaffected, and nothing lost."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.times import parse_time
from tests.fakes.parliament import STATEMENTS
from tests.house import CONFIG, HOME_OFFICE_FEED, House, at, document, statement

MONDAY = at("2024-12-09 10:00")
EVENING = at("2024-12-09 18:00")
LATER = at("2024-12-09 22:00")
MORNING = at("2024-12-10 08:00")
PLAN = document("plan", "Calais Group plan", "<p>Together against small boats.</p>", "2024-12-09 17:00")
ITEM = f"https://www.gov.uk/api/content{PLAN.path}"
QUICK = CONFIG.replace('timeout    = "5s"', 'timeout    = "1s"\ndeadline   = "1s"')
ENDED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Home Office</title>
<entry><id>tag:www.gov.uk,2005:/feed-ended</id><title>This feed has ended</title></entry></feed>"""
EMPTY = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Home Office</title></feed>'
DOCTYPE = '<!DOCTYPE feed [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom"><title>&a;</title></feed>'

BAD_ANSWERS: dict[str, tuple[dict[str, Any], str, str]] = {
    "malformed": ({"body": "<feed><entry></feed>"}, "failed", "XML that breaks off or is damaged at line 1"),
    "a JSON error body": ({"body": '{"error": "oops"}'}, "failed", "expected an Atom or RSS feed, got JSON"),
    "an HTML page with status 200": ({"body": "<!doctype html><p>Sorry"}, "failed", "got an HTML page"),
    "HTML said to be Atom": ({"body": "<html/>", "content_type": "application/atom+xml"}, "failed", "an HTML page"),
    "nothing at all": ({"body": ""}, "failed", "an empty answer"),
    "an entity trick": ({"body": DOCTYPE}, "failed", "DOCTYPE"),
    "a picture": ({"body": b"\x89PNG\r\n\x1a\n\0\0\0"}, "failed", "expected an Atom or RSS feed"),
    "a list that was emptied": ({"body": EMPTY}, "failed", "the list is empty, but had 1 entries before"),
    "the end of the feed": ({"body": ENDED}, "ended", "this feed has ended; find its successor"),
    "429 with Retry-After": ({"status": 429, "headers": {"Retry-After": "7200"}}, "backed-off", "wait 7200 s (429)"),
    "429 without": ({"status": 429}, "backed-off", "too many requests from us (429)"),
    "500": ({"status": 500}, "failed", "has a fault of its own (500)"),
    "503 with Retry-After": ({"status": 503, "headers": {"Retry-After": "120"}}, "backed-off", "wait 120 s (503)"),
    "403": ({"status": 403}, "failed", "does not let us in (403)"),
    "404": ({"status": 404}, "failed", "expected a feed, got status 404"),
    "410": ({"status": 410}, "gone", "expected a feed, got status 410"),
    "a redirect in a circle": ({"status": 302, "headers": {"Location": HOME_OFFICE_FEED}}, "failed", "in a circle"),
    "a redirect to elsewhere": (
        {"status": 302, "headers": {"Location": "http://169.254.169.254/latest/"}}, "failed", "169.254.169.254",
    ),
    "gzip that breaks off": (
        {"body": gzip.compress(EMPTY.encode())[:40], "headers": {"Content-Encoding": "gzip"}}, "failed", "gzip",
    ),
    "a body cut short": ({"body": ENDED, "truncate_at": 90}, "failed", "broke off"),
    "no answer in time": ({"body": ENDED, "hang": True}, "failed", "1 s"),
    "a drip": ({"body": ENDED, "drip": 0.3}, "failed", "1 s"),
}  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Two feeds that have been read once, and a subscriber who was told nothing yet."""
    with House(tmp_path, config=QUICK) as house:
        house.world.publish(document("old-news", "Old news", "<p>On pensions.</p>", "2024-12-01 09:00"))
        house.subscribe("border-security", now=MONDAY)
        assert house.run("run", "--once", now=MONDAY).code == 0
        yield house


def feed(report: Any, name: str = "home-office") -> Any:
    """What a poll said of one feed."""
    return next(row for row in report["feeds"] if row["name"] == name)


def subjects(house: House) -> list[str]:
    """The subjects of all mails."""
    return [str(mail["Subject"]) for mail in house.mails()]


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_a_bad_answer_is_one_feeds_trouble_and_loses_nothing(house: House, name: str) -> None:
    answer, outcome, words = BAD_ANSWERS[name]
    house.world.publish(PLAN)
    house.world.make_statement(statement(281, "Calais Group", "<p>We met the Calais Group.</p>", "2024-12-09"))
    house.publisher.set(HOME_OFFICE_FEED, **answer)
    bad = house.run("poll", now=EVENING)
    house.publisher.remove(HOME_OFFICE_FEED)
    house.publisher.release()

    assert bad.code == 75
    told = feed(bad.json)
    assert told["outcome"] == outcome
    assert words in told["error"]
    assert parse_time(told["next_poll_at"]) > EVENING
    assert feed(bad.json, "statements")["error"] is None
    assert [change["identifier"] for change in bad.json["changes"]] == ["HCWS281"]
    status = house.run("status")
    assert status.code == 75
    assert any(words in fault for fault in status.json["faults"])

    good = house.run("poll", "home-office", now=LATER)
    assert good.code == 0
    assert [change["title"] for change in good.json["changes"]] == ["Calais Group plan"]
    assert house.run("status").code == 0
    house.run("run", "--once", now=MORNING)
    assert len(subjects(house)) == 1
    assert subjects(house)[0].startswith("2 new")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"type":"https://tools.ietf.org","title":"Bad Request","status":400}', "a list of written statements"),
        ('{"results": [], "totalResults": 3}', "an empty page"),
        ('{"results": [{"value": {}}], "totalResults": 1}', "a row with an id"),
        ('{"results": [', "expected"),
        ("<html><p>Maintenance</p></html>", "HTML"),
        ("null", "expected"),
    ],
)
def test_a_list_of_statements_that_is_none_is_refused(house: House, body: str, words: str) -> None:
    house.world.publish(PLAN)
    house.publisher.set(STATEMENTS, body, any_query=True)
    report = house.run("poll", now=EVENING)
    assert report.code == 75
    assert words in feed(report.json, "statements")["error"]
    assert [change["title"] for change in report.json["changes"]] == ["Calais Group plan"]
    house.publisher.remove(STATEMENTS)
    house.world.make_statement(statement(281, "Calais Group", "<p>We met.</p>", "2024-12-09"))
    assert len(house.run("poll", "statements", now=LATER).json["changes"]) == 1


def test_a_filter_that_gov_uk_does_not_know_is_named_as_gov_uk_names_it(tmp_path: Path) -> None:
    search = '[[feed]]\nname = "papers"\nsource = "govuk_search"\nevery = "15m"\nfilter = {{ colour = ["red"] }}\n\n'
    with House(tmp_path, config=QUICK.replace("[[watch]]", search + "[[watch]]", 1)) as house:
        error = '{"error": "\\"filter_colour\\" is not a valid parameter"}'
        house.publisher.set("https://www.gov.uk/api/search.json", error, status=422, any_query=True)
        report = house.run("poll", now=MONDAY)
        assert report.code == 75
        told = feed(report.json, "papers")["error"]
        assert told.startswith('www.gov.uk refuses the question (422): "filter_colour" is not a valid parameter')
        assert feed(report.json)["error"] is None


def test_a_publisher_that_cannot_be_reached_has_failed_and_asks_nobody_to_wait(tmp_path: Path) -> None:
    with House(tmp_path, config=QUICK) as house:
        house.write_config(QUICK.replace("{gateway}", "http://127.0.0.1:9"))
        report = house.run("poll", now=MONDAY).json
        assert {row["outcome"] for row in report["feeds"]} == {"failed"}
        assert all("could not be reached" in row["error"] for row in report["feeds"])


def test_a_body_cut_short_but_with_its_full_etag_is_read_whole_at_the_next_poll(house: House) -> None:
    house.world.publish(PLAN)
    answer = house.world.answer(HOME_OFFICE_FEED)
    assert answer is not None
    assert isinstance(answer.body, bytes)
    house.publisher.set(HOME_OFFICE_FEED, answer.body, etag='"final"', truncate_at=len(answer.body) // 2, times=1)
    house.publisher.set(HOME_OFFICE_FEED, answer.body, etag='"final"')
    house.publisher.set(HOME_OFFICE_FEED, answer.body, etag='"final"', truncate_at=len(answer.body) // 2, times=1)
    assert house.run("poll", "home-office", now=EVENING).code == 75
    again = house.run("poll", "home-office", now=LATER)
    assert house.publisher.asked[-2].status == 200
    assert [change["title"] for change in again.json["changes"]] == ["Calais Group plan"]


@pytest.mark.parametrize("content_type", ["text/plain", "text/html; charset=utf-8", "application/json", "", "nonsense"])
def test_a_true_feed_under_a_wrong_name_is_read_all_the_same(house: House, content_type: str) -> None:
    house.world.publish(PLAN)
    answer = house.world.answer(HOME_OFFICE_FEED)
    assert answer is not None
    house.publisher.set(HOME_OFFICE_FEED, answer.body, content_type=content_type)
    report = house.run("poll", "home-office", now=EVENING)
    assert report.code == 0
    assert len(report.json["changes"]) == 1


def test_a_host_that_asks_us_to_wait_is_left_alone_by_all_its_feeds(tmp_path: Path) -> None:
    other = "https://www.gov.uk/search/policy-papers-and-consultations.atom"
    more = f'[[feed]]\nname = "{{name}}"\nsource = "govuk_atom"\nevery = "15m"\nurl = "{other}{{query}}"\n\n'
    extra = more.format(name="aa-papers", query="") + more.format(name="zz-papers", query="?page=2")
    with House(tmp_path, config=QUICK.replace("[[watch]]", extra + "[[watch]]", 1)) as house:
        house.run("poll", now=MONDAY)
        house.publisher.set(HOME_OFFICE_FEED, status=429, headers={"Retry-After": "14400"}, times=1)
        house.run("poll", "home-office", now=EVENING)
        house.publisher.reset_counts()
        during = house.run("poll", now=EVENING + timedelta(hours=3, minutes=59))
        assert [row["name"] for row in during.json["feeds"]] == ["statements"]
        assert house.publisher.host_count("www.gov.uk") == 0
        after = house.run("poll", now=EVENING + timedelta(hours=5))
        assert {row["name"] for row in after.json["feeds"]} == {"statements", "home-office", "aa-papers", "zz-papers"}


def test_a_wish_to_wait_outlives_the_answers_that_come_after_it(tmp_path: Path) -> None:
    other = "https://www.gov.uk/search/policy-papers-and-consultations.atom"
    extra = f'[[feed]]\nname = "slow-papers"\nsource = "govuk_atom"\nevery = "15m"\nurl = "{other}"\n\n'
    with House(tmp_path, config=QUICK.replace("[[watch]]", extra + "[[watch]]", 1)) as house:
        house.run("poll", now=MONDAY)
        house.publisher.set(HOME_OFFICE_FEED, status=429, headers={"Retry-After": "14400"}, delay=0.1)
        answer = house.world.answer(other)
        assert answer is not None
        house.publisher.set(other, answer.body, etag=None, delay=0.3)
        report = house.run("poll", now=EVENING).json
        assert [feed(report, name)["status"] for name in ("home-office", "slow-papers")] == [429, 200]
        states = {row["name"]: row for row in house.run("status").json["feeds"]}
        assert parse_time(states["slow-papers"]["next_poll_at"]) >= EVENING + timedelta(hours=4)


def test_an_item_that_cannot_be_read_for_a_while_is_told_once_when_it_can(house: House) -> None:
    house.world.publish(PLAN)
    house.publisher.set(ITEM, status=503, times=3)
    failing = house.run("poll", now=EVENING)
    assert failing.json["changes"] == []
    times = [EVENING + timedelta(minutes=20 * step) for step in range(1, 6)]
    changes = [change["title"] for now in times for change in house.run("poll", now=now).json["changes"]]
    assert changes == ["Calais Group plan"]
    house.run("run", "--once", now=MORNING)
    assert len(house.mails()) == 1


def test_an_item_waits_for_its_host_through_a_long_weekend(house: House) -> None:
    house.world.publish(PLAN)
    house.publisher.set(ITEM, status=503)
    times = [EVENING + timedelta(hours=2 * step) for step in range(36)]
    for now in times:
        assert house.run("poll", now=now).json["changes"] == []
    house.publisher.remove(ITEM)
    days = [times[-1] + timedelta(hours=step) for step in range(1, 30, 4)]
    changes = [change["title"] for now in days for change in house.run("poll", now=now).json["changes"]]
    assert changes == ["Calais Group plan"]


def test_an_item_that_was_read_badly_does_not_keep_the_list_from_being_remembered(house: House) -> None:
    house.world.publish(PLAN)
    house.publisher.set(ITEM, "<html>Sorry</html>", content_type="text/html", times=1)
    house.run("poll", "home-office", now=EVENING)
    house.publisher.reset_counts()
    report = house.run("poll", "home-office", now=LATER)
    assert [asked.status for asked in house.publisher.asked if asked.url == HOME_OFFICE_FEED] == [304]
    assert len(report.json["changes"]) == 1


def test_a_feed_that_fails_for_days_is_asked_less_often_but_never_given_up(house: House) -> None:
    house.publisher.set(HOME_OFFICE_FEED, status=500)
    house.publisher.reset_counts()
    hours = [MONDAY + timedelta(hours=1 + step) for step in range(24 * 12)]
    for now in hours[::4]:
        house.run("poll", now=now)
    asked = house.publisher.count(HOME_OFFICE_FEED)
    assert 12 <= asked <= 24
    house.publisher.remove(HOME_OFFICE_FEED)
    house.world.publish(PLAN)
    found = [
        change
        for step in range(1, 8)
        for change in house.run("poll", now=hours[-1] + timedelta(hours=4 * step)).json["changes"]
    ]
    assert [change["title"] for change in found] == ["Calais Group plan"]


def test_a_wish_to_wait_that_came_with_an_item_holds_for_its_host_too(house: House) -> None:
    house.world.publish(PLAN)
    house.publisher.set(ITEM, status=429, headers={"Retry-After": "14400"}, times=1)
    house.run("poll", now=EVENING)
    house.publisher.reset_counts()
    house.run("poll", now=EVENING + timedelta(hours=3))
    assert house.publisher.host_count("www.gov.uk") == 0
    assert len(house.run("poll", now=EVENING + timedelta(hours=5)).json["changes"]) == 1
