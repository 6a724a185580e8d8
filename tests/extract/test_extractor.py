"""The door of the room: one reader for many files, limits that hold, trouble that ends in a state."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.confined.bounds import MB
from monitor.errors import ExtractError
from monitor.extract.extraction import Limits
from monitor.extract.extractor import Extractor, open_extractor
from tests.fakes.attachments import GOOD, TEXT, flate_bomb, form_that_draws_itself, forms_ten_to_the_thirty
from tests.fakes.office_files import docx, opendocument, paragraph, xlsx
from tests.fakes.pdf_files import Words, pdf_of

WHOLE = (
    GOOD,
    docx(paragraph(TEXT)),
    opendocument("text", f"<text:p>{TEXT}</text:p>"),
    xlsx({"One": "<row><c r='B1'><v>5</v></c></row>"}),
    b"a,b,c\n1,2,3\n",
    b"<!doctype html><p>One</p>",
)


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with open_extractor(Limits(seconds=20)) as opened:
        yield opened


def test_many_small_files_are_read_by_one_process(extractor: Extractor) -> None:
    readers = {(extractor.extract(b"a,b\n1,2\n", name="small.csv").state, extractor.reader_id) for _ in range(20)}
    assert readers == {("extracted", extractor.reader_id)}


def test_a_file_that_kills_its_process_does_not_cost_the_next_one_a_start(extractor: Extractor) -> None:
    extractor.extract(b"words", name="a.txt")
    before = extractor.reader_id
    assert extractor.extract(flate_bomb(), name="bomb.pdf").state == "too-large"
    assert extractor.extract(GOOD, name="good.pdf").state == "extracted"
    assert extractor.reader_id == before


def test_a_reader_that_was_killed_is_started_again() -> None:
    with open_extractor() as extractor:
        assert extractor.reader_id is None
        extractor.extract(b"words", name="a.txt")
        reader = extractor.reader_id
        assert reader is not None
        os.kill(reader, signal.SIGKILL)
        assert extractor.extract(b"words", name="a.txt").state == "extracted"
        assert extractor.reader_id not in (None, reader)


def test_leaving_ends_the_reader() -> None:
    with open_extractor() as extractor:
        extractor.extract(b"words", name="a.txt")
        reader = extractor.reader_id
    assert reader is not None
    with pytest.raises(ProcessLookupError):
        os.kill(reader, 0)


def test_a_file_that_takes_too_long_is_stopped_at_its_deadline() -> None:
    with open_extractor(Limits(seconds=0.5)) as extractor:
        extractor.extract(b"words", name="a.txt")
        start = time.monotonic()
        done = extractor.extract(forms_ten_to_the_thirty(), name="forms.pdf")
        assert (done.state, done.media_type) == ("refused", "application/pdf")
        assert "longer than the 1 s" in done.reason
        assert time.monotonic() - start < 3


def test_a_file_may_use_as_much_memory_as_its_limit_says() -> None:
    with open_extractor(Limits(memory=160 * MB)) as extractor:
        done = extractor.extract(form_that_draws_itself(), name="form.pdf")
        assert (done.state, "160 MB" in done.reason) == ("too-large", True)


def test_a_huge_file_is_not_even_opened_by_the_reader(tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(10_000 * MB)
    with open_extractor() as extractor:
        done = extractor.extract(huge, name="huge.pdf")
        assert (done.state, done.media_type, extractor.reader_id) == ("too-large", "application/pdf", None)
        assert done.reason == "it has 10,485,760,000 bytes; files of up to 60 MB are read"


def test_a_stored_file_and_its_bytes_give_the_same(extractor: Extractor, tmp_path: Path) -> None:
    stored = tmp_path / "3f5a"
    stored.write_bytes(GOOD)
    assert extractor.extract(stored, name="a.pdf") == extractor.extract(GOOD, name="a.pdf")


def test_a_stored_file_that_is_gone_is_our_fault_and_raises(extractor: Extractor, tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="cannot be opened"):
        extractor.extract(tmp_path / "gone", name="a.pdf")


def test_text_beyond_its_limit_is_cut_at_a_line() -> None:
    with open_extractor(Limits(text=100)) as narrow:
        done = narrow.extract("naïve words\n".encode() * 50, name="a.txt")
        assert done.state == "too-large"
        assert done.text.split("\n") == ["naïve words"] * 7


def test_pages_beyond_their_limit_are_left_out_and_it_is_said() -> None:
    with open_extractor(Limits(pages=2)) as extractor:
        done = extractor.extract(pdf_of([[Words(f"Page number {n}", 700)] for n in "abc"]), name="a.pdf")
        assert (done.state, done.pages, done.text) == ("too-large", 3, "Page number a\nPage number b")
        assert done.reason == "it says it has 3 pages; the first 2 are read"


def test_the_reader_is_given_nothing_of_our_environment() -> None:
    environment = Path(f"/proc/{os.getpid()}/environ")
    if not environment.exists():
        pytest.skip("needs /proc, which is Linux's")
    script = (
        "from monitor.extract.extractor import open_extractor; import pathlib\n"
        "with open_extractor() as extractor:\n"
        "    extractor.extract(b'words', name='a.txt')\n"
        "    print(pathlib.Path(f'/proc/{extractor.reader_id}/environ').read_text())"
    )
    secret = os.environ | {"MONITOR_SMTP_PASSWORD": "hunter2", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", script], env=secret, capture_output=True, text=True, check=True)
    assert "LANG=C.UTF-8" in done.stdout
    assert "hunter2" not in done.stdout


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=400), name=st.sampled_from(["a.pdf", "a.docx", "a.csv", "a.html", "a", "a.txt"]))
def test_whatever_the_bytes_are_there_is_an_outcome(extractor: Extractor, body: bytes, name: str) -> None:
    done = extractor.extract(body, name=name)
    assert done.state in ("extracted", "no-text", "damaged", "unsupported", "refused", "encrypted")
    assert done.reason or done.state == "extracted"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole=st.sampled_from(WHOLE), data=st.data())
def test_a_file_with_wrong_bytes_in_it_has_an_outcome(extractor: Extractor, whole: bytes, data: st.DataObject) -> None:
    body = bytearray(whole)
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=8)):
        body[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(body)))
    done = extractor.extract(bytes(body[cut:] if data.draw(st.booleans()) else body), name="a")
    assert done.reason or done.state == "extracted"
