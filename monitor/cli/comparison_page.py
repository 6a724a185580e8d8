"""A comparison as one page that needs nothing else: `monitor diff --html`."""

from __future__ import annotations

from html import escape

STYLES = """\
:root {
  --ink: #0b0c0c; --paper: #fff; --quiet: #505a5f; --line: #b1b4b6;
  --del: #fbe4e1; --del-ink: #8a1f11; --ins: #dcf0e4; --ins-ink: #00512b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #f3f2f1; --paper: #16191c; --quiet: #b1b4b6; --line: #505a5f;
    --del: #4a1d18; --del-ink: #ffb8ad; --ins: #123a26; --ins-ink: #9be3bb;
  }
}
body {
  margin: 0 auto; max-width: 46rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); overflow-wrap: break-word;
}
h1 { font-size: 1.5rem; line-height: 1.25 }
.edit { border-inline-start: 4px solid var(--line); padding-inline-start: 1rem }
.edit :is(h2, h3, h4, h5, h6) { margin: .75rem 0 .25rem; font-size: 1.05rem }
.edit p, .edit ul, .edit blockquote { margin: .25rem 0 }
.edit ul { padding-inline-start: 1.2rem }
.edit ul.diff-numbered { list-style: none; padding-inline-start: 0 }
.edit blockquote { padding-inline-start: 1rem; border-inline-start: 2px solid var(--line) }
.edit table { border-collapse: collapse; margin: .25rem 0 }
.edit td { border: 1px solid var(--line); padding: .2rem .5rem; vertical-align: top }
.edit .diff-skip, small { color: var(--quiet) }
del { color: var(--del-ink); background: var(--del); text-decoration: line-through }
ins { color: var(--ins-ink); background: var(--ins); text-decoration: underline }
.visually-hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
"""
"""How a comparison looks, in light and in dark; the class `visually-hidden` hides words from sight, not from hearing."""


def page(title: str, lines: tuple[str, ...], comparison: str) -> str:
    """The whole page: a title, lines that sum it up, and the comparison as HTML."""
    said = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n<style>\n{STYLES}</style>\n</head>\n'
        f'<body>\n<h1>{escape(title)}</h1>\n{said}\n<main class="edit" dir="auto">\n{comparison}</main>\n</body>\n</html>\n'
    )
