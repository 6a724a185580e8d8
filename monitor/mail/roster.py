"""The list of subscribers as a CSV file, in and out. What a spreadsheet would take for a formula is disarmed (OWASP).

A cell that begins with = + - @ (also in full width), a tab or a return gets an apostrophe before it; reading takes it off.
`monitor --json subscriber list` is the form that needs no such care.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import cast, get_args

from monitor.errors import UsageError
from monitor.mail.address import parse_address
from monitor.mail.wishes import Wishes, check_wishes
from monitor.model.subscriber import Every, MailFormat, Subscriber
from monitor.model.watch import OWN

COLUMNS = ("email", "watches", "every", "format", "timezone", "language", "working_days", "heartbeat")
_REQUIRED = frozenset({"email", "watches", "every"})
_FORMULA = "=+-@＝＋－＠\t\r\n"
_MARK = "'"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a file: who wants which watches, how often, and how. `line` is where it stands."""

    line: int
    email: str
    watches: tuple[str, ...]
    every: Every
    wishes: Wishes = field(default_factory=Wishes)


def read_roster(text: str, watches: Collection[str]) -> list[Entry]:
    """The entries of a CSV file. Raises UsageError with every mistake in it, each with its line; then nothing is imported."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), restkey="", restval="")
    names = {name.strip() for name in rows.fieldnames or ()}
    if missing := sorted(_REQUIRED - names):
        raise UsageError(f"the first line must name the columns; missing: {', '.join(missing)}", resource="line 1")
    if strange := sorted(names - set(COLUMNS)):
        raise UsageError(f"there is no column {', '.join(strange)}; there are {', '.join(COLUMNS)}", resource="line 1")
    entries: list[Entry] = []
    mistakes: list[str] = []
    try:
        for row in rows:
            cells = {name.strip(): _armed(value) for name, value in row.items() if name and isinstance(value, str)}
            try:
                entries.append(_entry(rows.line_num, cells, watches, too_long="" in row))
            except UsageError as error:
                mistakes.append(f"line {rows.line_num}: {error}")
    except csv.Error as cause:
        mistakes.append(f"line {rows.line_num}: this is not CSV: {cause}")
    if mistakes:
        raise UsageError("\n".join(["nothing was imported", *mistakes]))
    return entries


def write_roster(people: Iterable[Subscriber]) -> str:
    """Everybody as CSV, one line for each frequency; those who have ended or have no watch are left out, and so are watches of
    their own, which another monitor would not know by their names.
    """
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for person in people:
        for every in get_args(Every):
            watches = " ".join(
                one.watch for one in person.subscriptions if one.every == every and not one.watch.startswith(OWN)
            )
            if watches and person.state != "ended":
                told = (person.format, person.timezone or "", person.language, person.working_days, person.heartbeat)
                cells = (person.email, watches, every, *(_word(value) for value in told))
                lines.writerow([_disarmed(cell) for cell in cells])
    return out.getvalue()


def _entry(line: int, cells: dict[str, str], watches: Collection[str], *, too_long: bool) -> Entry:
    if too_long:
        raise UsageError("more cells than columns")
    email, _ = parse_address(cells["email"])
    wanted = tuple(cells["watches"].split())
    if not wanted:
        raise UsageError("no watch is named", resource=email)
    for name in wanted:
        if name not in watches:
            raise UsageError(f"no watch of the config is called {name}; there are {', '.join(watches) or 'none'}")
    every = cells["every"].strip() or "daily"
    if every not in get_args(Every):
        raise UsageError(f"every is one of {', '.join(get_args(Every))}", resource=every)
    wishes = Wishes(
        format=cast("MailFormat | None", cells.get("format") or None),
        timezone=cells.get("timezone") or None,
        language=cells.get("language") or None,
        working_days=_flag(cells.get("working_days", "")),
        heartbeat=_flag(cells.get("heartbeat", "")),
    )
    return Entry(line, email, wanted, cast("Every", every), check_wishes(wishes))


def _flag(cell: str) -> bool | None:
    words = {"": None, "yes": True, "no": False}
    if cell.strip().lower() not in words:
        raise UsageError("this cell is yes, no or empty", resource=cell)
    return words[cell.strip().lower()]


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _disarmed(cell: str) -> str:
    return _MARK + cell if cell.lstrip(" " + _MARK)[:1] in tuple(_FORMULA) else cell


def _armed(cell: str) -> str:
    return cell[1:] if cell[:1] == _MARK and cell.lstrip(" " + _MARK)[:1] in tuple(_FORMULA) else cell
