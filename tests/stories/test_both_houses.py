"""A statement that is made in both Houses is one item of one digest, whatever its copy is called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.fakes.parliament import Link, Statement
from tests.house import House, at, body_of, statement

MONDAY = at("2024-12-09 10:00")
TEXT = "<p>On small boats. There are 12 masts.</p>"
FRIEND = (
    "<p>My Rt Hon Friend the Home Secretary (A Name) has today made the following Written Ministerial Statement:</p>"
)


def copy(html: str, **more: object) -> Statement:
    """The Lords' copy of HCWS281."""
    made = statement(900, "Coastal radar", FRIEND + html, "2024-12-10", house="Lords")
    return replace(made, uin="HLWS270", **more)  # type: ignore[arg-type]


def told(folder: Path, lords: Statement) -> str:
    with House(folder) as house:
        house.subscribe("border-security", now=MONDAY)
        house.run("run", "--once", now=MONDAY)
        html = f"{TEXT}<p>This statement has also been made in the House of Lords: HLWS270.</p>"
        house.world.make_statement(statement(281, "Coastal radar", html, "2024-12-10"))
        house.world.make_statement(lords)
        house.run("run", "--once", now=at("2024-12-11 07:40"))
        [mail] = house.mails()
        assert mail["Subject"].startswith("1 new: ")
        return " ".join(body_of(mail).split())


def test_the_same_words_under_the_same_title(tmp_path: Path) -> None:
    words = told(tmp_path, copy(TEXT))
    assert "Also made in the other House as HLWS270." in words
    assert "not the same" not in words


def test_other_words_are_said(tmp_path: Path) -> None:
    words = told(tmp_path, copy(TEXT.replace("12", "13")))
    assert "as HLWS270. The text of HLWS270 is not the same: 1 figure changed: 12 → 13." in words


def test_another_title_with_a_tie_of_the_publisher_s_or_its_number_in_the_text(tmp_path: Path) -> None:
    assert "as HLWS270." in told(tmp_path, copy(TEXT, title="Radar on the coast", links=(Link(1_000_281),)))


def test_a_copy_that_comes_after_the_mail_says_that_the_other_was_sent(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        house.subscribe("border-security", every="immediate", now=MONDAY)
        house.run("run", "--once", now=MONDAY)
        house.world.make_statement(statement(281, "Coastal radar", TEXT, "2024-12-10"))
        house.run("run", "--once", now=at("2024-12-10 10:00"))
        house.world.make_statement(copy(TEXT, links=(Link(1_000_281),)))
        house.run("run", "--once", now=at("2024-12-10 11:00"))
        first, second = (" ".join(body_of(mail).split()) for mail in house.mails())
        assert "sent its copy" not in first
        assert "You were sent its copy in the other House on 10 Dec 2024." in second
