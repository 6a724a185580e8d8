"""Real defects of comparable pollers, one test each: what went wrong elsewhere does not go wrong here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.parliament import STATEMENTS
from tests.house import CONFIG, HOME_OFFICE_FEED, House, at, body_of, document, statement

MONDAY = at("2024-12-09 10:00")
NOON = at("2024-12-09 12:00")
TUESDAY = at("2024-12-10 08:00")
NEWS = "https://www.parliament.uk/news.rss"
WITH_NEWS = CONFIG.replace(
    "[[watch]]", f'[[feed]]\nname = "news"\nsource = "feed"\nevery = "10m"\nurl = "{NEWS}"\n\n[[watch]]', 1
)
PLAN = document("plan", "Calais Group plan", "<p>Together against small boats.</p>", "2024-12-09 11:30")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Three feeds, read once, one of them anybody's RSS; a subscriber with a daily digest."""
    with House(tmp_path, config=WITH_NEWS) as house:
        house.world.publish(document("old-news", "Old news", "<p>On pensions.</p>", "2024-12-01 09:00"))
        house.publisher.set(NEWS, rss(("first", "A first item", "Mon, 02 Dec 2024 09:00:00 GMT")))
        house.subscribe("border-security", now=MONDAY)
        assert house.run("run", "--once", now=MONDAY).code == 0
        yield house


def rss(*entries: tuple[str, str, str], words: str = "On small boats.") -> str:
    """A feed with these entries: id, title, date."""
    items = (
        f"<item><guid>{name}</guid><title>{title}</title><pubDate>{date}</pubDate><description>{words}</description></item>"
        for name, title, date in entries
    )
    return f'<rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'


def changes(house: House, *arguments: str, now: Any) -> list[tuple[str, str]]:
    """What a poll found: kinds and titles."""
    found = house.run("poll", *arguments, now=now).json["changes"]
    return [(change["kind"], change["title"]) for change in found]


def feed_bytes(house: House) -> bytes:
    """The Home Office's feed as it stands."""
    answer = house.world.answer(HOME_OFFICE_FEED)
    assert answer is not None
    assert isinstance(answer.body, bytes)
    return answer.body


def asked_with(house: House) -> list[str | None]:
    """The If-None-Match of every question for the Home Office's feed."""
    return [one.headers.get("if-none-match") for one in house.publisher.asked if one.url == HOME_OFFICE_FEED]


def test_a_new_etag_for_the_same_body_is_adopted(house: House) -> None:
    for number in range(3):
        house.publisher.set(HOME_OFFICE_FEED, feed_bytes(house), etag=f'"{number}"')
        report = house.run("poll", "home-office", now=NOON + number * HOUR).json
        assert report["feeds"][0]["outcome"] == "same"
    assert asked_with(house)[-2:] == ['"0"', '"1"']
    assert house.run("poll", "home-office", now=NOON + 3 * HOUR).json["feeds"][0]["outcome"] == "not-modified"


def test_a_304_without_an_etag_keeps_the_old_one(house: House) -> None:
    house.publisher.set(HOME_OFFICE_FEED, feed_bytes(house), etag='"kept"')
    house.run("poll", "home-office", now=NOON)
    house.publisher.set(HOME_OFFICE_FEED, status=304, times=2)
    for number in range(1, 4):
        assert house.run("poll", "home-office", now=NOON + number * HOUR).json["feeds"][0]["outcome"] == "not-modified"
    assert asked_with(house)[-3:] == ['"kept"'] * 3


def test_a_304_to_a_question_that_was_not_asked_is_a_fault(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        house.publisher.set(HOME_OFFICE_FEED, status=304, times=1)
        assert house.run("poll", "home-office", now=MONDAY).code == 75
        house.world.publish(PLAN)
        assert changes(house, "home-office", now=NOON) == []
        assert house.run("search", "boats").json["total"] == 1


def test_a_list_that_goes_back_in_time_changes_nothing_twice(house: House) -> None:
    old = feed_bytes(house)
    house.world.publish(PLAN)
    assert changes(house, "home-office", now=NOON) == [("new", "Calais Group plan")]
    house.publisher.set(HOME_OFFICE_FEED, old, times=2)
    for number in range(1, 6):
        assert changes(house, "home-office", now=NOON + number * HOUR) == []


def test_an_item_that_goes_back_in_time_is_no_edit(house: House) -> None:
    house.world.publish(PLAN)
    item = f"https://www.gov.uk/api/content{PLAN.path}"
    before = house.world.answer(item)
    assert before is not None
    changes(house, now=NOON)
    house.world.edit(PLAN.path, at=NOON + HOUR, note="More.", body_html="<p>More against small boats.</p>")
    assert changes(house, "home-office", now=NOON + HOUR) == [("updated", "Calais Group plan")]
    house.publisher.set(item, before.body, times=2)
    house.run("match", now=NOON + HOUR)
    found = [
        change for step in range(1, 12) for change in changes(house, now=NOON + HOUR + step * timedelta(minutes=20))
    ]
    assert found == []


def test_an_id_that_stands_twice_in_one_feed_is_one_item_and_no_edit_at_every_poll(house: House) -> None:
    date = "Mon, 09 Dec 2024 11:00:00 GMT"
    house.publisher.set(NEWS, rss(("twice", "One", date), ("twice", "Another", date)), etag=None)
    assert len(changes(house, "news", now=NOON)) == 1
    for number in range(1, 6):
        body = rss(("twice", "One", date), ("twice", "Another", date)) + f"<!-- {number} -->"
        house.publisher.set(NEWS, body, etag=None)
        assert changes(house, "news", now=NOON + number * HOUR) == []


def test_new_entry_ids_for_the_same_pages_of_gov_uk_are_no_news(house: House) -> None:
    house.world.publish(PLAN)
    changes(house, now=NOON)
    other = feed_bytes(house).replace(b"#2024", b"#v2-2024").replace(b"tag:www.gov.uk,2005", b"tag:www.gov.uk,2025")
    assert other != feed_bytes(house)
    house.publisher.set(HOME_OFFICE_FEED, other)
    assert changes(house, "home-office", now=NOON + HOUR) == []


def test_a_new_title_over_the_same_words_is_an_edit(house: House) -> None:
    house.publisher.set(NEWS, rss(("first", "Another title", "Mon, 02 Dec 2024 09:00:00 GMT")))
    assert changes(house, "news", now=NOON) == [("updated", "Another title")]
    assert changes(house, "news", now=NOON + HOUR) == []


@pytest.mark.parametrize("status", [410, 200])
def test_a_feed_that_is_over_is_asked_once_a_day_at_most_and_said_so(house: House, status: int) -> None:
    ended = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>This feed has ended</title></entry></feed>'
    house.publisher.set(HOME_OFFICE_FEED, ended, status=status)
    house.publisher.reset_counts()
    for hour in range(0, 72, 3):
        house.run("poll", now=NOON + hour * HOUR)
    assert 3 <= house.publisher.count(HOME_OFFICE_FEED) <= 4
    [state] = [row for row in house.run("status").json["feeds"] if row["name"] == "home-office"]
    assert state["ended"]


def test_more_statements_than_a_page_holds_are_all_read(house: House) -> None:
    for number in range(230):
        house.world.make_statement(statement(1000 + number, f"Statement {number}", "<p>Words.</p>", "2024-12-09"))
    assert len(changes(house, "statements", now=NOON)) == 230


def test_a_second_page_that_fails_is_read_at_the_next_poll(house: House) -> None:
    for number in range(130):
        house.world.make_statement(statement(1000 + number, f"Statement {number}", "<p>Words.</p>", "2024-12-09"))
    first = next(one.url for one in house.publisher.asked if one.url.startswith(f"{STATEMENTS}?"))
    house.publisher.set(first.replace("skip=0", "skip=100"), status=500, times=1)
    failed = house.run("poll", "statements", now=NOON)
    assert (failed.code, len(failed.json["changes"])) == (75, 100)
    assert len(changes(house, "statements", now=NOON + HOUR)) == 30


def test_a_future_date_is_told_once_in_ten_runs(house: House) -> None:
    house.publisher.set(NEWS, rss(("future", "From the future", "Fri, 10 Jan 2025 09:00:00 GMT")), etag=None)
    house.world.make_statement(statement(299, "Small boats next year", "<p>Small boats.</p>", "2024-12-09"))
    for day in range(10):
        house.run("run", "--once", now=TUESDAY + day * DAY)
    [mail] = house.mails()
    assert body_of(mail).count("NEW: From the future") == 1


def test_five_hundred_old_items_after_a_repair_are_a_short_section_with_the_true_count(house: House) -> None:
    house.publisher.set(NEWS, status=500, times=1)
    house.run("poll", "news", now=NOON)
    old = [(f"old-{n}", f"Old item {n}", "Mon, 04 Mar 2024 09:00:00 GMT") for n in range(500)]
    house.publisher.set(NEWS, rss(*old, ("first", "A first item", "Mon, 02 Dec 2024 09:00:00 GMT")))
    house.world.publish(PLAN)
    house.run("run", "--once", now=TUESDAY)
    [mail] = house.mails()
    words = body_of(mail)
    assert "NEW: Calais Group plan" in words
    assert words.count("Old item") == 10
    assert "490 more" in words


def test_two_thousand_matches_make_a_mail_of_bounded_size_with_the_true_count(house: House) -> None:
    many = [(f"new-{n}", f"New item {n}", "Mon, 09 Dec 2024 11:00:00 GMT") for n in range(2_000)]
    house.publisher.set(NEWS, rss(*many, words="On small boats. " + "And more words about them. " * 30))
    report = house.run("run", "--once", now=TUESDAY).json
    assert report["digest"]["planned"] == 1
    [mail] = house.mails()
    html = mail.get_body(("html",))
    assert html is not None
    assert len(html.get_content().encode()) <= 90_000
    assert mail["Subject"].startswith("25 new, 1975 more")


def test_two_pages_with_one_title_in_one_second_are_two_items(house: House) -> None:
    house.world.publish(PLAN)
    house.world.publish(replace(PLAN, path="/government/publications/another-plan"))
    house.run("run", "--once", now=TUESDAY)
    [mail] = house.mails()
    assert body_of(mail).count("NEW: Calais Group plan") == 2


def test_an_item_that_comes_and_changes_between_two_digests_is_told_with_both(house: House) -> None:
    house.world.publish(PLAN)
    house.run("poll", now=NOON)
    house.run("match", now=NOON)
    house.world.edit(
        PLAN.path, at=NOON + HOUR, note="Boats counted.", body_html="<p>Together against 500 small boats.</p>"
    )
    house.run("run", "--once", now=TUESDAY)
    [mail] = house.mails()
    assert "NEW: Calais Group plan" in body_of(mail)
    assert "Boats counted." in body_of(mail)


def test_a_match_made_after_its_digest_went_out_is_in_the_next(house: House) -> None:
    house.world.publish(PLAN)
    house.run("poll", now=TUESDAY - HOUR)
    house.run("digest", "send", now=TUESDAY)
    house.run("match", now=TUESDAY + HOUR)
    house.run("run", "--once", now=TUESDAY + DAY)
    [mail] = house.mails()
    assert "NEW: Calais Group plan" in body_of(mail)


def test_a_clock_set_back_neither_repeats_nor_skips(house: House) -> None:
    house.world.publish(PLAN)
    house.run("run", "--once", now=TUESDAY)
    house.world.make_statement(statement(299, "Small boats", "<p>Small boats.</p>", "2024-12-09"))
    house.run("poll", "--all", now=NOON)
    for now in (NOON, NOON + HOUR, TUESDAY, TUESDAY + HOUR):
        house.run("run", "--once", now=now)
    assert len(house.digests()) == 1
    house.run("run", "--once", now=TUESDAY + DAY)
    assert [mail["Subject"].split(":")[0] for mail in house.digests()] == ["1 new", "1 new"]


def test_slight_edits_alone_make_no_mail_and_the_run_is_complete(house: House) -> None:
    house.world.publish(replace(PLAN, body_html="<p>On small boats.</p><p>Last updated 9 December 2024</p>"))
    house.run("run", "--once", now=TUESDAY)
    house.world.edit(
        PLAN.path, at=TUESDAY + HOUR, body_html="<p>On small boats.</p><p>Last updated 10 December 2024</p>"
    )
    for hour in range(1, 30):
        report = house.run("run", "--once", now=TUESDAY + hour * HOUR)
        assert report.code == 0
    assert len(house.run("history", f"govuk:{PLAN.identity}:en").json["changes"]) == 2
    assert len(house.mails()) == 1


def test_nobody_is_written_to_who_left_while_their_mail_was_waiting(house: House) -> None:
    house.subscribe("border-security", address="stays@example.org", now=MONDAY)
    house.world.publish(PLAN)
    for verb in (["poll"], ["match"], ["digest", "send"]):
        house.run(*verb, now=TUESDAY)
    house.run("subscriber", "end", "reader@example.org", now=TUESDAY)
    house.run("deliver", now=TUESDAY)
    assert [mail["To"] for mail in house.mails()] == ["stays@example.org"]


def test_a_watch_that_can_never_match_is_refused_when_it_is_read(tmp_path: Path) -> None:
    with House(tmp_path, config=CONFIG.replace('"small boats"', '"!!!"')) as house:
        outcome = house.run("check")
        assert outcome.code == 78
        assert "!!!" in outcome.err + outcome.out


def test_one_subscribers_trouble_leaves_the_others_their_mails(house: House) -> None:
    for name in ("ada", "bob", "eve"):
        house.subscribe("border-security", address=f"{name}@example.org", now=MONDAY)
    house.world.publish(PLAN)
    for verb in (["poll"], ["match"], ["digest", "send"]):
        house.run(*verb, now=TUESDAY)
    house.run("subscriber", "pause", "ada@example.org", now=TUESDAY)
    house.run("deliver", now=TUESDAY)
    assert sorted(mail["To"] for mail in house.mails()) == ["bob@example.org", "eve@example.org", "reader@example.org"]
