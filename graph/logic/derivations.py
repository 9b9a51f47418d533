"""The records of what was derived: each statement with its axiom and its premises, as RDF.

<graph/inferred#hash> a pol:Derivation ; rdf:subject … ; rdf:predicate … ; rdf:object … ;
    pol:axiom <term> ; rdfs:label "the statement" ; rdfs:comment "the rule" ; pol:premise <…#hash> .
<graph/inferred#hash> a pol:Premise ; rdf:subject … ; rdf:predicate … ; rdf:object … ;
    prov:wasDerivedFrom <a claim, or the graph of the entities or of the ontology> .

They are written as text, the lines of N-Quads that a store would write: there are many, and a store takes its time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from pyoxigraph import Literal
from rdflib import PROV, RDF, RDFS

from graph import iris
from graph.logic.facts import Fact, term_of
from graph.logic.fixpoint import Support
from graph.logic.rules import Rule
from graph.logic.wording import Words, phrase
from ontology.terms import POL

GRAPH = f"<{iris.INFERRED_GRAPH}>"
RECORD = f"<{iris.INFERRED_GRAPH}#"
TYPE, SUBJECT, PREDICATE, OBJECT = (f"<{term}>" for term in (RDF.type, RDF.subject, RDF.predicate, RDF.object))
LABEL, COMMENT, SOURCE = (f"<{term}>" for term in (RDFS.label, RDFS.comment, PROV.wasDerivedFrom))
DERIVATION, PREMISE_CLASS = f"<{POL.Derivation}>", f"<{POL.Premise}>"
AXIOM, PREMISE = f"<{POL.axiom}>", f"<{POL.premise}>"
END = f" {GRAPH} .\n"

Sources = Mapping[Fact, Iterable[str]]
"""Where each fact among the premises is stated, as N-Quads writes it; no other fact."""


def blocks(found: Mapping[Fact, Support], sources: Sources, words: Words) -> Iterator[tuple[bytes, bytes]]:
    """Each subject, as N-Quads writes it, with its lines, sorted and each once; the subjects sorted.

    What is derived stands in its graph and in the default graph, the records in their graph alone.
    """
    lines = _Lines(found, sources, words)
    for subject in sorted(lines.subjects()):
        yield subject.encode(), lines.of(subject).encode()


def source_of(place: str) -> str:
    """What a fact of this named graph comes from, by IRI: the claim of an assertion, else the graph itself."""
    return place.removesuffix("#assertion")


class _Lines:
    """The lines of each subject: what was derived of it, or of a record what it says."""

    def __init__(self, found: Mapping[Fact, Support], sources: Sources, words: Words) -> None:
        self._found, self._sources, self._words = found, sources, _Called(words)
        self._names = _Names()
        self._rules: dict[int, tuple[str, ...]] = {}
        self._records = {self._names[fact]: fact for fact in chain(found, sources)}
        self._told: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in found:
            self._told[fact[0]].append(fact)

    def subjects(self) -> Iterable[str]:
        """Every subject, once."""
        return self._records.keys() | self._told.keys()

    def of(self, subject: str) -> str:
        """The lines of a subject, sorted."""
        said = [end for fact in self._told.get(subject, ()) for end in _stated(fact)]
        record = self._records.get(subject)
        if record is not None:
            support = self._found.get(record)
            said += self._premise(record) if support is None else self._derivation(record, support)
            said += _reified(record)
        said.sort()
        start = f"{subject} "
        return start + start.join(said)

    def _derivation(self, fact: Fact, support: Support) -> list[str]:
        subject, predicate, value = fact
        words, called = self._words, None if predicate == TYPE else self._words[predicate]
        label = _in_english(phrase(words[subject], called, words[value]))
        premises = [f"{PREMISE} {self._names[premise]}{END}" for premise in dict.fromkeys(support.premises)]
        return [*self._of_rule(support.rule), f"{LABEL} {label}{END}", *premises]

    def _of_rule(self, rule: Rule) -> tuple[str, ...]:
        known = self._rules.get(id(rule))  # a rule's own hash is that of all its terms
        if known is None:
            said = (f"{TYPE} {DERIVATION}", f"{AXIOM} {rule.axiom}", f"{COMMENT} {_in_english(rule.sentence)}")
            known = self._rules[id(rule)] = tuple(f"{one}{END}" for one in said)
        return known

    def _premise(self, fact: Fact) -> list[str]:
        return [f"{TYPE} {PREMISE_CLASS}{END}", *(f"{SOURCE} {source}{END}" for source in self._sources[fact])]


class _Names(dict[Fact, str]):
    """The names of the records of statements."""

    def __missing__(self, fact: Fact) -> str:
        name = self[fact] = f"<{iris.derivation(f'{fact[0]} {fact[1]} {fact[2]} .')}>"
        return name


class _Called(dict[str, str]):
    """What terms are called, by their text."""

    def __init__(self, words: Words) -> None:
        self._of = words.of

    def __missing__(self, text: str) -> str:
        called = self[text] = self._of(term_of(text))
        return called


def _stated(fact: Fact) -> tuple[str, ...]:
    """Without its subject, in its graph and in the default graph. What is said of records is in their graph alone."""
    subject, predicate, value = fact
    said = f"{predicate} {value}"
    return (f"{said}{END}",) if subject.startswith(RECORD) else (f"{said}{END}", f"{said} .\n")


def _reified(fact: Fact) -> tuple[str, ...]:
    subject, predicate, value = fact
    return f"{SUBJECT} {subject}{END}", f"{PREDICATE} {predicate}{END}", f"{OBJECT} {value}{END}"


def _in_english(text: str) -> str:
    """A literal as N-Quads writes it."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"@en'  # as the engine does it, which takes three times as long
    return str(Literal(text, language="en"))
