"""Specimens: digests that use every word a template may be given, to set it with before a mail depends on it. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from monitor.mail.settings import MailSettings
from monitor.model.change import Change
from monitor.model.diff import Run
from monitor.model.digest import (
    Coverage,
    DepartmentGroup,
    Digest,
    Expectation,
    FoundDocument,
    Gap,
    Item,
    Passage,
    PromiseNews,
    Section,
    Span,
    Twin,
)
from monitor.model.evidence import ChainHead
from monitor.model.subscriber import Subscriber, Subscription

NOW = datetime(2024, 12, 10, 7, 30, tzinfo=UTC)
TITLES: Mapping[str, str] = {"ferries": "Ferries", "harbours": "Harbours"}
SETTINGS = MailSettings("Publication Monitor <alerts@example.org>", operator="ops@example.org", secret=bytes(32))
READER = Subscriber(
    1, "reader@example.org", "active", NOW - timedelta(days=9),
    tuple(Subscription(watch, "daily", 0) for watch in TITLES),
)  # fmt: skip

_PLAN = FoundDocument(
    "govuk:9", "Ferry safety plan", "https://www.gov.uk/government/publications/example-9", "policy_paper",
    delay=timedelta(hours=6), paper_number="CP 1000", pages=38,
)  # fmt: skip
_LATE = Expectation(
    "impact assessment", "An impact assessment will be published by the end of November.", "by the end of November",
    date(2024, 11, 30), days_late=10, candidate=_PLAN,
)  # fmt: skip
_WAITING = Expectation("guidance", "Guidance will be published in due course.", "in due course", None)
_NEW = Item(
    change=Change(1, "new", "parliament:1", NOW - timedelta(hours=15)),
    key="parliament:1",
    title="Safety of ferries",
    url="https://questions-statements.parliament.uk/written-statements/detail/2024-12-09/hcws1",
    document_type="written_statement",
    publisher="parliament",
    department="Department for Transport",
    first_seen_at=NOW - timedelta(hours=15),
    words=640,
    version=1,
    versions=1,
    identifier="HCWS1",
    house="Commons",
    minister="A Minister",
    role="The Secretary of State for Transport",
    dated_on=date(2024, 12, 9),
    snippet=(Span("…the "), Span("ferries", marked=True), Span(" of the Clyde…")),
    also_in=("Harbours",),
    found_in="Timetable, page 3",
    twins=(Twin("HLWS1", "1 figure changed: 12 → 13"),),
    documents=(_PLAN,),
    expectations=(_LATE, _WAITING),
)
_UPDATE = replace(
    _NEW,
    change=Change(
        2, "updated", "govuk:2", NOW - timedelta(hours=14), announced=True, note="Updated section 3.", words_added=2,
        words_removed=1, from_version=1, to_version=2,
    ),
    key="govuk:2",
    url="https://www.gov.uk/guidance/example-2",
    document_type="guidance",
    publisher="govuk",
    published_at=NOW - timedelta(days=40),
    version=2,
    versions=2,
    snippet=(),
    passages=(
        Passage((Run("=", "Within "), Run("-", "28"), Run("+", "14"), Run("=", " days.")), "When to report"),
        Passage((Run("+", "Harbours are told."),)),
    ),
    passages_omitted=2,
    gist="1 paragraph changed, 1 added.",
    documents=(),
    expectations=(),
)  # fmt: skip
_CORRECTED = replace(
    _UPDATE, change=replace(_UPDATE.change, id=3, kind="corrected"), sent_on=date(2024, 12, 4), correction=_PLAN
)
_WITHDRAWN = replace(
    _UPDATE, change=Change(4, "withdrawn", "govuk:4", NOW - timedelta(hours=3)), notice="It is out of date.", passages=(),
    summary="What masters of ferries report.", department="",
)  # fmt: skip


def specimens() -> tuple[Digest, ...]:
    """A day with everything, a day without anything, and an alert with one item."""
    promises = tuple(
        PromiseNews(
            Change(5, "new", _NEW.key, NOW), _NEW.title, "HCWS1", _NEW.url, date(2024, 12, 9), document, expectation
        )
        for document, expectation in ((_PLAN, None), (None, _LATE))
    )
    reminders = tuple(replace(one, change=None) for one in promises[1:])
    gaps = (
        Gap("statements", NOW - timedelta(hours=3), NOW - timedelta(hours=2), "timed out"),
        Gap("news", NOW - timedelta(hours=3), None, ""),
    )
    full = Digest(
        "daily:2024-12-10", "daily", NOW - timedelta(days=3), NOW,
        (
            Section("ferries", "Ferries", (DepartmentGroup("Department for Transport", (_NEW, _UPDATE)),)),
            Section("harbours", "Harbours", (DepartmentGroup("", (_CORRECTED, _WITHDRAWN)),), omitted=17),
        ),
        older=(replace(_NEW, change=replace(_NEW.change, id=6)),), older_omitted=3, minor=2,
        promises=promises, reminders=reminders,
        coverage=Coverage(4, 144, gaps), head=ChainHead(12_345, "5e" * 32),
    )  # fmt: skip
    quiet = replace(
        full, covers_from=NOW - timedelta(days=1), sections=(), older=(), older_omitted=0, minor=0, promises=(), reminders=(),
        coverage=Coverage(4, 144),
    )  # fmt: skip
    one = Section("ferries", "Ferries", (DepartmentGroup("Department for Transport", (_NEW,)),))
    return full, quiet, replace(quiet, period="immediate:1", every="immediate", sections=(one,))
