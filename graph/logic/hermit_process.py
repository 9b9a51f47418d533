"""The process in which owlready2 and HermiT work: N-Triples on standard input, JSON on standard output.

Run as a script by ``graph.logic.hermit``, with the path of Java and ``types`` or ``relations`` as arguments, in
a folder and an environment of its own. owlready2 keeps global state, HermiT cannot start in ``/`` and
leaves its input behind when it finds an inconsistency; all of that ends with this process.
"""

import json
import sys
from contextlib import redirect_stdout
from io import BytesIO
from typing import Any

import owlready2

SIGN = "http://sign-of-life.invalid/"

SIGN_OF_LIFE = f"""
<{SIGN}sign> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#ObjectProperty> .
<{SIGN}sign> <http://www.w3.org/2000/01/rdf-schema#domain> <{SIGN}Living> .
<{SIGN}Living> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<{SIGN}hermit> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#NamedIndividual> .
<{SIGN}hermit> <{SIGN}sign> <{SIGN}hermit> .
"""
"""Facts from which only HermiT concludes something: where it cannot read its input, it ends in silence."""


def main(java: str, want: str) -> None:
    """Reason over what is on standard input and write what was found."""
    owlready2.JAVA_EXE = java
    with redirect_stdout(sys.stderr):
        found = _reason(want)
    json.dump(found, sys.stdout)


def _reason(want: str) -> dict[str, Any]:
    world = owlready2.World()
    world.get_ontology("http://proof.invalid/").load(fileobj=BytesIO(sys.stdin.buffer.read() + SIGN_OF_LIFE.encode()))
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=want == "relations", debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return {"consistent": False}
    except owlready2.OwlReadyJavaError as failure:
        sys.exit(str(failure))
    if f"{SIGN}Living" not in _classes(world[f"{SIGN}hermit"]):
        sys.exit("it could not read its input")
    return _found(world)


def _found(world: Any) -> dict[str, Any]:
    things = (thing for thing in world.individuals() if thing.iri != f"{SIGN}hermit")
    return {
        "consistent": True,
        "unsatisfiable": [found.iri for found in world.inconsistent_classes() if found is not owlready2.Nothing],
        "types": [(thing.iri, name) for thing in things for name in _classes(thing)],
        "relations": [found for found in _relations(world) if found[1] != f"{SIGN}sign"],
    }


def _classes(thing: Any) -> list[str]:
    # owlready2 writes only the most specific classes down; the indirect ones are asked for.
    classes = (found for found in thing.INDIRECT_is_a if isinstance(found, owlready2.ThingClass))
    return [found.iri for found in classes if found is not owlready2.Thing]


def _relations(world: Any) -> set[tuple[Any, str, Any]]:
    # HermiT names a relation by its most specific property; its hierarchy of properties gives the others.
    properties = list(world.object_properties())
    above = {prop: [other for other in prop.ancestors() if other in properties] for prop in properties}
    found: set[tuple[Any, str, Any]] = set()
    stated = ((prop, pair) for prop in properties for pair in prop.get_relations())
    new = {(_iri(subject), prop, _iri(value)) for prop, (subject, value) in stated if _iri(subject) and _iri(value)}
    while new:
        found |= {(subject, prop.iri, value) for subject, prop, value in new}
        lifted = {(subject, other, value) for subject, prop, value in new for other in above[prop]}
        turned = {(value, prop.inverse_property, subject) for subject, prop, value in lifted if prop.inverse_property}
        new = {each for each in lifted | turned if (each[0], each[1].iri, each[2]) not in found}
    return found


def _iri(thing: Any) -> str | None:
    """The IRI of a thing that has one: owlready2 gives None for a blank node."""
    return getattr(thing, "iri", None)


if __name__ == "__main__":
    main(*sys.argv[1:])
