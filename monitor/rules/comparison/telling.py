"""What an edit of substance touches: a deadline, an amount, a figure… The tables are in `rules.terms`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Literal

from monitor.rules.comparison import terms
from monitor.rules.comparison.blocks import kind_of
from monitor.rules.comparison.edits import Edit, plain
from monitor.rules.comparison.words import split_words

Kind = Literal["deadline", "amount", "negation", "modal verb", "figure", "date", "section", "name", "move", "wording"]

WEIGHTS: dict[Kind, int] = {
    "deadline": 9,
    "amount": 9,
    "negation": 8,
    "modal verb": 8,
    "figure": 7,
    "date": 5,
    "section": 5,
    "name": 3,
    "move": 2,
    "wording": 1,
}
"""How telling each is, to choose what a reader is shown first. In this order they are named."""

LOOKED_AT = 20_000
"""Letters of an edit that are searched for figures and the like: some thirty pages at once."""


def kinds_of(edit: Edit) -> tuple[Kind, ...]:
    """What an edit of substance touches, the most telling first; always something."""
    if edit.op == "move":
        return ("move",)
    edit = replace(edit, gone=edit.gone[:LOOKED_AT], came=edit.came[:LOOKED_AT])
    words = changed_words(edit)
    low = {word.translate(terms.TYPOGRAPHY).lower() for word in words}
    dates, amounts = _covered(edit, words, terms.DATE), _covered(edit, words, terms.AMOUNT)
    figures = {word for word in words if _is_figure(word)} - dates - amounts
    seen: dict[Kind, bool] = {
        "deadline": bool(dates) and _hangs_on(edit),
        "amount": bool(amounts),
        "negation": any(word in terms.NEGATIONS or word.endswith("n't") for word in low),
        "modal verb": bool({word.lower() for word in words - dates} & terms.MODALS),
        "figure": bool(figures),
        "date": bool(dates) and not _hangs_on(edit),
        "section": edit.op in ("insert", "delete") and kind_of(edit.came or edit.gone) == "heading",
        "name": _touches_name(edit),
        "wording": True,
    }
    return tuple(kind for kind in WEIGHTS if seen.get(kind))


def changed_words(edit: Edit) -> set[str]:
    """The words that stand on one side more often than on the other."""
    texts = (edit.gone, edit.came) if edit.op == "change" else (plain(edit.gone), plain(edit.came))
    gone, came = (Counter(_words(text)) for text in texts)
    return set(gone - came) | set(came - gone)


def _words(text: str) -> list[str]:
    return [word for word in map(str.rstrip, split_words(text)) if any(map(str.isalnum, word))]


def _is_figure(word: str) -> bool:
    return any(map(str.isdigit, word)) or word.lower() in terms.NUMBER_WORDS


def _covered(edit: Edit, words: set[str], pattern: re.Pattern[str]) -> set[str]:
    """Those changed words that lie in a stretch of the pattern, on either side."""
    found: set[str] = set()
    for lead, text, rest in ((edit.old_lead, edit.gone, edit.old_rest), (edit.new_lead, edit.came, edit.new_rest)):
        if not text:
            continue
        lead, whole = lead[-60:], lead[-60:] + text + rest[:60]
        for stretch in pattern.finditer(whole):
            start, end = max(stretch.start(), len(lead)), min(stretch.end(), len(lead) + len(text))
            if start < end:
                found.update(words.intersection(_words(whole[start:end])))
    return found


def _hangs_on(edit: Edit) -> bool:
    """Whether something is due on the date: "by", "closes", "comes into force" in the same sentence."""
    lead = re.split(r"[.;!?]\s", edit.new_lead or edit.old_lead)[-1][-60:]
    return any(terms.DEADLINES.search(text) for text in (lead, edit.gone, edit.came))


def _touches_name(edit: Edit) -> bool:
    """Whether a word with a capital came or went that neither begins a sentence nor stands on the other side."""
    for lead, text, other in ((edit.old_lead, edit.gone, edit.came), (edit.new_lead, edit.came, edit.gone)):
        known = {word.lower() for word in _words(other)} | terms.MONTHS | terms.DAYS | {"i"}
        begins = not any(map(str.isalpha, lead)) or lead.rstrip()[-1:] in ".!?:|"
        for sentence in re.split(r"(?<=[.!?:|])\s+|\n", text):
            words = _words(sentence)
            if any(word[:1].isupper() and word.lower() not in known for word in words[begins:]):
                return True
            begins = True
    return False
