"""robots.txt as RFC 9309 means it: the group for our product, `*` and `$` in patterns, the longest match decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

_PRODUCT = re.compile(r"[A-Za-z_-]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEEP = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line; `text` is the line's pattern as it was written."""

    allow: bool
    text: str
    pieces: tuple[str, ...] = field(repr=False)
    anchored: bool = field(repr=False)
    length: int = field(repr=False)

    def matches(self, path: str) -> bool:
        """Does a normalised path (with its query) fall under the pattern? Linear in the path's length a piece."""
        first, *others = self.pieces
        if not path.startswith(first):
            return False
        if not others:
            return not self.anchored or len(path) == len(first)
        at = len(first)
        for piece in others[:-1]:
            at = path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        if self.anchored:
            return path.endswith(others[-1]) and len(path) - len(others[-1]) >= at
        return path.find(others[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class Robots:
    """What one site lets our product fetch."""

    rules: tuple[Rule, ...] = ()

    def allows(self, path: str) -> bool:
        """May this path, with its query, be fetched?"""
        rule = self.find_rule(path)
        return rule is None or rule.allow

    def find_rule(self, path: str) -> Rule | None:
        """The rule that decides: the longest that matches, Allow before Disallow; None where none does."""
        if path == "/robots.txt" or not self.rules:
            return None
        path = _normal_path(path)
        matching = (rule for rule in self.rules if rule.matches(path))
        return max(matching, key=lambda rule: (rule.length, rule.allow), default=None)


def parse_robots(body: bytes, product: str) -> Robots:
    """The rules for a product token (`publication-monitor`), else those for `*`. Never raises: any bytes have rules."""
    wanted = product.lower()
    ours: list[Rule] = []
    everyones: list[Rule] = []
    named = False
    agents: list[str] = []
    open_group = False
    for key, value in _lines(body):
        if key == "user-agent":
            if not open_group:
                agents = []
                open_group = True
            agents.append(_product_of(value))
            named = named or agents[-1] == wanted
        elif key in ("allow", "disallow"):
            open_group = False
            if not value:
                continue
            rule = _rule(key == "allow", value)
            if wanted in agents:
                ours.append(rule)
            if "*" in agents:
                everyones.append(rule)
    return Robots(tuple(ours if named else everyones))


def product_token(user_agent: str) -> str:
    """The product that a User-Agent begins with, as robots.txt would name it."""
    found = _PRODUCT.match(user_agent)
    return found.group() if found else ""


def _lines(body: bytes) -> Iterator[tuple[str, str]]:
    text = body.decode("utf-8", "replace").removeprefix("\ufeff")
    for line in re.split(r"\r\n|\r|\n", text):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _product_of(value: str) -> str:
    return "*" if value.startswith("*") else product_token(value).lower()


def _rule(allow: bool, text: str) -> Rule:
    anchored = text.endswith("$")
    pattern = _normal(text[:-1] if anchored else text)
    return Rule(allow, text, tuple(pattern.split("*")), anchored, len(pattern) + anchored)


def _normal_path(path: str) -> str:
    # In a path these two are letters like any other; RFC 9309 §2.2.3 has patterns write them %2A and %24.
    return _normal(path.replace("*", "%2A").replace("$", "%24"))


def _normal(text: str) -> str:
    """Percent-encoding made comparable: UTF-8 encoded, unreserved letters plain, hexadecimal in capitals."""
    if text.isascii() and "%" not in text:
        return text
    return _ESCAPE.sub(_normal_escape, quote(text, safe=_KEEP))


def _normal_escape(found: re.Match[str]) -> str:
    octet = int(found.group(1), 16)
    return chr(octet) if octet in _UNRESERVED else found.group().upper()
