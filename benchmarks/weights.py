"""What the weights of `monitor/rules/keeping/weights.py` come to when they are fitted to the labelled cases.

    python -m benchmarks.weights                    the weights, to be put there by hand
    python -m benchmarks.weights --held-out         also how each batch fares by weights that were fitted without it
    python -m benchmarks.weights --labels FOLDER    with the shared set of another folder (resolve.jsonl)

A conditional logit: in each case one candidate is right or none is, and its chance is its weight's exponential by the sum of
all. What is sought is the weights by which the right one is likeliest, small ones before large ones, each with its sign. A
case that has a right answer is counted once more, lightly, without it: documents come one by one, and the right one may
come last.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from benchmarks._cases import case_batches, read_case
from monitor.cli.promise_files import read_labelled_case
from monitor.model.promise import Candidate, PromiseDraft
from monitor.rules.keeping.resolution import Opinion, Setting, find
from monitor.rules.keeping.weights import KEPT, NONE, WEIGHTS, Sign

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "promises"
BY_HAND = frozenset[Sign](("same number",))
SIGNS: tuple[Sign, ...] = get_args(Sign)
NEAR_MISSES = frozenset("abcdefghijo")
"""Batches that are nothing but near misses, or titles in other words; they count for less."""
_LESS, _WITHOUT, _SMALL = 0.6, 0.25, 0.2
_STEPS = 400
Amounts = Mapping[Sign, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """A case: of each candidate that is not ruled out what was found, whether it is right, and whether it may be kept."""

    found: tuple[Amounts, ...]
    right: tuple[bool, ...]
    sure: tuple[bool, ...]
    answerable: bool
    counts: float


Weights = dict[Sign | None, float]
"""By what was found; under None the weight of its being none of them."""


def choice(promise: PromiseDraft, found: Iterable[tuple[Candidate, bool]], setting: Setting, counts: float) -> Choice:
    """A case as it is fitted. A page of a publication that is there too is left out."""
    rows = list(found)
    titles = {candidate.title for candidate, _ in rows if candidate.document_type != "html_publication"}
    kept = [
        (Opinion(candidate, find(promise, candidate, setting)), right)
        for candidate, right in rows
        if candidate.document_type != "html_publication" or candidate.title not in titles
    ]
    open_ = [(opinion, right) for opinion, right in kept if not opinion.refused]
    return Choice(
        tuple(_amounts(opinion) for opinion, _ in open_),
        tuple(right for _, right in open_),
        tuple(not opinion.doubtful for opinion, _ in open_),
        any(right for _, right in rows),
        counts,
    )


def _amounts(opinion: Opinion) -> Amounts:
    found: dict[Sign, float] = {}
    for finding in opinion.findings:
        for sign, amount in finding.signs:
            found[sign] = found.get(sign, 0.0) + amount
    return found


def choices(labels: Path) -> dict[str, list[Choice]]:
    """All cases: our own batches, and the shared set where it is there."""
    found = {
        letter: [
            choice(*read_case(case), counts=_LESS if letter in NEAR_MISSES else 1.0)
            for case in cases
            if not case.get("about")
        ]
        for letter, cases in case_batches()
    }
    shared = labels / "resolve.jsonl"
    if shared.is_file():
        rows = (json.loads(line) for line in shared.read_text(encoding="utf-8").splitlines() if line.strip())
        found["shared"] = [choice(*read_labelled(row), counts=1.0) for row in rows]
    return found


def read_labelled(row: dict[str, Any]) -> tuple[PromiseDraft, list[tuple[Candidate, bool]], Setting]:
    """A line of the shared set."""
    promise, candidates, made_on, department = read_labelled_case(row)
    right = {*row["answer"], *row["acceptable"]}
    return promise, [(one, one.key in right) for one in candidates], Setting(made_on, department)


def chances(found: Sequence[Amounts], weights: Weights) -> list[float]:
    """The chance of each candidate, and behind them that of none."""
    sums = [sum(weights[sign] * amount for sign, amount in one.items()) for one in found] + [weights[None]]
    most = max(sums)
    powers = [math.exp(value - most) for value in sums]
    whole = sum(powers)
    return [power / whole for power in powers]


def loss(cases: Iterable[Choice], weights: Weights) -> tuple[float, Weights]:
    """How unlikely the right answers are, and how that changes with each weight."""
    total, slope = 0.0, dict.fromkeys(weights, 0.0)
    for case in cases:
        for found, right, counts in _readings(case):
            chance = chances(found, weights)
            truth = [*right, not any(right)]
            good = sum(one for one, is_true in zip(chance, truth, strict=True) if is_true)
            total -= counts * math.log(good)
            for at, (one, is_true) in enumerate(zip(chance, truth, strict=True)):
                pull = counts * (one - (one / good if is_true else 0.0))
                for sign, amount in found[at].items() if at < len(found) else ():
                    slope[sign] += pull * amount
                if at == len(found):
                    slope[None] += pull
    for sign, weight in weights.items():
        if sign is not None:
            total += _SMALL * weight * weight
            slope[sign] += 2 * _SMALL * weight
    return total, slope


def _readings(case: Choice) -> Iterator[tuple[tuple[Amounts, ...], tuple[bool, ...], float]]:
    if not case.answerable or any(case.right):
        yield case.found, case.right, case.counts
    if any(case.right) and not all(case.right):
        left = tuple(one for one, right in zip(case.found, case.right, strict=True) if not right)
        yield left, (False,) * len(left), case.counts * _WITHOUT


def fit(cases: Sequence[Choice]) -> Weights:
    """The weights, by descent with a step that grows while it helps; those set by hand, and every sign, are held."""
    weights: Weights = dict.fromkeys(SIGNS, 0.0) | {None: 0.0} | {sign: WEIGHTS[sign] for sign in BY_HAND}
    value, slope = loss(cases, weights)
    step = 0.02
    for _ in range(_STEPS):
        tried = {sign: _held(sign, weight - step * slope[sign]) for sign, weight in weights.items()}
        new, new_slope = loss(cases, tried)
        if new < value:
            weights, value, slope, step = tried, new, new_slope, step * 1.3
        else:
            step /= 2
    return weights


def _held(sign: Sign | None, weight: float) -> float:
    if sign is None:
        return weight
    if sign in BY_HAND:
        return WEIGHTS[sign]
    return max(0.0, weight) if WEIGHTS[sign] > 0 else min(0.0, weight)


def fare(cases: Sequence[Choice], weights: Weights) -> tuple[int, int, int]:
    """Of how many cases something is called kept, of how many rightly, and how many have an answer."""
    kept = right = 0
    for case in cases:
        chance = chances(case.found, weights)[:-1]
        at = max(range(len(chance)), key=chance.__getitem__, default=None)
        if at is not None and chance[at] >= KEPT and case.sure[at]:
            kept += 1
            right += case.right[at]
    return kept, right, sum(case.answerable for case in cases)


def main() -> None:
    """Fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, default=BESIDE, help="the folder of the shared set")
    parser.add_argument("--held-out", action="store_true", help="also fit without each batch, and try it")
    options = parser.parse_args()
    found = choices(options.labels)
    fitted = fit([case for cases in found.values() for case in cases])
    for sign in SIGNS:
        print(f"{sign:20} {fitted[sign]:6.2f}   in use {WEIGHTS[sign]:6.2f}")
    print(f"{'none of them':20} {fitted[None]:6.2f}   in use {NONE:6.2f}")
    for name in found if options.held_out else ():
        rest = [case for other, cases in found.items() if other != name for case in cases]
        kept, right, answerable = fare(found[name], fit(rest))
        print(
            f"{name:7} {len(found[name]):3} cases: kept {kept}, precision {right / max(1, kept):.3f},"
            f" recall {right / max(1, answerable):.3f}"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
