"""Numbers and places by which texts name other publications: statements, command papers, ISBNs, deposited papers, Hansard.

Each kind is one pattern and one reading. What is named stands in a sentence, and that is kept with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime

from monitor.model.citation import Citation
from monitor.rules.promises.sentence.sentences import split_sentences

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"\d{{1,2}} (?:{_MONTHS}),? (?:19|20)\d\d"
_DATE = re.compile(rf"\b{_DAY}\b")
_STATEMENT = re.compile(r"\b(H[CL]WS)[ -]?(\d{1,4})\b", re.IGNORECASE)
_PAPER = re.compile(
    r"\b(?P<series>CP|C[Mm]nd|C[Mm]d|C[Mm]|HC|HL Paper|HL)\.?[ -]?(?P<number>\d{1,5}(?:-[IVXivx]+\b)?)(?![\w/]|[-.,]\d)"
)
_COMMAND_PAPER = re.compile(
    r"\b[Cc]ommand [Pp]aper (?:[Nn]umber |[Nn]o\.? ?|\()?(?:CP ?)?(?P<number>\d{1,5})(?![\w/]|[-.,]\d)"
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?:? ?((?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx])\b")
_DEPOSITED = re.compile(r"\bDEP ?(\d{4})[-/ ](\d{3,5})\b", re.IGNORECASE)
_HANSARD = re.compile(
    r"\b(?:(?:House of )?(?P<house>Commons|Lords) )?"
    r"(?:Official Report|Hansard|(?P<short>H[CL]) Deb)\b,?(?: (?P<where>Commons|Lords)\b)?"
    r"(?:[^.;\[\]]|;(?= ?vol)|\.(?= ?\d)){0,70}?"
    r"\b(?:columns?|cols?\.?|cc?\.?) ?(?P<column>(?:GC ?)?\d{1,4}(?:[-\u2013]\d{1,4})?(?:WS|WH|WA|GC|PC|MC|W|P|S)?)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"^['\"\u2019\u201d]?,?\s*[(\[]?")
_SERIES = {"CMND": "Cmnd", "CMD": "Cmd", "CM": "Cm", "HL": "HL Paper", "HL PAPER": "HL Paper"}
_SURE, _LIKELY, _DOUBTFUL = 1.0, 0.8, 0.5

_Reading = tuple[str, str, float, date | None]
"""Target, what it leads to, confidence, day."""
_Read = Callable[[re.Match[str], str], _Reading]
"""Reads a match, given the sentence up to its end."""


def find_citations(text: str, *, own: str | None = None) -> tuple[Citation, ...]:
    """What a text names, in its order, each thing once. `own` is its publication's number, which it may name as well."""
    found: dict[str, Citation] = {}
    spans = _spans(text)
    for number, line in enumerate(text.split("\n")):
        hits = sorted(
            ((match, read) for pattern, read in _KINDS for match in pattern.finditer(line)),
            key=lambda hit: hit[0].start(),
        )
        for match, read in hits:
            start, end = _around(spans.get(number, []), match.start(), match.end())
            target, leads_to, confidence, day = read(match, line[start : match.end()])
            if own is None or leads_to.lower() != own.lower():
                citation = Citation(target, leads_to, match.group(), line[start:end], confidence, day)
                found.setdefault(target, citation)
    return tuple(found.values())


def number_beside(name: str, sentence: str) -> str | None:
    """The number that a sentence gives right behind a document's name, in the form it is looked up by: `the plan (CP 1210)`."""
    start = sentence.lower().find(name.lower())
    if start < 0:
        return None
    behind = _BESIDE.sub("", sentence[start + len(name) :], count=1)
    return next(
        (
            read(match, behind)[1]
            for pattern, read in ((_PAPER, _paper), (_ISBN, _isbn), (_DEPOSITED, _deposited))
            if (match := pattern.match(behind)) is not None
        ),
        None,
    )


def find_sentences(text: str, anchors: Iterable[str]) -> dict[str, str]:
    """For each run of words the first sentence in which it stands; one that stands in none is left out."""
    sentences = [one.text for one in split_sentences(text)]
    found = {}
    for words in filter(None, anchors):
        sentence = next((one for one in sentences if words in one), None)
        if sentence is not None:
            found[words] = sentence
    return found


def _spans(text: str) -> dict[int, list[tuple[int, int]]]:
    """Where the sentences of each block begin and end."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for one in split_sentences(text):
        spans.setdefault(one.block, []).append((one.start, one.start + len(one.text)))
    return spans


def _around(spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The sentence around some characters; several where an abbreviation in their midst looks like a sentence's end."""
    touched = [span for span in spans if span[0] < end and span[1] > start]
    return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)


def is_isbn(digits: str) -> bool:
    """Whether the check digit of an ISBN of 10 or 13 characters holds (ISO 2108)."""
    if len(digits) == 10:
        return sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits)) % 11 == 0
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def _statement(found: re.Match[str], sentence: str) -> _Reading:
    number = f"{found[1].upper()}{int(found[2])}"
    return number, number, _SURE, _only_date(sentence)


def _paper(found: re.Match[str], sentence: str) -> _Reading:  # noqa: ARG001
    series = _SERIES.get(found["series"].upper(), found["series"])
    number = f"{series} {found['number']}"
    # "HL 12" may be a bill or a question; "HC 12" is how papers are numbered.
    return number, number, _DOUBTFUL if found["series"] == "HL" else _SURE, None


def _command_paper(found: re.Match[str], sentence: str) -> _Reading:  # noqa: ARG001
    number = f"CP {found['number']}"
    return number, number, _LIKELY, None


def _isbn(found: re.Match[str], sentence: str) -> _Reading:  # noqa: ARG001
    digits = re.sub(r"[ -]", "", found[1]).upper()
    holds = is_isbn(digits) if digits[:-1].isdecimal() and (len(digits) == 10 or digits.isdecimal()) else False
    if holds and len(digits) == 10:
        digits = _as_thirteen(digits)
    return f"ISBN {found[1].strip()}", digits, _SURE if holds else _DOUBTFUL, None


def _as_thirteen(ten: str) -> str:
    stem = "978" + ten[:9]
    return next(stem + str(check) for check in range(10) if is_isbn(stem + str(check)))


def _deposited(found: re.Match[str], sentence: str) -> _Reading:  # noqa: ARG001
    number = f"DEP{found[1]}-{found[2].zfill(4)}"
    return number, number, _SURE, None


def _hansard(found: re.Match[str], sentence: str) -> _Reading:
    """A column of Hansard. Its day is in the citation, or it is the last that the sentence names before it."""
    dates = _DATE.findall(sentence)
    day = _read_date(dates[-1]) if dates else None
    short = {"hc": "Commons", "hl": "Lords"}.get((found["short"] or "").lower(), "")
    house = (found["house"] or found["where"] or short).capitalize()
    column = found["column"].upper().replace("\u2013", "-")
    said = ", ".join(
        filter(None, (house, "Official Report", f"{day.day} {day:%B %Y}" if day else "", f"column {column}"))
    )
    return said, f"{house} column {column}".strip(), _SURE if day else _DOUBTFUL, day


def days_named(text: str) -> tuple[date, ...]:
    """The days that a text names in full, in its order."""
    return tuple(day for found in _DATE.findall(text) if (day := _read_date(found)) is not None)


def _only_date(sentence: str) -> date | None:
    """The day a sentence names, where it names just one: which of several belongs to a number, nobody can say."""
    days = set(days_named(sentence))
    return days.pop() if len(days) == 1 else None


def _read_date(text: str) -> date | None:
    try:
        return datetime.strptime(text.replace(",", ""), "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


_KINDS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_STATEMENT, _statement),
    (_PAPER, _paper),
    (_COMMAND_PAPER, _command_paper),
    (_ISBN, _isbn),
    (_DEPOSITED, _deposited),
    (_HANSARD, _hansard),
)
