"""Why a derived statement holds: its proof, from the rule and its premises down to the exact words of the claims."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from pyoxigraph import NamedNode

from graph.asking.records import Record, Records
from graph.errors import ParameterError, UnknownName
from graph.iris import ENTITIES_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH
from server.claims import claims_by_iri
from server.holdings import holdings
from server.links import page_of, query_page
from server.pieces import Claim, Link
from server.reading import PREFIXES, iris, select, text_of
from server.site.sentences import Piece, Values, Writer, local_iri, values_of
from server.words.language import gettext as _

blueprint = Blueprint("proofs", __name__)

CODE = re.compile(r"[0-9a-f]{64}")
DEPTH = 12
"""Steps that are written out; what lies deeper has a proof of its own to go to."""


@dataclass(frozen=True)
class Step:
    """One statement of a proof: by which ``rule`` it follows from its ``premises``, or which ``claims`` say it.

    ``places`` are the parts of this graph that say it where no claim does. ``further`` leads to the rest of a proof.
    """

    said: tuple[Piece, ...]
    rule: str = ""
    premises: tuple["Step", ...] = ()
    claims: tuple[Claim, ...] = ()
    places: tuple[Link, ...] = ()
    further: str | None = None


@dataclass(frozen=True)
class ProofPage:
    """The proof of one derived statement; ``about`` is the thing it is about, ``claims`` how many it rests on."""

    proof: Step
    about: Link
    claims: int
    query_href: str


@blueprint.get("/why")
def why() -> str:
    """The proof of the derived statement that ``of`` names: the hash in the IRI of its record."""
    code = request.args.get("of", "")
    if not CODE.fullmatch(code):
        raise ParameterError("of= does not name a derived statement", "follow “why?” on the page of a thing")
    iri = f"{INFERRED_GRAPH}#{code}"
    records = Records(holdings().engine)
    tree = records.tree([iri])
    if iri not in tree:
        raise UnknownName("nothing is derived under this name", "ask why again from the page of the thing")
    return render_template("proof.html", view=_page(iri, tree))


def _page(iri: str, tree: Mapping[str, Record]) -> ProofPage:
    found = claims_by_iri(source for record in tree.values() for source in record.sources)
    claims = {name: claim for name, claim in found.items() if not claim.private}
    private = {name: _("a claim about private life") for name in found if name not in claims}
    values = values_of([record.statement for record in tree.values()], known=private)
    subject = local_iri(tree[iri].statement.subject)
    return ProofPage(
        proof=_Proof(tree, claims, values, _kinds_of(tree)).step(iri),
        about=Link(values.names.of(subject), page_of(subject)),
        claims=len(claims),
        query_href=query_page(f"{PREFIXES}\nDESCRIBE <{iri}>\n"),
    )


@dataclass(frozen=True)
class _Proof:
    """What the steps of one proof are written from; ``kinds`` are the classes of what is spoken of."""

    tree: Mapping[str, Record]
    claims: Mapping[str, Claim]
    values: Values
    kinds: Mapping[str, list[str]]

    def step(self, name: str, above: Sequence[str] = ()) -> Step:
        """A derived statement, and beneath it what it follows from."""
        record = self.tree[name]
        said = self._said([record])
        if len(above) >= DEPTH or name in above:
            return Step(said, further=url_for("proofs.why", of=name.rpartition("#")[2]))
        found = [premise for premise in sorted(record.premises) if premise in self.tree]
        derived = [self.step(premise, (*above, name)) for premise in found if self.tree[premise].premises]
        return Step(said, record.rule or "", (*derived, *self._stated(found)))

    def _stated(self, names: Sequence[str]) -> Iterator[Step]:
        """The premises that are stated somewhere: what the same sources say of the same thing is one step."""
        together: dict[tuple[str, frozenset[str]], list[Record]] = {}
        for name in names:
            record = self.tree[name]
            if not record.premises:
                key = (local_iri(record.statement.subject), frozenset(record.sources))
                together.setdefault(key, []).append(record)
        for (_subject, sources), records in together.items():
            yield Step(
                said=self._said(records),
                claims=tuple(self.claims[source] for source in sorted(sources) if source in self.claims),
                places=tuple(_place(source) for source in sorted(sources) if source not in self.claims),
            )

    def _said(self, records: Sequence[Record]) -> tuple[Piece, ...]:
        subject = local_iri(records[0].statement.subject)
        statements = [record.statement for record in records]
        writer = Writer(self.values)
        sentences = writer.of(subject, statements, self.kinds.get(subject, ())) or [writer.other(subject, statements)]
        return tuple(piece for one in sentences for piece in (*one.pieces, Piece(" ")))[:-1]


def _kinds_of(tree: Mapping[str, Record]) -> Mapping[str, list[str]]:
    """The classes of everything that a proof speaks of, as far as they are asserted."""
    things = sorted(
        {local_iri(r.statement.subject) for r in tree.values() if isinstance(r.statement.subject, NamedNode)}
    )
    found: dict[str, list[str]] = {}
    for start in range(0, len(things), 200):
        values = iris(things[start : start + 200])
        for row in select(
            f"SELECT ?it ?kind WHERE {{ VALUES ?it {{ {values} }} ?it a ?kind }} ORDER BY ?kind LIMIT 5000"
        ):
            found.setdefault(text_of(row, "it"), []).append(text_of(row, "kind"))
    return found


def _place(source: str) -> Link:
    """What says a premise where no claim does."""
    known = {ENTITIES_GRAPH: _("recorded in this graph"), ONTOLOGY_GRAPH: _("by the ontology")}
    return Link(known.get(source, _("another source")), page_of(source) if source in known else None)
