"""What claims leave open, said as such: which property of which kind of event counts is in the saved question's table.

``queries/questions/not-stated.rq`` is the one place that says what is worth missing; nothing is filled in.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from ontology.terms import POL
from queries import questions
from server.site.patterns import N_
from server.site.things.claimed import stated_anywhere
from server.words.language import gettext as _

QUESTION = "not-stated"
ROW = re.compile(r'\(pol:(\w+) pol:(\w+) "([^"]+)"\)')
WORDS = (
    N_("who banned it"), N_("when"), N_("on which ground"), N_("who detained"), N_("how often"), N_("why"),
    N_("which post"), N_("since when"), N_("until when"), N_("as of when"), N_("to what extent"),
)  # fmt: skip
"""The table's words, for translation; a test holds the two to each other."""


@cache
def table() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By class the properties that may be missing, with what is then not stated in words."""
    rows = ROW.findall(questions()[QUESTION].text)
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, name, words in rows:
        found.setdefault(str(POL[kind]), []).append((str(POL[name]), words))
    return {kind: tuple(pairs) for kind, pairs in found.items()}


def missing_of(kinds: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """What no claim states of each of these nodes, by its classes."""
    asked = {node: [pair for kind in of for pair in table().get(kind, ())] for node, of in kinds.items()}
    known = stated_anywhere(node for node, pairs in asked.items() if pairs)
    return {
        node: tuple(_(words) for name, words in pairs if (node, name) not in known)
        for node, pairs in asked.items()
        if pairs
    }
