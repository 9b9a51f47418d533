"""The press freedom index beside claims of media control: it supports, disputes or stands beside as its rules say."""

from pathlib import Path

import pytest
from comparing import CONTROL, World, claimed, date, relation, told

from graph.iris import ID
from graph.settings import Settings


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    return World(settings, tmp_path)


@pytest.mark.parametrize(
    ("score", "category", "expected"),
    [
        ("39.99", "very serious", "supports"),
        ("40", "difficult", "beside"),
        ("54.9", "difficult", "beside"),
        ("55", "problematic", "beside"),
        ("70", "satisfactory", "beside"),
        ("84.99", "satisfactory", "beside"),
        ("85", "good", "disputes"),
    ],
)
def test_a_band_of_rsf_decides(score: str, category: str, expected: str, world: World) -> None:
    world.rsf(y2022=score)
    [one] = world.ask("media-control-rsf-score", claimed(CONTROL))
    assert (one.category, relation([one]), one.covers) == (category, expected, "2021")


def test_an_edition_covers_the_year_before_and_that_of_the_claims_own_year_stands_beside(world: World) -> None:
    world.rsf(y2020="20", y2021="20", y2022="20", y2023="20")
    found = world.ask("media-control-rsf-score", claimed(CONTROL))
    assert told(found) == [("2020", "beside", -1), ("2021", "supports", 0)]
    assert [one.category for one in found] == ["", "very serious"]  # no band before the method of 2022


def test_the_nearest_editions_stand_beside_and_of_a_tie_both(world: World) -> None:
    world.rsf(y2023="20", y2024="20", y2029="20")
    assert told(world.ask("media-control-rsf-score", claimed(CONTROL, year="2020"))) == [("2022", "beside", 2)]
    assert (
        told(world.ask("media-control-rsf-score", claimed(CONTROL, year="2026")))
        == [
            ("2023", "beside", -3),
            ("2028", "beside", 2),
        ][1:]
    )
    world.rsf(y2020="20", y2024="20")
    assert told(world.ask("media-control-rsf-score", claimed(CONTROL))) == [
        ("2019", "beside", -2),
        ("2023", "beside", 2),
    ]


def test_a_rank_has_no_categories(world: World) -> None:
    world.rsf(y2022="10")
    assert told(world.ask("media-control-rsf-rank", claimed(CONTROL))) == [("2021", "beside", 0)]


def test_a_claim_of_no_year_and_one_of_no_country_are_not_compared(world: World) -> None:
    world.rsf(y2022="10")
    assert not world.ask("media-control-rsf-score", claimed(CONTROL, year=""))
    assert not world.ask(
        "media-control-rsf-score", claimed(r"e:m pol:controller id:government\/kazakhstan ; pol:controlled e:x")
    )
    open_month = date("XXXX-06")
    assert not world.ask("media-control-rsf-score", claimed(f"{CONTROL} ; {open_month}", year=""))
    assert told(world.ask("media-control-rsf-score", claimed(f"{CONTROL} ; {open_month}"))) == [("2021", "supports", 0)]


def test_the_date_of_the_claim_goes_before_that_of_its_text(world: World) -> None:
    world.rsf(y2022="10", y2024="10")
    [one] = world.ask("media-control-rsf-score", claimed(f"{CONTROL} ; {date('2023', '2023-01-01', '2023-12-31')}"))
    assert told([one]) == [("2023", "supports", 0)]
    assert one.moment == f"{ID}claim/text/one#when"
    found = world.ask(
        "media-control-rsf-score", claimed(f"{CONTROL} ; {date('2021/2023', '2021-01-01', '2023-12-31')}")
    )
    assert told(found) == [("2021", "supports", 0), ("2023", "supports", 0)]


def test_only_a_claim_of_most_or_more_is_disputed(world: World) -> None:
    world.rsf(y2022="90")
    for extent, expected in (("most", "disputes"), ("all", "disputes"), ("some", "beside")):
        said = f'{CONTROL} ; pol:extent "{extent}"@en'
        assert relation(world.ask("media-control-rsf-score", claimed(said))) == expected, extent


@pytest.mark.parametrize("said", [
    r"e:m pol:controller id:party\/harbour ; pol:controlled id:sector\/tv",
    r"e:m pol:controller id:government\/kazakhstan ; pol:controlled id:outlet\/daily",
    rf"{CONTROL}, id:outlet\/daily",
])  # fmt: skip
def test_what_a_band_says_nothing_of_stands_beside(said: str, world: World) -> None:
    world.rsf(y2022="10")
    assert relation(world.ask("media-control-rsf-score", claimed(said))) == "beside"


def test_a_ruling_party_is_as_a_government(world: World) -> None:
    world.rsf(y2022="10")
    said = r"e:m pol:controller id:party\/nur-otan ; pol:controlled id:sector\/tv"
    assert relation(world.ask("media-control-rsf-score", claimed(said))) == "supports"


@pytest.mark.parametrize("modality", ["asserted", "reported", "believed"])
def test_what_is_held_is_compared(modality: str, world: World) -> None:
    world.rsf(y2022="10")
    assert relation(world.ask("media-control-rsf-score", claimed(CONTROL, modality))) == "supports"


@pytest.mark.parametrize("modality", ["predicted", "conditional", "doubted", "evaluated"])
def test_what_is_not_held_stands_beside(modality: str, world: World) -> None:
    world.rsf(y2022="10")
    assert relation(world.ask("media-control-rsf-score", claimed(CONTROL, modality))) == "beside"


def test_a_claim_about_private_life_is_not_compared(world: World) -> None:
    world.rsf(y2022="10")
    assert not world.ask("media-control-rsf-score", claimed(CONTROL, more="claim:one pol:sensitive true ."))
