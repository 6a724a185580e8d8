"""Words of a text: two ways to read them that must never differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.text import tokens, word_spans, words

TEXTS = st.one_of(st.text(), st.text(alphabet="ab é\u0301'\u2019s-\u2010\u00ad ½ß\n", max_size=30))


@given(TEXTS)
def test_words_and_tokens_are_the_same_words_at_the_same_places(text: str) -> None:
    found = list(tokens(text))
    assert words(text)[0] == [token.word for token in found]
    assert word_spans(text) == [(token.start, token.end) for token in found]


@given(TEXTS)
def test_words_written_out_are_read_as_the_same_words(text: str) -> None:
    plain = words(text)[0]
    assert words(" ".join(plain))[0] == plain


def test_words_bound_by_a_hyphen_are_known() -> None:
    assert words("a face-to-face re\u2011offending - plan 2019\u201320") == (
        ["a", "face", "to", "face", "re", "offending", "plan", "2019", "20"], [1, 2, 4],
    )  # fmt: skip


def test_a_word_goes_on_over_soft_hyphens_and_accents_written_apart() -> None:
    assert words("re\u00adoffending cafe\u0301s Minister\u2019s minister's") == (
        ["reoffending", "cafes", "minister", "minister"], [],
    )  # fmt: skip
