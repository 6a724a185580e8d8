"""Feeds that an operator need not spell out: three lines of config.toml each. One entry a preset."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from monitor.model.feed import Preset

_SITE = "https://www.gov.uk"


def _of_types(*types: str) -> dict[str, object]:
    return {"source": "govuk_search", "every": "15m", "filter": {"content_store_document_type": list(types)}}


def _finder(name: str) -> dict[str, object]:
    return {"source": "govuk_atom", "every": "15m", "url": f"{_SITE}/search/{name}.atom"}


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "written-statements": Preset(
            "all written ministerial statements of both Houses", {"source": "written_statements", "every": "10m"}
        ),
        "department": Preset(
            "everything that one organisation publishes on GOV.UK",
            {"source": "govuk_atom", "every": "15m", "url": f"{_SITE}/government/organisations/{{organisation}}.atom"},
            needs=("organisation",),
        ),
        "policy-papers": Preset(
            "all policy papers, corporate reports and impact assessments",
            _of_types("policy_paper", "corporate_report", "impact_assessment"),
        ),
        "consultations": Preset(
            "all consultations and calls for evidence, from opening to outcome",
            _of_types(
                "open_consultation",
                "closed_consultation",
                "consultation_outcome",
                "open_call_for_evidence",
                "closed_call_for_evidence",
                "call_for_evidence_outcome",
            ),
        ),
        "command-papers": Preset(
            "command papers and act papers",
            {"source": "govuk_atom", "every": "15m", "url": f"{_SITE}/official-documents.atom"},
        ),
        "collections": Preset("document collections, which no feed of GOV.UK lists", _of_types("document_collection")),
        "news": Preset("news, speeches and statements of all organisations", _finder("news-and-communications")),
        "guidance": Preset("guidance and regulation of all organisations", _finder("guidance-and-regulation")),
        "statistics": Preset("research and statistics of all organisations", _finder("research-and-statistics")),
        "transparency": Preset(
            "transparency data and freedom of information releases",
            _finder("transparency-and-freedom-of-information-releases"),
        ),
        "travel-advice": Preset(
            "foreign travel advice of all countries",
            {"source": "govuk_atom", "every": "15m", "url": f"{_SITE}/foreign-travel-advice.atom"},
        ),
        "drug-alerts": Preset(
            "alerts, recalls and safety information on medicines and devices",
            {"source": "govuk_atom", "every": "15m", "url": f"{_SITE}/drug-device-alerts.atom"},
        ),
        "select-committee": Preset(
            "one select committee's publications, by the address of its RSS feed",
            {"source": "feed", "every": "30m", "url": "{feed_url}"},
            needs=("committee", "feed_url"),
        ),
        "deposited-papers": Preset(
            "papers placed in the Libraries of both Houses", {"source": "deposited_papers", "every": "30m"}
        ),
        "statements-in-hansard": Preset(
            "volume, column and sub-edited text of written statements, once Hansard has printed them",
            {"source": "hansard", "every": "6h"},
        ),
        "corrections": Preset(
            "what Ministers correct in Hansard, of statements, debates and answers",
            {"source": "ministerial_corrections", "every": "6h"},
        ),
    }
)
"""The presets, by name."""
