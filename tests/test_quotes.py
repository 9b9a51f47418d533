from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.errors import SamizdatError
from graph.quotes import Quote, QuoteFault, find_text, locate, verify, verify_unread, word_diff

TEXT = "The party was banned. Later the party was allowed — “again”, they said: the party was allowed."


@given(st.text(min_size=1, max_size=80), st.data())
def test_any_passage_that_stands_once_is_located_in_code_points(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    exact = text[start:end]
    assume(text.find(exact, text.find(exact) + 1) < 0)
    found = locate(text, Quote(exact))
    assert (found.start, found.end) == (start, end)
    verify(text, found)


def test_an_ambiguous_quote_needs_a_prefix_or_suffix() -> None:
    with pytest.raises(QuoteFault, match="stands 2 times") as caught:
        locate(TEXT, Quote("the party was allowed"))
    assert "prefix" in caught.value.hint
    assert locate(TEXT, Quote("the party was allowed", prefix="Later ")).start == 28
    assert locate(TEXT, Quote("the party was allowed", suffix=".")).start == 72


def test_a_wrong_prefix_is_named() -> None:
    with pytest.raises(QuoteFault, match="between its prefix and suffix"):
        locate(TEXT, Quote("Later", prefix="never "))


def test_overlapping_places_are_all_seen() -> None:
    with pytest.raises(QuoteFault, match="2 times"):
        locate("aaa", Quote("aa"))


def test_a_near_miss_is_shown_as_a_word_diff() -> None:
    with pytest.raises(QuoteFault) as caught:
        locate(TEXT, Quote('allowed — "again", they say'))
    assert '[-"-]{+“+}again[-"-]{+”+}' in caught.value.what
    assert "they [-say-]{+said+}" in caught.value.what


def test_words_from_nowhere_have_no_near_miss() -> None:
    with pytest.raises(QuoteFault, match="is not in the text") as caught:
        locate(TEXT, Quote("zzzz qqqq xxxx"))
    assert caught.value.rule == "quote-absent"


def test_a_moved_position_is_refused() -> None:
    located = locate(TEXT, Quote("banned"))
    with pytest.raises(QuoteFault, match="stands at 14-20, not at 15-21"):
        verify(TEXT, replace(located, start=15, end=21))
    with pytest.raises(QuoteFault, match="no recorded position"):
        verify(TEXT, Quote("banned"))


def test_without_the_text_the_recorded_position_must_fit() -> None:
    verify_unread(Quote("banned", start=14, end=20))
    with pytest.raises(QuoteFault, match="spans 7 characters, the quote has 6"):
        verify_unread(Quote("banned", start=14, end=21))
    with pytest.raises(QuoteFault, match="not at hand"):
        verify_unread(Quote("banned"))


def test_a_source_text_in_another_encoding_is_named(tmp_path: Path) -> None:
    latin = "Pădureț é".encode("utf-16")
    (tmp_path / "latin.txt").write_bytes(latin)
    with pytest.raises(SamizdatError, match=r"latin\.txt is not UTF-8"):
        find_text(sha256(latin).hexdigest(), (tmp_path,))


@given(st.text(alphabet="ab .,“”", max_size=30), st.text(alphabet="ab .,“”", max_size=30))
def test_a_word_diff_holds_both_sides(ours: str, theirs: str) -> None:
    import re

    diff = word_diff(ours, theirs)
    assert re.sub(r"\{\+(.*?)\+\}", "", re.sub(r"\[-(.*?)-\]", r"\1", diff)) == ours
    assert re.sub(r"\[-(.*?)-\]", "", re.sub(r"\{\+(.*?)\+\}", r"\1", diff)) == theirs
