"""What kills are told with: a day in the world, an assassin, and all that a run leaves behind, to compare."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from tests.child import Child
from tests.fakes.answer import Answer
from tests.fakes.documents import FileAttachment, HtmlAttachment
from tests.fakes.parliament import Link
from tests.fakes.world import World
from tests.house import House, at, document, statement

BOATS = "<p>On small boats.</p>"
ARCHIVE = {
    "publications": "SELECT key, url, title, status, notice, identifier, dated_on, version, fingerprint FROM publications",
    "versions": "SELECT p.key, v.number, v.fingerprint, v.sha256, v.title, v.text, v.notice, v.note, v.words"
    " FROM versions v JOIN publications p ON p.id = v.publication_id",
    "changes": "SELECT p.key, c.kind, c.from_version, c.to_version, c.note, c.announced, c.material, c.words_added, c.late"
    " FROM changes c JOIN publications p ON p.id = c.publication_id",
    "matches": "SELECT m.watch, p.key, c.kind, c.to_version, m.hits, m.snippet FROM matches m"
    " JOIN changes c ON c.id = m.change_id JOIN publications p ON p.id = c.publication_id",
    "links": "SELECT p.key, l.target, l.rel, l.anchor FROM links l JOIN publications p ON p.id = l.publication_id",
    "attachments": "SELECT p.key, a.version, a.position, a.url FROM attachments a JOIN publications p ON p.id = a.publication_id",
    "captures": "SELECT sha256, bytes FROM captures",
    "addresses": "SELECT * FROM addresses",
    "sightings": "SELECT url, stamp, baseline, settled FROM sightings",
    "words": "SELECT l.rowid FROM latest_fts l WHERE latest_fts MATCH 'boats'",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traces:
    """All that a run leaves behind, apart from numbers and times."""

    archive: dict[str, list[str]]
    mails: dict[str, tuple[str, str, str]]
    outbox: list[str]


def traces_of(house: House) -> Traces:
    """What is in the archive, in the outbox, and on its way to people."""
    with closing(sqlite3.connect(house.folder / "var" / "archive.db")) as archive:
        assert archive.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = {name: sorted(str(row) for row in archive.execute(query)) for name, query in ARCHIVE.items()}
    found["words"] = [str(len(found["words"]))]
    with closing(sqlite3.connect(house.folder / "var" / "mail.db")) as mail:
        assert mail.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        outbox = sorted(str(row) for row in mail.execute("SELECT period, subscriber_id, state, items FROM outbox"))
    sent = house.mails()
    mails = {
        str(mail["Message-ID"]): (str(mail["To"]), str(mail["Subject"]), _words(mail.as_string())) for mail in sent
    }
    assert len(mails) == len(sent)
    return Traces(found, mails, outbox)


def _words(mail: str) -> str:
    """A mail's text without the counts of requests, which a repeated run may raise."""
    return " ".join(line.strip() for line in mail.splitlines() if line.strip().split(":")[0].isupper())


def monday(world: World) -> None:
    """What there is when the monitor starts."""
    for number in range(6):
        world.publish(
            document(f"old-{number}", f"Old {number}", f"{BOATS}<p>{number}</p>", f"2024-12-0{number + 1} 09:00")
        )
    world.make_statement(statement(280, "Border security", "<p>On people smuggling.</p>", "2024-12-05"))


def tuesday(world: World) -> None:
    """A day's news, with everything in it that takes more than one step."""
    file = FileAttachment("plan.pdf", "The plan", "plan.pdf", "65a1b2c3d4e5f60718293a4b")
    page = HtmlAttachment("page", "The plan as a page", "the-plan", BOATS)
    for number in range(4):
        world.publish(document(f"new-{number}", f"New {number}", f"{BOATS}<p>{number}</p>", f"2024-12-09 1{number}:30"))
    world.publish(document("plan", "Calais Group plan", BOATS, "2024-12-09 17:00", files=(file,), pages=(page,)))
    old = "/government/publications/old-"
    world.edit(
        f"{old}0", at=at("2024-12-09 18:00"), note="A figure corrected.", body_html=f"{BOATS}<p>5 small boats.</p>"
    )
    world.withdraw(f"{old}3", at=at("2024-12-09 18:10"), explanation="Out of date.")
    world.move(f"{old}4", to="/government/publications/moved", at=at("2024-12-09 18:20"))
    world.remove(f"{old}5", at=at("2024-12-09 18:30"), explanation="Published in error.")
    twin = statement(281, "Calais Group", "<p>We met the Calais Group.</p>", "2024-12-10", links=(Link(2_000_281),))
    world.make_statement(twin)
    world.make_statement(replace(twin, id=2_000_281, uin="HLWS281", house="Lords", links=(Link(twin.id),)))


def told(*days: Callable[[World], None]) -> World:
    """The world after some days."""
    world = World(volatile_links=False)
    for day in days:
        day(world)
    return world


class Assassin:
    """Kills a child at the moment when the world is asked for the nth time."""

    def __init__(self, world: World, nth: int) -> None:
        self._world = world
        self._left = nth
        self._lock = threading.Lock()
        self._armed = threading.Event()
        self._child: Child | None = None

    def aim(self, child: Child) -> None:
        """Whom to kill."""
        self._child = child
        self._armed.set()

    def __call__(self, url: str) -> Answer | None:
        self._armed.wait()
        with self._lock:
            self._left -= 1
            if self._left == 0 and self._child is not None:
                self._child.process.kill()
        return self._world.answer(url)


def footprint(folder: Path) -> tuple[int, ...]:
    """The sizes of what a run writes to, and how many mails lie in the folder."""
    var = folder / "var"
    outbox = var / "outbox"
    return (
        *map(size, (var / "archive.db-wal", var / "mail.db-wal")),
        len(list(outbox.iterdir())) if outbox.exists() else 0,
    )


def size(path: Path) -> int:
    """Bytes of a file that may come and go."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
