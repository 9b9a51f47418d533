"""Measurements beside claims: each rule supports, disputes or stands beside as its header says, and never more."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from importing import RSF, imported, made
from pyoxigraph import Quad, RdfFormat, parse

from graph.comparing.comparisons import Comparison, compared, comparisons
from graph.comparing.working import working_store
from graph.evidence import evidence
from graph.executables import RULES
from graph.importing.mapping import mapping
from graph.iris import COMPARISONS_GRAPH, ID
from graph.settings import Settings
from ontology.base import BASE
from queries import rules

SCORES = "year,country,iso3,question,score\n"
VPARTY = (
    "v2paenname,v2paorname,v2pashname,v2paid,pf_party_id,pf_url,country_name,country_text_id,year,historical_date,"
    "v2paseatshare,v2panumbseat,v2patotalseat,v2pavote,v2pagovsup,v2paelcont,v2xpa_antiplural,v2xpa_popul\n"
)
PREFIXES = f"""@prefix pol: <{BASE}politics#> . @prefix np: <http://www.nanopub.org/nschema#> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix id: <{ID}> .
@prefix claim: <{ID}claim/text/> . @prefix e: <{ID}claim/text/one#> .
"""
WORLD = r"""
id:government\/kazakhstan a pol:Government . id:party\/nur-otan a pol:PoliticalParty, pol:RulingParty .
id:party\/harbour a pol:PoliticalParty . id:sector\/tv a pol:MediaSector . id:outlet\/daily a pol:MediaOutlet .
id:government\/kazakhstan pol:country id:country\/kazakhstan . id:party\/nur-otan pol:country id:country\/kazakhstan .
id:party\/harbour pol:country id:country\/kazakhstan . id:sector\/tv pol:country id:country\/kazakhstan .
id:outlet\/daily pol:country id:country\/kazakhstan .
"""
CONTROL = r"e:m pol:controller id:government\/kazakhstan ; pol:controlled id:sector\/tv"


def date(edtf: str, first: str = "", last: str = "") -> str:
    """A date of the claim, as one more property of ``e:m``."""
    bounds = [f'pol:earliest "{first}"^^xsd:date' if first else "", f'pol:latest "{last}"^^xsd:date' if last else ""]
    return f'pol:date e:when . e:when pol:edtf "{edtf}"' + "".join(f" ; {bound}" for bound in bounds if bound)


def claimed(said: str, modality: str = "asserted", year: str = "2021", more: str = "") -> list[Quad]:
    """One claim that says this, in an editorial of the year; of no known year if that is empty."""
    days = f'pol:earliest "{year}-01-01"^^xsd:date ; pol:latest "{year}-01-31"^^xsd:date'
    text = f"""{PREFIXES}{WORLD}{more}
        claim:one np:hasAssertion e:assertion ; pol:modality pol:{modality} ; pol:statedIn id:text .
        {f"id:text pol:date id:day . id:day {days} ." if year else ""}
        e:assertion {{ {said} . }}"""
    return list(parse(text.encode(), RdfFormat.TRIG))


Ask = Callable[..., list[Comparison]]


@pytest.fixture
def ask(settings: Settings) -> Ask:
    def asked(rule: str, quads: Iterable[Quad]) -> list[Comparison]:
        found = rules()[rule]
        return list(compared(working_store(quads, evidence(settings.evidence_folder), [found]), found))

    return asked


@pytest.fixture
def rsf(settings: Settings, tmp_path: Path) -> Callable[..., None]:
    def index(**scores: str) -> None:
        """The index of these years (``y2022="30.5"``) for Kazakhstan, in the layout of before 2022."""
        rows = [f"{year[1:]};KAZ;155;{score.replace('.', ',')};Kazakhstan;EEAC\n" for year, score in scores.items()]
        imported("rsf", settings, made(tmp_path, "rsf.csv", RSF + "".join(rows)))

    return index


@pytest.fixture
def freedom_house(settings: Settings, tmp_path: Path) -> Callable[..., None]:
    def scores(*rows: str) -> None:
        """Answers as ``2021 D1 0``, for Kazakhstan."""
        lines = [f"{row.split()[0]},Kazakhstan,KAZ,{row.split()[1]},{row.split()[2]}\n" for row in rows]
        imported("freedom-house", settings, made(tmp_path, "scores.csv", SCORES + "".join(lines)))

    return scores


@pytest.fixture
def vparty(settings: Settings, tmp_path: Path) -> Callable[..., None]:
    def elections(*rows: str) -> None:
        """Parties at elections as ``2016 3748 82.2 0``: year, party, share of votes, government support."""
        lines = []
        for row in rows:
            year, party, share, support = row.split()
            lines.append(
                f"P{party},,P{party},{party},{party},,Kazakhstan,KAZ,{year},{year}-03-20,,,,{share},{support},,,\n"
            )
        imported("vparty", settings, made(tmp_path, "vparty.csv", VPARTY + "".join(lines).replace("-,", ",")))

    return elections


def told(found: Iterable[Comparison]) -> list[tuple[str, str, int]]:
    """The year covered, the relation and the years apart of each."""
    return [(one.covers, one.relation.rpartition("/")[2].rpartition("#")[2], one.apart) for one in found]


def relation(found: Iterable[Comparison]) -> str:
    [(_, name, _)] = told(found)
    return name


# --- media control beside RSF ---


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
def test_a_band_of_rsf_decides(score: str, category: str, expected: str, ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2022=score)
    [one] = ask("media-control-rsf-score", claimed(CONTROL))
    assert (one.category, relation([one]), one.covers) == (category, expected, "2021")


def test_an_edition_covers_the_year_before_and_that_of_the_claims_own_year_stands_beside(
    ask: Ask, rsf: Callable[..., None]
) -> None:
    rsf(y2020="20", y2021="20", y2022="20", y2023="20")
    found = ask("media-control-rsf-score", claimed(CONTROL))
    assert told(found) == [("2020", "beside", -1), ("2021", "supports", 0)]
    assert [one.category for one in found] == ["", "very serious"]  # no band before the method of 2022


def test_the_nearest_editions_stand_beside_and_of_a_tie_both(ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2023="20", y2024="20", y2029="20")
    assert told(ask("media-control-rsf-score", claimed(CONTROL, year="2020"))) == [("2022", "beside", 2)]
    assert (
        told(ask("media-control-rsf-score", claimed(CONTROL, year="2026")))
        == [
            ("2023", "beside", -3),
            ("2028", "beside", 2),
        ][1:]
    )
    rsf(y2020="20", y2024="20")
    assert told(ask("media-control-rsf-score", claimed(CONTROL))) == [("2019", "beside", -2), ("2023", "beside", 2)]


def test_a_rank_has_no_categories(ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2022="10")
    assert told(ask("media-control-rsf-rank", claimed(CONTROL))) == [("2021", "beside", 0)]


def test_a_claim_of_no_year_and_one_of_no_country_are_not_compared(ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2022="10")
    assert not ask("media-control-rsf-score", claimed(CONTROL, year=""))
    assert not ask(
        "media-control-rsf-score", claimed(r"e:m pol:controller id:government\/kazakhstan ; pol:controlled e:x")
    )
    open_month = date("XXXX-06")
    assert not ask("media-control-rsf-score", claimed(f"{CONTROL} ; {open_month}", year=""))
    assert told(ask("media-control-rsf-score", claimed(f"{CONTROL} ; {open_month}"))) == [("2021", "supports", 0)]


def test_the_date_of_the_claim_goes_before_that_of_its_text(ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2022="10", y2024="10")
    [one] = ask("media-control-rsf-score", claimed(f"{CONTROL} ; {date('2023', '2023-01-01', '2023-12-31')}"))
    assert told([one]) == [("2023", "supports", 0)]
    assert one.moment == f"{ID}claim/text/one#when"
    found = ask("media-control-rsf-score", claimed(f"{CONTROL} ; {date('2021/2023', '2021-01-01', '2023-12-31')}"))
    assert told(found) == [("2021", "supports", 0), ("2023", "supports", 0)]


def test_only_a_claim_of_most_or_more_is_disputed(ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2022="90")
    for extent, expected in (("most", "disputes"), ("all", "disputes"), ("some", "beside")):
        said = f'{CONTROL} ; pol:extent "{extent}"@en'
        assert relation(ask("media-control-rsf-score", claimed(said))) == expected, extent


@pytest.mark.parametrize("said", [
    r"e:m pol:controller id:party\/harbour ; pol:controlled id:sector\/tv",
    r"e:m pol:controller id:government\/kazakhstan ; pol:controlled id:outlet\/daily",
    rf"{CONTROL}, id:outlet\/daily",
])  # fmt: skip
def test_what_a_band_says_nothing_of_stands_beside(said: str, ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2022="10")
    assert relation(ask("media-control-rsf-score", claimed(said))) == "beside"


def test_a_ruling_party_is_as_a_government(ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2022="10")
    said = r"e:m pol:controller id:party\/nur-otan ; pol:controlled id:sector\/tv"
    assert relation(ask("media-control-rsf-score", claimed(said))) == "supports"


@pytest.mark.parametrize("modality", ["asserted", "reported", "believed"])
def test_what_is_held_is_compared(modality: str, ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2022="10")
    assert relation(ask("media-control-rsf-score", claimed(CONTROL, modality))) == "supports"


@pytest.mark.parametrize("modality", ["predicted", "conditional", "doubted", "evaluated"])
def test_what_is_not_held_stands_beside(modality: str, ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2022="10")
    assert relation(ask("media-control-rsf-score", claimed(CONTROL, modality))) == "beside"


def test_a_claim_about_private_life_is_not_compared(ask: Ask, rsf: Callable[..., None]) -> None:
    rsf(y2022="10")
    assert not ask("media-control-rsf-score", claimed(CONTROL, more="claim:one pol:sensitive true ."))


# --- Freedom House ---


@pytest.mark.parametrize(
    ("score", "expected"), [("0", "supports"), ("1", "beside"), ("3", "beside"), ("4", "disputes")]
)
def test_only_the_ends_of_d1_say_something(
    score: str, expected: str, ask: Ask, freedom_house: Callable[..., None]
) -> None:
    freedom_house(f"2021 D1 {score}", "2020 D1 2")
    assert relation(ask("media-control-freedom-house", claimed(CONTROL))) == expected


def test_d1_of_another_year_stands_beside(ask: Ask, freedom_house: Callable[..., None]) -> None:
    freedom_house("2019 D1 0", "2018 D1 0", "2021 B1 0")
    assert told(ask("media-control-freedom-house", claimed(CONTROL))) == [("2019", "beside", -2)]


@pytest.mark.parametrize(
    "said", [r"e:m pol:bannedParty id:party\/harbour", r"e:m pol:party id:party\/harbour ; pol:role pol:opposition"]
)
def test_scores_of_a_country_stand_beside_what_is_said_of_one_party(
    said: str, ask: Ask, freedom_house: Callable[..., None]
) -> None:
    freedom_house("2021 B1 0", "2021 B2 0", "2020 B2 0")
    found = ask("parties-freedom-house", claimed(said))
    assert [one.indicator.rpartition("/")[2] for one in found] == ["B1", "B2"]
    assert told(found) == [("2021", "beside", 0)] * 2


RIGGED = r"e:m a pol:ElectionRigging ; pol:election e:poll . e:poll pol:country id:country\/kazakhstan"


@pytest.mark.parametrize(("score", "expected"), [("0", "supports"), ("2", "beside"), ("4", "disputes")])
def test_rigging_beside_a1(score: str, expected: str, ask: Ask, freedom_house: Callable[..., None]) -> None:
    freedom_house(f"2019 A1 {score}")
    held = claimed(f"{RIGGED} . e:m {date('2019', '2019-06-09', '2019-06-09')}", "believed")
    assert relation(ask("elections-freedom-house", held)) == expected


def test_rigging_of_an_election_of_no_stated_year_is_not_supported(
    ask: Ask, freedom_house: Callable[..., None]
) -> None:
    freedom_house("2021 A1 0")
    assert told(ask("elections-freedom-house", claimed(RIGGED))) == [("2021", "beside", 0)]


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
def test_government_support(code: str, ruling: str, opposition: str, ask: Ask, vparty: Callable[..., None]) -> None:
    vparty(f"2021 3748 80 {code}")
    for role, expected in (("ruling", ruling), ("opposition", opposition)):
        said = rf"e:m pol:party id:party\/nur-otan ; pol:role pol:{role}"
        assert relation(ask("parties-vparty", claimed(said))) == expected, role


def test_an_earlier_election_does_not_say_who_governs_now(ask: Ask, vparty: Callable[..., None]) -> None:
    vparty("2012 3748 81 0", "2016 3748 82 0")
    said = r"e:m pol:party id:party\/nur-otan ; pol:role pol:ruling"
    assert told(ask("parties-vparty", claimed(said))) == [("2016", "beside", -5)]


def test_a_missing_value_is_not_compared(ask: Ask, vparty: Callable[..., None]) -> None:
    vparty("2016 3748 82 -", "2012 3748 81 0")
    said = r"e:m pol:party id:party\/nur-otan ; pol:role pol:ruling"
    assert told(ask("parties-vparty", claimed(said))) == [("2012", "beside", -9)]


def test_a_banned_party_beside_its_votes(ask: Ask, vparty: Callable[..., None]) -> None:
    vparty("2016 3748 82 0", "2016 1 5 3")
    assert told(ask("bans-vparty", claimed(r"e:m pol:bannedParty id:party\/nur-otan"))) == [("2016", "beside", -5)]


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [("80", "85", "supports"), ("82", "82", "supports"), ("83", "90", "disputes"), ("70", "81", "disputes")],
)
def test_shares_of_votes(least: str, most: str, expected: str, ask: Ask, vparty: Callable[..., None]) -> None:
    vparty("2016 3748 82.2 0")
    result = rf"e:m pol:winner id:party\/nur-otan ; schema:minValue {least} ; schema:maxValue {most}"
    own = date("2016", "2016-03-20", "2016-03-20")
    assert relation(ask("elections-vparty", claimed(f"{result} ; {own}"))) == expected
    assert told(ask("elections-vparty", claimed(result))) == [("2016", "beside", -5)]


def test_the_strongest_party_where_no_party_is_said_to_have_won(ask: Ask, vparty: Callable[..., None]) -> None:
    vparty("2016 3748 41 0", "2016 1 41 3", "2016 2 18 3", "2012 3748 80 0")
    won = r"e:m pol:winner id:person\/one ; pol:election e:poll . e:poll pol:country id:country\/kazakhstan"
    found = ask("elections-vparty-strongest", claimed(won))
    assert told(found) == [("2016", "beside", -5)] * 2  # a tie
    by_party = won.replace(r"id:person\/one", r"id:party\/nur-otan")
    assert not ask("elections-vparty-strongest", claimed(by_party))


# --- offices ---

SEAT = f"{ID}post/popolo-kazakhstan-house-member"


@pytest.fixture
def house(settings: Settings, tmp_path: Path) -> str:
    """A parliament in which one person sat from 2012 to 2016; the person's IRI, as a local name."""
    body = '{"persons": [{"id": "p", "name": "Somebody"}], "organizations": [{"id": "house", "name": "The House"}]'
    dates = '"start_date": "2012-01-20", "end_date": "2016-01-20"'
    members = f'{body}, "memberships": [{{"person_id": "p", "organization_id": "house", {dates}}}]}}'
    imported("popolo", settings, made(tmp_path, "kazakhstan-house.json", members))
    return r"id:person\/popolo-kazakhstan-house-p"


def held(person: str, post: str, first: str, last: str) -> list[Quad]:
    beginning = f'pol:beginning e:from . e:from pol:earliest "{first}"^^xsd:date ; pol:latest "{first}"^^xsd:date'
    end = f'e:m pol:end e:to . e:to pol:earliest "{last}"^^xsd:date ; pol:latest "{last}"^^xsd:date'
    return claimed(f"e:m org:member {person} ; pol:post <{post}> ; {beginning} . {end}")


def test_a_membership_supports_what_it_holds_throughout(ask: Ask, house: str) -> None:
    assert relation(ask("offices-popolo", held(house, SEAT, "2013-01-01", "2014-01-01"))) == "supports"
    assert relation(ask("offices-popolo", held(house, SEAT, "2011-01-01", "2014-01-01"))) == "beside"
    [later] = ask("offices-popolo", held(house, SEAT, "2019-01-01", "2020-01-01"))
    assert (relation([later]), later.apart) == ("beside", -3)
    another = f"{ID}post/president-of-kazakhstan"
    assert relation(ask("offices-popolo", held(house, another, "2013-01-01", "2014-01-01"))) == "beside"
    assert not ask("offices-popolo", held(r"id:person\/else", SEAT, "2013-01-01", "2014-01-01"))
    undated = claimed(f"e:m org:member {house} ; pol:post <{SEAT}>", year="2014")
    assert relation(ask("offices-popolo", undated)) == "beside"


# --- the whole ---


def test_every_rule_asks_for_indicators_that_importers_write() -> None:
    known = {one.label for kind in ("rsf", "freedom-house", "vparty") for one in mapping(kind).indicators.values()}
    for name, rule in rules().items():
        asked = set(re.findall(r'"([^"\n]+, [^"\n]+)"@en', rule.text))
        assert asked <= known, name
        assert asked or name == "offices-popolo", name


def test_every_rule_says_why(settings: Settings) -> None:
    for name, rule in rules().items():
        assert rule.summary, name
        assert "https://" in rule.description, name  # whose method it is
        assert not rule.parameters, name


def test_the_premises_of_a_comparison_lead_to_the_claim_and_to_the_row(
    settings: Settings, rsf: Callable[..., None]
) -> None:
    rsf(y2022="10")
    quads = claimed(CONTROL)
    found = comparisons(quads, evidence(settings.evidence_folder))
    assert sorted(map(str, found)) == sorted(map(str, comparisons(quads, evidence(settings.evidence_folder))))
    said: dict[str, set[str]] = {}
    [record] = {
        str(quad.subject)[1:-1]
        for quad in found
        if str(quad.object) == f"<{RULES}media-control-rsf-score>" and "comparisons#" in str(quad.subject)
    }
    for quad in found:
        if str(quad.subject) == f"<{record}>":
            assert quad.graph_name.value == COMPARISONS_GRAPH  # type: ignore[union-attr]
            said.setdefault(quad.predicate.value.rpartition("#")[2], set()).add(
                str(quad.object).partition("^^")[0].partition("@")[0].strip('<>"')
            )
    claim, measurement = f"{ID}claim/text/one", f"{ID}measurement/rsf/2022/KAZ/score"
    assert said["wasDerivedFrom"] == {claim, measurement, f"{ID}day"}
    assert (said["subject"], said["object"]) == ({measurement}, {claim})
    assert said["rule"] == {f"{RULES}media-control-rsf-score"}
    assert (said["covers"], said["yearsApart"], said["category"]) == ({"2021"}, {"0"}, {"very serious"})


def test_nothing_is_compared_where_nothing_is_imported() -> None:
    assert comparisons(claimed(CONTROL), ()) == []
