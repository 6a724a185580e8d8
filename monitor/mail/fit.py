"""A digest made to fit: items dropped from the tail, their true number kept. Pure."""

from __future__ import annotations

from dataclasses import replace

from monitor.model.digest import DepartmentGroup, Digest, Section


def keep_first(digest: Digest, keep: int) -> Digest:
    """The same digest with only its first `keep` items in reading order; the counts say how many there are in truth."""
    sections: list[Section] = []
    for section in digest.sections:
        fitted = _fit(section, keep)
        keep -= sum(len(group.items) for group in fitted.groups)
        sections.append(fitted)
    older = digest.older[: max(keep, 0)]
    dropped = len(digest.older) - len(older)
    return replace(digest, sections=tuple(sections), older=older, older_omitted=digest.older_omitted + dropped)


def _fit(section: Section, keep: int) -> Section:
    groups: list[DepartmentGroup] = []
    dropped = 0
    for group in section.groups:
        items = group.items[: max(keep, 0)]
        keep -= len(items)
        dropped += len(group.items) - len(items)
        if items:
            groups.append(replace(group, items=items))
    return replace(section, groups=tuple(groups), omitted=section.omitted + dropped)
