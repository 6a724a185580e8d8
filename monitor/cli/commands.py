"""The commands, as a table of names: nothing heavy is imported before one is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Audience = Literal["First contact", "Operators", "Archivists"]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `module` holds `NAME(session, options) -> int` and `NAME_options(parser)`, dashes as underscores."""

    name: str
    audience: Audience
    summary: str
    module: str

    @property
    def function(self) -> str:
        """The function that runs it."""
        return self.name.replace("-", "_")


_FIRST, _OPERATORS = "monitor.cli.first_contact", "monitor.cli.operators"
_LEDGER, _WATCHES = "monitor.cli.ledger", "monitor.cli.watches"
_PEOPLE, _ARCHIVISTS = "monitor.cli.people", "monitor.cli.archivists"

COMMANDS: tuple[Command, ...] = (
    Command("demo", "First contact", "a recorded week, offline, in a temporary folder", _FIRST),
    Command("init", "First contact", "write a config.toml to start from", _FIRST),
    Command("check", "First contact", "find every mistake in the config, offline", _FIRST),
    Command(
        "doctor",
        "First contact",
        "examine live what all relies on: feeds, clock, disk, SQLite, mail",
        "monitor.cli.doctor",
    ),
    Command("run", "Operators", "the worker; with --once, one whole cycle", _OPERATORS),
    Command("poll", "Operators", "ask publishers what is due, or the feeds named at once", _OPERATORS),
    Command("resolve", "Operators", "settle promised documents, fetch and read attachments", _LEDGER),
    Command("match", "Operators", "hold new changes against the watches", _OPERATORS),
    Command("digest", "Operators", "preview, send, release or see the state of digests", "monitor.cli.digests"),
    Command("deliver", "Operators", "send what lies in the outbox", _OPERATORS),
    Command("watch", "Operators", "list the watches, explain one, try it on the past", _WATCHES),
    Command(
        "explain", "Operators", "why a subscriber was told of a publication, or why not", "monitor.cli.explanations"
    ),
    Command("subscriber", "Operators", "keep the list of those who are written to", _PEOPLE),
    Command("bounce", "Operators", "take in what came back to our mailbox", "monitor.cli.counter"),
    Command("status", "Operators", "whether all is well, and what comes next", _OPERATORS),
    Command("templates", "Operators", "copy out the templates of the mails, to change them", "monitor.cli.templates"),
    Command("try-source", "Operators", "show what a source reads in a file", _OPERATORS),
    Command(
        "departments",
        "Operators",
        "Parliament's and GOV.UK's names of departments: list, refresh",
        "monitor.cli.departments",
    ),
    Command("db", "Operators", "bring the databases to the newest schema", _OPERATORS),
    Command("promises", "Operators", "the promise ledger: what is open, overdue, kept; confirm or refuse", _LEDGER),
    Command("search", "Archivists", "find publications by words and facets", _ARCHIVISTS),
    Command("show", "Archivists", "one publication, whole", _ARCHIVISTS),
    Command("history", "Archivists", "every version and change of a publication", _ARCHIVISTS),
    Command("diff", "Archivists", "what changed between two versions, word by word", "monitor.cli.diffs"),
    Command("paper", "Archivists", "an attachment as it came: its bytes, proved, or its words", "monitor.cli.papers"),
    Command(
        "verify",
        "Archivists",
        "hold every byte and the chain of hashes against what was kept",
        "monitor.cli.evidence",
    ),
    Command("links", "Archivists", "what a publication leads to, and what leads to it", "monitor.cli.links"),
)


def find_command(name: str) -> Command | None:
    """The command of this name, or None."""
    return next((command for command in COMMANDS if command.name == name), None)
