"""Random queries and documents in which every operator and every variant comes up, made so that they often meet."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from random import Random

from monitor.errors import QueryError
from monitor.rules.documents import Document, Facets, read_document
from monitor.rules.query.parsing import parse_query
from monitor.rules.query.tree import Query

WORDS = (
    "prison prisons prisoner boat boats policy policies organise organized organisation colour colors neighbour licence"
    " license defence defense programme program analyse analyzed child children re offending reoffending re-offending"
    " Re\u2011offending decision-maker decisionmakers co-operation cooperate operate face to face-to-face facetoface"
    " Minister's minister\u2019s ministers NHS MOU MOUs MPs Caf\u00e9 cafe\u0301 \u76e3\u7344 na\u00efve O'Brien it's 3.7bn"
    " 2019\u201320 the and of plan news new well-being wellbeing anti-terrorism antiterrorism non-re-offending"
    " internationalisation-of-counterrevolutionaries counterrevolutionaries \u0130stanbul stra\u00dfe STRASSE \u00bd co"
).split()
STARTS = (
    "pri",
    "pris",
    "pol",
    "organi",
    "colo",
    "re-off",
    "reoff",
    "decision",
    "coop",
    "child",
    "strass",
    "\u0130st",
    "non-reoff",
)
DEPARTMENTS = ("Home Office", "Ministry of Justice")
FACETS = (
    'dept:"home office"', "dept:moj", "house:lords", "type:wms", "id:hcws1", "status:withdrawn", "lang:cy", "source:govuk",
    "minister:sample", "date:2024", "date:2024-03..", "date:..2023-12-31", "date:2024-11..2025-02",
)  # fmt: skip


def same_department(one: str, other: str) -> bool:
    """A small table of names, as another room would hand it over."""
    return {"moj": "ministry of justice"}.get(one, one) == other.lower()


def words(dice: Random, most: int) -> str:
    """Some words in a row."""
    return " ".join(dice.choices(WORDS, k=dice.randint(1, most)))


def query(dice: Random, depth: int = 3) -> str:
    """The text of a query, asking for something in most cases."""
    roll = dice.random()
    if depth == 0 or roll < 0.35:
        return atom(dice)
    if roll < 0.55:
        return " ".join(query(dice, depth - 1) for _ in range(dice.randint(2, 3)))
    if roll < 0.75:
        return "(" + " OR ".join(query(dice, depth - 1) for _ in range(dice.randint(2, 3))) + ")"
    if roll < 0.87:
        return f"({query(dice, depth - 1)} {dice.choice(('NOT ', '-'))}({query(dice, depth - 1)}))"
    if roll < 0.95:
        chain = near_operand(dice)
        for _ in range(dice.randint(1, 2)):
            chain += f" NEAR/{dice.randint(0, 6)} {near_operand(dice)}"
        return chain
    return f"({atom(dice, facets=False)} in:{dice.choice(('page', 'attachment'))})"


def readable_query(dice: Random) -> Query:
    """A query that asks for something."""
    while True:
        with suppress(QueryError):
            return parse_query(query(dice))


def atom(dice: Random, *, facets: bool = True) -> str:
    """A word, a phrase, a prefix, one of a field, or a facet."""
    roll = dice.random()
    if facets and roll < 0.15:
        return dice.choice(FACETS)
    if facets and roll < 0.25:
        return f"{dice.choice(('title', 'summary', 'text'))}:{word(dice)}"
    return word(dice)


def word(dice: Random) -> str:
    """A word, a phrase with or without variants, or a prefix."""
    roll = dice.random()
    if roll < 0.5:
        found = dice.choice(WORDS)
        return f'"{found}"' if found in ("and", "of") else found
    if roll < 0.65:
        return dice.choice(STARTS) + "*"
    return f'"{words(dice, 5)}"' + dice.choice(("", "~", "~"))


def near_operand(dice: Random) -> str:
    """A word or phrase, or several in brackets."""
    return word(dice) if dice.random() < 0.7 else f"({word(dice)} OR {word(dice)})"


def document(dice: Random) -> Document:
    """A document of those words, with facets that some queries ask for."""
    return read_document(
        title=words(dice, 4),
        summary=words(dice, 6) if dice.random() < 0.5 else "",
        text=words(dice, 40) if dice.random() < 0.9 else "\u2014",
        attachments=[(str(number), words(dice, 20)) for number in range(dice.choice((0, 0, 1, 2)))],
        facets=facets(dice),
    )


def facets(dice: Random) -> Facets:
    """What a publication may be, so that some queries ask for it."""
    return Facets(
        department=dice.choice((*DEPARTMENTS, "")),
        minister=dice.choice(("Dame Jane Sample", "")),
        house=dice.choice(("Commons", "Lords", "")),
        type=dice.choice(("written_statement", "policy_paper")),
        ids=(dice.choice(("HCWS1", "HCWS2")),),
        date=dice.choice((None, date(2023, 12, 31), date(2024, 3, 1), date(2024, 12, 10))),
        status=dice.choice(("live", "withdrawn")),
        language=dice.choice(("en", "cy")),
        sources=(dice.choice(("govuk", "parliament")),),
    )
