"""Accept headers of every shape against a plain model of RFC 9110, section 12.5.1."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.negotiation import DOCUMENTS, HTML, TABLES, Format, choose

OFFERS = (TABLES, DOCUMENTS, (*TABLES, HTML), (*DOCUMENTS, HTML))
TYPES = sorted({name for offer in OFFERS for item in offer for name in item.types} | {"image/png", "text/x-other"})


@dataclass(frozen=True)
class Range:
    """One range of a header: type, subtype, other parameters, and its quality in thousandths."""

    kind: str
    subtype: str
    parameters: tuple[str, ...]
    quality: int

    def matches(self, media_type: str) -> bool:
        kind, subtype = media_type.split("/")
        if self.parameters:
            return False  # no type here has parameters of its own
        return self.kind in ("*", kind) and self.subtype in ("*", subtype)

    @property
    def precision(self) -> int:
        return (self.kind != "*") + (self.subtype != "*")

    def written(self, space: str, upper: bool) -> str:
        name = f"{self.kind}/{self.subtype}"
        parts = [name.upper() if upper else name, *self.parameters]
        if self.quality < 1000:
            parts.append(f"q={self.quality / 1000:g}")
        return f"{space};{space}".join(parts)


def model(offer: Sequence[Format], ranges: Sequence[Range]) -> tuple[Format, str] | None:
    """The format and media type with the highest quality, which its most specific range gives it."""
    own = [(item, item.media_type) for item in offer]
    names = own + [(item, name) for item in offer for name in item.aliases]
    best: tuple[int, int, tuple[Format, str]] | None = None
    for item, name in names:
        fitting = [range_ for range_ in ranges if range_.matches(name)]
        if not fitting:
            continue
        precision = max(range_.precision for range_ in fitting)
        quality = max(range_.quality for range_ in fitting if range_.precision == precision)
        if quality and (best is None or (quality, precision) > best[:2]):
            best = quality, precision, (item, name)
    return best[2] if best else None


media_ranges = st.one_of(
    st.just(("*", "*")),
    st.sampled_from(TYPES).map(lambda name: (name.split("/")[0], "*")),
    st.sampled_from(TYPES).map(lambda name: (name.split("/")[0], name.split("/")[1])),
)
ranges = st.builds(
    lambda name, parameters, quality: Range(name[0], name[1], parameters, quality),
    media_ranges,
    st.sampled_from([(), (), (), ("level=1",), ('a="b,c;q=1"',)]),
    st.one_of(st.sampled_from([0, 1, 500, 1000]), st.integers(0, 1000)),
)
unreadable = st.sampled_from(
    ["", " ", "nonsense", "text/csv;q=2", "text/csv;q=x", "*/csv", ";", "q=1", "text/csv;q=-1"]
)


@given(
    st.sampled_from(OFFERS),
    st.lists(ranges, min_size=1, max_size=6),
    st.lists(unreadable, max_size=2),
    st.sampled_from(["", " ", "\t"]),
    st.booleans(),
)
def test_a_header_is_read_as_the_model_reads_it(
    offer: Sequence[Format], wanted: list[Range], noise: list[str], space: str, upper: bool
) -> None:
    header = f",{space}".join([*noise, *(range_.written(space, upper) for range_ in wanted)])
    choice, expected = choose(offer, header), model(offer, wanted)
    if expected is None:
        assert choice is None
    else:
        assert choice is not None
        assert (choice.format, choice.content_type.partition(";")[0]) == expected


@given(st.sampled_from(OFFERS), st.text(max_size=60) | st.text(alphabet='*/;,= "\\q01.tex', max_size=60))
@example(TABLES, "*/*;q=0.5;")
@example(TABLES, '"')
@example(TABLES, "text/csv;charset")
@example(TABLES, "text/csv;q")
@example(TABLES, "text/;q=1, /csv, *")
def test_no_header_is_a_fault(offer: Sequence[Format], header: str) -> None:
    choice = choose(offer, header)
    assert choice is None or choice.format in offer


@given(st.sampled_from(OFFERS), st.lists(ranges, max_size=4))
def test_what_is_excluded_is_never_sent(offer: Sequence[Format], wanted: list[Range]) -> None:
    refused = [Range(name.split("/")[0], name.split("/")[1], (), 0) for item in offer for name in item.types]
    header = ", ".join(range_.written("", False) for range_ in (*wanted, *refused) if not range_.parameters)
    kept = {f"{r.kind}/{r.subtype}" for r in wanted if r.quality and not r.parameters}
    choice = choose(offer, header)
    assert choice is None or choice.content_type.partition(";")[0] in kept


@pytest.mark.parametrize("header", ["nonsense", "text/csv;q=2", "*/csv", ";;"])
def test_a_header_that_cannot_be_read_at_all_fits_nothing(header: str) -> None:
    assert choose(TABLES, header) is None


@pytest.mark.parametrize("header", [None, "", " ", ",", ", ,"])
def test_an_empty_header_fits_everything(header: str | None) -> None:
    choice = choose(TABLES, header)
    assert choice
    assert choice.format is TABLES[0]
