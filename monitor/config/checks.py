"""What one value alone cannot show: rules between keys, between tables, and between a feed and its source.

The checks read what tomllib found, not what pydantic made of it, so that they run even where other keys are wrong. A value of
the wrong type is passed over here: its own check has reported it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from pydantic_core import PydanticCustomError

from monitor.config.addresses import host_allowed, read_web_address, split_address
from monitor.config.findings import Finding, unknown_key
from monitor.config.sections import FeedTable, Http, Store, known_keys
from monitor.config.values import choose, describe, read_duration
from monitor.model.feed import SourceKeys

Table = Mapping[str, Any]


def check(document: Table, sources: Mapping[str, SourceKeys]) -> list[Finding]:
    """Every mistake that lies between keys."""
    return list(
        chain(
            _same_names(document), _feeds(document, sources), _watches(document), _http(_table(document, "http")),
            _stores(_table(document, "store")), _mail(_table(document, "mail")),
        )
    )  # fmt: skip


def _table(parent: Table, key: str) -> Table:
    value = parent.get(key)
    return value if isinstance(value, dict) else {}


def _tables(parent: Table, key: str) -> Iterator[tuple[int, Table]]:
    value = parent.get(key)
    for index, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, dict):
            yield index, each


def _same_names(document: Table) -> Iterator[Finding]:
    for kind in ("feed", "watch"):
        first: dict[str, int] = {}
        for index, table in _tables(document, kind):
            name = table.get("name")
            if isinstance(name, str) and first.setdefault(name.casefold(), index) != index:
                other = f"{kind} {first[name.casefold()] + 1}"
                yield Finding(
                    (kind, index, "name"), f"'{name}' is the name of {other} too", "give each a name of its own"
                )


def _feeds(document: Table, sources: Mapping[str, SourceKeys]) -> Iterator[Finding]:
    http = _table(document, "http")
    for index, table in _tables(document, "feed"):
        slug = table.get("source")
        keys = sources.get(slug) if isinstance(slug, str) else None
        if keys is None:
            if isinstance(slug, str) and slug.strip():
                help_text = choose(slug, sources, "sources")
                yield Finding(("feed", index, "source"), f"there is no source '{slug}'", help_text)
            keys = _any_source(sources)
        yield from _source_keys(("feed", index), table, keys)
        if "url" in table and "url" in keys.required | keys.optional:
            yield from _feed_address(index, table["url"], http)


def _any_source(sources: Mapping[str, SourceKeys]) -> SourceKeys:
    """The keys that at least one source takes: all that can be said of a feed whose source is not known."""
    every = (keys.required | keys.optional | keys.choices.keys() for keys in sources.values())
    return SourceKeys(optional=frozenset().union(*every))


def _source_keys(path: tuple[str, int], table: Table, keys: SourceKeys) -> Iterator[Finding]:
    own = keys.required | keys.optional | keys.choices.keys()
    common = known_keys(FeedTable)
    for key in sorted(keys.required - table.keys()):
        message = f"is missing: a feed of the source '{table['source']}' needs it"
        yield Finding((*path, key), message, f"add a line {key} = …")
    for key, value in table.items():
        if key not in own and key not in common:
            yield unknown_key((*path, key), [*common, *sorted(own)])
        elif key in keys.choices:
            yield from _choices((*path, key), value, keys.choices[key])


def _choices(path: tuple[str | int, ...], value: object, allowed: tuple[str, ...]) -> Iterator[Finding]:
    listed = ", ".join(f'"{word}"' for word in allowed)
    example = f"write for example {path[-1]} = [{listed}]"
    if not isinstance(value, list):
        yield Finding(path, f"a list, in square brackets, is expected here, not {describe(value)}", example)
    elif not value:
        yield Finding(path, "is empty; at least one is needed", example)
    else:
        for index, word in enumerate(value):
            if not isinstance(word, str):
                yield Finding((*path, index), f"text in quotes is expected here, not {describe(word)}", example)
            elif word not in allowed:
                yield Finding((*path, index), f"'{word}' is not one of its values", choose(word, allowed, "values"))


def _feed_address(index: int, url: object, http: Table) -> Iterator[Finding]:
    path = ("feed", index, "url")
    try:
        parts = split_address(read_web_address(url))
    except PydanticCustomError as error:
        context = error.context or {}
        yield Finding(path, context["message"], context["help"])
        return
    host = parts.hostname if parts else None
    if parts and parts.scheme == "http" and "gateway" not in http:
        yield Finding(
            path,
            "http:// is not safe from meddling on the way",
            "write https://; http:// is for use with [http] gateway",
        )
    allowed = http.get("allow_hosts", Http.model_fields["allow_hosts"].default)
    hosts = [each.lower() for each in allowed if isinstance(each, str)] if isinstance(allowed, (list, tuple)) else None
    if host and hosts is not None and not host_allowed(host, hosts):
        yield Finding(
            path, f"the host {host} is not on the list of allowed hosts", f'add "{host}" to allow_hosts in [http]'
        )


def _watches(document: Table) -> Iterator[Finding]:
    yield from _old_names(document)
    for index, watch in _tables(document, "watch"):
        if not watch.get("keywords") and not watch.get("query"):
            key = "keywords" if "keywords" in watch else "query" if "query" in watch else "keywords"
            message = "is empty" if key in watch else "is missing, and so is query: the watch would hear nothing"
            yield Finding(("watch", index, key), message, 'write keywords = ["small boats"], or a query')
        elif "keywords" in watch and "query" in watch:
            yield Finding(
                ("watch", index, "query"), "stands beside keywords", "keep one: any keyword is an OR in a query"
            )
        for number, test in _tables(watch, "test"):
            if not test.get("match") and not test.get("no_match"):
                yield Finding(
                    ("watch", index, "test", number), "tests nothing", 'give it match = ["…"] or no_match = ["…"]'
                )


def _old_names(document: Table) -> Iterator[Finding]:
    """`renamed_from` names a watch that is there no more, and each once."""
    names = [table.get("name") for _, table in _tables(document, "watch")]
    seen: set[str] = set()
    for index, watch in _tables(document, "watch"):
        was = watch.get("renamed_from")
        if not was or not isinstance(was, str):
            continue
        path = ("watch", index, "renamed_from")
        if was in names:
            yield Finding(path, f"there is a watch called '{was}' still", "rename it, or leave renamed_from out")
        elif was in seen:
            yield Finding(path, f"'{was}' was renamed to another watch already", "one watch has its subscriptions")
        seen.add(was)


def _http(http: Table) -> Iterator[Finding]:
    timeout, deadline = (_duration(http, key) for key in ("timeout", "deadline"))
    if timeout is not None and deadline is not None and deadline < timeout:
        key = "deadline" if "deadline" in http else "timeout"
        yield Finding(
            ("http", key),
            "the deadline of a whole answer is shorter than the timeout of a step",
            "make deadline longer",
        )
    allowed = http.get("allow_hosts", Http.model_fields["allow_hosts"].default)
    if isinstance(allowed, (list, tuple)):
        hosts = [each.lower() for each in allowed if isinstance(each, str)]
        for host in _table(http, "host"):
            if not host_allowed(host.lower(), hosts):
                help_text = choose(host, hosts, "allowed hosts")
                yield Finding(
                    ("http", "host", host), f"{host} is not on the list of allowed hosts", help_text, at_key=True
                )


def _duration(table: Table, key: str) -> Any:
    try:
        return read_duration(table.get(key, Http.model_fields[key].default))
    except PydanticCustomError:
        return None


def _stores(store: Table) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for key in Store.model_fields:
        value = store.get(key, Store.model_fields[key].default)
        if isinstance(value, str) and seen.setdefault(value, key) != key:
            message = f"is the same file as {seen[value]}"
            yield Finding(
                ("store", key), message, "the archive can be published, mail holds personal data: keep them apart"
            )


def _mail(mail: Table) -> Iterator[Finding]:
    if mail.get("transport") == "smtp" and "smtp" not in mail:
        help_text = "add a table [mail.smtp] with at least host"
        yield Finding(("mail", "transport"), "mail is to go out by SMTP, but no server is named", help_text)
    smtp = _table(mail, "smtp")
    host = smtp.get("host")
    if smtp.get("tls") == "none" and isinstance(host, str) and host and not _is_loopback(host):
        message = f"mail and password would travel to {host} for all to read"
        yield Finding(
            ("mail", "smtp", "tls"), message, 'write tls = "starttls" or "implicit"; none is for this machine only'
        )
    for one, other in (("username", "password"), ("password", "username")):
        if one in smtp and other not in smtp:
            yield Finding(("mail", "smtp", other), f"is missing: there is a {one}", f"add {other}, or leave out {one}")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
