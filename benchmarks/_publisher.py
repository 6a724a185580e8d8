"""The publisher that the poll benchmark asks: 200 feeds of 20 entries in three forms, and the items behind them."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

FEEDS, ENTRIES = 200, 20
SITE = "https://www.gov.uk"
NOW = datetime(2024, 12, 10, 9, 0, tzinfo=UTC)
SOURCES = ("feed", "rss", "govuk_atom")


def feed_url(source: str, number: int) -> str:
    """The address of one of the feeds: GOV.UK's are on one host, others on twenty."""
    site = SITE if source == "govuk_atom" else f"https://news-{number % 20}.example.org"
    return f"{site}/government/organisations/department-{number}.{'rss' if source == 'rss' else 'atom'}"


def serve(etags: bool) -> None:
    """Be the publisher until standard input ends. Every line that comes asks for the most requests in flight so far."""
    from tests.fakes.answer import ATOM, JSON, Answer
    from tests.fakes.documents import Document, Organisation
    from tests.fakes.govuk import content_item, finder_feed, organisation_feed
    from tests.fakes.publisher import Publisher

    chance = random.Random(2)
    words = ["".join(chance.choices("aeilnorstdcm", k=chance.randint(2, 9))) for _ in range(5000)]
    etag = "auto" if etags else None

    def sentence(length: int) -> str:
        return " ".join(words[int(5000 * chance.random() ** 2)] for _ in range(length)).capitalize() + "."

    answers: dict[str, Answer] = {}
    for number in range(FEEDS):
        organisation = Organisation(f"department-{number}", f"Department {number}")
        documents = [
            Document(
                path=f"/government/publications/d{number}-{place}", title=sentence(9), summary=sentence(25),
                organisation=organisation, first_published_at=NOW - timedelta(hours=place + 1),
                body_html="".join(f"<h2>{sentence(4)}</h2><p>{sentence(60)}</p><p>{sentence(50)}</p>" for _ in range(6)),
            )
            for place in range(ENTRIES)
        ]  # fmt: skip
        listed = finder_feed("all", documents) if number % 2 else organisation_feed(organisation, documents)
        for source in ("feed", "govuk_atom"):
            answers[feed_url(source, number)] = Answer(listed, content_type=ATOM, etag=etag)
        items = "".join(
            f"<item><guid>{SITE}{one.path}</guid><link>{SITE}{one.path}</link><title>{one.title}</title>"
            f"<pubDate>{format_datetime(one.first_published_at)}</pubDate><description>{one.summary}</description></item>"
            for one in documents
        )
        rss = f'<rss version="2.0"><channel><title>{organisation.title}</title>{items}</channel></rss>'
        answers[feed_url("rss", number)] = Answer(rss.encode(), content_type="application/rss+xml", etag=etag)
        for document in documents:
            answers[f"{SITE}/api/content{document.path}"] = Answer(content_item(document), content_type=JSON, etag=etag)
    with Publisher(otherwise=answers.get) as publisher:
        print(publisher.address, flush=True)
        for _ in sys.stdin:
            print(publisher.peak(), flush=True)
            publisher.reset_counts()
