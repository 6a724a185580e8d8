"""Our own cases, `tests/data/promises/cases`: how often what is called kept is right, and what is right called so."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from monitor.model.promise import Candidate, PromiseDraft
from monitor.rules.keeping.resolution import Setting, resolve_promise

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "data" / "promises" / "cases"


@dataclass(frozen=True, slots=True)
class Settled:
    """Cases, those that have an answer, answers called kept, and publications called kept, rightly and wrongly."""

    cases: int
    answerable: int
    answered: int
    kept: int
    errors: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of what is called kept, how much is."""
        return 1 - sum(error.startswith("wrongly") for error in self.errors) / max(1, self.kept)

    @property
    def recall(self) -> float:
        """Of the promises that are kept, how many are called so."""
        return self.answered / max(1, self.answerable)


def case_batches() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each batch by its letter, in the order they were written."""
    for path in sorted(FOLDER.glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"))["case"]


def settle_all(cases: Iterable[dict[str, Any]]) -> Settled:
    """Judge every case and count."""
    count = answerable = answered = kept = 0
    errors: list[str] = []
    for case in cases:
        count += 1
        right = [row["title"] for row in case["found"] if row.get("right")]
        called = _called_kept(case)
        kept += len(called)
        answerable += bool(right)
        answered += bool(set(right) & set(called))
        fair = {row["title"] for row in case["found"] if row.get("fair") or row.get("right")}
        errors += [f"wrongly kept  {case['id']}  {title}" for title in called if title not in fair]
        errors += [f"not kept  {case['id']}  {title}" for title in right if title not in called]
    return Settled(count, answerable, answered, kept, tuple(errors))


def read_case(case: dict[str, Any]) -> tuple[PromiseDraft, list[tuple[Candidate, bool]], Setting]:
    """The promise of a case, each publication with whether it is right, and what the promise was made in."""
    promise = PromiseDraft(
        quote=case.get("quote", ""),
        expected=case["document"],
        where=("none",),
        due_text=None,
        due_from=case["from"],
        due_by=case.get("by"),
        tense="future",
        block=0,
        publisher=case.get("publisher"),
    )
    found = [(_candidate(row), bool(row.get("right") or row.get("fair"))) for row in case["found"]]
    return promise, found, Setting(case["on"], case["department"], case.get("about", ""))


def _called_kept(case: dict[str, Any]) -> list[str]:
    promise, found, setting = read_case(case)
    verdicts = resolve_promise(
        promise,
        [candidate for candidate, _ in found],
        made_on=setting.made_on,
        department=setting.department,
        about=setting.about,
    )
    return [verdict.key for verdict in verdicts if verdict.decision == "kept"]


def _candidate(row: dict[str, Any]) -> Candidate:
    return Candidate(
        title=row["title"],
        document_type=row["type"],
        departments=(row["by"],) if isinstance(row["by"], str) else tuple(row["by"]),
        published_at=datetime.combine(row["on"], time(9, 30), UTC),
        updated_at=datetime.combine(row.get("updated", row["on"]), time(9, 30), UTC),
        url="",
        language=row.get("language", "en"),
        summary=row.get("says", ""),
        key=row["title"],
    )
