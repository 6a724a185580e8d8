"""A bare name, `consultation` or `our response`, says only of what kind a document is: its statement says what it is about."""

from __future__ import annotations

from datetime import date, timedelta

from monitor.model.promise import PromiseDraft
from monitor.rules.keeping.meanings import other_words
from monitor.rules.keeping.stems import telling_words
from monitor.rules.keeping.titles import Likeness
from monitor.rules.promises.words.kinds import without_kinds
from monitor.text import tokens

CARRIED = 0.75
"""How much of a title the statement must say before a document with a bare name is called kept."""
ENOUGH_SHARED = 2
_SHORTEST_WORD = 3
_LATE = timedelta(days=14)
_SOON = timedelta(days=31)


def is_bare(name: str) -> bool:
    """Whether no word of a name tells one document of its kind from another."""
    return not any(telling_words(without_kinds(name)).values())


def sought(name: str, about: str) -> str:
    """The words by which a document is searched for: its name, and with a bare one what the statement is about."""
    return f"{name} {about}" if about and is_bare(name) else name


def search_words(name: str, about: str) -> tuple[str, ...]:
    """Words, and phrases, of which what may keep a promise has one: those of its name, and what else means the same."""
    said = [token.word for token in tokens(sought(name, about)) if len(token.word) >= _SHORTEST_WORD]
    return tuple(sorted({*said, *other_words(said)}))


def carried(title: str, about: str, quote: str) -> Likeness:
    """How much of a title stands in a statement's own title and in the sentence that promises."""
    subjects = [word for word, tells in telling_words(title).items() if tells]
    topic = telling_words(about)
    said = topic.keys() | telling_words(quote).keys()
    shared = tuple(word for word in subjects if word in said)
    if len(shared) < min(ENOUGH_SHARED, len(subjects)) or not any(topic.get(word) for word in shared):
        shared = ()  # one word of several is chance
    return Likeness(shared, missing=tuple(word for word in subjects if word not in shared))


def says_all(title: str, about: str) -> bool:
    """Whether a title says everything that a statement is about."""
    topic = {word for word, tells in telling_words(about).items() if tells}
    return len(topic) >= ENOUGH_SHARED and topic <= telling_words(title).keys()


def reservation(
    likeness: Likeness, promise: PromiseDraft, published: date | None, made_on: date, *, whole: bool = False
) -> str:
    """Why a document that was found by what a statement is about may be another one; empty where it is not.

    One that came on the very day it was promised for may say more than the statement, if it says the `whole` of what that
    is about.
    """
    on_the_day = promise.due_from == promise.due_by == published and published is not None
    said = likeness.carried >= CARRIED or (whole and on_the_day)
    if len(likeness.shared) < ENOUGH_SHARED or not said:
        return "the statement does not say enough of its title"
    last = promise.due_by + _LATE if promise.due_by else made_on + _SOON
    if published is None or not (promise.due_from or made_on) - timedelta(days=1) <= published <= last:
        return "it did not come when it was promised for"
    return ""
