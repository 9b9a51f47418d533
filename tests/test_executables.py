"""The saved questions in the graph itself: whole, valid by SHACL's own words and the SIB's, and found by a query."""

from itertools import chain

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse
from pyshacl import validate
from rdflib import RDF, SDO, SH, Graph, Literal, URIRef
from server_fixtures import CATALOGUE, FakeEngine, make_client

from graph.engine.tokens import form
from graph.executables import DESCRIBE, ENDPOINT, FORMS, QUESTIONS, quads, triples
from graph.iris import QUERIES_GRAPH
from queries import Parameter, StoredQuery, questions

SHAPES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix spex: <https://purl.expasy.org/sparql-examples/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] sh:targetClass sh:SPARQLExecutable ;
  sh:property [ sh:path [ sh:alternativePath ( sh:select sh:ask sh:construct spex:describe ) ] ;
    sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ] ,
  [ sh:path rdfs:comment ; sh:minCount 1 ; sh:datatype rdf:langString ; sh:uniqueLang true ] ,
  [ sh:path schema:target ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
  [ sh:path schema:keywords ; sh:minCount 1 ; sh:datatype xsd:string ] ,
  [ sh:path ( sh:prefixes sh:declare ) ; sh:minCount 1 ;
    sh:node [ sh:property [ sh:path sh:prefix ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ,
      [ sh:path sh:namespace ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:anyURI ] ] ] .
[] sh:targetClass sh:Parameter ;
  sh:property [ sh:path sh:path ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
  [ sh:path [ sh:alternativePath ( sh:datatype sh:nodeKind ) ] ; sh:minCount 1 ; sh:maxCount 1 ] ,
  [ sh:path sh:defaultValue ; sh:minCount 1 ; sh:maxCount 1 ] .
"""


@pytest.fixture(scope="module")
def described() -> Graph:
    found = Graph()
    found.parse(data="".join(f"{triple} .\n" for triple in triples(questions())), format="nt")
    return found


def test_the_shapes_of_the_convention_hold(described: Graph) -> None:
    conforms, _, report = validate(described, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))
    assert conforms, report


def test_every_question_is_there_with_the_text_that_is_asked(described: Graph) -> None:
    found = {str(subject) for subject in described.subjects(RDF.type, SH.SPARQLExecutable)}
    assert found == {QUESTIONS + name for name in questions()}
    for name, question in questions().items():
        property_ = {"SELECT": SH.select, "ASK": SH.ask, "CONSTRUCT": SH.construct}[form(question.text) or ""]
        assert list(described.objects(URIRef(QUESTIONS + name), property_)) == [Literal(question.fill({}))]


def test_the_prefixes_are_those_that_the_questions_declare(described: Graph) -> None:
    declared = {
        str(described.value(one, SH.prefix)): str(described.value(one, SH.namespace))
        for one in described.objects(URIRef(f"{QUERIES_GRAPH}#prefixes"), SH.declare)
    }
    lines = chain.from_iterable(question.text.splitlines() for question in questions().values())
    written = {tuple(line.split()[1:3]) for line in lines if line.startswith("PREFIX")}
    assert {(f"{prefix}:", f"<{space}>") for prefix, space in declared.items()} == written


def test_a_parameter_is_told_with_its_default(described: Graph) -> None:
    said = {
        (str(subject), str(described.value(parameter, SH.name))): described.value(parameter, SH.defaultValue)
        for subject, parameter in described.subject_objects(SH.parameter)
    }
    expected = {
        (QUESTIONS + name, one.name): one.term(one.default) for name, q in questions().items() for one in q.parameters
    }
    assert {key: value.n3() for key, value in said.items() if value is not None}.keys() == expected.keys()
    assert len(expected) > 10
    for key, value in said.items():
        assert isinstance(value, (URIRef, Literal))
        assert expected[key] in (value.n3(), str(value)), key


def test_they_stand_in_the_published_dataset(seed_store: Store) -> None:
    """As query editors ask for them."""
    found = seed_store.query(f"""
        PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?query ?comment ?text WHERE {{ GRAPH <{QUERIES_GRAPH}> {{
          ?query a sh:SPARQLExecutable ; rdfs:comment ?comment ; <{SDO.target}> <{ENDPOINT}> ;
            sh:select|sh:ask|sh:construct ?text }} }}""")
    assert isinstance(found, QuerySolutions)
    rows = list(found)
    assert len(rows) == len(questions())
    for row in rows:
        seed_store.query(row["text"].value)


def test_nothing_of_them_is_in_the_default_graph(seed_store: Store) -> None:
    executable = NamedNode(str(SH.SPARQLExecutable))
    assert {quad.graph_name for quad in seed_store.quads_for_pattern(None, None, executable)} == {
        NamedNode(QUERIES_GRAPH)
    }


def test_a_question_that_describes_and_odd_words_are_written_too() -> None:
    odd = 'DESCRIBE ?_who # "\\ \u202e'
    given = StoredQuery("odd", 'What "of" <it>?', "", ("a",), (Parameter("who", "iri", "id/x", "who"),), odd)
    written = list(quads({"odd": given}))
    (text,) = [quad.object for quad in written if quad.predicate == DESCRIBE]
    assert getattr(text, "value", "") == given.fill({})
    assert {quad.object for quad in written} > {FORMS["DESCRIBE"][0]}


@pytest.mark.parametrize("path", ["/graph/queries", "/graph/queries.nt", "/graph/queries?format=jsonld"])
def test_a_snapshot_without_them_is_helped_out(path: str) -> None:
    """As one of an earlier release, or on an engine that was not loaded from here."""
    response = make_client().get(path)
    formats = {"text/turtle": RdfFormat.TURTLE, "application/n-triples": RdfFormat.N_TRIPLES}
    read = set(parse(response.data, formats.get(response.mimetype or "", RdfFormat.JSON_LD)))
    assert {quad.triple for quad in read} == set(triples(CATALOGUE))
    assert make_client().head(path).status_code == 200


def test_a_snapshot_with_them_answers_for_itself(seed_store: Store) -> None:
    response = make_client(FakeEngine(content=seed_store)).get("/graph/queries")
    assert {quad.triple for quad in parse(response.data, RdfFormat.TURTLE)} == set(triples(questions()))


@pytest.mark.parametrize("path", ["/graph/queries.png", "/graph/queriesx", "/graph/queries?format=png"])
def test_what_is_not_theirs_is_refused(path: str) -> None:
    assert make_client().get(path).status_code in (404, 406)
