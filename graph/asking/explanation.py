"""Why the graph says something: from a derived statement down to claims and their quotes.

Works through SPARQL alone (``graph.asking.records``), so against anybody's endpoint too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import NamedNode
from rapidfuzz import fuzz, process

from graph import iris
from graph.asking.records import ClaimRecord, Record, Records
from graph.engine import Engine
from graph.errors import UnknownName
from graph.logic.wording import Words
from ontology.base import BASE


@dataclass(frozen=True)
class Explanation:
    """A statement in words and what it rests on.

    ``derived``: by ``rule``, from ``premises``; ``iri`` is the derivation. ``claim``: ``iri`` says it, in the
    words of ``quote``. ``entity``: the description of the thing ``iri`` says it.
    """

    statement: str
    kind: Literal["derived", "claim", "entity"]
    rule: str | None
    iri: str
    quote: str | None
    premises: tuple["Explanation", ...]


def explain(engine: Engine, iri: str) -> tuple[Explanation, ...]:
    """What the graph derives and claims of a thing, or of a class or property; or one derivation or claim.

    Claims that already stand among the premises of what is derived are not repeated. Raises ``UnknownName``
    with the nearest names, and the errors of the engine.
    """
    records = Records(engine)
    _must_be_iri(iri)
    roots = records.named(iri)
    tree = records.tree(roots)
    in_tree = {source for record in tree.values() for source in record.sources}
    own = [] if iri.startswith(f"{iris.INFERRED_GRAPH}#") else [iri, *records.claims_about(iri)]
    claims = records.claims({*in_tree, *own})
    further = [claim for claim in own if claim in claims and (claim == iri or claim not in in_tree)]
    if not roots and not further and not records.knows(iri):
        raise UnknownName(f"the graph knows nothing of {iri}", _nearest(iri, records.everything()))
    writer = _Writer(tree, claims, Words(records.labels({iri, *_things(tree.values())})))
    derived = sorted((each for root in roots for each in writer.of(root)), key=_order)
    return (*derived, *map(writer.of_claim, further)) or (writer.of_entity(iri),)


def _order(explanation: Explanation) -> tuple[bool, str, str]:
    """What took several premises before what merely says the same in another way."""
    return len(explanation.premises) == 1, explanation.statement, explanation.iri


def _must_be_iri(text: str) -> None:
    try:
        NamedNode(text)
    except ValueError:
        raise UnknownName(f"{text!r} is no IRI", f"write it in full, such as {BASE}politics#BannedParty") from None


def _things(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        for term in record.statement:
            if isinstance(term, NamedNode):
                yield term.value


def _nearest(iri: str, known: Sequence[str]) -> str:
    near = process.extract(
        iri.removeprefix(BASE), [name.removeprefix(BASE) for name in known], scorer=fuzz.ratio, limit=3
    )
    names = [name for name, score, _ in near if score >= 60]
    return f"did you mean {' or '.join(names)}?" if names else "look its name up with `samizdat query`"


class _Writer:
    """Makes explanations of records; the explanation of a record that many rest on is made once."""

    def __init__(self, tree: Mapping[str, Record], claims: Mapping[str, ClaimRecord], words: Words) -> None:
        self._tree, self._claims, self._words = tree, claims, words
        self._made: dict[str, tuple[Explanation, ...]] = {}

    def of(self, name: str) -> tuple[Explanation, ...]:
        """One explanation of a derivation; of a premise one for each source that states it."""
        if name not in self._made:
            self._made[name] = ()  # a record that rested on itself would end here
            self._made[name] = tuple(self._of_record(name, self._tree[name])) if name in self._tree else ()
        return self._made[name]

    def _of_record(self, name: str, record: Record) -> Iterator[Explanation]:
        statement = self._words.statement(record.statement)
        if record.premises:
            premises = sorted((each for premise in record.premises for each in self.of(premise)), key=_order)
            yield Explanation(statement, "derived", record.rule, name, None, tuple(premises))
        for source in sorted(record.sources):
            if source in self._claims:
                yield Explanation(statement, "claim", None, source, self._quote(source), ())
            else:
                yield Explanation(statement, "entity", None, _name(record.statement.subject), None, ())

    def of_claim(self, claim: str) -> Explanation:
        """A claim by its own label; how it is held is said unless it is asserted."""
        found = self._claims[claim]
        held = "" if found.modality in (None, "asserted") else f" ({found.modality})"
        statement = f"{found.label or self._words.of(claim)}{held}"
        return Explanation(statement, "claim", None, claim, self._quote(claim), ())

    def of_entity(self, iri: str) -> Explanation:
        """A thing of which nothing is derived or claimed."""
        return Explanation(f"{self._words.of(iri)}: nothing is derived or claimed of it", "entity", None, iri, None, ())

    def _quote(self, claim: str) -> str | None:
        return " … ".join(self._claims[claim].quotes) or None


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
