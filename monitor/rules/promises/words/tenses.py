"""What a verb group says by its auxiliaries: whether something will be done, is being done, has been done, or is not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from monitor.model.promise import Tense
from monitor.rules.promises.words import lexicon, publishing
from monitor.rules.promises.words.publishing import Verb

Form = Literal["plain", "third", "ing", "past", "state"]
Voice = Literal["active", "passive", "reduced", "inverted"]
"""`reduced` is a participle behind its noun (a plan to be published); `inverted`, one before it (published today is)."""
Reading = tuple[Voice, Tense | None, str, bool]
"""Voice, tense (None: nothing is promised), why in words, and whether a word such as `today` is needed."""

AUXILIARIES = lexicon.BE | lexicon.HAVE | lexicon.MODALS_YES | lexicon.MODALS_NO | frozenset("do does did had".split())
_PAST_BE = frozenset({"was", "were"})
_HERE = frozenset({"is", "are", "am", "'s", "'re", "'m"})
_FINDING = frozenset({"can", "may", "should"})
_LYING = frozenset({"await", "lie"})
"""Who says that a copy lies in the Library tells no day; `goes on the website` may be what happens every month."""
_DESTINED = frozenset("due expected scheduled planned intended likely now still".split())
_ABLE = frozenset({"able", "position", "ready"})
_NOT_LOOKED_FOR = lexicon.NEGATIVES | lexicon.HAVE
EXPECTED = frozenset({"should", "ought"})
"""Said of what a document does by itself, what is looked for: `should be out by Friday`."""
_WERE_MEANT = frozenset(
    "agreed decided promised intended proposed planned arranged hoped expected undertook pledged".split()
)
"""Alone before `to publish` they tell of the past, unless a day to come is named: `I undertook to place a letter`."""
_GLAD = frozenset("pleased delighted glad happy proud privileged".split())
"""Who is pleased to lay a report lays it."""


def judge(group: Sequence[str], form: Form, verb: Verb, subject: str) -> Reading:
    """Read a verb group (its words before the verb) with the form of its verb and the word before it."""
    voice = _voice(group, form)
    words = set(group)
    if words & EXPECTED and not words & _NOT_LOOKED_FOR and _is_looked_for(group, verb):
        return voice, "future", "is expected", verb.of_subject
    denial = _denial(group, form, verb)
    if denial:
        return voice, None, denial, False
    if "to" in group:
        if group[-1] == "to" and len(group) == 1 and verb.of_subject and verb.name not in publishing.FINDING:
            return "reduced", "future", "to come", False
        return _judge_infinitive(group, voice)
    if verb.name in publishing.FINDING and voice == "active":
        tense: Tense | None = "done" if words & _FINDING else "future" if words & lexicon.MODALS_YES else None
        return voice, tense, "it can be found", False
    if verb.need == "publication" and "had" in words:
        return voice, None, "it was planned before", False
    if verb.need == "publication" or words & lexicon.MODALS_YES:
        return voice, "future", "will be done", False
    if form == "past":
        return _judge_past(words, voice, verb)
    if form == "ing":
        doing = bool(words & _HERE) or "pleasure" in words
        return voice, "present" if doing else None, "is being done" if doing else "no finite verb", False
    spoken = subject in lexicon.EVERYONE
    told = verb.name in _LYING if verb.of_subject else spoken
    return voice, "present", "the speaker does it" if spoken else "stated as a fact", not told


def _is_looked_for(group: Sequence[str], verb: Verb) -> bool:
    """`should appear`, `should be able to publish`: no duty, but what is looked for."""
    by_itself = verb.of_subject and verb.name not in publishing.FINDING
    return by_itself or (group[-1] == "to" and not _ABLE.isdisjoint(group))


def _voice(group: Collection[str], form: Form) -> Voice:
    if form != "past":
        return "active"
    if lexicon.BE & set(group):
        return "passive"
    return "active" if lexicon.HAVE & set(group) or "had" in group else "reduced"


def _denial(group: Sequence[str], form: Form, verb: Verb) -> str:
    words = set(group)
    if words & lexicon.NEGATIVES or any(word.endswith("n't") for word in group):
        return "it is denied"
    if words & lexicon.MODALS_NO and not (verb.need in ("place", "shown") and words & _FINDING):
        return "it is a duty or a possibility"
    return "a general undertaking" if form == "ing" and group and group[-1] == "to" else ""


def _judge_infinitive(group: Sequence[str], voice: Voice) -> Reading:
    before = group[: len(group) - 1 - list(group)[::-1].index("to")]
    if not before:
        if voice == "passive":
            return "reduced", "future", "to be done", False
        return voice, None, "a purpose or a request", False
    if voice == "passive" and set(before) <= _DESTINED:
        return "reduced", "future", "to be done", False
    if {"was", "were", "had"} & set(before):
        return voice, None, "it was so in the past", False
    if set(before) <= lexicon.HAVE:
        return voice, None, "it is a duty", False
    if "caused" in before and lexicon.HAVE & set(before):
        return voice, "done", "has been done", False
    if {"am", "are", "is"} & set(before) and _GLAD & set(before):
        return voice, "present", "gladly done", False
    return voice, "future", "intended", _WERE_MEANT.issuperset(before)


def _judge_past(words: set[str], voice: Voice, verb: Verb) -> Reading:
    if words & {"had", "having"}:
        arranged = bool(words & {"have", "has"})
        return voice, "done" if arranged else None, "has been arranged" if arranged else "it was done before", False
    if words & _PAST_BE:
        return voice, "done", "was done", True
    if "being" in words:
        return voice, "present", "is being done", False
    if words & lexicon.BE == {"be"} and not words & AUXILIARIES - {"be"}:
        return voice, "future", "is asked for", False
    if words & lexicon.HAVE:
        return voice, "done", "has been done", verb.need == "document"
    if "should" in words:
        return voice, None, "it is a duty or a possibility", False
    if words & (_HERE | _FINDING):
        if verb.of_subject:
            return voice, "done", "is there", False
        return voice, "present", "is done", verb.need not in ("laying", "placed")
    return voice, "done", "done", True
