"""Publishers that want to harm: over 150 answers in one poll, and the monitor stays small, in time, and good to the others.

All of it is read in `make torture`; what the answers are is counted with every test run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from monitor.store.archive import open_archive
from tests.child import ROOT
from tests.fakes.hostile import Hostile, hostile_answers
from tests.house import CONFIG, House, at, document, statement

MONDAY, NOON = at("2024-12-09 10:00"), at("2024-12-09 12:00")
DEADLINE = 4
GROUPS = 4
# VmHWM and not ru_maxrss, which counts the children that were waited for.
MEASURED = """
import sys
from pathlib import Path
from monitor.cli import main
code = main(sys.argv[2:])
Path(sys.argv[1]).write_text(Path("/proc/self/status").read_text())
sys.exit(code)
"""


def address(number: int, hostile: Hostile) -> str:
    """Where it stands; those of GOV.UK and Parliament where their sources ask."""
    return {
        "feed": f"https://h{number}.example.org/feed",
        "govuk_content": f"https://www.gov.uk/api/content/h{number}",
        "govuk_search": "https://www.gov.uk/api/search.json",
        "written_statements": "https://questions-statements-api.parliament.uk/api/writtenstatements/statements",
        "deposited_papers": "https://depositedpapers-api.parliament.uk/api/DepositedPapers",
    }[hostile.source]


def config_of(bad: list[tuple[int, Hostile]]) -> str:
    """The usual two feeds, and these."""
    feeds = ""
    for number, hostile in bad:
        url = (
            f'url = "{address(number, hostile).replace("/api/content", "")}"\n'
            if hostile.source in ("feed", "govuk_content")
            else ""
        )
        options = 'q = "x"\n' if hostile.source == "govuk_search" else ""
        feeds += f'[[feed]]\nname = "h{number}"\nsource = "{hostile.source}"\nevery = "10m"\n{url}{options}\n'
    head = CONFIG.replace(
        'timeout    = "5s"',
        f'timeout    = "2s"\ndeadline   = "{DEADLINE}s"\nallow_hosts = ["www.gov.uk", "*.parliament.uk", "*.example.org"]',
    )
    return head.replace("[[watch]]", feeds + "[[watch]]", 1)


def test_there_are_over_150_hostile_answers_each_with_a_name_of_its_own() -> None:
    answers = hostile_answers()
    assert len({hostile.name for hostile in answers}) == len(answers) > 150
    assert set(Counter(hostile.source for hostile in answers)) >= {
        "feed",
        "govuk_content",
        "govuk_search",
        "written_statements",
    }


@pytest.mark.torture
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc, which Linux has")
def test_150_hostile_answers_cost_little_and_delay_nobody(tmp_path: Path) -> None:
    answers = list(enumerate(hostile_answers()))
    # Sources whose address is fixed have one answer at a time: one round for each.
    fixed = ("govuk_search", "written_statements", "deposited_papers")
    rounds = [[pair for pair in answers if pair[1].source not in fixed]]
    for source in fixed:
        rounds += [[pair] for pair in answers if pair[1].source == source]
    peaks, outcomes = [], Counter[str]()
    for place, bad in enumerate(rounds):
        folder = tmp_path / str(place)
        folder.mkdir()
        peak, told = play(folder, bad)
        peaks.append(peak)
        outcomes.update(told)
    print(f"\n{len(answers)} hostile answers: peak memory {max(peaks):.0f} MB, {dict(outcomes)}")
    assert max(peaks) < 300


def play(folder: Path, bad: list[tuple[int, Hostile]]) -> tuple[float, Counter[str]]:
    """One poll of hostile feeds among good ones; its peak memory in MB, and what became of the hostile ones."""
    with House(folder, config=config_of(bad)) as house:
        house.world.publish(document("old-news", "Old news", "<p>On pensions.</p>", "2024-12-01 09:00"))
        house.run("poll", "home-office", now=MONDAY)
        house.world.publish(document("plan", "Calais Group plan", "<p>On small boats.</p>", "2024-12-09 11:00"))
        if not any(hostile.source == "written_statements" for _, hostile in bad):
            house.run("poll", "statements", now=MONDAY)
            house.world.make_statement(statement(281, "Calais Group", "<p>We met.</p>", "2024-12-09"))
        for number, hostile in bad:
            house.publisher.set(
                address(number, hostile), hostile.body, **hostile.more, any_query=hostile.source != "feed"
            )
        report, peak = poll_apart(house)
        connection = house.folder / "var" / "archive.db"
        slow = exchanges_longer_than(connection, DEADLINE + 1)
    feeds = {row["name"]: row for row in report["feeds"]}
    assert feeds["home-office"]["new"] == 1
    assert feeds["home-office"]["error"] is None
    assert slow == []
    names = [f"h{number}" for number, _ in bad]
    assert all(name in feeds for name in names)
    return peak, Counter(feeds[name]["outcome"] for name in names)


def poll_apart(house: House) -> tuple[dict[str, list[dict[str, object]]], float]:
    """Poll in a process of its own: its report, and its own peak memory in MB."""
    status = house.folder / "status"
    options = ["--config", str(house.folder / "config.toml"), "--json", "--now", NOON.isoformat(), "poll"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(status), *options],
        capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, timeout=400,
    )  # fmt: skip
    assert done.returncode in (0, 75), done.stderr.decode()
    [peak] = [int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    return json.loads(done.stdout), peak


def exchanges_longer_than(archive: Path, seconds: float) -> list[tuple[str, int]]:
    """Exchanges that took longer, by the record of them."""
    with open_archive(archive, read_only=True) as opened:
        rows = opened.connection.execute("SELECT url, elapsed_ms FROM polls WHERE elapsed_ms > ?", (seconds * 1000,))
        return [(row[0], row[1]) for row in rows]
