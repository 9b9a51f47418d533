"""A saved question's parameters as form fields."""

from collections.abc import Mapping

from graph.iris import ID
from ontology.base import BASE
from queries import Parameter, StoredQuery
from server.naming import Names
from server.reading import iris, select, text_of
from server.views import Field

CHOICES = 200
"""Things offered for one field."""


def fields_of(asked: StoredQuery, given: Mapping[str, str]) -> tuple[Field, ...]:
    """A field for each parameter, filled with what was given, otherwise with its default."""
    return tuple(_field(parameter, given.get(parameter.name, parameter.default)) for parameter in asked.parameters)


def _field(parameter: Parameter, value: str) -> Field:
    choices = _choices(parameter.default) if parameter.type == "iri" else ()
    short = value.removeprefix(BASE) if parameter.type == "iri" else value
    return Field(parameter.name, parameter.type, short, parameter.description, choices)


def _choices(default: str) -> tuple[tuple[str, str], ...]:
    """Things of the same kind as the default, as the path a parameter takes and the name, by name."""
    kind, _, rest = default.removeprefix(ID).removeprefix("id/").partition("/")
    if not rest:
        return ()
    rows = select(f"""
        SELECT DISTINCT ?thing WHERE {{
          ?thing a ?kind FILTER(STRSTARTS(STR(?thing), STR({iris([f"{ID}{kind}/"])})) && !CONTAINS(STR(?thing), "#"))
        }} ORDER BY ?thing LIMIT {CHOICES}""")
    found = [text_of(row, "thing") for row in rows]
    names = Names(found)
    return tuple(sorted(((iri.removeprefix(BASE), names.of(iri)) for iri in found), key=lambda choice: choice[1]))
