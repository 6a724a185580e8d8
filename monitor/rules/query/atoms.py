"""One word, phrase, facet or date of a query, from the piece it was written as."""

from __future__ import annotations

from difflib import get_close_matches

from monitor.rules.query.dates import parse_dates
from monitor.rules.query.facets import FACETS, TEXT_FIELDS, parse_facet, unknown_field
from monitor.rules.query.mistakes import Origin
from monitor.rules.query.pieces import Piece, is_bare
from monitor.rules.query.scopes import In, Parsed
from monitor.rules.query.tree import Element, Term, TextField
from monitor.rules.query.variants import belongs_to_next, exact, is_in_capitals, is_plural_of_capitals, with_variants
from monitor.text import word_spans, words

_Words = tuple[list[str], list[int]]

SHORTEST_PREFIX = 3
"""How many letters must stand before a *."""
MOST_WORDS = 60
"""How many words a phrase may have."""
_NAMED: dict[str, TextField] = {"title": "title", "summary": "summary", "text": "text"}
_WILD = {
    "?": ("? stands for no letter here", "write all spellings joined by OR, or the beginning of the word and a *"),
    "~": ("there is no fuzzy search", 'write all spellings joined by OR; ~ goes after a phrase: "small boat"~'),
    "^": ("words have no weight here", "take it away"),
    "[": ("square brackets have no meaning", "use round brackets"),
    "]": ("square brackets have no meaning", "use round brackets"),
    "{": ("curly brackets have no meaning", "use round brackets"),
    "}": ("curly brackets have no meaning", "use round brackets"),
    "\\": ("nothing needs a backslash here", 'quote words with signs: "small boats"'),
    "<": ("< compares nothing here", "take it away; for dates write date:..2024"),
    ">": ("> compares nothing here", "take it away; for dates write date:2024.."),
    "|": ("| is not an operator", "write OR between spaces"),
    "=": ("= compares nothing here", "write a field and a colon: house:lords"),
}

_SIGNS = {
    "!": ("! is not an operator", "write NOT or - before the word"),
    "+": ("+ is not an operator", "take it away: every word must be there unless OR says otherwise"),
}


def parse_atom(origin: Origin, piece: Piece) -> Parsed | In:
    """Read a word, a phrase, or what a field asks for. Raises QueryError."""
    if piece.kind != "field":
        return Parsed(_term(origin, piece, piece.text, piece.start, ""), piece.start)
    if piece.name == "in":
        return _place(origin, piece)
    if piece.name == "date":
        return Parsed(parse_dates(origin, piece.text, piece.value_start + piece.quoted), piece.start)
    if piece.name in FACETS:
        return Parsed(parse_facet(origin, piece.name, piece.text, piece.value_start + piece.quoted), piece.start)
    if piece.name not in TEXT_FIELDS:
        raise unknown_field(origin, piece.name, piece.start)
    return Parsed(_term(origin, piece, piece.text, piece.value_start, _NAMED[piece.name]), piece.start)


def parse_keyword(origin: Origin) -> Term:
    """One of a watch's `keywords`: a phrase with its variants, or, in quotes, without. Raises QueryError."""
    text = origin.text.strip()
    read = words(text)
    if not read[0]:
        raise origin.mistake(0, "a keyword without letters or figures", 'write a word or phrase: "small boats"')
    if len(read[0]) > MOST_WORDS:
        raise origin.mistake(
            0, "a keyword as long as a page", f"{MOST_WORDS} words are the limit; quote the first dozen"
        )
    quoted = len(text) > 1 and text[0] in '"\u201c\u201d' and text[-1] in '"\u201c\u201d'
    if "*" in text:
        help = "write it as a query: query = 'prison*'"
        raise origin.mistake(origin.text.index("*"), "a keyword takes no *", help)
    return _phrase(text, read, loose=not quoted)


def _phrase(text: str, read: _Words, *, loose: bool, field: TextField = "") -> Term:
    """The words of a text one after another, as `words` reads it; `loose` with the variants of each."""
    plain, bound = read
    if not loose:
        return Term(f'"{" ".join(plain)}"', exact(plain), loose=False, field=field)
    elements, forms = _elements(text, plain, bound)
    normal = forms[0] if len(forms) == 1 and is_bare(forms[0]) else f'"{" ".join(forms)}"~'
    return Term(normal, elements, field=field)


def _elements(text: str, plain: list[str], bound: list[int]) -> tuple[tuple[Element, ...], list[str]]:
    """One element for each run of words that are bound by hyphens, or could be, with its normal form."""
    spans = word_spans(text)
    elements: list[Element] = []
    forms: list[str] = []
    first = 0
    for place in range(len(plain)):
        if place in bound or (place + 1 < len(plain) and belongs_to_next(plain[place], plain[place + 1])):
            continue
        parts = tuple(plain[first : place + 1])
        start, end = spans[place]
        elements.append(with_variants(parts, written=text[start:end]))
        forms.append("-".join([*parts[:-1], _keep_capitals(text[start:end], parts[-1])]))
        first = place + 1
    return tuple(elements), forms


def _keep_capitals(written: str, word: str) -> str:
    """The word of a normal form: capitals stay where they decide which variants there are."""
    if is_plural_of_capitals(written, word) and word.upper().lower() == word:
        return word[:-1].upper() + "s"
    return word.upper() if is_in_capitals(written, word) and word.upper().lower() == word else word


def _term(origin: Origin, piece: Piece, text: str, at: int, field: TextField) -> Term:
    if piece.quoted:
        return _phrase(text, _quoted(origin, text, at), loose=piece.loose, field=field)
    _check_signs(origin, text, at)
    if "*" in text:
        return _prefix(origin, text, at, field)
    read = plain, bound = words(text)
    if len(plain) > MOST_WORDS:
        raise origin.mistake(at, f"{len(plain)} words without a space", f"{MOST_WORDS} is the limit; put spaces")
    if not plain:
        help = "take it away, or write words; signs between words are passed over"
        raise origin.mistake(at, f"{text[:20]} has no letters or figures", help)
    return _phrase(text, read, loose=len(plain) - 1 <= len(bound), field=field)


def _quoted(origin: Origin, text: str, at: int) -> _Words:
    """The words between quotation marks. Raises QueryError."""
    read = words(text)
    count = len(read[0])
    if not count:
        raise origin.mistake(at, "nothing between the quotation marks", "write a phrase there, or take them away")
    if count > MOST_WORDS:
        help = f"{MOST_WORDS} is the limit; the first dozen will find the same"
        raise origin.mistake(at, f"a phrase of {count} words", help)
    if "*" in text:
        help = "a * goes after a single word without quotes: prison*"
        raise origin.mistake(at + 1 + text.index("*"), "a * between quotation marks", help)
    return read


def _check_signs(origin: Origin, text: str, at: int) -> None:
    """Signs that mean something elsewhere, and would be passed over here."""
    if text[0] in "'\u2018\u2019\u201a\u201b`":
        raise origin.mistake(at, "phrases stand in double quotation marks", 'write "small boats"')
    if text[0] in _SIGNS:
        raise origin.mistake(at, *_SIGNS[text[0]])
    for place, char in enumerate(text):
        if char in _WILD:
            raise origin.mistake(at + place, *_WILD[char])


def _prefix(origin: Origin, text: str, at: int, field: TextField) -> Term:
    star = text.index("*")
    if star < len(text) - 1:
        help = "put one * at the end of a word: prison*"
        raise origin.mistake(at + star, "a * ends a word", help)
    plain, bound = words(text[:-1])
    letters = len(plain[-1]) if plain else 0
    if letters < SHORTEST_PREFIX or not text[-2].isalnum():
        help = f"write at least {SHORTEST_PREFIX} letters before the *"
        raise origin.mistake(at, f"{text[:20]} would find too many words", help)
    if len(plain) - 1 > len(bound):
        help = "put the signs away, or the words apart: only words joined by hyphens can end in a *"
        raise origin.mistake(at, f"{text[:20]} is several words", help)
    return Term("-".join(plain) + "*", (with_variants(tuple(plain), prefix=True),), prefix=True, field=field)


def _place(origin: Origin, piece: Piece) -> In:
    value = piece.text.lower().rstrip("s")
    if value == "page":
        return In("page", piece.start)
    if value == "attachment":
        return In("attachment", piece.start)
    close = get_close_matches(value, ("page", "attachment", *TEXT_FIELDS), n=1)
    help = f"write {close[0]}:word" if close and close[0] in TEXT_FIELDS else "write in:page or in:attachment"
    raise origin.mistake(piece.value_start, f"in: does not know {piece.text[:20]}", help)
