"""Subscribers' own watches on the command line: read, held against the last 100 days, and added; part of `subscriber`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli.session import Session
from monitor.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from monitor.mail.own_watches import OwnWatch
    from monitor.model.subscriber import Every, Subscriber
    from monitor.pipeline.backtest import Expectation
    from monitor.pipeline.turns import Readership

_LONGEST_TITLE = 80
_DEPARTMENTS = 3


def check_own(session: Session, text: str) -> None:
    """Raises QueryError where a query cannot be read, UsageError where it would bring more than anybody reads."""
    from monitor.pipeline.backtest import expect_volume
    from monitor.rules.query.parsing import parse_query
    from monitor.rules.trials.review import LOUD

    query = parse_query(text, where="--query")
    try:
        with session.open_archive() as archive:
            expected = expect_volume(archive, query, session.clock().date())
    except NotFoundError:
        session.say("monitor: there is no archive yet, so nobody knows how much this brings")
        return
    if expected.a_day > LOUD:
        raise UsageError(_refusal(expected, LOUD))


def add_own(
    session: Session, readership: Readership, person: Subscriber, query: str, title: str | None, every: Every
) -> None:
    """Give somebody a watch of their own."""
    from monitor.mail.own_watches import OwnWatches
    from monitor.pipeline.own_matching import begin_own_watches

    own = OwnWatches(readership.bounces.connection)
    try:
        with session.open_archive() as archive:
            begin_own_watches(archive, own)
    except NotFoundError:
        # The first run makes the archive, and begins there.
        pass
    own.add(person.id, query, title or query[:_LONGEST_TITLE], every, session.clock())


def titles_of_own(readership: Readership, person: Subscriber) -> dict[str, str]:
    """What somebody's own watches are called, by name."""
    return {watch.name: watch.title for watch in _of(readership, person)}


def queries_of_own(readership: Readership, person: Subscriber) -> dict[str, str]:
    """What somebody's own watches look for, by name."""
    return {watch.name: watch.query for watch in _of(readership, person)}


def _of(readership: Readership, person: Subscriber) -> tuple[OwnWatch, ...]:
    from monitor.mail.own_watches import OwnWatches

    return OwnWatches(readership.bounces.connection).of(person.id)


def _refusal(expected: Expectation, most: float) -> str:
    whose = ", ".join(f"{name} {count}" for name, count in expected.departments[:_DEPARTMENTS])
    return (
        f"this would bring about {expected.a_day:.0f} a day, and {most:.0f} are the most"
        f" ({expected.total} in the last 100 days: {whose}); narrow it: another word, title:, dept:, type:, NOT"
    )
