"""Lists and tables of documents: their opening words say what is done, each line names a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.model.promise import Place
from monitor.rules.promises.acts.clauses import Claim
from monitor.rules.promises.nouns.names import Name, is_general
from monitor.rules.promises.nouns.naming import name_of, tidy
from monitor.rules.promises.nouns.phrases import find_phrases
from monitor.rules.promises.sentence.chunks import Chunk
from monitor.rules.promises.sentence.finite import finite_verbs
from monitor.rules.promises.sentence.sentences import Sentence
from monitor.rules.promises.words import lexicon
from monitor.rules.promises.words.forms import FORMS

_SHORT = 14
_END = re.compile(r"[;,.:]?\s*(?:and|or)?\s*$")
_EMPTY = frozenset(
    (
        "",
        "the",
        "following",
        "the following",
        "as follows",
        "these",
        "title",
        "document",
        "publication",
        "paper",
        "name",
    )
)
_TOPICS = re.compile(
    r"\b(?:on|about|in|under|across|covering|into|of)\s+(?:the\s+following|these)\s+"
    r"(?!documents?\b|papers?\b|reports?\b|publications?\b)(?:\w+\s+){0,3}?[\w-]+:$"
    r"|\b(?:views|comments|evidence|action|proposals|chapters|guidance|advice)\s+(?:on|about|for|from):$"
)
"""`on the following subjects:` opens a list of what a document is about."""
_PLACES: tuple[Place, ...] = ("gov.uk", "web", "libraries", "laid")


def opens_list(sentence: Sentence, claims: Sequence[Claim]) -> Claim | None:
    """The claim whose documents stand in the lines that follow; None where the sentence opens no list."""
    if not sentence.text.endswith(":") or _TOPICS.search(sentence.text):
        return None
    found = [claim for claim in claims if claim.listing and (claim.tense or claim.reason == "no document is named")]
    return found[-1] if found else None


def opens_with_papers(row: Sequence[Chunk]) -> bool:
    """Whether a heading speaks of documents in general: `Papers placed in the Library`, `Documents published today`."""
    return any(is_general(chunk.low) and chunk.low.endswith("s") for chunk in row[:3])


def names_nothing(name: Name) -> bool:
    """Whether a name only points to what follows: `the following documents`."""
    return name.words.lower() in _EMPTY or is_general(name.head) or name.head == "following"


def read_item(sentence: Sentence, row: Sequence[Chunk], opening: Claim) -> Claim | None:
    """The claim that one line of a list makes: its own name, and its own time and place where it has them."""
    if sentence.kind == "paragraph" and (
        any(finite_verbs(row, 0, len(row))) or len(row) > 25 or sentence.text.endswith(".")
    ):
        return None
    name = _row_name(sentence.text) if sentence.kind == "row" else _item_name(sentence, row)
    if name is None or names_nothing(name):
        return None
    dues = [chunk.due for chunk in row if chunk.due is not None and chunk.due.sort in ("now", "span", "open")]
    places = {chunk.place for chunk in row if chunk.place is not None}
    where = tuple(place for place in _PLACES if place in places) or opening.where
    due = dues[0] if dues else opening.due
    return replace(opening, names=(name,), shared=False, tense=opening.listing, where=where, due=due)


def carried_on(opening: Sentence, row: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """What a line says that its list goes on with: `We will:`, `I have decided:`; empty where it does not end so."""
    told = [chunk.low for chunk in row if chunk.kind == "word"]
    open_ended = bool(told) and (told[-1] in lexicon.MODALS_YES or told[-1] in lexicon.CONTROLS | {"to"})
    return row[:-1] if opening.text.endswith(":") and open_ended else ()


def carried(above: tuple[Chunk, ...], row: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """A line that begins with its verb, with what was said above it: `publish the plan` as `we will publish the plan`."""
    verb = 1 if len(row) > 1 and row[0].low == "to" else 0
    if len(row) < 2 or row[verb].low not in FORMS or FORMS[row[verb].low][1] != "plain":
        return row
    at = row[0].start
    return (*(replace(chunk, start=at, end=at) for chunk in above), *row)


def passage(lines: Sequence[str], opening: Sentence, item: Sentence) -> Sentence:
    """A list from its opening words to one of its items, as it stands in the text's lines."""
    found = list(lines[opening.block : item.block + 1])
    found[-1] = found[-1][: item.start + len(item.text)]
    found[0] = found[0][opening.start :]
    return replace(opening, text="\n".join(found))


def _row_name(line: str) -> Name | None:
    words = tidy(line.strip("| ").split(" | ")[0].strip(" |"))
    return Name(words, words.split()[-1].lower()) if words and not words[0].isdigit() else None


def _item_name(sentence: Sentence, row: Sequence[Chunk]) -> Name | None:
    """A short line is the name itself, up to its time or place; of a longer one, its first document."""
    begin = next((at for at, chunk in enumerate(row) if chunk.kind not in ("time", "place") and chunk.text != ","), 0)
    cut = next((chunk for chunk in row[begin:] if chunk.kind in ("time", "place", "aside") or chunk.text == ";"), None)
    first = row[begin].start if row else 0
    words = _END.sub(
        "", sentence.text[first : cut.start] if cut is not None and cut.start > first else sentence.text[first:]
    )
    words = re.sub(
        r"^(?:and |also )?(?:a copy of |copies of )?(?:the |an? |our |my |its )?", "", tidy(words), flags=re.IGNORECASE
    )
    phrase = next((found for found in find_phrases(row, 0, len(row)) if found.is_document()), None)
    head = phrase.head if phrase is not None else ""
    if words and len(words.split()) <= _SHORT and not any(finite_verbs(row, 0, len(row))):
        return Name(words, head)
    return name_of(sentence.text, row, phrase) if phrase is not None else None
