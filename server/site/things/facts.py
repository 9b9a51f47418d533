"""What claims state of a thing, as facts: a sentence for each event, state or property, with who says it and how.

Statements of one node are one fact as long as they are held in the same way by the same: what one claim adds to
another's then stands in one place, each sentence with the claims it rests on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from graph.iris import ONTOLOGY
from server.pieces import Claim
from server.site.sentences import Piece, Sentence, Values, Writer, local, local_iri
from server.site.things.citing import Register
from server.site.things.claimed import nodes_of
from server.site.things.views import Fact, Said
from server.site.things.voices import voice_of
from server.vocabulary import RDF_TYPE
from server.words.language import gettext as _

STATEMENT = f"{ONTOLOGY}#Statement"


@dataclass
class Group:
    """What some claims that are held alike state of one node; ``kinds`` are its classes, stated here or elsewhere."""

    node: str
    first: Claim
    kinds: tuple[str, ...]
    claims: dict[Triple, list[str]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The last part of its first class; empty for a thing."""
        return local(NamedNode(self.kinds[0])) if self.kinds else ""

    @property
    def sources(self) -> tuple[str, ...]:
        """All claims that it rests on."""
        return tuple(dict.fromkeys(claim for claims in self.claims.values() for claim in claims))


def grouped(thing: str, claims: Mapping[str, Claim], stated: Mapping[str, Sequence[Triple]]) -> list[Group]:
    """What the claims state of nodes that are the thing or lead to it, in the order of the text."""
    kinds = kinds_in(stated)
    near = {
        node
        for claim in claims
        for node, triples in nodes_of(stated.get(claim, ())).items()
        if _touches(thing, node, triples)
    }
    found: dict[tuple[object, ...], Group] = {}
    for claim in sorted(claims.values(), key=lambda one: (one.editorial.href or "", one.number, one.iri)):
        for node, triples in nodes_of(stated.get(claim.iri, ())).items():
            if node not in near:
                continue
            of = kinds.get(node, ())
            # Two claims in a source's own words never say quite the same.
            apart = claim.iri if STATEMENT in of else ""
            key = (node, claim.modality.name, claim.attribution, claim.condition, apart)
            group = found.setdefault(key, Group(node, claim, of))
            for triple in triples:
                group.claims.setdefault(triple, []).append(claim.iri)
    return list(found.values())


def kinds_in(stated: Mapping[str, Iterable[Triple]]) -> Mapping[str, tuple[str, ...]]:
    """The classes that any of the claims gives a node."""
    found: dict[str, dict[str, None]] = {}
    for triples in stated.values():
        for triple in triples:
            if triple.predicate.value == RDF_TYPE:
                found.setdefault(local_iri(triple.subject), {})[local_iri(triple.object)] = None
    return {node: tuple(kinds) for node, kinds in found.items()}


def _touches(thing: str, node: str, triples: Iterable[Triple]) -> bool:
    return node == thing or any(local_iri(triple.object) == thing for triple in triples)


@dataclass(frozen=True)
class Facts:
    """Makes facts of groups, with references of one page."""

    values: Values
    register: Register
    missing: Mapping[str, tuple[str, ...]]

    def of(self, group: Group) -> Fact:
        """A group as a fact."""
        first, *others = self._sentences(group)
        main = self._said(group, first)
        rests = self._claims(group, first)
        details = (
            Said(one.pieces) if set(self._claims(group, one)) <= set(rests) else self._said(group, one)
            for one in others
            if not self._only_says_where(one)
        )
        return Fact(
            held=group.first.modality,
            voice=voice_of(group.first) if not is_own_assertion(group.first) else (),
            main=main,
            details=(*details, *self._condition(group.first)),
            missing=self.missing.get(group.node, ()),
            tensions=group.first.tensions,
        )

    def _only_says_where(self, sentence: Sentence) -> bool:
        """Whether a sentence names the country that the page is about, and nothing else."""
        where = {(local(triple.predicate), local_iri(triple.object)) for triple in sentence.statements}
        return where == {("country", self.values.here)}

    def main(self, group: Group) -> Said:
        """The main sentence of a group alone."""
        return self._said(group, self._sentences(group)[0])

    def _sentences(self, group: Group) -> tuple[Sentence, ...]:
        """What a group says; a statement in a source's own words is said by the claim's sentence."""
        found = () if STATEMENT in group.kinds else Writer(self.values).of(group.node, list(group.claims), group.kinds)
        by_claim = Sentence((Piece(group.first.sentence, group.first.href, "en", is_value=True),), tuple(group.claims))
        return found or (by_claim,)

    def by_sentence(self, claim: Claim) -> Fact:
        """A claim by its own sentence, where what it states is not what the page is about."""
        main = Said((Piece(claim.sentence, claim.href, "en", is_value=True),), self.register.cite([claim.iri]))
        voice = voice_of(claim) if not is_own_assertion(claim) else ()
        return Fact(claim.modality, voice, main, self._condition(claim), (), claim.tensions)

    def _said(self, group: Group, sentence: Sentence) -> Said:
        return Said(sentence.pieces, self.register.cite(self._claims(group, sentence)))

    def _claims(self, group: Group, sentence: Sentence) -> list[str]:
        """The claims that a sentence rests on."""
        claims = [claim for triple in sentence.statements for claim in group.claims.get(triple, ())]
        kept = [claim for triple in sentence.statements if _tells(triple) for claim in group.claims.get(triple, ())]
        return kept or claims

    def _condition(self, claim: Claim) -> tuple[Said, ...]:
        """What a claim of somebody else's depends on; of the source's own its voice says it."""
        if not (claim.condition and claim.attribution):
            return ()
        return (Said((Piece(_("Condition: “%(condition)s”.", condition=claim.condition)),)),)


def is_own_assertion(claim: Claim) -> bool:
    """Whether the source says it as a fact, in its own voice."""
    return claim.modality.name == "asserted" and claim.attribution is None


def _tells(triple: Triple) -> bool:
    """Whether a statement says more than what kind of thing a node is, and what it is called."""
    return local(triple.predicate) not in ("type", "label")
