"""Numbers in the names and titles of documents: of papers, of a series and its parts, and years."""

from __future__ import annotations

import re

_ORDINALS = {word: str(number) for number, word in enumerate(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)}  # fmt: skip
_TENS = {
    word: number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_COMPOUND = re.compile(rf"\b({'|'.join(_TENS)})-({'|'.join(list(_ORDINALS)[1:10])})\b", re.IGNORECASE)
_PAPER = re.compile(r"\b(?:HC|CP|Cm|Cmnd|HL)\.?\s?(\d[\d-]*)", re.IGNORECASE)
_YEARS = re.compile(r"\b((?:19|20)\d\d)(?:\s?(?:to|[-/\u2013])\s?((?:20)?\d\d))?\b")
_NUMERALS = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"} | {
    word: str(number) for number, word in enumerate("zero one two three four five six".split())
}  # fmt: skip
_PARTS = "part|volume|phase|stage|tranche|round|chapter|edition|issue"
_SERIAL = r"(\d{1,3})(?:st|nd|rd|th)|(" + "|".join(_ORDINALS) + ")"
_ORDINAL = re.compile(rf"\b(?:{_SERIAL})\b", re.IGNORECASE)
_ORDINAL_PART = re.compile(rf"\b(?:{_SERIAL})\s+(?:{_PARTS})\b", re.IGNORECASE)
_PART = re.compile(rf"\b(?:{_PARTS}|no\.?|number)\s+(\d+|one|two|three|four|five|six|[ivx]+)\b", re.IGNORECASE)


def paper_numbers(text: str) -> frozenset[str]:
    """Numbers of Command and House papers: `HC 633` gives `633`."""
    return frozenset(found[1].strip("-") for found in _PAPER.finditer(text))


def ordinals(text: str) -> frozenset[str]:
    """Which of a series it is: `eighth report`, `8th report`, `part 2`, `first part`."""
    text = _COMPOUND.sub(lambda hit: f"{_TENS[hit[1].lower()]}{_ORDINALS[hit[2].lower()]}th", _without_days(text))
    parts = {hit[1] or _ORDINALS[hit[2].lower()] for hit in _ORDINAL_PART.finditer(text)}
    parts |= {_NUMERALS.get(hit[1].lower(), hit[1].lower()) for hit in _PART.finditer(text)}
    rest = _ORDINAL_PART.sub(" ", text)
    found = {hit[1] or _ORDINALS[hit[2].lower()] for hit in _ORDINAL.finditer(rest)}
    return frozenset(found | {f"part {part}" for part in parts})


def _without_days(text: str) -> str:
    return re.sub(
        r"\bfirst (?:year|time|half|phase|aid|quarter|responders?)\b|\bsecond (?:half|world|homes?|quarter)\b",
        "",
        text,
        flags=re.IGNORECASE,
    )


def years(text: str) -> tuple[int, ...]:
    """The years a text names, in order; `2024 to 2025` and `2024-25` give both."""
    found: list[int] = []
    for hit in _YEARS.finditer(text):
        first = int(hit[1])
        found.append(first)
        if hit[2]:
            found.append(int(hit[2]) if len(hit[2]) == 4 else first // 100 * 100 + int(hit[2]))
    return tuple(found)
