"""`monitor links`: what a publication leads to, and what leads to it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from monitor.cli import output, shapes
from monitor.cli.promise_lines import promise_lines, promise_shape, read_entries
from monitor.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.store.links import Link


def links_options(parser: ArgumentParser) -> None:
    """Which."""
    add_id(parser)


def links(session: Session, options: Namespace) -> int:
    """What it leads to, and what leads to it."""
    with session.open_archive() as archive:
        key = archive.library.find_key(options.id)
        found = archive.links.of(key)
        promises = read_entries(archive, (*archive.promises.of(key), *archive.promises.kept_by(key)))
    shape = {
        "key": key,
        "links": [shapes.link_shape(link) for link in found],
        "promises": [promise_shape(entry) for entry in promises],
    }

    def lines() -> list[str]:
        told = promise_lines(promises, session.today)
        return [*link_lines(key, found, with_sentences=True), *(["", *told] if told else [])] or ["no links"]

    session.show(shape, lines)
    return 0


def link_lines(key: str, links: Sequence[Link], *, with_sentences: bool = False) -> list[str]:
    """Links from a publication with →, links to it with ←; below each, if wanted, the sentence in which it stands."""
    lines = []
    for link in links:
        leads_out = link.from_key == key
        other = (link.url or link.target) if leads_out else link.from_key
        words = f" “{link.anchor}”" if link.anchor and link.anchor != other else ""
        held = f" ({link.to_key})" if leads_out and link.to_key and link.to_key != other else ""
        doubt = f" {link.confidence:.2f}" if link.confidence < 1 else ""
        lines.append(f"  {link.rel}{doubt} {'→' if leads_out else '←'} {other}{words}{held}")
        if with_sentences and link.sentence:
            lines += output.wrapped(f"“{link.sentence}”", "      ")[:-1]
    return lines


def add_id(parser: ArgumentParser) -> None:
    """The argument that names a publication."""
    parser.add_argument("id", metavar="ID", help="a key, a number (HCWS293, 2024-12-10/HCWS293) or an address")
