"""Whether a noun phrase can be what an act promises: orders are placed and funds released too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.model.promise import Place
from monitor.rules.promises import lexicon
from monitor.rules.promises.chunks import Chunk
from monitor.rules.promises.due import Due
from monitor.rules.promises.phrases import Phrase
from monitor.rules.promises.verbs import Act

_OWNED = frozenset("its our their my his her".split())
"""`releases its decision today`: what is somebody's own and comes on a day is a document, though its noun be weak."""


@dataclass(frozen=True, slots=True)
class _Worth:
    """What kind of thing a noun phrase names: any document, one that can be nothing else, a mere `it` or `a copy`."""

    document: bool
    strong: bool
    pronoun: bool
    consultation: bool
    published: bool


def _worth(row: Sequence[Chunk], phrase: Phrase) -> _Worth:
    words = [chunk.low for chunk in row[phrase.start : phrase.end]]
    pronoun = len(words) == 1 and words[0] in lexicon.PRONOUNS
    copies = any(word in lexicon.COPIES for word in words[:4])
    called = phrase.head in ("call", "calls") and any(word in lexicon.CALLED_FOR for word in words)
    published = "publication" in words[:2]
    edited = any(word in lexicon.EDITIONS for word in words)
    document = phrase.is_document() or copies or pronoun or published
    plain = phrase.head not in lexicon.WEAK_DOCUMENTS
    strong = document and (phrase.title is not None or plain or copies or pronoun or called or edited or published)
    return _Worth(document, strong, pronoun, called or phrase.head.startswith("consultation"), published)


def fits(row: Sequence[Chunk], act: Act, phrase: Phrase, where: tuple[Place, ...], due: Due | None) -> bool:
    """Whether a noun phrase can be what such an act promises."""
    if row[phrase.start].low in ("such", "any", "no", "every") or _is_no_document(row, phrase):
        return False
    worth = _worth(row, phrase)
    shown = bool(set(where) & {"gov.uk", "web", "libraries"})
    dated = due is not None and due.sort in ("now", "span")
    if act.verb.name in lexicon.INTRANSITIVE:
        return worth.consultation
    if act.verb.need == "place":
        if act.verb.name in lexicon.FINDING and act.voice == "active":
            return shown and worth.strong
        made = act.verb.name == "make available" and act.tense in ("future", "present") and phrase.title is None
        return shown or (made and worth.strong and not worth.pronoun) or (dated and worth.strong and not worth.pronoun)
    fits: dict[lexicon.Need, bool] = {
        "any": True,
        "document": worth.strong or (worth.document and (shown or (dated and row[phrase.start].low in _OWNED))),
        "placed": shown
        or (dated and worth.strong and not worth.pronoun and act.verb.name in ("add", "post", "upload"))
        or ("laid" in where and worth.document),
        "laying": worth.document,
        "publication": worth.published,
    }
    return fits[act.verb.need]


def _is_no_document(row: Sequence[Chunk], phrase: Phrase) -> bool:
    words = [chunk.low for chunk in row[phrase.start : phrase.end]]
    if phrase.title is not None or any(word in lexicon.COPIES for word in words[:4]):
        return False
    if phrase.head.startswith("statement") and (
        words[0] == "this" or any(word in lexicon.REPORT_ONLY for word in words)
    ):
        return True
    return phrase.head in lexicon.NO_DOCUMENTS
