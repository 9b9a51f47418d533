"""What was derived, with its records and in the default graph too, as the sorted N-Quads that a snapshot holds.

The same lines as those of ``graph.logic.derivations`` after a store has put numbers and dates into one spelling;
written as text, for there are many, and a store takes its time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from graph import iris
from graph.logic.axioms import TYPE, Term
from graph.logic.derivations import (
    AXIOM,
    COMMENT,
    DERIVATION,
    GRAPH,
    LABEL,
    OBJECT,
    PREDICATE,
    PREMISE,
    PREMISE_CLASS,
    SOURCE,
    SUBJECT,
)
from graph.logic.fixpoint import Support
from graph.logic.wording import Words

END = f" {GRAPH} .\n"
RECORD = f"<{iris.INFERRED_GRAPH}#"


def blocks(
    found: Mapping[Triple, Support], sources: Mapping[Triple, Iterable[NamedNode]], words: Words
) -> Iterator[tuple[bytes, bytes]]:
    """Each subject, as N-Quads writes it, with its lines, sorted and each once; the subjects sorted.

    ``sources`` of every fact among the premises. What is derived stands in its graph and in the default graph, the
    records in their graph alone.
    """
    lines = _Lines(found, sources, words)
    for subject in sorted(lines.told):
        yield subject.encode(), "".join(sorted({*lines.of(subject)})).encode()


class _Lines:
    """``told``: by subject the statements that are derived of it; of a record, none or what it is said of."""

    def __init__(
        self, found: Mapping[Triple, Support], sources: Mapping[Triple, Iterable[NamedNode]], words: Words
    ) -> None:
        self._found, self._sources, self._words = found, sources, words
        premises = {premise for support in found.values() for premise in support.premises}
        self._names = {triple: _name(triple) for triple in (*found, *premises)}
        self._records = {name: triple for triple, name in self._names.items()}
        self._spelt = _spelt(triple.object for triple in self._names)
        self.told: defaultdict[str, list[str]] = defaultdict(list, {name: [] for name in self._records})
        for triple in found:
            subject = str(triple.subject)
            self.told[subject].append(f"{subject} {triple.predicate} {self._object(triple)}")

    def of(self, subject: str) -> Iterator[str]:
        """The lines with this subject."""
        for statement in self.told[subject]:
            yield f"{statement}{END}"
            if not subject.startswith(RECORD):
                yield f"{statement} .\n"
        if triple := self._records.get(subject):
            support = self._found.get(triple)
            said = self._premise(triple) if support is None else self._derivation(triple, support)
            yield from (f"{subject} {one}{END}" for one in said)

    def _derivation(self, triple: Triple, support: Support) -> Iterator[str]:
        yield from self._reified(triple)
        yield f"{TYPE} {DERIVATION}"
        yield f"{AXIOM} {support.rule.axiom}"
        yield f"{LABEL} {Literal(self._words.statement(triple), language='en')}"
        yield f"{COMMENT} {Literal(support.rule.sentence, language='en')}"
        for premise in support.premises:
            yield f"{PREMISE} {self._names[premise]}"

    def _premise(self, triple: Triple) -> Iterator[str]:
        yield from self._reified(triple)
        yield f"{TYPE} {PREMISE_CLASS}"
        for source in self._sources[triple]:
            yield f"{SOURCE} {source}"

    def _reified(self, triple: Triple) -> Iterator[str]:
        yield f"{SUBJECT} {triple.subject}"
        yield f"{PREDICATE} {triple.predicate}"
        yield f"{OBJECT} {self._object(triple)}"

    def _object(self, triple: Triple) -> str:
        return self._spelt.get(triple.object) or str(triple.object)


def _name(triple: Triple) -> str:
    return f"{RECORD}{sha256(f'{triple} .'.encode()).hexdigest()}>"


def _spelt(objects: Iterable[Term]) -> dict[Term, str]:
    """Literals as a store spells them: "01" of xsd:integer as "1"."""
    some = list({term for term in objects if not isinstance(term, NamedNode | BlankNode)})
    store = Store()
    store.bulk_extend(Quad(NamedNode(f"urn:{number}"), TYPE, term) for number, term in enumerate(some))
    dumped = (store.dump(format=RdfFormat.N_QUADS) or b"").decode()
    found = {line.split(" ", 2)[0]: line.split(" ", 2)[2].removesuffix(" .") for line in dumped.split("\n") if line}
    return {term: found[f"<urn:{number}>"] for number, term in enumerate(some)}
