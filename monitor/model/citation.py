"""A citation: what a text names by its number or its place, as people write it, without an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing that a sentence names.

    `target` names it as it is cited (`CP 1210`, `ISBN 978-1-5286-5290-2`, `Official Report, 9 December 2024, column 14WS`),
    `leads_to` in the one form it is looked up by (`CP 1210`, `9781528652902`, `Commons column 14WS`); `words` are the text's
    own. `dated_on` is the day named with it. `confidence`: 1.0 where the words leave no doubt what is meant.
    """

    target: str
    leads_to: str
    words: str
    sentence: str
    confidence: float = 1.0
    dated_on: date | None = None
