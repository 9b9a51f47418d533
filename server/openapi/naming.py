"""Looking things up by name: search, and the Reconciliation Service API."""

import json
from collections.abc import Mapping
from typing import Any

from graph.searching.search import LONGEST
from server.negotiation import HTML
from server.openapi.model import STRING, Answer, Body, Operation, Parameter, format_of, formats, number
from server.openapi.schemas import Shape, mapped, of, ref, several
from server.protocol import FORM
from server.reconciling.api import MOST_PROPOSED
from server.reconciling.extension import MOST_PROPERTIES, MOST_THINGS
from server.reconciling.queries import BATCH
from server.reconciling.suggest import SUGGESTED
from server.search import MOST, OFFER
from server.site.search_request import KNOWN, MOST_VALUES, SHAPES

TAG = "Names"
JSON = "application/json"
KEPT = ("ETag",)
LARGEST = 999_999_999
"""The largest number that is read; more than there may be is taken as the most there may be."""
WHOLE: Shape = {"type": "object"}
QUERIES: Shape = {**mapped(WHOLE), "maxProperties": BATCH}
EXTEND = of(
    {
        "ids": several({"type": "string"}, maxItems=MOST_THINGS),
        "properties": several(of({"id": {"type": "string"}}), maxItems=MOST_PROPERTIES),
    }
)
CONDITIONS = several(WHOLE, minItems=1)
MATCH = of({"queries": several(of({"conditions": CONDITIONS}), maxItems=BATCH)})
ASKED: dict[str, Any] = {"q0": {"query": "Nazarbayev", "type": "foaf:Person", "limit": 3}}
EXTENDED: dict[str, Any] = {"ids": ["person/nursultan-nazarbayev"], "properties": [{"id": "skos:prefLabel"}]}


QUERIED, WANTED = (
    {"type": "string", "format": f"reconciliation-{name}", "contentMediaType": JSON, "contentSchema": shape}
    for name, shape in (("queries", QUERIES), ("extension", EXTEND))
)
SERVED = Answer("The manifest, the candidates, or the values.",
                {JSON: {"anyOf": [ref("Manifest"), ref("Candidates"), ref("Extension")]}}, KEPT)  # fmt: skip
KIND = Parameter("kind", "What is suggested.", {"enum": list(SUGGESTED)})
TYPE = Parameter("type", "Only what is of this type; may be given several times.", {"type": "array", "items": STRING})
SUGGEST = Operation(
    TAG,
    "Suggest things, types or properties while somebody types",
    {200: Answer("What begins so, or nearly.", {JSON: ref("Suggestions")}, KEPT)},
    path=(KIND,),
    parameters=(
        Parameter("prefix", "What has been typed.", STRING, "Nazar"),
        number("cursor", "How many to pass over.", 0, LARGEST),
        TYPE,
    ),
    errors=(400, 404),
)
PREVIEW = Operation(
    TAG,
    "A small page about a thing",
    {200: Answer("A page that others may frame.", formats((HTML,)), KEPT)},
    parameters=(Parameter("id", "Its identifier, as of a candidate.", sample="thing", required=True),),
    errors=(404,),
)
PROPOSE = Operation(
    TAG,
    "Propose properties of a type",
    {200: Answer("Those that most is said with.", {JSON: ref("Proposal")}, KEPT)},
    parameters=(
        Parameter("type", "A type.", STRING, "foaf:Person"),
        number("limit", f"At most so many, and never more than {MOST_PROPOSED}.", 1, LARGEST),
    ),
    errors=(400,),
)


def _facet(name: str, value: Shape) -> Parameter:
    """A facet: see graph/searching/facets.py."""
    text = f"Only what has this as its {name}; may be given several times."
    return Parameter(name, text, {"type": "array", "items": value, "maxItems": MOST_VALUES})


def _json(shape: Shape, example: Any) -> Body:
    return Body("A JSON document.", {JSON: shape}, {JSON: example})


OPERATIONS: Mapping[str, Operation] = {
    "search.find": Operation(
        TAG,
        "Find things and claims by name and by words",
        {200: Answer("What fits, the best first.", {JSON: ref("Found"), **formats((HTML,))}, KEPT)},
        "In any script, in any order of words, with mistakes. What is about somebody's private life is not found. "
        "Several values of one facet are either, several facets both; the page may be asked for without `q`.",
        parameters=(
            Parameter("q", "What to look for.", {"type": "string", "pattern": "\\S", "maxLength": LONGEST},
                      "Nazarbayev", required=True),
            *(_facet(name, {"enum": list(values)}) for name, values in KNOWN.items()),
            *(_facet(name, {"type": "string", "pattern": f"^(?:{shape})$"}) for name, shape in SHAPES.items()),
            Parameter("held", "Only claims that are asserted.", {"enum": ["", "asserted"]}),
            Parameter("type", "Only what is of this class.", {"type": "array", "items": {"enum": ["foaf:Person",
                      "pol:PoliticalParty", "pol:Claim"]}}),
            number("limit", f"At most so many of each kind, and never more than {MOST}.", 1, LARGEST),
            number("offset", "How many to pass over.", 0, LARGEST),
            format_of(OFFER),
        ),
        errors=(400, 404, 406),
    ),
    "reconcile.service": Operation(
        TAG,
        "Reconcile names, by GET; without parameters the manifest",
        {200: SERVED},
        "Reconciliation Service API 0.2. No JSONP.",
        parameters=(
            Parameter("queries", "A batch of queries, as JSON.", QUERIED),
            Parameter("extend", "A data extension query, as JSON.", WANTED),
        ),
        errors=(400, 413, 414),
    ),
    "POST reconcile.service": Operation(
        TAG,
        "Reconcile names, or extend data",
        {200: Answer(SERVED.text, SERVED.content)},
        "Reconciliation Service API 0.2. Give exactly one of `queries` and `extend`.",
        errors=(400, 413, 415),
        body=Body(
            "A form with JSON in it.",
            {FORM: of({}, {"queries": QUERIED, "extend": WANTED})
                | {"anyOf": [{"required": ["queries"]}, {"required": ["extend"]}]}},
            {FORM: {"queries": json.dumps(ASKED)}},
        ),
    ),
    "reconcile.suggest": SUGGEST,
    "reconcile.flyout": Operation(
        TAG,
        "A few words about a thing, type or property",
        {200: Answer("In HTML.", {JSON: ref("Flyout")}, KEPT)},
        path=(KIND,),
        parameters=(Parameter("id", "Its identifier.", sample="thing", required=True),),
        errors=(404,),
    ),
    "reconcile.preview": PREVIEW,
    "reconcile.propose": PROPOSE,
    "reconcile.about": Operation(
        TAG, "The service and its scores, for people", {200: Answer("The page.", formats((HTML,)), KEPT)}
    ),
    "reconcile_draft.service": Operation(
        TAG, "The manifest of the draft after 0.2", {200: Answer("The manifest.", {JSON: ref("DraftManifest")}, KEPT)}
    ),
    "POST reconcile_draft.match": Operation(
        TAG,
        "Reconcile names, as the draft after 0.2 does",
        {200: Answer("The candidates for each query, in its order.", {JSON: ref("Matches")})},
        errors=(400, 413),
        body=_json(MATCH, {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "Nazarbayev"}]}]}),
    ),
    "POST reconcile_draft.extend": Operation(
        TAG,
        "Values of properties, as the draft after 0.2 does",
        {200: Answer("The values, row by row.", {JSON: ref("DraftExtension")})},
        errors=(400, 413),
        body=_json(EXTEND, EXTENDED),
    ),
    "reconcile_draft.suggest": SUGGEST,
    "reconcile_draft.preview": PREVIEW,
    "reconcile_draft.propose": PROPOSE,
}  # fmt: skip
