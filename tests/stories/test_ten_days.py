"""Days of publishing and editing, played in steps: every planted change is found once and rightly, and nothing else is.

A small simulation runs with all tests; `make torture` plays ten days with 500 feeds and 20,000 publications, each poll in
a process of its own, so that its memory can be measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.documents import SITE, Document, FileAttachment, Organisation
from tests.fakes.press import Post, Press
from tests.house import CONFIG, House, at

START = at("2024-12-02 06:00")
OLD = at("2024-10-01 09:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WISH = timedelta(hours=20)
IN_FLIGHT = 4
FILE = FileAttachment("a.pdf", "The plan", "a.pdf", "65a1b2c3d4e5f60718293a4b")
Found = Counter[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a simulation is. `per_second` is the limit of requests to each host."""

    departments: int
    sites: int
    documents: int
    posts: int
    days: int
    step: timedelta
    planted: int
    per_second: float


@dataclass(slots=True)
class Plot:
    """What happens when, and what is to be found of it: kind, address, and whether it was announced."""

    events: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)
    expected: Found = field(default_factory=Counter)

    def at(self, moment: datetime, event: Callable[[], None], *found: tuple[str, str, bool]) -> None:
        """Plant an event."""
        self.events.append((moment, event))
        self.expected.update(found)


def department(number: int) -> Organisation:
    return Organisation(f"department-{number}", f"Department {number}")


def site(number: int) -> str:
    return f"https://news-{number % 10}.example.org/feed-{number}"


def paper(organisation: Organisation, name: str, published: datetime, **more: Any) -> Document:
    return Document(
        path=f"/government/publications/{organisation.slug}-{name}", title=f"Paper {name}", organisation=organisation,
        first_published_at=published, public_updated_at=published, updated_at=published,
        change_history=((published, "First published."),), body_html="<p>We meet in March.</p><p>All are invited.</p>", **more,
    )  # fmt: skip


def fill(press: Press, size: Size) -> None:
    """What was there before, older than what is looked at again."""
    for number in range(size.departments):
        for place in range(size.documents):
            press.put(paper(department(number), f"old-{place}", OLD + place * HOUR))
    for number in range(size.sites):
        for place in range(size.posts):
            press.post(site(number), Post(f"old-{place}", "We meet in March.", OLD + place * HOUR))


def plant(press: Press, plot: Plot, number: int, size: Size) -> None:
    """One new document, and what becomes of it a day or more later. Kinds of edits take turns."""
    slots = max(1, int((size.days - 4.5) * DAY / size.step))
    first = START + HOUR + (number % slots) * size.step + timedelta(minutes=number % 50)
    later = first + DAY + HOUR
    one = paper(department(number % size.departments), f"new-{number}", first, files=(FILE,))
    plot.at(first, lambda: press.put(one), ("new", one.url, True))
    kind, announced, changes = EDITS[number % len(EDITS)](one, later)
    if kind == "moved":
        away = replace(one, path=f"{one.path}-moved", content_id=one.identity, updated_at=later)
        plot.at(later, lambda: press.put(away), ("moved", away.url, True))
    elif kind:
        plot.expected[kind, one.url, announced] += 1
    plot.at(later, lambda: press.edit(one.path, **{"updated_at": later, **changes}))
    if kind == "withdrawn" and number % 2:
        back = {"withdrawn_at": None, "withdrawn_explanation": "", "updated_at": later + 2 * DAY}
        plot.at(later + 2 * DAY, lambda: press.edit(one.path, **back), ("restored", one.url, True))


Edit = Callable[[Document, datetime], tuple[str, bool, dict[str, Any]]]


def _announced(one: Document, moment: datetime) -> tuple[str, bool, dict[str, Any]]:
    note = ((moment, "The month has changed."), *one.change_history)
    words = one.body_html.replace("March", "May")
    return "updated", True, {"body_html": words, "public_updated_at": moment, "change_history": note}


EDITS: tuple[Edit, ...] = (
    _announced,
    lambda one, _: ("updated", False, {"body_html": one.body_html.replace("March", "May")}),
    lambda _, moment: ("withdrawn", True, {"withdrawn_at": moment, "withdrawn_explanation": "Over."}),
    lambda *_: ("gone", True, {"gone": ""}),
    lambda *_: ("gone", True, {"gone": "Published in error."}),
    lambda one, _: ("gone", True, {"redirect_to": paper(one.organisation, "old-0", OLD).path}),
    lambda one, _: ("moved", True, {"redirect_to": f"{one.path}-moved"}),
    lambda *_: ("attachment-replaced", False, {"files": (replace(FILE, asset_id="75a1b2c3d4e5f60718293a4b"),)}),
    lambda one, _: ("", True, {"body_html": one.body_html.replace("><", ">\n  <")}),
    lambda *_: ("", True, {}),
    lambda *_: ("", True, {"summary": "  "}),
)
"""What can become of a document: the kind of change it makes (none), whether it is announced, and the fields."""


def plot_of(press: Press, size: Size) -> Plot:
    """Everything that happens, in its order."""
    plot = Plot()
    for number in range(size.planted):
        plant(press, plot, number, size)
    for number in range(size.sites):
        first = START + DAY + number * timedelta(minutes=7)
        fresh, edited = Post("fresh", "On small boats.", first), Post("old-1", "We meet in May.", first + DAY)
        address = site(number)
        plot.at(first, partial(press.post, address, fresh), ("new", f"{address}/fresh", True))
        plot.at(first + DAY, partial(press.post, address, edited), ("updated", f"{address}/old-1", True))
    held = f"news-{min(size.sites, 10) - 1}.example.org"
    plot.at(START + 3 * DAY, partial(press.holding.__setitem__, held, int(WISH.total_seconds())))
    plot.at(START + 3 * DAY + WISH - HOUR, partial(press.holding.pop, held))
    plot.events.sort(key=lambda event: event[0])
    return plot


def config_of(size: Size) -> str:
    """The feeds, polled at every step."""
    hours = int(size.step / HOUR)
    feeds = [
        f'\n[[feed]]\nname = "d{number}"\nsource = "govuk_atom"\nevery = "{hours}h"\n'
        f'url = "{SITE}/government/organisations/department-{number}.atom"\n'
        for number in range(size.departments)
    ]
    feeds += [
        f'\n[[feed]]\nname = "s{number}"\nsource = "feed"\nevery = "{hours}h"\nurl = "{site(number)}"\n'
        for number in range(size.sites)
    ]
    head = CONFIG.partition("[[feed]]")[0].replace("per_second = 1000.0", f"per_second = {size.per_second}")
    head = head.replace("concurrency = 8", f"concurrency = {IN_FLIGHT}")
    mail = "[mail]" + CONFIG.partition("[mail]")[2]
    return f'{head}allow_hosts = ["www.gov.uk", "*.example.org"]\n{"".join(feeds)}\n{mail}'


@dataclass(slots=True)
class Course:
    """What came of a simulation."""

    found: Found = field(default_factory=Counter)
    peak_mb: float = 0.0
    asked_while_held: int = 0
    seconds: float = 0.0


def play(
    house: House, press: Press, plot: Plot, size: Size, poll: Callable[[House, datetime], tuple[Any, float]]
) -> Course:
    """Step through the days: what happened since the last step, then a poll."""
    course, events, now = Course(), list(plot.events), START
    while now <= START + size.days * DAY:
        while events and events[0][0] <= now:
            events.pop(0)[1]()
        before = {host: len(arrivals) for host, arrivals in press.arrivals.items()}
        report, peak = poll(house, now)
        course.peak_mb = max(course.peak_mb, peak)
        course.found.update((one["kind"], one["url"], one["announced"]) for one in report["changes"])
        for host in press.holding:
            first_poll = now < START + 3 * DAY + size.step
            course.asked_while_held += 0 if first_poll else len(press.arrivals[host]) - before.get(host, 0)
        now += size.step * 1.06
    return course


def poll_here(house: House, now: datetime) -> tuple[Any, float]:
    """A poll in this process."""
    return house.run("poll", now=now).json, 0.0


def poll_apart(house: House, now: datetime) -> tuple[Any, float]:
    """A poll in a process of its own, and its peak memory in MB."""
    command = [sys.executable, "-m", "monitor", "--config", str(house.folder / "config.toml"), "--json"]
    out = house.folder / "report.json"
    with (
        out.open("wb") as file,
        subprocess.Popen([*command, "--now", now.isoformat(), "poll"], stdout=file, stderr=subprocess.PIPE) as process,
    ):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.stderr is not None
        assert process.returncode in (0, 75), process.stderr.read().decode()
    return json.loads(out.read_text("utf-8")), usage.ru_maxrss / 1024


def most_in_a_second(arrivals: list[float]) -> int:
    """The most requests that came within any one second."""
    return max(place + 1 - bisect_right(arrivals, moment - 1.0) for place, moment in enumerate(arrivals))


def simulate(folder: Path, size: Size, poll: Callable[[House, datetime], tuple[Any, float]]) -> Course:
    """Play it, and hold what was found against what was planted."""
    press = Press()
    fill(press, size)
    plot = plot_of(press, size)
    with House(folder, config=config_of(size), world=press) as house:  # type: ignore[arg-type]
        course = play(house, press, plot, size, poll)
        publisher = house.publisher
    assert max(publisher.peak(host) for host in press.arrivals) <= IN_FLIGHT
    assert publisher.peak() > IN_FLIGHT, "hosts were asked one after the other"
    for host, arrivals in press.arrivals.items():
        # An arrival can be held up by the machine and meet the next one.
        assert most_in_a_second(arrivals) <= size.per_second * 1.1 + IN_FLIGHT, host
    assert course.asked_while_held == 0
    assert course.found - plot.expected == Counter(), "found, and never planted"
    assert plot.expected - course.found == Counter(), "planted, and never found"
    return course


def test_every_planted_change_is_found_once_and_rightly_and_nothing_else(tmp_path: Path) -> None:
    small = Size(departments=3, sites=10, documents=12, posts=10, days=6, step=6 * HOUR, planted=22, per_second=200.0)
    course = simulate(tmp_path, small, poll_here)
    assert sum(course.found.values()) > 40


@pytest.mark.torture
def test_ten_days_of_500_feeds_and_20_000_publications(tmp_path: Path) -> None:
    large = Size(
        departments=400, sites=100, documents=35, posts=60, days=10, step=3 * HOUR, planted=330, per_second=400.0
    )
    course = simulate(tmp_path, large, poll_apart)
    print(f"\nten days: {sum(course.found.values())} changes found, peak memory {course.peak_mb:.0f} MB")
    assert course.peak_mb < 250
