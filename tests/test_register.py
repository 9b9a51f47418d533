"""Registers: what a claim says has marks, what it does not say has none; and anything is found by its name."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Store, parse

from graph.errors import SnapshotDamaged
from graph.segments import cutting
from graph.segments.content import Content
from graph.segments.lines import canonical
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots.changes import Change, changes, counts
from graph.snapshots.register import Entry, Register
from graph.snapshots.registering import registered
from ontology.base import rebased

PREFIXES = """
@base <https://w3id.org/samizdat/> .
@prefix pol: <https://w3id.org/samizdat/politics#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix np: <http://www.nanopub.org/nschema#> .
@prefix npx: <http://purl.org/nanopub/x/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def claim(
    slug: str, sentence: str = "It was so", held: str = "asserted", words: str = "it was so", pubinfo: str = "",
    provenance: str = "", says: str = "<#it> a pol:Protest", position: int = 1, created: str = "2026-11-22",
) -> str:  # fmt: skip
    """The four graphs of a claim, as TriG."""
    iri = f"id/claim/one/{slug}"
    return f"""
        GRAPH <{iri}#head> {{ <{iri}> a np:Nanopublication ; np:hasAssertion <{iri}#assertion> }}
        GRAPH <{iri}#assertion> {{ {says} }}
        GRAPH <{iri}#provenance> {{
            <{iri}> a pol:Claim ; pol:statedIn <id/editorial/one> ; pol:modality pol:{held} ;
                pol:attributedTo <id/editorial/one> ; schema:position {position} {provenance} .
            <{iri}#quote-text> oa:exact "{words}"@en . <{iri}#quote-position> oa:start 1 ; oa:end 9 }}
        GRAPH <{iri}#pubinfo> {{ <{iri}> rdfs:label "{sentence}"@en ; dcterms:created "{created}" {pubinfo} }}
    """


def thing(path: str, name: str, more: str = "") -> str:
    return f'GRAPH <graph/entities> {{ <id/{path}> a pol:PoliticalParty ; skos:prefLabel "{name}"@en {more} }}'


def quads(*parts: str) -> list[Quad]:
    return list(parse((rebased(PREFIXES) + "".join(parts)).encode(), format=RdfFormat.TRIG))


def made_of(content: bytes) -> bytes:
    return registered(Content.of(content))


def register(folder: Path, *parts: str) -> Register:
    path = folder / f"{len(list(folder.iterdir()))}.tsv"
    path.write_bytes(made_of(canonical(quads(*parts))))
    return Register(path)


def iri(path: str) -> str:
    return rebased(f"https://w3id.org/samizdat/id/{path}")


def told(found: Iterable[Change]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.how, change.entry.iri.rpartition("/")[2], change.aspects) for change in found]


def compared(folder: Path, before: Iterable[str], after: Iterable[str]) -> list[Change]:
    old, new = register(folder, *before), register(folder, *after)
    return changes(old.lines(), new.lines(), old.find)


def test_an_entry_tells_what_feeds_and_lists_say(tmp_path: Path) -> None:
    made = register(
        tmp_path,
        claim("a", r"\"Так\" it was\\", "believed", "one, two", provenance="; pol:sensitive true"),
        thing("party/progress", "Progress", '; skos:altLabel "P"@en'),
    )
    found = made.find(iri("claim/one/a"))
    assert found
    assert found.quotes == ("one, two",)
    assert (found.kind, found.label, found.modality) == ("claim", '"Так" it was\\', "believed")
    assert (found.by, found.editorial, found.private) == ((iri("editorial/one"),), iri("editorial/one"), True)
    party = made.find(iri("party/progress"))
    assert party
    assert (party.kind, party.label, set(party.marks)) == ("party", "Progress", {"kind", "names"})


def test_every_entry_is_found_by_its_name_and_nothing_else(tmp_path: Path) -> None:
    slugs = ["a", "a-2", "ab", "b", "c" * 300, "zz"]
    made = register(tmp_path, *(claim(slug) for slug in slugs), thing("party/p", "P"))
    listed = [name.decode() for name, _ in made.lines()]
    assert listed == sorted(listed, key=str.encode)
    assert len(listed) == len(slugs) + 1
    for name in listed:
        found = made.find(name)
        assert found
        assert found.iri == name
    for other in ("", "a", iri(""), iri("claim/one/a-"), iri("claim/one/a-22"), "zzz", listed[3] + "x", listed[3][:-1]):
        assert made.find(other) is None


def test_a_register_of_another_release_or_none_is_not_current(tmp_path: Path) -> None:
    assert not Register(tmp_path / "none").is_current
    empty = register(tmp_path)
    assert empty.is_current
    assert list(empty.lines()) == []
    assert empty.find(iri("x")) is None
    for text in (b"", b"#\t{}\n", b'#\t{"ids": "x", "layout": 0}\n', b"rubbish"):
        empty.path.write_bytes(text)
        assert not empty.is_current


@pytest.mark.parametrize(
    ("new", "aspects"),
    [
        (claim("a", sentence="Otherwise"), ("sentence",)),
        (claim("a", held="believed"), ("modality",)),
        (claim("a", words="it was not so"), ("words",)),
        (claim("a", says="<#it> a pol:Detention"), ("assertion",)),
        (claim("a", provenance="; pol:attributedTo <id/person/asya>"), ("attribution",)),
        (claim("a", provenance="; pol:inTensionWith <id/claim/one/b>"), ("relations",)),
        (claim("a", provenance="; pol:sensitive true"), ("privacy",)),
        (claim("a", held="believed", words="so"), ("words", "modality")),
        (claim("a", position=7), ()),
        (claim("a", created="2027-01-01"), ()),
        (claim("a", pubinfo="; dcterms:conformsTo <politics/0.2>"), ()),
    ],
)
def test_what_a_claim_says_counts_and_what_is_said_of_its_file_does_not(
    tmp_path: Path, new: str, aspects: tuple[str, ...]
) -> None:
    found = compared(tmp_path, [claim("a"), claim("b")], [claim("b"), new])
    assert told(found) == ([("corrected", "a", aspects)] if aspects else [])


def test_added_and_removed_and_things(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        [claim("a"), claim("b"), thing("party/p", "P"), thing("party/q", "Q")],
        [claim("b"), claim("c"), thing("party/p", "Пэ"), thing("party/r", "R", "; skos:hiddenLabel 'Rr'")],
    )
    assert told(found) == [
        ("removed", "a", ()),
        ("added", "c", ()),
        ("corrected", "p", ("names",)),
        ("removed", "q", ()),
        ("added", "r", ()),
    ]
    assert counts(found) == {"added": 2, "corrected": 1, "removed": 2}


@pytest.mark.parametrize("link", ["prov:wasRevisionOf", "npx:supersedes"])
@pytest.mark.parametrize("stays", [True, False])
def test_a_claim_that_revises_another_corrects_it(tmp_path: Path, link: str, stays: bool) -> None:
    new = claim("b", "Better", pubinfo=f"; {link} <id/claim/one/a>")
    (found,) = compared(tmp_path, [claim("a")], [new, claim("a")] if stays else [new])
    assert (found.how, found.cause) == ("corrected", iri("claim/one/b"))
    assert found.before
    assert found.before.iri == iri("claim/one/a")
    assert found.entry.label == "Better"
    assert "sentence" in found.aspects


@pytest.mark.parametrize("stays", [True, False])
def test_a_claim_that_retracts_another(tmp_path: Path, stays: bool) -> None:
    new = claim("b", says="<id/claim/one/b> npx:retracts <id/claim/one/a>")
    found = compared(tmp_path, [claim("a", "Wrong")], [new, claim("a", "Wrong")] if stays else [new])
    assert told(found) == [("retracted", "a", ()), ("added", "b", ())]
    assert found[0].cause == iri("claim/one/b")
    assert found[0].entry.label == "Wrong"
    again = register(tmp_path, new, claim("a", "Wrong")), register(tmp_path, new, claim("a", "Wrong"), claim("c"))
    assert told(changes(again[0].lines(), again[1].lines(), again[0].find)) == [("added", "c", ())]


def test_an_object_of_the_default_graph_is_no_graph(tmp_path: Path) -> None:
    made = register(tmp_path, "<id/claim/one/a> np:hasAssertion <id/claim/one/a#assertion> .")
    assert list(made.lines()) == []


def test_what_is_written_is_read_again() -> None:
    one = Entry("x", "claim", "l", {"words": "1"}, "believed", "e", ("b",), ("q",), True, ("r",), ("t",))
    assert Entry.of(one.to_json()) == one
    assert one.withheld().to_json().keys().isdisjoint({"label", "by", "quotes"})


def test_the_seed_has_every_claim_and_thing(seed_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "seed.tsv"
    path.write_bytes(made_of(canonical(seed_store)))
    rows = [
        set(map(str, (row[0].value for row in seed_store.query(rebased(text)))))  # type: ignore[union-attr]
        for text in (
            "SELECT ?c { ?c a <https://w3id.org/samizdat/politics#Claim> }",
            """SELECT DISTINCT ?s { GRAPH <https://w3id.org/samizdat/graph/entities> { ?s ?p ?o }
            FILTER(STRSTARTS(STR(?s), "https://w3id.org/samizdat/id/") && !CONTAINS(STR(?s), "#")) }""",
        )
    ]
    made = Register(path)
    entries = [found for name, _ in made.lines() if (found := made.find(name.decode()))]
    assert {found.iri for found in entries} == rows[0] | rows[1]
    assert all(found.label for found in entries)
    claims = [found for found in entries if found.kind == "claim"]
    assert all(found.quotes and found.by and found.editorial and found.modality for found in claims)
    assert {found.iri for found in entries if found.kind == "claim"} == rows[0]


MIXED = (
    claim("a", says="<id/person/p> a pol:Protest"),
    claim("b", says="<id/claim/two/x> npx:retracts <id/claim/one/a>"),
    claim("c", says="<id/claim/one/c> npx:retracts <id/claim/two/a>"),
    *(claim(slug).replace("/one", "/two") for slug in ("a", "b")),
    *(claim(slug).replace("/one", "/one-more") for slug in ("a", "b")),
    *(thing(f"party/{slug}", slug, f"; pol:has <id/party/{slug}#part>") for slug in ("a", "a-b", "a-b-c", "b")),
    *(
        f'GRAPH <graph/entities> {{ <id/party/{slug}#part> skos:prefLabel "part" ; pol:of "{slug}" }}'
        for slug in ("a", "a-b", "c")
    ),
    "GRAPH <graph/entities> { <id> a pol:Thing . <id/claim> a pol:Thing . <id/claim#x> a pol:Thing }",
    'GRAPH <graph/entities> { <id/claim/one/c> skos:prefLabel "a thing too" . <id/claim/one/c#x> a pol:Protest }',
)
"""Graphs of claims in which others are spoken of, claims taken back from elsewhere, parts apart from their things."""


@pytest.mark.parametrize("roots", [1, 2, 3])
def test_segments_have_together_the_register_of_the_whole(
    roots: int, seed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for content in (canonical(seed_store), canonical(quads(*MIXED))):
        monkeypatch.setattr(cutting, "ROOTS", dict.fromkeys(cutting.Place, 1 << 40))
        whole = made_of(content)
        monkeypatch.setattr(cutting, "ROOTS", dict.fromkeys(cutting.Place, roots))
        assert len(Content.of(content).segments) > 9 // roots
        assert made_of(content) == whole


def test_what_is_told_of_a_claim_and_of_a_thing_that_lie_in_several_segments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "ROOTS", dict.fromkeys(cutting.Place, 1))
    found = register(tmp_path, *MIXED)
    listed = [name.decode().removeprefix(iri("")) for name, _ in found.lines()]
    claims = ["one-more/a", "one-more/b", "one/b", "one/c", "two/b"]
    parties = ["a", "a-b", "a-b-c", "b", "c"]
    expected = [*(f"claim/{name}" for name in claims), *(f"party/{name}" for name in parties)]
    assert listed == ["claim", *expected]
    entries = {path: found.find(iri(path)) for path in listed}
    assert [one and one.label for one in entries.values()][6:] == ["a", "a-b", "a-b-c", "b", ""]
    assert (entries["claim/one/c"] or Entry("", "")).label == "a thing too"


def test_what_a_claim_says_of_a_thing_counts_where_that_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "ROOTS", dict.fromkeys(cutting.Place, 1))
    old, new = (claim("a", says=f"<id/person/p> a pol:{kind}") for kind in ("Protest", "Detention"))
    assert told(compared(tmp_path, [old], [new])) == [("corrected", "a", ("assertion",))]


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "snapshots")


def renewed(snapshot: Snapshot, content: bytes | None) -> None:
    """Put another register into a sealed snapshot, or none."""
    snapshot.path.chmod(0o755)
    snapshot.register.path.chmod(0o644)
    snapshot.register.path.unlink()
    if content is not None:
        snapshot.register.path.write_bytes(content)


def test_a_snapshot_has_one_and_notices_another(snapshots: Snapshots) -> None:
    made = snapshots.publish(quads(claim("a")), {})
    assert made.register.find(iri("claim/one/a"))
    made.verify()
    renewed(made, made.register.path.read_bytes().replace(b"It was so", b"It was not"))
    with pytest.raises(SnapshotDamaged, match=r"register\.tsv"):
        made.verify()


def test_snapshots_of_an_earlier_release_get_theirs_when_something_is_published(snapshots: Snapshots) -> None:
    old, other = (snapshots.publish(quads(claim(slug)), {}) for slug in "ab")
    kept = old.register.path.read_bytes()
    for one in (old, other):
        renewed(one, None)
    new = snapshots.publish(quads(claim("c")), {})
    assert all(one.register.is_current for one in (old, other, new))
    assert old.register.path.read_bytes() == kept
    old.verify()


@pytest.mark.parametrize("link", ["pol:fulfils", "pol:belies"])
def test_an_outcome_that_is_named_later_is_a_correction_of_how_claims_are_related(tmp_path: Path, link: str) -> None:
    after = claim("b", provenance=f"; {link} <id/claim/one/a>")
    assert told(compared(tmp_path, [claim("a"), claim("b")], [claim("a"), after])) == [
        ("corrected", "b", ("relations",))
    ]
