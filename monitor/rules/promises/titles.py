"""How much of a promised document's name a title carries: shared words, weighed by how rare they are, and figures that differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from math import sqrt

from monitor.rules.promises.calendar import MONTHS
from monitor.text import Token, tokens

LITTLE = frozenset(
    """
    a an the of on and or for to in into with by at from as its our his her their this that these those my it be
    is are was which we who what how up over under about between uk england wales britain british government
    governments department departments his her majesty hm national joint copy copies text full every each all
    new first made been has have will
    """.split()
)
KINDS = frozenset(
    """
    report review strategy plan response reply consultation guidance assessment statement paper document
    framework evaluation independent annual final interim initial draft update updated revised refresh refreshed policy
    white green call evidence summary letter memorandum note notes agreement research study survey code practice
    roadmap list table research statutory written proposal revision outcome result information terms reference
    account
    """.split()
)
_PERSONS = frozenset("chief executive chairman chair minister secretary director sir dame lord lady professor".split())
"""To whom or by whom: words that tell one document from another less than what it is about."""
_SAME = {
    "reply": "response", "answer": "response", "roadmap": "roadmap", "route-map": "roadmap", "map": "map", "revision": "revised",
    "proposed": "draft", "fund": "fund", "funded": "fund", "rented": "rent", "rental": "rent", "privately": "private",
}  # fmt: skip
_ENDINGS = (
    "isations",
    "isation",
    "ations",
    "ation",
    "ments",
    "ment",
    "ities",
    "ity",
    "ingly",
    "ings",
    "ing",
    "ally",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "ly",
    "er",
    "al",
    "s",
    "y",
    "e",
)
KIND_WEIGHT = 0.4
"""What a word for a kind counts for, where one of the subject counts for one."""
_DOUBLING = frozenset("ing ed er ers".split())
_DOUBLED = frozenset(letter * 2 for letter in "bdgmnprt")
"""`getting` is of `get`, and `planned` of `plan`."""
_ORDINALS = {word: str(number) for number, word in enumerate(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)}  # fmt: skip
_CONTRASTS = tuple(frozenset(kin.split()) for kin in (
    "men women man woman", "boy girl", "north south east west", "england scotland wales", "primary secondary",
    "adult child children youth", "urban rural", "civil criminal", "import export", "onshore offshore", "army navy",
    "commons lords", "white green", "landlord tenant", "public private", "domestic international", "employer employee worker",
))  # fmt: skip
"""Words of which a name of a kind has one."""
_HANGING = frozenset("for of in on to".split())
_OFFICES = frozenset(
    """
    government minister secretary state department committee board commission agency authority body chair chairman
    inspector house parliament inquiry council service office review sir lord lady dame professor adviser
    republic kingdom agreement treaty convention act chief executive director
    """.split()
)
"""Words that are written large and name nobody by themselves."""
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


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a name and a title share: how much of the name (0 to 1), of the title, the words in common, how many it adds."""

    of_name: float
    of_title: float
    shared: tuple[str, ...]
    wanted: int
    added: int = 0

    @property
    def value(self) -> float:
        """One figure for both: the name counts for more, as titles say more than ministers."""
        return 0.68 * self.of_name + 0.32 * self.of_title


def stem(word: str) -> str:
    """A word without its ending, so that `assessing`, `assessed` and `assessment` meet."""
    word = _SAME.get(singular(word), word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            stemmed = word.removesuffix(ending)
            return stemmed[:-1] if ending in _DOUBLING and stemmed[-2:] in _DOUBLED else stemmed
    return word


def singular(word: str) -> str:
    """A word without the s of a plural."""
    if word == "wales":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


_KIND_STEMS = frozenset(
    stem(form)
    for word in KINDS | _PERSONS
    for form in (word, f"{word}s", f"{word[:-1]}ies" if word.endswith("y") else word)
)


def can_be_kind(word: str) -> bool:
    """Whether a stem, though it may name a subject here, is that of a word for a kind elsewhere: `assessed`, `assessment`."""
    return word in _KIND_STEMS


def telling_words(text: str) -> dict[str, bool]:
    """The stems of a text in order, each with whether it names the subject (true) or merely a kind of document."""
    found: dict[str, bool] = {}
    for token in tokens(text):
        for word in token.word.split("-"):
            if word in LITTLE or (word.isdigit() and len(word) == 4) or len(word) < 2 or _ORDINAL.fullmatch(word):
                continue
            plain = singular(word)
            found.setdefault(stem(word), plain not in KINDS | _PERSONS and word not in KINDS)
    return found


def rarity(titles: Iterable[str]) -> Counter[str]:
    """In how many titles each stem stands."""
    return Counter(word for title in titles for word in telling_words(title))


def compare_titles(name: str, title: str, extra: str, commonness: Mapping[str, int]) -> Likeness:
    """How much a name and a title share; words found only in the `extra` text (a summary) count half."""
    wanted, given, more = telling_words(name), telling_words(title), telling_words(extra)

    def weight(word: str, subject: bool) -> float:
        return (1.0 if subject else KIND_WEIGHT) / sqrt(max(1, commonness.get(word, 1)))

    whole = sum(weight(*pair) for pair in wanted.items()) or 1.0
    shared = [word for word in wanted if word in given]
    part = sum(weight(word, wanted[word]) for word in shared)
    part += sum(weight(word, wanted[word]) / 2 for word in wanted if word in more and word not in given)
    title_whole = sum(weight(*pair) for pair in given.items()) or 1.0
    title_part = sum(weight(word, given[word]) for word in shared)
    subjects = tuple(word for word in shared if wanted[word])
    added = sum(1 for word, subject in given.items() if subject and word not in wanted and word not in _months())
    return Likeness(part / whole, title_part / title_whole, subjects, sum(wanted.values()), added)


@cache
def _months() -> frozenset[str]:
    return frozenset(stem(month) for month in MONTHS)


def contrast(name: str, title: str) -> tuple[str, str] | None:
    """The words that tell a title from a name of the same pattern; None where nothing does.

    `men's health` and `women's health`; `review of training in mathematics` and `review of training in languages`.
    """
    said, given = ({_plain(token.word) for token in tokens(text)} for text in (name, title))
    for kin in _CONTRASTS:
        one, two = said & kin, given & kin
        if one and two and not one & two:
            return min(one), min(two)
    head, colon, tail = title.partition(":")
    turns = (title, f"{tail} {head}") if colon else (title,)
    return next((other for turn in turns if (other := _swapped(name, turn)) is not None), None)


def _swapped(name: str, title: str) -> tuple[str, str] | None:
    """One telling word for another behind the same words, the rest being the same."""
    said, given = ([token.word for token in tokens(text)] for text in (name, title))
    blocks = SequenceMatcher(None, [stem(word) for word in said], [stem(word) for word in given], autojunk=False)
    for tag, first, last, begin, end in blocks.get_opcodes():
        mine = [word for word in said[first:last] if is_telling(word)]
        other = [word for word in given[begin:end] if is_telling(word)]
        if tag != "replace" or not mine or not other or stems(mine) & stems(given) or stems(other) & stems(said):
            continue
        led = said[max(0, first - 3) : first] == given[max(0, begin - 3) : begin]
        known = sum(map(is_telling, said[:first]))
        if led and (known > 1 or (known and said[first - 1] in _HANGING)) and len(mine) == 1 and len(other) <= 2:
            return mine[0], other[0]
    return None


def proper_words(name: str) -> frozenset[str]:
    """The stems of what a name in small letters writes large: places and people, `devolution framework for Cumbria`."""
    words = [token.word if text.islower() else "" for token, text in _with_case(name)]
    if not any(is_telling(word) for word in words):
        return frozenset()
    large = {token.word for token, text in _with_case(name)[1:] if text[:1].isupper() and not text.isupper()}
    return frozenset(
        stem(word.removesuffix("'s")) for word in large if is_telling(_plain(word)) and _plain(word) not in _OFFICES
    )


def is_proper(name: str) -> bool:
    """Whether a name is written large, and so is nobody else's: `final report of the Independent Water Commission`."""
    return sum(is_telling(_plain(token.word)) and text[:1].isupper() for token, text in _with_case(name)) > 1


def _with_case(name: str) -> list[tuple[Token, str]]:
    return [(token, name[token.start : token.end]) for token in tokens(name)]


def stems(words: Iterable[str]) -> set[str]:
    """The stems of several words."""
    return {stem(word) for word in words}


def is_telling(word: str) -> bool:
    """Whether a word says which document, and not merely of what kind it is."""
    return len(word) > 1 and not word.isdigit() and word not in LITTLE and singular(word) not in KINDS


def _plain(word: str) -> str:
    return singular(word.removesuffix("'s").removesuffix("\u2019s"))


def paper_numbers(text: str) -> frozenset[str]:
    """Numbers of Command and House papers: `HC 633` gives `633`."""
    return frozenset(found[1].strip("-") for found in _PAPER.finditer(text))


def ordinals(text: str) -> frozenset[str]:
    """Which of a series it is: `eighth report`, `8th report`, `part 2`, `first part`."""
    text = _without_days(text)
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
