"""The pictures, and their data."""

from collections.abc import Mapping

from server.negotiation import HTML
from server.openapi.model import Answer, Operation, Parameter, format_of, formats
from server.openapi.serving import PAGE, PAGES
from server.site.pictures.tabular import OFFER
from server.site.pictures.ties import HELD as HELD_WAYS
from server.vocabulary import MARKS

ANSWER = Answer("The page, or the data that it is drawn from.", formats(OFFER), ("ETag",))
FORMAT = format_of(OFFER)
HELD = Parameter("held", "`asserted`: only what the sources themselves assert.", {"enum": ["", "asserted"]})
ABOUT = Parameter("about", "Only what claims about this thing say: kind and slug.", sample="thing")
VIEW = (
    Parameter("from", "The first day or year that is looked at.", example="2019"),
    Parameter("until", "The last day or year.", example="2021"),
)
AT = Parameter("at", "What is looked at: its slug, of a claim the editorial's too.")

TIED = Parameter("about", "Only the ties of this thing: kind and slug.")
ENDS = (
    Parameter("from", "Where the ways begin: kind and slug, or a name.", example="sector/tv-stations-of-kazakhstan"),
    Parameter("to", "Where they end.", example="government/kazakhstan"),
)
LOOK = Parameter("view", "How far the drawing is moved and enlarged: three numbers.", example="0,0,1")
HIDE = Parameter("hide", "Ways of holding that are not drawn; repeatable.", {"enum": ["", *HELD_WAYS]})

OPERATIONS: Mapping[str, Operation] = {
    "pictures.index": Operation(PAGES, "Every picture there is", {200: Answer(PAGE.text, formats((HTML,)), ("ETag",))}),
    "pictures.timeline": Operation(
        PAGES,
        "What happened when, with uncertain dates as such",
        {200: ANSWER},
        "The data has a record for each date: EDTF, with the first and the last day that it can mean.",
        parameters=(
            *(FORMAT, HELD, ABOUT, *VIEW, AT),
            Parameter("kind", "Only this kind of event, by the name of its class; repeatable.", example="Tenure"),
            Parameter("held-as", "Only claims held so; repeatable.", {"enum": ["", *MARKS]}),
        ),
        errors=(400, 406),
    ),
    "pictures.map": Operation(
        PAGES,
        "Of which countries claims speak, by how they are held",
        {200: ANSWER},
        parameters=(FORMAT, HELD, AT),
        errors=(400, 406),
    ),
    "pictures.network": Operation(
        PAGES,
        "What ties people, parties, governments and media, and the shortest ways between two of them",
        {200: ANSWER},
        "The data has a record for each tie: a modality, `derived` or `described`, and the claims that say so.",
        parameters=(FORMAT, HELD, TIED, *ENDS, LOOK, HIDE, Parameter("at", "The thing that is chosen: kind and slug.")),
        errors=(400, 404, 406),
    ),
    "pictures.control": Operation(
        PAGES,
        "Who is said to control how much of which media",
        {200: ANSWER},
        "The data has a record for each claim that says so, and for what is derived.",
        parameters=(FORMAT, HELD, Parameter("country", "Only media of it.", example="country/kazakhstan"), HIDE),
        errors=(400, 404, 406),
    ),
}
