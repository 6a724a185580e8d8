"""Reads the story of the demonstration week from `tools/story/`: who publishes what, and when.

Every text is a file of its own, with its facts between `+++` lines (TOML) and its words in the light markup of
`tools.markup`. `statements/` are written statements, `documents/` what appears on GOV.UK (`=== slug` begins the page of an
HTML attachment), `edits/` what is done to a document later. `week.toml` holds the rest: span, feeds, faults.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.fakes.documents import Document, FileAttachment, HtmlAttachment, Organisation
from tests.fakes.parliament import Link, Statement
from tests.fakes.world import World
from tools.markup import to_html, to_lines
from tools.paper import make_pdf, page_count

FOLDER = Path(__file__).with_name("story")
SPACER = "<p> </p>"
"""Parliament's statements have an empty paragraph between paragraphs."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An address that answers wrongly for a while: [since, until)."""

    url: str
    since: datetime
    until: datetime
    status: int
    body: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens in the world at one moment. `what` says it in a few words."""

    at: datetime
    what: str
    tell: Callable[[World], object]


@dataclass(frozen=True, slots=True)
class Story:
    """The week: events in order of time, and the faults of the publishers. `real` are the numbers of real statements."""

    starts_at: datetime
    ends_at: datetime
    events: tuple[Event, ...]
    faults: tuple[Fault, ...]
    real: frozenset[str]


def read_story(folder: Path = FOLDER) -> Story:
    """The story in `folder`. Raises ValueError where an edit names words that are not there exactly once."""
    week = tomllib.loads((folder / "week.toml").read_text(encoding="utf-8"))
    organisations = {slug: Organisation(slug, **facts) for slug, facts in week["organisations"].items()}
    documents = {}
    events = []
    for facts, words in _texts(folder / "documents"):
        document = _document(facts, words, organisations[facts["organisation"]], week["notice"])
        documents[document.path] = words
        events.append(Event(facts["at"], f"published: {document.title}", _publishing(document)))
    for facts, words in sorted(_texts(folder / "edits"), key=lambda text: text[0]["at"]):
        events.append(_edit(facts, words, documents, week["notice"]))
    events += _statements(folder / "statements", week["notice"])
    return Story(
        week["starts_at"],
        week["ends_at"],
        tuple(sorted(events, key=lambda event: event.at)),
        tuple(Fault(**fault) for fault in week["fault"]),
        frozenset(week["real"]),
    )


def _texts(folder: Path) -> list[tuple[dict[str, Any], str]]:
    return [_split(path) for path in sorted(folder.glob("*.md"))]


def _split(path: Path) -> tuple[dict[str, Any], str]:
    _, facts, words = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(facts), words.strip()


def _document(facts: Mapping[str, Any], words: str, organisation: Organisation, notice: str) -> Document:
    body, *parts = words.split("\n=== ")
    texts = {slug: text for slug, _, text in (part.partition("\n") for part in parts)}
    pages = tuple(
        HtmlAttachment(page["id"], page["title"], page["slug"], to_html(texts[page["slug"]] + f"\n\n{notice}"))
        for page in facts.get("page", ())
    )
    files = tuple(_file(file, texts[file["text"]], notice) for file in facts.get("file", ()))
    published_at = facts.get("first_published_at", facts["at"])
    return Document(
        path=facts["path"],
        title=facts["title"],
        organisation=organisation,
        document_type=facts["type"],
        summary=facts["summary"],
        body_html=to_html(f"{body}\n\n{notice}"),
        first_published_at=published_at,
        updated_at=facts["at"],
        pages=pages,
        files=files,
    )


def _file(facts: Mapping[str, Any], text: str, notice: str) -> FileAttachment:
    data = make_pdf(facts["title"], [*to_lines(text), notice])
    return FileAttachment(facts["id"], facts["title"], facts["filename"], facts["asset"], data, pages=page_count(data))


def _publishing(document: Document) -> Callable[[World], object]:
    return lambda world: world.publish(document)


def _edit(facts: Mapping[str, Any], words: str, documents: dict[str, str], notice: str) -> Event:
    path, at = facts["edits"], facts["at"]
    if facts.get("withdrawn"):
        return Event(at, f"withdrawn: {path}", lambda world: world.withdraw(path, at=at, explanation=words))
    text = documents[path]
    for old, new in facts["replace"]:
        if text.count(old) != 1:
            raise ValueError(f"{path}: these words stand {text.count(old)} times in it: {old}")
        text = text.replace(old, new)
    documents[path] = text
    body = to_html(text.split("\n=== ")[0] + f"\n\n{notice}")
    kind = "edited" if words else "edited quietly"
    return Event(at, f"{kind}: {path}", lambda world: world.edit(path, at=at, note=words or None, body_html=body))


def _statements(folder: Path, notice: str) -> Iterator[Event]:
    """Statements, each linked to its copy in the other House from the moment at which the copy is there."""
    texts = {facts["id"]: (facts, words) for facts, words in _texts(folder)}
    made = {
        number: _statement(facts, words, texts.get(facts.get("copy_of", 0)), notice)
        for number, (facts, words) in texts.items()
    }
    for number, (facts, _) in texts.items():
        statement, original = made[number], facts.get("copy_of")
        if original is None:
            yield Event(facts["at"], f"made: {statement.uin}", _making(statement))
            continue
        linked = (replace(statement, links=(Link(original),)), replace(made[original], links=(Link(number),)))
        yield Event(facts["at"], f"made: {statement.uin}, a copy of {made[original].uin}", _making(*linked))


def _statement(
    facts: Mapping[str, Any], words: str, original: tuple[Mapping[str, Any], str] | None, notice: str
) -> Statement:
    """A copy's own words come before the words of its original. Illustrative words say so at their end."""
    kept = {name: value for name, value in facts.items() if name not in ("at", "copy_of", "real")}
    text = f"{words}\n\n{original[1]}" if original else words
    if not facts.get("real"):
        text += f"\n\n{notice}"
    return Statement(**kept, made_on=facts["at"].date(), html=to_html(text, spacer=SPACER))


def _making(*statements: Statement) -> Callable[[World], object]:
    return lambda world: [world.make_statement(statement) for statement in statements]
