"""What no feed tells: quiet edits, withdrawals, disappearances and moves, each found once by looking again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.documents import SITE, FileAttachment
from tests.fakes.parliament import Link
from tests.house import CONFIG, HOME_OFFICE_FEED, House, at, body_of, document, statement

MONDAY = at("2024-12-09 10:00")
NOON = at("2024-12-09 12:00")
TEXT = "<p>Together against small boats.</p><p>We meet in March.</p>"
PLAN = document("plan", "Calais Group plan", TEXT, "2024-12-09 11:30", summary="What we will do.")
ITEM = f"{SITE}/api/content{PLAN.path}"
KEY = f"govuk:{PLAN.identity}:en"
HCWS281 = statement(281, "Calais Group", "<p>We met the Calais Group.</p>", "2024-12-09")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A plan and a statement that came as news at noon, matched and told at once."""
    with House(tmp_path) as house:
        house.world.publish(document("old-news", "Old news", "<p>On pensions.</p>", "2024-12-01 09:00"))
        house.subscribe("border-security", every="immediate", now=MONDAY)
        house.run("run", "--once", now=MONDAY)
        house.world.publish(PLAN)
        house.world.make_statement(HCWS281)
        assert len(house.run("run", "--once", now=NOON).json["poll"]["changes"]) == 2
        assert len(house.mails()) == 1
        yield house


def changes_until(house: House, last: str, *, first: str = "2024-12-09 12:15", every: timedelta) -> list[Any]:
    """Run cycles from one time to another; every change that they found."""
    now, found = at(first), []
    while now <= at(last):
        found += house.run("run", "--once", now=now).json["poll"]["changes"]
        now += every
    return found


def kinds(changes: list[Any]) -> list[str]:
    """What kinds of change they are."""
    return [change["kind"] for change in changes]


QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)


def test_entries_of_feeds_which_cannot_be_looked_at_do_not_stand_before_what_can(tmp_path: Path) -> None:
    news = "https://www.gov.uk/news.rss"
    feeds = f'[[feed]]\nname = "news"\nsource = "feed"\nevery = "10m"\nurl = "{news}"\n\n[[watch]]'
    with House(tmp_path, config=CONFIG.replace("[[watch]]", feeds, 1)) as house:
        house.run("poll", now=MONDAY)
        items = "".join(
            f"<item><guid>{number}</guid><title>Item {number}</title><pubDate>Mon, 09 Dec 2024 09:00:00 GMT</pubDate></item>"
            for number in range(300)
        )
        house.publisher.set(news, f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>')
        house.run("poll", now=at("2024-12-09 11:00"))
        house.world.publish(PLAN)
        house.world.make_statement(HCWS281)
        house.run("poll", now=NOON)
        house.world.edit(PLAN.path, at=NOON, body_html=TEXT.replace("March", "May"))
        house.world.make_statement(replace(HCWS281, html="<p>We met the Calais Group twice.</p>"))
        changes = [
            change for hour in (26, 27, 28, 29) for change in house.run("poll", now=NOON + hour * HOUR).json["changes"]
        ]
        assert sorted(kinds(changes)) == ["updated", "updated"]


def test_a_quiet_edit_is_found_once_and_told_once(house: House) -> None:
    house.world.edit(PLAN.path, at=at("2024-12-09 12:10"), body_html=TEXT.replace("March", "May against small boats"))
    [change] = changes_until(house, "2024-12-09 14:00", every=QUARTER)
    assert (change["kind"], change["announced"], change["material"]) == ("updated", False, True)
    assert len(house.mails()) == 2
    assert "small boats" in body_of(house.mails()[1])


def test_an_announced_edit_comes_with_the_publishers_note(house: House) -> None:
    house.world.edit(
        PLAN.path, at=at("2024-12-09 12:10"), note="The date has changed.", body_html=TEXT.replace("March", "May"),
    )  # fmt: skip
    [change] = changes_until(house, "2024-12-09 14:00", every=QUARTER)
    assert (change["kind"], change["announced"], change["note"]) == ("updated", True, "The date has changed.")


def test_a_new_title_alone_is_an_update(house: House) -> None:
    house.world.edit(PLAN.path, at=at("2024-12-09 12:10"), title="Calais Group plan for 2025")
    [change] = changes_until(house, "2024-12-09 14:00", every=QUARTER)
    assert (change["kind"], change["title"]) == ("updated", "Calais Group plan for 2025")
    assert len(house.run("history", KEY).json["changes"]) == 2


@pytest.mark.parametrize(
    "body",
    [TEXT.replace(" ", "\n   "), TEXT.replace("small boats", "small&nbsp;boats"), TEXT.replace("<p>", '<p class="x" id="y">'),
     f"<div>{TEXT}</div>\n\n"],
)  # fmt: skip
def test_white_space_and_markup_make_no_version(house: House, body: str) -> None:
    house.world.edit(PLAN.path, at=at("2024-12-09 12:10"), body_html=body)
    assert changes_until(house, "2024-12-09 14:00", every=QUARTER) == []
    assert house.run("show", KEY).json["versions"] == 1


def test_an_attachment_replaced_is_said_so(house: House) -> None:
    file = FileAttachment("plan.pdf", "The plan", "plan.pdf", "65a1b2c3d4e5f60718293a4b")
    house.world.edit(PLAN.path, at=at("2024-12-09 12:10"), files=(file,))
    assert kinds(changes_until(house, "2024-12-09 13:00", every=QUARTER)) == ["updated"]
    house.world.edit(PLAN.path, at=at("2024-12-09 13:10"), files=(replace(file, asset_id="75a1b2c3d4e5f60718293a4b"),))
    changes = changes_until(house, "2024-12-09 15:00", first="2024-12-09 13:15", every=QUARTER)
    assert kinds(changes) == ["attachment-replaced"]
    assert changes[0]["note"] == "The plan"


def test_a_withdrawal_and_its_end_are_each_told_once(house: House) -> None:
    house.world.withdraw(PLAN.path, at=at("2024-12-09 12:10"), explanation="Replaced by a treaty.")
    [gone] = changes_until(house, "2024-12-09 14:00", every=QUARTER)
    assert gone["kind"] == "withdrawn"
    assert "Replaced by a treaty." in gone["note"]
    assert house.run("show", KEY).json["status"] == "withdrawn"
    house.world.restore(PLAN.path, at=at("2024-12-09 14:10"))
    assert kinds(changes_until(house, "2024-12-09 18:00", first="2024-12-09 14:15", every=QUARTER)) == ["restored"]
    assert house.run("show", KEY).json["status"] == "live"
    assert len(house.mails()) == 3


@pytest.mark.parametrize("explanation", ["", "Published in error."])
def test_an_unpublished_page_is_gone_at_once(house: House, explanation: str) -> None:
    """A bare 410, or a 200 that says so."""
    house.world.remove(PLAN.path, at=at("2024-12-09 12:10"), explanation=explanation)
    [gone] = changes_until(house, "2024-12-09 14:00", every=QUARTER)
    assert (gone["kind"], gone["note"]) == ("gone", explanation)
    shown = house.run("show", KEY).json
    assert shown["status"] == "gone"
    assert "small boats" in shown["text"]
    assert len(house.mails()) == 2


@pytest.mark.parametrize("explanation", ["", "Published in error."])
def test_a_page_that_comes_back_as_it_was_is_restored(house: House, explanation: str) -> None:
    house.world.remove(PLAN.path, at=at("2024-12-09 12:10"), explanation=explanation)
    assert kinds(changes_until(house, "2024-12-09 13:00", every=QUARTER)) == ["gone"]
    house.world.edit(PLAN.path, at=at("2024-12-09 13:10"), gone=None)
    assert kinds(changes_until(house, "2024-12-09 18:00", first="2024-12-09 13:15", every=QUARTER)) == ["restored"]
    assert house.run("show", KEY).json["status"] == "live"


def test_a_404_is_believed_only_after_three_polls_over_a_day(house: House) -> None:
    house.world.vanish(PLAN.path)
    assert changes_until(house, "2024-12-10 11:00", every=HOUR) == []
    assert house.run("show", KEY).json["status"] == "live"
    [gone] = changes_until(house, "2024-12-10 20:00", first="2024-12-10 12:15", every=HOUR)
    assert gone["kind"] == "gone"


def test_404s_with_the_page_between_them_are_no_disappearance(house: House) -> None:
    for hour in range(13, 60, 2):
        now = at("2024-12-09 00:00") + timedelta(hours=hour)
        house.publisher.set(ITEM, b"{}", status=404, times=1)
        assert house.run("poll", now=now).json["changes"] == []
        assert house.run("poll", now=now + HOUR).json["changes"] == []
    assert house.publisher.count(ITEM) >= 24
    assert house.run("show", KEY).json["status"] == "live"


def test_a_page_that_moves_is_the_same_publication(house: House) -> None:
    house.world.move(PLAN.path, to="/government/publications/plan-2025", at=at("2024-12-09 12:10"))
    [moved] = changes_until(house, "2024-12-09 15:00", every=QUARTER)
    assert (moved["kind"], moved["key"]) == ("moved", KEY)
    assert moved["url"] == f"{SITE}/government/publications/plan-2025"
    assert house.run("show", KEY).json["status"] == "live"


def test_a_page_that_gives_way_to_another_is_gone_and_names_it(house: House) -> None:
    other = house.world.publish(document("treaty", "A treaty", "<p>On fishing.</p>", "2024-12-09 12:05"))
    house.world.redirect(PLAN.path, to=other.path, at=at("2024-12-09 12:10"))
    changes = changes_until(house, "2024-12-09 15:00", every=QUARTER)
    assert sorted((change["kind"], change["title"]) for change in changes) == [
        ("gone", "Calais Group plan"), ("new", "A treaty"),
    ]  # fmt: skip
    [link] = [link for link in house.run("links", KEY).json["links"] if link["rel"] == "superseded-by"]
    assert link["to"] == f"govuk:{other.identity}:en"


def test_a_chain_of_redirects_ends_in_what_is_at_its_end(house: House) -> None:
    other = house.world.publish(document("treaty", "A treaty", "<p>On fishing.</p>", "2024-12-09 12:05"))
    house.world.publish(document("between", "Between", "<p>Nothing.</p>", "2024-12-01 12:05"))
    house.world.redirect("/government/publications/between", to=other.path, at=at("2024-12-09 12:10"))
    house.world.redirect(PLAN.path, to="/government/publications/between", at=at("2024-12-09 12:10"))
    changes = changes_until(house, "2024-12-09 15:00", every=QUARTER)
    assert sorted(kinds(changes)) == ["gone", "new"]
    assert house.run("show", KEY).json["status"] == "gone"


def test_a_statement_edited_in_place_is_an_update(house: House) -> None:
    house.world.make_statement(replace(HCWS281, html="<p>We met the Calais Group in Rome.</p>"))
    [change] = changes_until(house, "2024-12-09 14:00", every=QUARTER)
    assert (change["kind"], change["identifier"], change["words_added"]) == ("updated", "HCWS281", 2)


def test_a_statement_edited_beyond_its_preview_is_an_update_too(house: House) -> None:
    long = replace(HCWS281, html=f"<p>{'Of the Calais Group. ' * 40}</p><p>We meet in March.</p>")
    house.world.make_statement(long)
    assert kinds(changes_until(house, "2024-12-09 13:00", every=QUARTER)) == ["updated"]
    house.world.make_statement(replace(long, html=long.html.replace("March", "April")))
    changes = changes_until(house, "2024-12-10 18:00", first="2024-12-09 13:15", every=HOUR)
    assert kinds(changes) == ["updated"]


def test_a_correction_that_parliament_links_is_told_as_one(house: House) -> None:
    correction = statement(290, "Correction: Calais Group", "<p>We met the Calais Group twice.</p>", "2024-12-10")
    house.world.make_statement(correction)
    house.world.make_statement(replace(HCWS281, links=(Link(correction.id, "CorrectedStatement"),)))
    changes = changes_until(house, "2024-12-10 18:00", first="2024-12-10 10:00", every=HOUR)
    assert sorted((change["kind"], change["identifier"]) for change in changes) == [
        ("corrected", "HCWS281"), ("new", "HCWS290"),
    ]  # fmt: skip


def test_twins_of_both_houses_are_two_publications_told_in_one_mail(house: House) -> None:
    common = statement(291, "Small boats", "<p>On small boats.</p>", "2024-12-10", links=(Link(2_000_291),))
    house.world.make_statement(common)
    house.world.make_statement(replace(common, id=2_000_291, uin="HLWS288", house="Lords", links=(Link(common.id),)))
    changes = changes_until(house, "2024-12-10 18:00", first="2024-12-10 10:00", every=HOUR)
    assert sorted((change["kind"], change["identifier"]) for change in changes) == [
        ("new", "HCWS291"), ("new", "HLWS288"),
    ]  # fmt: skip
    assert len(house.mails()) == 2


def test_a_statement_that_disappears_without_a_word_is_gone_after_a_day(house: House) -> None:
    house.world.drop_statement(HCWS281.id)
    changes = changes_until(house, "2024-12-11 12:00", every=HOUR)
    assert [(change["kind"], change["identifier"]) for change in changes] == [("gone", "HCWS281")]


def test_what_has_not_changed_is_looked_at_less_and_less(house: House) -> None:
    def asked(first: str, last: str, every: timedelta) -> int:
        house.publisher.reset_counts()
        assert changes_until(house, last, first=first, every=every) == []
        return house.publisher.count(ITEM)

    two_minutes = timedelta(minutes=2)
    assert 5 <= asked("2024-12-09 12:01", "2024-12-09 13:00", two_minutes) <= 6
    assert 4 <= asked("2024-12-09 15:00", "2024-12-09 20:00", timedelta(minutes=10)) <= 6
    assert 4 <= asked("2024-12-13 00:00", "2024-12-18 00:00", timedelta(hours=4)) <= 6
    assert 3 <= asked("2025-02-01 00:00", "2025-03-01 00:00", DAY) <= 5
    assert asked("2026-01-01 00:00", "2026-03-01 00:00", timedelta(days=6)) <= 1


def test_a_page_that_cannot_be_read_is_not_asked_for_at_every_beat(house: House) -> None:
    house.publisher.set(ITEM, status=503)
    house.publisher.reset_counts()
    changes_until(house, "2024-12-09 13:00", first="2024-12-09 12:11", every=timedelta(minutes=2))
    assert 1 <= house.publisher.count(ITEM) <= 6


def test_pages_that_cannot_be_read_do_not_keep_us_from_the_others(house: House) -> None:
    papers = [
        document(f"paper-{n}", f"Paper {n}", f"<p>Small boats {n}.</p>", f"2024-12-09 12:{n // 20:02}")
        for n in range(140)
    ]
    for first in range(0, 140, 20):
        for paper in papers[first : first + 20]:
            house.world.publish(paper)
        house.run("poll", "home-office", now=at("2024-12-09 12:06"))
    for paper in papers:
        house.publisher.set(f"{SITE}/api/content{paper.path}", status=503)
    house.run("match", now=at("2024-12-09 12:06"))
    house.world.edit(PLAN.path, at=at("2024-12-09 12:30"), body_html=TEXT.replace("March", "May"))
    changes = changes_until(house, "2024-12-09 16:00", first="2024-12-09 12:30", every=timedelta(minutes=30))
    assert "updated" in kinds(changes)


def test_a_page_seen_by_looking_again_is_not_told_again_by_its_feed(house: House) -> None:
    house.world.edit(PLAN.path, at=at("2024-12-09 12:12"), note="May.", body_html=TEXT.replace("March", "May"))
    old = house.world.answer(HOME_OFFICE_FEED)
    assert old is not None
    house.publisher.set(HOME_OFFICE_FEED, status=503)
    assert kinds(house.run("poll", now=at("2024-12-09 12:15")).json["changes"]) == ["updated"]
    house.publisher.remove(HOME_OFFICE_FEED)
    assert house.run("poll", "--all", now=at("2024-12-09 12:20")).json["changes"] == []
