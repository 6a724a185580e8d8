"""The situations that a digest must be right in, each as a digest and its reader. All publications are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from monitor.model.change import Change
from monitor.model.diff import Run
from monitor.model.digest import Coverage, Digest, Expectation, FoundDocument, Passage, PromiseNews, Twin
from monitor.model.subscriber import Subscriber
from tests.mail.samples import (
    GAP,
    HEAD,
    NOW,
    OLDER,
    QUIET,
    STATEMENT,
    UPDATE,
    WITHDRAWN,
    digest,
    golden_days,
    item,
    section,
    subscriber,
)  # fmt: skip

TITLES = {"border-security": "Border security", "prisons": "Prisons and probation", "cymraeg": "Y Gymraeg"}
PLAN = FoundDocument(
    "govuk:90", "Priority plan of the Calais Group", "https://www.gov.uk/government/publications/priority-plan",
    "policy_paper", delay=timedelta(hours=6), pages=38,
)  # fmt: skip
MISSING = Expectation(
    "impact assessment", "The impact assessment will be published by the end of November.", "by the end of November",
    date(2024, 11, 30), days_late=10,
)  # fmt: skip
CORRECTED = item(
    "Safety of ferries", "corrected", 12, note="The figure in the second paragraph was wrong.", words_added=1,
    words_removed=1, key="parliament:1943300", document_type="written_statement", publisher="parliament",
    url="https://questions-statements.parliament.uk/written-statements/detail/2024-12-04/hcws301", identifier="HCWS301",
    house="Commons", department="Department for Transport", dated_on=date(2024, 12, 4), published_at=None, words=210,
    version=2, versions=2, from_version=1, to_version=2, snippet=(), sent_on=date(2024, 12, 4),
    correction=FoundDocument(
        "parliament:1943301", "Safety of ferries: correction", f"{STATEMENT.url[:-3]}305", "written_statement",
        publisher="parliament", paper_number="HCWS305",
    ),
    passages=(Passage((Run("=", "Of the "), Run("-", "31"), Run("+", "13"), Run("=", " ferries, two were delayed."))),),
)  # fmt: skip

OTHER_TWIN = Twin("HLWS287", "1 figure changed in ‘Priorities’: 12 → 13")


def promise(document: FoundDocument | None, expectation: Expectation | None) -> PromiseNews:
    """News of a promise in the joint statement."""
    change = Change(30, "new", STATEMENT.key, NOW - timedelta(hours=3))
    return PromiseNews(change, STATEMENT.title, "HCWS293", STATEMENT.url, date(2024, 12, 10), document, expectation)


REMINDERS = tuple(
    replace(promise(None, replace(MISSING, due_text=due_text, due_by=due_by, days_late=0)), change=None)
    for due_text, due_by in (("by the end of the week", date(2024, 12, 13)), ("in due course", None))
)


def situations() -> dict[str, tuple[Digest, Subscriber]]:
    """By name."""
    quiet = Digest("daily:2024-12-10", "daily", NOW - timedelta(days=1), NOW, (), coverage=Coverage(4, 144), head=HEAD)
    late = tuple(replace(OLDER, change=replace(OLDER.change, id=100 + number)) for number in range(3))
    return {
        "quiet-day": (quiet, subscriber(heartbeat=True)),
        "update": (digest(section(UPDATE)), subscriber()),
        "quiet-edit": (digest(section(QUIET)), subscriber()),
        "withdrawn": (digest(section(WITHDRAWN)), subscriber()),
        "twin": (digest(section(replace(STATEMENT, twins=(Twin("HLWS287"),)))), subscriber()),
        "twin-differs": (digest(section(replace(STATEMENT, twins=(OTHER_TWIN,)))), subscriber()),
        "correction": (digest(section(CORRECTED)), subscriber()),
        "promise-kept": (digest(section(item()), promises=(promise(PLAN, None),)), subscriber()),
        "promise-overdue": (digest(section(item()), promises=(promise(None, MISSING),)), subscriber()),
        "promise-due": (digest(section(item()), reminders=REMINDERS), subscriber()),
        "late-items": (digest(section(item()), older=late, older_omitted=40), subscriber()),
        "coverage-gap": (digest(coverage=Coverage(4, 120, (GAP, replace(GAP, feed="news", until=None)))), subscriber()),
        "text-alone": (digest(), subscriber(format="text", timezone="America/New_York")),
    }


def all_days() -> dict[str, tuple[Digest, Subscriber]]:
    """These and the golden days."""
    return golden_days() | situations()
