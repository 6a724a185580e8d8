"""Whether a change is of substance, and why. Behaviour 3.3.

Every edit is decided on its own. White space, typography, numbering, the date of the last update, contact details,
boilerplate and navigation are not substance (`rules.slight`); figures, dates, amounts, modal verbs, negations, names and
any other wording are (`rules.telling`). A change is of substance when one of its edits is.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model.diff import Diff
from monitor.rules.comparison.edits import Edit, find_edits
from monitor.rules.comparison.slight import why_slight
from monitor.rules.comparison.telling import Kind, kinds_of

REASONS = 12
"""Reasons that are given; of further edits, the number."""

_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one edit, and the `reason` in words.

    `kinds` are what an edit of substance touches, the most telling first; `slight` is what kept another from being one.
    """

    edit: Edit
    reason: str
    kinds: tuple[Kind, ...] = ()
    slight: str = ""

    @property
    def material(self) -> bool:
        """Whether the edit is of substance."""
        return not self.slight


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a change is of substance. There is always a reason, also where nothing changed."""

    material: bool
    reasons: tuple[str, ...]


def judge(diff: Diff) -> Judgement:
    """Decide whether a change is of substance; the reasons are those of the edits that decided it, the first of them."""
    slight: dict[str, None] = {}
    telling: dict[str, None] = {}
    edits = find_edits(diff)
    for edit in edits:
        decision = _decide(edit)
        (telling if decision.material else slight)[decision.reason] = None
        if len(telling) == REASONS:
            break
    left = sum(1 for _ in edits)
    reasons = list(telling or slight) or ["no word changed"]
    more = max(left, len(reasons) - REASONS)
    return Judgement(bool(telling), (*reasons[:REASONS], *([f"and {more} more"] if more > 0 else [])))


def decide(diff: Diff) -> tuple[Decision, ...]:
    """Decide about every edit of a comparison."""
    return tuple(map(_decide, find_edits(diff)))


def _decide(edit: Edit) -> Decision:
    slight = why_slight(edit)
    if slight is not None:
        return Decision(edit, f"only {slight}{_place(edit)}: {_told(edit)}", slight=slight)
    kinds = kinds_of(edit)
    return Decision(edit, f"{kinds[0]}{_place(edit)}: {_told(edit)}", kinds)


def _place(edit: Edit) -> str:
    return f" in ‘{edit.heading}’" if edit.heading else ""


def _told(edit: Edit) -> str:
    """An edit in a few words."""
    if edit.op == "move":
        return f"{_short(edit.came)} moved" + (f" from ‘{edit.left}’" if edit.left != edit.heading else "")
    if edit.gone.strip() and edit.came.strip():
        return f"{_short(edit.gone)} → {_short(edit.came)}"
    if not (edit.gone + edit.came).strip():
        return "between words"
    return f"{_short(edit.came)} added" if edit.came.strip() else f"{_short(edit.gone)} removed"


def _short(text: str) -> str:
    """A text cut to be quoted, at the end of a word."""
    text = " ".join(text.split())
    if len(text) <= _QUOTED:
        return text
    head = text[:_QUOTED].rpartition(" ")[0] or text[:_QUOTED]
    return head + "…"
