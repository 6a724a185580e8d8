"""Kill it anywhere and run it again: the archive and the mails are those of a run that nobody disturbed."""

from __future__ import annotations

import random
import shutil
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from tests.child import start
from tests.house import READER, House, at
from tests.kills import Assassin, Traces, footprint, monday, told, traces_of, tuesday

MONDAY = at("2024-12-09 10:00")
TUESDAY = at("2024-12-10 11:00")
AFTER_THE_LEASE = TUESDAY + timedelta(minutes=20)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A monitor that has read Monday and has two subscribers; copies of it share the key of their Message-IDs."""
    folder = tmp_path_factory.mktemp("started")
    with House(folder, world=told(monday)) as house:
        house.subscribe("border-security", now=MONDAY)
        house.subscribe("border-security", address="now@example.org", every="immediate", now=MONDAY)
        assert house.run("run", "--once", now=MONDAY).code == 0
    return folder


@pytest.fixture(scope="module")
def undisturbed(started: Path, tmp_path_factory: pytest.TempPathFactory) -> Traces:
    """What Tuesday comes to if nobody disturbs it."""
    with copy_of(started, tmp_path_factory.mktemp("undisturbed")) as house:
        assert house.run("run", "--once", now=TUESDAY).code == 0
        assert house.run("run", "--once", now=AFTER_THE_LEASE).code == 0
        traces = traces_of(house)
    kinds = {
        kind
        for kind in ("new", "updated", "withdrawn", "gone", "moved")
        if f"'{kind}'" in str(traces.archive["changes"])
    }
    assert len(kinds) == 5
    assert {to for to, _, _ in traces.mails.values()} == {READER, "now@example.org"}
    assert len(traces.mails) == 2
    return traces


def copy_of(started: Path, folder: Path) -> House:
    """The monitor that has read Monday, in another folder, on Tuesday."""
    shutil.copytree(started / "var", folder / "var")
    return House(folder, world=told(monday, tuesday))


def finish(house: House) -> Traces:
    """Run again what was killed, and once more when its leases have run out."""
    assert house.run("run", "--once", now=TUESDAY).code == 0
    assert house.run("run", "--once", now=AFTER_THE_LEASE).code == 0
    return traces_of(house)


def kill_at_request(started: Path, folder: Path, nth: int) -> Traces | None:
    """Kill Tuesday's run at its nth request and finish it; None where it had fewer."""
    with copy_of(started, folder) as house:
        assassin = Assassin(house.world, nth)
        house.publisher._otherwise = assassin
        child = start(house, "run", "--once", now=TUESDAY)
        assassin.aim(child)
        code = child.wait().code
        if code == 0:
            return None
        assert code == -signal.SIGKILL
        return finish(house)


def kill_at_write(started: Path, folder: Path, nth: int) -> Traces:
    """Kill Tuesday's run when its files have grown for the nth time that we see, and finish it."""
    with copy_of(started, folder) as house:
        child = start(house, "run", "--once", now=TUESDAY)
        seen, left = footprint(folder), nth
        while child.process.poll() is None and left:
            now = footprint(folder)
            left -= now != seen
            seen = now
        child.kill()
        return finish(house)


@pytest.mark.parametrize("nth", [1, 4, 8, 12, 16])
def test_killed_at_a_request(started: Path, undisturbed: Traces, tmp_path: Path, nth: int) -> None:
    traces = kill_at_request(started, tmp_path, nth)
    assert traces is not None, "nobody was killed: fewer requests than that"
    assert traces == undisturbed


@pytest.mark.parametrize("nth", [1, 3, 6, 10])
def test_killed_at_a_write(started: Path, undisturbed: Traces, tmp_path: Path, nth: int) -> None:
    assert kill_at_write(started, tmp_path, nth) == undisturbed


@pytest.mark.parametrize("nth", [2, 8])
def test_killed_in_its_first_run(tmp_path: Path, nth: int) -> None:
    """A baseline that was cut short is a baseline still: it mails nobody."""
    with House(tmp_path, world=told(monday)) as house:
        house.subscribe("border-security", now=MONDAY)
        assassin = Assassin(house.world, nth)
        house.publisher._otherwise = assassin
        child = start(house, "run", "--once", now=MONDAY)
        assassin.aim(child)
        assert child.wait().code == -signal.SIGKILL
        assert house.run("run", "--once", now=MONDAY + timedelta(minutes=1)).json["poll"]["changes"] == []
        assert house.run("search", "boats").json["total"] == 6
        house.run("run", "--once", now=TUESDAY)
        assert house.mails() == []


def test_each_verb_alone_comes_to_the_same(started: Path, undisturbed: Traces, tmp_path: Path) -> None:
    with copy_of(started, tmp_path) as house:
        for verb in (["poll"], ["resolve"], ["match"], ["digest", "send"], ["deliver"]):
            assert house.run(*verb, now=TUESDAY).code == 0
        assert finish(house) == undisturbed


def test_each_verb_twice_comes_to_the_same(started: Path, undisturbed: Traces, tmp_path: Path) -> None:
    with copy_of(started, tmp_path) as house:
        for verb in (["poll"], ["resolve"], ["match"], ["digest", "send"], ["deliver"]):
            house.run(*verb, now=TUESDAY)
            again = house.run(*verb, now=TUESDAY).json
            assert not any(again.get(tray) for tray in ("changes", "matches", "planned", "sent")), verb
        assert finish(house) == undisturbed


@pytest.mark.parametrize(
    "order", [["deliver", "digest", "match", "poll"], ["poll", "digest", "deliver", "resolve", "match"]]
)
def test_verbs_in_an_odd_order_come_to_the_same(
    started: Path, undisturbed: Traces, tmp_path: Path, order: list[str]
) -> None:
    with copy_of(started, tmp_path) as house:
        for verb in order:
            house.run(*([verb, "send"] if verb == "digest" else [verb]), now=TUESDAY)
        traces = finish(house)
        assert traces.archive == undisturbed.archive
        house.run("run", "--once", now=at("2024-12-11 08:00"))
        assert news(traces_of(house)) == news(undisturbed)


def news(traces: Traces) -> list[str]:
    """Every line of news with whom it went to, in whichever mail."""
    return sorted(f"{to} {line}" for to, _, words in traces.mails.values() for line in words.split(" NEW:"))


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """The same throws for the same round."""
    return random.Random(request.node.name)


@pytest.mark.torture
@pytest.mark.parametrize("round_", range(200))
def test_killed_again_and_again(
    started: Path, undisturbed: Traces, tmp_path: Path, dice: random.Random, round_: int
) -> None:
    """Up to four kills of one run, at any request or write."""
    with copy_of(started, tmp_path) as house:
        for _ in range(dice.randint(1, 4)):
            assassin = Assassin(house.world, dice.randint(1, 24) if dice.random() < 0.5 else 10_000)
            house.publisher._otherwise = assassin
            child = start(house, "run", "--once", now=TUESDAY)
            assassin.aim(child)
            seen, left = footprint(tmp_path), dice.randint(1, 16)
            while child.process.poll() is None and left:
                now = footprint(tmp_path)
                left -= now != seen
                seen = now
            child.kill()
        assert finish(house) == undisturbed, f"round {round_}"
