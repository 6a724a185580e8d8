"""`monitor watch test` without a name: every watch of the config held against the archive, in one reading of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli import backtests, output
from monitor.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from monitor.config import Config
    from monitor.pipeline.backtest import ExampleOutcome, Revision
    from monitor.rules.trials.tally import Week

_FAILED = 1
_STEPS = "▁▂▃▄▅▆▇█"
_MOST_STEPS = 26


def show_overview(session: Session, config: Config, since: date, until: date) -> int:
    """What each watch would have brought, and its examples."""
    from monitor.pipeline.backtest import compare_watches, run_tests

    with session.open_archive() as archive:
        found = compare_watches(archive, {watch.name: (None, watch) for watch in config.watches}, since, until)
        tests = {watch.name: run_tests(archive, watch) for watch in config.watches}
    shape = {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "watches": [
            {
                "watch": name,
                "query": one.now,
                **backtests.volume_shape(one.volume),
                "tests": [backtests.outcome_shape(outcome) for outcome in tests[name]],
            }
            for name, one in found.items()
        ],
    }
    session.show(shape, lambda: _lines(found, tests, since))
    return 0 if all(outcome.passed for outcomes in tests.values() for outcome in outcomes) else _FAILED


def _lines(found: Mapping[str, Revision], tests: Mapping[str, Sequence[ExampleOutcome]], since: date) -> list[str]:
    size = max((-(-len(one.volume.weeks) // _MOST_STEPS) for one in found.values()), default=1)
    rows = [
        (f"  {name}", f"{one.volume.total:>5}", backtests.pace_words(one.volume), _line(one.volume.weeks, size))
        for name, one in found.items()
    ]
    step = "a week" if size == 1 else f"{size} weeks"
    lines = [f"{len(found)} watches since {since:%-d %B %Y}; each step of a line is {step}", *output.columns(rows)]
    told = [line for outcomes in tests.values() for line in backtests.outcome_lines(outcomes)]
    return [*lines, "", "examples", *told] if told else lines


def _line(weeks: Sequence[Week], size: int) -> str:
    """A step for so many weeks, as high as its share of the highest; a dot where they brought nothing."""
    counts = [sum(week.count for week in weeks[start : start + size]) for start in range(0, len(weeks), size)]
    most = max(counts, default=0)
    return "".join(_STEPS[-(-count * len(_STEPS) // most) - 1] if count else "·" for count in counts)
