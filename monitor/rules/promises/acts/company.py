"""What comes out with another document: `will accompany it`, `is accompanied by a summary`, `is also published`."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.rules.promises.acts.subjects import subjects
from monitor.rules.promises.acts.verbs import Act
from monitor.rules.promises.nouns.coordination import named
from monitor.rules.promises.nouns.phrases import Phrase
from monitor.rules.promises.sentence.chunks import Chunk

_ALSO = frozenset("also too".split())
_DOING = frozenset(("is done", "is being done", "has been done"))


def is_accompanied(act: Act) -> bool:
    """Whether an act says what its subject comes with: `is accompanied by a summary`."""
    return act.verb.name == "accompany" and act.voice == "passive"


def is_followed(act: Act) -> bool:
    """Whether an act says what comes after its subject: `will be followed by a consultation`."""
    return act.verb.name == "be followed"


def host_phrases(row: Sequence[Chunk], act: Act, before: Act | None) -> tuple[Phrase, ...]:
    """What is said to be accompanied."""
    return subjects(row, act, before).phrases if is_accompanied(act) else ()


def is_with_others(row: Sequence[Chunk], act: Act, end: int) -> bool:
    """Whether it comes out with the document before: `will accompany it`, `will be published with them`."""
    pairs = zip(row[act.end : end], row[act.end + 1 : end], strict=False)
    ties = ("with", "alongside", "to") if act.verb.name == "add" else ("with", "alongside")
    beside = any(one.low in ties and two.low in ("it", "them", "this", "that", "these") for one, two in pairs)
    led = act.start > 1 and row[0].low in ties and row[1].low in ("it", "them", "this", "that", "these")
    accompanies = act.verb.name == "accompany" and not goes_with_statement(row, act)
    return beside or led or accompanies or _is_added(row, act)


def goes_with_statement(row: Sequence[Chunk], act: Act) -> bool:
    """`accompanies this statement`: it comes out with the Minister's own words."""
    behind = [chunk.low for chunk in row[act.end : act.end + 2]]
    return act.verb.name == "accompany" and behind in (
        ["this", "statement"],
        ["my", "statement"],
        ["this", "announcement"],
    )


def _is_added(row: Sequence[Chunk], act: Act) -> bool:
    """`is also published`, `are published as well`: it goes on with what was said just before."""
    if act.standing not in _DOING or not act.marked:
        return False
    behind = [chunk.low for chunk in row[act.end : act.end + 3]]
    return (
        bool(_ALSO & {chunk.low for chunk in row[act.start : act.at]})
        or behind[:1] == ["too"]
        or (behind[:2] == ["as", "well"] and behind[2:] != ["as"])
    )


def accompanying(row: Sequence[Chunk], act: Act, end: int) -> tuple[Phrase, ...]:
    """What it is accompanied or followed by; a clause between commas may stand before that."""
    start = act.end
    if start < end and row[start].text == ",":
        start = next((at for at in range(start + 1, end) if row[at].text == ","), start) + 1
    by = next((at for at in range(start, min(start + 3, end)) if row[at].low == "by"), None)
    return () if by is None or by + 1 >= end else named(row, by + 1, end)
