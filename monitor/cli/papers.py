"""`monitor paper`: what is attached to a publication, as it came: its exact bytes, proved by their hash, or its words."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli import output
from monitor.cli.links import add_id
from monitor.cli.session import Session
from monitor.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from monitor.model.paper import Paper, PaperText
    from monitor.model.publication import Attachment


def paper_options(parser: ArgumentParser) -> None:
    """Which, and what of it."""
    add_id(parser)
    parser.add_argument("number", nargs="?", type=int, help="which attachment, from 1 (default: the only one)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help="its words, with its pages or sheets")
    form.add_argument("-o", "--output", metavar="FILE", help="write its bytes there, exactly as they came")


def paper(session: Session, options: Namespace) -> int:
    """One attachment; its kept bytes are read and proved in any case."""
    from monitor.store.vault import Vault

    vault = Vault(session.read_config().store.files)
    with session.open_archive() as archive:
        key = archive.library.find_key(options.id)
        number, attachment = choose_attachment(archive.library.attachments(key), options.id, options.number)
        known = archive.papers.known([attachment.url]).get(attachment.url)
        if known is None or known.sha256 is None:
            why = known.reason if known else "it has not been asked for yet"
            raise NotFoundError("this attachment has not come", resource=attachment.url, cause=why)
        words = archive.papers.text(known.sha256)
    body = vault.read(known.sha256)
    if options.output:
        Path(options.output).write_bytes(body)
    shape = {
        "key": key, "number": number, "title": attachment.title, "url": attachment.url, "sha256": known.sha256,
        "media_type": known.media_type, "bytes": len(body), "pages": known.pages, "text_state": known.text_state,
        "reason": known.reason, "extractor": known.extractor, "path": str(vault.path(known.sha256)),
        "file": options.output, "text": words.text, "positions": [list(position) for position in words.positions],
    }  # fmt: skip
    told = _text_lines(words) if options.text else _head_lines(attachment, known, len(body), options.output)
    session.show(shape, lambda: told)
    return 0


def choose_attachment(attachments: tuple[Attachment, ...], name: str, wanted: int | None) -> tuple[int, Attachment]:
    """The attachment that is meant, with its number; without one, the only attachment of the publication of this name."""
    if not attachments:
        raise NotFoundError("nothing is attached to this publication", resource=name)
    listed = "; ".join(f"{number}: {one.title}" for number, one in enumerate(attachments, start=1))
    number = wanted or (1 if len(attachments) == 1 else 0)
    if number == 0:
        raise UsageError("it has several attachments; name one by its number", resource=name, cause=listed)
    if not 1 <= number <= len(attachments):
        raise UsageError("it has no attachment with this number", resource=str(number), cause=listed)
    return number, attachments[number - 1]


def _head_lines(attachment: Attachment, known: Paper, size: int, file: str | None) -> list[str]:
    pages = f", {known.pages} page{'' if known.pages == 1 else 's'}" if known.pages else ""
    lines = [attachment.title, f"  {known.media_type}, {size:,} bytes{pages}, text: {known.text_state}"]
    lines += output.wrapped(known.reason, "  ")[:-1] if known.reason else []
    lines += [f"  sha256 {known.sha256}: the bytes are those that came", f"  {attachment.url}"]
    return [*lines, f"  written to {file}"] if file else lines


def _text_lines(words: PaperText) -> list[str]:
    """The words, a line over each page or sheet that has any."""
    begun = dict(words.positions)
    lines: list[str] = []
    for number, line in enumerate(words.text.split("\n")):
        lines += [f"--- {begun[number]}"] if number in begun else []
        lines.append(line)
    return lines
