"""Finding the documents that a statement promises: sentence by sentence, act by act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from monitor.model.promise import PromiseDraft
from monitor.model.publication import Hyperlink
from monitor.rules.promises.memory.ledger import Ledger
from monitor.rules.promises.memory.links import linked_spans
from monitor.rules.promises.sentence.sentences import split_sentences


def extract_promises(text: str, hyperlinks: Sequence[Hyperlink], *, made_on: date) -> tuple[PromiseDraft, ...]:
    """The documents a statement of `made_on` promises, in the order it speaks of them. Never raises.

    `text` holds one block a line, in the form of `monitor.text`; a document whose own page is linked or typed out is no
    promise.
    """
    ledger = Ledger(text, made_on)
    for sentence in split_sentences(text):
        if sentence.kind == "heading":
            ledger.read_heading(sentence)
        if sentence.kind == "heading" or (sentence.kind == "row" and not ledger.in_list):
            continue
        ledger.read(sentence, linked_spans(sentence, hyperlinks))
    return ledger.drafts()
