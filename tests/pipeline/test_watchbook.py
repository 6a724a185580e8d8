"""The worker starts from the saved form of its watches: what is as it was is not read again, and nothing stale is believed."""

from __future__ import annotations

from pathlib import Path

from monitor.model.watch import Watch
from monitor.pipeline.standing import load_watchbook
from monitor.rules.documents import read_document
from monitor.rules.watching import Watchbook
from monitor.store.archive import Archive
from tests.store.shelf import open_shelf

WATCHES = [Watch(f"w{number}", "", query=f"prison{number} OR (boats title:plan{number}*)") for number in range(40)]
DOCUMENT = read_document(title="Plan7s", text="Boats; prison3 and prison33")


def named(book: Watchbook) -> tuple[str, ...]:
    return book.matching(DOCUMENT)


def saved(archive: Archive) -> bytes:
    return archive.saved_queries.path.read_bytes()


def test_watches_are_saved_at_the_first_start_and_read_from_there_at_the_next(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        assert named(load_watchbook(archive, WATCHES)) == ("w3", "w7", "w33")
        before = saved(archive)
    with open_shelf(tmp_path) as archive:
        book = load_watchbook(archive, WATCHES)
        assert (book.standing.changes, named(book)) == (0, ("w3", "w7", "w33"))
        assert saved(archive) == before


def test_a_watch_that_asks_something_else_does_so_at_once(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        load_watchbook(archive, WATCHES)
        before = saved(archive)
        changed = [Watch("w3", "", query="hospital"), *WATCHES[4:], Watch("fresh", "", keywords=("boats",))]
        book = load_watchbook(archive, changed)
        assert named(book) == ("w7", "w33", "fresh")
        assert (len(book.standing), saved(archive) != before) == (len(changed), True), "one in ten: saved anew"
        again = load_watchbook(archive, [*changed[:-1], Watch("fresh", "", keywords=("ships",))])
        assert (again.standing.changes, named(again)) == (2, ("w7", "w33"))


def flipped(body: bytes, at: int) -> bytes:
    return body[:at] + bytes([body[at] ^ 1]) + body[at:][1:]


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        load_watchbook(archive, WATCHES)
        whole = saved(archive)
        for damaged in (
            b"",
            whole[:-1],
            whole[:500],
            flipped(whole, 200),
            flipped(whole, len(whole) - 1),
            b"x" * 10_000,
        ):
            archive.saved_queries.path.write_bytes(damaged)
            assert archive.saved_queries.read() is None
            assert named(load_watchbook(archive, WATCHES)) == ("w3", "w7", "w33")
            assert saved(archive) == whole


def test_a_file_of_another_edition_is_made_again(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        load_watchbook(archive, WATCHES)
        whole = saved(archive)
        other = whole[:-32].replace(b'"form": ', b'"form": 9', 1)
        archive.saved_queries.save([other])
        assert named(load_watchbook(archive, WATCHES)) == ("w3", "w7", "w33")
        assert saved(archive) == whole


def test_a_file_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as archive:
        archive.saved_queries.path.mkdir()
        assert named(load_watchbook(archive, WATCHES)) == ("w3", "w7", "w33")
        assert archive.saved_queries.read() is None
