"""What reasoning adds about a thing, each with the way to its proof."""

from collections.abc import Iterator, Mapping, Sequence

from flask import url_for
from pyoxigraph import NamedNode, Triple

from graph.asking.grounds import Ground
from graph.description import Description
from server.pieces import Claim
from server.site.patterns import KINDS, PROPERTIES
from server.site.sentences import Writer, local, local_iri
from server.site.things.citing import Register
from server.site.things.views import Fact, Said
from server.vocabulary import RDF_TYPE

PLAIN = ("ban", "detention", "hasMembership", "role")
"""Said better by the event or state that they follow from."""


def why(derivation: str) -> str:
    """Where the proof of a derived statement is, by the IRI of its record."""
    return url_for("proofs.why", of=derivation.rpartition("#")[2])


def derived_of(found: Description) -> Mapping[Triple, Ground]:
    """The derived statements about the thing that tell something new: not that a party is an organisation too."""
    return {
        triple: ground
        for triple, ground in found.grounds.items()
        if ground.derivation and local_iri(triple.subject) == found.iri and _tells(triple)
    }


def facts_of(
    derived: Mapping[Triple, Ground], writer: Writer, register: Register, claims: Mapping[str, Claim]
) -> Iterator[Fact]:
    """A fact for each; none that rests on a claim about private life."""
    for triple, ground in derived.items():
        if any(claim not in claims or claims[claim].private for claim in ground.claims):
            continue
        for sentence in writer.of(local_iri(triple.subject), [triple]):
            main = Said(sentence.pieces, register.cite(ground.claims))
            yield Fact(None, (), main, why=why(str(ground.derivation)))


def claims_under(derived: Mapping[Triple, Ground]) -> Sequence[str]:
    """The claims that some derived statements rest on."""
    return [claim for ground in derived.values() for claim in ground.claims]


def _tells(triple: Triple) -> bool:
    name = local(triple.predicate)
    is_kind = triple.predicate.value == RDF_TYPE and local(triple.object) in KINDS
    return isinstance(triple.object, NamedNode) and (is_kind or (name in PROPERTIES and name not in PLAIN))
