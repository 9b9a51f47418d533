"""What is asked: first-time queries from the smallest lookup to long joins, answers of three sizes, and aggregates.

A template names kinds of things in braces ({party}, {claim}, …): each request puts in another one. {n} is a number
that no request repeats, in a place where it changes the text and not the work.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import count, cycle

PREFIXES = """PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX np: <http://www.nanopub.org/nschema#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX pol: <https://w3id.org/samizdat/politics#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

FIRST_TIME = {
    "ask for a modality": "ASK { <{claim}> pol:modality pol:asserted }",
    "label of a party": "SELECT ?label { <{party}> skos:prefLabel ?label }",
    "all of a person": "SELECT ?p ?o { <{person}> ?p ?o }",
    "words of a claim": "SELECT ?words { <{claim}> pol:quote/oa:hasSelector/oa:exact ?words }",
    "a claim as a graph": "CONSTRUCT { ?s ?p ?o } { <{claim}> np:hasAssertion ?g GRAPH ?g { ?s ?p ?o } }",
    "an editorial in order": """SELECT ?position ?claim ?label ?modality ?words {
      ?claim pol:statedIn <{editorial}> ; schema:position ?position ; rdfs:label ?label ; pol:modality ?modality ;
        pol:quote/oa:hasSelector/oa:exact ?words } ORDER BY ?position""",
    "said of a party": """SELECT DISTINCT ?claim ?label ?modality {
      { GRAPH ?g { ?s ?p <{party}> } ?claim np:hasAssertion ?g } UNION { ?claim pol:mention/pol:mentionOf <{party}> }
      ?claim rdfs:label ?label ; pol:modality ?modality } ORDER BY ?claim""",
    "bans in a country": """SELECT ?party ?label ?ground ?date {
      ?party pol:country <{country}> . ?ban pol:bannedParty ?party ; pol:ground ?ground .
      ?party skos:prefLabel ?label OPTIONAL { ?ban pol:date/pol:edtf ?date } } ORDER BY ?label ?ban""",
    "detentions with words": """SELECT ?label ?reason ?words {
      ?person pol:country <{country}> ; skos:prefLabel ?label .
      GRAPH ?g { ?detention pol:detained ?person ; pol:statedReason ?reason }
      ?claim np:hasAssertion ?g ; pol:quote/oa:hasSelector/oa:exact ?words } ORDER BY ?label ?claim""",
    "ruling parties with control": """SELECT DISTINCT ?label ?sector ?extent {
      ?alignment pol:role pol:ruling ; pol:party ?party . ?party skos:prefLabel ?label .
      ?control pol:controller ?party ; pol:controlled ?sector ; pol:extent ?extent FILTER(?label != "{n}"@en) }""",
    "in office in a year": """SELECT ?label ?post ?begun {
      ?tenure pol:beginning/pol:earliest ?begun ; org:member ?person ; pol:post ?post .
      ?person skos:prefLabel ?label FILTER(?begun >= "1990-01-01"^^xsd:date && ?begun < "1991-01-01"^^xsd:date
      && ?label != "{n}"@en) } ORDER BY ?begun ?label""",
    "detained office holders": """SELECT ?label ?reason ?post {
      ?detention pol:detained ?person ; pol:statedReason ?reason . ?tenure org:member ?person ; pol:post ?post .
      ?person skos:prefLabel ?label FILTER(?label != "{n}"@en) } ORDER BY ?label ?reason LIMIT 100""",
    "believed claims": """SELECT ?label ?agent ?words {
      ?claim pol:modality pol:believed ; pol:attributedTo ?agent ; rdfs:label ?label ;
        pol:quote/oa:hasSelector/oa:exact ?words FILTER(?label != "{n}"@en) } ORDER BY ?label LIMIT 200""",
    "a word in all quotes": """SELECT ?claim ?words {
      ?claim pol:quote/oa:hasSelector/oa:exact ?words FILTER(CONTAINS(?words, "signatures {n}")) }""",
}  # fmt: skip

SIZES = {
    "1 KB": "SELECT ?p ?o { <{claim}> ?p ?o } LIMIT 6",
    "57 KB": "SELECT ?claim ?label { ?claim a pol:Claim ; rdfs:label ?label } LIMIT 260",
    "1 MB": "SELECT ?claim ?label ?in { ?claim a pol:Claim ; rdfs:label ?label ; pol:statedIn ?in } LIMIT 3300",
}  # fmt: skip
"""Repeated answers, about so large in SPARQL JSON."""

AGGREGATES = {
    "count everything": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o != {n}) }",
    "count all quads of graphs": "SELECT (COUNT(*) AS ?n{n}) { GRAPH ?g { ?s ?p ?o } }",
    "things of each class": "SELECT ?class (COUNT(?s) AS ?n{n}) { ?s a ?class } GROUP BY ?class",
    "uses of each property": "SELECT ?p (COUNT(*) AS ?n{n}) { ?s ?p ?o } GROUP BY ?p",
    "claims of each modality": """SELECT ?modality (COUNT(?claim) AS ?n{n}) {
      ?claim a pol:Claim ; pol:modality ?modality } GROUP BY ?modality""",
    "claims of each editorial": """SELECT ?editorial (COUNT(?claim) AS ?n{n}) {
      ?claim pol:statedIn ?editorial } GROUP BY ?editorial ORDER BY DESC(?n{n}) LIMIT 20""",
    "bans of each country": """SELECT ?country (COUNT(?ban) AS ?n{n}) {
      ?ban pol:bannedParty ?party . ?party pol:country ?country } GROUP BY ?country""",
    "distinct subjects": "SELECT (COUNT(DISTINCT ?s) AS ?n{n}) { ?s ?p ?o }",
    "mean length of quotes": """SELECT (AVG(?end - ?start) AS ?n{n}) { ?s oa:start ?start ; oa:end ?end }""",
}  # fmt: skip

_numbers = count(10_000_000)


Pools = Mapping[str, Iterator[str]]
"""Things of each kind, without end; one for all rounds, so that nothing is asked twice."""


def filled(template: str, pools: Pools) -> str:
    """The query with a next thing of each kind that the template names."""

    def next_of(match: re.Match[str]) -> str:
        return str(number) if match[1] == "n" else next(pools[match[1]])

    number = next(_numbers)
    return PREFIXES + re.sub(r"\{([a-z]+)\}", next_of, template)


def endless(pools: Mapping[str, list[str]]) -> Pools:
    """Each pool, from the first to the last and again."""
    return {kind: cycle(things) for kind, things in pools.items()}
