"""The pages about the site itself: how it is made, how claims are held, how to cite, correct and count."""

from flask import Blueprint, render_template, request, url_for

from server.pieces import Link
from server.site import about_examples
from server.site.about_citing import citing_page
from server.site.about_statistics import statistics_page
from server.site.about_views import AboutPage, ModalitiesPage, Section
from server.words.language import gettext as _

blueprint = Blueprint("about", __name__, url_prefix="/about")


@blueprint.get("")
def about() -> str:
    """How a text becomes claims, and what is never done."""
    return render_template("about.html", view=AboutPage(sections(), about_examples.example()))


@blueprint.get("/modalities")
def modalities() -> str:
    """The seven ways a claim is held, each with a claim of the graph."""
    view = ModalitiesPage(sections(), about_examples.ways(), about_examples.questions())
    return render_template("about_modalities.html", view=view)


@blueprint.get("/citing")
def citing() -> str:
    """How to cite, and under which licence."""
    return render_template("about_citing.html", view=citing_page(sections()))


@blueprint.get("/corrections")
def corrections() -> str:
    """How an error is corrected, and what somebody who is named here can ask for."""
    return render_template("about_corrections.html", view=AboutPage(sections(), about_examples.example()))


@blueprint.get("/statistics")
def statistics() -> str:
    """How much there is of what."""
    return render_template("about_statistics.html", view=statistics_page(sections()))


def sections() -> tuple[Section, ...]:
    """Every page about the site, in the order they are best read."""
    titles = {
        "about": _("Method"),
        "modalities": _("How claims are held"),
        "citing": _("Citing and licence"),
        "corrections": _("Corrections"),
        "statistics": _("Statistics"),
    }
    return tuple(
        Section(name, Link(title, url_for(f"about.{name}")), request.endpoint == f"about.{name}")
        for name, title in titles.items()
    )
