"""One name written in several ways is one word; and whatever is typed, nothing breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.searching.text import LONGEST, plain, words

SAME = {
    "nazarbaev": ["Назарбаев", "Nazarbayev", "NAZARBAEV", "Nazarbaýev", "Nazarbajev", "Nazarbaiev"],
    "tokaev": ["Тоқаев", "Токаев", "Tokayev", "Toqaev", "Toqayev"],
    "jomart": ["Жомарт", "Zhomart", "Jomart"],
    "hrushev": ["Хрущёв", "Khrushchev", "Khruschev"],
    "elcin": ["Ельцин", "Yeltsin", "Eltsin"],
    "ozbekiston": ["O'zbekiston", "O‘zbekiston", "Oʻzbekiston"],
    "adilet": ["Әділет", "Adilet", "Ädilet"],
    "progres": ["Прогресс", "Progress"],
}


@pytest.mark.parametrize(("folded", "written"), [(word, text) for word, texts in SAME.items() for text in texts])
def test_the_ways_to_write_a_name_are_one_word(folded: str, written: str) -> None:
    assert words(written) == [folded]


def test_different_names_stay_different() -> None:
    names = ["Nazarbayev", "Nazarova", "Tokayev", "Tulesova", "Progress", "Nur Otan", "Ak Zhol", "2019", "2020"]
    assert len({" ".join(words(name)) for name in names}) == len(names)


def test_the_words_keep_their_order() -> None:
    assert words("Қасым-Жомарт Тоқаев") == ["kasim", "jomart", "tokaev"]
    assert words("张三, გიორგი!") == ["jangsan", "gorgi"]


def test_numbers_are_not_folded() -> None:
    assert words("3748 1100") == ["3748", "1100"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_has_words_of_letters_and_digits(text: str) -> None:
    found = words(text)
    assert all(word.isascii() and word.isalnum() and len(word) <= LONGEST for word in found)
    assert plain(plain(text)) == plain(text)
