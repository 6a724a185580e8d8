"""A finding: what an examination of the monitor and of what it relies on has found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["well", "doubtful", "wrong", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One examination: what was looked at, how it is, and what to do."""

    subject: str
    verdict: Verdict
    said: str
