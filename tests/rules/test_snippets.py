"""Snippets: the words around a match, whole words, matches marked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.watch import Hit, Watch
from monitor.rules.documents import read_document
from monitor.rules.snippets import WIDTH, snippet
from monitor.rules.watching import compile_watches


def hits_of(text: str, *keywords: str, title: str = "") -> tuple[Hit, ...]:
    """Where the words of a watch stand."""
    found = compile_watches([Watch("w", "W", keywords)]).news(read_document(title=title, text=text)).get("w")
    return found.hits if found else ()


def shown(text: str, *keywords: str, title: str = "", width: int = WIDTH) -> str:
    """The snippet as text, marked words in brackets."""
    texts = {("title", ""): title, ("text", ""): text}
    spans = snippet(texts, hits_of(text, *keywords, title=title), width=width)
    return "".join(f"[{span.text}]" if span.marked else span.text for span in spans)


def test_a_short_block_is_shown_whole_and_others_are_not() -> None:
    text = "# A heading\nThe first block.\nOn small boats, and small boats again.\nThe last block."
    assert shown(text, "small boats") == "On [small boats], and [small boats] again."


def test_a_long_block_is_cut_between_words_around_the_match() -> None:
    text = f"{'before ' * 60}small boats{' after' * 60}"
    found = shown(text, "small boats", width=60)
    assert found.startswith("…before ")
    assert found.endswith(" after…")
    assert "[small boats]" in found
    assert len(found) < 80


def test_a_match_in_the_text_is_preferred_to_one_in_the_title() -> None:
    assert shown("On boats.", "boats", title="Boats") == "On [boats]."
    assert shown("On cars.", "boats", title="Boats at sea") == "[Boats] at sea"


def test_marks_of_headings_and_lists_are_left_out() -> None:
    assert shown("## Small boats", "small boats") == "[Small boats]"
    assert shown("- on small boats", "small boats") == "on [small boats]"
    assert shown("  12. on small boats", "small boats") == "on [small boats]"


def test_without_a_match_there_is_nothing() -> None:
    assert snippet({("text", ""): "Words."}, ()) == ()


text_lines = st.lists(
    st.lists(st.sampled_from(["small", "boats", "on", "x" * 40, "é"]), min_size=1, max_size=25).map(" ".join),
    max_size=6,
).map("\n".join)


@settings(deadline=None)
@given(text_lines, st.integers(1, 300))
def test_whatever_the_text_the_first_match_is_marked_and_nothing_is_made_up(text: str, width: int) -> None:
    hits = hits_of(text, "small boats")
    spans = snippet({("text", ""): text}, hits, width=width)
    assert bool(spans) == bool(hits)
    if not hits:
        return
    marked = [span.text for span in spans if span.marked]
    assert marked
    assert set(marked) <= {"small boats"}
    plain = "".join(span.text for span in spans).strip("…")
    assert plain in text.replace("\n", " ")
    assert len(plain) <= max(width, len("small boats")) + 2 * 42
    assert not any("\n" in span.text or not span.text for span in spans)


@settings(deadline=None)
@given(st.text(min_size=1), st.data())
def test_any_hit_in_any_text_can_be_shown(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    spans = snippet({("text", ""): text}, (Hit("term", "text", start, end),))
    assert text[start:end].replace("\n", " ") in [span.text for span in spans if span.marked]
