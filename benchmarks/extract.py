"""What it costs to turn documents into text, beside bare pypdfium2 in the same run.

    python -m benchmarks.extract              the table
    python -m benchmarks.extract --quick      fewer repetitions

*PDF*: 150 pages with headings, running heads and words broken at hyphens, set with kerning as by a word processor or TeX,
and once a line at a time, which is the least work for PDFium that a page of words can be. Bare is what an unprotected
program would do in its own process: open, each page's text, nothing else. Ours is `Extractor.extract`: the bytes through a
pipe, a confined child, paragraphs put together, page positions, the text back through two pipes. The two take turns; what
is shown is the fastest run of each by the wall clock, which a busy machine disturbs least. *cold* adds what either needs
before the first page: a fresh interpreter and its imports.

*small files*: a table of three rows, one after the other through one extractor, and through an extractor each.

*hostile*: the broken and harmful attachments of the tests, default limits; the longest and the peak memory of the asking process.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from monitor.extract.extractor import Extractor, open_extractor
from tests.fakes.attachments import ATTACHMENTS
from tests.fakes.pdf_files import Words, drawn, pdf_of_streams, set_in_lines, stream

PAGES = 150
PROSE = (
    "The Secretary of State for the Home Department has agreed a priority plan with the govern- ments of Belgium, France,"
    " Germany and the Netherlands. It sets out how the Calais Group will act together against organ- ised immigration crime"
    " in the next year, what each government will pay, and when ministers will meet again. "
)
BARE = "import sys, pypdfium2; [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(sys.argv[1])]"
OURS = (
    "import sys, pathlib; from monitor.extract.extractor import open_extractor\n"
    "with open_extractor() as extractor: extractor.extract(pathlib.Path(sys.argv[1]), name='a.pdf')"
)
HOSTILE = (
    "import json, pathlib, resource, sys, time\n"
    "from monitor.extract.extractor import open_extractor\n"
    "took = {}\n"
    "with open_extractor() as extractor:\n"
    "    for file in pathlib.Path(sys.argv[1]).iterdir():\n"
    "        start = time.perf_counter()\n"
    "        extractor.extract(file, name=file.name)\n"
    "        took[file.name] = time.perf_counter() - start\n"
    "slowest = max(took, key=took.get)\n"
    "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
    "print(f'{len(took)} files in {sum(took.values()):.1f} s, the longest {took[slowest]:.1f} s ({slowest});'\n"
    "      f' peak of the process that asks {peak:.0f} MB (at most 300)')"
)


def report_of_150_pages(*, kerned: bool = True) -> bytes:
    """The PDF that is measured: about 650 words a page."""
    pages = []
    for number in range(PAGES):
        page = [Words("Calais Group: priority plan", 810, size=8), Words(f"Page {number + 1} of {PAGES}", 30, size=8)]
        page.append(Words(f"Section {number + 1}", 770, size=16))
        for paragraph in range(6):
            page += set_in_lines(f"In case {number}.{paragraph} it was so. {PROSE * 2}", top=740 - 115 * paragraph)
        pages.append(page)
    return pdf_of_streams([stream(drawn(page, kerned=kerned)) for page in pages])


def bare(body: bytes) -> int:
    """Read a PDF as an unprotected program would; the number of characters found."""
    import pypdfium2

    return sum(len(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(body))


def seconds(act: Callable[[], object]) -> float:
    """How long something takes, by the wall clock."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def take_turns(times: int, *acts: Callable[[], object]) -> list[float]:
    """The fastest run of each; they alternate, so that a busy machine is busy for all."""
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(times):
        for act, list_ in zip(acts, taken, strict=True):
            list_.append(seconds(act))
    return [min(list_) for list_ in taken]


def measure_pdf(extractor: Extractor, how: str, body: bytes, times: int) -> None:
    """Warm: library loaded, reader running."""
    done = extractor.extract(body, name="a.pdf")
    assert (done.state, done.pages) == ("extracted", PAGES)
    floor, ours = take_turns(times, lambda: bare(body), lambda: extractor.extract(body, name="a.pdf"))
    print(f"{PAGES} pages {how}, {len(done.text.split()):,} words, {len(body):,} bytes")
    print(f"  warm   bare {floor * 1000:6.0f} ms   ours {ours * 1000:6.0f} ms   {ours / floor:.2f} x (under 1.5)")


def measure_cold(body: bytes, times: int) -> None:
    """A fresh interpreter each time, for both."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(body)
        file.flush()

        def fresh(script: str) -> Callable[[], object]:
            return lambda: subprocess.run([sys.executable, "-c", script, file.name], check=True)

        floor, ours = take_turns(times, fresh(BARE), fresh(OURS))
    print(f"  cold   bare {floor * 1000:6.0f} ms   ours {ours * 1000:6.0f} ms   {ours / floor:.2f} x")


def measure_small(extractor: Extractor, times: int) -> None:
    """What the process for each file costs where the file costs nothing."""
    table = b"a,b,c\n1,2,3\n4,5,6\n"

    def alone() -> None:
        with open_extractor() as fresh:
            fresh.extract(table, name="a.csv")

    kept, started = take_turns(times, lambda: extractor.extract(table, name="a.csv"), alone)
    print(f"small file: {kept * 1000:.1f} ms through one extractor, {started * 1000:.0f} ms with an extractor each")


def measure_hostile() -> None:
    """In a process of its own, so that its peak is its own; the files are made here."""
    with tempfile.TemporaryDirectory() as folder:
        for attachment in ATTACHMENTS:
            (Path(folder) / attachment.name).write_bytes(attachment.make())
        done = subprocess.run([sys.executable, "-c", HOSTILE, folder], check=True, capture_output=True, text=True)
    print(f"hostile: {done.stdout.strip()}")


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description="What it costs to turn documents into text.")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    times = 5 if parser.parse_args().quick else 15
    body = report_of_150_pages()
    with open_extractor() as extractor:
        measure_pdf(extractor, "a line at a time", report_of_150_pages(kerned=False), times)
        measure_pdf(extractor, "with kerning", body, times)
        measure_cold(body, max(3, times // 3))
        measure_small(extractor, times)
    measure_hostile()


if __name__ == "__main__":
    main()
