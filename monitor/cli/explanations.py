"""`monitor explain ITEM SUBSCRIBER`: why did I get this, and why did I not."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import TYPE_CHECKING

from monitor.cli import output
from monitor.cli.session import Session
from monitor.cli.shapes import Shape, time_shape

if TYPE_CHECKING:
    from monitor.mail.tellings import Carrier
    from monitor.pipeline.explain import Answer, Explanation
    from monitor.rules.query.evaluating import Clause

NOTHING_FOUND = 3
_MOST_WORDS = 4


def explain_options(parser: ArgumentParser) -> None:
    """What, to whom."""
    parser.add_argument("item", metavar="ITEM", help="a publication: its key, number or address")
    parser.add_argument("subscriber", metavar="SUBSCRIBER", help="the address of a subscriber, or their number")


def explain(session: Session, options: Namespace) -> int:
    """Answer for one publication and one subscriber."""
    from monitor.app import explain

    found = explain(session.read_config(), options.item, options.subscriber, now=session.clock())
    session.show(_shape(found), lambda: _lines(found))
    return NOTHING_FOUND if found.outcome == "unknown" else 0


def _shape(found: Explanation) -> Shape:
    mails = [_mail_shape(mail) for mail in found.mails]
    return {
        "item": found.item,
        "title": found.title,
        "subscriber": found.subscriber,
        "outcome": found.outcome,
        "reason": found.reason,
        "watches": [_answer_shape(answer) for answer in found.answers],
        "mail": mails[0] if mails else None,
        "mails": mails,
    }


def _answer_shape(answer: Answer) -> Shape:
    evaluation = answer.evaluation
    return {
        "watch": answer.watch,
        "every": answer.every,
        "matched": evaluation is not None and evaluation.matched,
        "outcome": answer.outcome,
        "reason": answer.reason,
        "version": answer.version,
        "revision": answer.revision,
        "clauses": [_clause_shape(clause, answer) for clause in evaluation.clauses] if evaluation else [],
    }


def _clause_shape(clause: Clause, answer: Answer) -> Shape:
    words = answer.words or {}
    return {
        "text": clause.text,
        "wanted": clause.wanted,
        "matched": clause.matched,
        "failed": clause.failed,
        "hits": [
            {"field": hit.field, "attachment": hit.attachment, "start": hit.start, "end": hit.end, "text": words[hit]}
            for hit in clause.hits
        ],
    }


def _mail_shape(mail: Carrier) -> Shape:
    return {
        "message_id": mail.message_id,
        "period": mail.period,
        "subject": mail.subject,
        "state": mail.state,
        "sent_at": time_shape(mail.sent_at),
    }


def _lines(found: Explanation) -> list[str]:
    lines = [f"{found.title or found.item}, for {found.subscriber}", f"{found.outcome.upper()}: {found.reason}"]
    for mail in found.mails:
        at = f"sent {output.when(mail.sent_at)}" if mail.sent_at else mail.state
        lines.append(f"  {mail.period}, {at}, Message-ID {mail.message_id}")
    for answer in found.answers:
        lines += ["", *_answer_lines(answer)]
    return lines


def _answer_lines(answer: Answer) -> list[str]:
    held = f"version {answer.version}" if answer.version else ""
    held += f", revision {answer.revision} of the watch" if answer.revision else ""
    lines = [f"{answer.watch} ({answer.every}): {answer.reason}" + (f" ({held})" if held else "")]
    if answer.evaluation is None:
        return lines
    clauses = answer.evaluation.clauses
    # Where every clause is to blame, to say so of each tells nothing.
    blames = not all(clause.failed for clause in clauses)
    rows = [(f"  {_state(clause, blames)}", clause.text, _hits(clause, answer)) for clause in clauses]
    return [*lines, *(line.rstrip() for line in output.columns(rows))]


def _state(clause: Clause, blames: bool) -> str:
    """In words, never by a colour or a sign alone: what was found, and what it was refused for."""
    found = "found" if clause.matched else "not found"
    if not clause.wanted:
        found += ", under NOT"
    return f"{found}: refused for it" if clause.failed and blames else found


def _hits(clause: Clause, answer: Answer) -> str:
    words = Counter((answer.words or {})[hit] for hit in clause.hits)
    if not words:
        return ""
    shown = ", ".join(f"{word} ×{count}" for word, count in words.most_common(_MOST_WORDS))
    fields = ", ".join(dict.fromkeys(hit.field for hit in clause.hits))
    return f"{shown} in {fields}"
