"""Why a derived statement holds: its proof, from the rule and its premises down to the exact words of the claims."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from pyoxigraph import NamedNode

from graph.errors import ParameterError, UnknownName
from graph.iris import ENTITIES_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH
from graph.records import Record, Records
from server.claims import claims_by_iri
from server.holdings import holdings
from server.links import page_of, query_page
from server.pieces import Claim, Link
from server.reading import PREFIXES
from server.site.language import gettext as _
from server.site.sentences import Piece, Values, Writer, local_iri, values_of

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
        proof=_step(iri, tree, claims, values, ()),
        about=Link(values.names.of(subject), page_of(subject)),
        claims=len(claims),
        query_href=query_page(f"{PREFIXES}\nDESCRIBE <{iri}>\n"),
    )


def _step(
    name: str, tree: Mapping[str, Record], claims: Mapping[str, Claim], values: Values, above: Sequence[str]
) -> Step:
    record = tree[name]
    said = Writer(values).of(local_iri(record.statement.subject), [record.statement])
    pieces = (
        said[0].pieces if said else Writer(values).other(local_iri(record.statement.subject), [record.statement]).pieces
    )
    if record.premises and (len(above) >= DEPTH or name in above):
        return Step(pieces, further=url_for(".why", of=name.rpartition("#")[2]))
    return Step(
        said=pieces,
        rule=record.rule or "",
        premises=tuple(
            _step(premise, tree, claims, values, (*above, name))
            for premise in sorted(record.premises)
            if premise in tree
        ),
        claims=tuple(claims[source] for source in sorted(record.sources) if source in claims),
        places=tuple(_place(source) for source in sorted(record.sources) if source not in claims),
    )


def _place(source: str) -> Link:
    """What says a premise where no claim does."""
    known = {ENTITIES_GRAPH: _("recorded in this graph"), ONTOLOGY_GRAPH: _("by the ontology")}
    return Link(known.get(source, _("another source")), page_of(source) if source in known else None)


def is_derivation(term: object) -> bool:
    """Whether this is the record of a derived statement."""
    return isinstance(term, NamedNode) and term.value.startswith(f"{INFERRED_GRAPH}#")
