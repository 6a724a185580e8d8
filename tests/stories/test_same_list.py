"""Lists that say what they said before: read once, whatever their address is called today, and once for each who asks."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.parliament import STATEMENTS
from tests.house import CONFIG, House, at, statement

MONDAY = at("2024-12-09 10:00")
DAY = timedelta(days=1)
PAPERS = "https://depositedpapers-api.parliament.uk/api/DepositedPapers"
DEPOSITS = """
[[feed]]
name = "{department}"
source = "deposited_papers"
every = "2h"
departments = ["{department}"]

"""


def test_the_same_statements_tomorrow_are_not_read_again(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        for number in range(130):
            house.world.make_statement(statement(number, f"Statement {number}", "<p>Words.</p>", "2024-12-09"))
        house.run("poll", "statements", now=MONDAY)
        again = house.run("poll", "statements", now=MONDAY + DAY).json["feeds"][0]
        assert again["outcome"] == "same"
        asked = [one.url for one in house.publisher.asked if one.url.startswith(f"{STATEMENTS}?")]
        assert len(set(asked)) == len(asked) == 3, (
            "two pages on Monday; their addresses hold dates, and are new on Tuesday"
        )


@pytest.fixture
def papers() -> str:
    """Two deposited papers, of two departments."""
    rows = [
        {
            "value": {
                "paperId": number,
                "paperNumber": f"DEP2024-{number}",
                "title": "A paper",
                "depositingDepartments": [one],
            }
        }
        for number, one in enumerate(("Transport", "Treasury"), start=1)
    ]
    return json.dumps({"items": rows, "totalResults": 2})


def test_two_feeds_that_read_one_list_each_find_their_own_in_it(tmp_path: Path, papers: str) -> None:
    feeds = "".join(DEPOSITS.format(department=one) for one in ("Transport", "Treasury"))
    with House(tmp_path, config=CONFIG.replace("[[watch]]", feeds + "[[watch]]", 1)) as house:
        house.publisher.set(PAPERS, papers, any_query=True)
        for number in (1, 2):
            paper = {"paperId": number, "paperNumber": f"DEP2024-{number}", "title": "A paper", "attachedDocuments": []}
            house.publisher.set(f"{PAPERS}/{number}", json.dumps({"value": paper}))
        house.run("poll", "Transport", now=MONDAY)
        house.run("poll", "Treasury", now=MONDAY)
        assert house.run("search", "paper").json["total"] == 2
