"""Commands about watches: what there is, how each is read, and what it would have brought."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli import backtests, output
from monitor.cli.session import Session
from monitor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from monitor.config import Config
    from monitor.model.watch import Watch
    from monitor.pipeline.backtest import BackTest

_QUARTER = timedelta(days=91)
FAILED = 1


def watch_options(parser: ArgumentParser) -> None:
    """What to do with which."""
    parser.add_argument(
        "action", choices=["list", "explain", "test", "diff"],
        help="list: the watches; explain: how one is read; test: what it would have brought, and its examples;"
        " diff: what a changed config gains and loses",
    )  # fmt: skip
    parser.add_argument(
        "name", nargs="?", help="explain, test: the watch (test without one: all of them); diff: the config as it was"
    )
    parser.add_argument(
        "new", nargs="?", type=Path, help="diff: the config as it will be (default: the one that holds)"
    )
    parser.add_argument(
        "--since", type=_day, metavar="DATE", help="test, explain, diff: from this day (default: 13 weeks ago)"
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--query", metavar="QUERY", help="test, explain: try this query, in the place of the watch's")
    instead.add_argument("--keywords", nargs="+", metavar="WORDS", help="test, explain: try these keywords")
    instead.add_argument("--against", type=Path, metavar="FILE", help="test: try the watch as this config has it")
    parser.add_argument("--html", type=Path, metavar="FILE", help="test: write a page of it there")


def watch(session: Session, options: Namespace) -> int:
    """The watches of the config."""
    until = session.clock().date()
    since = options.since or until - _QUARTER
    if options.action == "diff":
        from monitor.cli.watch_changes import show_changes

        return show_changes(session, options.name, options.new, since, until)
    config = session.read_config()
    if options.action == "list":
        return _list(session, config)
    if options.action == "test" and not any(
        (options.name, options.query, options.keywords, options.against, options.html)
    ):
        from monitor.cli.watch_overview import show_overview

        return show_overview(session, config, since, until)
    tried = _tried(session, config, options)
    chosen = tried if tried and not options.name else _named(config, options.name)
    from monitor.pipeline.backtest import back_test

    with session.open_archive() as archive:
        trial = back_test(archive, chosen, since, until, changed=tried)
    if options.action == "explain":
        return _explain(session, tried or chosen, trial)
    if options.html:
        _write_page(options.html, trial)
    session.show(backtests.backtest_shape(trial), lambda: backtests.backtest_lines(trial))
    return 0 if all(outcome.passed for outcome in trial.tests) else FAILED


def _tried(session: Session, config: Config, options: Namespace) -> Watch | None:
    """The watch as it might become: with another query or other keywords, or as another config has it."""
    from monitor.model.watch import Watch
    from monitor.rules.query.keywords import keywords_query
    from monitor.rules.query.parsing import parse_query

    before = _named(config, options.name) if options.name else Watch("query", "a query that is no watch yet")
    if options.query is not None:
        parse_query(options.query, where="--query")
        return replace(before, query=options.query, keywords=())
    if options.keywords:
        keywords_query(options.keywords, where="--keywords")
        return replace(before, query=None, keywords=tuple(options.keywords))
    if options.against is None:
        return None
    other = session.read_config(options.against)
    return next((one for one in other.watches if one.renamed_from == before.name), None) or _named(other, before.name)


def _write_page(path: Path, trial: BackTest) -> None:
    from monitor.cli.backtest_page import backtest_page

    try:
        path.write_text(backtest_page(trial), encoding="utf-8")
    except OSError as cause:
        raise UsageError("the page cannot be written", resource=str(path), cause=cause.strerror) from cause


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
    volume = trial.revision.volume if trial.revision else trial.volume
    shape = {
        "watch": chosen.name,
        "query": normal_form(query),
        "variants": {term: list(forms) for term, forms in variants.items()},
        "never_seen": sorted(trial.unseen),
        "on": list(chosen.on),
        "since": volume.since.isoformat(),
        "total": volume.total,
        "a_day": round(volume.a_day, 2),
        "a_week": round(volume.a_week, 1),
        "warnings": [backtests.oddity_shape(one) for one in trial.oddities],
    }
    brought = f"{f'{volume.total:,}' if volume.total else 'nothing'} since {volume.since:%-d %B %Y}"
    brought += f", {backtests.pace_words(volume)}" if volume.total else ""
    session.show(
        shape,
        lambda: [
            f"{chosen.name}: {chosen.title}",
            f"  looks for   {normal_form(query)}",
            *(
                f"  finds       {_forms(term, forms, trial.unseen)}"
                for term, forms in variants.items()
                if len(forms) > 1
            ),
            f"  hears of    {', '.join(chosen.on)}",
            f"  brought     {brought}",
            *backtests.oddity_lines(trial.oddities),
        ],
    )
    return 0


def _forms(term: str, forms: Sequence[str], unseen: Collection[str]) -> str:
    """A word and its forms, those last that nobody has written so far."""
    seen = [form for form in forms if form not in unseen]
    rest = [form for form in forms if form in unseen]
    if not seen:
        return f"{term} as {', '.join(rest)}"
    return f"{term} as {', '.join(seen)}" + (f"; not in the archive so far: {', '.join(rest)}" if rest else "")


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
