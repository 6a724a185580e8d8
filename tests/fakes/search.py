"""The Search API's answers in its exact form, for the filters that the monitor asks by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date

from tests.fakes.documents import Document

SUPERGROUPS: Mapping[str, str] = {
    "policy_and_engagement": "policy-papers-and-consultations",
    "guidance_and_regulation": "guidance-and-regulation",
    "transparency": "transparency-and-freedom-of-information-releases",
    "news": "news-and-communications",
    "speeches_and_statements": "news-and-communications",
}
"""Which finder shows a group of contents."""


def search_results(
    documents: Iterable[Document], query: Mapping[str, Sequence[str]], finders: Mapping[str, frozenset[str]]
) -> bytes:
    """`/api/search.json`: what the filters find, newest first, by `start` and `count`."""
    organisations = query.get("filter_organisations", ())
    groups = (*query.get("filter_content_purpose_supergroup", ()), *query.get("filter_content_purpose_subgroup", ()))
    types = {*query.get("filter_content_store_document_type", ())}
    types |= {one for group in groups for one in finders[SUPERGROUPS[group]]}
    since = query.get("filter_public_timestamp", ["from:0001-01-01"])[0].removeprefix("from:")
    found = sorted(
        (
            one
            for one in documents
            if one.is_listed
            and (not organisations or one.organisation.slug in organisations)
            and (not types or one.document_type in types)
            and one.listed_at.date() >= date.fromisoformat(since)
        ),
        key=lambda one: one.listed_at,
        reverse=True,
    )
    start, count = int(query.get("start", ["0"])[0]), int(query.get("count", ["10"])[0])
    results = [
        {"link": one.path, "public_timestamp": f"{one.listed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "_id": one.path}
        for one in found[start : start + count]
    ]
    return json.dumps({"results": results, "total": len(found), "start": start, "aggregates": {}}).encode()
