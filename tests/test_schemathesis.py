"""Schemathesis asks what the OpenAPI description allows, and what it does not: every answer must be as described."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import strategies as st
from pyoxigraph import Store
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.schemas import BaseSchema
from seed_app import seed_app

from graph.iris import INFERRED_GRAPH
from server.protocol import DIRECT

EXAMPLES = 5
"""Random requests of each operation, beside those for the edges of each parameter."""
FORMATS = {
    "sparql-query": st.sampled_from(
        ["ASK {}", "SELECT * WHERE { ?s a ?type } LIMIT 2", "CONSTRUCT WHERE { ?s a ?type } LIMIT 1"]
    ),
    "http-date": st.sampled_from(["Sun, 22 Nov 2026 20:35:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"]),
    "iri": st.sampled_from([INFERRED_GRAPH, "urn:example:unknown"]),
    "reconciliation-queries": st.dictionaries(st.text(), st.fixed_dictionaries({"query": st.text()}), max_size=2).map(
        json.dumps
    ),
    "reconciliation-extension": st.fixed_dictionaries(
        {
            "ids": st.lists(st.text(), max_size=2),
            "properties": st.lists(st.fixed_dictionaries({"id": st.text()}), max_size=2),
        }
    ).map(json.dumps),
}
"""Texts that follow a grammar which a JSON Schema cannot tell."""
ASKED, POSTED, STORED = (
    [f"{method} {path}{ending}" for ending in ("", ".{extension}")]
    for method, path in (("GET", "/sparql"), ("POST", "/sparql"), ("GET", "/rdf-graph-store"))
)


def accepted(*statuses: str) -> dict[str, object]:
    """A setting: an allowed request may be answered so as well."""
    return {"positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", "404", *statuses]}}


NUMBERED = [
    *("GET /search", "GET /reconcile/extend/propose", "GET /reconcile/0.3/extend/propose"),
    *("GET /reconcile/suggest/{kind}", "GET /reconcile/0.3/suggest/{kind}"),
]
DRAWN = [f"GET /pictures/{name}" for name in ("timeline", "map", "network", "control")]
REFUSED = [400, 404, 406, 413, 415]
OPERATIONS = [
    # A table in a format for graphs is 406: which of the two it is, the query says. Without a query, none is wrong.
    {"include-name": ASKED, "checks": {**accepted("406"), "negative_data_rejection": {"enabled": False}}},
    {"include-name": POSTED, "checks": accepted("406")},
    # A number that is left empty, as forms send it, is as none.
    {"include-name": NUMBERED, "checks": {"negative_data_rejection": {"enabled": False}}},
    # How a picture is looked at is left to its script; a name that nobody has, and two ends that are one, are refused.
    {"include-name": DRAWN, "checks": {**accepted("400"), "negative_data_rejection": {"enabled": False}}},
    # Exactly one of two parameters is needed.
    {"include-name": STORED, "checks": accepted("400")},
]
"""What a description of parameters, one by one, cannot tell."""


@schemathesis.serializer(DIRECT)
def direct(context: object, value: object) -> bytes:
    """A query as a body."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else json.dumps(value).encode()


@pytest.fixture(scope="module")
def described(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    for name, strategy in FORMATS.items():
        schemathesis.openapi.format(name, strategy)
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "continue-on-failure": True,
            # It reads no compressed answers where there is no network.
            "headers": {"Accept-Encoding": "identity"},
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
            "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
            "phases": {"stateful": {"enabled": False}},
            "operations": OPERATIONS,
        }
    )
    app = seed_app(seed_store, tmp_path_factory.mktemp("snapshots"))
    loaded = schemathesis.openapi.from_wsgi("/openapi.json", app, config=config)
    # It does not close the files that it is sent.
    return loaded.exclude(path="/static/{filename}")


def test_every_answer_is_as_described(described: BaseSchema) -> None:
    asked: Counter[str] = Counter()
    faults: list[str] = []
    for event in from_schema(described).execute():
        if isinstance(event, events.ScenarioFinished):
            asked[event.recorder.label] += len(event.recorder.cases)
            faults += failures(event.recorder)
        assert not isinstance(event, events.FatalError), event
        assert not isinstance(event, events.NonFatalError), event.value
    assert not faults, "\n\n".join(faults)
    assert len(asked) == len(list(described.get_all_operations())) > 60
    assert min(asked.values()) > 3, asked


def failures(recorder: ScenarioRecorder) -> Iterator[str]:
    """What was wrong, and how to ask it again."""
    for number, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info:
                failure = check.failure_info.failure
                command = recorder.cases[number].value.as_curl_command()
                yield f"{recorder.label}: {check.name}: {failure.title}: {failure.message[:500]}\n{command[:500]}"
