"""A department as one of its publishers lists it today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ListedBody:
    """An answering body of Parliament, or an organisation of GOV.UK.

    `id` is Parliament's number or GOV.UK's slug; `kind` GOV.UK's word ("Ministerial department") or "Answering body";
    `state` is `live` unless GOV.UK says otherwise; `successors` are the ids of what it became.
    """

    publisher: Literal["parliament", "govuk"]
    id: str
    name: str
    kind: str
    abbreviation: str = ""
    state: str = "live"
    successors: tuple[str, ...] = ()
