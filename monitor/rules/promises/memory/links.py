"""What in a sentence has an address of its own already: hyperlinks to a document's page, and addresses typed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.model.publication import Hyperlink
from monitor.rules.promises.nouns.names import content_words, own_words
from monitor.rules.promises.sentence.places import is_home_page, typed_addresses
from monitor.rules.promises.sentence.sentences import Sentence

_PLAIN = frozenset(
    (
        "here page pages website web site link gov.uk gov uk www online internet published available"
        " following department"
    ).split()
)


@dataclass(frozen=True, slots=True)
class LinkedSpan:
    """A link to a document's own page inside a sentence: characters from `start` to `end`, and the words that name it.

    `slug` are the words of its address, and `kind` those of the part before (`consultations`).
    """

    start: int
    end: int
    words: frozenset[str]
    slug: frozenset[str] = frozenset()
    kind: frozenset[str] = frozenset()


def linked_spans(sentence: Sentence, hyperlinks: Sequence[Hyperlink]) -> tuple[LinkedSpan, ...]:
    """Every such link of a sentence. A bare home page is no address of a document."""
    typed = typed_addresses(sentence.text)
    spans = [LinkedSpan(start, end, frozenset(), _slug(sentence.text[start:end])) for start, end in typed]
    for link in hyperlinks:
        if link.block != sentence.block or is_home_page(link.url) or not link.anchor:
            continue
        at = sentence.text.find(link.anchor)
        if at >= 0:
            words = content_words(link.anchor) - _PLAIN
            spans.append(
                LinkedSpan(at, at + len(link.anchor), words, _slug(link.url), _slug(link.url.rsplit("/", 1)[0]))
            )
    return tuple(spans)


def _slug(url: str) -> frozenset[str]:
    """The words of the last part of an address."""
    last = url.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
    return content_words(last.rsplit(".", 1)[0].replace("-", " ").replace("_", " "))


def is_linked(name: str, text: str, links: Sequence[LinkedSpan]) -> bool:
    """Whether one of a sentence's links leads to the document of this name.

    It does where the words of the link share its name, say nothing of their own (`here`), or stand where an address
    stands (`at ...`); a link that names another document, as a response names its consultation, does not.
    """
    return any(_leads_to(link, name, text) for link in links)


def names_another(link: LinkedSpan, name: str) -> bool:
    """Whether a link is that of what a document is about: `the response to the | consultation on moorings`."""
    return own_words(name).isdisjoint(link.words | link.kind) and not link.words.isdisjoint(content_words(name))


def _leads_to(link: LinkedSpan, name: str, text: str) -> bool:
    if not link.words:
        return not _is_beside_another(link, name, text)
    words = content_words(name)
    if names_another(link, name):
        return False
    if len(link.words & words) * 2 >= min(len(link.words), len(words)):
        return True
    lead = text[: link.start].rstrip(" \"'\u201c\u2018:(").rsplit(" ", 1)[-1].lower()
    return lead in ("at", "on", "here", "via", "see", "from", "link", "in", "visit")


def _is_beside_another(link: LinkedSpan, name: str, text: str) -> bool:
    """Whether an address in brackets is that of something else: `the Act of 1975 (...) wants a report`."""
    if text[max(link.start - 1, 0) : link.start] not in ("(", "["):
        return False
    last = text[: link.start - 1].rstrip().rsplit(" ", 1)[-1]
    other = last[:1].isupper() or last[:1].isdigit()
    return text.find(name) > link.end or (other and content_words(last).isdisjoint(content_words(name)))
