"""How a claim is held, and by whom, in the language of the page."""

from collections.abc import Callable, Mapping

from flask import Flask
from markupsafe import Markup

from server.pieces import Attribution, Claim
from server.words.language import gettext as _


def register(app: Flask) -> None:
    """Give the templates ``modality_word(name)`` and ``voice_of(claim, agents)``."""
    app.jinja_env.globals |= {"modality_word": modality_word, "voice_of": voice_of}


def modality_words() -> dict[str, str]:
    """What the modalities are called."""
    return {
        "asserted": _("asserted"),
        "reported": _("reported"),
        "believed": _("believed"),
        "predicted": _("predicted"),
        "doubted": _("doubted"),
        "conditional": _("conditional"),
        "evaluated": _("evaluated"),
    }


def modality_word(name: str) -> str:
    """What a modality is called; its own name where the ontology has one that we do not know."""
    return modality_words().get(name, name)


ATTRIBUTED: Mapping[str, Callable[[], str]] = {
    "states": lambda: _("The editorial says that %(agents)s states that …"),
    "state": lambda: _("The editorial says that %(agents)s state that …"),
    "claims": lambda: _("The editorial says that %(agents)s claims that …"),
    "claim": lambda: _("The editorial says that %(agents)s claim that …"),
    "believes": lambda: _("The editorial says that %(agents)s believes that …"),
    "believe": lambda: _("The editorial says that %(agents)s believe that …"),
    "expects": lambda: _("The editorial says that %(agents)s expects that …"),
    "expect": lambda: _("The editorial says that %(agents)s expect that …"),
    "doubts": lambda: _("The editorial says that %(agents)s doubts that …"),
    "doubt": lambda: _("The editorial says that %(agents)s doubt that …"),
    "says": lambda: _("The editorial says that %(agents)s says that …"),
    "say": lambda: _("The editorial says that %(agents)s say that …"),
    "finds": lambda: _("The editorial says that %(agents)s finds that …"),
    "find": lambda: _("The editorial says that %(agents)s find that …"),
}
"""Whole sentences by the verb of an attribution, for no two languages put them together alike."""


def voice_of(claim: Claim, agents: Markup) -> Markup:
    """Who is said to hold a claim; ``agents`` are their names as links."""
    if claim.attribution is None:
        return Markup("{}").format(_("In the editorial’s own voice"))
    return Markup("{}").format(_sentence(claim.attribution)) % {"agents": agents}


def _sentence(attribution: Attribution) -> str:
    return ATTRIBUTED.get(attribution.verb, ATTRIBUTED["say"])()
