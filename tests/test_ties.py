"""How things are tied, and the ways between them: over the project's own data, and over small graphs made up here."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store
from seed_app import seed_app
from server_fixtures import TRIG, FakeEngine, claim, make_app

from graph.iris import ID
from ontology.base import rebased
from server.site.pictures.paths import LONGEST, Found, paths
from server.site.pictures.ties import Tie, Ties, ties_of


@pytest.fixture(scope="module")
def app(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    seeded = seed_app(seed_store, tmp_path_factory.mktemp("snapshots"))
    with seeded.test_request_context("/"):
        yield seeded


def told(ties: Ties) -> set[tuple[str, ...]]:
    """The ties without the base and the namespaces."""
    return {
        (tie.source.removeprefix(ID), *(name.rpartition("#")[2].rpartition("/")[2] for name in (tie.act, tie.how)),
         tie.target.removeprefix(ID), tie.held, tie.extent)
        for tie in ties.found
    }  # fmt: skip


def of(*things: str, firm_only: bool = False) -> set[tuple[str, ...]]:
    return told(ties_of([ID + thing for thing in things], firm_only=firm_only))


def test_control_ties_the_controller_to_what_is_controlled_by_claim_and_by_rule(app: Flask) -> None:
    assert of("sector/tv-stations-of-kazakhstan") == {
        ("government/kazakhstan", "MediaControl", "controlled", "sector/tv-stations-of-kazakhstan", "asserted", "most"),
        ("sector/tv-stations-of-kazakhstan", "", "controlledBy", "government/kazakhstan", "derived", ""),
    }


def test_what_is_not_stated_of_an_extent_is_left_empty(app: Flask) -> None:
    [tie] = [tie for tie in of("sector/media-of-kazakhstan") if tie[1] == "MediaControl"]
    assert tie[-2:] == ("asserted", "")


def test_a_tie_bears_its_claims(app: Flask) -> None:
    [tie] = [tie for tie in ties_of([f"{ID}government/kazakhstan"]).found if "tv-stations" in tie.target]
    assert tie.claims == (f"{ID}claim/2021-01-progress-kazakhstan/government-media-control",)


def test_only_what_is_firm(app: Flask) -> None:
    everything, firm = of("person/asya-tulesova"), of("person/asya-tulesova", firm_only=True)
    goal = ("person/asya-tulesova", "Goal", "party", "party/progress", "reported", "")
    assert everything - firm == {goal}


def test_two_claims_about_one_event_tie_together(app: Flask) -> None:
    """One claim has Nazarbayev in power, another to whom he handed it over; neither names both."""
    [tie] = [
        tie for tie in ties_of([f"{ID}person/kassym-jomart-tokayev"]).found if tie.how.endswith("#successor")
    ]  # fmt: skip
    assert (tie.source, tie.held) == (f"{ID}person/nursultan-nazarbayev", "asserted")
    assert {claim.rpartition("/")[2] for claim in tie.claims} == {"hand-over-to-tokayev", "nazarbayev-in-power"}


def test_a_country_ties_nothing(app: Flask) -> None:
    assert of("country/kazakhstan") == set()


def control(slug: str, modality: str, more: str = "") -> str:
    iri = f"id/claim/one/{slug}"
    return (
        claim(slug, 9, modality, "It controls", "it controls", more=more)
        + f"""
        GRAPH <{iri}#assertion> {{ <{iri}#it> a pol:MediaControl ;
            pol:controller <id/person/asya> ; pol:controlled <id/sector/press> ; pol:extent "much"@en }}"""
    )


def app_over(*claims: str) -> Flask:
    content = Store()
    content.load((TRIG + rebased("".join(claims))).encode(), format=RdfFormat.TRIG)
    return make_app(FakeEngine(content=content))


@pytest.mark.parametrize("modality", ["asserted", "believed", "doubted"])
def test_a_tie_is_held_as_its_claim_is(modality: str) -> None:
    with app_over(control("press", modality)).test_request_context("/"):
        tie = ("person/asya", "MediaControl", "controlled", "sector/press", modality, "much")
        assert of("person/asya") == {tie}
        assert of("sector/press", firm_only=True) == ({tie} if modality == "asserted" else set())


def test_private_life_ties_nobody() -> None:
    with app_over(control("press", "asserted", "; pol:sensitive true")).test_request_context("/"):
        assert of("person/asya", "sector/press") == set()


def test_what_two_claims_say_is_held_as_the_weaker() -> None:
    event = "<id/event/it>"
    first = (
        claim("first", 8, "asserted", "It", "it")
        + f"""
        GRAPH <id/claim/one/first#assertion> {{ {event} a pol:PartyBan ; pol:banningAuthority <id/person/asya> }}"""
    )
    second = (
        claim("second", 9, "believed", "It", "it")
        + f"""
        GRAPH <id/claim/one/second#assertion> {{ {event} a pol:PartyBan ; pol:bannedParty <id/party/progress> }}"""
    )
    with app_over(first, second).test_request_context("/"):
        assert of("person/asya") == {("person/asya", "PartyBan", "bannedParty", "party/progress", "believed", "")}


def test_what_is_left_out_is_told() -> None:
    with app_over(control("a", "asserted"), control("b", "believed")).test_request_context("/"):
        assert ties_of([f"{ID}person/asya"]).all_read
        assert not ties_of([f"{ID}person/asya"], most=1).all_read


# --- ways ---


def tie(source: str, target: str, held: str = "asserted") -> Tie:
    return Tie(source, target, "", "tied", held)


def ways(ties: Iterable[Tie], start: str, end: str) -> Found:
    kept = list(ties)

    def read(things: Iterable[str]) -> Ties:
        wanted = set(things)
        return Ties(tuple(one for one in kept if wanted & {one.source, one.target}), True)

    return paths(start, end, read)


def things(found: Found) -> list[str]:
    return ["".join([path[0].start, *(step.end for step in path)]) for path in found.paths]


def test_the_way_goes_along_ties_whichever_way_they_point() -> None:
    assert things(ways([tie("b", "a"), tie("b", "c"), tie("d", "c")], "a", "d")) == ["abcd"]


def test_the_firmest_of_the_shortest_ways_comes_first() -> None:
    ties = [tie("a", "b", "believed"), tie("b", "d"), tie("a", "c"), tie("c", "d"), tie("a", "e"), tie("e", "f")]
    found = ways(ties, "a", "d")
    assert things(found) == ["acd", "abd"]
    assert found.complete


def test_a_step_has_all_ties_between_two_things() -> None:
    [[step]] = ways([tie("a", "b", "doubted"), tie("b", "a")], "a", "b").paths
    assert [one.held for one in step.ties] == ["asserted", "doubted"]


def test_no_way() -> None:
    assert ways([tie("a", "b"), tie("c", "d")], "a", "d") == Found((), True)


def test_a_way_that_is_too_long_is_not_denied() -> None:
    chain = [tie(str(at), str(at + 1)) for at in range(LONGEST + 3)]
    assert ways(chain, "0", str(LONGEST + 2)) == Found((), False)
    assert len(ways(chain, "0", str(LONGEST)).paths[0]) == LONGEST


LETTERS = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(LETTERS, LETTERS).filter(lambda pair: pair[0] != pair[1]), max_size=20))
def test_the_ways_are_the_shortest_and_all_of_them(pairs: list[tuple[str, str]]) -> None:
    joined = {frozenset(pair) for pair in pairs}
    shortest = [["a"]]
    seen = {"a"}
    while shortest and not any(way[-1] == "h" for way in shortest):
        shortest = [[*way, other] for way in shortest for other in "abcdefgh"
                    if other not in seen and frozenset((way[-1], other)) in joined]  # fmt: skip
        seen |= {way[-1] for way in shortest}
    expected = {"".join(way) for way in shortest if way[-1] == "h"}
    found = things(ways([tie(*pair) for pair in pairs], "a", "h"))
    assert set(found) <= expected
    assert len(found) == min(len(expected), 5)
    assert all(frozenset(pair) in joined for way in found for pair in pairwise(way))


def test_the_government_and_the_channels(app: Flask) -> None:
    found = paths(f"{ID}sector/tv-stations-of-kazakhstan", f"{ID}sector/print-media-of-kazakhstan", ties_of)
    [way] = found.paths
    assert [step.end.removeprefix(ID) for step in way] == ["government/kazakhstan", "sector/print-media-of-kazakhstan"]
    assert [step.ties[0].extent for step in way] == ["most", "most"]
