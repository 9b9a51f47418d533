"""What reasoning would derive of the generated statements, with its records, in the form of graph.logic.derivations."""

from dataclasses import dataclass, field

from bench.lines import INFERRED, A, both, name, only, record, text

Source = str | None
"""The claim or graph that a premise comes from; None for a premise that is derived itself."""

_COMMENT, _LABEL, _SOURCE = name("rdfs:comment"), name("rdfs:label"), name("prov:wasDerivedFrom")
_DERIVATION, _PREMISE_CLASS = name("pol:Derivation"), name("pol:Premise")
_AXIOM, _PREMISE = name("pol:axiom"), name("pol:premise")
_PARTS = name("rdf:subject"), name("rdf:predicate"), name("rdf:object")


@dataclass
class Derived:
    """Collects derived statements; each is told once, however many claims it rests on."""

    statements: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    lasting: set[str] = field(default_factory=set)
    """Statements and premises about entities, which other editorials may speak of again."""

    def add(
        self, triple: tuple[str, str, str], axiom: str, words: tuple[str, str], *premises: tuple[str, Source],
        lasts: bool = False,
    ) -> None:  # fmt: skip
        """A statement by an axiom (prefixed name), its label and its rule, and what it follows from."""
        statement = " ".join(triple)
        if lasts and statement in self.lasting:
            return
        if lasts:
            self.lasting.add(statement)
        own = record(statement)
        self.statements.append(statement)
        self._reify(own, triple, _DERIVATION)
        label, rule = words
        self.records += [
            f"{own} {_AXIOM} {name(axiom)}",
            f"{own} {_LABEL} {text(label)}",
            f"{own} {_COMMENT} {text(rule)}",
        ]
        for premise, source in premises:
            self._premise(own, premise, source)

    def _premise(self, own: str, premise: str, source: Source) -> None:
        used = record(premise)
        self.records.append(f"{own} {_PREMISE} {used}")
        if source is None or premise in self.lasting:
            return
        self.lasting.add(premise)
        subject, predicate, object_ = premise.split(" ", 2)
        self._reify(used, (subject, predicate, object_), _PREMISE_CLASS)
        self.records.append(f"{used} {_SOURCE} {source}")

    def _reify(self, own: str, triple: tuple[str, str, str], kind: str) -> None:
        self.records.append(f"{own} {A} {kind}")
        self.records += [f"{own} {part} {term}" for part, term in zip(_PARTS, triple, strict=True)]

    def flush(self, temporary: set[str] | None = None) -> str:
        """The lines of what was added since the last time; forgets the ``temporary`` premises, of one claim alone."""
        lines = both(self.statements, INFERRED) + only(self.records, INFERRED)
        self.statements.clear()
        self.records.clear()
        if temporary:
            self.lasting -= temporary
        return lines
