"""A description as one JSON-LD tree with the thing at its root, for whoever has never heard of RDF.

    {"@context": …, "id": …, "type": "PoliticalParty", "prefLabel": {"en": "Nur Otan"},
     "country": {"id": …, "prefLabel": {"en": "Kazakhstan"}}, "incoming": {"party": [{"id": …}], "document": [
     {"id": …, "reasons": [{"subject": …, "predicate": …, "object": …, "restsOn": {"id": …, "label": …}}]}]}}

What is said of the thing and its parts stands where it is first reached; everything else that is named is given with
its names wherever it is named. It is the same graph as the other formats; of a claim, its assertion graph too.
(PyLD's framing takes ten times as long, names each thing once, and has no place for what nothing in the tree leads to.)
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from graph.description import TYPE, value
from graph.forms.compaction import Compactor, is_language_map

Node = dict[str, Any]
FIRST = ("id", "type", "prefLabel", "label", "headline")
LAST = ("incoming", "document", "@included", "@graph")


class Frame:
    """Some triples as a tree below ``root``; ``full`` are the nodes that are given with all that is said of them.

    ``named``: whether the others stand with all their names wherever they are named, or only once.
    """

    def __init__(
        self, root: str, triples: Iterable[Triple], full: frozenset[str], document: str = "", *, named: bool = True
    ) -> None:
        self._root, self._full, self._document, self._names = root, full | {root}, document, named
        self._compactor = Compactor()
        self._about: dict[str, list[Triple]] = defaultdict(list)
        self._incoming: dict[str, list[Triple]] = defaultdict(list)
        self._graphs: dict[str, list[Node]] = {}
        self._told: set[str] = set()
        for triple in triples:
            subject, target = value(triple.subject), value(triple.object)
            from_outside = subject not in self._full or self._is_topic(triple)
            is_incoming = named and target in self._full and from_outside and not isinstance(triple.object, Literal)
            (self._incoming[target] if is_incoming else self._about[subject]).append(triple)

    def add_graph(self, name: str, triples: Iterable[Triple]) -> None:
        """A named graph, whose nodes stand inside the node of this name."""
        inner = Frame("", triples, frozenset())
        inner._compactor = self._compactor
        inner._full = frozenset(inner._about)
        self._graphs[name] = inner.rest()

    def document(self) -> bytes:
        """The whole, as indented UTF-8."""
        tree = self._node(self._root)
        rest = self.rest()
        if rest:
            tree["@included"] = rest
        written = {"@context": self._compactor.context, **_ordered(tree)}
        return json.dumps(written, ensure_ascii=False, indent=2).encode()

    def rest(self) -> list[Node]:
        """The nodes that have not been told of yet."""
        found = []
        for subject in list(self._about):
            if subject not in self._told:
                found.append(self._node(subject))
        return found

    def _node(self, subject: str) -> Node:
        """A node with everything that is said of it."""
        self._told.add(subject)
        made: Node = {"id": subject}
        for triple in self._about[subject]:
            self._put(made, triple, deep=subject in self._full)
        if subject in self._graphs:
            made["@graph"] = self._graphs.pop(subject)
        if subject in self._incoming:
            made[self._compactor.use("incoming")] = self._reversed(subject)
        return _ordered(made)

    def _put(self, made: Node, triple: Triple, *, deep: bool) -> None:
        predicate, term = triple.predicate.value, triple.object
        if triple.predicate == TYPE and isinstance(term, NamedNode):
            _append(made, "type", self._compactor.word(term.value))
        elif isinstance(term, Literal):
            key, written = self._compactor.of_literal(predicate, term)
            _append(made, key, written)
        elif concept := self._compactor.of_concept(predicate, value(term)):
            _append(made, *concept)
        else:
            key, written = self._compactor.of_node(predicate, self._reference(value(term), deep=deep))
            _append(made, key, written)

    def _reference(self, name: str, *, deep: bool) -> Node | str:
        """A node that is named: in full if it is to be and has not been, else with its names, else its IRI alone."""
        if deep and name in self._full and name not in self._told and name in self._about:
            return self._node(name)
        if name in self._full or name not in self._about or not self._names:
            return name
        self._told.add(name)
        made: Node = {"id": name}
        for triple in self._about[name]:
            self._put(made, triple, deep=False)
        return _ordered(made)

    def _reversed(self, name: str) -> Node:
        found: Node = {}
        for triple in self._incoming[name]:
            reference = self._reference(value(triple.subject), deep=self._is_topic(triple))
            whole = {"id": reference} if isinstance(reference, str) else reference
            found.setdefault(self._compactor.reverse_key(triple.predicate.value), []).append(whole)
        return _ordered(found)

    def _is_topic(self, triple: Triple) -> bool:
        """Whether this says that the document is about the thing: then it stands below it, with all that it says."""
        return value(triple.subject) == self._document and value(triple.object) == self._root


def _append(made: Node, key: str, written: Any) -> None:
    """One more value of a key: a list where there are several."""
    if is_language_map(key):
        languages = made.setdefault(key, {})
        for language, text in written.items():
            _append(languages, language, text)
    elif key not in made:
        made[key] = written
    elif isinstance(made[key], list):
        made[key].append(written)
    else:
        made[key] = [made[key], written]


def _ordered(made: Node) -> Node:
    """Names first, and what others say last."""

    def place(key: str) -> tuple[int, int, str]:
        if key in FIRST:
            return 0, FIRST.index(key), key
        return (2, LAST.index(key), key) if key in LAST else (1, 0, key)

    return {key: made[key] for key in sorted(made, key=place)}
