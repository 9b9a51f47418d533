"""Styles hold for pages that are written from right to left as well: no side of a page is named by a hand."""

import re
from pathlib import Path

import pytest
from repository import REPOSITORY

SHEETS = sorted((REPOSITORY / "server" / "static").glob("*.css"))
HANDED = re.compile(
    r"(?<![-\w])((margin|padding|border)-(left|right)(-\w+)?|left|right)\s*:|(float|text-align|clear)\s*:\s*(left|right)"
)
"""A property, or a value, that would stay where it is when the writing turns round."""
FOUR = re.compile(r"(?<![-\w])(?:margin|padding)\s*:([^;}]*)")


def sides(values: str) -> list[str]:
    """The values of a shorthand, one for each side; what stands in brackets is one."""
    return re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", values)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sides_are_named_by_the_way_of_the_writing(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    assert [found.group() for found in HANDED.finditer(text)] == []
    unlike = [found.group() for found in FOUR.finditer(text) if len(s := sides(found[1])) == 4 and s[1] != s[3]]
    assert unlike == []
