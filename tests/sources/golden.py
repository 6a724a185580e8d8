"""Golden data: `tests/data/<slug>/NAME.case.json` says what was asked, NAME.body.* is the answer, NAME.page.json what was read.

One case of a source whose feeds must say something has a `feed` that says it.

`python -m tests.sources.golden` writes every NAME.page.json anew; look at the difference before you commit it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.model.exchange import Response
from monitor.model.feed import Feed
from monitor.sources.registry import SOURCES
from tests.sources.answers import answer, feed, show

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Case:
    """One recorded answer and where its reading is kept."""

    slug: str
    name: str
    response: Response
    page_file: Path
    feed: Mapping[str, object] | None

    def read(self) -> dict[str, Any]:
        """What the source reads now."""
        return show(SOURCES[self.slug].parse(self.response))

    def expected(self) -> dict[str, Any]:
        """What it is to read."""
        page: dict[str, Any] = json.loads(self.page_file.read_text("utf-8"))
        return page


def cases() -> list[Case]:
    """Every case of every source in the registry."""
    return [_load(file) for slug in sorted(SOURCES) for file in sorted((DATA / slug).glob("*.case.json"))]


def feed_of(slug: str) -> Feed:
    """A feed of a source, as its golden data has it."""
    said = [case.feed for case in cases() if case.slug == slug and case.feed is not None]
    return feed(slug, **dict(said[0] if said else {}))


def _load(file: Path) -> Case:
    asked = json.loads(file.read_text("utf-8"))
    slug, name = file.parent.name, file.name.removesuffix(".case.json")
    (body,) = file.parent.glob(f"{name}.body.*")
    response = answer(
        body.read_bytes(),
        url=asked["url"],
        reader=slug,
        status=asked.get("status", 200),
        context=asked.get("context", ""),
    )
    return Case(slug, name, response, file.parent / f"{name}.page.json", asked.get("feed"))


def write_all() -> None:
    """Write every page file anew."""
    for case in cases():
        case.page_file.write_text(json.dumps(case.read(), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    write_all()
