"""Fragments: each publication, and each body of a digest, is put into words once a run; the foot once a subscriber."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from monitor.mail.view import DigestView, ItemView, view_digest, view_item
from monitor.model.digest import Digest, Item

_MOST, _MOST_DIGESTS = 20_000, 200
"""So many fragments are kept: more than any run has, and a bound all the same."""


@dataclass(slots=True)
class Fragments:
    """What one run has put into words already. Not shared between runs: times are told in words too."""

    _digests: dict[tuple[int, str, str], tuple[Digest, DigestView]] = field(default_factory=dict)
    _views: dict[tuple[Item, str, bool], ItemView] = field(default_factory=dict)
    _words: dict[tuple[str, str, int, int], str] = field(default_factory=dict)

    def view(self, item: Item, zone: ZoneInfo, with_department: bool) -> ItemView:
        """The view of an item; the same object for equal items, so that its words can be found by it."""
        key = (item, zone.key, with_department)
        known = self._views.get(key)
        if known is None:
            if len(self._views) >= _MOST:
                self._digests.clear()
                self._views.clear()
                self._words.clear()
            known = self._views[key] = view_item(item, zone, with_department)
        return known

    def digest(self, digest: Digest, name: str, zone: ZoneInfo) -> DigestView:
        """The view of a digest; the same object for the same digest, which readers of the same items share."""
        key = (id(digest), name, zone.key)
        known = self._digests.get(key)
        if known is None:
            if len(self._digests) >= _MOST_DIGESTS:
                # Their words go too: an id says nothing once its object is gone.
                self._digests.clear()
                self._views.clear()
                self._words.clear()
            view = view_digest(digest, name=name, zone=zone, view_one=self.view)
            known = self._digests[key] = (digest, view)
        return known[1]

    def once(self, kind: str, macro: Callable[..., str], view: ItemView | DigestView, *level: int) -> str:
        """What a template's macro makes of a view, made once. Views live as long as this, so their ids are theirs alone."""
        key = (kind, getattr(macro, "name", ""), id(view), level[0] if level else 0)
        known = self._words.get(key)
        if known is None:
            known = self._words[key] = macro(view, *level)
        return known

    def shared(self, kind: str, view: DigestView) -> str:
        """What a template's macro `body` made of this view, if it has one; else nothing."""
        return self._words.get((kind, "body", id(view), 0), "")
