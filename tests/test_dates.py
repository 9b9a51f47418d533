from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import moment


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2020-12-18", "2020-12-18", "2020-12-18"),
        ("1989", "1989-01-01", "1989-12-31"),
        ("2021?-01", "2021-01-01", "2021-01-31"),
        ("1989/2019", "1989-01-01", "2019-12-31"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("1997/..", "1997-01-01", None),
        ("../2019", None, "2019-12-31"),
        ("/2019", None, "2019-12-31"),
        ("2019/", "2019-01-01", None),
        ("XXXX-06", None, None),
        ("Y17E8", None, None),
    ],
)
def test_bounds_are_what_the_text_is_sure_to_mean(edtf: str, earliest: str | None, latest: str | None) -> None:
    found = moment(edtf)
    assert (found.earliest, found.latest) == (earliest, latest)


@pytest.mark.parametrize("text", ["June 2020", "2020-13", "2019-02-29", "2020-02-30", "", "18.12.2020", "2020/2019"])
def test_what_is_no_date_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match=r"EDTF|read|month|ends before"):
        moment(text)
    assert capsys.readouterr().out == ""


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_its_own_bounds(day: date) -> None:
    assert moment(day.isoformat()).earliest == moment(day.isoformat()).latest == day.isoformat()
