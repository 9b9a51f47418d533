"""The saved questions asked with other values, of data with something added, and by another engine."""

import pytest
from pyoxigraph import Literal as Text
from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, Store
from rdflib import XSD, Dataset, Literal
from rdflib.query import ResultRow
from update_golden import answer

from ontology.base import BASE
from ontology.terms import POL
from queries import questions

CLAIMS = f"{BASE}id/claim/2021-01-progress-kazakhstan/"
SHORTENED = (CLAIMS, f"{BASE}id/", f"{BASE}politics#")
CHILDREN = "zholboldina-children"
PUBLIC_ACTS = {
    *("campaign-platforms", "control-of-medium", "derived-classes", "derived-media-control", "detentions"),
    *("election-results", "elections-rigged-believed", "goals", "in-office-on", "legal-reforms", "media-control"),
    *("party-bans", "party-founders", "party-ideologies", "party-states", "protests", "ruling-and-opposition"),
    *("registration-threshold-and-goal", "tenures-without-beginning", "what-rests-on-claim", "who-held-office"),
    *("who-succeeded-whom", "why-derived"),
}
"""Questions about public acts only, which nobody's private life can enter."""


def rows(store: Store, name: str, columns: str, **values: str) -> list[tuple[str, ...]]:
    """The columns asked for of each row, IRIs without what they have in common, unbound as ``-``."""
    found = store.query(questions()[name].fill(values))
    assert isinstance(found, QuerySolutions)
    return [tuple(short(row[column]) for column in columns.split()) for row in found]


def short(term: object) -> str:
    text = str(getattr(term, "value", "-"))
    return next((text.removeprefix(start) for start in SHORTENED if text.startswith(start)), text)


def told(store: Store, name: str, column: str, **values: str) -> list[str]:
    """One column without repetitions, in the order of the rows."""
    return list(dict.fromkeys(value for (value,) in rows(store, name, column, **values)))


CASES: list[tuple[str, dict[str, str], str, list[str]]] = [
    ("said-of-person", {"person": "id/person/gennady-kolbin"}, "claim", ["nazarbayev-first-secretary"]),
    ("said-of-party", {"party": "id/party/ruling-party-in-2021-01-progress-kazakhstan"}, "claim",
     ["ruling-party-media-control", "force-against-opponents"]),
    ("said-of-party", {"party": f"{BASE}id/party/nur-otan"}, "claim",
     ["nur-otan-ruling", "nur-otan-faced-other-opposition"]),
    ("claims-attributed-to", {"agent": "id/group/officials-of-kazakhstan"}, "claim", ["officials-support-opposition"]),
    ("claims-attributed-to", {"agent": "id/group/many-in-2021-01-progress-kazakhstan"}, "modality", ["believed"]),
    ("attribution-chains", {"editorial": "id/editorial/another"}, "sentence", []),
    ("party-states", {"party": "id/party/democratic-choice-party"}, "stated", ["not stated"]),
    ("party-founders", {"party": "id/party/nur-otan"}, "founder", []),
    ("party-bans", {"country": "id/country/united-states"}, "party", []),
    ("ruling-and-opposition", {"country": "id/country/united-states"}, "party", []),
    ("media-control", {"country": "id/country/united-states"}, "claim", []),
    ("control-of-medium", {"medium": "politics#print"}, "controlledLabel",
     ["print media of Kazakhstan", "media of Kazakhstan"]),
    ("control-of-medium", {"medium": "politics#radio"}, "controlledLabel", ["media of Kazakhstan"]),
    ("registration-threshold-and-goal", {"party": "id/party/nur-otan"}, "kind", []),
    ("campaign-platforms", {"party": "id/party/nur-otan"}, "platform", []),
    ("predictions", {"thing": "id/country/kazakhstan"}, "claim", []),
    ("predictions", {"thing": "id/person/asya-tulesova"}, "claim",
     ["message-will-struggle", "campaign-dangerous", "success-unlikely"]),
    ("claims-of-modality", {"modality": "politics#believed"}, "claim", ["elections-rigged"]),
    ("claims-of-modality", {"modality": "politics#doubted"}, "claim", ["reforms-for-show"]),
    ("claims-of-modality", {"modality": "politics#conditional"}, "claim", ["turning-point"]),
    ("in-office-on", {"day": "1985-03-01"}, "what", []),
    ("in-office-on", {"day": "1989-06-01"}, "certainty", ["not excluded"]),
    ("in-office-on", {"day": "1990-01-01"}, "certainty", ["certain", "not excluded"]),
    ("in-office-on", {"day": "2019-06-30"}, "certainty", ["not excluded"]),
    ("in-office-on", {"day": "2020-01-01"}, "what", ["First Secretary of the Communist Party of the Kazakh SSR"]),
    ("timeline", {"from": "2020-01-01", "until": "2020-12-31"}, "date", ["2020-12-18", "XXXX-06"]),
    ("timeline", {"until": "1990-12-31"}, "date", ["1989", "XXXX-06"]),
    ("timeline", {"from": "1991-07-01", "until": "1991-07-01"}, "claim", ["independence", "goal-thousand-signatures"]),
    ("quotes-with-word", {"word": "EXTREMIST"}, "claim", ["democratic-choice-party-banned"]),
    ("quotes-with-word", {"word": "young children"}, "claim", []),
    ("quotes-with-word", {"word": '") } #'}, "claim", []),
    ("spellings", {"thing": "id/country/kazakhstan"}, "name", ["Kazakhstan", "Қазақстан", "Казахстан"]),
    ("what-rests-on-claim", {"claim": "id/claim/2021-01-progress-kazakhstan/nur-otan-ruling"}, "statement",
     ["Nur Otan is a ruling party", "political alignment - role - ruling", "political alignment is a role"]),
    ("what-rests-on-claim", {"claim": "id/claim/2021-01-progress-kazakhstan/elections-rigged"}, "statement", []),
    ("why-derived", {"thing": "id/person/asya-tulesova"}, "claim", ["-", "tulesova-detained"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "column", "expected"), CASES)
def test_other_values_have_other_answers(
    name: str, values: dict[str, str], column: str, expected: list[str], seed_store: Store
) -> None:
    assert sorted(told(seed_store, name, column, **values)) == sorted(expected)


def test_nobody_asserts_what_many_believe(seed_store: Store) -> None:
    assert answer(seed_store, questions()["elections-rigged-asserted"].fill({})) == "false\n"
    [(believer, claim)] = rows(seed_store, "elections-rigged-believed", "believerLabel claim")
    assert (believer, claim) == ("many (people not named)", "elections-rigged")
    belief = answer(seed_store, questions()["claim-as-graph"].fill({"claim": f"{CLAIMS}elections-rigged"}))
    assert str(POL.ElectionRigging) in belief
    assert not any(seed_store.query(f"ASK {{ {line[:-2]} }}") for line in belief.splitlines())


def test_what_is_asserted_is_found_in_the_default_graph(seed_store: Store) -> None:
    more = "<event/rigging> a pol:ElectionRigging ; pol:election <event/elections-won-by-nazarbayev-and-tokayev>"
    asserted = questions()["elections-rigged-asserted"]
    assert answer(with_more(seed_store, more), asserted.fill({})) == "true\n"
    assert answer(with_more(seed_store, more), asserted.fill({"country": "id/country/united-states"})) == "false\n"


# --- what is added is found ---


def with_more(store: Store, triples: str, claim: str = "") -> Store:
    """A copy of the store, with triples added to the default graph, and to the assertion of a claim."""
    copy = Store()
    copy.bulk_extend(store)
    graph_too = f"GRAPH <{CLAIMS}{claim}#assertion> {{ {triples} }}" if claim else ""
    copy.update(f"PREFIX pol: <{POL}> BASE <{BASE}id/> INSERT DATA {{ {triples} . {graph_too} }}")
    return copy


def test_an_authority_that_is_stated_is_shown(seed_store: Store) -> None:
    ban = "democratic-choice-party-banned"
    assert rows(seed_store, "party-bans", "authority date") == [("not stated", "not stated")]
    more = f"<{CLAIMS}{ban}#partyBan> pol:banningAuthority <government/kazakhstan> ; pol:date <{CLAIMS}{ban}#date> ."
    store = with_more(seed_store, f'{more} <{CLAIMS}{ban}#date> pol:edtf "2005"', ban)
    assert rows(store, "party-bans", "authority date") == [("Government of Kazakhstan", "2005")]
    assert (ban,) in rows(seed_store, "not-stated", "claim")
    assert (ban,) not in rows(store, "not-stated", "claim")


def test_a_party_that_is_registered_is_shown_so(seed_store: Store) -> None:
    assert rows(seed_store, "party-states", "stateLabel stated")[-1] == ("registered", "not stated")
    more = "<event/registration> pol:party <party/progress> ; pol:status pol:registered"
    store = with_more(seed_store, more, "registration-threshold")
    assert rows(store, "party-states", "stateLabel claim")[-1] == ("registered", "registration-threshold")


def test_who_detained_is_shown_where_stated(seed_store: Store) -> None:
    more = f"<{CLAIMS}tulesova-detained#detention> pol:agent <government/kazakhstan>"
    store = with_more(seed_store, more, "tulesova-detained")
    assert told(seed_store, "detentions", "by") == ["not stated"]
    assert told(store, "detentions", "by") == ["Government of Kazakhstan"]


def test_tension_said_of_one_side_shows_on_both(seed_store: Store) -> None:
    store = with_more(seed_store, f"<{CLAIMS}nur-otan-ruling> pol:inTensionWith <{CLAIMS}abysmal-record>")
    assert ("nur-otan-ruling", "abysmal-record") in rows(store, "claims-in-tension", "claim otherClaim")


# --- private life ---


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("said-of-person", {"person": "id/person/aliya-zholboldina"}),
        ("claims-attributed-to", {"agent": "id/editorial/2021-01-progress-kazakhstan"}),
        ("editorial-in-order", {}),
    ],
)
def test_private_life_is_told_only_if_asked_for(name: str, values: dict[str, str], seed_store: Store) -> None:
    assert CHILDREN not in told(seed_store, name, "claim", **values)
    assert CHILDREN in told(seed_store, name, "claim", **values, sensitive="yes")


@pytest.fixture(scope="module")
def private_store(seed_store: Store) -> Store:
    """The data as if every claim were about somebody's private life."""
    copy = Store()
    copy.bulk_extend(seed_store)
    copy.update(f"INSERT {{ ?claim <{POL.sensitive}> true }} WHERE {{ ?claim a <{POL.Claim}> }}")
    return copy


@pytest.mark.parametrize("name", sorted(questions().keys() - PUBLIC_ACTS))
def test_a_list_of_claims_leaves_out_what_is_private(name: str, private_store: Store) -> None:
    found = private_store.query(questions()[name].fill({}))
    if isinstance(found, QuerySolutions) and "claim" in [variable.value for variable in found.variables]:
        assert [row["claim"] for row in found if row["claim"]] == []


# --- another engine ---


@pytest.fixture(scope="module")
def another_engine(seed_store: Store) -> Dataset:
    """The same data in rdflib, whose default graph is kept apart from the named ones as well."""
    dataset = Dataset(default_union=False)
    dataset.parse(data=seed_store.dump(format=RdfFormat.N_QUADS) or b"", format="nquads")
    return dataset


@pytest.mark.filterwarnings("ignore:Dataset.* is deprecated")  # rdflib warns of its own code
@pytest.mark.parametrize("name", sorted(questions()))
def test_another_engine_gives_the_same_answer(name: str, seed_store: Store, another_engine: Dataset) -> None:
    query = questions()[name].fill({})
    ours, theirs = answer_of(seed_store, query), another_engine.query(query)
    if isinstance(ours, tuple):
        columns, rows_here = ours
        rows_there = [row.asdict() for row in theirs if isinstance(row, ResultRow)]
        assert [[same(row.get(column)) for column in columns] for row in rows_there] == rows_here
    elif isinstance(ours, bool):
        assert theirs.askAnswer == ours
    else:
        assert len(list(theirs)) == ours


def answer_of(store: Store, query: str) -> tuple[list[str], list[list[tuple[str, str] | None]]] | bool | int:
    """Columns and rows, a truth, or the number of triples.

    Nothing of the engine's own is left: the frames of the test are ended by the garbage collector, in any thread.
    """
    found = store.query(query)
    if isinstance(found, QuerySolutions):
        columns = [variable.value for variable in found.variables]
        return columns, [[same(row[column]) for column in columns] for row in found]
    return bool(found) if isinstance(found, QueryBoolean) else len(list(found))


def same(term: object) -> tuple[str, str] | None:
    """A term in a form that both libraries share: its text, and its language or datatype."""
    if isinstance(term, Text | Literal):
        datatype = str(getattr(term.datatype, "value", term.datatype) or "").removesuffix(f"{XSD}string")
        text = term.value if isinstance(term, Text) else str(term)
        return text, term.language or datatype
    return None if term is None else (str(getattr(term, "value", term)), "iri")
