"""``{base}cite/{path}.{bib|ris|csl.json|cff}``: how to cite the dataset, an editorial or a claim."""

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for

from server.describing.citation_formats import bibtex, cff, csl_json, ris
from server.describing.citations import DATASET, Citation, citation_of, is_citable
from server.link_headers import add
from server.negotiation import Choice, Format, choice_of
from server.pieces import Link

blueprint = Blueprint("cite", __name__)

BIBTEX = Format(("bib", "bibtex"), "application/x-bibtex", ("text/x-bibtex",))
RIS = Format(("ris",), "application/x-research-info-systems")
CSL = Format(("csl.json", "csl", "json"), "application/vnd.citationstyles.csl+json", ("application/json",))
CFF = Format(("cff",), "application/yaml", ("text/yaml", "application/x-yaml"))
"""CITATION.cff has no media type of its own: it is YAML (RFC 9512)."""
FORMATS = (BIBTEX, RIS, CSL, CFF)
NAMES = {BIBTEX: "BibTeX", RIS: "RIS", CSL: "CSL-JSON", CFF: "CITATION.cff"}

WRITERS: dict[Format, Callable[[Citation], str]] = {
    BIBTEX: bibtex,
    RIS: ris,
    CSL: csl_json,
    CFF: lambda cited: cff(cited, cited if cited.kind == DATASET else citation_of(DATASET)),
}


def address(path: str, form: Format) -> str:
    """Where the citation of ``path`` is in a format."""
    return url_for("cite.as_file", path=path, ending=form.names[0])


def links(path: str) -> tuple[Link, ...]:
    """The citations of ``path`` by the name of their format; none where it is not cited by itself."""
    return tuple(Link(NAMES[form], address(path, form)) for form in FORMATS) if is_citable(path) else ()


@blueprint.get("/cite/<path:path>")
def negotiated(path: str) -> Response:
    """The citation in the format that the client likes best, BibTeX if it does not say."""
    choice = choice_of(FORMATS, request.headers.get("Accept"), request.args.get("format"))
    response = _written(path, choice)
    response.headers["Content-Location"] = address(path, choice.format)
    return response


@blueprint.get("/cite/<path:path>.<any('bib', 'ris', 'csl.json', 'cff'):ending>")
def as_file(path: str, ending: str) -> Response:
    """The citation in one format, as a file to keep."""
    form = next(item for item in FORMATS if item.names[0] == ending)
    return _written(path, Choice(form, form.media_type))


def _written(path: str, choice: Choice) -> Response:
    cited = citation_of(path)
    response = Response(WRITERS[choice.format](cited), content_type=f"{choice.content_type}; charset=utf-8")
    name = "CITATION" if choice.format is CFF else cited.key
    response.headers.set("Content-Disposition", "inline", filename=f"{name}.{choice.format.names[0]}")
    add(response, cited.url, "describes")
    if cited.private:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
