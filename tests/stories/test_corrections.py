"""Whoever was sent a statement is sent what corrects it, whatever else their watch asks for, with what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.parliament import Link
from tests.house import CONFIG, House, at, body_of, statement

MONDAY = at("2024-12-09 10:00")
NEW_ONLY = CONFIG.replace('"Calais Group"]\n', '"Calais Group"]\non = ["new"]\n')
SAID = "<p>On small boats.</p><p>There are 12 masts on the coast, and they were built in a year.</p>"
ORIGINAL = statement(281, "Coastal radar", SAID, "2024-12-10")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path, config=NEW_ONLY) as house:
        house.subscribe("border-security", now=MONDAY)
        house.run("run", "--once", now=MONDAY)
        house.world.make_statement(ORIGINAL)
        house.run("run", "--once", now=at("2024-12-11 07:35"))
        house.subscribe("border-security", address="late@example.org", now=at("2024-12-11 08:00"))
        yield house


def corrected_by(house: House, html: str) -> str:
    correction = statement(290, "Correction to Coastal radar", html, "2024-12-11")
    house.world.make_statement(correction)
    house.world.make_statement(replace(ORIGINAL, links=(Link(correction.id, "CorrectedStatement"),)))
    house.run("run", "--once", now=at("2024-12-12 07:35"))
    [mail] = [mail for mail in house.mails()[1:] if mail["To"] == "reader@example.org"]
    assert mail["Subject"] == "1 corrected: Coastal radar (12 Dec)"
    assert mail["In-Reply-To"] == house.mails()[0]["Message-ID"]
    return " ".join(body_of(mail).split())


def test_a_correction_is_told_with_its_name_and_what_differs(house: House) -> None:
    words = corrected_by(house, SAID.replace("12 masts", "13 masts"))
    assert "You were sent this on 11 Dec 2024; it has been corrected." in words
    assert "Corrected by: Correction to Coastal radar (Written statement, HCWS290)" in words
    assert "There are [-12-] {+13+} masts" in words
    assert "parliament:1000290" not in words


def test_a_correction_that_does_not_say_it_all_again_is_quoted(house: House) -> None:
    words = corrected_by(house, "<p>I regret that an error was made: it is 13 masts.</p>")
    assert "“I regret that an error was made: it is 13 masts.”" in words
    assert "[-" not in words


def test_an_edit_in_place_goes_to_those_who_were_sent_the_original(house: House) -> None:
    house.world.make_statement(replace(ORIGINAL, html=SAID.replace("12 masts", "13 masts")))
    house.run("run", "--once", now=at("2024-12-12 07:35"))
    [mail] = [mail for mail in house.mails()[1:] if mail["To"] == "reader@example.org"]
    words = " ".join(body_of(mail).split())
    assert "You were sent this on 11 Dec 2024." in words
    assert "[-12-] {+13+} masts" in words


def test_what_was_never_sent_to_anybody_of_a_watch_is_not_told(house: House) -> None:
    other = statement(300, "Lights", "<p>On lights. There are 12 of them.</p>", "2024-12-10")
    house.world.make_statement(other)
    house.run("run", "--once", now=at("2024-12-11 09:00"))
    house.world.make_statement(replace(other, html=other.html.replace("12", "13")))
    house.run("run", "--once", now=at("2024-12-12 07:35"))
    assert len(house.mails()) == 1
