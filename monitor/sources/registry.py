"""Every source there is, by slug. One line a source."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from monitor.sources.deposited_papers import DepositedPapers
from monitor.sources.feed import AnyFeed
from monitor.sources.govuk_atom import GovukAtom
from monitor.sources.govuk_content import GovukContent
from monitor.sources.govuk_search import GovukSearch
from monitor.sources.hansard import Hansard
from monitor.sources.ministerial_corrections import MinisterialCorrections
from monitor.sources.source import Source
from monitor.sources.written_statements import WrittenStatements

_ALL: tuple[Source, ...] = (
    AnyFeed(),
    DepositedPapers(),
    GovukAtom(),
    GovukContent(),
    GovukSearch(),
    Hansard(),
    MinisterialCorrections(),
    WrittenStatements(),
)

READING = "1"
"""The edition of our readers. Raise it whenever some source, or `monitor.text`, makes another text of the same bytes: what is
in the archive is then read again before it is compared, so that an improvement of ours is never mistaken for an edit."""

SOURCES: Mapping[str, Source] = MappingProxyType({source.slug: source for source in _ALL})
"""The sources, as the config names them."""
