from pathlib import Path

import pytest

from graph.errors import InvalidInput
from graph.files.yaml_reader import read


def write(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "file.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_core_schema_keeps_words_and_dates_as_text(tmp_path: Path) -> None:
    document = read(
        write(tmp_path, "a: no\nb: 2020-12-18\nc: 12\nd: true\ne: ~\nf: '12'\ng: 1.5\nh: 0x1F\ni: 12:30:45\n")
    )
    assert document.data == {
        "a": "no", "b": "2020-12-18", "c": 12, "d": True, "e": None, "f": "12", "g": 1.5, "h": "0x1F", "i": "12:30:45",
    }  # fmt: skip


def test_places_count_from_one_and_in_characters(tmp_path: Path) -> None:
    document = read(write(tmp_path, "claims:\n  - label: “é”\n    quote: { exact: x }\n"))
    assert str(document.place(("claims", 0, "label"))).endswith(":2:12")
    assert str(document.place(("claims", 0, "quote", "exact"))).endswith(":3:21")
    assert str(document.place(("claims", 0, "quote", "exact"), key=True)).endswith(":3:14")


def test_an_unknown_place_falls_back_to_its_parent(tmp_path: Path) -> None:
    document = read(write(tmp_path, "a:\n  b: 1\n"))
    assert document.place(("a", "missing", 3)) == document.place(("a",))


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("a: 1\na: 2\n", 2, 1, "a second time"),
        ("a: &x 1\nb: *x\n", 1, 4, "anchor"),
        ("a: !!python/object:os.system x\n", 1, 4, "tag"),
        ("a: [1, 2\nb: 3\n", 2, 2, "not YAML"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second YAML document"),
        ("", 1, 1, "empty"),
        ("? [x]\n: 1\n", 1, 3, "not a word"),
        (b"a: 1\nb: \xff\n", 2, 4, "not UTF-8"),
        ("a: \x07\n", 1, 1, "not YAML"),
        ("a: " + "[" * 70 + "]" * 70, 1, None, "nested deeper"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    tmp_path: Path, text: str | bytes, line: int, column: int | None, what: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(write(tmp_path, text))
    (problem,) = caught.value.problems
    assert what in problem.what
    assert problem.place.line == line
    assert column is None or problem.place.column == column
    assert problem.hint


def test_a_billion_laughs_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    with pytest.raises(InvalidInput, match="1 problem"):
        read(write(tmp_path, bomb))


def test_a_missing_file_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path / "nowhere.yaml")
    assert "cannot be read" in caught.value.problems[0].what
