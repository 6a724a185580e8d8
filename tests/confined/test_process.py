"""The standing process: each piece of work in a child of its own, whatever becomes of it, and every end said in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from monitor.confined.bounds import MB, Bounds
from monitor.confined.process import Confined, EndedError, UnstartableError

BOUNDS = Bounds(seconds=5, memory=300 * MB, answer=MB)


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    process = Confined("tests.fakes.confined_work")
    yield process
    process.close()


def end_of(confined: Confined, what: str, bounds: Bounds = BOUNDS) -> tuple[str, str]:
    with pytest.raises(EndedError) as ended:
        confined.ask({"do": what}, b"", bounds)
    return ended.value.end, ended.value.how


def test_each_piece_is_done_by_a_child_of_its_own(confined: Confined) -> None:
    answers = [confined.ask({"do": "turn"}, b"abc", BOUNDS) for _ in range(5)]
    assert {body for _, body in answers} == {b"cba"}
    assert len({header["by"] for header, _ in answers}) == 5
    assert confined.id not in {header["by"] for header, _ in answers}


@pytest.mark.parametrize(
    ("what", "end"),
    [
        ("crash", ("crash", "SIGSEGV")),
        ("grow", ("memory", "out of memory")),
        ("fail", ("crash", "exit 1")),
        ("leave", ("silent", "it left without a word")),
        ("say too much", ("memory", "out of memory")),
        ("pretend", ("silent", "")),
    ],
)
def test_a_piece_that_fails_says_how_and_the_next_is_done_by_the_same_process(
    confined: Confined, what: str, end: tuple[str, str]
) -> None:
    confined.ask({"do": "turn"}, b"", BOUNDS)
    before = confined.id
    assert end_of(confined, what) == end
    assert confined.ask({"do": "turn"}, b"ab", BOUNDS)[1] == b"ba"
    assert confined.id == before


def test_a_piece_that_runs_on_is_ended_in_time(confined: Confined) -> None:
    assert end_of(confined, "run on", Bounds(seconds=0.2, memory=300 * MB, answer=MB)) == ("late", "out of time")


def test_a_process_that_is_killed_under_its_work_is_started_once_more_and_no_more(confined: Confined) -> None:
    assert end_of(confined, "stop the server") == ("silent", "")
    assert confined.ask({"do": "turn"}, b"ab", BOUNDS)[1] == b"ba"


def test_a_module_that_does_not_serve_is_said_so() -> None:
    with pytest.raises(UnstartableError, match=r"`python -m monitor\.no_such_module` says why"):
        Confined("monitor.no_such_module").ask({}, b"", BOUNDS)
