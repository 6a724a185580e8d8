"""What speaks for and against one publication as the promised document: title, kind, series, department, date, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from monitor.model.promise import Candidate, PromiseDraft
from monitor.rules.departments import in_family, same_department
from monitor.rules.promises.kinds import NEWS, SIDE, akin, kinds_of, main_kind, type_kind
from monitor.rules.promises.shapes import belonging, says_in_a_row, tail_about, unmodified
from monitor.rules.promises.titles import Likeness, contrast, is_proper, ordinals, paper_numbers, years

WHOLE = 3
"""So many telling words, all shared and none added, and the document is known whoever publishes it."""
UPDATED = "an older page, updated"
SAME_KIND = "both are called"
OWN, KIND, NUMBER = 0.1, 0.12, 0.2
"""What the statement's own department adds, or the publisher it names; the promised kind; and the same paper number."""
IN_TIME, FADED = 0.16, 0.2 * 0.16
"""The most that its day adds, and what is left of it after `last_day`."""
_OPEN_FOR, _LATE_BY = timedelta(days=365), timedelta(days=180)
_EARLY = frozenset("draft interim provisional initial preliminary discovery".split())
_LATE = frozenset({"final"})
ENOUGH = 0.5
"""How much of the promised name a title and its summary must carry before a promise is called kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks for or against a candidate: points to add, words for the operator, and whether it rules it out."""

    points: float
    words: str
    refuses: bool = False
    doubts: bool = False


def title_finding(likeness: Likeness, name: str = "", title: str = "") -> Finding:
    """How much of the name the title carries; one telling word is not enough without the words beside it.

    The points are those of the likeness alone; name and title say what to doubt.
    """
    words = f"title shares {len(likeness.shared)} of {likeness.wanted} telling words"
    whole = likeness.wanted > 1 and len(likeness.shared) == likeness.wanted
    lacking = unmodified(name, title)
    words += f", and does not say {lacking}" if lacking else ""
    thin = (
        bool(lacking)
        or likeness.of_name < ENOUGH
        or (likeness.wanted == 1 and likeness.added > 1 and not says_in_a_row(name, title))
    )
    return Finding(0.66 * likeness.value + (0.06 if whole else 0.0), words, doubts=thin)


def language_finding(candidate: Candidate, name: str) -> Finding:
    """A translation is not the document."""
    if candidate.language not in ("en", "") and "welsh" not in name.lower():
        return Finding(0.0, f"a translation ({candidate.language}), not the document", refuses=True)
    return Finding(0.0, "")


def kind_finding(name: str, candidate: Candidate) -> Finding:
    """Whether it is of the promised kind, by its title and its type."""
    kind = candidate.document_type
    if kind in NEWS:
        return Finding(0.0, f"{kind.replace('_', ' ')}, not the document", refuses=True)
    extra = (kinds_of(candidate.title) & SIDE) - kinds_of(name)
    if extra:
        return Finding(0.0, f"{sorted(extra)[0]}, which was not promised", refuses=True)
    wanted, titled, typed = main_kind(name), main_kind(candidate.title), type_kind(kind)
    missing = (kinds_of(name) & SIDE) - kinds_of(candidate.title)
    if missing and typed not in missing and wanted in missing:
        return Finding(0.0, f"{wanted} was promised, and this is none", refuses=True)
    alike = kinds_of(name) & SIDE & kinds_of(candidate.title)
    if alike:
        return Finding(KIND, f"{SAME_KIND} {min(alike)}")
    page = Finding(-0.05, "a page of the publication") if kind == "html_publication" else Finding(0.0, "")
    return _kinds_agree(wanted, titled, typed, page)


def _kinds_agree(wanted: str | None, titled: str | None, typed: str | None, page: Finding) -> Finding:
    given = [kind for kind in (titled, typed) if kind is not None]
    if wanted is None or not given:
        return page
    if wanted in given:
        return Finding(KIND + page.points, f"{SAME_KIND} {wanted}")
    strict = {"response", "consultation", "call for evidence"}
    if typed in strict and not akin(wanted, typed):
        return Finding(0.0, f"{typed}, where {wanted} was promised", refuses=True)
    if wanted in strict and not any(akin(wanted, kind) for kind in given):
        return Finding(0.0, f"{wanted} was promised, and this is none", refuses=True)
    if any(akin(wanted, kind) for kind in given):
        return Finding(0.06 + page.points, f"{given[0]} may be the {wanted}")
    return Finding(-0.08 + page.points, f"{given[0]} rather than {wanted}", doubts=True)


def number_findings(name: str, candidate: Candidate, made_on: date) -> list[Finding]:
    """Its paper number, its place in a series, its years."""
    found: list[Finding] = []
    papers, others = paper_numbers(name), paper_numbers(candidate.title)
    if papers and others:
        found.append(
            Finding(NUMBER, "same paper number")
            if papers & others
            else Finding(0.0, "another paper number", refuses=True)
        )
    series, given = ordinals(name), ordinals(candidate.title)
    if series and given and not series & given:
        found.append(Finding(0.0, "another one of the series", refuses=True))
    elif series:
        found.append(Finding(0.0, "") if given else Finding(-0.08, "does not say which of the series it is"))
    said, titled = years(name), years(candidate.title)
    if said and titled and not set(said) & set(titled):
        found.append(Finding(0.0, "another year's edition", refuses=True))
    elif titled and not said and max(titled) < made_on.year - 1:
        found.append(Finding(-0.05, f"its title says {max(titled)}"))
    return found


def contrast_finding(name: str, title: str) -> Finding:
    """`men's health` is not `women's health`: where names of a kind are told apart by such a word, it must be the same."""
    other = contrast(name, title)
    return Finding(0.0, f"{other[1]}, not {other[0]}", refuses=True) if other else Finding(0.0, "")


def stage_finding(name: str, title: str) -> Finding:
    """A draft is not the final version, nor an interim report the last."""
    said, given = (frozenset(words.lower().replace(":", " ").split()) for words in (name, title))
    for early, late in ((said & _EARLY, given & _LATE), (given & _EARLY, said & _LATE)):
        if early and late:
            return Finding(0.0, f"{min(given & (_EARLY | _LATE))}, not {min(said & (_EARLY | _LATE))}", refuses=True)
    if given & _EARLY and not said & _EARLY:
        return Finding(0.0, f"its title says {min(given & _EARLY)}", doubts=True)
    return Finding(0.0, "")


def about_finding(name: str, title: str) -> Finding:
    """`Early Years Strategy: what it means for nurseries` tells of the strategy and is not it."""
    tail = tail_about(title)
    if tail and tail.split()[-1] not in name.lower().split() and main_kind(name) != "guidance":
        return Finding(-0.15, f"tells of a document ({tail}), and may not be it", doubts=True)
    part = belonging(name, title)
    return Finding(-0.1, f"tells of its {part}") if part else Finding(0.0, "")


def department_finding(
    candidate: Candidate, department: str, publisher: str | None, likeness: Likeness, name: str = ""
) -> Finding:
    """Whose it is. Another department's is doubted, unless its title is the whole of a name that is long or written large."""
    if any(same_department(name, department) for name in candidate.departments):
        return Finding(OWN, "same department")
    if publisher and any(same_department(name, publisher) for name in candidate.departments):
        return Finding(OWN, f"published by {publisher}, as promised")
    if any(in_family(name, department) for name in candidate.departments):
        return Finding(0.08, "a public body of the department")
    words = "another department" if candidate.departments else "no department"
    whole = likeness.wanted >= WHOLE and len(likeness.shared) == likeness.wanted and not likeness.added
    close = likeness.of_title >= 0.8 and (likeness.wanted >= WHOLE or is_proper(name))
    return Finding(-0.06, words, doubts=bool(candidate.departments) and not close and not whole)


def first_day(promise: PromiseDraft, made_on: date) -> date:
    """From which day on a document that comes out, or is changed, may keep a promise."""
    return min(made_on, promise.due_from or made_on) - timedelta(days=1)


def last_day(promise: PromiseDraft, made_on: date) -> date:
    """The last day on which it gains more than `FADED` by when it comes."""
    return promise.due_by + _LATE_BY if promise.due_by else made_on + _OPEN_FOR


def date_finding(promise: PromiseDraft, candidate: Candidate, made_on: date) -> Finding:
    """When it came out, against when it was promised. A late document still keeps its promise."""
    first = candidate.published_at.date() if candidate.published_at else None
    last = candidate.updated_at.date() if candidate.updated_at else None
    since = first_day(promise, made_on)
    if first is None and last is None:
        return Finding(-0.1, "its date is not known", doubts=True)
    if first is not None and first >= since:
        return _in_time(promise, first, made_on, "published", IN_TIME)
    if last is not None and last >= since:
        return _in_time(promise, last, made_on, UPDATED, 0.08)
    return Finding(
        0.0, f"last changed {(made_on - (last or first or made_on)).days} days before the statement", refuses=True
    )


def _in_time(promise: PromiseDraft, day: date, made_on: date, how: str, points: float) -> Finding:
    words = f"{how} {_delay((day - made_on).days)}"
    due = promise.due_by
    if due is None:
        open_for = (day - made_on).days
        return Finding(
            points * (1.0 if open_for <= 90 else 0.7 if open_for <= _OPEN_FOR.days else 0.2),
            words,
            doubts=open_for > 730,
        )
    late = (day - due).days
    if late <= 0:
        early = ((promise.due_from or made_on) - day).days
        return Finding(
            points * (1.0 if early <= 1 else 0.5), words + (", in time" if early <= 1 else ", before it was due")
        )
    return Finding(
        points * (0.7 if late <= 14 else 0.4 if late <= _LATE_BY.days else 0.0),
        f"{words}, {late} days late",
        doubts=late > 400,
    )


def _delay(days: int) -> str:
    if days <= 0:
        return "the day before the statement" if days < 0 else "on the day of the statement"
    return "the day after" if days == 1 else f"{days} days after"
