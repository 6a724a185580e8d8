"""A document: what a query is asked of. A publication's words, read once by the one tokenisation, and its facets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from monitor.model.record import Record
from monitor.model.watch import Field
from monitor.text import words

_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Facets:
    """What a publication is. `ids` are all its names: key, number, address. `date` is the publisher's day, in London.

    `sources` are the publisher, and the source and the feed that first showed it.
    """

    department: str = ""
    minister: str = ""
    house: str = ""
    type: str = ""
    ids: tuple[str, ...] = ()
    date: date | None = None
    status: str = "live"
    language: str = "en"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """A text once more, words that hyphens bind written as one (`re-offending` as `reoffending`).

    `starts[i]` is the place of `words[i]` in the plain words, with one more at the end; `places`
    and `vocabulary` have the joined words only.
    """

    words: Sequence[str]
    starts: Sequence[int]
    places: Mapping[str, Sequence[int]]
    vocabulary: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One field's text, and where each of its words stands; `vocabulary` are the words, each once, in order.

    `attachment` is an id where the field is `attachment`.
    """

    field: Field
    text: str
    words: Sequence[str]
    places: Mapping[str, Sequence[int]]
    vocabulary: Sequence[str]
    joined: Joined | None = None
    attachment: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """What a query is asked of: the parts of a publication, title first, attachments last, and its facets."""

    parts: tuple[Part, ...]
    facets: Facets = field(default_factory=Facets)


def read_document(
    *,
    title: str = "",
    summary: str = "",
    text: str = "",
    attachments: Iterable[tuple[str, str]] = (),
    facets: Facets | None = None,
) -> Document:
    """Read a document's words once. `attachments` are ids and texts; a part without text is left out."""
    pages: tuple[tuple[Field, str], ...] = (("title", title), ("summary", summary), ("text", text))
    parts = [read_part(field, words_of_it) for field, words_of_it in pages if words_of_it]
    parts += [read_part("attachment", words_of_it, id) for id, words_of_it in attachments if words_of_it]
    return Document(tuple(parts), facets or Facets())


def read_record(record: Record, *, attachments: Iterable[tuple[str, str]] = ()) -> Document:
    """A publication of the archive as a document."""
    return read_document(
        title=record.title,
        summary=record.summary,
        text=record.text,
        attachments=attachments,
        facets=facets_of(record),
    )


def facets_of(record: Record) -> Facets:
    """What a publication of the archive is."""
    published = record.published_at.astimezone(_LONDON).date() if record.published_at else None
    return Facets(
        department=record.department or "",
        minister=record.minister or "",
        house=record.house or "",
        type=record.document_type,
        ids=tuple(filter(None, (record.key, record.identifier, record.url))),
        date=record.dated_on or published,
        status=record.status,
        language=record.language,
        sources=tuple(filter(None, (record.publisher, record.source, record.feed))),
    )


def read_part(field: Field, text: str, attachment: str = "") -> Part:
    """Read the words of one text."""
    line, bound = words(text)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(line):
        places[word].append(place)
    return Part(field, text, line, dict(places), sorted(places), join_words(line, bound) if bound else None, attachment)


def join_words(line: Sequence[str], bound: Sequence[int]) -> Joined:
    """The words of a text with those joined that hyphens bind; `bound` are the places bound to the next one, one at least."""
    words_: list[str] = []
    starts: list[int] = []
    places: dict[str, list[int]] = {}
    done = 0
    for first, last in _runs(bound):
        words_ += line[done:first]
        starts += range(done, first)
        word = "".join(line[first : last + 1])
        places.setdefault(word, []).append(len(words_))
        words_.append(word)
        starts.append(first)
        done = last + 1
    words_ += line[done:]
    starts += range(done, len(line) + 1)
    return Joined(words_, starts, places, sorted(places))


def _runs(bound: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The first and last place of each run of words bound by hyphens; `bound` are the places bound to the next one."""
    first = bound[0]
    for place, following in pairwise([*bound, -1]):
        if following != place + 1:
            yield first, place + 1
            first = following
