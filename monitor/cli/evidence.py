"""`monitor verify`: whether the archive and its files are what they were when they were kept."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from monitor.cli.session import Session
from monitor.errors import IntegrityError

if TYPE_CHECKING:
    from monitor.model.evidence import Verification


def verify_options(parser: ArgumentParser) -> None:
    """What to hold the chain against."""
    parser.add_argument("--head", metavar="HASH", help="one noted before, as from a mail: did the chain go through it?")


def verify(session: Session, options: Namespace) -> int:
    """Everything that was kept, against its hash; exit code 5 where something is not what it was."""
    from monitor.store.vault import Vault
    from monitor.store.verification import verify as verify_archive

    with session.open_archive() as archive:
        found = verify_archive(archive, Vault(session.read_config().store.files))
        place = archive.chain.place_of(options.head.lower()) if options.head else None
    lost = bool(options.head) and place is None
    flaws = [*found.chain_flaws, *found.byte_flaws]
    shape = {
        "captures": found.captures,
        "checked": found.checked,
        "bad": [{"what": flaw.what, "why": flaw.why} for flaw in flaws],
        "chain": "broken" if found.chain_flaws or lost else "ok",
        "head": found.head.sha256 if found.head else None,
        "noted_at": place,
    }
    session.show(
        shape, lambda: [*(f"{flaw.what}: {flaw.why}" for flaw in flaws), *_verdict(found), *_noted(options.head, place)]
    )
    return IntegrityError.exit_code if flaws or lost else 0


def _verdict(found: Verification) -> list[str]:
    flaws = len(found.chain_flaws) + len(found.byte_flaws)
    head = found.head
    chain = f"the chain of hashes covers {head.place} records: {head.sha256}" if head else "nothing is linked yet"
    verdict = f"{flaws} of them not as they were kept" if flaws else "all as they were kept"
    return [f"{found.checked:,} records, captures and files checked, {verdict}", chain]


def _noted(head: str | None, place: int | None) -> list[str]:
    if head is None:
        return []
    if place is None:
        return [f"the chain never went through {head}: records before it were changed, or it is another archive's"]
    return [f"the chain went through {head} at record {place:,}"]
