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

_UPDATE_LENGTH = 200
"""Letters before the end of an edit among which the words stand that make its date one of an update."""

_LOOKED_AT = 20_000
"""Letters, some twenty pages, beyond which an edit is of substance without a closer look."""

_LONGEST_SPAN = 400
"""Letters beyond which nothing is an address or a number to call."""

_NEAR = 150
"""Letters on either hand of an edit among which such a stretch may begin and end."""

_BEFORE_UNIT = 3
"""Letters before an edit among which the figure of a unit stands."""

_DIGIT = re.compile(r"\d")
_JOINTS = re.compile(r"[-'./,:]")
_BLOCK_MARK = re.compile(r"(?:#{1,6}|[->]|\d{1,4}\.)?")
_NUMBERING = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_LETTERING = re.compile(r"[a-z]|[ivx]{1,5}", re.IGNORECASE)
_SENTENCE = re.compile(r"\.?\s*[A-Z](?:[a-z]|\s)")
_SENTENCE_END = re.compile(r"[.!?|]\s+|\(")


def why_slight(edit: Edit) -> str | None:
    """Why an edit is not of substance; None where it is."""
    if edit.op == "move":
        return "the order of paragraphs" if edit.left == edit.heading else None
    if "".join(edit.gone.split()) == "".join(edit.came.split()):
        return "white space"
    if len(edit.gone) + len(edit.came) > _LOOKED_AT:
        return None
    if _says_the_same(edit):
        return "punctuation, capitals or spelling"
    if _is_layout(edit):
        return "layout"
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
    return _sound(edit.gone) == _sound(edit.came) and _units(edit.old_lead, edit.gone) == _units(
        edit.new_lead, edit.came
    )


def _units(lead: str, text: str) -> list[tuple[str | None, ...]]:
    """The letters of a text's units whose case matters; the figure of the first may stand before the text."""
    lead = lead[-_BEFORE_UNIT:]
    return [found.groups() for found in terms.UNIT.finditer(lead + text) if found.end() > len(lead)]


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
    if "z" in text:
        text = terms.SPELLINGS.sub(lambda found: found.group().replace("z", "s"), text)
    if _DIGIT.search(text) or "&" in text:
        for pattern, same in terms.WRITTEN_ALIKE:
            text = pattern.sub(same, text)
    words = _words(text)
    sounds = (terms.NUMBER_WORDS.get(word) or terms.SHORT_MONTHS.get(word, word) for word in words)
    joined = "".join(f" {sound} " if _DIGIT.search(sound) else _JOINTS.sub("", sound) for sound in sounds)
    negations = sum(word in terms.NEGATIONS for word in words)
    return f"{negations} {joined}"


def _is_layout(edit: Edit) -> bool:
    """Whether only the mark of a block changed: the level of a heading, bullets for numbers."""
    return not edit.new_lead.strip() and all(_BLOCK_MARK.fullmatch(side.strip()) for side in (edit.gone, edit.came))


def _is_numbering(edit: Edit) -> bool:
    """Whether only the number or letter of a list item, heading or paragraph changed."""
    before, after = terms.PART.sub("", edit.new_lead.strip("# (")), edit.new_rest
    sides = [side.strip() for side in (edit.gone, edit.came)]
    if before:
        return False
    if all(map(_LETTERING.fullmatch, sides)):
        return after.startswith(")")
    if not all(map(_NUMBERING.fullmatch, sides)):
        return False
    kind = kind_of(edit.new_lead + edit.came + after)
    if kind == "item":
        return after.startswith(".")
    if kind == "paragraph":
        return all("." in side for side in sides) and _SENTENCE.match(after) is not None
    return kind == "heading" and bool(after.strip(".: \n"))


def _is_update_date(edit: Edit) -> bool:
    """Whether only the date changed in a sentence, a cell or a bracket that says when the page was last touched."""
    sides = ((edit.old_lead, edit.gone), (edit.new_lead, edit.came))
    return all(map(_ends_with_update, (plain(lead + text) for lead, text in sides if _words(text))))


def _ends_with_update(text: str) -> bool:
    text = text[-_UPDATE_LENGTH:]
    starts = [0, *(found.end() for found in _SENTENCE_END.finditer(text))]
    updates = (terms.UPDATED.match(text, start) for start in starts)
    return any(found and all(map(_is_time, text[found.end() :].split())) for found in updates)


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
    if all(map(_tells_hours, sides)):
        return "contact details"
    if _binds(edit):
        return None
    if terms.NAVIGATION_HEADING.fullmatch(edit.heading) and all(map(_is_entry, blocks)):
        return "navigation"
    short = all(len(side) <= _CONTACT_LENGTH for side in sides)
    bound = any(terms.MODALS.intersection(side.lower().split()) for side in sides)
    if not bound and all(map(terms.CONTACT_LINE.match, sides)):
        return "contact details"
    if short and terms.CONTACT_HEADING.fullmatch(edit.heading):
        figures = _DIGIT.search(edit.gone + edit.came)
        return "contact details" if not figures or all(map(_is_address, sides)) else None
    return None


def _tells_hours(block: str) -> bool:
    """Whether a block says when an office is open, and nothing else."""
    if not terms.HOURS.search(block[:_CONTACT_LENGTH]):
        return False
    words = (word.strip("().,:").lower() for word in block.split())
    return all(_is_time(word) or word in terms.HOURS_WORDS for word in words)


def _is_entry(block: str) -> bool:
    """Whether a block is an entry of a list of links, by its look; nothing there is none, too."""
    return not block.strip() or (kind_of(block) == "item" and not _DIGIT.search(plain(block)))


def _is_address(block: str) -> bool:
    """Whether a block looks like a line of a postal address: names and numbers only."""
    return all(not word[0].islower() for word in block.split())


def _binds(edit: Edit) -> bool:
    """Whether the edit touches what always counts, so that no line about contacts may swallow it."""
    return any(
        terms.AMOUNT.search(side)
        or terms.DATE.search(side)
        or {*map(str.lower, _words(side))} & (terms.MODALS | terms.NEGATIONS)
        for side in (edit.gone, edit.came)
    )


def _in_spans(edit: Edit) -> str | None:
    """What kind of stretch without substance the edit lies in wholly, on both sides."""
    sides = ((edit.old_lead, edit.gone, edit.old_rest), (edit.new_lead, edit.came, edit.new_rest))
    found = [_span(*side) for side in sides if _words(side[1])]
    return found[0] if found and all(found) else None


def _span(lead: str, text: str, rest: str) -> str | None:
    if len(text) > _LONGEST_SPAN:
        return None
    lead = lead[-_NEAR:]
    whole, start = lead + text + rest[:_NEAR], len(lead) + len(text) - len(text.lstrip())
    end = len(lead) + len(text.rstrip(" \n.,;"))
    for why, signs, pattern in terms.SPANS:
        spans = pattern.finditer(whole) if any(sign in whole for sign in signs) else ()
        if any(found.start() <= start and end <= found.end() for found in spans):
            return why
    return None
