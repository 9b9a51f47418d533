"""Dumps of a content in segments: wherever it is cut and whatever is kept, they say the same, and cost what changed."""

import csv
import gzip
import io
import json
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from evidence_fixtures import publish
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib import RDF, RDFS, SDO

from graph.forms.claims_table import COLUMNS, guarded, rows
from graph.iris import ID
from graph.segments import cutting, packing
from graph.segments.content import Content, Load, Make
from graph.segments.cutting import Place
from graph.segments.lines import canonical, sorted_lines
from graph.snapshots.copying import is_imported
from graph.snapshots.dumping import write
from ontology.terms import POL

EX = "http://example.org/"
PACKED = ("data.trig.gz", "data.jsonld.gz", "own.nq.gz")


@pytest.fixture(scope="module")
def lines(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What the seed says, with imported data sets."""
    return publish(seed_store, tmp_path_factory.mktemp("imported")).content()


def dumps(content: Content) -> dict[str, bytes]:
    """What is written of it, by name; what is packed comes unpacked too, without the last part of its name."""
    with tempfile.TemporaryDirectory() as folder:
        packing.write(Path(folder) / "data.nq.gz", content.each(packing.packed))
        write(content, Path(folder) / "dumps")
        found = {path.name: path.read_bytes() for path in (Path(folder) / "dumps").iterdir()}
    return found | {name.removesuffix(".gz"): gzip.decompress(found[name]) for name in PACKED if name in found}


def cut(lines: bytes, roots: int, monkeypatch: pytest.MonkeyPatch) -> Content:
    """The content in segments of so many roots, about."""
    monkeypatch.setattr(cutting, "ROOTS", dict.fromkeys(Place, roots))
    return Content.of(lines)


def read(document: bytes, format_: RdfFormat) -> bytes:
    """The same as sorted lines."""
    store = Store()
    store.bulk_extend(parse(document, format_))
    return sorted_lines(store)


@pytest.mark.parametrize("roots", [1, 3, 1_000_000])
def test_wherever_it_is_cut_all_is_said(roots: int, lines: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = dumps(Content.of(lines))
    found = dumps(cut(lines, roots, monkeypatch))
    assert len(expected["claims.csv"].splitlines()) > 20
    assert len(expected["things-1.txt"].splitlines()) > 20
    for name in ("claims.csv", "things-1.txt", "own.nq"):
        assert found[name] == expected[name], name
    assert read(found["data.trig"], RdfFormat.TRIG) == read(found["data.jsonld"], RdfFormat.JSON_LD) == lines
    assert found["own.nq"].splitlines() == [line for line in lines.splitlines() if not is_imported(line + b"\n")]


def test_json_ld_is_one_array(lines: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    content = cut(lines, 20, monkeypatch)
    assert len(content.segments) > 10
    assert len(json.loads(dumps(content)["data.jsonld"])) > 100


def test_of_nothing_there_are_empty_documents() -> None:
    found = dumps(Content.of(b""))
    assert json.loads(found["data.jsonld"]) == []
    assert read(found["data.trig"], RdfFormat.TRIG) == b""
    assert found["claims.csv"].decode() == ",".join(COLUMNS) + "\r\n"
    assert "things-1.txt" not in found


class Remembering:
    """Keeps what is made, as other processes would give it back; ``made`` says of what something was made."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, bytes], bytes] = {}
        self.made: list[tuple[str, bytes]] = []

    def each(self, make: Make[Any], ids: str, lines: Sequence[tuple[bytes, Load]]) -> Iterator[Any]:
        for key, load in lines:
            if (make.__name__, key) not in self._held:
                self.made.append((make.__name__, key))
                self._held[make.__name__, key] = pickle.dumps(make(load(), ids))
            yield pickle.loads(self._held[make.__name__, key])


def test_what_is_kept_gives_the_same_and_only_what_changed_is_made(
    lines: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Remembering()
    first = Content(cut(lines, 20, monkeypatch).segments, kept)
    assert dumps(first) == dumps(Content.of(lines))
    kept.made.clear()
    changed = b"".join(sorted(lines.replace(b'Nur Otan"@en', b'Nur Otan!"@en').splitlines(keepends=True)))
    assert changed != lines
    second = Content(Content.of(changed).segments, kept)
    assert dumps(second) == dumps(Content.of(changed)) != dumps(first)
    others = {one.key for one in second.segments} - {one.key for one in first.segments}
    assert 0 < len(others) < len(second.segments) / 2
    assert {key for name, key in kept.made if name == "forms"} == others


SLUGS = st.sampled_from(["a", "a-b", "b"])
EDITORIALS = SLUGS.map(lambda slug: NamedNode(f"{ID}editorial/{slug}"))
CLAIMS = st.builds("{}claim/{}/{}".format, st.just(ID), SLUGS, SLUGS).map(NamedNode)
PERSONS = st.builds("{}person/{}{}".format, st.just(ID), SLUGS, st.sampled_from(["", "#x", "/é"])).map(NamedNode)
GRAPHS = st.just(DefaultGraph()) | CLAIMS
WORDS = st.sampled_from(["1", "2", "10", "-3", "x", "=1", "two\r\nlines", " <é> ."]).map(Literal)
TYPE, LABEL, POSITION = (NamedNode(str(term)) for term in (RDF.type, RDFS.label, SDO.position))
SENSITIVE, STATED_IN, CLAIM = (NamedNode(str(term)) for term in (POL.sensitive, POL.statedIn, POL.Claim))


def claimed(claim: NamedNode, editorial: NamedNode, position: Literal) -> list[Quad]:
    said = ((TYPE, CLAIM), (STATED_IN, editorial), (POSITION, position))
    return [Quad(claim, property_, value, DefaultGraph()) for property_, value in said]


QUADS = st.builds(
    lambda claims, persons, others: [*chain.from_iterable(claims), *persons, *others],
    st.lists(st.builds(claimed, CLAIMS, EDITORIALS, WORDS), max_size=5),
    st.lists(st.builds(Quad, PERSONS, st.just(TYPE), EDITORIALS, st.just(DefaultGraph())), max_size=5),
    st.lists(
        st.builds(Quad, CLAIMS | PERSONS, st.sampled_from([TYPE, STATED_IN, SENSITIVE]), EDITORIALS, GRAPHS)
        | st.builds(Quad, EDITORIALS | CLAIMS, st.sampled_from([LABEL, POSITION]), WORDS, GRAPHS)
        | st.builds(Quad, PERSONS | st.just(BlankNode("b")), st.just(LABEL), st.just(BlankNode("b")), GRAPHS),
        max_size=10,
    ),
)


@settings(max_examples=60, deadline=None)
@given(QUADS, st.sampled_from([1, 2, 1000]))
def test_whatever_is_said_the_parts_say_what_the_whole_does(quads: list[Quad], roots: int) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        found = dumps(cut(canonical(quads), roots, monkeypatch))
    store = Store()
    store.extend(quads)
    assert found["claims.csv"].decode() == table(store)
    assert found.get("things-1.txt", b"").decode().splitlines() == named(quads)
    assert read(found["data.trig"], RdfFormat.TRIG) == read(found["data.jsonld"], RdfFormat.JSON_LD) == canonical(quads)


def table(store: Store) -> str:
    known = store.quads_for_pattern(None, None, None, DefaultGraph())
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COLUMNS, *(map(guarded, row) for _, row in rows(known))])
    return text.getvalue()


def named(quads: list[Quad]) -> list[str]:
    """What has a page and is not private."""
    said: dict[NamedNode, set[str]] = {TYPE: set(), SENSITIVE: set()}
    for subject, property_, _, where in quads:
        if isinstance(subject, NamedNode) and property_ in said and where == DefaultGraph():
            said[property_].add(subject.value)
    return sorted(iri.removeprefix(ID) for iri in said[TYPE] - said[SENSITIVE] if iri.startswith(ID) and "#" not in iri)
