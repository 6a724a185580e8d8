"""What each thing that speaks for or against a publication weighs, and the marks it is held against.

A weight is a logarithm of odds: how much likelier a thing is with the right document than with another. They were fitted to
labelled cases by `benchmarks/weights.py`, each with its sign held; those that no case tells of are set by hand, and say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Sign = Literal[
    "title", "summary", "said beside", "of the title", "whole name", "words of kind", "usual type", "unusual type",
    "kind near", "kind other", "kind strict", "own", "family", "narrow", "updated", "updated on the day", "updated, whole",
    "early", "late", "same number", "series", "series unsaid", "stage", "about", "belongs", "other word", "proper", "person",
    "lacks",
]  # fmt: skip
"""What can be found; each finding says how much of it there is."""

WEIGHTS: Mapping[Sign, float] = {
    "title": 0.99, "summary": 1.65, "said beside": 1.01, "of the title": 0.59, "whole name": 0.86, "words of kind": 0.23,
    "usual type": 1.88, "unusual type": -1.89, "kind near": -2.33, "kind other": -1.19, "kind strict": -0.99, "own": 0.8,
    "family": 0.88, "narrow": 2.65, "updated": -1.9, "updated on the day": 1.17, "updated, whole": 0.71, "early": -1.19,
    "late": -0.69, "series": 0.76, "series unsaid": -0.4, "stage": -0.9, "about": -0.63, "belongs": -0.28,
    "other word": -2.06, "proper": -2.05, "person": 0.26, "lacks": -0.61,
    "same number": 3.0,  # by hand: no case has one
}  # fmt: skip
NONE = 3.1
"""The weight of its being none of them."""
KEPT = 0.55
"""From this chance on the likeliest publication keeps the promise, if nothing about it is doubtful."""
POSSIBLE = 0.15
"""From this chance on it is shown as possible."""
LEAST = 0.25
"""How much of the promised name a title and its summary must carry to be considered at all."""
ENOUGH, ENOUGH_OF_FEW = 0.4, 0.7
"""And to be called kept, where it did not come on the very day that it was promised for; more of a name of few telling words."""
MOSTLY = 0.8
"""How much of another department's title must be in the name."""
