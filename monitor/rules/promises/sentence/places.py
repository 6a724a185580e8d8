"""Where a document will be found: phrases of place in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.model.promise import Place
from monitor.rules.departments import department_key

_LEAD = (
    r"(?i:\b(?:in|to|with|through|via|from|at|on|of|into|and|or|by)\s+)?(?:\bboth\s+(?:in|on)\s+"
    r"(?=[^.;]{1,80}\band\s+(?:in|on|at|from)\b))?"
)
_HOUSES = (
    r"(?:\s+of\s+(?:the|both|each|this)\s+Houses?(?:\s+of\s+(?:Commons|Lords|Parliament"
    r"|the\s+House)(?:\s+and\s+(?:the\s+)?House\s+of\s+Lords|\s+and\s+Lords)?)?"
    r"|\s+of\s+Parliament)?"
)
_PATTERNS: tuple[tuple[Place, re.Pattern[str]], ...] = (
    (
        "libraries",
        re.compile(
            r"(?:in|with|to)\s+(?:both|each|the\s+two)\s+Houses?['\u2019]s?\s+[Ll]ibrar(?:y|ies)|"
            + _LEAD
            + r"(?<!British )(?<!National )(?<!Public )(?:(?:[Tt]he|[Bb]oth|[Ee]ach|[Oo]ur)\s+)?(?:(?:House(?:s)?"
            r"|Commons|Lords|Parliamentary|House of Commons|House of Lords|two|Commons and Lords)\s+)?"
            r"(?:Librar(?:y|ies)(?!\s+(?:Service|Board|Trust|Association))|librar(?:y"
            r"|ies)(?=\s+of\s+(?:the|both|each|this)\s+House))" + _HOUSES
        ),
    ),
    (
        "libraries",
        re.compile(
            _LEAD
            + r"(?:the\s+)?(?:(?:House\s+)?(?:Vote|Printed\s+Papers?|Table)\s+Offices?|Librarians?\b(?:\s+of\s+(?:the|each|both)"
            r"\s+Houses?)?)",
            re.IGNORECASE,
        ),
    ),
    (
        "laid",
        re.compile(
            r"\b(?:before|to|in|with)\s+(?:both\s+Houses(?:\s+of\s+Parliament)?|(?:the"
            r"|this)\s+House(?:\s+of\s+(?:Commons|Lords))?|Parliament)\b"
            r"(?!\s+(?:of\s+(?:Commons|Lords)\s+)?(?:[A-Z]\w*,?\s+|and\s+){0,6}(?:Select\s+)?Committee)"
            r"|\bas\s+(?:an?\s+)?(?:un-?numbered\s+)?(?:Command\s+Papers?|(?:House\s+of\s+Commons|Commons"
            r"|House)\s+papers?|Act\s+papers?|Return\s+to\s+an\s+Address)\b"
            r"|\(?\b(?:as\s+)?(?:CP|Cm|Cmnd|Cmd|CM|HC)\.?\s?\d[\d,-]*(?:-[IVX]+)?\b\)?"
            r"|\b(?:as\s+)?(?:CP|Cm|HC)\s+[A-Z]?\d[\w-]*\b"
        ),
    ),
    (
        "gov.uk",
        re.compile(
            _LEAD + r"(?:(?:the|its|their|our|my|a)\s+(?:[\w'\u2019-]+\s+){0,6}?(?:pages?|section|area|part"
            r"|site)\s+(?:of|on)\s+)?(?:the\s+)?(?:UK\s+)?"
            r"(?:Government(?:'s"
            r"|\u2019s)?\s+website,?\s+(?:at\s+)?)?(?<![\w.])(?:https?://)?(?:www\.)?gov\.uk\b(?![\w.-]*/\w)/?(?:\s+(?:web\s?site"
            r"|web\s?pages?|pages?|site))?",
            re.IGNORECASE,
        ),
    ),
    (
        "web",
        re.compile(
            r"(?:\b(?:on|at|via|from|to|through|in|of|and|or)\s+(?:the|its|their|our|my|his|her"
            r"|a)\s+(?:(?!(?:on|at|in|to|by|with|from)\b)[\w'\u2019&-]+\s+){0,7}?(?:web\s?sites?"
            r"|web\s?pages?|internet|intranet|web|own\s+site|on-?line\s+(?:register|portal|library|archive"
            r"|platform|hub)|(?:data|planning|digital|public)\s+portal|(?:consultation|information)\s+hub)\b(?:\s+of\s+(?:the\s+)?(?:[A-Z][\w'\u2019]*|and|of|for"
            r"|the)(?:\s+(?:[A-Z][\w'\u2019]*|and|of|for|the))*)?"
            r"|(?:[A-Z][\w&-]*(?:\s+[A-Z][\w&-]*){0,5}(?:'s|\u2019s)?\s+)(?:own\s+)?(?:web\s?(?:sites?|pages?)|(?<=s\s)pages)\b"
            r"|\bon\s+(?:its|their|our|my)\s+(?:own\s+)?sites?\b(?!\s+(?:of|for|at|in|near)\b)"
            r"|(?<![\w-])(?:online|on-line)\b(?=\s*(?:[.,;:)]|$|(?:and|at|from|in|on|by|only|today|tomorrow"
            r"|this|later|next|shortly|soon|for|to|alongside|as|with|within|when|before|now|free|early|late|some|once|until|after|during"
            r"|throughout|but|or|via|here|also|under|through|instead|since|over|without|along|together|immediately|tonight)\b))"
            r"|(?<![\w.@])(?:https?://)?(?!www\.gov\.uk\b)(?!gov\.uk\b)(?:www\.)?(?:[\w-]+\.)+(?:gov\.uk"
            r"|org\.uk|co\.uk|ac\.uk|nhs\.uk|police\.uk|parliament\.uk|org|com|uk)\b(?![\w.-]*/\w)/?)"
        ),
    ),
)
_PATH = re.compile(r"(?:https?://|www\.|\bgov\.uk/)[^\s<>()\"]*[^\s<>()\".,;:]", re.IGNORECASE)
_DEPARTMENT = re.compile(
    r"(?:https?://)?(?:www\.)?gov\.uk/(?:government/organisations/([\w-]+)|([\w-]+))/?\.?", re.IGNORECASE
)
_BARE = re.compile(r"(?:https?://)?[^/]*/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """Words of a sentence that name a place: which, and from where to where."""

    place: Place
    start: int
    end: int


def find_places(sentence: str) -> Iterator[PlacePhrase]:
    """Every phrase of place, in no order; they may overlap."""
    for place, pattern in _PATTERNS:
        for found in pattern.finditer(sentence):
            if found.group().strip():
                yield PlacePhrase(place, found.start(), found.end())


def typed_addresses(sentence: str) -> Iterator[tuple[int, int]]:
    """Where an address with a path is typed out: the document's own page, not a bare home page."""
    for found in _PATH.finditer(sentence):
        if not is_home_page(found.group()):
            yield found.start(), found.end()


def is_home_page(url: str) -> bool:
    """Whether an address names a whole site or a department's page (`www.gov.uk`, `www.gov.uk/dft`) and so no document."""
    bare = url.split("?")[0].split("#")[0]
    owner = _DEPARTMENT.fullmatch(bare)
    return _BARE.fullmatch(bare) is not None or (owner is not None and _is_department(owner[1] or owner[2]))


def _is_department(slug: str) -> bool:
    words = slug.lower().replace("-", " ")
    return department_key(words) is not None or department_key(words.upper()) is not None
