"""``{base}doc/claim/{editorial}/{name}.pack.zip``: the evidence pack of a claim, to download."""

from flask import Blueprint, Response, request

from graph.errors import UnknownName
from graph.iris import ID, is_path
from server.link_headers import add
from server.packing.contents import pack_of
from server.words.language import KEY
from server.words.languages import ENGLISH

blueprint = Blueprint("packs", __name__)

MEDIA_TYPE = "application/zip"


@blueprint.get("/doc/claim/<editorial>/<name>.pack.zip")
def pack(editorial: str, name: str) -> Response:
    """The pack; UnknownName if there is no such claim, Retracted if it was taken back."""
    path = f"claim/{editorial}/{name}"
    if not is_path(path):
        raise UnknownName(f"{path!r} is not the path of a claim", "see that the address is whole")
    request.environ[KEY] = ENGLISH  # the same bytes for everybody
    found = pack_of(ID + path)
    response = Response(found.zipped(), content_type=MEDIA_TYPE)
    response.headers.set("Content-Disposition", "attachment", filename=f"{found.name}.zip")
    add(response, ID + path, "describes")
    if found.private:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
