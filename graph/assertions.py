"""The nodes of an assertion as JSON-LD in which every node has its IRI and every date its bounds.

A claim file writes ``bannedParty: party/progress``, ``type: PartyBan`` and ``date: {edtf: "1989"}``. The
names of things become IRIs here, nodes without one get one that is local to their owner, and dates
get their node with the first and last day beside the text.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from graph import iris
from graph.dates import moment
from graph.files.yaml_reader import Document, Steps
from ontology.vocabulary import iri_keys, predicates

ELSEWHERE = "exactMatch"
"""The key whose IRIs name things of other data."""
FORMER = "replaces"
"""The key whose paths were names of things, and are none any more."""


@dataclass(frozen=True)
class Reference:
    """A name of a thing, where it was written."""

    iri: str
    steps: Steps


@dataclass
class Resolver:
    """Resolves the nodes of one owner (a claim, an editorial or an entity) and remembers where each stood.

    ``places`` leads from (subject IRI, predicate IRI or "") to the steps in the document; ``defined`` are
    the nodes given a type here, ``references`` all the things named, ``faults`` dates that are none.
    """

    owner: str
    document: Document
    places: dict[tuple[str, str], Steps] = field(default_factory=dict)
    defined: dict[str, Steps] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    faults: list[tuple[Steps, str]] = field(default_factory=list)
    _numbers: Counter[str] = field(default_factory=Counter)

    def name(self, text: str, steps: Steps) -> str:
        """The IRI of a thing named in the file: a path below ``id/``, ``#local``, or an IRI as it is."""
        iri = f"{self.owner}{text}" if text.startswith("#") else iris.ID + text if "://" not in text else text
        self.references.append(Reference(iri, steps))
        return iri

    def node(self, data: dict[str, Any], steps: Steps) -> dict[str, Any]:
        """A node with its IRI, its values resolved."""
        subject = self._subject(data, steps)
        self.places.setdefault((subject, ""), steps)
        result: dict[str, Any] = {"id": subject}
        for key, value in data.items():
            if key == "id":
                continue
            if key in predicates():
                self.places.setdefault((subject, predicates()[key]), (*steps, key))
            result[key] = self._value(key, value, (*steps, key))
        return result

    def _subject(self, data: dict[str, Any], steps: Steps) -> str:
        given = data.get("id")
        if given is not None:
            subject = self.name(given, (*steps, "id"))
        else:
            kind = next(iter(listed(data.get("type"))), "node")
            stem = kind[:1].lower() + kind[1:]
            self._numbers[stem] += 1
            subject = iris.local(self.owner, stem, self._numbers[stem])
        if "type" in data:
            self.defined.setdefault(subject, steps)
        return subject

    def _value(self, key: str, value: Any, steps: Steps) -> Any:
        if isinstance(value, list):
            return [self._value(key, item, (*steps, index)) for index, item in enumerate(value)]
        if isinstance(value, dict):
            return self._nested(value, steps)
        if isinstance(value, float):
            # JSON-LD writes a number such as 70.5 with an exponent, which xsd:decimal does not have.
            return format(Decimal(repr(value)), "f")
        if key == FORMER and isinstance(value, str):
            return value if "://" in value else iris.ID + value
        names_one = key in iri_keys() and key != ELSEWHERE
        return self.name(value, steps) if names_one and isinstance(value, str) else value

    def _nested(self, value: dict[str, Any], steps: Steps) -> dict[str, Any]:
        if "edtf" in value:
            return self.date(value, steps)
        return self.node(value, steps) if "type" in value or "id" in value else value

    def date(self, value: dict[str, Any], steps: Steps) -> dict[str, Any]:
        """A date's node; an EDTF text that is none is noted and passed on without bounds."""
        edtf = str(value["edtf"])
        node = {"id": iris.moment(self.owner, edtf), "type": "time:TemporalEntity", **value, "edtf": edtf}
        self.places.setdefault((node["id"], ""), steps)
        self.places.setdefault((node["id"], predicates()["edtf"]), (*steps, "edtf"))
        try:
            bounds = moment(edtf)
        except ValueError as fault:
            self.faults.append(((*steps, "edtf"), str(fault)))
            return node
        node |= {"earliest": bounds.earliest} if bounds.earliest else {}
        return node | ({"latest": bounds.latest} if bounds.latest else {})


def listed(value: Any) -> tuple[Any, ...]:
    """One or several as several, none as none."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)
