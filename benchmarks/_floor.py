"""What the poll benchmark compares with: one httpx.Client, feedparser, and, for items, the least that keeping them takes."""

from __future__ import annotations

import json
import resource
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks._publisher import ENTRIES, FEEDS, SITE, feed_url

FLOORS = {"floor": {}, "floor, flags off": {"sanitize_html": False, "resolve_relative_uris": False}}
KEEPING = "floor that keeps"
Keep = Callable[[bytes], None]


def cpu_seconds() -> float:
    """User and system time of this process so far, all threads."""
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


def report(taken: float, requests: int) -> None:
    """Print what it took."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": taken, "peak_mb": peak, "requests": requests}))


def run_floor(gateway: str, folder: Path, source: str, flags: dict[str, bool], keep: Keep | None = None) -> None:
    """Ask for the feeds, with the validators of the last run where there are any; read them; ask for what they list."""
    import feedparser
    import httpx

    kept = folder / "floor.json"
    validators: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
    requests, etags = 0, {}
    feedparser.parse(b"<feed/>")
    with httpx.Client(headers={"User-Agent": "floor/1.0"}) as client:
        before = cpu_seconds()
        for number in range(FEEDS):
            url = feed_url(source, number)
            asked = {"If-None-Match": validators[url]} if url in validators else {}
            parts = urlsplit(url)
            response = client.get(gateway + parts.path, headers={"Host": parts.netloc, **asked})
            requests += 1
            if response.status_code == 304:
                continue
            etags[url] = response.headers.get("ETag")
            read = feedparser.parse(response.content, **flags)
            assert len(read.entries) == ENTRIES
            for entry in read.entries if source == "govuk_atom" else ():
                item = entry.link.replace(SITE, f"{gateway}/api/content")
                answer = client.get(item, headers={"Host": "www.gov.uk"})
                assert answer.content
                requests += 1
                if keep:
                    keep(answer.content)
        taken = cpu_seconds() - before
    report(taken, requests)
    kept.write_text(json.dumps({url: etag for url, etag in etags.items() if etag} or validators))


@contextmanager
def open_keeping(folder: Path) -> Iterator[Keep]:
    """Keeps the words of items, and their bytes, in a database with a search index, in one transaction."""
    from selectolax.lexbor import LexborHTMLParser

    with sqlite3.connect(folder / "floor.db") as connection:
        connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, title TEXT, text TEXT, body BLOB)")
        connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5 (title, text, content=items, content_rowid=id,"
            " tokenize='porter unicode61 remove_diacritics 2')"
        )

        def keep(body: bytes) -> None:
            item = json.loads(body)
            text = LexborHTMLParser(item["details"]["body"]).text(separator=" ")
            row = (item["title"], text, zlib.compress(body, 1))
            number = connection.execute("INSERT INTO items (title, text, body) VALUES (?, ?, ?)", row).lastrowid
            connection.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, *row[:2]))

        yield keep


def run_keeping(gateway: str, folder: Path, source: str) -> None:
    """The floor without flags, and each item read and kept."""
    with open_keeping(folder) as keep:
        run_floor(gateway, folder, source, FLOORS["floor, flags off"], keep)
