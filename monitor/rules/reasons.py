"""Why a watch's subscriber was not told of a publication: the first of the possible reasons that holds. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.model.change import Change
from monitor.model.subscriber import Subscriber, Subscription
from monitor.model.watch import Match, Watch
from monitor.rules.query.evaluating import Clause, Evaluation

_MOST_NAMES = 3

Outcome = Literal["mailed", "withheld", "no-match", "unknown"]
Verdict = tuple[Outcome, str]
When = Callable[[datetime], str]
"""Writes a time as the operator reads it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One publication before one watch of one subscriber.

    `changes` are all that happened to it, `matches` those the watch made of them, `evaluation` what the watch makes of it
    now; `matched_to` is how far the changes were held against the watches, `said_since` since when this one says what it
    says (None: it has not been used so yet).
    """

    watch: Watch
    person: Subscriber
    subscription: Subscription
    changes: Sequence[Change]
    matches: Sequence[Match]
    evaluation: Evaluation
    matched_to: int
    said_since: datetime | None


def why_untold(case: Case, when: When) -> Verdict:
    """The verdict on a publication of which no mail to this person has told."""
    if case.matches:
        return "withheld", _why_owed(case, when)
    if not case.evaluation.matched:
        return "no-match", why_unmatched(case.evaluation)
    return "withheld", _why_unmade(case, when)


def why_unmatched(evaluation: Evaluation) -> str:
    """The clauses for which a query refused a document, in words."""
    absent = [clause for clause in evaluation.failed if clause.wanted]
    there = [clause for clause in evaluation.failed if not clause.wanted]
    parts = [f"not in it: {_names(absent)}"] if absent else []
    parts += [f"in it, though the watch says NOT: {_names(there)}"] if there else []
    return "; ".join(parts)


def _why_owed(case: Case, when: When) -> str:
    """It made a match that no mail has told of."""
    person, match = case.person, case.matches[-1]
    seen = when(match.change.detected_at)
    if person.confirmed_at is None:
        return "they have not said yes yet; nothing is sent before, and nothing older is owed then"
    if match.id <= case.subscription.covered_to:
        if match.change.detected_at <= person.confirmed_at:
            return f"it was seen {seen}, before they said yes on {when(person.confirmed_at)}: nothing older is owed"
        return f"it was seen {seen}, before they took up this watch: nothing older is owed"
    if person.state == "paused":
        until = f"until {when(person.paused_until)}" if person.paused_until else "until `monitor subscriber resume`"
        return f"they are paused {until}; it is told when they come back"
    if person.state == "suspended":
        return "mail to them came back, so they are suspended; it is told after `monitor subscriber resume`"
    return f"it waits for their next {case.subscription.every} digest"


def _why_unmade(case: Case, when: When) -> str:
    """It matches, and yet no change to it made a match."""
    if not case.changes:
        return "it came with the baseline, the first poll of its feed, of which nobody is told; nothing happened since"
    heard = [change for change in case.changes if case.watch.hears_of(change.kind)]
    if not heard:
        kinds = ", ".join(dict.fromkeys(change.kind for change in case.changes))
        return f"the watch does not hear of what happened to it: {kinds} (on: {', '.join(case.watch.on)})"
    newest = heard[-1]
    if newest.id > case.matched_to:
        return "what happened to it has not been held against the watches yet; `monitor match` does so"
    if case.said_since is None:
        return "the watch is new, or was changed, and has not been used so yet: what happens from now on is told"
    if newest.detected_at < case.said_since:
        return f"the watch says what it says since {when(case.said_since)}; what happened to it was seen before"
    if newest.kind == "updated":
        return "it matched before, and the passages that changed do not: an edit elsewhere in it is not told"
    return "it matches as it is now, and did not as it was when something happened to it"


def _names(clauses: Sequence[Clause]) -> str:
    names = [clause.text for clause in clauses]
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more
