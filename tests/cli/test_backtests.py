"""What an operator sees of a back-test: a changed query, warnings, suggestions, a page; and the difference of two configs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from monitor.cli import main
from tests.browser import needs_browser
from tests.house import CONFIG, House, at, document, statement
from tests.mail.test_axe import examine

MONDAY = at("2024-12-09 10:00")
TRAINS = '[[watch]]\nname = "trains"\nkeywords = ["trains"]\n\n[mail]'


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as house:
        for number in range(6):
            words = "<p>On small boats and dinghies.</p>"
            house.world.publish(document(f"boats-{number}", f"Boats {number}", words, f"2024-11-{number + 20} 09:00"))
        house.world.publish(document("trains", "Trains", "<p>On trains.</p>", "2024-12-02 09:00"))
        house.world.publish(
            document("typo", "People smugling", "<p>On harbours & <b>ports</b>.</p>", "2024-12-03 09:00")
        )
        house.world.make_statement(statement(280, "Borders", "<p>On people smuggling.</p>", "2024-12-05"))
        house.run("run", "--once", now=MONDAY)
        yield house


def trial_of(house: House, *options: str) -> Any:
    outcome = house.run("watch", "test", "border-security", "--since", "2024-11-11", *options, now=MONDAY)
    assert outcome.out, outcome.err
    return outcome.json


def lines(house: House, *arguments: str) -> str:
    out = StringIO()
    with redirect_stdout(out):
        main(["--config", str(house.folder / "config.toml"), "--now", MONDAY.isoformat(), *arguments])
    return out.getvalue()


def test_the_busiest_week_the_median_and_the_volume_are_told(house: House) -> None:
    told = trial_of(house)
    assert told["busiest"] == {"from": "2024-11-18", "count": 5}
    assert (told["total"], told["median"], told["a_week"], told["a_day"]) == (7, 1.0, 1.7, 0.24)


def test_a_bar_stands_for_each_week_in_the_terminal(house: House) -> None:
    chart = lines(house, "watch", "test", "border-security", "--since", "2024-11-18").splitlines()
    assert chart[1].endswith("5  " + "█" * 40)
    assert chart[2].endswith("1  " + "█" * 8)
    assert chart[4].endswith("0")


def test_a_changed_query_says_what_it_gains_and_loses_with_samples(house: House) -> None:
    changed = trial_of(house, "--query", "trains OR smuggling")["changed"]
    assert changed["query"] == "trains OR smuggling"
    assert (changed["total"], changed["gains"]["count"], changed["loses"]["count"]) == (2, 1, 6)
    assert [one["title"] for one in changed["gains"]["samples"]] == ["Trains"]
    assert [one["title"] for one in changed["loses"]["samples"]] == [f"Boats {number}" for number in (5, 4, 3, 2, 1)]
    assert trial_of(house, "--keywords", "trains", "small boats")["changed"]["gains"]["count"] == 1


def test_a_watch_is_tried_as_another_config_has_it_also_under_a_new_name(house: House) -> None:
    other = house.folder / "next.toml"
    config = (house.folder / "config.toml").read_text()
    other.write_text(config.replace("small boats", "trains"))
    assert trial_of(house, "--against", str(other))["changed"]["loses"]["count"] == 6
    renamed = config.replace('name     = "border-security"', 'name = "b"\nrenamed_from = "border-security"')
    other.write_text(renamed.replace("small boats", "trains"))
    assert trial_of(house, "--against", str(other))["changed"]["gains"]["count"] == 1


def test_a_query_is_tried_and_explained_before_it_is_a_watch(house: House) -> None:
    trial = house.run("watch", "test", "--query", "trains OR boats", "--since", "2024-11-11", now=MONDAY).json
    assert (trial["query"], trial["total"], trial["changed"]["gains"]["count"]) == ("trains OR boats", 7, 0)
    told = house.run("watch", "explain", "--query", "organise* colour", now=MONDAY).json
    assert told["query"] == "organise* AND colour"


def test_without_a_name_every_watch_is_tried_in_one_reading(house: House) -> None:
    house.write_config(CONFIG.replace("[mail]", TRAINS))
    told = house.run("watch", "test", "--since", "2024-11-11", now=MONDAY).json
    assert [(one["watch"], one["total"]) for one in told["watches"]] == [("border-security", 7), ("trains", 1)]
    alone = trial_of(house)
    assert {key: alone[key] for key in told["watches"][0]} == told["watches"][0]
    shown = lines(house, "watch", "test", "--since", "2024-11-11").splitlines()
    assert shown == [
        "2 watches since 11 November 2024; each step of a line is a week",
        "  border-security      7  1.7 a week, 0.2 a day  ·█▂▂·",
        "  trains               1  0.2 a week             ···█·",
    ]


def test_without_a_name_an_example_that_does_not_hold_ends_with_1(house: House) -> None:
    example = '[[watch.test]]\nno_match = ["HCWS280"]\n\n'
    house.write_config(CONFIG.replace("[mail]", example + TRAINS))
    assert house.run("watch", "test", now=MONDAY).code == 1
    assert "FAIL border-security: no_match HCWS280 (it matches)" in lines(house, "watch", "test")


def test_a_mistake_in_a_query_at_the_prompt_has_its_caret(house: House) -> None:
    outcome = house.run("watch", "test", "border-security", "--query", "(boats")
    assert outcome.code == 2
    assert "--query" in outcome.err
    assert "\n  (boats\n  ^\nhelp: " in outcome.err


def test_warnings_stand_in_the_test_and_in_explain(house: House) -> None:
    assert ("never", '"calais group"~') in [(one["kind"], one["clause"]) for one in trial_of(house)["warnings"]]
    told = house.run("watch", "explain", "border-security", "--since", "2024-11-11", now=MONDAY).json
    assert told["warnings"] == trial_of(house)["warnings"]
    assert 'warning: "calais group"~ never occurs' in lines(house, "watch", "explain", "border-security")


def test_suggestions_are_words_that_come_with_the_matches_and_slips_of_spelling(house: House) -> None:
    for number in range(12):
        house.world.publish(document(f"other-{number}", "Other", "<p>On other things.</p>", "2024-12-09 11:00"))
    house.run("run", "--once", now=at("2024-12-09 12:00"))
    suggested = trial_of(house, "--query", "boats OR smugling")["suggestions"]
    assert [(one["term"], one["hits"], one["others"]) for one in suggested["terms"]] == [
        ("dinghies", 6, 0),
        ("small", 6, 0),
    ]
    assert suggested["spellings"] == []
    assert [one["found"] for one in trial_of(house, "--query", "smuglling")["suggestions"]["spellings"]] == [
        "smuggling", "smugling",
    ]  # fmt: skip


def test_the_page_needs_nothing_else_and_says_it_all(house: House) -> None:
    page = house.folder / "trial.html"
    trial_of(house, "--query", "trains OR harbours", "--html", str(page))
    html = page.read_text()
    assert re.findall(r'(?:src|href)="(?!https://(?:www\.gov\.uk|questions-statements\.))', html) == []
    assert "<script" not in html
    assert '<th scope="row" class="day">18 Nov 2024</th><td class="count">5</td><td class="count">0</td>' in html
    assert "Gains 2" in html
    assert "Loses 7" in html
    assert 'name="viewport"' in html
    assert "prefers-color-scheme: dark" in html


def test_what_publishers_say_is_never_markup_on_the_page(house: House) -> None:
    evil = '<img src=x onerror="alert(1)">'
    house.world.publish(document("evil", f"Boats {evil}", "<p>Small boats.</p>", "2024-12-09 12:00"))
    house.run("run", "--once", now=at("2024-12-09 13:00"))
    page = house.folder / "trial.html"
    house.run("watch", "test", "border-security", "--html", str(page), now=at("2024-12-09 13:00"))
    assert "onerror=" not in re.sub(r"&lt;.*?&gt;", "", page.read_text())


@needs_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_on_the_page(house: House, dark: bool) -> None:
    page = house.folder / "trial.html"
    trial_of(house, "--query", "trains OR dept:moj", "--html", str(page))
    assert examine({"trial": page.read_text()}, house.folder, dark=dark) == {"trial": []}


def changed(house: House, config: str, *options: str) -> Any:
    """The config of the house is the new one; the old one lies beside it."""
    old = house.folder / "old.toml"
    old.write_text((house.folder / "config.toml").read_text())
    house.write_config(config)
    outcome = house.run("watch", "diff", str(old), *options, "--since", "2024-11-11", now=MONDAY)
    assert outcome.code == 0, outcome.err
    return outcome.json


def test_a_diff_of_configs_says_what_each_changed_watch_gains_and_loses(house: House) -> None:
    told = changed(house, CONFIG.replace("small boats", "trains").replace("[mail]", TRAINS))
    [added], [one] = told["added"], told["changed"]
    assert (added["watch"], added["query"], added["total"]) == ("trains", "trains", 1)
    assert (one["watch"], one["keys"], one["total_was"], one["total"]) == ("border-security", ["keywords"], 7, 2)
    assert (one["gains"]["count"], one["loses"]["count"]) == (1, 6)
    assert [sample["title"] for sample in one["gains"]["samples"]] == ["Trains"]


def test_a_renamed_watch_is_compared_with_itself_and_an_unclaimed_rename_is_asked_about(house: House) -> None:
    house.subscribe("border-security", now=MONDAY)
    renamed = CONFIG.replace('name     = "border-security"', 'name     = "borders"')
    told = changed(house, renamed)
    assert ([one["watch"] for one in told["removed"]], len(told["questions"])) == (["border-security"], 1)
    house.write_config(CONFIG)
    told = changed(house, renamed.replace("keywords", 'renamed_from = "border-security"\nkeywords'))
    assert told["renamed"] == [{"from": "border-security", "to": "borders"}]
    assert (told["added"], told["removed"], told["changed"], told["questions"]) == ([], [], [], [])


def test_two_configs_are_named_and_what_else_is_different_is_said(house: House) -> None:
    new = house.folder / "new.toml"
    new.write_text(
        (house.folder / "config.toml").read_text().replace('every  = "10m"', 'every  = "20m"') + "per_hour = 9\n"
    )
    told = changed(house, CONFIG, str(new))
    assert (told["feeds"]["changed"], told["tables"]) == (["statements"], ["mail"])
    assert "feeds changed: statements; changed: mail" in lines(
        house, "watch", "diff", str(house.folder / "old.toml"), str(new)
    )


def test_a_diff_with_a_config_that_has_a_mistake_says_so(house: House) -> None:
    house.write_config(CONFIG)
    assert house.run("watch", "diff").code == 2
    assert house.run("watch", "diff", str(house.folder / "none.toml")).code == 78
    assert json.loads(house.run("watch", "list").out)["watches"]
