"""Digests for the mail tests: builders with sensible defaults, and the golden days. All publications are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from monitor.mail.settings import MailSettings
from monitor.model.change import Change, ChangeKind
from monitor.model.diff import Run
from monitor.model.digest import Coverage, DepartmentGroup, Digest, Gap, Item, Passage, Section, Span
from monitor.model.evidence import ChainHead
from monitor.model.subscriber import Subscriber, Subscription

NOW = datetime(2024, 12, 10, 7, 30, tzinfo=UTC)
HEAD = ChainHead(12_345, "5e" * 32)
SECRET = bytes(range(32))


def mail_settings(folder: Path = Path("var/outbox"), **changes) -> MailSettings:
    words = {
        "from_": "Publication Monitor <alerts@example.org>",
        "operator": "ops@example.org",
        "folder": folder,
        "secret": SECRET,
    }
    return MailSettings(**{**words, **changes})


def subscriber(*watches: str, every="daily", **changes) -> Subscriber:
    words = {
        "id": 7,
        "email": "ada@example.org",
        "state": "active",
        "confirmed_at": datetime(2024, 12, 1, 12, 0, tzinfo=UTC),
        "subscriptions": tuple(Subscription(watch, every, 0) for watch in watches or ("border-security",)),
    }
    return Subscriber(**{**words, **changes})


def change(kind: ChangeKind = "new", number: int = 1, **changes) -> Change:
    words = {"id": number, "kind": kind, "key": f"govuk:{number}", "detected_at": NOW - timedelta(hours=15)}
    return Change(**{**words, **changes})


def item(title: str = "Calais Group priority plan", kind: ChangeKind = "new", number: int = 1, **changes) -> Item:
    of_change = {name: changes.pop(name) for name in tuple(changes) if name in Change.__slots__ and name != "key"}
    words = {
        "change": change(kind, number, key=changes.get("key", f"govuk:{number}"), **of_change),
        "key": f"govuk:{number}",
        "title": title,
        "url": f"https://www.gov.uk/government/publications/example-{number}",
        "document_type": "policy_paper",
        "publisher": "govuk",
        "department": "Home Office",
        "first_seen_at": NOW - timedelta(hours=15),
        "published_at": NOW - timedelta(hours=15, minutes=12),
        "words": 640,
        "version": 1,
        "versions": 1,
        "snippet": (Span("…the "), Span("Calais Group", marked=True), Span(" agreed a plan against smuggling…")),
    }
    return Item(**{**words, **changes})


def section(*items: Item, watch: str = "border-security", title: str = "Border security", omitted: int = 0) -> Section:
    departments = dict.fromkeys(entry.department for entry in items)
    groups = tuple(
        DepartmentGroup(department, tuple(entry for entry in items if entry.department == department))
        for department in departments
    )
    return Section(watch, title, groups, omitted)


def digest(*sections: Section, **changes) -> Digest:
    words = {
        "period": "daily:2024-12-10",
        "every": "daily",
        "covers_from": NOW - timedelta(days=1),
        "covers_to": NOW,
        "sections": sections or (section(item()),),
        "coverage": Coverage(feeds=4, polls=144),
        "head": HEAD,
    }
    return Digest(**{**words, **changes})


STATEMENT = item(
    "Joint Statement of the Calais Group and Priority Plan",
    number=2,
    key="parliament:1943121",
    url="https://questions-statements.parliament.uk/written-statements/detail/2024-12-10/hcws293",
    document_type="written_statement",
    publisher="parliament",
    identifier="HCWS293",
    house="Commons",
    minister="A Minister",
    role="The Secretary of State for the Home Department",
    dated_on=date(2024, 12, 10),
    published_at=None,
    words=512,
    snippet=(
        Span("…met in London and agreed a joint plan against "),
        Span("people smuggling", marked=True),
        Span(" and "),
        Span("small boats", marked=True),
        Span(" crossings, which is published today…"),
    ),
    also_in=("Priority plans",),
)
UPDATE = item(
    "Home detention curfew policy framework",
    "updated",
    3,
    announced=True,
    note="Updated section 3.",
    words_added=40,
    words_removed=21,
    from_version=3,
    to_version=4,
    document_type="guidance",
    department="Ministry of Justice",
    published_at=datetime(2021, 3, 1, 9, 30, tzinfo=UTC),
    first_seen_at=datetime(2024, 11, 1, 9, 0, tzinfo=UTC),
    version=4,
    versions=4,
    words=4100,
    snippet=(),
    passages=(
        Passage(
            (
                Run("=", "The maximum period on curfew is "),
                Run("-", "180 "),
                Run("+", "365 "),
                Run("=", "days. Governors must complete an assessment within "),
                Run("-", "28"),
                Run("+", "14"),
                Run("=", " days of the date of eligibility."),
            ),
            "Eligibility",
        ),
        Passage((Run("+", "Victims are told before release."),)),
    ),
    passages_omitted=2,
    gist="4 figures changed in 2 sections; 34 words added and 17 removed",
)
QUIET = item(
    "Prison population projections",
    "updated",
    4,
    announced=False,
    words_added=1,
    words_removed=1,
    document_type="official_statistics",
    department="Ministry of Justice",
    version=2,
    versions=2,
    snippet=(),
    passages=(
        Passage((Run("=", "Projected to reach "), Run("-", "99,300"), Run("+", "102,400"), Run("=", " by 2027."))),
    ),
    gist="1 figure changed: 99,300 → 102,400",
)
WITHDRAWN = item(
    "COVID-19 regime stages in prisons",
    "withdrawn",
    5,
    document_type="guidance",
    department="Ministry of Justice",
    version=7,
    versions=7,
    notice="This guidance is out of date.",
    published_at=datetime(2020, 6, 2, 10, 0, tzinfo=UTC),
    first_seen_at=datetime(2024, 11, 1, 9, 0, tzinfo=UTC),
    snippet=(),
)
OLDER = item("Impact assessment of 2019", number=6, late=True, published_at=datetime(2019, 5, 4, 11, 0, tzinfo=UTC))
GAP = Gap("home-office", NOW - timedelta(hours=2, minutes=28), NOW - timedelta(minutes=10), "timed out after 20 s")
WELSH = (
    item("Cynllun Gweithredu ar gyfer y Gymraeg – Tŷ’r Cyffredin", number=20, department="Swyddfa Cymru", snippet=()),
    item("Ŵyn, ŷd a’r môr: \u202eadroddiad\u202c “blynyddol” <b>2024</b>", number=21, department="Swyddfa Cymru"),
)


def rich_day() -> Digest:
    """A statement, a policy paper, an update, a quiet edit, a withdrawal, an older item, a gap, one item in two watches."""
    return digest(
        section(STATEMENT, item(), watch="border-security", title="Border security"),
        section(UPDATE, QUIET, WITHDRAWN, watch="prisons", title="Prisons and probation"),
        older=(OLDER,),
        older_omitted=3,
        coverage=Coverage(feeds=4, polls=144, gaps=(GAP,)),
    )


def many(count: int, omitted: int = 0) -> Digest:
    """More items than a watch may show."""
    items = tuple(item(f"Publication number {number} of a busy day", number=number) for number in range(1, count + 1))
    return digest(section(*items, omitted=omitted))


def golden_days() -> dict[str, tuple[Digest, Subscriber]]:
    """The situations whose mails are kept as golden files, by name."""
    return {
        "one-item": (digest(), subscriber()),
        "rich-day": (rich_day(), subscriber("border-security", "prisons")),
        "catch-up": (
            digest(section(item(), UPDATE), covers_from=NOW - timedelta(days=3), period="daily:2024-12-10"),
            subscriber(),
        ),
        "welsh": (digest(section(*WELSH, title="Y Gymraeg", watch="cymraeg")), subscriber("cymraeg")),
        "over-the-cap": (many(25, omitted=15), subscriber()),
    }
