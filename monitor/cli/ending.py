"""A watch is given up: `monitor subscriber end --watch NAME` without an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.cli.session import Session

if TYPE_CHECKING:
    from monitor.pipeline.turns import Readership


def end_for_all(session: Session, readership: Readership, watches: Sequence[str]) -> int:
    """Stop watches for everybody who is subscribed to them."""
    people, now = readership.subscribers, session.clock()
    ended = 0
    for person in people.each():
        for name in sorted({one.watch for one in person.subscriptions} & set(watches)):
            people.end(person.email, now, watch=name)
            ended += 1
    session.show({"ended": ended}, lambda: [f"{ended} subscriptions ended"])
    return 0
