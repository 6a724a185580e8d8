"""One line for each Content API example of the corpus: what became of it. Reviewed by eye, kept in tests/data.

`python -m tests.sources.corpus_summary CORPUS` writes it anew from the folder of the corpus.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from monitor.errors import ParseError
from monitor.model.publication import Publication
from monitor.sources.govuk_content import GovukContent
from monitor.text import count_words
from tests.sources.answers import answer

FILE = Path(__file__).parents[1] / "data" / "govuk_content" / "corpus-summary.txt"


def summarise(corpus: Path) -> str:
    """A line for each example: its file, and the publication, departure or refusal it became."""
    govuk = corpus / "govuk"
    files = [
        *govuk.glob("content_api/*/*.json"),
        *govuk.glob("content_api_live/*"),
        *govuk.glob("publishing_messages/*"),
    ]
    return "".join(f"{file.relative_to(govuk)}: {_outcome(file.read_bytes())}\n" for file in sorted(files))


def _outcome(body: bytes) -> str:
    path = json.loads(body).get("base_path", "/unnamed")
    try:
        page = GovukContent().parse(answer(body, url=f"https://www.gov.uk/api/content{path}"))
    except ParseError as error:
        return f"refused: {error.message}"
    if page.departures:
        (departure,) = page.departures
        to = f" to {departure.to_url}" if departure.to_url else ""
        return f"{departure.kind}{to} {departure.explanation!r} follow={len(page.follow)}"
    (publication,) = page.publications
    return _line(publication)


def _line(publication: Publication) -> str:
    who = " / ".join(filter(None, (publication.department, publication.minister, publication.role)))
    counts = {
        "words": count_words(publication.text), "attachments": len(publication.attachments),
        "links": len(publication.hyperlinks), "notes": len(publication.notes), "relations": len(publication.relations),
    }  # fmt: skip
    return (
        f"{publication.key} {publication.status} {publication.document_type} {publication.dated_on} {publication.title!r}"
        f" [{who}] " + " ".join(f"{name}={count}" for name, count in counts.items() if count)
    )


if __name__ == "__main__":
    FILE.write_text(summarise(Path(sys.argv[1])), "utf-8")
