"""What is written as YAML is read as the same data, whatever it holds."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.files.yaml_reader import parse, read
from graph.files.yaml_writer import as_yaml

DATA = Path(__file__).parent / "data"
FILE = Path("file.yaml")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.sampled_from(
    [
        "no",
        "null",
        "~",
        "1e3",
        "0x1F",
        ".5",
        "+1",
        "- a",
        "a: b",
        "#x",
        "2020-12-18",
        "true.",
        "'",
        '"',
        "\x85",
        "\u2028",
        "é ",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_data_comes_back_as_it_was(data: dict[str, Any]) -> None:
    assert parse(FILE, as_yaml(data).encode()).data == data


@pytest.mark.parametrize("file", [DATA / "valid" / "harbour.yaml", DATA / "entities" / "harbour.yaml"], ids=str)
def test_a_file_comes_back_as_it_was_and_has_a_key_on_each_line(file: Path) -> None:
    data = read(file).data
    text = as_yaml(data)
    assert parse(FILE, text.encode()).data == data
    assert json.loads(json.dumps(data)) == data
    if "claims" in data:
        assert text.count("\n      exact: ") == text.count("\n    quote:\n") >= 1
