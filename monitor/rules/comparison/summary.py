"""A comparison in one line, made by rule: "2 figures and 1 deadline changed in ‘Eligibility’; 61 words added".

A lone edit is quoted where it is short: "1 figure changed in ‘Fees’: 180 → 365", "‘a recent photograph’ removed".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from monitor.rules.comparison import terms
from monitor.rules.comparison.blocks import kind_of
from monitor.rules.comparison.edits import Edit, plain
from monitor.rules.comparison.materiality import Decision
from monitor.rules.comparison.telling import Kind, changed_words
from monitor.text import count_words

_COUNTED: tuple[Kind, ...] = ("deadline", "amount", "figure", "date", "modal verb", "negation", "name")
_NAMED_SECTIONS = 2
_HEADING_LENGTH = 60
_QUOTED = 50
"""Letters of an edit that are quoted in the line."""


def summarise(decisions: Sequence[Decision]) -> str:
    """Say in one line what changed, by what was decided about every edit of a comparison. Never empty."""
    telling = [decision for decision in decisions if decision.material]
    if not telling:
        return _slight(decisions)
    if len(telling) == 1 and (line := _lone(telling[0])):
        return line
    counted = [decision for decision in telling if decision.edit.op == "change" and _counted(decision)]
    parts = [_counts(counted), *_sections(telling), *_rows(telling), _words(telling, counted), _moves(telling)]
    return "; ".join(filter(None, parts)) or "symbols changed" + _places(telling)


def _slight(decisions: Iterable[Decision]) -> str:
    """The line for a change without substance."""
    whys = list(dict.fromkeys(decision.slight for decision in decisions))
    return f"only {_listed(whys)} changed" if whys else "nothing changed"


def _lone(decision: Decision) -> str:
    """The line for a single edit that is short enough to be quoted; else nothing."""
    edit = decision.edit
    if edit.op != "change":
        text = " ".join(plain(edit.came or edit.gone).split())
        told = edit.op != "move" and kind_of(edit.came or edit.gone) not in ("heading", "row") and len(text) <= _QUOTED
        return f"‘{text}’ {'added' if edit.came else 'removed'}{_places([decision])}" if told else ""
    if kind_of(edit.new_lead + edit.came + edit.new_rest) == "heading":
        before, after = edit.old_lead + edit.gone + edit.old_rest, edit.new_lead + edit.came + edit.new_rest
        return f"heading ‘{_shortened(plain(before))}’ became ‘{_shortened(plain(after))}’"
    counted = _counted(decision)
    gone, came = _stretch(edit, counted)
    if max(len(gone), len(came)) > _QUOTED or not any(map(str.isalnum, gone + came)):
        return ""
    if not counted:
        return _became([gone] if gone else [], [came] if came else []) + _places([decision])
    if len(counted) > 1 or counted[0] in ("modal verb", "negation"):
        return ""
    what = f"1 {counted[0]} {'changed' if gone and came else 'added' if came else 'removed'}{_places([decision])}"
    return f"{what}: {' → '.join(filter(None, (gone, came)))}"


def _stretch(edit: Edit, counted: Sequence[Kind]) -> tuple[str, str]:
    """What went and what came; of a date or an amount the whole of it, as in "3 May → 10 May"."""
    pattern = {"deadline": terms.DATE, "date": terms.DATE, "amount": terms.AMOUNT}.get(counted[0] if counted else "")
    sides = ((edit.old_lead[-_QUOTED:], edit.gone, edit.old_rest), (edit.new_lead[-_QUOTED:], edit.came, edit.new_rest))
    stretches = []
    for lead, text, rest in sides:
        start, end = len(lead), len(lead) + len(text.rstrip())
        whole = lead + text + rest[:_QUOTED]
        for found in pattern.finditer(whole) if pattern and text.strip() else ():
            if found.start() < end and start < found.end():
                start, end = min(start, found.start()), max(end, found.end())
        stretches.append(" ".join(whole[start:end].split()).strip(",.;:"))
    return stretches[0], stretches[1]


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
    special: tuple[tuple[Kind, frozenset[str]], ...] = (("modal verb", terms.MODALS), ("negation", terms.NEGATIONS))
    for kind, words in special:
        if numbers[kind] == 1:
            line = _quoted(next(decision for decision in counted if kind in decision.kinds), words)
            if line:
                del numbers[kind]
                quoted.append(line)
    changed = [f"{numbers[kind]} {kind}{'s' if numbers[kind] > 1 else ''}" for kind in _COUNTED if numbers[kind]]
    lines = [*quoted, *([f"{_listed(changed)} changed"] if changed else [])]
    return "; ".join(lines) + _places(counted)


def _quoted(decision: Decision, known: frozenset[str]) -> str:
    """ "‘may’ became ‘must’", "‘not’ added"; empty where there is more to it."""
    words = {word.lower() for word in changed_words(decision.edit)} & known
    gone = [word for word in words if word in decision.edit.gone.lower().split()]
    came = [word for word in words if word in decision.edit.came.lower().split()]
    return _became(gone, came)


def _became(gone: Sequence[str], came: Sequence[str]) -> str:
    """One thing that went or came, or one of each, quoted; of more, nothing."""
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


def _rows(telling: Iterable[Decision]) -> list[str]:
    """Rows of tables that are new or gone, by number."""
    ops = Counter(decision.edit.op for decision in telling if _is_row(decision))
    numbers = ((ops["insert"], "added"), (ops["delete"], "removed"))
    return [f"{number} table row{'s' if number > 1 else ''} {what}" for number, what in numbers if number]


def _is_row(decision: Decision) -> bool:
    edit = decision.edit
    return edit.op in ("insert", "delete") and kind_of(edit.came or edit.gone) == "row"


def _words(telling: Sequence[Decision], counted: Sequence[Decision]) -> str:
    """Words added and removed beside those that were counted as figures, dates… or named as sections."""
    apart = set(map(id, counted))
    rest = [
        decision
        for decision in telling
        if id(decision) not in apart and not {"section", "move"} & {*decision.kinds} and not _is_row(decision)
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
