"""A digest in words: complete, honest about its counts, and safe whatever a publisher wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import unquote

import pytest

from monitor.mail.fit import keep_first
from monitor.mail.message import compose
from monitor.mail.render import LARGEST_HTML, Rendered, render_digest
from monitor.model.diff import Run
from monitor.model.digest import Coverage, Passage
from tests.mail.reading import Reader
from tests.mail.samples import (
    GAP,
    HEAD,
    NOW,
    OLDER,
    QUIET,
    STATEMENT,
    UPDATE,
    WITHDRAWN,
    digest,
    golden_days,
    item,
    mail_settings,
    many,
    rich_day,
    section,
    subscriber,
)  # fmt: skip
from tests.mail.situations import PLAN, promise

DAYS = golden_days()


def rendered(*sections, **changes) -> Rendered:
    return render_digest(digest(*sections, **changes), subscriber(), mail_settings())


@pytest.mark.parametrize("name", DAYS)
def test_the_golden_mails_are_as_they_were(name, golden):
    day, person = DAYS[name]
    words = render_digest(day, person, mail_settings())
    golden(f"mail/{name}.txt", f"Subject: {words.subject}\n\n{words.text}")
    golden(f"mail/{name}.html", words.html)


def test_the_golden_message_is_as_it_was(golden):
    day, person = DAYS["rich-day"]
    words = render_digest(day, person, mail_settings())
    raw = compose(words, period=day.period, subscriber=person, settings=mail_settings(), now=NOW).message
    golden("mail/rich-day.eml", raw.decode("ascii"))


@pytest.mark.parametrize("name", DAYS)
def test_text_and_html_carry_the_same_links(name):
    words = render_digest(*DAYS[name], mail_settings())
    in_html = {link for link in Reader(words.html).links if not link.startswith("#")}
    in_text = {line.strip() for line in words.text.splitlines() if re.match(r"\s*(https?|mailto):", line)}
    assert in_html == in_text


@pytest.mark.parametrize("name", DAYS)
def test_html_is_well_formed_fetches_nothing_and_runs_nothing(name):
    page = Reader(render_digest(*DAYS[name], mail_settings()).html)
    assert page.open == []
    assert not {"img", "script", "link", "iframe", "form", "object"} & set(page.tags)
    assert "url(" not in "".join(page.words)
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", DAYS)
def test_links_within_the_mail_lead_somewhere(name):
    html = render_digest(*DAYS[name], mail_settings()).html
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html))


@pytest.mark.parametrize("name", DAYS)
def test_text_keeps_to_76_columns_but_for_addresses(name):
    text = render_digest(*DAYS[name], mail_settings()).text
    long = [line for line in text.splitlines() if len(line) > 76 and "://" not in line and "mailto:" not in line]
    assert long == []
    assert "\n\n\n\n" not in text


def test_no_style_was_forgotten():
    html = render_digest(rich_day(), subscriber(), mail_settings()).html
    assert set(re.findall(r'style="([^"]*)"', html))
    assert not re.search(r'style="(?![^"]*;")', html)


def test_a_statement_shows_who_where_when_and_its_number():
    words = rendered(section(STATEMENT))
    for fact in ("A Minister", "Commons", "10 Dec 2024", "HCWS293", "512 words (2 min)", "Written statement"):
        assert fact in words.html
    assert "Also matches: Priority plans" in words.text
    assert "*people smuggling*" in words.text
    assert re.search(r"<b [^>]*>people smuggling</b>", words.html)


def test_the_official_page_comes_before_our_copy():
    words = rendered(section(STATEMENT))
    for part in (words.text, words.html):
        assert part.index(STATEMENT.url) < part.index("monitor show parliament:1943121")


def test_an_update_shows_note_passages_and_an_arrow_between_old_and_new():
    words = rendered(section(UPDATE))
    assert "[-180-] {+365+} days" in words.text
    assert re.search(r"<del [^>]*><span [^>]*>\[deleted: </span>180<span [^>]*>\]</span></del> → <ins", words.html)
    assert "The publisher’s note: “Updated section 3.”" in words.html
    assert "2 more passages changed." in words.text
    assert "monitor diff govuk:3 3..4" in words.text


def test_two_passages_under_one_heading_name_it_once():
    twice = tuple(Passage((Run("+", words),), "Eligibility") for words in ("One.", "Two."))
    assert rendered(section(item(kind="updated", passages=twice))).text.count("Eligibility") == 1


def test_a_quiet_edit_says_that_nobody_said_so():
    words = rendered(section(QUIET))
    assert "UPDATED, UNANNOUNCED: " in words.text
    assert "the publisher said nothing of it" in words.html


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [
        ("corrected", "CORRECTED"),
        ("withdrawn", "has withdrawn it; our copy stays"),
        ("gone", "has taken it down; our copy stays"),
        ("moved", "under a new address"),
        ("restored", "back after having been withdrawn"),
        ("attachment-replaced", "replaced by another"),
    ],
)
def test_every_kind_of_change_is_said_in_words(kind, phrase):
    assert phrase in rendered(section(item(kind=kind))).text


def test_published_and_seen_are_told_apart_in_the_readers_zone():
    summer = datetime.fromisoformat("2024-07-01T09:00:00+00:00")
    words = rendered(section(item(published_at=summer, first_seen_at=summer + timedelta(minutes=7))))
    assert "Published 1 Jul 2024, 10:00 · first seen 1 Jul 2024, 10:07" in words.text


def test_only_the_licences_that_apply_are_named():
    govuk, both = rendered(section(item())), rendered(section(item(), STATEMENT))
    assert "Open Government Licence" in govuk.html
    assert "Open Parliament Licence" not in govuk.text + govuk.html
    assert "Open Parliament Licence" in both.html
    assert "Not a government service." in govuk.text


def test_a_mail_bears_the_head_of_the_archive_s_chain_of_hashes():
    words = rendered()
    assert "The archive held 12,345 records when this mail was made." in words.text
    assert f"\n{HEAD.sha256}\n" in words.text
    assert HEAD.sha256 in words.html
    assert "records when" not in rendered(head=None).text


def test_coverage_names_each_gap_and_says_so_when_there_is_none():
    whole = rendered()
    assert "4 sources, checked 144 times. All could be read throughout." in whole.text
    gaps = (GAP, replace(GAP, feed="statements", until=None))
    holed = " ".join(rendered(coverage=Coverage(4, 144, gaps)).text.split())
    assert (
        "home-office could not be read, 10 Dec 2024, 05:02 to 07:20; it can be read again. The reason: timed out after 20 s."
        in holed
    )
    assert "statements has not been readable since 10 Dec 2024, 05:02" in holed


def test_a_gap_tells_the_reader_why_and_spares_them_the_address():
    gap = replace(GAP, error="www.gov.uk has a fault of its own (503): https://www.gov.uk/x.atom")
    words = rendered(coverage=Coverage(4, 144, (gap,)))
    assert "it can be read again. The reason: www.gov.uk has a fault of its own (503)." in " ".join(words.text.split())
    assert "x.atom" not in words.html + words.text


def test_a_notice_that_is_also_the_note_is_said_once():
    words = rendered(section(item(kind="withdrawn", note="Out of date.", notice="Out of date.")))
    assert words.text.count("Out of date.") == 1


def test_the_day_is_said_once_where_the_publisher_names_the_hour():
    first_day, another = NOW.date() - timedelta(days=1), NOW.date() - timedelta(days=4)
    assert rendered(section(item(dated_on=first_day))).text.count("9 Dec 2024") == 2
    assert "6 Dec 2024 · 640 words" in rendered(section(item(dated_on=another))).text


def test_several_days_in_one_mail_say_so():
    text = " ".join(rendered(covers_from=NOW - timedelta(days=3)).text.split())
    assert "This mail covers Saturday 7 to Tuesday 10 December 2024." in text
    assert "This mail covers" not in rendered().text
    over_new_year = rendered(
        covers_from=NOW.replace(year=2023, month=12, day=30), covers_to=NOW.replace(year=2024, month=1, day=2)
    )
    assert "This mail covers Saturday 30 December 2023 to Tuesday 2 January 2024." in over_new_year.html


def test_slight_edits_are_counted_not_shown():
    assert "2 edits too slight to show." in rendered(minor=2).text
    assert "too slight" not in rendered().html


def test_the_way_out_names_each_watch_and_everything():
    words = render_digest(
        rich_day(), subscriber("border-security", "prisons", "idle"), mail_settings(), titles={"idle": "Idle"}
    )
    for title in ("Border security", "Prisons and probation", "Idle"):
        assert f"Stop “{title}”" in words.html
        assert f"To stop “{title}”" in words.text
    assert "Stop everything" in words.html
    assert "unsubscribe 7.idle." in unquote(words.text)


def test_the_subject_has_the_counts_the_lead_and_the_day_within_78_characters():
    assert (
        rendered(section(item(), UPDATE)).subject == "1 new, 1 updated: Calais Group priority plan and 1 more (10 Dec)"
    )
    long = rendered(section(item("An exceedingly long title " * 12), UPDATE)).subject
    assert len(long) <= 78
    assert long.startswith("1 new, 1 updated: An exceedingly long title")
    assert long.endswith("… and 1 more (10 Dec)")


def test_where_the_counts_alone_would_fill_the_subject_the_lead_and_the_day_stay():
    changed = [replace(one, change=replace(one.change, id=90 + n), key=f"govuk:{90 + n}") for n, one in
               enumerate((UPDATE, QUIET, WITHDRAWN))]  # fmt: skip
    arrived = tuple(promise(replace(PLAN, key=f"govuk:{key}"), None) for key in range(200, 212))
    day = digest(section(item(), *changed), promises=arrived, older=(OLDER,), older_omitted=1200)
    subject = render_digest(day, subscriber(), mail_settings()).subject
    assert subject == "1 new, 2 updated, 1 withdrawn…: Calais Group priority… and 1216 more (10 Dec)"
    assert len(subject) <= 78


def test_the_same_news_on_another_day_has_another_subject():
    tomorrow = rendered(covers_from=NOW, covers_to=NOW + timedelta(days=1))
    assert tomorrow.subject != rendered().subject


def test_over_the_cap_the_true_number_is_told():
    words = render_digest(many(40, omitted=17), subscriber(), mail_settings())
    assert words.items == 57
    assert "And 17 more, 57 in all." in words.text
    assert words.subject.startswith("40 new, 17 more: ")


def test_html_never_passes_90_kb_and_both_parts_lose_the_same_items():
    day = many(300, omitted=10)
    words = render_digest(day, subscriber(), mail_settings())
    assert LARGEST_HTML - 3000 < len(words.html.encode()) <= LARGEST_HTML
    shown = len(re.findall("^NEW: ", words.text, re.MULTILINE))
    assert words.html.count("<li class=") == shown < 300
    assert f"And {310 - shown} more, 310 in all." in words.text
    assert words.items == 310


def test_dropping_items_keeps_every_count_true():
    day = rich_day()
    for keep in range(len(day.items) + 1):
        fitted = keep_first(day, keep)
        assert fitted.items == day.items[:keep]
        assert fitted.count == day.count


def test_one_giant_item_cannot_push_the_others_out():
    giant = item("t" * 9000, snippet=(), summary="s" * 90_000, notice="n" * 90_000, note="o" * 90_000, number=9)
    torrent = item("x", "updated", 8, passages=tuple(Passage((Run("+", "word " * 5000),)) for _ in range(50)))
    words = rendered(section(giant, torrent, item("The small one")))
    assert "The small one" in words.html
    assert len(words.html) < 20_000
