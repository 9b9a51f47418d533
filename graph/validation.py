"""SHACL and the saved checks, their results mapped back to file and line.

The shapes (``ontology/shapes.ttl``) are validated by the Rust package ``shacl``; a test holds its results
equal to pySHACL's. The checks are ``queries/checks/*.rq``: each selects ``?focus ?path ?value ?message``.
"""

from collections.abc import Iterable
from functools import cache

import shacl
from pyoxigraph import NamedNode, Quad, QuerySolutions, RdfFormat, Store, serialize

from graph import iris
from graph.errors import Problem
from graph.places import Where
from ontology.vocabulary import keys, source
from queries import checks


@cache
def shapes() -> shacl.Shapes:
    """The compiled shapes; compiling is a fair share of a small run."""
    return shacl.Shapes.from_text(source("shapes.ttl"), format="turtle")


def shape_problems(quads: Iterable[Quad], places: Where) -> list[Problem]:
    """What the shapes find in the union of these quads' graphs."""
    triples = {quad.triple for quad in quads}
    report = shapes().validate_text((serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode(), format="ntriples")
    results = [result for result in report.results if places.knows(result.focus_node.strip("<>"))]
    return [_from_shape(result, places) for result in results]


def _from_shape(result: shacl.Result, places: Where) -> Problem:
    focus, path = result.focus_node.strip("<>"), (result.path or "").strip("<>")
    subject = f"“{keys().get(path, path)}” of {_short(focus)}" if path else _short(focus)
    shown = _short(result.value_plain or "") if path else ""
    what = f"{subject} is {shown}" if shown else f"{subject} is not right"
    if result.component in ("MinCountConstraintComponent", "QualifiedMinCountConstraintComponent"):
        what = f"{subject} is missing"
    rule = f"shacl:{_short((result.root_shape or '').strip('<>'))}"
    hint = (result.message or "see the shape").rstrip(".")
    return places.problem(focus, path, what, hint[:1].lower() + hint[1:], rule)


def check_problems(quads: Iterable[Quad], places: Where) -> list[Problem]:
    """What the saved checks find in these quads, the default graph being the union of all."""
    store = Store()
    store.bulk_extend(quads)
    problems = []
    for check in checks().values():
        answer = store.query(check.text, use_default_graph_as_union=True)
        if not isinstance(answer, QuerySolutions):
            raise TypeError(f"the check {check.name} is not a SELECT")
        for row in answer:
            focus, path, message = row["focus"], row["path"], row["message"]
            if not places.knows(focus.value):
                continue
            what = getattr(message, "value", check.summary).replace(iris.ID, "")
            predicate = path.value if isinstance(path, NamedNode) else ""
            problems.append(places.problem(focus.value, predicate, what, check.description, f"check:{check.name}"))
    return problems


def _short(name: str) -> str:
    for mark in ("/id/", "/shapes#", "/politics#"):
        _, found, rest = name.partition(mark)
        if found:
            return rest
    return name
