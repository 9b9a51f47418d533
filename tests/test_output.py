"""Tables lose nothing, whatever the width, and steer no terminal."""

from collections.abc import Sequence
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from server.terminal.output import plural, print_table, visible

ROWS = [
    (
        "asserted",
        "id/claim/editorial/a-claim-with-a-long-name-that-cannot-be-broken",
        "It controls most TV.",
    ),
    ("believed", "id/claim/editorial/b", "Many believe the elections were rigged, and say so at length." * 3),
]


def printed(rows: Sequence[tuple[str, ...]], width: int) -> str:
    out = StringIO()
    console = Console(file=out, width=width, markup=False, emoji=False, highlight=False)
    titles = [f"column{number}" for number in range(len(rows[0]))]
    print_table(console, titles, [[Text(cell) for cell in row] for row in rows])
    return out.getvalue()


@pytest.mark.parametrize("width", [10, 20, 36, 60, 80, 500])
def test_nothing_is_cut_at_any_width(width: int) -> None:
    text = printed(ROWS, width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    assert not [line for line in text.splitlines() if line.endswith(" ")]
    letters = sorted("".join(text.replace("─", "").split()))
    wanted = sorted("".join("".join(row) for row in ROWS).replace(" ", ""))
    for letter in wanted:
        letters.remove(letter)


def test_a_wide_console_gives_one_line_for_each_row() -> None:
    assert len(printed(ROWS, 1000).splitlines()) == 2 + len(ROWS)


def test_too_many_columns_become_records() -> None:
    text = printed([tuple(f"value{number}" for number in range(20))], 40)
    assert [line.split() for line in text.splitlines()][3] == ["column3", "value3"]


@given(st.text())
def test_no_control_code_reaches_the_terminal(text: str) -> None:
    shown = visible(f"{text}\x1b[31m\x9b\u202e")
    assert not {code for code in map(ord, shown) if (code < 32 and chr(code) not in "\t\n") or 127 <= code < 160}
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("count", "many", "said"),
    [(1, "quotes", "1 quote"), (1234, "quotes", "1,234 quotes"), (0, "rows", "0 rows"), (1, "entities", "1 entity")],
)
def test_counts_are_in_the_right_number(count: int, many: str, said: str) -> None:
    assert plural(count, many) == said
