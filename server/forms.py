"""A saved question's parameters as form fields."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

from graph.iris import ID, KINDS
from graph.snapshots.statistics import CHOICES
from ontology.base import BASE
from queries import Parameter, StoredQuery
from server.holdings import holdings
from server.labels import Names
from server.pieces import Choices, Field
from server.reading import select, text_of


def fields_of(asked: StoredQuery, given: Mapping[str, str]) -> tuple[Field, ...]:
    """A field for each parameter, filled with what was given, otherwise with its default."""
    return tuple(_field(parameter, given.get(parameter.name, parameter.default)) for parameter in asked.parameters)


def _field(parameter: Parameter, value: str) -> Field:
    if parameter.type != "iri":
        return Field(parameter.name, parameter.type, value, parameter.description)
    found = things_of(_kinds(parameter))
    return Field(parameter.name, parameter.type, value.removeprefix(BASE), parameter.description, found)


def _kinds(parameter: Parameter) -> tuple[str, ...]:
    """The kinds of things that a parameter may be: its default's, and all where its name is not that kind's."""
    kind = parameter.default.removeprefix(BASE).removeprefix("id/").partition("/")[0]
    return (kind, *(other for other in KINDS if other != kind)) if kind in KINDS and parameter.name != kind else (kind,)


def things_of(kinds: Sequence[str]) -> tuple[Choices, ...]:
    """The things of each kind by name, as the path that a parameter takes; nothing for what is not a kind."""
    asked = [kind for kind in kinds if kind.isalpha()]
    found = {kind: _things_of(kind) for kind in asked}
    names = Names(iri for things in found.values() for iri in things)
    return tuple(
        Choices(kind, tuple(sorted(((iri.removeprefix(BASE), names.of(iri)) for iri in things), key=itemgetter(1))))
        for kind, things in found.items()
        if things
    )


def _things_of(kind: str) -> Sequence[str]:
    """The first things of the kind, as counted at publishing; the graph is searched where that is not known."""
    known = holdings().statistics
    return known.things.get(kind, ()) if known and known.ids == ID else _searched(kind)


def _searched(kind: str) -> list[str]:
    rows = select(f"""
        SELECT DISTINCT ?thing WHERE {{
          ?thing a ?any FILTER(STRSTARTS(STR(?thing), STR(<{ID}{kind}/>)) && !CONTAINS(STR(?thing), "#"))
        }} ORDER BY ?thing LIMIT {CHOICES}""")
    return [text_of(row, "thing") for row in rows]
