"""Edits that are not of substance, and why. The tables are in `rules.terms`."""

from __future__ import annotations

import re
import unicodedata

from monitor.rules.comparison import terms
from monitor.rules.comparison.blocks import kind_of, marker_of
from monitor.rules.comparison.edits import Edit, plain
from monitor.rules.comparison.words import split_words

_CONTACT_LENGTH = 80
"""Letters up to which a block under a heading such as ‘Contact’ is taken for contact details."""

_LOOKED_AT = 20_000
"""Letters of an edit that are searched for what always counts."""

_LONGEST_SPAN = 400
"""Letters beyond which nothing is an address or a number to call."""


def why_slight(edit: Edit) -> str | None:
    """Why an edit is not of substance; None where it is."""
    if edit.op == "move":
        return "the order of paragraphs" if edit.left == edit.heading else None
    if "".join(edit.gone.split()) == "".join(edit.came.split()):
        return "white space"
    if _says_the_same(edit):
        return "punctuation, capitals or spelling"
    if _is_numbering(edit):
        return "numbering"
    if set(map(str.lower, _words(edit.gone) + _words(edit.came))) <= terms.ARTICLES:
        return "an article"
    if _is_update_date(edit):
        return "the date of the last update"
    return _in_spans(edit) or _is_furniture(edit)


def _says_the_same(edit: Edit) -> bool:
    if edit.op != "change":
        return not _words(plain(edit.gone) + plain(edit.came))
    return _sound(edit.gone) == _sound(edit.came)


def _words(text: str) -> list[str]:
    return [word for word in map(str.rstrip, split_words(text)) if not _is_mark(word)]


def _is_mark(word: str) -> bool:
    """Whether a piece is punctuation or cannot be seen at all; symbols such as £ or an emoji are words."""
    if any(map(str.isalnum, word)):
        return False
    return not word.translate(terms.TYPOGRAPHY).strip("!\"'()*,-./:;?@[]\\`{}|")


def _sound(text: str) -> str:
    """Words as they sound: without the marks of blocks, punctuation, capitals, and ways of spelling or joining words."""
    lines = (line[len(marker_of(line)) :] for line in text.strip("\n").split("\n"))
    text = (
        unicodedata.normalize("NFC", " ".join(lines))
        .translate(terms.TYPOGRAPHY)
        .casefold()
        .replace("can not", "cannot")
    )
    words = _words(terms.SPELLINGS.sub(lambda found: found.group().replace("z", "s"), text))
    sounds = (terms.NUMBER_WORDS.get(word, word) for word in words)
    joined = "".join(f" {sound} " if re.search(r"\d", sound) else re.sub(r"[-'./,:]", "", sound) for sound in sounds)
    negations = sum(word in terms.NEGATIONS for word in words)
    return f"{negations} {joined}"


def _is_numbering(edit: Edit) -> bool:
    """Whether only the number of a list item or heading changed."""
    if not all(re.fullmatch(r"\d{1,3}(?:\.\d{1,2})*", side.strip()) for side in (edit.gone, edit.came)):
        return False
    before = edit.new_lead.strip("# ")
    kind = kind_of(edit.new_lead + edit.came + edit.new_rest)
    if kind == "item":
        return not before and edit.new_rest.startswith(".")
    return kind == "heading" and not before and bool(edit.new_rest.strip(". \n"))


def _is_update_date(edit: Edit) -> bool:
    """Whether only the date changed in a sentence that says when the page was last touched."""
    for lead, text in ((edit.old_lead, edit.gone), (edit.new_lead, edit.came)):
        if not _words(text):
            continue
        sentence = plain(re.split(r"(?<=[.!?|])\s+", (lead + text).strip())[-1])
        found = terms.UPDATED.match(sentence)
        if not found or not all(map(_is_time, sentence[found.end() :].split())):
            return False
    return True


def _is_time(word: str) -> bool:
    word = word.strip(".,;:()|").lower()
    return not word or word in terms.MONTHS | terms.DAYS | terms.TIME_WORDS or terms.TIME.fullmatch(word) is not None


def _is_furniture(edit: Edit) -> str | None:
    """Whether the edit lies in a block that stands on every page, leads about the site, or says whom to write to."""
    blocks = (edit.old_lead + edit.gone + edit.old_rest, edit.new_lead + edit.came + edit.new_rest)
    sides = [plain(block) for block in blocks if block.strip()]
    if all(map(terms.BOILERPLATE.match, sides)):
        return "a standard notice"
    if all(map(terms.NAVIGATION.fullmatch, sides)):
        return "navigation"
    if _binds(edit):
        return None
    short = all(len(side) <= _CONTACT_LENGTH for side in sides)
    bound = any(terms.MODALS.intersection(side[:_LOOKED_AT].lower().split()) for side in sides)
    if not bound and all(map(terms.CONTACT_LINE.match, sides)):
        return "contact details"
    if short and terms.CONTACT_HEADING.fullmatch(edit.heading) and not re.search(r"\d", edit.gone + edit.came):
        return "contact details"
    return None


def _binds(edit: Edit) -> bool:
    """Whether the edit touches what always counts, so that no line about contacts may swallow it."""
    return any(
        terms.AMOUNT.search(side)
        or terms.DATE.search(side)
        or {*map(str.lower, _words(side))} & (terms.MODALS | terms.NEGATIONS)
        for side in (edit.gone[:_LOOKED_AT], edit.came[:_LOOKED_AT])
    )


def _in_spans(edit: Edit) -> str | None:
    """What kind of stretch without substance the edit lies in wholly, on both sides."""
    sides = ((edit.old_lead, edit.gone, edit.old_rest), (edit.new_lead, edit.came, edit.new_rest))
    found = [_span(*side) for side in sides if _words(side[1])]
    return found[0] if found and all(found) else None


def _span(lead: str, text: str, rest: str) -> str | None:
    if len(text) > _LONGEST_SPAN:
        return None
    whole, start = lead + text + rest, len(lead) + len(text) - len(text.lstrip())
    end = len(lead) + len(text.rstrip(" \n.,;"))
    for why, pattern in terms.SPANS:
        if any(found.start() <= start and end <= found.end() for found in pattern.finditer(whole)):
            return why
    return None
