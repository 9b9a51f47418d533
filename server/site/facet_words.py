"""What facets and their values are called on pages, in the language of the page or, for things, of the data."""

from flask import Flask

from graph.iris import ID
from server import vocabulary
from server.pieces import Modality
from server.searching import searchable
from server.site.claim_words import modality_words
from server.words.language import gettext as _

NAMED = {"country": "country", "editorial": "editorial", "imported": "dataset"}
"""Facets whose values are things, and of which kind these are."""


def register(app: Flask) -> None:
    """Give the templates ``suggestion_words()``."""
    app.jinja_env.globals["suggestion_words"] = suggestion_words


def facet_titles() -> dict[str, str]:
    """The title of each facet."""
    return {
        "kind": _("Kind"),
        "country": _("Country"),
        "held-as": _("How it is held"),
        "topic": _("Topic"),
        "editorial": _("Editorial"),
        "year": _("Year"),
        "imported": _("Imported from"),
    }


def kind_titles() -> dict[str, str]:
    """What several of a kind are called."""
    return {
        "person": _("People"),
        "party": _("Parties"),
        "government": _("Governments"),
        "outlet": _("Media outlets"),
        "sector": _("Media sectors"),
        "platform": _("Social platforms"),
        "country": _("Countries"),
        "post": _("Offices"),
        "group": _("Groups"),
        "event": _("Events"),
        "law": _("Laws"),
        "editorial": _("Editorials"),
        "dataset": _("Data sets"),
        "indicator": _("Indicators"),
        "things": _("Things"),
        "claims": _("Claims"),
    }


def imported_title() -> str:
    """What is said over things that only imported data sets know."""
    return _("Imported, nothing claimed")


def topic_titles() -> dict[str, str]:
    """What topics are called."""
    return {
        "bans": _("Bans of parties"),
        "detentions": _("Detentions"),
        "protests": _("Protests"),
        "elections": _("Elections"),
        "media": _("Control of media"),
        "offices": _("Who holds office"),
        "parties": _("Parties and alignment"),
        "laws": _("Laws and registration"),
        "plans": _("Plans and announcements"),
    }


def value_name(facet: str, value: str) -> tuple[str, str]:
    """What a value is called, and the language of that where it is the data's, not the page's."""
    if facet in NAMED:
        record = searchable().thing(f"{ID}{NAMED[facet]}/{value}")
        return (record["names"][0][0], record["names"][0][1]) if record else (value, "")
    titles = {"kind": kind_titles, "topic": topic_titles, "held-as": modality_words}
    return (titles[facet]().get(value, value) if facet in titles else value), ""


def modality_of(facet: str, value: str) -> Modality | None:
    """The modality that a value stands for."""
    return vocabulary.modality(value) if facet == "held-as" and value in vocabulary.MARKS else None


def suggestion_words() -> dict[str, dict[str, str]]:
    """What the suggestions under a search box need: titles of kinds, marks and names of modalities."""
    kinds = kind_titles()
    return {
        "kinds": {**kinds, "claim": kinds["claims"], "imported": imported_title()},
        "modalities": {name: f"{vocabulary.MARKS[name]} {word}" for name, word in modality_words().items()},
        "said": {
            "number": _("Suggestions: %(number)s", number="{number}"),
            "none": _("No suggestions"),
            "all": _("Everything that is found"),
            "also": _("also: %(name)s", name="{name}"),
        },
    }
