"""Bank holidays of the United Kingdom, shipped in the form of GOV.UK's bank-holidays.json (2024 to 2035).

Days that are announced for one year only are in it as far as they were known; a newer file of GOV.UK may take its place.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Division = Literal["england-and-wales", "scotland", "northern-ireland"]


@lru_cache(maxsize=3)
def bank_holidays(division: Division = "england-and-wales") -> frozenset[date]:
    """The days on which, by the division's law or custom, offices are closed; weekends are not among them."""
    data = json.loads((files("monitor.mail") / "bank_holidays.json").read_text(encoding="utf-8"))
    return frozenset(date.fromisoformat(event["date"]) for event in data[division]["events"])
