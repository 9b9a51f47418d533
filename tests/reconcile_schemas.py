"""JSON Schemas of what reconciliation services answer, written from the text of version 0.2 and of the 1.0 draft."""

from typing import Any

from jsonschema import Draft202012Validator

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
ADDRESS: dict[str, Any] = {"type": "string", "pattern": "^https?://"}
NAMED: dict[str, Any] = {"type": "object", "properties": {"id": TEXT, "name": TEXT}, "required": ["id", "name"]}


def of(required: dict[str, Any], more: dict[str, Any] | None = None, *, closed: bool = True) -> dict[str, Any]:
    """An object with these members and no others."""
    members = {"properties": required | (more or {}), "required": list(required)}
    return {"type": "object", **members, "additionalProperties": not closed}


def several(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def mapped(values: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


def holding(mark: str) -> dict[str, Any]:
    """An address with a place for the identifier."""
    return {"type": "string", "pattern": f"^https?://.*{mark}"}


def setting(identifier: str, label: str, help_text: str) -> dict[str, Any]:
    kinds = {"enum": ["number", "text", "checkbox", "select"]}
    return of({identifier: TEXT, label: TEXT, "type": kinds}, {"default": {}, help_text: TEXT})


SERVICE = of({"service_url": ADDRESS, "service_path": {"type": "string", "pattern": "^/"}})
SUGGEST = of(
    {"service_url": ADDRESS, "service_path": {"type": "string", "pattern": "^/"}},
    {"flyout_service_url": ADDRESS, "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"}},
)
SIZE = {"type": "integer", "minimum": 1}
ABOUT = {
    "name": TEXT,
    "documentation": ADDRESS,
    "logo": ADDRESS,
    "serviceVersion": TEXT,
    "defaultTypes": several(NAMED) | {"uniqueItems": True},
    "batchSize": SIZE,
}
KINDS = ("entity", "property", "type")
MANIFEST = of(
    {
        **ABOUT,
        "versions": several(TEXT) | {"contains": {"const": "0.2"}},
        "identifierSpace": ADDRESS,
        "schemaSpace": ADDRESS,
        "view": of({"url": holding(r"\{\{id\}\}")}),
        "feature_view": of({"url": holding(r"\{\{id\}\}")}),
        "preview": of({"url": holding(r"\{\{id\}\}"), "width": SIZE, "height": SIZE}),
        "suggest": of(dict.fromkeys(KINDS, SUGGEST)),
        "extend": of(
            {"propose_properties": SERVICE, "property_settings": several(setting("name", "label", "help_text"))}
        ),
    }
)
DRAFT_MANIFEST = of(
    {
        **ABOUT,
        "versions": several(TEXT) | {"contains": {"const": "1.0-draft"}},
        "view": of({"url": holding(r"\{\+?id\}")}),
        "featureView": of({"url": holding(r"\{\+?id\}")}),
        "preview": of({"width": SIZE, "height": SIZE}),
        "suggest": of({kind: {"type": "boolean"} for kind in KINDS}),
        "extend": of(
            {"proposeProperties": {"type": "boolean"}, "propertySettings": several(setting("id", "name", "helpText"))}
        ),
        "standardizedScore": {"const": True},
        "lang": TEXT,
    }
)
MEASURE = {"type": ["boolean", "number"]}


def candidate(feature: dict[str, Any]) -> dict[str, Any]:
    score = {"type": "number", "minimum": 0, "maximum": 100}
    return of(
        {"id": TEXT, "name": TEXT, "score": score, "match": {"type": "boolean"}, "features": several(feature)},
        {"type": several(NAMED), "description": {"type": "string"}},
    )


RESULTS = mapped(of({"result": several(candidate(of({"id": TEXT, "value": MEASURE})))}))
DRAFT_RESULTS = of(
    {"results": several(of({"candidates": several(candidate(of({"id": TEXT, "name": TEXT, "value": MEASURE})))}))}
)
MOMENT = r"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$"
CELL = several(
    {
        "oneOf": [
            of({"id": TEXT, "name": TEXT}, {"description": TEXT}),
            of({"str": {"type": "string"}}),
            of({"int": {"type": "integer"}}),
            of({"float": {"type": "number"}}),
            of({"date": {"type": "string", "pattern": MOMENT}}),
        ]
    }
)
META = several(of({"id": TEXT, "name": TEXT}, {"type": NAMED, "service": ADDRESS}))
EXTENSION = of({"meta": META, "rows": mapped(mapped(CELL))})
DRAFT_EXTENSION = of(
    {"meta": META, "rows": several(of({"id": TEXT, "properties": several(of({"id": TEXT, "values": CELL}))}))}
)
SUGGESTIONS = of({"result": several(of({"id": TEXT, "name": TEXT}, {"description": TEXT, "notable": several(NAMED)}))})
FLYOUT = of({"id": TEXT, "html": TEXT})
PROPOSAL = of({"properties": several(NAMED), "type": TEXT}, {"limit": SIZE})


def check(answer: Any, schema: dict[str, Any]) -> Any:
    """The answer, if it is valid."""
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(answer)
    return answer
