"""Our own whole statements, `tests/data/promises/statements`: how many of their promises are found, and how many are right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from monitor.cli.promise_files import statement_text
from monitor.model.promise import PromiseDraft
from monitor.rules.promises.extraction import extract_promises
from monitor.rules.promises.nouns.names import likeness

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "data" / "promises" / "statements"
NAME_ENOUGH = 0.6
"""How alike two names must be to be one document, as in the scorer of the labelled set."""


@dataclass(frozen=True, slots=True)
class Score:
    """Documents met, missed and false; of the met ones, how many have the right places and days; errors in words."""

    met: int = 0
    missed: int = 0
    false: int = 0
    placed: int = 0
    timed: int = 0
    errors: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        """Both together."""
        return Score(
            self.met + other.met, self.missed + other.missed, self.false + other.false, self.placed + other.placed,
            self.timed + other.timed, self.errors + other.errors,
        )  # fmt: skip

    @property
    def labels(self) -> int:
        """How many documents are promised."""
        return self.met + self.missed

    @property
    def precision(self) -> float:
        """Of what is found, how much is promised."""
        return self.met / max(1, self.met + self.false)

    @property
    def recall(self) -> float:
        """Of what is promised, how much is found."""
        return self.met / max(1, self.labels)


def batches() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each batch by its letter, in the order they were written."""
    for path in sorted(FOLDER.glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"))["statement"]


def markup(statement: dict[str, Any]) -> str:
    """A statement's text as HTML: a paragraph a line; a line of HTML as it stands."""
    lines = str(statement["text"]).strip().split("\n")
    return "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)


def score_all(statements: Iterable[dict[str, Any]]) -> Score:
    """The score of several statements together."""
    total = Score()
    for statement in statements:
        total += score(statement)
    return total


def score(statement: dict[str, Any]) -> Score:
    """Hold what is found in a statement against what it promises; the likest names are paired first."""
    made_on: date = statement["on"]
    form = "text" if statement.get("plain") else "html"
    text, links = statement_text({form: markup(statement) if form == "html" else statement["text"]}, FOLDER)
    found, wanted = list(extract_promises(text, links, made_on=made_on)), list(statement["promises"])
    pairs = sorted(
        (
            (alike(draft, label), -second, first)
            for first, draft in enumerate(found)
            for second, label in enumerate(wanted)
        ),
        reverse=True,
    )
    met: dict[int, int] = {}
    for value, second, first in pairs:
        if value >= NAME_ENOUGH and first not in met and -second not in met.values():
            met[first] = -second
    missed = [label for number, label in enumerate(wanted) if number not in met.values()]
    spare = [draft for number, draft in enumerate(found) if number not in met and not _excused(draft, statement)]
    right = [_right(found[first], wanted[second]) for first, second in met.items()]
    errors = [f"missed {label['name']}" for label in missed] + [f"false {draft.expected}" for draft in spare]
    errors += [
        f"where or when: {found[first].expected}, {found[first].where}, {found[first].due_from} to {found[first].due_by}"
        for (first, _), both in zip(met.items(), right, strict=True)
        if not all(both)
    ]
    return Score(
        len(met), len(missed), len(spare), sum(place for place, _ in right), sum(day for _, day in right),
        tuple(f"{statement['id']}  {error}" for error in errors),
    )  # fmt: skip


def alike(draft: PromiseDraft, label: dict[str, Any]) -> float:
    """How alike a found name is to one of a document's names."""
    return max(likeness(draft.expected, name) for name in (label["name"], *label.get("also", ())))


def _excused(draft: PromiseDraft, statement: dict[str, Any]) -> bool:
    """Whether a document that was found beside the promised ones may be, or is one of them again."""
    optional = [{"name": name} for name in statement.get("optional", ())]
    return any(alike(draft, label) >= NAME_ENOUGH for label in (*statement["promises"], *optional))


def _right(draft: PromiseDraft, label: dict[str, Any]) -> tuple[bool, bool]:
    """Whether the places, and whether the days, are those of the label."""
    place = bool(label.get("any_place")) or set(draft.where) == set(label["where"])
    days = (str(draft.due_from), str(draft.due_by or "")) == (label["from"], label["by"])
    return place, bool(label.get("any_day")) or days
