"""Jinja as the mails use it: sandboxed, strict, HTML escaped, and without a way for a bad address to become a link."""

from __future__ import annotations

import re
import textwrap
import traceback
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.errors import RenderError
from monitor.mail.passage_view import Piece
from monitor.model.digest import Span

COLUMNS = 76
ENGLISH = "en-GB"
_FAILURES = (
    TemplateError, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
_STYLES, _STYLE = "styles.html", re.compile(r"\{\{ css\.(\w+) \}\}")
_SCHEMES = ("http", "https", "mailto")


def render_template(name: str, templates_dir: Path | None, **words: object) -> str:
    """One template in words, in the `language` among them where the operator has it (`cy/digest.txt`), else in English.

    Raises RenderError with the template and the line at fault.
    """
    language = words.get("language", ENGLISH)
    names = [name] if language == ENGLISH else [f"{language}/{name}", name]
    try:
        return _environment(templates_dir).select_template(names).render(words)
    except TemplateSyntaxError as cause:
        raise _unreadable(cause, name) from cause
    except _FAILURES as cause:
        place, line = _place(cause, name)
        raise RenderError("this template cannot be rendered", template=place, line=line, cause=cause) from cause


def compile_template(name: str, templates_dir: Path) -> None:
    """Read one template and set nothing. Raises RenderError where it cannot be read, or would let words pass unescaped."""
    environment = _environment(templates_dir)
    try:
        environment.get_template(name)
        source = (templates_dir / name).read_text(encoding="utf-8")
        for node in environment.parse(source).find_all(nodes.ScopedEvalContextModifier):
            raise RenderError(
                "this template cannot be read", template=str(templates_dir / name), line=node.lineno,
                cause="publishers' words are always escaped; take the autoescape tag out",
            )  # fmt: skip
    except TemplateSyntaxError as cause:
        raise _unreadable(cause, name) from cause
    except (OSError, UnicodeDecodeError) as cause:
        raise RenderError("this template cannot be read", template=str(templates_dir / name), cause=cause) from cause


def _unreadable(cause: TemplateSyntaxError, name: str) -> RenderError:
    return RenderError(
        "this template cannot be read", template=cause.filename or cause.name or name, line=cause.lineno,
        cause=cause.message,
    )  # fmt: skip


def written_in(name: str, templates_dir: Path | None, language: str, *, otherwise: str) -> str:
    """The language that a template will be rendered in: the one wished for, where there is a folder of that name for it."""
    if language == otherwise:
        return otherwise
    try:
        _environment(templates_dir).loader.get_source(_environment(templates_dir), f"{language}/{name}")  # type: ignore[union-attr]
    except TemplateError:
        return otherwise
    return language


def reread_templates() -> None:
    """Forget the templates that were read: the next mail is made with those that lie there now."""
    _environment.cache_clear()


def packaged_templates() -> Path:
    """Where the shipped templates lie: `templates/` of the checkout, linked into the package and carried by the wheel."""
    return Path(str(files("monitor") / "templates"))


@lru_cache(maxsize=4096)
def sound_url(address: str) -> str:
    """The address if it may be linked to (http, https, mailto; no space, no control character), else nothing."""
    if not address.isprintable() or len(address.split()) != 1 or address != address.strip():
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    reaches = parts.path if parts.scheme == "mailto" else parts.hostname
    return address if parts.scheme in _SCHEMES and reaches else ""


@lru_cache(maxsize=4096)
def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """Text folded to 76 columns, longer only for an address in it; `hanging` indents all lines but the first."""
    return textwrap.fill(
        text,
        COLUMNS,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words="://" not in text,
        break_on_hyphens=False,
    )


def starred(spans: Sequence[Span]) -> str:
    """A snippet as text: the words that matched between stars."""
    return "".join(_around(span.text, "*", "*") if span.marked else span.text for span in spans)


def bracketed(pieces: Sequence[Piece]) -> str:
    """A changed passage as text: `[-old-] {+new+}`."""
    words: list[str] = []
    for piece in pieces:
        if piece.op == "-":
            words.append(_around(piece.text, "[-", "-]"))
            # Without the space a replaced word would stick to the one that replaces it.
            words.append(" " if piece.replaced and not piece.text[-1:].isspace() else "")
        else:
            words.append(_around(piece.text, "{+", "+}") if piece.op == "+" else piece.text)
    return "".join(words)


@lru_cache(maxsize=4)
def _environment(templates_dir: Path | None) -> ImmutableSandboxedEnvironment:
    folders = [FileSystemLoader(folder) for folder in (templates_dir, packaged_templates()) if folder is not None]
    environment = ImmutableSandboxedEnvironment(
        loader=_styled(ChoiceLoader(folders)),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A look at every file for every mail would cost more than the mail; templates are read when a process first needs them.
        auto_reload=False,
    )
    # What a publisher said is escaped, whoever wrote the template.
    del environment.filters["safe"]
    environment.filters.update(url=sound_url, wrapped=wrapped, starred=starred, bracketed=bracketed)
    return environment


def _styled(loader: ChoiceLoader) -> FunctionLoader:
    """Templates with `{{ css.name }}` replaced by that style when they are read, and not again for every mail."""
    plain = ImmutableSandboxedEnvironment(loader=loader)

    @lru_cache(maxsize=1)
    def styles() -> Mapping[str, str]:
        css = getattr(plain.get_template(_STYLES).module, "css", None)
        named = css.items() if isinstance(css, dict) else ()
        # What would have to be escaped, or would be read as a template, is left to Jinja.
        return {name: style for name, style in named if isinstance(style, str) and not set(style) & set("&<>\"'{")}

    def load(name: str) -> tuple[str, str | None, None] | None:
        try:
            source, path, _ = loader.get_source(plain, name)
        except TemplateNotFound:
            return None
        if name != _STYLES and _STYLE.search(source):
            source = _STYLE.sub(lambda found: styles().get(found[1], found[0]), source)
        return source, path, None

    return FunctionLoader(load)


def _around(text: str, before: str, after: str) -> str:
    """Marks stand at the words, the white space outside them."""
    words = text.strip()
    if not words:
        return text
    start = text.index(words)
    return f"{text[:start]}{before}{words}{after}{text[start + len(words) :]}"


def _place(error: Exception, name: str) -> tuple[str, int]:
    """The template and line where a rendering stopped: Jinja puts them into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename.endswith((".html", ".txt")):
            return frame.filename, frame.lineno or 0
    return name, 0
