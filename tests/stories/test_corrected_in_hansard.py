"""A correction in Hansard goes to whoever was sent the statement, with the words that were wrong and those that are right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.fakes.answer import JSON, Answer
from tests.fakes.world import World
from tests.house import CONFIG, House, at, body_of, statement

API = "https://hansard-api.parliament.uk"
FEEDS = '\n[[feed]]\nname   = "corrections"\nsource = "ministerial_corrections"\nhouses = ["Commons"]\nevery  = "6h"\n'
HANSARD = '\n[[feed]]\nname   = "hansard"\nsource = "hansard"\nhouses = ["Commons"]\nevery  = "6h"\n'
MONDAY = at("2024-12-09 10:00")
SAID = "<p>On small boats.</p><p>There are 12 masts on the coast, and they were built in a year.</p>"
WHERE = "[<em>Official Report</em>, 10 December 2024, Vol. 758, c. {column}.]"


class CorrectingWorld(World):
    """A world in which Hansard prints statements and corrections: sections of a day by their names."""

    def __init__(self) -> None:
        super().__init__(volatile_links=False)
        self.sections: dict[tuple[str, str], dict[str, Any]] = {}

    def print(self, day: str, name: str, title: str, *said: str) -> None:
        """Print one section of this name on a day."""
        heading = "Ministerial Corrections" if name == "Corrections" else "Written Statements"
        nodes = [(1, None, heading, None), (2, 1, "Home Department", "hs_6bDepartment"), (3, 2, title, "hs_8Statement")]
        items = [{"Id": a, "ParentId": b, "Title": c, "HRSTag": d, "ExternalId": f"{name}-{a}"} for a, b, c, d in nodes]
        tree = {"Title": heading, "LastUpdated": f"{day}T20:00:00", "Source": 2, "SectionTreeItems": items}
        overview = {
            "ExtId": f"{name}-3",
            "Title": title,
            "Date": f"{day}T00:00:00",
            "House": "Commons",
            "VolumeNo": 758,
        }
        spoken = [
            {"ItemType": "Contribution", "OrderInSection": place, "Value": value} for place, value in enumerate(said)
        ]
        self.sections[day, name] = {
            "tree": tree,
            "section": {"Overview": overview, "Navigator": items, "Items": spoken},
        }

    def answer(self, url: str) -> Answer | None:
        """Hansard's days, trees and sections; all else as in any world."""
        if not url.startswith((f"{API}/overview/", f"{API}/debates/")):
            return super().answer(url)
        parts = urlsplit(url)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body: Any
        if parts.path.endswith("/sectionsforday.json"):
            body = ["Debate", *(name for day, name in self.sections if day == asked["date"])]
        elif parts.path.endswith("/sectiontrees.json"):
            found = self.sections.get((asked["date"], asked["section"]))
            body = [found["tree"]] if found else []
        else:
            identity = parts.path.rpartition("/")[2].removesuffix("-3.json")
            body = next(one["section"] for (_, name), one in self.sections.items() if name == identity)
        return Answer(json.dumps(body).encode(), content_type=JSON)


def correct(
    world: CorrectingWorld, *, day: str = "2024-12-11", column: str = "29WS", title: str = "Coastal radar"
) -> None:
    """Print a correction of the number of masts."""
    world.print(
        day,
        "Corrections",
        title,
        "<em>The following is an extract from the written statement on coastal radar on 10 December 2024.</em>",
        "There are 12 masts on the coast.",
        WHERE.format(column=column),
        "<strong>Letter of correction from the Home Secretary, the right hon. Member for Leeds (Ann Lee):</strong>",
        "An error has been identified in my statement. The correct statement should have been:",
        "There are 13 masts on the coast.",
    )


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[House, CorrectingWorld]]:
    """A statement made and mailed on Tuesday."""
    world = CorrectingWorld()
    config = CONFIG.replace('"Calais Group"]\n', '"Calais Group"]\non = ["new"]\n') + FEEDS
    with House(tmp_path, config=config, world=world) as house:
        house.subscribe("border-security", now=MONDAY)
        house.run("run", "--once", now=MONDAY)
        world.make_statement(statement(281, "Coastal radar", SAID, "2024-12-10"))
        house.run("run", "--once", now=at("2024-12-11 07:35"))
        yield house, world


def corrected(house: House) -> str:
    """What the reader is sent on Thursday."""
    house.run("run", "--once", now=at("2024-12-12 07:35"))
    *_, mail = house.mails()
    assert mail["Subject"] == "1 corrected: Coastal radar (12 Dec)"
    return " ".join(body_of(mail).split())


def test_whoever_was_sent_the_statement_is_sent_what_was_wrong_and_what_is_right(
    house: tuple[House, CorrectingWorld],
) -> None:
    monitor, world = house
    correct(world)
    words = corrected(monitor)
    assert "You were sent this on 11 Dec 2024; it has been corrected." in words
    assert "There are [-12-] {+13+} masts on the coast." in words
    assert "Corrected by: Correction: Coastal radar" in words
    (change,) = [one for one in monitor.run("history", "HCWS281").json["changes"] if one["kind"] == "corrected"]
    assert change["note"] == "corrected by parliament:correction:corrections-3"


def test_it_is_a_publication_of_its_own_tied_to_its_statement(house: tuple[House, CorrectingWorld]) -> None:
    monitor, world = house
    correct(world)
    monitor.run("run", "--once", now=at("2024-12-12 07:35"))
    shown = monitor.run("show", "parliament:correction:corrections-3").json
    assert (shown["document_type"], shown["department"], shown["minister"], shown["role"]) == (
        "ministerial_correction", "Home Department", "Ann Lee", "Home Secretary",
    )  # fmt: skip
    ties = [link for link in monitor.run("links", "HCWS281").json["links"] if link["rel"] == "corrected-by"]
    assert [(link["from"], link["to"]) for link in ties] == [("parliament:1000281", shown["key"])]


def test_it_finds_its_statement_by_the_column_in_which_that_is_printed(tmp_path: Path) -> None:
    world = CorrectingWorld()
    with House(tmp_path, config=CONFIG + FEEDS + HANSARD, world=world) as monitor:
        monitor.run("run", "--once", now=MONDAY)
        world.make_statement(statement(281, "Coastal radar", SAID, "2024-12-10"))
        world.print("2024-12-10", "WMS", "Coastal radar", '<span data-column-number="28WS"></span>Words. [HCWS281]')
        monitor.run("run", "--once", now=at("2024-12-11 07:35"))
        correct(world, title="Radar on the Coast")
        monitor.run("run", "--once", now=at("2024-12-12 07:35"))
        kinds = [one["kind"] for one in monitor.run("history", "HCWS281").json["changes"]]
        assert kinds == ["new", "corrected"]


def test_a_correction_of_a_debate_puts_no_statement_right(house: tuple[House, CorrectingWorld]) -> None:
    monitor, world = house
    correct(world, column="448", title="Small Boats: Debate")
    monitor.run("run", "--once", now=at("2024-12-12 07:35"))
    assert [one["kind"] for one in monitor.run("history", "HCWS281").json["changes"]] == ["new"]
    assert monitor.run("search", "type:ministerial_correction masts").json["total"] == 1


def test_what_comes_with_the_baseline_is_tied_and_told_to_nobody(tmp_path: Path) -> None:
    world = CorrectingWorld()
    with House(tmp_path, config=CONFIG + FEEDS, world=world) as monitor:
        world.make_statement(statement(281, "Coastal radar", SAID, "2024-12-10"))
        correct(world)
        monitor.run("run", "--once", now=at("2024-12-12 07:35"))
        assert monitor.run("history", "HCWS281").json["changes"] == []
        assert "corrected-by" in [link["rel"] for link in monitor.run("links", "HCWS281").json["links"]]


def test_a_correction_that_comes_before_its_statement_waits_for_it(house: tuple[House, CorrectingWorld]) -> None:
    monitor, world = house
    correct(world, title="Lights")
    monitor.run("run", "--once", now=at("2024-12-12 07:35"))
    world.make_statement(statement(300, "Lights", "<p>There are 12 masts on the coast.</p>", "2024-12-10"))
    monitor.run("run", "--once", now=at("2024-12-12 09:35"))
    assert "corrected" in [one["kind"] for one in monitor.run("history", "HCWS300").json["changes"]]
