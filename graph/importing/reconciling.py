"""Who of a data set is who of the graph.

Certain, and taken at once: an identifier of the same scheme and the same value. Uncertain, and written into the review
file for a person to decide: a name of the same kind that is alike once both are folded (``graph/searching/text.py``),
where neither is stated to be of another country. Everything else is somebody else. A name alone is never enough: two
people may share it, and one party may follow another under it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.fuzz import token_sort_ratio

from graph import iris
from graph.importing.known import Known
from graph.searching.text import words

LIKE = 85.0
"""From which likeness on (rapidfuzz's token sort ratio of the folded names, 0 to 100) a person is asked."""


@dataclass(frozen=True, order=True)
class Candidate:
    """Something of a data set that may be a thing of the graph; paths below ``id/``, ``score`` 0 to 100."""

    evidence: str
    known: str
    name: str
    known_name: str
    score: int
    why: str


class Reconciler:
    """Finds out, and keeps what is not certain."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._names: defaultdict[str, list[tuple[str, str, str, str | None]]] = defaultdict(list)
        for thing in known.things:
            for name in thing.names:
                self._names[thing.kind].append((" ".join(words(name)), name, thing.iri, thing.country))
        self._found: dict[str, str] = {}
        self.candidates: list[Candidate] = []
        self.certain: dict[str, str] = {}
        """What was matched at once: the identifier, and the path of the thing."""

    def find(
        self, minted: str, names: Iterable[str], identifiers: Iterable[tuple[str, str]], country: str | None
    ) -> str:
        """The IRI to use: that of the graph if it is certain, else the ``minted`` one, with candidates kept aside."""
        if minted in self._found:
            return self._found[minted]
        for scheme, value in identifiers:
            if (iri := self._known.identified(scheme, value)) is not None:
                self.certain[f"{scheme} {value}"] = iris.path_of(iri)
                return self._found.setdefault(minted, iri)
        self._compare(minted, list(dict.fromkeys(names)), country)
        return self._found.setdefault(minted, minted)

    def _compare(self, minted: str, names: list[str], country: str | None) -> None:
        best: dict[str, Candidate] = {}
        kind = iris.path_of(minted).partition("/")[0]
        for name in names:
            folded = " ".join(words(name))
            for other, written, iri, of in self._names[kind] if folded else ():
                if country and of and country != of:
                    continue
                score = int(token_sort_ratio(folded, other))
                if score >= LIKE and (iri not in best or score > best[iri].score):
                    why = f"“{name}” is like “{written}”" + (", of the same country" if country and of else "")
                    best[iri] = Candidate(iris.path_of(minted), iris.path_of(iri), names[0], written, score, why)
        self.candidates += best.values()
