"""What things and claims are called: the properties that name them, and which name comes first."""

from collections.abc import Iterable

from rdflib import FOAF, RDFS, SDO, SKOS

LABELS = {
    str(SKOS.prefLabel): "preferred",
    str(SDO.headline): "headline",
    str(FOAF.name): "name",
    str(RDFS.label): "label",
    str(SKOS.altLabel): "alternative",
    str(SKOS.hiddenLabel): "hidden",
}
"""The properties that name a thing, the best first, and what a name by each is called."""
RANKS = {name: rank for rank, name in enumerate(LABELS)}
PRINTED = len(LABELS)
"""The rank of a name as a source prints it."""
KINDS = (*LABELS.values(), "printed")
"""What a name of each rank is called."""
MOST = 40
"""Names of one thing that are kept, the first ones."""

Label = tuple[int, str, str]
"""A name: its rank, its language or nothing, its text."""


def ranked(labels: Iterable[Label]) -> list[Label]:
    """Best first: by property, then English or no language before others; each text once."""
    found = set(labels)
    if len(found) < 2:
        return list(found)
    best: dict[str, Label] = {}
    for label in sorted(found, key=lambda label: (label[0], (label[1] or "en") != "en", label[1], label[2])):
        best.setdefault(label[2], label)
    return list(best.values())


def names(labels: Iterable[Label]) -> list[list[str]]:
    """As a record has them: text, language and kind of each."""
    return [[text, language, KINDS[rank]] for rank, language, text in ranked(labels)[:MOST]]
