"""A comparison in one line, made by rule: "2 figures and 1 deadline changed in ‘Eligibility’; 61 words added"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from monitor.model.diff import Diff
from monitor.rules.comparison.edits import plain
from monitor.rules.comparison.materiality import Decision, decide
from monitor.rules.comparison.telling import Kind, changed_words
from monitor.rules.comparison.terms import MODALS, NEGATIONS
from monitor.text import count_words

_COUNTED: tuple[Kind, ...] = ("deadline", "amount", "figure", "date", "modal verb", "negation", "name")
_NAMED_SECTIONS = 2
_HEADING_LENGTH = 60


def summarise(diff: Diff) -> str:
    """Say in one line what changed. Never empty."""
    decisions = decide(diff)
    telling = [decision for decision in decisions if decision.material]
    if not telling:
        return _slight(decisions)
    counted = [decision for decision in telling if decision.edit.op == "change" and _counted(decision)]
    parts = [_counts(counted), *_sections(telling), _words(telling, counted), _moves(telling)]
    return "; ".join(filter(None, parts)) or "symbols changed" + _places(telling)


def _slight(decisions: Iterable[Decision]) -> str:
    """The line for a change without substance."""
    whys = list(dict.fromkeys(decision.slight for decision in decisions))
    return f"only {_listed(whys)} changed" if whys else "nothing changed"


def _counted(decision: Decision) -> list[Kind]:
    """What an edit is counted under: everything that always counts, a name only where there is nothing else."""
    kinds = [kind for kind in decision.kinds if kind in _COUNTED]
    return [kind for kind in kinds if kind != "name"] or kinds


def _counts(counted: Sequence[Decision]) -> str:
    """How many figures, deadlines… changed, and where; a single modal verb or negation is quoted."""
    if not counted:
        return ""
    numbers = Counter(kind for decision in counted for kind in _counted(decision))
    quoted = []
    special: tuple[tuple[Kind, frozenset[str]], ...] = (("modal verb", MODALS), ("negation", NEGATIONS))
    for kind, terms in special:
        if numbers[kind] == 1:
            line = _quoted(next(decision for decision in counted if kind in decision.kinds), terms)
            if line:
                del numbers[kind]
                quoted.append(line)
    changed = [f"{numbers[kind]} {kind}{'s' if numbers[kind] > 1 else ''}" for kind in _COUNTED if numbers[kind]]
    lines = [*quoted, *([f"{_listed(changed)} changed"] if changed else [])]
    return "; ".join(lines) + _places(counted)


def _quoted(decision: Decision, terms: frozenset[str]) -> str:
    """ "‘may’ became ‘must’", "‘not’ added"; empty where there is more to it."""
    words = {word.lower() for word in changed_words(decision.edit)} & terms
    gone = [word for word in words if word in decision.edit.gone.lower().split()]
    came = [word for word in words if word in decision.edit.came.lower().split()]
    if len(gone) == 1 and len(came) == 1:
        return f"‘{gone[0]}’ became ‘{came[0]}’"
    if len(gone) + len(came) == 1:
        return f"‘{(gone or came)[0]}’ {'removed' if gone else 'added'}"
    return ""


def _places(decisions: Iterable[Decision]) -> str:
    headings = list(dict.fromkeys(decision.edit.heading for decision in decisions))
    if not any(headings):
        return ""
    if len(headings) > _NAMED_SECTIONS:
        return f" in {len(headings)} sections"
    return " in " + _listed([f"‘{_shortened(heading)}’" if heading else "the introduction" for heading in headings])


def _sections(telling: Iterable[Decision]) -> list[str]:
    """Sections that are new or gone, by name where there are few."""
    telling = list(telling)
    lines = []
    for op, what in (("insert", "new"), ("delete", "removed")):
        heads = [decision.edit for decision in telling if decision.edit.op == op and "section" in decision.kinds]
        names = [f"‘{_shortened(plain(edit.came or edit.gone))}’" for edit in heads]
        if len(names) > _NAMED_SECTIONS:
            lines.append(f"{len(names)} {what} sections")
        elif names:
            lines.append(f"{what} section{'s' if len(names) > 1 else ''} {_listed(names)}")
    return lines


def _words(telling: Sequence[Decision], counted: Sequence[Decision]) -> str:
    """Words added and removed beside those that were counted as figures, dates… or named as sections."""
    apart = set(map(id, counted))
    rest = [
        decision for decision in telling if id(decision) not in apart and not {"section", "move"} & {*decision.kinds}
    ]
    added = sum(count_words(plain(decision.edit.came)) for decision in rest)
    removed = sum(count_words(plain(decision.edit.gone)) for decision in rest)
    sides = ((added, "added"), (removed, "removed"))
    parts = [f"{number} word{'s' if number > 1 else ''} {what}" for number, what in sides if number > 0]
    if len(parts) == 2:
        parts[1] = f"{removed} removed"
    named = any("section" in decision.kinds for decision in telling)
    return _listed(parts) + ("" if counted or named or not parts else _places(rest))


def _moves(telling: Iterable[Decision]) -> str:
    number = sum(decision.edit.op == "move" for decision in telling)
    return f"{number} paragraph{'s' if number > 1 else ''} moved" if number else ""


def _shortened(heading: str) -> str:
    if len(heading) <= _HEADING_LENGTH:
        return heading
    return (heading[:_HEADING_LENGTH].rpartition(" ")[0] or heading[:_HEADING_LENGTH]) + "…"


def _listed(things: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(things[:-1]), *things[-1:]]))
