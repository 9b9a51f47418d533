"""What the page asks for. Every answer but the page is JSON; nothing is written but by ``save``, ``keep``, ``drop``
and ``thing``, and these only onto the version of the file that the page has seen.
"""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException, UnsupportedMediaType

from graph.annotating.changing import Change
from graph.annotating.desk import Desk
from graph.annotating.faults import ChangedMeanwhile
from graph.annotating.forms import forms
from graph.annotating.plain import sound
from graph.annotating.sheet import Sheet
from graph.errors import InvalidInput, SamizdatError
from graph.quotes import Quote, QuoteFault
from server.annotating import telling
from server.annotating.marking import lines_of
from server.annotating.words import words
from server.terminal.output import shown_path, visible

blueprint = Blueprint("annotating", __name__)
DESK = "samizdat.desk"


def desk() -> Desk:
    """The file that this application is for."""
    found: Desk = current_app.extensions[DESK]
    return found


@blueprint.get("/")
def page() -> str:
    """The page: the text, and a place for forms beside it."""
    sheet = desk().sheet()
    headline = str(sheet.document.data.get("headline", desk().file.stem))
    view = {"headline": headline, "language": desk().language(sheet), "file": visible(shown_path(desk().file))}
    return render_template("annotating/page.html", view=view, text=_text(sheet), words=words())


@blueprint.get("/state")
def state() -> Response:
    """The claims and drafts of the file, and its text anew."""
    return _state()


@blueprint.get("/forms")
def all_forms() -> Response:
    """The forms of claims, of the classes of assertions, and of things."""
    return jsonify(forms())


@blueprint.get("/things")
def things() -> Response:
    """The things with a name like ``q``, of these ``kinds``."""
    kinds = tuple(filter(None, request.args.get("kinds", "").split(",")))
    found = desk().stock.things(desk().sheet()).like(request.args.get("q", ""), kinds)
    return jsonify([telling.thing(one) for one in found])


@blueprint.get("/dates")
def dates() -> Response:
    """What ``text`` may mean in EDTF."""
    found = desk().dates(request.args.get("text", ""))
    return jsonify([{"edtf": edtf, "why": why} for edtf, why in found])


@blueprint.post("/place")
def place() -> Response:
    """A quote with its position in the text."""
    given = _given()
    exact, start = given.get("exact"), given.get("start")
    if not isinstance(exact, str):
        raise BadRequest
    try:
        found = desk().placed(Quote(exact, start=start if type(start) is int else None))
    except QuoteFault as fault:
        return jsonify({"message": fault.what, "hint": fault.hint})
    return jsonify({"quote": {key: value for key, value in vars(found).items() if value is not None}})


@blueprint.post("/check")
def check() -> Response:
    """What `samizdat check` says of a form, and what else is to be said of it."""
    return jsonify(telling.looked(desk().looked(_change(_given()))))


@blueprint.post("/save")
def save() -> Response:
    """Write a claim."""
    given = _given()
    desk().save(_change(given), _digest(given))
    return _state()


@blueprint.post("/keep")
def keep() -> Response:
    """Write what has been begun as a draft."""
    given = _given()
    name = desk().keep(_change(given), _digest(given))
    return _state(draft=name)


@blueprint.post("/drop")
def drop() -> Response:
    """Take a draft out of the file."""
    given = _given()
    desk().drop(_text_of(given, "draft") or "", _digest(given))
    return _state()


@blueprint.post("/thing")
def thing() -> Response:
    """Write a new thing into the file of its kind."""
    data = _given().get("data")
    if not isinstance(data, dict):
        raise BadRequest
    sound(data)
    file = desk().stock.create(data)
    return jsonify({"path": data["id"], "name": data["prefLabel"]["en"], "file": visible(shown_path(file))})


@blueprint.app_errorhandler(SamizdatError)
def refused(error: SamizdatError) -> tuple[Response, int]:
    """What is wrong and what to do; where somebody else has changed the file, what they changed."""
    told: dict[str, Any] = {"message": error.what, "hint": error.hint}
    if isinstance(error, InvalidInput):
        told["problems"] = [telling.problem(one) for one in error.problems]
    if isinstance(error, ChangedMeanwhile):
        told["theirs"] = list(desk().changes_since(str((request.get_json(silent=True) or {}).get("digest", ""))))
        return jsonify(told), 409
    return jsonify(told), 422


@blueprint.app_errorhandler(HTTPException)
def failed(error: HTTPException) -> tuple[Response, int]:
    """Any other refusal, as JSON."""
    return jsonify({"message": error.name, "hint": ""}), error.code or 500


def _state(**more: str) -> Response:
    sheet = desk().sheet()
    return jsonify(telling.state(desk(), sheet, _text(sheet)) | more)


def _text(sheet: Sheet) -> str:
    lines = lines_of(desk().text(sheet), sheet)
    return render_template("annotating/text.html", lines=lines, language=desk().language(sheet))


def _given() -> dict[str, Any]:
    """The body: a JSON object, which no form of another page can send."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        given = request.get_json()
    except RecursionError:
        raise BadRequest from None
    if not isinstance(given, dict):
        raise BadRequest
    return given


def _change(given: dict[str, Any]) -> Change:
    data = given.get("data")
    if not isinstance(data, dict):
        raise BadRequest
    return Change(data, _text_of(given, "claim"), _text_of(given, "draft"))


def _digest(given: dict[str, Any]) -> str:
    return _text_of(given, "digest") or ""


def _text_of(given: dict[str, Any], key: str) -> str | None:
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise BadRequest
    return value
