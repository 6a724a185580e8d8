"""`monitor diff`: two versions of a publication, or two states of what is attached to it, compared word by word."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.cli import output
from monitor.cli.links import add_id
from monitor.cli.papers import choose_attachment
from monitor.cli.session import Session
from monitor.errors import NotFoundError, UsageError
from monitor.times import utc_text

if TYPE_CHECKING:
    from monitor.store.archive import Archive


def diff_options(parser: ArgumentParser) -> None:
    """Which versions, in which form."""
    add_id(parser)
    parser.add_argument("versions", nargs="?", default="..", metavar="A..B", help="default: the last two versions")
    parser.add_argument(
        "--attachment", type=int, metavar="N", help="compare states of this attachment, from 1, and not the publication"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--word", action="store_true", help="word by word (the default)")
    form.add_argument("--side-by-side", action="store_true", help="old on the left, new on the right")
    form.add_argument("--html", action="store_true", help="as a page of HTML, complete in itself")
    parser.add_argument(
        "--context", type=int, default=1, metavar="N", help="unchanged blocks around a change (default: 1)"
    )


@dataclass(frozen=True, slots=True)
class _Sides:
    """What is compared: whose words, which of how many versions or states, the words; `shape` is what JSON says besides."""

    key: str
    title: str
    first: int
    last: int
    old: str
    new: str
    told: tuple[str, ...]
    attachment: dict[str, object] | None = None


def diff(session: Session, options: Namespace) -> int:
    """What changed between two versions, or between two states of an attachment."""
    from monitor.cli.comparison import side_by_side_lines, word_lines
    from monitor.cli.comparison_page import page
    from monitor.rules.comparison.diff import diff_texts
    from monitor.rules.comparison.marks import to_html, to_json
    from monitor.rules.comparison.materiality import decide, judge
    from monitor.rules.comparison.summary import summarise

    with session.open_archive() as archive:
        key = archive.library.find_key(options.id)
        number = options.attachment or _addressed(archive, key, options.id)
        sides = _publication(archive, key, options) if number is None else _attached(archive, key, options, number)
    found = diff_texts(sides.old, sides.new)
    gist, judgement = summarise(decide(found)), judge(found)
    counts = f"{sides.told[0]}, {found.words_added} words added, {found.words_removed} removed"
    if options.html:
        told = to_html(found, context=options.context) or "<p>nothing changed</p>\n"
        session.out.write(page(sides.title, (counts, gist, *sides.told[1:]), told))
        return 0
    shape = {
        "key": sides.key,
        "attachment": sides.attachment,
        "from": sides.first,
        "to": sides.last,
        **to_json(found),
        "summary": gist,
        "material": judgement.material,
        "reasons": list(judgement.reasons),
    }
    head = [f"{sides.title}: {counts}", gist, *sides.told[1:], ""]

    def lines() -> list[str]:
        if options.side_by_side:
            return [*head, *side_by_side_lines(found, context=options.context, width=session.width)]
        return [*head, *word_lines(found, context=options.context, in_colour=session.may_colour)]

    session.show(shape, lines)
    return 0


def _publication(archive: Archive, key: str, options: Namespace) -> _Sides:
    from monitor.pipeline.rereading import in_one_reading
    from monitor.rules.fingerprints import whole_text

    first, last = _range(options.versions, archive.library.record(key).versions)
    old, new = in_one_reading(archive, archive.library.record(key, first), archive.library.record(key, last))
    before, after = (whole_text(one.title, one.summary, one.text) for one in (old, new))
    return _Sides(key, new.title, first, last, before, after, (f"version {first} to {last}",))


def _addressed(archive: Archive, key: str, name: str) -> int | None:
    """The number of the attachment whose address this is; None where it is a name of the publication."""
    attachments = archive.library.attachments(key)
    return next((number for number, one in enumerate(attachments, start=1) if one.url == name.strip()), None)


def _attached(archive: Archive, key: str, options: Namespace, number: int) -> _Sides:
    """Two states of an attachment, with when each came; and a word of warning where different readers made their words."""
    number, attachment = choose_attachment(archive.library.attachments(key), options.id, number)
    states = archive.paper_states.of(key, attachment.id)
    if not states:
        raise NotFoundError("this attachment has not come", resource=attachment.url)
    first, last = _range(options.versions, len(states))
    if not 1 <= first <= last <= len(states):
        count = "one state" if len(states) == 1 else f"{len(states)} states"
        raise NotFoundError(f"this attachment has {count}", resource=options.versions)
    old, new = states[first - 1], states[last - 1]
    told = [f"state {first} of {output.when(old.came_at)} to {last} of {output.when(new.came_at)}"]
    if old.extractor != new.extractor:
        told.append("Different readers made these words: what differs may be theirs, and not the publisher's.")
    shape: dict[str, object] = {
        "number": number,
        "title": attachment.title,
        "states": [{"url": one.url, "came_at": utc_text(one.came_at), "sha256": one.sha256} for one in states],
    }
    return _Sides(key, attachment.title, first, last, old.text, new.text, tuple(told), shape)


def _range(text: str, latest: int) -> tuple[int, int]:
    """`A..B`; a missing end is the latest, a missing start the one before it."""
    first, dots, last = text.partition("..")
    try:
        upper = int(last) if last else latest
        lower = int(first) if first else max(1, upper - 1)
    except ValueError as cause:
        raise UsageError("versions are given as A..B, such as 1..2", resource=text) from cause
    return (lower, upper) if dots else (max(1, lower - 1), lower)
