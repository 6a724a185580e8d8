"""Judging which publication keeps a promise: what speaks for and against each is weighed, and each held against the others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.model.promise import Candidate, Decision, PromiseDraft, Verdict
from monitor.rules.keeping.context import carried, is_bare, reservation, says_all
from monitor.rules.keeping.findings import (
    SAME_KIND,
    Finding,
    about_finding,
    came_on,
    contrast_findings,
    date_finding,
    department_finding,
    kind_finding,
    language_finding,
    name_findings,
    number_findings,
    stage_finding,
    title_finding,
)
from monitor.rules.keeping.titles import Likeness, compare_titles
from monitor.rules.keeping.weights import KEPT, NONE, POSSIBLE

_LONG = 3
"""So many telling words, all of them in its title, and an older page that was changed is known to be meant."""


def resolve_promise(
    promise: PromiseDraft, candidates: Sequence[Candidate], *, made_on: date, department: str, about: str = ""
) -> tuple[Verdict, ...]:
    """A verdict on every candidate, best first. At most one is kept, except where the same title was published twice.

    `department` is the statement's, under any of its names, and `about` its title, by which a bare name is understood.
    A verdict's score is the chance that the candidate is the promised document, and its evidence what an operator needs to
    confirm it.
    """
    setting = Setting(made_on, department, about)
    opinions = [Opinion(candidate, find(promise, candidate, setting)) for candidate in candidates]
    chances = _chances(opinions)
    opinions.sort(key=lambda opinion: _rank(opinion, chances))
    return tuple(_decided(opinion, chances, _document(opinions[0])) for opinion in opinions)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a promise was made in: the day, the statement's department, and its title."""

    made_on: date
    department: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was found of a candidate, before it is held against the others."""

    candidate: Candidate
    findings: tuple[Finding, ...]

    @property
    def weight(self) -> float:
        """All that speaks for it and against it together: a logarithm of odds."""
        return sum(finding.points for finding in self.findings)

    @property
    def refused(self) -> bool:
        """Whether something rules it out."""
        return any(finding.refuses for finding in self.findings)

    @property
    def doubtful(self) -> bool:
        """Whether something about it leaves a doubt, however likely it is."""
        return any(finding.doubts for finding in self.findings)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The findings in words."""
        return tuple(finding.words for finding in self.findings if finding.words)


def find(promise: PromiseDraft, candidate: Candidate, setting: Setting) -> tuple[Finding, ...]:
    """All that speaks for and against a candidate."""
    judge = _find_by_context if setting.about and is_bare(promise.expected) else _find
    return tuple(judge(promise, candidate, setting))


def owners_of(department: str, publisher: str | None) -> tuple[str, ...]:
    """Whose document it is: names that a title need not repeat."""
    return (department, publisher or "")


def beside(candidate: Candidate) -> str:
    """What else than its title may say a part of a document's name."""
    return f"{candidate.summary} {candidate.document_type.replace('_', ' ')}"


def _find(promise: PromiseDraft, candidate: Candidate, setting: Setting) -> list[Finding]:
    name, title = promise.expected, candidate.title
    likeness = compare_titles(name, title, beside(candidate), owners_of(setting.department, promise.publisher))
    whose = department_finding(candidate, setting.department, promise.publisher, likeness)
    when = date_finding(promise, candidate, setting.made_on)
    on_the_day = _came_on_the_day(promise, candidate, setting.made_on)
    findings = [
        title_finding(likeness, name, title, on_its_day=on_the_day and whose.has("own")),
        kind_finding(name, candidate),
        *_of_the_same(promise, candidate),
        *contrast_findings(name, title),
        about_finding(name, title),
        *name_findings(name, candidate, (*candidate.departments, setting.department)),
        whose,
        when,
    ]
    if when.has("updated"):
        findings += _of_updated(likeness, findings, on_the_day=on_the_day)
    return findings


def _of_updated(likeness: Likeness, findings: Sequence[Finding], *, on_the_day: bool) -> list[Finding]:
    """An older page is meant where it has the whole name, or was changed on the very day; guidance is changed all the time."""
    whole = likeness.whole and likeness.wanted > 1
    of_the_kind = any(finding.has("usual type") for finding in findings)
    plainly = on_the_day or (likeness.whole and (likeness.wanted >= _LONG or of_the_kind))
    found = [Finding((("updated, whole", 1.0),))] if whole else []
    return found if plainly else [*found, Finding(words="an older page may be updated for other reasons", doubts=True)]


def _came_on_the_day(promise: PromiseDraft, candidate: Candidate, made_on: date) -> bool:
    """Whether it came out, or was changed, on the one day that it was promised for."""
    came = came_on(promise, candidate, made_on)
    return came is not None and came[0] == promise.due_from == promise.due_by


def _find_by_context(promise: PromiseDraft, candidate: Candidate, setting: Setting) -> list[Finding]:
    """A bare name is no evidence: the rest must agree without a doubt, and the title be what the statement is about."""
    likeness = carried(candidate.title, setting.about, f"{promise.quote} {promise.expected}")
    kind = kind_finding(promise.expected, candidate)
    department = department_finding(candidate, setting.department, promise.publisher)
    published = candidate.published_at.date() if candidate.published_at else None
    doubt = (
        reservation(likeness, promise, published, setting.made_on, whole=says_all(candidate.title, setting.about))
        or ("" if kind.words.startswith(SAME_KIND) else "it is not plainly of the promised kind")
        or ("" if department.has("own") else "it is not plainly the department's own")
    )
    title = title_finding(likeness, promise.expected, candidate.title, on_its_day=True)
    words = f"the statement says {len(likeness.shared)} of the title's {likeness.wanted} telling words"
    return [
        replace(title, words=words),
        kind,
        *_of_the_same(promise, candidate),
        *contrast_findings(setting.about, candidate.title),
        department,
        date_finding(promise, candidate, setting.made_on),
        Finding(words=doubt, refuses=kind.doubts or kind.has("kind strict"), doubts=bool(doubt)),
    ]


def _of_the_same(promise: PromiseDraft, candidate: Candidate) -> list[Finding]:
    """Whether it is in the language, of the series and at the stage that was promised."""
    return [
        language_finding(candidate, promise.expected),
        *number_findings(promise.expected, candidate),
        stage_finding(promise.expected, candidate.title),
    ]


def _chances(opinions: Sequence[Opinion]) -> Mapping[tuple[str, ...], float]:
    """The chance of each document that is not refused; the rest is that of its being none of them.

    A publication and its own page, or the same title published twice, are one.
    """
    best: dict[tuple[str, ...], float] = {}
    for opinion in opinions:
        if not opinion.refused:
            best[_document(opinion)] = max(opinion.weight, best.get(_document(opinion), -math.inf))
    most = max([NONE, *best.values()])
    whole = math.exp(NONE - most) + sum(math.exp(weight - most) for weight in best.values())
    return {document: math.exp(weight - most) / whole for document, weight in best.items()}


def _document(opinion: Opinion) -> tuple[str, ...]:
    """What makes two the same: a title, and whose it is."""
    return (" ".join(opinion.candidate.title.lower().split()), *opinion.candidate.departments)


def _rank(opinion: Opinion, chances: Mapping[tuple[str, ...], float]) -> tuple[bool, float, bool, float, str]:
    """The likeliest title first, a publication before its page, and what is refused last."""
    is_page = opinion.candidate.document_type == "html_publication"
    chance = 0.0 if opinion.refused else chances[_document(opinion)]
    return (opinion.refused, -chance, is_page, -opinion.weight, opinion.candidate.key)


def _decided(opinion: Opinion, chances: Mapping[tuple[str, ...], float], best: tuple[str, ...]) -> Verdict:
    """Only the best is kept, if it is likely enough and nothing about it is doubtful."""
    key, evidence = opinion.candidate.key, opinion.evidence
    if opinion.refused:
        return Verdict(key, 0.0, evidence, "refused")
    chance = chances[_document(opinion)]
    decision: Decision = "refused" if chance < POSSIBLE else "possible"
    if chance >= KEPT and not opinion.doubtful and _document(opinion) == best:
        decision = "kept"
    elif decision == "possible" and sum(other > chance / 2 for other in chances.values()) > 1:
        evidence = (*evidence, "another publication fits as well")
    return Verdict(key, round(chance, 3), evidence, decision)
