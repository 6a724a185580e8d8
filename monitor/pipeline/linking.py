"""What texts name by number, and the sentences in which their hyperlinks stand: links of each new version. Part of resolve."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from monitor.rules.citations import find_citations, find_sentences
from monitor.sources.govuk_address import find_path, page_url
from monitor.store.archive import Archive

_LINKING = "links"
_BATCH = 100
_STATEMENTS = "questions-statements.parliament.uk"


def link_up(archive: Archive) -> None:
    """Read every version that was not read yet for what it names, and put its hyperlinks into their sentences."""
    while found := archive.links.versions_after(archive.matches.progress(_LINKING), _BATCH):
        with archive.transaction():
            for _, record in found:
                archive.links.record(record, find_citations(record.text, own=record.identifier))
                links = archive.links.hyperlinks(record.key)
                sentences = find_sentences(record.text, [words for _, words in links])
                archive.links.complete(
                    record.key, [(url, one_form(url), sentences.get(words, "")) for url, words in links]
                )
            archive.matches.record_progress(_LINKING, found[-1][0])


def one_form(url: str) -> str:
    """The address under which the archive would hold what a hyperlink leads to, however the link is written."""
    parts = urlsplit(url)
    path = find_path(url)
    if path is not None:
        return page_url(path)
    if parts.hostname == _STATEMENTS:
        return urlunsplit(("https", _STATEMENTS, parts.path.rstrip("/").lower(), "", ""))
    return urlunsplit(parts._replace(fragment=""))
