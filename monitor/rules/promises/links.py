"""What in a sentence has an address of its own already: hyperlinks to a document's page, and addresses typed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.model.publication import Hyperlink
from monitor.rules.promises.names import content_words
from monitor.rules.promises.places import is_home_page, typed_addresses
from monitor.rules.promises.sentences import Sentence

_PLAIN = frozenset(
    (
        "here page pages website web site link gov.uk gov uk www online internet published available"
        " following department"
    ).split()
)


@dataclass(frozen=True, slots=True)
class LinkedSpan:
    """A link to a document's own page inside a sentence: characters from `start` to `end`, and the words that name it.

    `slug` are the words of its address.
    """

    start: int
    end: int
    words: frozenset[str]
    slug: frozenset[str] = frozenset()


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
            spans.append(LinkedSpan(at, at + len(link.anchor), words, _slug(link.url)))
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
    for link in links:
        words = content_words(name)
        if not link.words or len(link.words & words) * 2 >= min(len(link.words), len(words)):
            return True
        lead = text[: link.start].rstrip(" \"'\u201c\u2018:(").rsplit(" ", 1)[-1].lower()
        if lead in ("at", "on", "here", "via", "see", "from", "link", "in", "visit"):
            return True
    return False
