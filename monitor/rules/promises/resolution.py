"""Judging which publication keeps a promise, from what speaks for and against each, and from how near the others come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.model.promise import Candidate, Decision, PromiseDraft, Verdict
from monitor.rules.promises.context import carried, is_bare, reservation, says_all
from monitor.rules.promises.findings import (
    OWN,
    SAME_KIND,
    UPDATED,
    WHOLE,
    Finding,
    about_finding,
    contrast_finding,
    date_finding,
    department_finding,
    kind_finding,
    language_finding,
    number_findings,
    stage_finding,
    title_finding,
)
from monitor.rules.promises.titles import Likeness, compare_titles, proper_words, rarity, telling_words

HIGH = 0.58
"""From this score on a publication keeps the promise, if no other comes near."""
ALONE = 0.50
"""The mark for a publication that nothing else comes near."""
LOW = 0.40
"""From this score on it is shown as possible."""
CARRIED_TITLE = 0.5
"""What a title adds that the statement says the whole of, where the name is bare."""
MARGIN = 0.06
"""How far ahead of the next a publication must be."""


def resolve_promise(
    promise: PromiseDraft, candidates: Sequence[Candidate], *, made_on: date, department: str, about: str = ""
) -> tuple[Verdict, ...]:
    """A verdict on every candidate, best first. At most one is kept, except where the same title was published twice.

    `department` is the statement's, under any of its names, and `about` its title, by which a bare name is understood.
    A verdict's evidence is what an operator needs to confirm it.
    """
    commonness = rarity(candidate.title for candidate in candidates)
    judge = _judge_by_context if about and is_bare(promise.expected) else _judge
    judged = [judge(promise, candidate, _Setting(made_on, department, about, commonness)) for candidate in candidates]
    judged.sort(key=lambda opinion: (-opinion.raw, opinion.candidate.key))
    return tuple(_decided(opinion, judged, index) for index, opinion in enumerate(judged))


def beside(candidate: Candidate) -> str:
    """What else than its title may say a part of a document's name."""
    return f"{candidate.summary} {candidate.document_type.replace('_', ' ')}"


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a promise was made in, and how common each word is among the titles of all that may keep it."""

    made_on: date
    department: str
    about: str
    commonness: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Opinion:
    """A candidate judged by itself, before it is held against the others; `raw` ranks it and may exceed one."""

    candidate: Candidate
    raw: float
    likeness: Likeness
    doubtful: bool
    verdict: Verdict


def _judge(promise: PromiseDraft, candidate: Candidate, setting: _Setting) -> _Opinion:
    likeness = compare_titles(promise.expected, candidate.title, beside(candidate), setting.commonness)
    kind, when = kind_finding(promise.expected, candidate), date_finding(promise, candidate, setting.made_on)
    findings = [
        title_finding(likeness, promise.expected, candidate.title),
        kind,
        *_of_the_same(promise, candidate, setting),
        contrast_finding(promise.expected, candidate.title),
        about_finding(promise.expected, candidate.title),
        department_finding(candidate, setting.department, promise.publisher, likeness, promise.expected),
        when,
    ]
    if when.words.startswith(UPDATED) and not _is_plainly(promise, candidate, kind, likeness):
        findings.append(Finding(0.0, "an older page may be updated for other reasons", doubts=True))
    missing = proper_words(promise.expected) - telling_words(f"{candidate.title} {candidate.summary}").keys()
    if missing:
        findings.append(Finding(0.0, f"does not say {min(missing)}", doubts=True))
    return _opinion(candidate, likeness, findings)


def _judge_by_context(promise: PromiseDraft, candidate: Candidate, setting: _Setting) -> _Opinion:
    """A bare name is no evidence: the rest must agree without a doubt, and the title be what the statement is about."""
    likeness = carried(candidate.title, setting.about, f"{promise.quote} {promise.expected}")
    kind = kind_finding(promise.expected, candidate)
    department = department_finding(candidate, setting.department, promise.publisher, likeness)
    words = f"the statement says {len(likeness.shared)} of the title's {likeness.wanted} telling words"
    published = candidate.published_at.date() if candidate.published_at else None
    doubt = (
        reservation(likeness, promise, published, setting.made_on, whole=says_all(candidate.title, setting.about))
        or ("" if kind.words.startswith(SAME_KIND) else "it is not plainly of the promised kind")
        or ("" if department.points >= OWN else "it is not plainly the department's own")
    )
    findings = [
        Finding(CARRIED_TITLE * likeness.of_name, words),
        kind,
        *_of_the_same(promise, candidate, setting),
        contrast_finding(setting.about, candidate.title),
        department,
        date_finding(promise, candidate, setting.made_on),
        Finding(-0.1 if doubt else 0.0, doubt, refuses=kind.doubts, doubts=bool(doubt)),
    ]
    return _opinion(candidate, likeness, findings)


def _of_the_same(promise: PromiseDraft, candidate: Candidate, setting: _Setting) -> list[Finding]:
    """Whether it is in the language, of the series and at the stage that was promised."""
    return [
        language_finding(candidate, promise.expected),
        *number_findings(promise.expected, candidate, setting.made_on),
        stage_finding(promise.expected, candidate.title),
    ]


def _opinion(candidate: Candidate, likeness: Likeness, findings: Sequence[Finding]) -> _Opinion:
    refused = any(finding.refuses for finding in findings) or not likeness.shared
    doubtful = any(finding.doubts for finding in findings)
    raw = max(0.0, sum(finding.points for finding in findings)) * (0.3 if refused else 1.0)
    evidence = tuple(finding.words for finding in findings if finding.words)
    decision: Decision = "refused" if refused or raw < LOW else "possible" if doubtful or raw < HIGH else "kept"
    return _Opinion(
        candidate, raw, likeness, doubtful, Verdict(candidate.key, round(min(raw, 1.0), 3), evidence, decision)
    )


def _decided(opinion: _Opinion, judged: Sequence[_Opinion], index: int) -> Verdict:
    """Only the best is kept, and only if it stands clear of what is another document."""
    verdict = opinion.verdict
    if index == 0 and _stands_alone(opinion, judged):
        return replace(verdict, decision="kept", evidence=(*verdict.evidence, "nothing else comes near"))
    if verdict.decision != "kept":
        return verdict
    if index:
        return _only_possible(verdict, "another publication fits better")
    others = [other for other in judged[1:] if other.verdict.decision != "refused"]
    others = [other for other in others if not _is_same(other.candidate, opinion.candidate)]
    near = [other for other in others if other.likeness.of_name > opinion.likeness.of_name - 0.1]
    if any(opinion.raw - other.raw < MARGIN for other in near):
        return _only_possible(verdict, "another publication fits as well")
    if any(other.likeness.of_name > opinion.likeness.of_name + 0.05 for other in others):
        return _only_possible(verdict, "another title carries more of the name")
    return verdict


def _stands_alone(opinion: _Opinion, judged: Sequence[_Opinion]) -> bool:
    """Whether a candidate that falls short of the mark, with no doubt against it, is the only one there could be."""
    if opinion.doubtful or opinion.verdict.decision != "possible" or opinion.raw < ALONE:
        return False
    return all(other.verdict.decision == "refused" and opinion.raw - other.raw >= 0.2 for other in judged[1:])


def _only_possible(verdict: Verdict, why: str) -> Verdict:
    return replace(verdict, decision="possible", evidence=(*verdict.evidence, why))


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Whether two are the same title published twice, or a publication and its own page."""
    if " ".join(one.title.lower().split()) == " ".join(other.title.lower().split()):
        return True
    page = "html_publication" in (one.document_type, other.document_type)
    return (
        page
        and one.departments == other.departments
        and one.published_at == other.published_at
        and telling_words(one.title).keys() == telling_words(other.title).keys()
    )


def _is_plainly(promise: PromiseDraft, candidate: Candidate, kind: Finding, likeness: Likeness) -> bool:
    """Whether an updated page is meant: it is of the promised kind, carries the whole name, or changed on the very day."""
    whole = len(likeness.shared) == likeness.wanted
    whole = whole and (likeness.wanted >= WHOLE or kind.words.startswith(SAME_KIND))
    changed = candidate.updated_at.date() if candidate.updated_at else None
    return whole or (changed is not None and changed == promise.due_from == promise.due_by)
