"""A transcript: a written statement as Hansard prints it, sub-edited, with the volume and column it is cited by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

_HOUSES = {"Commons": "HC Deb", "Lords": "HL Deb"}


@dataclass(frozen=True, slots=True)
class Transcript:
    """One statement in Hansard. It belongs to the statement with the same number on the same day (`identifier`, `dated_on`).

    Its words are the sub-editors' ("co-operation" for "cooperation"), so they are never compared with the statement's
    own. `column` is where it begins, as Hansard writes it (`45WS`); None where the print does not show it. `ext_id` is
    Hansard's own id of the section; `updated_at` is Hansard's time of its last change.
    """

    identifier: str
    dated_on: date
    house: str
    title: str
    text: str
    ext_id: str
    url: str
    volume: int | None = None
    column: str | None = None
    updated_at: datetime | None = None

    @property
    def citation(self) -> str:
        """How lawyers cite it (OSCOLA 4th edition, §3.4): `HC Deb 10 December 2024, vol 758, col 45WS`."""
        return cite(self.house, self.dated_on, self.volume, self.column)


def cite(house: str, day: date, volume: int | None, column: str | None) -> str:
    """The citation of a place in Hansard; volume and column are left out where they are not known yet."""
    parts = [f"{_HOUSES.get(house, house)} {day.day} {day:%B %Y}"]
    parts += [f"vol {volume}"] if volume else []
    parts += [f"col {column}"] if column else []
    return ", ".join(parts)
