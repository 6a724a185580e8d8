"""Text as the whole house understands it: HTML to blocks, white space, folding, tokens. No business words here.

A *text* is a string with one block a line, so that it can be read, searched and compared as it is:

    ## Eligibility              a heading, with as many # as its level
    You must be 18 or over.     a paragraph
    - a list item               two spaces before the dash for each level of nesting
    1. a numbered item
    | Band | Rate |             a table row, cell by cell
    > quoted words
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, filterfalse
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

# What may be more than words in HTML: tags, entities, and characters that no parser lets through.
_MARKUP = re.compile("[<&\x00\ud800-\udfff]")
_PLAIN_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[A-Za-z0-9/._~-]*")
_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SILENT = frozenset("script style template noscript svg iframe object head title".split())
_DEEPEST = 100
_MANY_TAGS = 4_000
_TOO_DEEP = 2_000
_NESTING_TAG = re.compile(
    r"<(/?)(?!/?(?:p|li|td|th|tr|thead|tbody|tfoot|dt|dd|option|br|hr|img|input|meta|link|wbr|col)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)
# A word goes on over a soft hyphen and over accents that are written as characters of their own.
_LETTERS = r"[^\W_]+(?:[\u00ad\u0300-\u036f]+[^\W_]*|['\u2019][^\W_]+)*"
_HYPHENS = "-\u2010\u2011"
_WORD = re.compile(_LETTERS)
_BOUND_WORD = re.compile(rf"{_LETTERS}(?:[{_HYPHENS}](?=[^\W_]))?")
_POSSESSIVE = re.compile(r"(?:'s)+$", re.IGNORECASE)
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link found in HTML: absolute http(s) address, its words, and the line of the text it stands in (from 0)."""

    url: str
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What `read_html` found: the text, one block a line, and the links in reading order."""

    text: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """One word: folded for comparison, with its place in the original string."""

    word: str
    start: int
    end: int


def squeeze(text: str) -> str:
    """Fold every run of white space (also no-break and zero-width) into one space, and trim."""
    return " ".join(text.replace("\u200b", " ").replace("\ufeff", " ").split())


def fold(text: str) -> str:
    """Fold case and accents for comparison: `Café` and `CAFE` become one. Length may change."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, in order. A possessive 's and the kind of apostrophe make no difference."""
    for found in _WORD.finditer(text):
        yield Token(_plain(found.group()), found.start(), found.end())


def words(text: str) -> tuple[list[str], list[int]]:
    """The words of `tokens`, many times faster, and the places (from 0) of those that a hyphen binds to the next word."""
    chunks = text.split()
    known = {chunk: _chunk_words(chunk) for chunk in set(chunks)}
    line = list(chain.from_iterable(map(known.__getitem__, chunks)))
    if not any(word[-1] == "-" for word in set(chain.from_iterable(known.values()))):
        return line, []
    bound = [place for place, word in enumerate(line) if word[-1] == "-"]
    for place in bound:
        line[place] = line[place][:-1]
    return line, bound


def _chunk_words(chunk: str) -> tuple[str, ...]:
    """The words between two spaces, a hyphen at the end of those that are bound to the next."""
    if chunk.isascii() and chunk.isalnum():
        return (chunk.lower(),)
    written = _BOUND_WORD.findall(chunk)
    return tuple(_plain(each.rstrip(_HYPHENS)) + ("-" if each[-1] in _HYPHENS else "") for each in written)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where each of the words of `tokens` starts and ends, in characters."""
    return [found.span() for found in _WORD.finditer(text)]


def _plain(word: str) -> str:
    """One word as it is compared. What folding leaves besides letters and figures (the stroke of a ½) is dropped."""
    folded = _POSSESSIVE.sub("", fold(word.replace("\u2019", "'").replace("\u00ad", "")))
    if folded.isalnum():
        return folded
    return "'".join(filter(None, (_NOT_WORD.sub("", part) for part in folded.split("'")))) or word


def runs_from_right(text: str) -> bool:
    """Whether a text is written from right to left: by its first letter that has a direction (as `dir="auto"` does)."""
    return next((way for way in map(unicodedata.bidirectional, text) if way in ("L", "R", "AL")), "L") != "L"


def count_words(text: str) -> int:
    """How many words a reader reads."""
    chunks = text.split()
    # Nearly all are one word each and nothing more; only the others are worth a look.
    others = list(filterfalse(str.isalnum, chunks))
    return len(chunks) - len(others) + len(_WORD.findall(" ".join(others)))


def read_html(html: str, *, base_url: str) -> Reading:
    """Turn a publisher's HTML into a text and its links. Never raises: HTML of any kind has some reading."""
    if not _MARKUP.search(html):
        return Reading(squeeze(html), ())
    reader = _HtmlReader(base_url)
    body = LexborHTMLParser(_flattened(html)).body
    if body is not None:
        reader.walk(body)
        reader.end_block()
    return Reading("\n".join(reader.lines), tuple(reader.anchors))


def _flattened(html: str) -> str:
    """HTML whose elements nest no deeper than a parser bears: its time grows with the square of the depth.

    Elements that end by themselves (paragraphs, items, cells) do not count, and stay where the others are left out.
    """
    if html.count("<") < _MANY_TAGS:
        return html
    depth = deepest = 0
    for tag in _NESTING_TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return html if deepest < _TOO_DEEP else _NESTING_TAG.sub(" ", html)


class _HtmlReader:
    """Walks a tree once, gathering inline text until a block ends."""

    def __init__(self, base_url: str) -> None:
        self.lines: list[str] = []
        self.anchors: list[Anchor] = []
        self._base_url = base_url
        self._inline: list[str] = []
        self._waiting: list[tuple[str, str]] = []
        self._prefix = ""
        self._cells: list[str] | None = None
        self._numbers: list[int | None] = []
        self._depth = 0

    def walk(self, node: LexborNode) -> None:
        """Read what is inside a node. Nesting that no author writes is read as one run of words."""
        if self._depth == _DEEPEST:
            self._inline.append(node.text(deep=True, separator=" "))
            return
        self._depth += 1
        self._walk_children(node)
        self._depth -= 1

    def _walk_children(self, node: LexborNode) -> None:
        child = node.child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                self._inline.append(child.text_content or "")
            elif tag == "br":
                self._inline.append(" ")
            elif tag == "a":
                self._link(child)
            elif tag == "tr":
                self._row(child)
            elif tag in _BLOCKS:
                self._block(child, tag or "")
            elif tag not in _SILENT and tag is not None and not tag.startswith(("-", "!")):
                self.walk(child)
            child = child.next

    def end_block(self) -> None:
        """Close the block that is open, if it has any words."""
        words = squeeze("".join(self._inline))
        self._inline.clear()
        if self._cells is not None:
            if words:
                self._cells.append(words)
            return
        if words:
            for url, anchor in self._waiting:
                self.anchors.append(Anchor(url, anchor, len(self.lines)))
            self._waiting.clear()
            self.lines.append(self._prefix + words)

    def _block(self, node: LexborNode, tag: str) -> None:
        self.end_block()
        if tag in ("ol", "ul"):
            self._numbers.append(0 if tag == "ol" else None)
            self.walk(node)
            self.end_block()
            self._numbers.pop()
            return
        before = self._prefix
        if tag[0] == "h" and tag[1:].isdigit():
            self._prefix = "#" * int(tag[1]) + " "
        elif tag == "li":
            self._prefix = self._item_prefix()
        elif tag == "blockquote":
            self._prefix = "> "
        self.walk(node)
        self.end_block()
        self._prefix = before

    def _item_prefix(self) -> str:
        indent = "  " * max(0, len(self._numbers) - 1)
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return indent + "- "
        self._numbers[-1] = number + 1
        return f"{indent}{number + 1}. "

    def _row(self, node: LexborNode) -> None:
        if self._cells is not None:
            self.walk(node)
            return
        self.end_block()
        row: list[str] = []
        cell = node.child
        while cell is not None:
            if cell.tag in ("td", "th"):
                self._cells = []
                self.walk(cell)
                self.end_block()
                row.append(" ".join(self._cells).replace("|", "\u2502"))
            cell = cell.next
        self._cells = None
        if any(row):
            for url, anchor in self._waiting:
                self.anchors.append(Anchor(url, anchor, len(self.lines)))
            self._waiting.clear()
            self.lines.append("| " + " | ".join(row) + " |")

    def _link(self, node: LexborNode) -> None:
        url = absolute_url(node.attributes.get("href") or "", self._base_url)
        words = squeeze(node.text(deep=True))
        if url:
            self._waiting.append((url, words))
        self.walk(node)


def absolute_url(href: str, base_url: str) -> str | None:
    """The http(s) address a link leads to, or None for what is no address (mailto, javascript, a bare fragment)."""
    href = href.strip()
    if _PLAIN_URL.fullmatch(href):
        return href
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base_url, href)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
