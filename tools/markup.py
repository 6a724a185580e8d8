"""The light markup that the story's texts are written in, and the HTML that the publishers would have made of it.

A blank line ends a block. `## words` is a heading, lines that begin with `- ` are a list, with `1. ` a numbered one,
`| a | b |` a table whose first row is its head; anything else is a paragraph. `[words](address)` is a link.
"""

from __future__ import annotations

import html
import re

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_ITEM = re.compile(r"(?:- |\d+\. )")


def to_html(text: str, *, spacer: str = "") -> str:
    """HTML of a text, one element a block, with `spacer` between blocks (Parliament's editor leaves empty paragraphs)."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.strip())]
    return spacer.join(_block(block) for block in blocks if block)


def to_lines(text: str) -> list[str]:
    """The words of a text without markup, one line a block, for a page that is printed."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text.strip())]
    return [_LINK.sub(r"\1", block.removeprefix("## ")) for block in blocks if block]


def _block(block: str) -> str:
    lines = block.splitlines()
    heading = re.fullmatch(r"(#{2,4}) (.+)", block)
    if heading:
        level, words = len(heading[1]), heading[2]
        identity = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
        return f'<h{level} id="{identity}">{_inline(words)}</h{level}>'
    if all(line.startswith("|") for line in lines):
        return _table(lines)
    if _ITEM.match(lines[0]):
        tag = "ul" if lines[0].startswith("- ") else "ol"
        return f"<{tag}>" + "".join(f"<li>{_inline(item)}</li>" for item in _items(lines)) + f"</{tag}>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if _ITEM.match(line):
            items.append(_ITEM.sub("", line, count=1))
        else:
            items[-1] += " " + line.strip()
    return items


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _inline(words: str) -> str:
    return _LINK.sub(r'<a href="\2">\1</a>', html.escape(" ".join(words.split()), quote=False))
