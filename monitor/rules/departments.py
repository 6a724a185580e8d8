"""Departments under all their names: as Parliament's answering bodies, as GOV.UK organisations, by acronym and before renaming.

same_department("Treasury", "HM Treasury")                          True: two names of one
same_department("BEIS", "Department for Business and Trade")        True: the one came out of the other
same_department("Department for Business and Trade", "DESNZ")       False: siblings are not the same

The one table is departments.toml beside this file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from monitor.model.department import ListedBody

_LEADS = re.compile(
    r"^(?:the|uk|office of the secretary of state for|secretary of state for|department (?:for|of)|ministry of) "
)


@dataclass(frozen=True, slots=True)
class Department:
    """One department: GOV.UK's name and slug of it, Parliament's ids, other names, what it became (keys), its agencies."""

    key: str
    name: str
    also: tuple[str, ...] = ()
    organisation: str | None = None
    answering_bodies: tuple[int, ...] = ()
    became: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    departments: Mapping[str, Department]
    keys: Mapping[str, str]
    parents: Mapping[str, frozenset[str]]


def known_departments() -> tuple[Department, ...]:
    """Every department of the table."""
    return tuple(_table().departments.values())


def department_key(name: str) -> str | None:
    """A short key for a department under any of its names; None for a name that is not known."""
    folded, keys = _folded(name), _table().keys
    return keys.get(folded) or keys.get(_LEADS.sub("", folded))


def one_name(names: Iterable[str]) -> str:
    """What to call a department for which these names are used: by the only one, else as GOV.UK writes it."""
    first, *others = sorted(set(names))
    key = department_key(first) if others else None
    return _table().departments[key].name if key else first


def parent_keys(name: str) -> frozenset[str]:
    """The keys of the departments that an agency or other public body belongs or belonged to."""
    folded, parents = _folded(name), _table().parents
    return parents.get(folded) or parents.get(_LEADS.sub("", folded)) or frozenset()


def find_listed(body: ListedBody) -> str | None:
    """The key of the department that Parliament lists by this number or GOV.UK by this slug, whatever its name now."""
    for one in known_departments():
        if body.publisher == "parliament" and body.id in map(str, one.answering_bodies):
            return one.key
        if body.publisher == "govuk" and body.id == one.organisation:
            return one.key
    return None


@lru_cache(maxsize=4096)
def same_department(a: str, b: str) -> bool:
    """Whether two names are of one department, or of one and what it became by renaming, merging or being split."""
    if _folded(a) == _folded(b):
        return True
    one, other = department_key(a), department_key(b)
    if one is None or other is None:
        return False
    return one == other or other in _heirs(one) or one in _heirs(other)


@lru_cache(maxsize=4096)
def in_family(body: str, department: str) -> bool:
    """Whether a body is the department, or one of its agencies and public bodies."""
    if same_department(body, department):
        return True
    key = department_key(department)
    return key is not None and any(
        parent == key or parent in _heirs(key) or key in _heirs(parent) for parent in parent_keys(body)
    )


@lru_cache(maxsize=1)
def _table() -> _Table:
    rows = tomllib.loads((files("monitor.rules") / "departments.toml").read_text(encoding="utf-8"))
    departments = {key: _department(key, row) for key, row in rows.items()}
    keys = {_folded(name): one.key for one in departments.values() for name in (one.name, *one.also)}
    parents: dict[str, frozenset[str]] = {}
    for one in departments.values():
        for name in one.agencies:
            parents[_folded(name)] = parents.get(_folded(name), frozenset()) | {one.key}
    return _Table(departments, keys, parents)


def _department(key: str, row: Mapping[str, Any]) -> Department:
    return Department(
        key,
        row["name"],
        also=tuple(row.get("also", ())),
        organisation=row.get("organisation"),
        answering_bodies=tuple(row.get("answering_bodies", ())),
        became=tuple(row.get("became", ())),
        agencies=tuple(row.get("agencies", ())),
    )


def _folded(name: str) -> str:
    words = name.lower().replace("\u2019", "'").replace("&", " and ")
    return " ".join(re.sub(r"[^\w' ]+", " ", words).split())


@lru_cache(maxsize=128)
def _heirs(key: str) -> frozenset[str]:
    """All that a department became, step by step; its own key is left out."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        for heir in _table().departments[waiting.pop()].became:
            if heir not in found and heir != key:
                found.add(heir)
                waiting.append(heir)
    return frozenset(found)
