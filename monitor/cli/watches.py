"""Commands about watches: what there is, how each is read, and what it would have brought."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from monitor.cli import output, shapes
from monitor.cli.session import Session
from monitor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.config import Config
    from monitor.model.watch import Watch
    from monitor.pipeline.backtest import BackTest, ExampleOutcome

_BAR = 40
_QUARTER = timedelta(days=91)
FAILED = 1


def watch_options(parser: ArgumentParser) -> None:
    """What to do with which."""
    parser.add_argument(
        "action", choices=["list", "explain", "test"],
        help="list: the watches; explain: how one is read; test: what it would have brought, and its examples",
    )  # fmt: skip
    parser.add_argument("name", nargs="?", help="explain, test: the watch")
    parser.add_argument(
        "--since", type=_day, metavar="DATE", help="test, explain: from this day (default: 13 weeks ago)"
    )


def watch(session: Session, options: Namespace) -> int:
    """The watches of the config."""
    config = session.read_config()
    if options.action == "list":
        return _list(session, config)
    chosen = _named(config, options.name)
    until = session.clock().date()
    since = options.since or until - _QUARTER
    from monitor.pipeline.backtest import back_test

    with session.open_archive() as archive:
        trial = back_test(archive, chosen, since, until)
    if options.action == "explain":
        return _explain(session, chosen, trial)
    session.show(test_shape(trial), lambda: _test_lines(trial))
    return 0 if all(outcome.passed for outcome in trial.tests) else FAILED


def test_shape(trial: BackTest) -> shapes.Shape:
    """watch test."""
    return {
        "watch": trial.watch,
        "since": trial.since.isoformat(),
        "total": trial.total,
        "weeks": [{"from": monday.isoformat(), "count": count} for monday, count in trial.weeks],
        "departments": [[name, count] for name, count in trial.departments],
        "samples": [
            {"key": record.key, "identifier": record.identifier, "title": record.title, "url": record.url}
            for record in trial.samples
        ],
        "tests": [outcome_shape(outcome) for outcome in trial.tests],
    }


def outcome_shape(outcome: ExampleOutcome) -> shapes.Shape:
    """One example of a watch."""
    return {
        "watch": outcome.watch,
        "expect": outcome.expect,
        "id": outcome.id,
        "passed": outcome.passed,
        "reason": outcome.reason,
    }


def outcome_lines(outcomes: Sequence[ExampleOutcome]) -> list[str]:
    """Examples, one a line."""
    return [
        f"  {'ok  ' if one.passed else 'FAIL'} {one.watch}: {one.expect} {one.id}"
        + (f" ({one.reason})" if one.reason else "")
        for one in outcomes
    ]


def _list(session: Session, config: Config) -> int:
    with session.open_archive() as archive:
        counts = archive.matches.counts()
    rows = [
        {"name": one.name, "title": one.title, "keywords": list(one.keywords), "query": one.query, "on": list(one.on),
         "matches": counts.get(one.name, 0)}
        for one in config.watches
    ]  # fmt: skip
    table = [
        (one.name, f"{counts.get(one.name, 0)} matches", one.query or ", ".join(one.keywords)) for one in config.watches
    ]
    session.show({"watches": rows}, lambda: output.columns(table))
    return 0


def _explain(session: Session, chosen: Watch, trial: BackTest) -> int:
    from monitor.rules.query.normal import normal_form, variants_of
    from monitor.rules.watching import query_of

    query = query_of(chosen)
    variants = variants_of(query)
    weekly = trial.total / max(1, len(trial.weeks))
    shape = {
        "watch": chosen.name,
        "query": normal_form(query),
        "variants": {term: list(forms) for term, forms in variants.items()},
        "on": list(chosen.on),
        "since": trial.since.isoformat(),
        "total": trial.total,
        "a_week": round(weekly, 1),
    }
    session.show(
        shape,
        lambda: [
            f"{chosen.name}: {chosen.title}",
            f"  looks for   {normal_form(query)}",
            *(f"  finds       {term} as {', '.join(forms)}" for term, forms in variants.items() if len(forms) > 1),
            f"  hears of    {', '.join(chosen.on)}",
            f"  brought     {trial.total} since {trial.since:%-d %B %Y}, {weekly:.1f} a week",
            *(
                []
                if trial.total
                else ["  nothing in the archive of that time matches: is every word spelt as publishers do?"]
            ),
        ],
    )
    return 0


def _test_lines(trial: BackTest) -> list[str]:
    busiest = max((count for _, count in trial.weeks), default=0) or 1
    chart = [
        (f"  {monday:%-d %b %Y}", f"{count:>4}", "█" * round(_BAR * count / busiest)) for monday, count in trial.weeks
    ]
    lines = [
        f"{trial.watch}: {trial.total} publications since {trial.since:%-d %B %Y}, by week",
        *output.columns(chart),
    ]
    if trial.departments:
        lines += ["", "by department", *output.columns([(f"  {name}", count) for name, count in trial.departments])]
    if trial.samples:
        lines += [
            "",
            "the newest",
            *(f"  {record.identifier or record.key}  {record.title}" for record in trial.samples),
        ]
    if trial.tests:
        lines += ["", "examples", *outcome_lines(trial.tests)]
    return lines


def _named(config: Config, name: str | None) -> Watch:
    names = ", ".join(one.name for one in config.watches) or "none in the config"
    if name is None:
        raise UsageError(f"say which watch; there are {names}")
    for one in config.watches:
        if one.name == name:
            return one
    raise UsageError(f"no watch of the config is called {name}; there are {names}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no date; write it like 2024-12-10") from None
