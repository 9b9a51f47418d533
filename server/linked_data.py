"""The things themselves: a page for every ``{base}id/...`` IRI, and the ontology at ``{base}politics``."""

from flask import Blueprint, Response, render_template, request, url_for

from graph.iris import ID, ONTOLOGY
from ontology.vocabulary import source
from server import vocabulary
from server.negotiation import HTML, TURTLE, choice_of
from server.things import thing_page
from server.views import OntologyPage

blueprint = Blueprint("linked_data", __name__)

PUBLISHED = {
    "context.jsonld": "application/ld+json",
    "claim-file.schema.json": "application/schema+json",
    "entity-file.schema.json": "application/schema+json",
    "shapes.ttl": "text/turtle; charset=utf-8",
}
"""The files of the ontology that claim files and editors name by their address, with their media types."""


@blueprint.get("/id/<path:path>")
def thing(path: str) -> str:
    """What the graph says of one thing; UnknownName if it says nothing."""
    return render_template("thing.html", view=thing_page(ID + path))


@blueprint.get("/politics")
def ontology() -> Response:
    """The politics ontology: as Turtle for programs, as a list of its terms for people."""
    choice = choice_of((TURTLE, HTML), request.headers.get("Accept"), request.args.get("format"))
    if choice.format is TURTLE:
        return Response(vocabulary.turtle(), content_type=choice.content_type)
    turtle_href = url_for("linked_data.ontology", format="turtle")
    view = OntologyPage(ONTOLOGY, vocabulary.description(), vocabulary.groups(), turtle_href)
    return Response(render_template("ontology.html", view=view), content_type=choice.content_type)


def published(name: str) -> Response:
    """One of the ``PUBLISHED`` files, under the base IRI in force; scripts of other sites may read it."""
    answer = Response(source(name), content_type=PUBLISHED[name])
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


for _name in PUBLISHED:
    blueprint.add_url_rule(f"/{_name}", f"published-{_name.replace('.', '-')}", published, defaults={"name": _name})
