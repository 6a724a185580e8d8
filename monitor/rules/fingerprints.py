"""What counts as content: a versioned hash by which two states of a publication are told apart."""

from __future__ import annotations

import hashlib
import json

from monitor.model.publication import Publication
from monitor.text import squeeze

SCHEME = "1"
"""Changes when the recipe below does, so that an old hash is never compared with a new one by mistake."""


def fingerprint(seen: Publication) -> str:
    """`SCHEME:hex` over title, summary, text, department, minister, status notice and attachments.

    Not content: links, relations, times, the order of change notes, white space, addresses.
    """
    content = [
        squeeze(seen.title),
        squeeze(seen.summary),
        "\n".join(squeeze(block) for block in seen.text.split("\n")),
        squeeze(seen.department or ""),
        squeeze(seen.minister or ""),
        seen.status,
        squeeze(seen.notice),
        [[attachment.id, squeeze(attachment.title), attachment.url] for attachment in seen.attachments],
    ]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
    return f"{SCHEME}:{digest.hexdigest()}"


def whole_text(title: str, summary: str, text: str) -> str:
    """Title, summary and text as one text, so that an edit of any of them is seen by one comparison."""
    return "\n".join(part for part in (f"# {title}", summary, text) if part)
