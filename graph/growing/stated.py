"""What one file states, as lines that can be kept, compared and joined with those of all others."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rdflib import OWL, RDF, SKOS

from graph.claim_graphs import default_quads
from graph.claims import Editorial
from graph.corrections import taken_back
from graph.dataset import encode, ontology_triples
from graph.entities import Entity
from graph.growing.plain import Compact
from graph.iris import ID
from graph.jsonld import graph_of, node
from graph.logic.axioms import Axioms
from graph.logic.rules import compile_rules
from graph.logic.wording import LABELS
from graph.segments.lines import canonical

TYPE, LABEL = node(RDF.type), node(SKOS.prefLabel)


@dataclass(frozen=True)
class About(Compact):
    """What a file states of a thing that others may speak of too: N-Triples, and the IRIs among the objects."""

    lines: bytes
    objects: tuple[str, ...]


@dataclass(frozen=True)
class Stated(Compact):
    """What one file states.

    ``lines``: what a snapshot has of it, as sorted N-Quads, and ``rest`` those of them whose subject is none of its
    claims, nor a part of one. ``facts``: what the reasoner reads of it, as N-Quads whose
    graphs say where they come from. ``about``: what it says of things that are not its own. ``mentions``: the things
    that it names, without its own. ``labels``: preferred labels in N-Triples, with the thing of each. ``typed``: the
    classes of things that are not its own or have such a label; ``classes``: how many of the others are of each.
    """

    lines: bytes = field(repr=False)
    rest: bytes = field(repr=False)
    facts: bytes = field(repr=False)
    about: Mapping[str, About] = field(repr=False)
    mentions: frozenset[str] = field(repr=False)
    labels: tuple[tuple[str, str], ...] = field(repr=False)
    classes: Mapping[str, int] = field(repr=False)
    typed: tuple[tuple[str, str], ...] = field(repr=False)


def stated(editorials: Sequence[Editorial], entities: Sequence[Entity], without: frozenset[str]) -> Stated:
    """What a file with these parts states; nothing of the claims ``without`` holds, whose IRIs are given."""
    content, without = encode(editorials, entities), without | taken_back(editorials)
    quads = content.stated()
    others = [quad for quad in quads if not is_own(_iri(quad.subject), editorials)]
    labels = tuple(sorted({(str(quad.object), _iri(quad.subject)) for quad in quads if quad.predicate == LABEL}))
    named = {thing for _, thing in labels}
    typed = {(_iri(quad.subject), _iri(quad.object)) for quad in quads if quad.predicate == TYPE}
    lines = canonical([*quads, *_default(editorials, content.claim_quads, content.entity_quads, without)])
    own = tuple(root_of(editorial.iri) for editorial in editorials)
    return Stated(
        lines=lines,
        rest=b"".join(line for line in lines.splitlines(keepends=True) if not line.startswith(own)),
        facts=_facts(content.asserted(), without),
        about=_about(others),
        mentions=frozenset(iri for iri in _named(quads) if not is_own(iri, editorials)),
        labels=labels,
        classes=dict(Counter(kind for subject, kind in typed if subject not in named and is_own(subject, editorials))),
        typed=tuple(sorted(pair for pair in typed if pair[0] in named or not is_own(pair[0], editorials))),
    )


def root_of(editorial: str) -> bytes:
    """What lines begin with whose subject is a claim of the editorial with this IRI, or a part of one."""
    return f"<{ID}claim/{editorial.rpartition('/')[2]}/".encode()


def is_own(iri: str, editorials: Sequence[Editorial]) -> bool:
    """Whether a thing is an editorial's own: itself, its claims, or a part of these."""
    slug = owner(iri)
    return bool(slug) and any(slug == editorial.slug for editorial in editorials)


@lru_cache(maxsize=10_000)
def owner(iri: str) -> str:
    """The slug of the editorial whose thing it is by its IRI; empty if it is no editorial's."""
    kind, _, rest = iri.removeprefix(ID).partition("/")
    if not iri.startswith(ID) or kind not in ("claim", "editorial"):
        return ""
    return rest.partition("#")[0].partition("/")[0]


def _default(
    editorials: Sequence[Editorial],
    claims: Mapping[str, list[Quad]],
    entities: Sequence[Quad],
    without: Collection[str],
) -> Iterator[Quad]:
    for editorial in editorials:
        yield from default_quads(editorial, claims[editorial.iri], without)
    for quad in entities:
        yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _facts(quads: Sequence[Quad], without: frozenset[str]) -> bytes:
    wanted = told()
    gone = {f"{claim}#assertion" for claim in without}
    lines = {str(quad) for quad in quads if quad.predicate in wanted and graph_of(quad) not in gone}
    return "".join(f"{line} .\n" for line in sorted(lines)).encode()


@cache
def told() -> frozenset[NamedNode]:
    """The properties that the reasoner reads: those of the ontology and of its rules, and what things are called."""
    axioms = Axioms(ontology_triples())
    patterns = (pattern for rule in compile_rules(axioms.triples) for pattern in (*rule.premises, rule.conclusion))
    own = (*axioms.are(OWL.ObjectProperty), *axioms.are(OWL.DatatypeProperty), *axioms.are(OWL.FunctionalProperty))
    others = (TYPE, node(OWL.sameAs), node(OWL.differentFrom))
    return frozenset((*LABELS, *own, *others, *(predicate for _, predicate, _ in patterns)))


def _about(quads: Sequence[Quad]) -> dict[str, About]:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            found[quad.subject.value][f"{quad.triple} ."] = _iri(quad.object)
    return {
        iri: About("".join(f"{line}\n" for line in sorted(said)).encode(), tuple(sorted({*said.values()} - {""})))
        for iri, said in found.items()
    }


def _named(quads: Sequence[Quad]) -> Iterator[str]:
    for quad in quads:
        for term in (quad.subject, quad.object):
            if isinstance(term, NamedNode):
                yield term.value


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else "" if isinstance(term, Literal) else str(term)
