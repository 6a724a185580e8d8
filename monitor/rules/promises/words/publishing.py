"""The verbs of publishing: their forms, what must go with each, and which of them do something else by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Need = Literal["any", "document", "place", "laying", "placed", "publication", "shown", "dated"]
"""What must go with a verb before it promises anything: nothing; a document; a document or a place; laying before the
House or a document; a place where documents are put; the noun `publication` as its subject; a document and a place;
a document that can be nothing else, and a day."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of publishing: its forms, what it needs, and whether the document is its subject (`the report follows`)."""

    name: str
    plain: str
    third: str
    ing: str
    past: tuple[str, ...]
    need: Need
    of_subject: bool = False


def _regular(name: str, need: Need, *, of_subject: bool = False) -> Verb:
    stem = name[:-1] if name.endswith("e") else name
    third = name + ("es" if name.endswith(("sh", "ch", "ss")) else "s")
    return Verb(name, name, third, stem + "ing", (stem + "ed",), need, of_subject)


VERBS = (
    _regular("publish", "any"),
    _regular("republish", "any"),
    _regular("issue", "document"),
    _regular("reissue", "document"),
    _regular("release", "document"),
    _regular("launch", "document"),
    _regular("unveil", "document"),
    _regular("open", "document"),
    _regular("circulate", "placed"),
    _regular("disclose", "document"),
    _regular("deposit", "placed"),
    _regular("place", "placed"),
    _regular("lodge", "placed"),
    _regular("upload", "placed"),
    _regular("share", "placed"),
    _regular("post", "placed"),
    _regular("add", "placed"),
    Verb("put", "put", "puts", "putting", ("put",), "placed"),
    Verb("lay", "lay", "lays", "laying", ("laid",), "laying"),
    _regular("present", "laying"),
    Verb("bring", "bring", "brings", "bringing", ("brought",), "document"),
    Verb("set", "set", "sets", "setting", ("set",), "document"),
    Verb("find", "find", "finds", "finding", ("found",), "place", True),
    Verb("get", "get", "gets", "getting", ("got", "had"), "place", True),
    _regular("obtain", "place", of_subject=True),
    _regular("collect", "place", of_subject=True),
    _regular("announce", "any"),
    Verb("mark", "mark", "marks", "marking", (), "any"),
    Verb("witness", "witness", "sees", "witnessing", ("saw",), "any"),
    _regular("furnish", "placed"),
    _regular("forward", "placed"),
    _regular("hand", "placed"),
    _regular("file", "placed"),
    _regular("substitute", "placed"),
    _regular("load", "placed"),
    _regular("distribute", "document"),
    _regular("disseminate", "document"),
    _regular("promulgate", "document"),
    _regular("divulge", "document"),
    Verb("submit", "submit", "submits", "submitting", ("submitted",), "placed"),
    Verb("print", "", "", "printing", ("printed",), "placed"),
    Verb("leave", "leave", "leaves", "leaving", ("left",), "placed"),
    _regular("await", "placed", of_subject=True),
    _regular("replace", "placed", of_subject=True),
    _regular("supersede", "placed", of_subject=True),
    _regular("join", "placed", of_subject=True),
    Verb("lie", "lie", "lies", "lying", ("lain",), "placed", True),
    Verb("declassify", "declassify", "declassifies", "declassifying", ("declassified",), "document"),
    Verb("send", "send", "sends", "sending", ("sent",), "placed"),
    _regular("supply", "placed"),
    _regular("provide", "placed"),
    Verb("plan", "plan", "plans", "planning", ("planned",), "publication", True),
    _regular("schedule", "publication", of_subject=True),
    _regular("expect", "publication", of_subject=True),
    Verb("take", "take", "takes", "taking", ("taken",), "publication", True),
    _regular("postpone", "publication", of_subject=True),
    Verb("defer", "defer", "defers", "deferring", ("deferred",), "publication", True),
    _regular("delay", "publication", of_subject=True),
    _regular("reschedule", "publication", of_subject=True),
    _regular("move", "publication", of_subject=True),
    _regular("emerge", "document", of_subject=True),
    _regular("arrive", "placed", of_subject=True),
    Verb("read", "read", "reads", "reading", ("read",), "place", True),
    Verb("see", "see", "", "seeing", ("seen",), "place", True),
    _regular("view", "place", of_subject=True),
    _regular("download", "place", of_subject=True),
    _regular("access", "place", of_subject=True),
    _regular("consult", "place", of_subject=True),
    _regular("host", "place", of_subject=True),
    Verb("follow", "follow", "follows", "following", (), "document", True),
    Verb("be followed", "", "", "", ("followed",), "document", True),
    Verb("accompany", "accompany", "accompanies", "accompanying", ("accompanied",), "document", True),
    Verb("appear", "appear", "appears", "appearing", ("appeared",), "document", True),
    Verb("reach", "reach", "reaches", "reaching", ("reached",), "placed", True),
    Verb("go", "go", "goes", "going", ("gone",), "placed", True),
    Verb("come", "come", "comes", "coming", ("come",), "document", True),
    Verb("run", "run", "runs", "running", (), "document", True),
    Verb("begin", "begin", "begins", "beginning", (), "document", True),
    Verb("start", "start", "starts", "starting", (), "document", True),
    Verb("commence", "commence", "commences", "commencing", (), "document", True),
)
FINDING = frozenset("receive find get obtain read see view download access consult collect".split())
"""Verbs that readers do: with them as subject, the document is the object."""
PARTICLES = {"bring": ("out", "forward"), "come": ("out", "forward"), "set": ("out",)}
"""Verbs that publish only with a particle behind them."""
PUT_SOMEWHERE = frozenset(
    "leave hand file substitute load forward furnish submit print lie await replace supersede join".split()
)
"""Verbs that are about something else unless a place stands behind them: `left out`, `in large print`."""
INTRANSITIVE = frozenset({"open", "run", "begin", "start", "commence"})
"""Verbs that publish only a consultation, which opens by itself."""
