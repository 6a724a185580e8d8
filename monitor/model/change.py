"""A change: what happened to a publication between two versions of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ChangeKind = Literal[
    "new", "updated", "corrected", "withdrawn", "restored", "gone", "moved", "attachment-replaced",
    "promise-kept", "promise-overdue",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change, as recorded. `id` is its place in the sequence by which matching and digests advance.

    `from_version` is None for a new publication and equals `to_version` where the words stayed the same (moved, gone).
    `announced`: the publisher said so (a note, a new public time); otherwise the edit was quiet. `late`: the publication
    was more than 14 days old when it first appeared.
    """

    id: int
    kind: ChangeKind
    key: str
    detected_at: datetime
    from_version: int | None = None
    to_version: int | None = None
    note: str = ""
    announced: bool = True
    material: bool = True
    words_added: int = 0
    words_removed: int = 0
    late: bool = False
