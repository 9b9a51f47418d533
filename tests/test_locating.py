from hashlib import sha256
from pathlib import Path

import pytest

from graph.errors import InvalidInput
from graph.files.yaml_reader import read
from graph.locating import locate
from graph.settings import Settings

TEXT = "Progress was founded. Progress is small. It is “bold”, they say — and it grows."
CLAIMS = """# a comment that stays
id: editorial/x
sha256: {digest}
claims:
  - id: one
    quote:
      exact: Progress was founded   # so it says
      start: 99
      end: 100
    modality: asserted
  - id: two
    quote:
      - exact: >-
          It is “bold”,
          they say

        suffix: " —"
      - prefix: " "
        exact: it grows
"""


@pytest.fixture
def place(tmp_path: Path) -> tuple[Settings, Path]:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "x.txt").write_text(TEXT, encoding="utf-8")
    file = tmp_path / "x.yaml"
    file.write_text(CLAIMS.replace("{digest}", sha256(TEXT.encode()).hexdigest()), encoding="utf-8")
    return Settings(data=tmp_path, texts=(tmp_path / "texts",), home=tmp_path / "home"), file


def test_positions_are_written_and_nothing_else_is_touched(place: tuple[Settings, Path]) -> None:
    settings, file = place
    before = file.read_text(encoding="utf-8")
    assert locate(settings, [file]) == 3
    after = file.read_text(encoding="utf-8")
    claims = read(file).data["claims"]
    first, (second, third) = claims[0]["quote"], claims[1]["quote"]
    for quote in (first, second, third):
        assert TEXT[quote["start"] : quote["end"]] == quote["exact"]
    kept = [line for line in after.splitlines() if "start:" not in line and "end:" not in line]
    assert kept == [line for line in before.splitlines() if "start:" not in line and "end:" not in line]
    assert locate(settings, [file]) == 0
    assert file.read_text(encoding="utf-8") == after


def test_a_quote_that_cannot_be_placed_changes_no_file(place: tuple[Settings, Path]) -> None:
    settings, file = place
    file.write_text(file.read_text(encoding="utf-8").replace("was founded", "was banned"), encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(InvalidInput) as caught:
        locate(settings, [file])
    assert "[-banned-]{+founded+}" in caught.value.problems[0].what
    assert file.read_bytes() == before


def test_a_text_that_is_not_at_hand_is_named(place: tuple[Settings, Path]) -> None:
    settings, file = place
    with pytest.raises(InvalidInput) as caught:
        locate(Settings(data=settings.data, texts=(), home=settings.home), [file])
    assert "not at hand" in caught.value.problems[0].what


def test_a_quote_in_braces_is_refused(place: tuple[Settings, Path]) -> None:
    settings, file = place
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text[: text.index("    quote:\n      exact")] + "    quote: { exact: it grows }\n", encoding="utf-8"
    )
    with pytest.raises(InvalidInput) as caught:
        locate(settings, [file])
    assert "braces" in caught.value.problems[0].what
