"""The forms of the verbs of publishing: which verb a word is, and in what form."""

from __future__ import annotations

from monitor.rules.promises.words import publishing
from monitor.rules.promises.words.publishing import Verb
from monitor.rules.promises.words.tenses import Form

_NAMES: tuple[Form, ...] = ("plain", "third", "ing")


TWINS = frozenset({"read", "put", "set"})
"""Their past form is their plain one: which it is, the group says."""


def _forms() -> dict[str, tuple[Verb, Form]]:
    table: dict[str, tuple[Verb, Form]] = {}
    for verb in publishing.VERBS:
        for name, form in zip(_NAMES, (verb.plain, verb.third, verb.ing), strict=True):
            table[form] = (verb, name)
        for form in verb.past:
            if form in TWINS or form not in table:
                table[form] = (verb, "past")
    return table


FORMS = _forms()


def is_verb_of_publishing(word: str) -> bool:
    """Whether this is a form of one of the verbs of the lexicon."""
    return word in FORMS
