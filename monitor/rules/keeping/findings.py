"""What speaks for and against one publication as the promised document: title, kind, series, department, date, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.model.promise import Candidate, PromiseDraft
from monitor.rules.departments import in_family, same_department
from monitor.rules.keeping.numbers import ordinals, paper_numbers, years
from monitor.rules.keeping.shapes import belonging, says_in_a_row, tail_about
from monitor.rules.keeping.stems import telling_words
from monitor.rules.keeping.titles import Likeness, other_kin, persons_in, proper_words, swapped, telling
from monitor.rules.keeping.weights import ENOUGH, ENOUGH_OF_FEW, LEAST, MOSTLY, WEIGHTS, Sign
from monitor.rules.promises.words.kinds import NEWS, SIDE, akin, is_usual, kinds_of, main_kind, type_kind

SAME_KIND = "both are called"
_EARLY = frozenset("draft interim provisional initial preliminary discovery emerging".split())
_LATE = frozenset("final concluding".split())
_STRICT = frozenset(("response", "consultation", "call for evidence", "letter", "remit"))
"""Kinds that nothing else is, but what is akin."""
_CONSULTING = frozenset(("response", "consultation", "call for evidence"))
_DAY = timedelta(days=1)
_YEAR = 365
_FEW = 3
MOST_TITLE, MOST_BESIDE, MOST_LACKING = 2.5, 1.5, 3.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks for or against a publication: how much there is of it, words for the operator, and whether it
    rules that out, or leaves a doubt.
    """

    signs: tuple[tuple[Sign, float], ...] = ()
    words: str = ""
    refuses: bool = False
    doubts: bool = False

    @property
    def points(self) -> float:
        """What it weighs."""
        return sum(WEIGHTS[sign] * amount for sign, amount in self.signs)

    def has(self, sign: Sign) -> bool:
        """Whether it tells of a sign."""
        return any(one == sign for one, _ in self.signs)


def refusal(words: str) -> Finding:
    """A finding that rules a publication out."""
    return Finding(words=words, refuses=True)


def title_finding(likeness: Likeness, name: str, title: str, *, on_its_day: bool) -> Finding:
    """How much of the name the title and the summary carry, and what the title says more.

    A part of it is enough for what the department itself brought out `on_its_day`.
    """
    words = f"title shares {len(likeness.shared)} of {likeness.wanted} telling words"
    if likeness.carried < LEAST or not likeness.shared:
        return refusal(words)
    shared, beside, missing = map(telling, (likeness.shared, likeness.beside, likeness.missing))
    signs: tuple[tuple[Sign, float], ...] = (
        ("title", min(shared, MOST_TITLE)),
        ("summary", min(beside, MOST_BESIDE)),
        ("said beside", beside / (shared + beside + missing)),
        ("of the title", likeness.of_title),
        ("whole name", float(likeness.whole and likeness.wanted > 1)),
        ("words of kind", _words_of_kind(name, title)),
        ("lacks", min(missing, MOST_LACKING)),
    )
    enough = ENOUGH if likeness.wanted > _FEW else ENOUGH_OF_FEW
    thin = likeness.wanted == 1 and len(likeness.added) > 1 and not says_in_a_row(name, title)
    return Finding(signs, words, doubts=(thin or likeness.carried < enough) and not on_its_day)


def name_findings(name: str, candidate: Candidate, owners: Sequence[str]) -> list[Finding]:
    """Whether it names the persons, places and bodies that the promise does. Persons, and whose it is, may be left out."""
    persons = persons_in(name)
    said = telling_words(f"{candidate.title} {candidate.summary}").keys()
    found = [Finding((("person", 1.0),), "it names the same person")] if persons & said else []
    proper = proper_words(name) - persons - telling_words(" ".join(owners)).keys()
    missing = proper - said
    if 2 * len(missing) > len(proper):
        found.append(Finding((("proper", 1.0),), f"does not say {min(missing)}", doubts=True))
    return found


def _words_of_kind(name: str, title: str) -> float:
    wanted = [word for word, tells_subject in telling_words(name).items() if not tells_subject]
    given = telling_words(title).keys()
    return sum(word in given for word in wanted) / max(1, len(wanted))


def language_finding(candidate: Candidate, name: str) -> Finding:
    """A translation is not the document."""
    if candidate.language not in ("en", "") and "welsh" not in name.lower():
        return refusal(f"a translation ({candidate.language}), not the document")
    return Finding()


def kind_finding(name: str, candidate: Candidate) -> Finding:
    """Whether it is of the promised kind, by its title and its type."""
    if candidate.document_type in NEWS:
        return refusal(f"{candidate.document_type.replace('_', ' ')}, not the document")
    said, titled = kinds_of(name), kinds_of(candidate.title)
    extra = (titled & SIDE) - said
    if extra:
        return refusal(f"{min(extra)}, which was not promised")
    wanted, called, typed = main_kind(name), main_kind(candidate.title), type_kind(candidate.document_type)
    missing = (said & SIDE) - titled
    if wanted in missing and typed not in missing and candidate.document_type != "document_collection":
        return refusal(f"{wanted} was promised, and this is none")
    if wanted is None:
        return Finding()
    if called in _STRICT and called != wanted and not akin(wanted, called):
        return refusal(f"{called}, where {wanted} was promised")
    if typed in _CONSULTING and wanted not in (typed, called) and not akin(wanted, typed):
        return refusal(f"{typed}, where {wanted} was promised")
    return _kinds_agree(wanted, called, typed, name, candidate)


def _kinds_agree(wanted: str, called: str | None, typed: str | None, name: str, candidate: Candidate) -> Finding:
    signs: list[tuple[Sign, float]] = []
    named = wanted in (called, typed) or wanted in kinds_of(candidate.title)
    usual = is_usual(wanted, candidate.document_type, f"{name} {candidate.summary}")
    if usual or (usual is False and not named):
        signs.append(("usual type" if usual else "unusual type", 1.0))
    given = [kind for kind in (called, typed) if kind is not None]
    if wanted in _CONSULTING and given and wanted not in given and not any(akin(wanted, kind) for kind in given):
        signs.append(("kind strict", 1.0))
    if named:
        return Finding(tuple(signs), f"{SAME_KIND} {wanted}")
    if called is None:
        if usual is None:
            return Finding(tuple(signs))
        return Finding(tuple(signs), f"{_spoken(candidate)} {'may be' if usual else 'rather than'} {wanted}")
    if akin(wanted, called):
        return Finding((*signs, ("kind near", 1.0)), f"{called} may be the {wanted}")
    return Finding((*signs, ("kind other", 1.0)), f"{called} rather than {wanted}", doubts=True)


def _spoken(candidate: Candidate) -> str:
    return candidate.document_type.replace("_", " ")


def number_findings(name: str, candidate: Candidate) -> list[Finding]:
    """Its paper number, its place in a series, its years."""
    found: list[Finding] = []
    papers, others = paper_numbers(name), paper_numbers(candidate.title)
    if papers and others:
        same = bool(papers & others)
        found.append(Finding((("same number", 1.0),), "same paper number") if same else refusal("another paper number"))
    series, given = ordinals(name), ordinals(candidate.title)
    if series and given:
        same = bool(series & given)
        found.append(
            Finding((("series", 1.0),), "the same of a series") if same else refusal("another one of the series")
        )
    elif series:
        found.append(Finding((("series unsaid", 1.0),), "does not say which of the series it is"))
    said, titled = years(name), years(candidate.title)
    if said and titled and not set(said) & set(titled):
        found.append(refusal("another year's edition"))
    return found


def contrast_findings(name: str, title: str) -> list[Finding]:
    """`men's health` is not `women's health`: where names of a kind are told apart by such a word, it must be the same."""
    kin = other_kin(name, title)
    if kin:
        return [refusal(f"{kin[1]}, not {kin[0]}")]
    other = swapped(name, title)
    return [Finding((("other word", 1.0),), f"{other[1]}, not {other[0]}", doubts=True)] if other else []


def stage_finding(name: str, title: str) -> Finding:
    """A draft is not the final version, nor an interim report the last."""
    said, given = (frozenset(words.lower().replace(":", " ").split()) for words in (name, title))
    for early, late in ((said & _EARLY, given & _LATE), (given & _EARLY, said & _LATE)):
        if early and late:
            return refusal(f"{min(given & (_EARLY | _LATE))}, not {min(said & (_EARLY | _LATE))}")
    if given & _EARLY and not said & _EARLY:
        return Finding((("stage", 1.0),), f"its title says {min(given & _EARLY)}", doubts=True)
    return Finding()


def about_finding(name: str, title: str) -> Finding:
    """`Early Years Strategy: what it means for nurseries` tells of the strategy and is not it."""
    tail = tail_about(title)
    if tail and tail.split()[-1] not in name.lower().split() and main_kind(name) != "guidance":
        return Finding((("about", 1.0),), f"tells of a document ({tail}), and may not be it", doubts=True)
    part, wanted = belonging(name, title), main_kind(name)
    kind = main_kind(part) if part else None
    if not part or (kind is not None and wanted is not None and akin(kind, wanted)):
        return Finding()
    return Finding((("belongs", 1.0),), f"tells of its {part}", doubts=True)


def department_finding(
    candidate: Candidate, department: str, publisher: str | None, likeness: Likeness | None = None
) -> Finding:
    """Whose it is. Another department's is doubted, unless its title is the name, or mostly so."""
    if any(same_department(name, department) for name in candidate.departments):
        return Finding((("own", 1.0),), "same department")
    if publisher and any(same_department(name, publisher) for name in candidate.departments):
        return Finding((("own", 1.0),), f"published by {publisher}, as promised")
    if any(in_family(name, department) for name in candidate.departments):
        return Finding((("family", 1.0),), "a public body of the department")
    if not candidate.departments:
        return Finding(words="no department")
    close = likeness is not None and ((likeness.whole and not likeness.added) or likeness.of_title >= MOSTLY)
    return Finding(words="another department", doubts=not close)


def first_day(promise: PromiseDraft, made_on: date) -> date:
    """From which day on a document that comes out, or is changed, may keep a promise."""
    return min(made_on, promise.due_from or made_on) - _DAY


def came_on(promise: PromiseDraft, candidate: Candidate, made_on: date) -> tuple[date, bool] | None:
    """The day on which it came out, or else was changed (true), late enough to keep a promise; None where neither is known."""
    days = [moment.date() for moment in (candidate.published_at, candidate.updated_at) if moment is not None]
    first = candidate.published_at.date() if candidate.published_at else None
    since = first_day(promise, made_on)
    day = next((day for day in days if day >= since), None)
    return None if day is None else (day, day != first)


def date_finding(promise: PromiseDraft, candidate: Candidate, made_on: date) -> Finding:
    """When it came out, against when it was promised. A late document still keeps its promise."""
    came = came_on(promise, candidate, made_on)
    if came is None:
        last = candidate.updated_at or candidate.published_at
        if last is None:
            return Finding(words="its date is not known", doubts=True)
        return refusal(f"last changed {(made_on - last.date()).days} days before the statement")
    day, changed = came
    words = f"{'an older page, updated' if changed else 'published'} {_delay((day - made_on).days)}"
    signs: list[tuple[Sign, float]] = [("updated", 1.0)] if changed else []
    if promise.due_by is None:
        open_for = (day - made_on).days
        signs.append(("late", _lateness(open_for, (90, 365, 730))))
        return Finding(tuple(signs), words, doubts=open_for > 2 * _YEAR)
    due_from, due_by = promise.due_from or made_on, promise.due_by
    if day > due_by:
        late = (day - due_by).days
        signs.append(("late", _lateness(late, (0, 14, 180))))
        return Finding(tuple(signs), f"{words}, {late} days late", doubts=late > 400)
    if day < due_from - _DAY:
        return Finding((*signs, ("early", 1.0)), f"{words}, before it was due")
    width = max(1, (due_by - due_from).days + 1)
    signs.append(("narrow", min(1.0, max(0.0, math.log2(_YEAR / width)) / 8)))
    if changed and width <= 2:
        signs.append(("updated on the day", 1.0))
    return Finding(tuple(signs), f"{words}, in time")


def _lateness(days: int, steps: tuple[int, int, int]) -> float:
    """None, little, more, all: what is said of coming so many days late."""
    return (0.0, 0.3, 0.7, 1.0)[sum(days > step for step in steps)]


def _delay(days: int) -> str:
    if days <= 0:
        return "the day before the statement" if days < 0 else "on the day of the statement"
    return "the day after" if days == 1 else f"{days} days after"
