"""A query's text cut into pieces: brackets, operators, words, phrases and fields, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from monitor.rules.query.mistakes import Origin

Kind = Literal["(", ")", "AND", "OR", "NOT", "-", "NEAR", "word", "phrase", "field", "end"]

_OPENING = '"\u201c\u201d\u201e\u201f'
_CLOSING = re.compile('["\u201c\u201d\u201e\u201f]')
_BLANK = re.compile(r"[\s\u200b\ufeff]*")
_BARE = re.compile(r'[^\s\u200b\ufeff()"\u201c\u201d\u201e\u201f]+')
_FIELD = re.compile(r"([A-Za-z]+):(?!//)")
_NEAR = re.compile(r"(NEAR)(?:/(\d{1,6}))?")
_LIKE_NEAR = re.compile(r"(?:NEAR|AROUND|WITHIN|ADJ|W|N)[/~:\[]?\d*\]?|NEAR\W.*|~\d+", re.DOTALL)
_SHOUTED = {"&&": "AND", "&": "AND", "||": "OR", "|": "OR", "!": "NOT", "+": "AND", "XOR": "", "ANDNOT": "NOT"}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_VALUES = {
    "date": "date:2024-11 or date:2024-11..2025-02",
    "house": "house:commons or house:lords",
    "in": "in:page or in:attachment",
}
WIDEST = 100
"""The largest n of NEAR/n."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: `text` is a word or what stands between quotes, for a field its value; `start` and `end` its place.

    `name` is a field's; `number` the n of NEAR/n; `quoted` is true for text from quotes; `loose` for a phrase with `~`.
    `value_start` is where a field's value begins.
    """

    kind: Kind
    text: str
    start: int
    end: int
    name: str = ""
    number: int = 0
    quoted: bool = False
    loose: bool = False
    value_start: int = 0


def cut(origin: Origin) -> Iterator[Piece]:
    """Cut a query into pieces, an `end` last. Raises QueryError for what is no piece at all."""
    text, at = origin.text, 0
    while True:
        at = _end_of(_BLANK, text, at)
        if at >= len(text):
            end = len(text.rstrip())
            yield Piece("end", "", end, end)
            return
        piece = _next(origin, at)
        yield piece
        at = piece.end


def is_bare(word: str) -> bool:
    """Whether a word without signs is a word to the language too, and not an operator or what looks like one."""
    named = word in _SHOUTED or word.lower() in ("and", "or", "not", "near")
    return not named and not (len(word) > 1 and _LIKE_NEAR.fullmatch(word))


def _next(origin: Origin, at: int) -> Piece:
    char = origin.text[at]
    if char == "(" or char == ")":
        return Piece(char, char, at, at + 1)  # type: ignore[arg-type]  # mypy does not narrow a str by comparison
    if char in _OPENING:
        return _phrase(origin, at)
    if char == "-":
        return _minus(origin, at)
    if char in _DASHES:
        raise origin.mistake(at, "this dash is not a minus sign", "write the plain minus, as in -pensions, or NOT")
    bare = origin.text[at : _end_of(_BARE, origin.text, at)]
    return _operator(origin, at, bare) or _field(origin, at, bare) or Piece("word", bare, at, at + len(bare))


def _phrase(origin: Origin, at: int) -> Piece:
    closing = _CLOSING.search(origin.text, at + 1)
    if closing is None:
        raise origin.mistake(at, "this quotation mark is never closed", 'put a " after the last word of the phrase')
    inside, end = origin.text[at + 1 : closing.start()], closing.end()
    after = origin.text[end : end + 1]
    if after == "*":
        help = "leave the * out, or put it after a single word: prison*"
        raise origin.mistake(end, "a * cannot follow a phrase", help)
    loose = after == "~"
    if loose and (digits := _end_of(re.compile(r"\d*"), origin.text, end + 1)) > end + 1:
        help = f"write word NEAR/{origin.text[end + 1 : digits]} word for words near each other"
        raise origin.mistake(end, "a phrase has no distance", help)
    return Piece("phrase", inside, at, end + loose, quoted=True, loose=loose)


def _minus(origin: Origin, at: int) -> Piece:
    after = origin.text[at + 1 : at + 2]
    if after == "-":
        raise origin.mistake(at, "two minus signs", "write one, as in -pensions")
    if not after or after == ")" or _BLANK.fullmatch(after):
        help = "write -pensions or NOT pensions to leave something out; for a dash between words, leave it away"
        raise origin.mistake(at, "this minus touches no word", help)
    return Piece("-", "-", at, at + 1)


def _operator(origin: Origin, at: int, bare: str) -> Piece | None:
    end = at + len(bare)
    if bare in ("AND", "OR", "NOT"):
        return Piece(bare, bare, at, end)  # type: ignore[arg-type]  # mypy does not narrow a str by membership
    found = _NEAR.fullmatch(bare)
    if found and found[2]:
        if int(found[2]) > WIDEST:
            raise origin.mistake(at + 5, f"NEAR reaches {WIDEST} words at most", f"write NEAR/{WIDEST} or AND")
        return Piece("NEAR", bare, at, end, number=int(found[2]))
    if bare in _SHOUTED:
        meant = _SHOUTED[bare]
        help = f"write {meant} in its place" if meant else "write (a OR b) NOT (a b) in its place"
        raise origin.mistake(at, f"{bare} is not an operator", help)
    if bare.lower() in ("and", "or", "not") or re.fullmatch(r"near/\d+", bare, re.IGNORECASE):
        help = f'write {bare.upper()} for the operator, or "{bare}" for the word'
        raise origin.mistake(at, f"is {bare} an operator or a word?", help)
    if len(bare) > 1 and _LIKE_NEAR.fullmatch(bare):
        help = "write it as two words with NEAR/ and a number between them: prison NEAR/5 places"
        message = "NEAR takes a number" if bare.startswith("NEAR") else f"{_short(bare)} is not an operator"
        raise origin.mistake(at, message, help)
    return None


def _field(origin: Origin, at: int, bare: str) -> Piece | None:
    found = _FIELD.match(bare)
    if not found:
        return None
    name, value, value_start = found[1].lower(), bare[found.end() :], at + found.end()
    if value:
        return Piece("field", value, at, at + len(bare), name=name, value_start=value_start)
    after = origin.text[value_start : value_start + 1]
    if after and after in _OPENING:
        phrase = _phrase(origin, value_start)
        return Piece(
            "field", phrase.text, at, phrase.end, name=name, quoted=True, loose=phrase.loose, value_start=value_start
        )
    if after == "(":
        help = f"put {name}: before each word: ({name}:first OR {name}:second)"
        raise origin.mistake(value_start, f"{name}: cannot stand before a bracket", help)
    example = _VALUES.get(name, f'{name}:value or {name}:"two words"')
    help = f"put the value right after the colon: {example}"
    raise origin.mistake(value_start, f"{name}: has no value", help)


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "\u2026"


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
