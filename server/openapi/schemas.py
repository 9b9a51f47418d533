"""The shapes of what is answered in JSON, as JSON Schemas (2020-12), by the names that the description gives them."""

from typing import Any

from server.search import KINDS

Shape = dict[str, Any]

TEXT: Shape = {"type": "string", "minLength": 1}
STRING: Shape = {"type": "string"}
FLAG: Shape = {"type": "boolean"}
ADDRESS: Shape = {"type": "string", "format": "uri-reference"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
SNAPSHOT: Shape = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
SCORE: Shape = {"type": "number", "minimum": 0, "maximum": 100}
COUNT: Shape = {"type": "integer", "minimum": 0}


MARKED: Shape = {
    "type": "array",
    "description": "Where words that were looked for begin and end, in Unicode code points.",
    "items": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
}


def of(needed: Shape, more: Shape | None = None) -> Shape:
    """An object with these members, the second ones only sometimes; a later release may add others."""
    return {"type": "object", "properties": needed | (more or {}), "required": list(needed)}


def several(items: Shape, **more: Any) -> Shape:
    """A list."""
    return {"type": "array", "items": items, **more}


def mapped(values: Shape) -> Shape:
    """An object with any names."""
    return {"type": "object", "additionalProperties": values}


def ref(name: str) -> Shape:
    """The shape of this name."""
    return {"$ref": f"#/components/schemas/{name}"}


def either(shape: Shape) -> Shape:
    """The shape, or null."""
    return {"anyOf": [shape, {"type": "null"}]}


NAMED = of({"id": TEXT, "name": TEXT})
PREVIEW = {"width": COUNT, "height": COUNT}
SERVICE = of({"service_url": ADDRESS, "service_path": ADDRESS})
MANIFEST: Shape = {
    "versions": several(TEXT),
    "name": TEXT,
    "documentation": ADDRESS,
    "logo": ADDRESS,
    "serviceVersion": TEXT,
    "defaultTypes": several(ref("Named")),
    "batchSize": COUNT,
    "view": of({"url": TEXT}),
}
CANDIDATE = of(
    {"id": TEXT, "name": TEXT, "score": SCORE, "match": FLAG, "type": several(ref("Named"))},
    {"description": STRING, "features": several(of({"id": TEXT, "value": {"type": ["boolean", "number"]}}))},
)
CELL = {
    "oneOf": [
        of({"id": TEXT, "name": TEXT}),
        of({"str": STRING}),
        of({"int": {"type": "integer"}}),
        of({"float": {"type": "number"}}),
        of({"date": TEXT}),
    ]
}
META = several(of({"id": STRING, "name": STRING}, {"type": ref("Named")}))
TURNS: Shape = {"page": COUNT, "pages": COUNT, "previous": either(ADDRESS), "next": either(ADDRESS)}
TALLY = mapped(COUNT)
SIDE = of({"iri": TEXT})

SCHEMAS: dict[str, Shape] = {
    "Problem": of(
        {"type": ADDRESS, "title": TEXT, "status": {"type": "integer", "minimum": 400, "maximum": 599}},
        {
            "detail": TEXT,
            "hint": {"type": "string", "description": "What to do."},
            "line": {"type": "integer", "minimum": 1, "description": "Of the mistake in a query, from 1."},
            "column": {"type": "integer", "minimum": 1},
            "excerpt": {"type": "string", "description": "The line of the query."},
            "available": several(TEXT, description="The media types there are."),
        },
    ),
    "Named": NAMED,
    "Table": {
        "description": "SPARQL 1.1 Query Results JSON Format.",
        "anyOf": [
            of({"head": of({}), "boolean": FLAG}),
            of(
                {
                    "head": of({"vars": several(STRING)}),
                    "results": of({"bindings": several(mapped(of({"type": TEXT, "value": {}})))}),
                }
            ),
        ],
    },
    "Found": of(
        {"query": TEXT, "next": either(ADDRESS)},
        {kind: several(ref("Hit"), description="Left out where others alone were asked for.") for kind in KINDS}
        | {"facets": mapped(mapped({"type": "integer", "minimum": 0}))},
    ),
    "Hit": of(
        {
            "id": TEXT,
            "href": either(ADDRESS),
            "name": TEXT,
            "language": STRING,
            "marks": MARKED,
            "kind": TEXT,
            "types": several(ref("Named")),
            "description": STRING,
            "score": SCORE,
            "matched": of({"name": STRING, "kind": STRING, "marks": MARKED}),
        },
        {
            "quotes": several(STRING),
            "editorial": TEXT,
            "modality": TEXT,
            "attributedTo": several(TEXT),
            "imported": several(TEXT, description="The data sets that alone know it: nothing is claimed of it."),
        },
    ),
    "Manifest": of({**MANIFEST, "identifierSpace": TEXT, "schemaSpace": TEXT, "suggest": mapped(SERVICE)}),
    "DraftManifest": of({**MANIFEST, "lang": TEXT, "standardizedScore": FLAG, "suggest": mapped(FLAG)}),
    "Candidate": CANDIDATE,
    "Candidates": mapped(of({"result": several(ref("Candidate"))})),
    "Extension": of({"meta": META, "rows": mapped(mapped(several(CELL)))}),
    "Matches": of({"results": several(of({"candidates": several(ref("Candidate"))}))}),
    "DraftExtension": of(
        {
            "meta": META,
            "rows": several(of({"id": STRING, "properties": several(of({"id": STRING, "values": several(CELL)}))})),
        }
    ),
    "Suggestions": of(
        {"result": several(of({"id": TEXT, "name": TEXT}, {"description": TEXT, "notable": several(ref("Named"))}))}
    ),
    "Flyout": of({"id": TEXT, "html": TEXT}),
    "Proposal": of({"type": STRING, "limit": COUNT, "properties": several(ref("Named"))}),
    "Publications": of(
        {
            "publications": several(
                of(
                    {
                        "snapshot": SNAPSHOT,
                        "at": MOMENT,
                        "how": TEXT,
                        "is_current": FLAG,
                        "href": ADDRESS,
                        "counts": either(TALLY),
                        "changes": either(ADDRESS),
                    }
                )
            ),
            **TURNS,
        }
    ),
    "Comparison": of(
        {
            "from": SNAPSHOT,
            "to": SNAPSHOT,
            "counts": of({"claims": TALLY, "things": TALLY}),
            "withheld": {**COUNT, "description": "Changes about somebody's private life, which are not listed."},
            "changes": several(
                of({"how": TEXT}, {"aspects": several(TEXT), "cause": TEXT, "before": SIDE, "after": SIDE})
            ),
            **TURNS,
        }
    ),
    "TimeMap": of(
        {
            "original_uri": ADDRESS,
            "timegate_uri": ADDRESS,
            "timemap_uri": mapped(ADDRESS),
            "mementos": of(
                {
                    "first": ref("Memento"),
                    "last": ref("Memento"),
                    "list": several(ref("Memento"), minItems=1),
                }
            ),
        },
        {"periods": several(of({"from": MOMENT, "snapshot": SNAPSHOT}))},
    ),
    "Memento": of({"datetime": MOMENT, "uri": ADDRESS}),
    "LinkSet": of({"linkset": several(of({"anchor": ADDRESS}), minItems=1)}),
    "QueryCode": of({"link": {"type": ["string", "null"]}, "code": {"type": "object", "additionalProperties": TEXT}}),
    "Health": of({"status": TEXT, "snapshot": SNAPSHOT}),
    "Readiness": of({"status": TEXT, "snapshot": SNAPSHOT, "seconds": {"type": "number", "minimum": 0}}),
}
