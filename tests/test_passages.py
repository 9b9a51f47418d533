"""A text cut up by its quotes: nothing lost, nothing twice, overlaps told apart."""

from hypothesis import given
from hypothesis import strategies as st

from server.site.passages import Mark, Paragraph, of_quotes, of_text


def mark(number: int, exact: str, start: int | None = None, order: int = 1) -> Mark:
    return Mark(f"c{number}", number, order, "asserted", exact, start)


def shown(paragraph: Paragraph) -> list[tuple[str, list[int], list[int]]]:
    return [(piece.text, [m.number for m in piece.marks], [m.number for m in piece.ending]) for piece in paragraph]


def test_overlapping_quotes_are_cut_where_they_begin_and_end() -> None:
    text = "The party was banned, officials say."
    marks = [mark(1, "The party was banned", 0), mark(2, "party", 4), mark(3, "banned, officials say", 14)]
    (paragraph,), lost = of_text(text, marks)
    assert not lost
    assert shown(paragraph) == [
        ("The ", [1], []),
        ("party", [1, 2], [2]),
        (" was ", [1], []),
        ("banned", [1, 3], [1]),
        (", officials say", [3], [3]),
        (".", [], []),
    ]


def test_each_line_is_a_paragraph_and_a_quote_may_go_on_in_the_next() -> None:
    paragraphs, _ = of_text("\n  One two\n\nthree.\n", [mark(1, "two\n\nthree", 7)])
    assert [shown(paragraph) for paragraph in paragraphs] == [
        [("One ", [], []), ("two", [1], [])],
        [("three", [1], [1]), (".", [], [])],
    ]


def test_a_quote_that_is_not_where_it_is_recorded_is_looked_for_and_else_told() -> None:
    text = "Banned. And banned."
    marks = [mark(1, "And", 0), mark(2, "anned", 3), mark(3, "allowed", 0), mark(4, "Banned")]
    (paragraph,), lost = of_text(text, marks)
    assert [m.number for m in lost] == [2, 3]
    assert {m.number: m.start for piece in paragraph for m in piece.marks} == {1: 8, 4: 0}


def test_positions_count_code_points() -> None:
    (paragraph,), _ = of_text("𝕏 Қазақ 𝕏", [mark(1, "Қазақ", 2)])
    assert ("Қазақ", [1], [1]) in shown(paragraph)


def test_quotes_alone_are_joined_where_they_overlap_or_touch() -> None:
    marks = [mark(2, "was banned in 2005", 10), mark(1, "The party was", 0), mark(3, ", so", 28), mark(4, "apart", 50)]
    assert [shown(paragraph) for paragraph in of_quotes(marks)] == [
        [("The party ", [1], []), ("was", [1, 2], [1]), (" banned in 2005", [2], [2]), (", so", [3], [3])],
        [("apart", [4], [4])],
    ]


def test_quotes_that_contradict_each_other_or_have_no_place_stand_apart() -> None:
    marks = [mark(1, "The party", 0), mark(2, "another thing", 2), mark(3, "nowhere"), mark(4, "no more")]
    texts = ["".join(piece.text for piece in paragraph) for paragraph in of_quotes(marks)]
    assert texts == ["The party", "another thing", "nowhere", "no more"]


@given(st.text(alphabet="ab \nқ", max_size=40), st.lists(st.tuples(st.integers(0, 39), st.integers(1, 20)), max_size=8))
def test_no_word_is_lost_or_said_twice(text: str, spans: list[tuple[int, int]]) -> None:
    kept = [(start, text[start : start + length]) for start, length in spans]
    marks = [mark(number, exact, start) for number, (start, exact) in enumerate(kept, 1) if exact]
    paragraphs, lost = of_text(text, marks)
    assert not lost
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert ["".join(piece.text for piece in paragraph) for paragraph in paragraphs] == lines
    known = {m.start + at for m in marks if m.start is not None for at in range(len(m.exact))}
    assert sum(len(piece.text) for paragraph in of_quotes(marks) for piece in paragraph) == len(known)
