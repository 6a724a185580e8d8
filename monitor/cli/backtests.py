"""A back-test as JSON and as lines: a chart by week, what a change gains and loses, what is odd, what might belong in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.cli import output
from monitor.cli.shapes import Shape

if TYPE_CHECKING:
    from datetime import date

    from monitor.model.record import Record
    from monitor.pipeline.backtest import BackTest, Difference, ExampleOutcome, Revision
    from monitor.rules.trials.review import Oddity
    from monitor.rules.trials.suggestions import Kindred, Slip
    from monitor.rules.trials.tally import Volume, Week

_BAR = 40
_TELLING = 0.1
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def backtest_shape(trial: BackTest) -> Shape:
    """watch test."""
    return {
        "watch": trial.watch,
        "query": trial.query,
        **volume_shape(trial.volume),
        "tests": [outcome_shape(outcome) for outcome in trial.tests],
        "warnings": [oddity_shape(one) for one in trial.oddities],
        "suggestions": {
            "terms": [_kindred_shape(one) for one in trial.kindred],
            "spellings": [
                {"term": one.word, "found": one.near, "count": one.count, "term_count": one.count_of_word}
                for one in trial.slips
            ],
        },
        "changed": revision_shape(trial.revision) if trial.revision else None,
    }


def volume_shape(volume: Volume) -> Shape:
    """How much a query brings."""
    return {
        "since": volume.since.isoformat(),
        "until": volume.until.isoformat(),
        "total": volume.total,
        "a_day": round(volume.a_day, 2),
        "a_week": round(volume.a_week, 1),
        "median": volume.median,
        "busiest": _week_shape(volume.busiest) if volume.busiest else None,
        "weeks": [_week_shape(week) for week in volume.weeks],
        "departments": [[name, count] for name, count in volume.departments],
        "samples": [record_shape(record) for record in volume.samples],
    }


def revision_shape(revision: Revision) -> Shape:
    """What a changed query gains and loses."""
    return {
        "query": revision.now,
        "total": revision.volume.total,
        "a_week": round(revision.volume.a_week, 1),
        "weeks": [_week_shape(week) for week in revision.volume.weeks],
        "gains": difference_shape(revision.gains),
        "loses": difference_shape(revision.loses),
    }


def difference_shape(difference: Difference) -> Shape:
    """How many, and the newest of them."""
    return {"count": difference.count, "samples": [record_shape(record) for record in difference.samples]}


def record_shape(record: Record) -> Shape:
    """A publication, as a sample."""
    return {"key": record.key, "identifier": record.identifier, "title": record.title, "url": record.url}


def outcome_shape(outcome: ExampleOutcome) -> Shape:
    """One example of a watch."""
    return {
        "watch": outcome.watch,
        "expect": outcome.expect,
        "id": outcome.id,
        "passed": outcome.passed,
        "reason": outcome.reason,
    }


def oddity_shape(oddity: Oddity) -> Shape:
    """A warning about a query."""
    return {"kind": oddity.kind, "clause": oddity.clause, "message": oddity.message}


def _kindred_shape(one: Kindred) -> Shape:
    return {
        "term": one.word,
        "hits": one.matches,
        "hits_of": one.matches_of,
        "others": one.others,
        "others_of": one.others_of,
    }


def _week_shape(week: Week) -> Shape:
    return {"from": week.monday.isoformat(), "count": week.count}


def backtest_lines(trial: BackTest) -> list[str]:
    """watch test, for people."""
    volume = trial.volume
    lines = [
        f"{trial.watch}: {volume.total:,} publications since {volume.since:%-d %B %Y}, by week",
        *_chart(volume.weeks),
        f"  {volume_words(volume)}",
    ]
    if volume.departments:
        lines += ["", "by department", *output.columns([(f"  {count:>4}", name) for name, count in volume.departments])]
    if volume.samples:
        lines += ["", "the newest", *sample_lines(volume.samples)]
    if trial.revision:
        lines += ["", *revision_lines(trial.revision)]
    lines += ["", *oddity_lines(trial.oddities)] if trial.oddities else []
    lines += _suggestion_lines(trial.kindred, trial.slips)
    return [*lines, "", "examples", *outcome_lines(trial.tests)] if trial.tests else lines


def volume_words(volume: Volume) -> str:
    """The volume in a line."""
    busiest = volume.busiest
    if busiest is None:
        return "nothing in this time"
    return (
        f"{pace_words(volume)}; the median week has {volume.median:g}; the busiest, from {_short(busiest.monday)},"
        f" {busiest.count}"
    )


def pace_words(volume: Volume) -> str:
    """How many a week, and a day where that says anything."""
    if not volume.total:
        return "nothing"
    a_week = f"{volume.a_week:.1f}" if volume.a_week >= _TELLING else f"under {_TELLING}"
    return f"{a_week} a week" + (f", {volume.a_day:.1f} a day" if volume.a_day >= _TELLING else "")


def revision_lines(revision: Revision) -> list[str]:
    """What a changed query gains and loses."""
    lines = [
        f"changed to {revision.now}",
        f"  {revision.volume.total:,} instead of {revision.volume_before.total:,}, {revision.volume.a_week:.1f} a week",
    ]
    for verb, difference in (("gains", revision.gains), ("loses", revision.loses)):
        lines.append(f"  {verb} {difference.count:,}" + (", the newest:" if difference.count else ""))
        lines += sample_lines(difference.samples, indent="    ")
    return lines


def sample_lines(samples: Sequence[Record], indent: str = "  ") -> list[str]:
    """Publications, one a line."""
    return [f"{indent}{record.identifier or record.key}  {record.title}" for record in samples]


def oddity_lines(oddities: Sequence[Oddity]) -> list[str]:
    """Warnings, one a line."""
    return [f"  warning: {one.message}" for one in oddities]


def outcome_lines(outcomes: Sequence[ExampleOutcome]) -> list[str]:
    """Examples, one a line."""
    return [
        f"  {'ok  ' if one.passed else 'FAIL'} {one.watch}: {one.expect} {one.id}"
        + (f" ({one.reason})" if one.reason else "")
        for one in outcomes
    ]


def _suggestion_lines(kindred: Sequence[Kindred], slips: Sequence[Slip]) -> list[str]:
    lines = []
    if kindred:
        rows = [
            (
                f"  {one.word}",
                f"in {one.matches} of {one.matches_of} matches",
                f"in {one.others} of {one.others_of} others",
            )
            for one in kindred
        ]
        lines += [
            "",
            "words that come with the matches far more than elsewhere (of those looked at)",
            *output.columns(rows),
        ]
    if slips:
        lines += ["", "one slip of spelling away", *(f"  {slip_words(one)}" for one in slips)]
    return lines


def slip_words(slip: Slip) -> str:
    """A near miss by spelling, in words."""
    times = "publication has" if slip.count == 1 else "publications have"
    own = f"{slip.count_of_word:,} have" if slip.count_of_word else "none has"
    return f"{slip.count:,} {times} “{slip.near}”, {own} “{slip.word}”"


def _chart(weeks: Sequence[Week]) -> list[str]:
    """A bar for each week; the number stands beside it, so that the picture is never all there is."""
    most = max((week.count for week in weeks), default=0) or 1
    rows = [(f"  {_short(week.monday)}", f"{week.count:>4}", _bar(week.count / most)) for week in weeks]
    return [line.rstrip() for line in output.columns(rows)]


def _bar(share: float) -> str:
    whole, rest = divmod(round(share * _BAR * 8), 8)
    return "█" * whole + _EIGHTHS[rest].strip()


def _short(day: date) -> str:
    return f"{day:%-d %b %Y}"
