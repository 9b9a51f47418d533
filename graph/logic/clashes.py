"""Facts that cannot all be true, found by rules: what clashes, who says so, and why it cannot be.

Looked for in what is stated and in what follows from it. What only a full reasoner sees is left to
``graph.logic.hermit``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from pyoxigraph import NamedNode, Quad, Triple

from graph import iris
from graph.logic.axioms import TYPE, Axioms, Term
from graph.logic.derivations import source_of
from graph.logic.facts import fact_of, triple_of
from graph.logic.fixpoint import close
from graph.logic.rules import Rule, compile_rules
from graph.logic.violations import Violation, violations
from graph.logic.wording import Words, labels_in


@dataclass(frozen=True)
class Side:
    """One side of a clash in words, with where it comes from: IRIs of claims, or of the graph of entities."""

    statement: str
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.statement} ({', '.join(map(_place, self.sources))})"


@dataclass(frozen=True)
class Clash:
    """Statements that cannot all be true. ``minimal``: without any one of its claims the rest does not clash."""

    reason: str
    sides: tuple[Side, ...]
    minimal: bool = True

    @property
    def sources(self) -> tuple[str, ...]:
        """The IRIs of the claims that clash; ``graph/entities`` among them where the entity files take part."""
        return tuple(sorted({source for side in self.sides for source in side.sources}))

    def __str__(self) -> str:
        return f"{' and '.join(map(str, self.sides))}: {self.reason}"


def rule_clashes(ontology: Iterable[Triple], facts: Iterable[Quad], words: Words | None = None) -> tuple[Clash, ...]:
    """Every clash that rules see, one for each thing and set of sources, in sort order.

    ``words``: what things are called, if the facts do not say it of all of them.
    """
    evidence = Evidence.of(Axioms(ontology), facts)
    evidence = evidence if words is None else replace(evidence, words=words)
    found: dict[tuple[str, tuple[str, ...]], Clash] = {}
    for statements, _ in evidence.violations():
        subject = statements[0].subject
        clash = evidence.only(evidence.smallest(subject, statements)).first_clash(subject)
        found.setdefault((str(subject), clash.sources), clash)
    return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True)
class Evidence:
    """Facts with the IRIs of their sources; ``claims`` are the sources that one can do without."""

    axioms: Axioms
    rules: tuple[Rule, ...]
    facts: Mapping[Triple, frozenset[str]]
    claims: frozenset[str]
    words: Words

    @classmethod
    def of(cls, axioms: Axioms, facts: Iterable[Quad]) -> "Evidence":
        """The facts of quads whose graph names say where they come from, and those of the ontology."""
        sources: dict[Triple, set[str]] = defaultdict(set)
        claims = set()
        for quad in facts:
            if isinstance(quad.graph_name, NamedNode):
                source = source_of(quad.graph_name.value)
                sources[quad.triple].add(source)
                claims |= {source} if source != quad.graph_name.value else set()
        for triple in axioms.facts():
            sources[triple].add(iris.ONTOLOGY_GRAPH)
        words = Words(labels_in(chain(axioms.triples, sources)))
        facts_of = {fact: frozenset(names) for fact, names in sources.items()}
        return cls(axioms, compile_rules(axioms.triples), facts_of, frozenset(claims), words)

    def only(self, claims: Collection[str]) -> "Evidence":
        """The evidence without all other claims."""
        left_out = self.claims.difference(claims)
        facts = {fact: of - left_out for fact, of in self.facts.items() if of - left_out}
        return replace(self, facts=facts, claims=self.claims - left_out)

    @cached_property
    def found(self) -> Mapping[Triple, tuple[Triple, ...]]:
        """What follows from the facts, each with its premises."""
        found = close(self.rules, map(fact_of, self.facts))
        return {triple_of(fact): tuple(map(triple_of, support.premises)) for fact, support in found.items()}

    def violations(self, subject: Term | None = None) -> list[Violation]:
        """What cannot be true together, of one subject or of all."""
        found = violations(self.axioms, [*self.facts, *self.found], self.words)
        return [each for each in found if subject is None or each[0][0].subject == subject]

    def quads(self) -> Iterator[Quad]:
        """The facts, each in a graph named by one source."""
        for fact in self.facts:
            yield Quad(fact.subject, fact.predicate, fact.object, NamedNode(self.source(fact)))

    def all_of(self, claim: str) -> Side:
        """Everything that one claim says, as the side of a clash."""
        said = sorted(self.words.statement(fact) for fact, sources in self.facts.items() if claim in sources)
        return Side("; ".join(said), (claim,))

    def leaves(self, statement: Triple) -> list[Triple]:
        """The facts that a statement rests on."""
        premises = self.found.get(statement)
        if premises is None:
            return [statement]
        return list(dict.fromkeys(fact for premise in premises for fact in self.leaves(premise)))

    def source(self, fact: Triple) -> str:
        """One source of a fact: no claim where it can be had without, else the first in sort order."""
        return min(self.facts[fact], key=lambda source: (source in self.claims, source))

    def smallest(self, subject: Term, statements: Iterable[Triple]) -> frozenset[str]:
        """As few claims as still make the subject clash, out of those that these statements rest on."""
        needed = {self.source(fact) for statement in statements for fact in self.leaves(statement)} & self.claims
        for claim in sorted(needed):
            if self.only(needed - {claim}).violations(subject):
                needed.discard(claim)
        return frozenset(needed)

    def first_clash(self, subject: Term) -> Clash:
        """The first violation of a subject, in words."""
        statements, reason = self.violations(subject)[0]
        return Clash(reason, tuple(dict.fromkeys(map(self._side, statements))))

    def _side(self, statement: Triple) -> Side:
        statement = self._telling(statement)
        leaves, words = self.leaves(statement), self.words.statement(statement)
        if leaves != [statement]:
            words += f", for {' and '.join(map(self.words.statement, leaves))}"
        return Side(words, tuple(sorted({self.source(fact) for fact in leaves})))

    def _telling(self, statement: Triple) -> Triple:
        """The most telling form of a statement: *is a political party* rather than *is an organization*."""
        premises = self.found.get(statement, ())
        if len(premises) != 1:
            return statement
        (premise,) = premises
        same = premise.predicate == statement.predicate == TYPE and premise.subject == statement.subject
        return self._telling(premise) if same else statement


def _place(source: str) -> str:
    return "the entity files" if source == iris.ENTITIES_GRAPH else iris.path_of(source)
