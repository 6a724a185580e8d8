"""A statement, and days later its print in Hansard: shown beside it, never taken for an edit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.answer import JSON, Answer
from tests.fakes.world import World
from tests.house import CONFIG, House, at, statement

API = "https://hansard-api.parliament.uk"
FEED = '\n[[feed]]\nname   = "hansard"\nsource = "hansard"\nhouses = ["Commons"]\nevery  = "6h"\n'
TUESDAY, WEDNESDAY, NEXT_WEEK = at("2024-12-10 17:00"), at("2024-12-11 17:00"), at("2024-12-17 17:00")


class PrintingWorld(World):
    """A world in which Hansard prints, too."""

    printed: tuple[int, str, str, str] | None = None

    def answer(self, url: str) -> Answer | None:
        """Hansard's trees and its one section; all else as in any world."""
        if not url.startswith(API):
            return super().answer(url)
        if self.printed is None:
            return Answer(b"[]", content_type=JSON)
        volume, column, text, at_time = self.printed
        if "/overview/" in url:
            body = [_tree(volume, at_time)] if "date=2024-12-10" in url else []
            return Answer(json.dumps(body).encode(), content_type=JSON)
        return Answer(json.dumps(_section(volume, column, text, at_time)).encode(), content_type=JSON)


def _tree(volume: int, at_time: str) -> dict[str, Any]:
    nodes = [
        (1, None, "Written Statements", None),
        (2, 1, "Home Department", "hs_6bDepartment"),
        (3, 2, "Calais Group", "hs_8Statement"),
    ]
    items = [{"Id": a, "ParentId": b, "Title": c, "HRSTag": d, "ExternalId": f"E-{a}"} for a, b, c, d in nodes]
    return {"LastUpdated": at_time, "Source": 2, "VolumeNo": volume, "SectionTreeItems": items}


def _section(volume: int, column: str, text: str, at_time: str) -> dict[str, Any]:
    mark = f'<span class="column-number" data-column-number="{column}"></span>'
    return {
        "Overview": {"ExtId": "E-3", "Title": "Calais Group", "Date": "2024-12-10T00:00:00", "House": "Commons",
                     "VolumeNo": volume, "ContentLastUpdated": at_time},
        "Items": [{"ItemType": "Contribution", "OrderInSection": 1, "Value": f"{mark}{text}\r\n\r\n[HCWS293]"}],
    }  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[House, PrintingWorld]]:
    """A statement made and found on Tuesday, not printed yet."""
    world = PrintingWorld(volatile_links=False)
    with House(tmp_path, config=CONFIG + FEED, world=world) as house:
        house.run("run", "--once", now=at("2024-12-09 17:00"))
        world.make_statement(statement(293, "Calais Group", "<p>We will cooperate.</p>", "2024-12-10"))
        house.run("run", "--once", now=TUESDAY)
        yield house, world


def test_the_print_is_shown_beside_the_statement_and_makes_no_change(house: tuple[House, PrintingWorld]) -> None:
    monitor, world = house
    assert monitor.run("show", "HCWS293").json["hansard"] is None
    world.printed = (758, "29WS", "We will co-operate.", "2024-12-11T09:00:00")
    assert monitor.run("run", "--once", now=WEDNESDAY).json["poll"]["changes"] == []
    shown = monitor.run("show", "HCWS293").json
    assert shown["hansard"]["citation"] == "HC Deb 10 December 2024, vol 758, col 29WS"
    assert (shown["text"], shown["versions"]) == ("We will cooperate.", 1)


def test_every_state_of_the_print_is_in_the_history_once(house: tuple[House, PrintingWorld]) -> None:
    monitor, world = house
    world.printed = (758, "29WS", "We will co-operate.", "2024-12-11T09:00:00")
    monitor.run("poll", "hansard", now=WEDNESDAY)
    monitor.run("poll", "hansard", now=WEDNESDAY)
    world.printed = (758, "31WS", "We will co-operate.", "2024-12-17T09:00:00")
    monitor.run("poll", "hansard", now=NEXT_WEEK)
    told = monitor.run("history", "HCWS293").json
    assert [one["column"] for one in told["transcripts"]] == ["29WS", "31WS"]
    assert len(told["versions"]) == 1


def test_a_print_that_comes_before_its_statement_finds_it(tmp_path: Path) -> None:
    world = PrintingWorld(volatile_links=False)
    with House(tmp_path, config=CONFIG + FEED, world=world) as monitor:
        world.printed = (758, "29WS", "We will co-operate.", "2024-12-11T09:00:00")
        monitor.run("run", "--once", now=WEDNESDAY)
        world.make_statement(statement(293, "Calais Group", "<p>We will cooperate.</p>", "2024-12-10"))
        monitor.run("run", "--once", now=NEXT_WEEK)
        assert monitor.run("show", "HCWS293").json["hansard"]["column"] == "29WS"
