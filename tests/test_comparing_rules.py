"""Freedom in the World, V-Party and parliaments beside claims: each rule does as its header says, and no more."""

from pathlib import Path

import pytest
from comparing import CONTROL, World, claimed, date, relation, told
from pyoxigraph import Quad

from graph.iris import ID
from graph.settings import Settings

# --- Freedom House ---


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    return World(settings, tmp_path)


@pytest.mark.parametrize(
    ("score", "expected"), [("0", "supports"), ("1", "beside"), ("3", "beside"), ("4", "disputes")]
)
def test_only_the_ends_of_d1_say_something(score: str, expected: str, world: World) -> None:
    world.freedom_house(f"2021 D1 {score}", "2020 D1 2")
    assert relation(world.ask("media-control-freedom-house", claimed(CONTROL))) == expected


def test_d1_of_another_year_stands_beside(world: World) -> None:
    world.freedom_house("2019 D1 0", "2018 D1 0", "2021 B1 0")
    assert told(world.ask("media-control-freedom-house", claimed(CONTROL))) == [("2019", "beside", -2)]


@pytest.mark.parametrize(
    "said", [r"e:m pol:bannedParty id:party\/harbour", r"e:m pol:party id:party\/harbour ; pol:role pol:opposition"]
)
def test_scores_of_a_country_stand_beside_what_is_said_of_one_party(said: str, world: World) -> None:
    world.freedom_house("2021 B1 0", "2021 B2 0", "2020 B2 0")
    found = world.ask("parties-freedom-house", claimed(said))
    assert [one.indicator.rpartition("/")[2] for one in found] == ["B1", "B2"]
    assert told(found) == [("2021", "beside", 0)] * 2


RIGGED = r"e:m a pol:ElectionRigging ; pol:election e:poll . e:poll pol:country id:country\/kazakhstan"


@pytest.mark.parametrize(("score", "expected"), [("0", "supports"), ("2", "beside"), ("4", "disputes")])
def test_rigging_beside_a1(score: str, expected: str, world: World) -> None:
    world.freedom_house(f"2019 A1 {score}")
    held = claimed(f"{RIGGED} . e:m {date('2019', '2019-06-09', '2019-06-09')}", "believed")
    assert relation(world.ask("elections-freedom-house", held)) == expected


def test_rigging_of_an_election_of_no_stated_year_is_not_supported(world: World) -> None:
    world.freedom_house("2021 A1 0")
    assert told(world.ask("elections-freedom-house", claimed(RIGGED))) == [("2021", "beside", 0)]


# --- V-Party ---


@pytest.mark.parametrize(
    ("code", "ruling", "opposition"),
    [
        ("0", "supports", "disputes"),
        ("1", "supports", "disputes"),
        ("2", "beside", "beside"),
        ("3", "disputes", "supports"),
        ("4", "beside", "beside"),
    ],
)
def test_government_support(code: str, ruling: str, opposition: str, world: World) -> None:
    world.vparty(f"2021 3748 80 {code}")
    for role, expected in (("ruling", ruling), ("opposition", opposition)):
        said = rf"e:m pol:party id:party\/nur-otan ; pol:role pol:{role}"
        assert relation(world.ask("parties-vparty", claimed(said))) == expected, role


def test_an_earlier_election_does_not_say_who_governs_now(world: World) -> None:
    world.vparty("2012 3748 81 0", "2016 3748 82 0")
    said = r"e:m pol:party id:party\/nur-otan ; pol:role pol:ruling"
    assert told(world.ask("parties-vparty", claimed(said))) == [("2016", "beside", -5)]


def test_a_missing_value_is_not_compared(world: World) -> None:
    world.vparty("2016 3748 82 -", "2012 3748 81 0")
    said = r"e:m pol:party id:party\/nur-otan ; pol:role pol:ruling"
    assert told(world.ask("parties-vparty", claimed(said))) == [("2012", "beside", -9)]


def test_a_banned_party_beside_its_votes(world: World) -> None:
    world.vparty("2016 3748 82 0", "2016 1 5 3")
    assert told(world.ask("bans-vparty", claimed(r"e:m pol:bannedParty id:party\/nur-otan"))) == [
        ("2016", "beside", -5)
    ]


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [("80", "85", "supports"), ("82", "82", "supports"), ("83", "90", "disputes"), ("70", "81", "disputes")],
)
def test_shares_of_votes(least: str, most: str, expected: str, world: World) -> None:
    world.vparty("2016 3748 82.2 0")
    result = rf"e:m pol:winner id:party\/nur-otan ; schema:minValue {least} ; schema:maxValue {most}"
    own = date("2016", "2016-03-20", "2016-03-20")
    assert relation(world.ask("elections-vparty", claimed(f"{result} ; {own}"))) == expected
    assert told(world.ask("elections-vparty", claimed(result))) == [("2016", "beside", -5)]


def test_the_strongest_party_where_no_party_is_said_to_have_won(world: World) -> None:
    world.vparty("2016 3748 41 0", "2016 1 41 3", "2016 2 18 3", "2012 3748 80 0")
    won = r"e:m pol:winner id:person\/one ; pol:election e:poll . e:poll pol:country id:country\/kazakhstan"
    found = world.ask("elections-vparty-strongest", claimed(won))
    assert told(found) == [("2016", "beside", -5)] * 2  # a tie
    by_party = won.replace(r"id:person\/one", r"id:party\/nur-otan")
    assert not world.ask("elections-vparty-strongest", claimed(by_party))


def test_a_party_of_another_name_is_compared_when_somebody_has_said_that_it_is_the_same(world: World) -> None:
    world.vparty("2016 9 82 0", name="Nur Otan")
    said = claimed(r"e:m pol:bannedParty id:party\/nur-otan")
    assert not world.ask("bans-vparty", said)
    world.decide("vparty", "same")
    assert told(world.ask("bans-vparty", said)) == [("2016", "beside", -5)]


# --- offices ---

SEAT = f"{ID}post/popolo-kazakhstan-house-member"


def held(person: str, post: str, first: str, last: str) -> list[Quad]:
    beginning = f'pol:beginning e:from . e:from pol:earliest "{first}"^^xsd:date ; pol:latest "{first}"^^xsd:date'
    end = f'e:m pol:end e:to . e:to pol:earliest "{last}"^^xsd:date ; pol:latest "{last}"^^xsd:date'
    return claimed(f"e:m org:member {person} ; pol:post <{post}> ; {beginning} . {end}")


def test_a_membership_supports_what_it_holds_throughout(world: World) -> None:
    house = world.house()
    assert relation(world.ask("offices-popolo", held(house, SEAT, "2013-01-01", "2014-01-01"))) == "supports"
    assert relation(world.ask("offices-popolo", held(house, SEAT, "2011-01-01", "2014-01-01"))) == "beside"
    [later] = world.ask("offices-popolo", held(house, SEAT, "2019-01-01", "2020-01-01"))
    assert (relation([later]), later.apart) == ("beside", -3)
    another = f"{ID}post/president-of-kazakhstan"
    assert relation(world.ask("offices-popolo", held(house, another, "2013-01-01", "2014-01-01"))) == "beside"
    assert not world.ask("offices-popolo", held(r"id:person\/else", SEAT, "2013-01-01", "2014-01-01"))
    undated = claimed(f"e:m org:member {house} ; pol:post <{SEAT}>", year="2014")
    assert relation(world.ask("offices-popolo", undated)) == "beside"
