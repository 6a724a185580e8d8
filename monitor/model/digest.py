"""A digest: what one subscriber is told about one period, ready to be put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.model.change import Change
from monitor.model.diff import Run
from monitor.model.evidence import ChainHead
from monitor.model.publication import Publisher
from monitor.model.subscriber import Every


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a snippet; `marked` pieces are the words that matched."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A changed block, as word runs, cut to what a mail can hold. `heading` is the section of the text it stands under."""

    runs: tuple[Run, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that a statement promised or links to, and that is there. `delay` is how long after the statement it came."""

    key: str
    title: str
    url: str
    document_type: str
    publisher: Publisher = "govuk"
    delay: timedelta | None = None
    paper_number: str | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """The copy of a statement in the other House: its number, and in a line what its text does not share."""

    identifier: str
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A document that is promised and not there, in the statement's own words. `days_late` is 0 until it is overdue."""

    expected: str
    quote: str
    due_text: str | None
    due_by: date | None
    days_late: int = 0
    candidate: FoundDocument | None = None


@dataclass(frozen=True, slots=True)
class PromiseNews:
    """What became of a promise that the reader's watches care for: kept (`document`) or overdue (`expectation`).

    `change` is None where nothing has become of it: a reminder that it is due soon, or has long been open.
    """

    change: Change | None
    statement: str
    identifier: str | None
    statement_url: str
    dated_on: date | None
    document: FoundDocument | None = None
    expectation: Expectation | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One change, as a digest shows it.

    `first_seen_at` is our observation, `published_at` the publisher's claim; `version` of `versions` is the one shown;
    `passages` are the changed ones (`passages_omitted` more were cut); `also_in` are the titles of the subscriber's other
    watches that matched it; `gist` says in a line what an update changed; `twins` are copies in the other House, found by
    title and day, or because they are `tied` to it (keys); `body` are a statement's own words; `documents` and
    `expectations` are what a statement promised, there and not there;
    `sent_on` is the day its reader was first sent it, where this change speaks of what they have; `correction` is the
    statement that corrects it; `found_in` names the attachment that the snippet is from, and the page of it.
    """

    change: Change
    key: str
    title: str
    url: str
    document_type: str
    publisher: Publisher
    department: str
    first_seen_at: datetime
    words: int
    version: int
    versions: int
    summary: str = ""
    identifier: str | None = None
    house: str | None = None
    minister: str | None = None
    role: str | None = None
    dated_on: date | None = None
    published_at: datetime | None = None
    notice: str = ""
    snippet: tuple[Span, ...] = ()
    passages: tuple[Passage, ...] = ()
    passages_omitted: int = 0
    also_in: tuple[str, ...] = ()
    gist: str = ""
    body: str = ""
    tied: frozenset[str] = frozenset()
    twins: tuple[Twin, ...] = ()
    documents: tuple[FoundDocument, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    sent_on: date | None = None
    correction: FoundDocument | None = None
    found_in: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentGroup:
    """The items of one department within a section, in the order new, updated, withdrawn."""

    department: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Everything one watch brings. `omitted` items matched too but are over the cap; the true count is `count`."""

    watch: str
    title: str
    groups: tuple[DepartmentGroup, ...]
    omitted: int = 0

    @property
    def count(self) -> int:
        """How many items matched, shown or not."""
        return sum(len(group.items) for group in self.groups) + self.omitted


@dataclass(frozen=True, slots=True)
class Gap:
    """A feed that could not be read for a while; `until` is None while it lasts."""

    feed: str
    since: datetime
    until: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at in the period: the proof behind "nothing missed"."""

    feeds: int
    polls: int
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """One mail to one subscriber. `period` is unique with the subscriber (`daily:2024-12-10`); the cover is [from, to).

    `minor` counts edits too slight to show (dates, contact details, typography). `reminders` are no news and do not count.
    `head` is the archive's, of its chain of hashes, when the mail was made.
    """

    period: str
    every: Every
    covers_from: datetime
    covers_to: datetime
    sections: tuple[Section, ...]
    older: tuple[Item, ...] = ()
    older_omitted: int = 0
    minor: int = 0
    promises: tuple[PromiseNews, ...] = ()
    reminders: tuple[PromiseNews, ...] = ()
    coverage: Coverage = Coverage(feeds=0, polls=0)
    head: ChainHead | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item shown, in reading order."""
        shown = [item for section in self.sections for group in section.groups for item in group.items]
        return (*shown, *self.older)

    @property
    def count(self) -> int:
        """How many items there are to tell, shown or not."""
        listed = sum(section.count for section in self.sections)
        return listed + len(self.older) + self.older_omitted + len(self.promises)

    @property
    def publishers(self) -> frozenset[Publisher]:
        """Whose words are in it, and so whose licences must be named."""
        items = frozenset(item.publisher for item in self.items)
        documents = frozenset(document.publisher for item in self.items for document in item.documents)
        arrived = frozenset(news.document.publisher for news in self.promises if news.document)
        statements: frozenset[Publisher] = frozenset({"parliament"} if self.promises or self.reminders else ())
        return items | documents | arrived | statements
