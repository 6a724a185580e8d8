"""What a document is called: the name that a noun phrase gives, and what a phrase without a noun leaves to be filled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.rules.promises.nouns.ellipsis import ONES, OWNED, left_out, of_them
from monitor.rules.promises.nouns.names import Name, filled, is_plural
from monitor.rules.promises.nouns.phrases import Phrase, find_phrases, read_phrase
from monitor.rules.promises.nouns.questions import QUESTIONS
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.words import lexicon, publishing
from monitor.rules.promises.words.tenses import AUXILIARIES

_EDGES = re.compile(
    r"^[\s\"'\u201c\u201d\u2018\u2019(\[,;:\u2013\u2014-]+|[\s\"\u201c\u201d\u2018(\[,;:.\u2013\u2014-]+$"
)
_TAIL = re.compile(
    r",?\s+(?:in full|in draft|in (?:its|their) (?:final|full|present|revised|draft|complete) form|for comment|for consultation"
    r"|to Parliament|as well|too)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_PUBLISHED = frozenset(form for verb in publishing.VERBS for form in (verb.plain, verb.third, verb.ing, *verb.past))
_MERE = (
    lexicon.DETERMINERS - lexicon.NUMBER_WORDS
    | OWNED
    | ONES
    | frozenset("more other others further additional".split())
)
"""Words around a noun that is left out that are no part of a name."""
_KINDS = lexicon.DOCUMENTS | {noun.removesuffix("s") for noun in lexicon.DOCUMENTS}
_SEVERAL = frozenset("ones others those more ten both".split()) | lexicon.NUMBER_WORDS - {"one"}
_OWN = frozenset("its their my our his her your".split())
_SUBJECTS = frozenset("on into about concerning regarding of to".split())
_QUOTES = frozenset("\"'\u201c\u2018")
_LONGEST_CLAUSE = 12
_TELLING = frozenset(
    "setting showing providing giving listing summarising explaining describing containing outlining".split()
)


def name_of(sentence: str, row: Sequence[Chunk], phrase: Phrase) -> Name:
    """The name that a noun phrase gives."""
    if phrase.title is not None and not _titles_another(row, phrase):
        return Name(tidy(row[phrase.title].text), phrase.head, also=_called(sentence, row, phrase, phrase.title))
    start = skip_copies(row, phrase.start, phrase.end)
    if start >= phrase.end:
        return Name("", phrase.head, "pronoun", row[phrase.start].low == "copies")
    pointing = _without_noun(sentence, row, start, phrase)
    if pointing is not None:
        return pointing
    led = _pointing(row, start)
    both = row[start].low == "both"
    while start < phrase.end - 1 and (
        row[start].low in lexicon.DETERMINERS
        or row[start].low in lexicon.ADVERBS
        or row[start].low == "own"
        or row[start].kind == "time"
    ):
        start += 1
    if start > phrase.start and row[start].low == "of":
        start += 2 if row[start - 1].low not in lexicon.ORDINALS and row[start + 1].low in lexicon.DETERMINERS else -1
    end = _limited_end(row, phrase.end) if phrase.end - start == 1 else phrase.end
    end = end if end == phrase.end or end > start + 1 else phrase.end
    words = tidy(_ASIDE.sub("", sentence[row[start].start : row[end - 1].end]))
    words = _spelt_out(sentence, row, start, end, words) + _resumed(sentence, row, phrase)
    shared = _shared_noun(sentence, row, start, phrase)
    if shared is not None:
        return Name(f"{words} {shared[0]}", shared[1])
    short = (
        led != ""
        and end == phrase.end
        and phrase.end - start <= 2
        and not (row[start].is_name and phrase.end - start > 1)
    )
    plural = both or (
        phrase.head.endswith("s")
        and phrase.head in ("documents", "papers", "reports", "publications", "texts", "versions")
    )
    return Name(words, phrase.head, "short" if short else "none", plural, led=led)


def _without_noun(sentence: str, row: Sequence[Chunk], start: int, phrase: Phrase) -> Name | None:
    """What a pronoun, a number or a determiner by itself says of what it stands for; None where a noun follows."""
    first = row[start]
    if of_them(row, start, phrase.end) == phrase.end:
        return Name("", "", "pronoun", True, _number_in(row, start, phrase.end))
    if phrase.is_elliptic():
        return _gap(sentence, row, start, phrase)
    if first.low == "one" and phrase.end - start == 1:
        return Name(first.low, "one", "gap")
    if (first.low in lexicon.PRONOUNS or phrase.is_pronoun()) and phrase.end - start == 1:
        count = 2 if first.low == "both" else 0
        return Name("", "", "pronoun", first.low in ("they", "these", "both", "them", "all", "each"), count)
    if all(chunk.low in lexicon.DETERMINERS for chunk in row[start : phrase.end]):
        return Name("", "", "none" if first.low in _OWN else "pronoun", True)
    return None


def _shared_noun(sentence: str, row: Sequence[Chunk], start: int, phrase: Phrase) -> tuple[str, str] | None:
    """The noun that `an abridged` has in common with what is joined to it: `and a full | edition of the survey`."""
    alone = phrase.end - start == 1 and start > phrase.start and _is_adjective(row[start].low)
    if not alone or phrase.end + 3 >= len(row) or row[phrase.end].low not in ("and", "or"):
        return None
    if row[phrase.end + 1].low not in lexicon.DETERMINERS or row[phrase.end + 2].low in _KINDS:
        return None
    joined = read_phrase(row, phrase.end + 1, len(row))
    if joined is None or joined.head not in lexicon.DOCUMENTS:
        return None
    return sentence[row[phrase.end + 3].start : row[joined.end - 1].end], joined.head


def _is_adjective(word: str) -> bool:
    return word in lexicon.EDITIONS or word.endswith(
        ("ed", "al", "ic", "ish", "ary", "ous", "ive", "er", "short", "long")
    )


def _pointing(row: Sequence[Chunk], start: int) -> str:
    """The determiner by which a name points back: `the`, `these`; `all` of `all of these`."""
    low = row[start].low
    behind = [chunk.low for chunk in row[start + 1 : start + 3] if chunk.low != "of"]
    if low == "all":
        return low if behind[:1] and behind[0] in lexicon.DEMONSTRATIVES else ""
    return low if low in lexicon.DEMONSTRATIVES else ""


def _called(sentence: str, row: Sequence[Chunk], phrase: Phrase, title: int) -> Name | None:
    """What a title is called beside it: `a White Paper, “Steady Water”`, `“Steady Water”, our strategy for canals`."""
    before = [
        at for at in range(phrase.start, title) if row[at].kind == "word" and row[at].low not in lexicon.DETERMINERS
    ]
    if before:
        return Name(tidy(sentence[row[before[0]].start : row[before[-1]].end]), phrase.head)
    comma = phrase.end
    if comma + 2 >= len(row) or row[comma].text != "," or row[comma + 1].low not in lexicon.DETERMINERS:
        return None
    apposed = read_phrase(row, comma + 1, len(row))
    return name_of(sentence, row, apposed) if apposed is not None and apposed.is_document() else None


def _spelt_out(sentence: str, row: Sequence[Chunk], start: int, end: int, words: str) -> str:
    """`a summary of them` by the noun that the pronoun goes back to, or without it, if this sentence does not say."""
    if end - start < 3 or row[end - 1].low != "them" or row[end - 2].low not in lexicon.PREPOSITIONS:
        return words
    before = [one for one in find_phrases(row, 0, start) if one.end <= start and not one.is_pronoun()]
    hosts = [one for one in before if is_plural(one.head)]
    if not hosts:
        return tidy(sentence[row[start].start : row[end - 3].end])
    host = name_of(sentence, row, hosts[-1])
    return f"{sentence[row[start].start : row[end - 2].end]} {host.words}" if host.words else words


def _gap(sentence: str, row: Sequence[Chunk], start: int, phrase: Phrase) -> Name:
    """What stands around a noun that is left out, with the noun, where this sentence has said it before."""
    end = left_out(row, start, phrase.end) or phrase.end
    words = " ".join(chunk.text for chunk in row[start:end] if chunk.low not in _MERE)
    rest = (
        sentence[row[end].start : row[phrase.end - 1].end]
        if end < phrase.end
        else _resumed(sentence, row, phrase).strip()
    )
    name = Name(words, phrase.head, "gap", any(chunk.low in _SEVERAL for chunk in row[start:end]), rest=rest)
    before = [
        one
        for one in find_phrases(row, 0, start)
        if not _KINDS.isdisjoint((one.head, one.head.removesuffix("s"))) or one.title is not None
    ]
    counted = row[start].low == "the" and not rest
    if not before or before[-1].end > start or (counted and not is_plural(before[-1].head)):
        return name
    several = [one for one in before if rest and is_plural(one.head)]
    return filled(name, name_of(sentence, row, (several or before)[-1]))


def _number_in(row: Sequence[Chunk], start: int, end: int) -> int:
    """How many `each of the three` speaks of; 0 where it does not say: `two of them` may be of more."""
    said = [chunk.low for chunk in row[start + (row[start].low in lexicon.NUMBER_WORDS) : end]]
    if "both" in said or "pair" in said:
        return 2
    return next((lexicon.UNITS.index(word) + 1 for word in reversed(said) if word in lexicon.UNITS), 0)


def _resumed(sentence: str, row: Sequence[Chunk], phrase: Phrase) -> str:
    """What goes on with a name behind a time, a place or a comma: `a consultation today | on the future of ferries`."""
    at = phrase.end
    while at < len(row) and row[at].kind in ("time", "place"):
        at += 1
    if at == phrase.end:
        at = _past_form(row, at)
    told = ("on", "into", "about", "for") if phrase.is_elliptic() else ("on", "into", "about")
    if at == phrase.end and at + 2 < len(row) and row[at].text == "," and row[at + 1].low in told:
        at += row[at + 2].low not in lexicon.RELATIVES
    inside = any(chunk.low in lexicon.PREPOSITIONS for chunk in row[phrase.start : phrase.end])
    if (
        at == phrase.end
        or at + 1 >= len(row)
        or row[at].low not in _SUBJECTS | {"for"}
        or (inside and row[phrase.start + 1].low != "call")
    ):
        return ""
    if phrase.head not in lexicon.DOCUMENTS and not phrase.is_elliptic():
        return ""
    further = read_phrase(row, at + 1, len(row))
    return "" if further is None else f" {sentence[row[at].start : row[further.end - 1].end]}"


def _past_form(row: Sequence[Chunk], at: int) -> int:
    """Past `, in six languages,` or `, with maps,` between a noun and what it is about."""
    if at + 3 >= len(row) or row[at].text != "," or row[at + 1].low not in ("in", "with", "for", "by"):
        return at
    comma = next((index for index in range(at + 2, min(at + 7, len(row) - 1)) if row[index].text == ","), None)
    return comma + 1 if comma is not None and row[comma + 1].low in lexicon.PREPOSITIONS else at


def _limited_end(row: Sequence[Chunk], end: int) -> int:
    """Past a clause that says which is meant, behind a bare noun: `the responses | which employers gave to the survey`."""
    at = end + 1
    if at < len(row) and row[end].low in _TELLING:
        return _clause_end(row, _past_remark(row, at))
    if at >= len(row) or row[at].kind != "word":
        return end
    if row[end].low not in ("which", "that") or row[at].low in AUXILIARIES:
        return end
    stop = at + 1
    while stop < min(len(row), at + _LONGEST_CLAUSE) and row[stop].kind == "word":
        if row[stop].low in AUXILIARIES and stop > at + 1:
            break
        stop += 1
    words = {chunk.low for chunk in row[at:stop]}
    return stop if stop - at > 2 and not words & _PUBLISHED else end


def _past_remark(row: Sequence[Chunk], at: int) -> int:
    """Past `, for every office,` behind `setting out`."""
    comma = at + (row[at].low in ("out", "in"))
    if comma >= len(row) or row[comma].text != ",":
        return at
    return next((index + 1 for index in range(comma + 1, len(row) - 1) if row[index].text == ","), at)


def _clause_end(row: Sequence[Chunk], at: int) -> int:
    """Where a clause that tells what a bare `document` or `table` is about comes to a comma, a time or a place."""
    asked = False
    while at < len(row) and row[at].kind in ("word", "aside", "title"):
        asked = asked or row[at].low in QUESTIONS or row[at].low in lexicon.RELATIVES
        if row[at].low in AUXILIARIES and not asked:
            return at
        at += 1
    return at


def _titles_another(row: Sequence[Chunk], phrase: Phrase) -> bool:
    """`the response to the consultation, "Open Doors"`: the title is that of what it answers, not its own."""
    if phrase.title is not None and _is_within(row, phrase, phrase.title):
        return True
    if phrase.title is None or phrase.head not in lexicon.ANSWERS:
        return False
    words = [chunk.low for chunk in row[phrase.start : phrase.title] if chunk.kind == "word"]
    if not words or words[-1] in lexicon.NAMING:
        return bool(words) and any(word in lexicon.ASKED for word in words)
    return words[-1] in ("to", "on", "of", "for") or (
        any(word in lexicon.ASKED for word in words) and bool(lexicon.PREPOSITIONS & set(words))
    )


def _is_within(row: Sequence[Chunk], phrase: Phrase, title: int) -> bool:
    """`the report into the loss of the "Petrel"`: the name in quotes is of what the document is about."""
    hung = any(one.low in lexicon.PREPOSITIONS - {"as"} for one in row[phrase.start : title])
    quoted = row[title].text[:1] in _QUOTES
    return hung and quoted and phrase.head in lexicon.DOCUMENTS and row[title - 1].low in lexicon.DETERMINERS


def skip_copies(row: Sequence[Chunk], start: int, end: int) -> int:
    """Past `a copy of`, `full copies of both`: where the document itself is named; `end` where it is not."""
    for index in range(start, min(start + 4, end)):
        if row[index].low in lexicon.COPIES or row[index].low == "publication":
            behind = index + 1
            while behind < end and row[behind].kind in ("aside", "time", "place"):
                behind += 1
            return behind + 1 if behind < end and row[behind].low == "of" else end
    return start


def tidy(words: str) -> str:
    """A name without the marks around it."""
    bare = _EDGES.sub("", _TAIL.sub("", " ".join(words.split())))
    return f'{bare}"' if bare.count('"') % 2 else bare
