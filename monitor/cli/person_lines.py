"""Subscribers as commands show them, for people and for scripts: how they stand, what they watch, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli import output, shapes
from monitor.cli.own_watches import queries_of_own

if TYPE_CHECKING:
    from monitor.mail.consents import Consent
    from monitor.model.subscriber import Subscriber
    from monitor.pipeline.turns import Readership


def person_shape(readership: Readership, person: Subscriber) -> shapes.Shape:
    """A subscriber for scripts; watches of their own with their queries."""
    mine = queries_of_own(readership, person)
    return {
        "address": person.email,
        "state": person.state,
        "confirmed_at": shapes.time_shape(person.confirmed_at),
        "paused_until": shapes.time_shape(person.paused_until),
        "format": person.format,
        "timezone": person.timezone,
        "language": person.language,
        "working_days": person.working_days,
        "heartbeat": person.heartbeat,
        "subscriptions": [
            {"watch": one.watch, "every": one.every, "query": mine.get(one.watch)} for one in person.subscriptions
        ],
    }


def person_line(readership: Readership, person: Subscriber | None) -> str:
    """A subscriber in a line for people: state, watches, and what is waited for."""
    if person is None:
        return "erased; only a keyed hash is kept, so that the address is not written to again"
    waiting = "" if person.confirmed_at else "; a mail asks them to confirm, nothing else is sent until they do"
    until = f" until {output.when(person.paused_until)}" if person.paused_until else ""
    return f"{person.email}: {person.state}{until}, {wishes_text(readership, person)}{waiting}"


def wishes_text(readership: Readership, person: Subscriber) -> str:
    """The watches of a subscriber, and how often each is told."""
    mine = queries_of_own(readership, person)
    names = [f"{one.watch} ({mine[one.watch]})" if one.watch in mine else one.watch for one in person.subscriptions]
    told = zip(names, person.subscriptions, strict=True)
    return ", ".join(f"{name} {one.every}" for name, one in told) or "no watches"


def consent_shape(line: Consent) -> shapes.Shape:
    """One thing that happened to a subscription, for scripts."""
    return {
        "at": shapes.time_shape(line.at),
        "act": line.act,
        "how": line.how,
        "detail": line.detail,
        "wording": line.wording,
    }


def consent_text(line: Consent) -> str:
    """One thing that happened to a subscription, for people."""
    return f"  {output.when(line.at)}  {line.act} by {line.how}" + (f": {line.detail}" if line.detail else "")
