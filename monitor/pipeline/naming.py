"""Departments under the names that publishers list them by today, beside those of the shipped table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from monitor.model.ledger import Promise
from monitor.model.promise import Candidate
from monitor.rules.departments import known_departments, same_department
from monitor.store.archive import Archive


@dataclass(frozen=True, slots=True)
class DepartmentNames:
    """Names that the table does not have, each with those of the table that it stands for."""

    listed: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, archive: Archive) -> DepartmentNames:
        """Those that `monitor departments refresh` has brought."""
        names = archive.departments.names()
        table = {one.key: one.name for one in known_departments()} if names else {}
        return cls({name: tuple(table[key] for key in keys if key in table) for name, keys in names.items()})

    def same(self, one: str, other: str) -> bool:
        """Whether two names are of one department, or of one and what became of it."""
        if not self.listed:
            return same_department(one, other)
        return any(same_department(mine, theirs) for mine in self._all(one) for theirs in self._all(other))

    def of_candidate(self, candidate: Candidate) -> Candidate:
        """A candidate with all the names of its departments."""
        names = tuple(name for department in candidate.departments for name in self._all(department))
        return replace(candidate, departments=names) if self.listed else candidate

    def of_promise(self, promise: Promise) -> Promise:
        """A promise by its department's name in the table."""
        known = self.listed.get(promise.department or "")
        return replace(promise, department=known[0]) if known else promise

    def _all(self, name: str) -> tuple[str, ...]:
        return (name, *self.listed.get(name, ()))
