"""explain: why a subscriber was told of a publication, or why not: each clause of each watch, and the mail that carried it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from monitor.errors import NotFoundError
from monitor.mail.own_watches import OwnWatch, OwnWatches
from monitor.mail.tellings import Carrier, Telling, changes_told_in, tellings_of
from monitor.mail.wording import moment
from monitor.model.record import Record, RecordedChange
from monitor.model.subscriber import Subscriber, Subscription
from monitor.model.watch import OWN, Hit, Match, Watch
from monitor.pipeline.ledger_reader import LedgerReader
from monitor.pipeline.naming import DepartmentNames
from monitor.pipeline.owed import whole_matches
from monitor.pipeline.own_matching import own_changes_read
from monitor.pipeline.turns import Readership
from monitor.rules.digests import Contents, arrange, item_of
from monitor.rules.documents import Document, read_record
from monitor.rules.query.evaluating import Evaluation
from monitor.rules.reasons import Case, Outcome, Verdict, When, why_unmatched, why_untold
from monitor.rules.tidings import dress, tell
from monitor.rules.watching import ask
from monitor.store.archive import Archive

_PROGRESS_OF_MATCHING = "match"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one watch makes of the publication, at the version it matched, else at the latest.

    `revision` is that of the watch that made the match; `words` are the texts of the hits, in their order.
    """

    watch: str
    title: str
    every: str
    outcome: Outcome
    reason: str
    version: int | None = None
    revision: int | None = None
    evaluation: Evaluation | None = None
    words: Mapping[Hit, str] | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why, or why not. `mails` are all that told of it, the newest first; `item` and `subscriber` as they were asked for
    where they are unknown.
    """

    item: str
    title: str
    subscriber: str
    outcome: Outcome
    reason: str
    answers: tuple[Answer, ...] = ()
    mails: tuple[Carrier, ...] = ()


def explain(
    archive: Archive, readership: Readership, watches: Sequence[Watch], item: str, who: str, *, today: date
) -> Explanation:
    """Answer for one publication and one subscriber (an address, or a number). Raises AmbiguousError for a number of several."""
    try:
        record = archive.library.record(archive.library.find_key(item))
    except NotFoundError as error:
        return Explanation(item, "", who, "unknown", error.message)
    person = _find(readership, who)
    if person is None:
        return Explanation(record.key, record.title, who, "unknown", "there is no subscriber with this address")
    own = OwnWatches(readership.bounces.connection)
    known = {watch.name: watch for watch in watches} | {one.name: _as_watch(one) for one in own.of(person.id)}
    inquiry = _Inquiry(archive, readership, own, known, record, person, today)
    return inquiry.explain()


def _find(readership: Readership, who: str) -> Subscriber | None:
    return readership.subscribers.find_by_id(int(who)) if who.isdigit() else readership.subscribers.find(who)


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """One question, and where its answers are looked for."""

    archive: Archive
    readership: Readership
    own: OwnWatches
    watches: Mapping[str, Watch]
    record: Record
    person: Subscriber
    today: date

    def explain(self) -> Explanation:
        events = self.archive.changes.of(self.record.key)
        answers = tuple(self._answer(one, events) for one in self.person.subscriptions)
        tellings = self._tellings([event.change.id for event in events])
        mails = tuple(dict.fromkeys(telling.mail for telling in tellings if telling.mail is not None))
        outcome, reason = self._told(tellings) if tellings else self._untold(answers)
        return Explanation(
            self.record.key, self._name, self.person.email, outcome, reason, answers,
            tuple(sorted(mails, key=lambda mail: -mail.id)),
        )  # fmt: skip

    def _answer(self, subscription: Subscription, events: Sequence[RecordedChange]) -> Answer:
        watch = self.watches.get(subscription.watch)
        if watch is None:
            reason = "no watch of the config has this name any more; renamed_from keeps a subscription"
            return Answer(subscription.watch, subscription.watch, subscription.every, "withheld", reason)
        changes = [event.change for event in events]
        matches = [match for match in self.archive.matches.of([one.id for one in changes]) if match.watch == watch.name]
        version = matches[-1].record.version if matches else self.record.version
        document = self._document(version)
        evaluation = ask(watch, document, DepartmentNames.of(self.archive).same)
        case = Case(
            watch,
            self.person,
            subscription,
            changes,
            matches,
            evaluation,
            self._matched_to(watch),
            self._said_since(watch),
        )
        outcome, reason = self._verdict(case)
        revision = matches[-1].revision if matches else None
        words = _words(document, evaluation)
        return Answer(
            watch.name, watch.title, subscription.every, outcome, reason, version, revision, evaluation, words
        )

    def _matches(self, change_ids: Sequence[int]) -> list[Match]:
        """What some changes made, of the config's watches and of this person's own."""
        mine = [
            match for name in self._own_names() for match in self.own.matches_of(name) if match.change_id in change_ids
        ]
        return [*self.archive.matches.of(change_ids), *whole_matches(self.archive, mine)]

    def _own_names(self) -> list[str]:
        return [name for name in self._names() if name.startswith(OWN)]

    def _matched_to(self, watch: Watch) -> int:
        if watch.name.startswith(OWN):
            return own_changes_read(self.own)
        return self.archive.matches.progress(_PROGRESS_OF_MATCHING)

    def _said_since(self, watch: Watch) -> datetime | None:
        if watch.name.startswith(OWN):
            return next((one.created_at for one in self.own.of(self.person.id) if one.name == watch.name), None)
        return self.archive.matches.first_said(watch)

    def _verdict(self, case: Case) -> Verdict:
        """What became of the matches of one watch: those told of are `mailed`, whatever became of the mail."""
        told = {one.change_id for one in self._tellings([match.change.id for match in case.matches])}
        if case.matches and case.matches[-1].change.id in told:
            changed = "" if case.evaluation.matched else f"; now it would not match: {why_unmatched(case.evaluation)}"
            kinds = ", ".join(dict.fromkeys(match.change.kind for match in case.matches if match.change.id in told))
            return "mailed", f"it matched: {kinds}{changed}"
        return why_untold(case, self._when)

    def _told(self, tellings: Sequence[Telling]) -> Verdict:
        """What the tellings came to: the newest mail that was sent and shows it, else the newest of all."""
        mails = list(dict.fromkeys(telling.mail for telling in tellings if telling.mail is not None))
        if not mails:
            return "withheld", "what happened was too slight to make a mail of (dates, contact details, typography)"
        verdicts = [
            self._carried(mail, [one.change_id for one in tellings if one.mail == mail])
            for mail in sorted(mails, key=lambda mail: (mail.state != "sent", -mail.id))
        ]
        return next((verdict for verdict in verdicts if verdict[0] == "mailed"), verdicts[0])

    def _carried(self, mail: Carrier, change_ids: Sequence[int]) -> Verdict:
        """Whether one mail brought what happened before the reader's eyes."""
        if mail.state != "sent":
            return "withheld", f"it is in a mail planned {self._when(mail.planned_at)} that {_stands(mail, self._when)}"
        at, hidden = self._when(mail.sent_at or mail.planned_at), self._why_hidden(mail, change_ids)
        if hidden:
            return "withheld", f"the mail of {at} {hidden}"
        return "mailed", f"{self._as_document(change_ids)}in the mail of {at}: {mail.subject}"

    def _untold(self, answers: Sequence[Answer]) -> Verdict:
        if not answers:
            return "withheld", f"they get no watches: the subscription has {self.person.state}"
        withheld = [answer for answer in answers if answer.outcome == "withheld" and answer.evaluation is not None]
        first = (withheld or [answer for answer in answers if answer.outcome == "no-match"] or list(answers))[0]
        return first.outcome, f"{first.watch}: {first.reason}"

    def _tellings(self, change_ids: Sequence[int]) -> tuple[Telling, ...]:
        """What they were told of the publication itself; where it was nothing, of statements that promised it."""
        connection = self.readership.bounces.connection
        found = tellings_of(connection, self.person.id, change_ids)
        if found or not self._promised_in():
            return found
        return tellings_of(connection, self.person.id, self._promised_in())

    def _promised_in(self) -> list[int]:
        """The changes of statements that promised this publication: mails show it under them."""
        keys = dict.fromkeys(promise.key for promise in self.archive.promises.kept_by(self.record.key))
        return [event.change.id for key in keys for event in self.archive.changes.of(key)]

    def _as_document(self, change_ids: Sequence[int]) -> str:
        statements = [
            event.record
            for promise in self.archive.promises.kept_by(self.record.key)
            for event in self.archive.changes.of(promise.key)
            if event.change.id in change_ids
        ]
        names = dict.fromkeys(one.identifier or one.title for one in statements)
        return f"as a document that {', '.join(names)} promised, " if names else ""

    def _why_hidden(self, mail: Carrier, change_ids: Sequence[int]) -> str:
        """Whether a mail counts changes without showing one of them: too slight, or beyond the most that it shows."""
        told = changes_told_in(self.readership.bounces.connection, self.person.id, mail.id)
        titles = {name: self.watches[name].title for name in self._names()}
        matches = [match for match in self._matches(told) if match.watch in titles]
        mine = [match.change for match in matches if match.change.id in change_ids]
        if not mine or self._shows(self._contents(matches, titles), change_ids):
            return ""
        if all(change.kind == "updated" and not change.material for change in mine):
            return "counts it among the edits that are too slight to show (dates, contact details, typography)"
        most = "older items that appeared now" if mine[-1].late else "items of its watch"
        return f"counts it without showing it: it had more {most} than it shows"

    def _contents(self, matches: Sequence[Match], titles: Mapping[str, str]) -> Contents:
        page = LedgerReader(self.archive).page_for(matches)
        return arrange(
            matches, titles, lambda match: dress(item_of(match, None), page, self.today),
            lambda match: tell(match, page, self.today),
        )  # fmt: skip

    def _shows(self, contents: Contents, change_ids: Sequence[int]) -> bool:
        items = [item for section in contents.sections for group in section.groups for item in group.items]
        news = [one.change.id for one in contents.promises if one.change]
        shown = {item.change.id for item in (*items, *contents.older)}.union(news)
        beneath = {document.key for item in items for document in item.documents}
        twins = {twin.identifier for item in items for twin in item.twins}
        twins |= {number for one in contents.promises for number in (one.identifier or "").split(" and ")}
        return (
            not shown.isdisjoint(change_ids)
            or self.record.key in beneath
            or (self.record.identifier or self.record.key) in twins
        )

    def _document(self, version: int) -> Document:
        record = self.archive.library.record(self.record.key, version)
        return read_record(record, attachments=self.archive.papers.texts_of(record.key, record.version))

    def _names(self) -> list[str]:
        mine = {one.watch for one in self.person.subscriptions}
        return [name for name in self.watches if name in mine]

    @property
    def _name(self) -> str:
        return f"{self.record.identifier} {self.record.title}" if self.record.identifier else self.record.title

    @property
    def _when(self) -> When:
        return partial(moment, zone=self.readership.schedule.timezone)


def _as_watch(own: OwnWatch) -> Watch:
    return Watch(own.name, own.title, query=own.query)


def _words(document: Document, evaluation: Evaluation) -> dict[Hit, str]:
    texts = {(part.field, part.attachment): part.text for part in document.parts}
    hits = {hit for clause in evaluation.clauses for hit in clause.hits}
    return {hit: texts[hit.field, hit.attachment][hit.start : hit.end] for hit in hits}


def _stands(mail: Carrier, when: When) -> str:
    """Why a planned mail has not been sent."""
    match mail.state, mail.held_for:
        case "held", "run":
            return "waits for a word from the operator: its run is outsized (`monitor digest send --release`)"
        case "held", _:
            return f"is held: {mail.reply or 'the subscriber gets nothing for now'}"
        case "failed", _:
            return f"was refused for good: {mail.reply or 'no reason given'}"
        case "deferred", _:
            return f"was put off by the mail server until {when(mail.next_at)}: {mail.reply or 'no reason given'}"
        case "unsure", _:
            return "may have been accepted: the mail server had the whole message and gave no answer"
    return "is on its way"
