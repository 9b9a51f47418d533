"""The pages for people, and what watches over the server."""

from collections.abc import Mapping

from prometheus_client.exposition import CONTENT_TYPE_LATEST

from server.assets import FOLDER
from server.negotiation import HTML
from server.openapi.model import ANY_JSON, STRING, Answer, Operation, Parameter, formats, number
from server.openapi.querying import SAMPLE
from server.openapi.schemas import ref
from server.site.claims_list import FURTHEST
from server.vocabulary import MARKS

PAGES, SERVER = "Pages", "Server"
PAGE = Answer("The page.", formats((HTML,)), ("ETag",))
MOVED = Answer("Where it is.", headers=("Location",))
CODE = "abp9DbVrChhyg3ESkqZpaAA"
"""That of a query that needs no prefix."""
MEDIA_TYPES = ("application/openapi+json", "application/vnd.oai.openapi+json")
"""What an OpenAPI description goes by; ``application/json`` is what every program takes."""

OPERATIONS: Mapping[str, Operation] = {
    "pages.home": Operation(PAGES, "The first page: what this is, the newest editorial, every question", {200: PAGE}),
    "questions.index": Operation(PAGES, "Every saved question, by what it is about", {200: PAGE}),
    "pages.question": Operation(
        PAGES,
        "A saved question with its answer",
        {200: PAGE},
        "Takes the parameters of the question, which its page has a form for.",
        (Parameter("name", "The question's name.", sample="question"),),
        errors=(400, 404, 413),
    ),
    "rules.index": Operation(PAGES, "The rules by which measurements are put beside claims", {200: PAGE}),
    "rules.rule": Operation(
        PAGES,
        "One of these rules: its reason, and the query that it is",
        {200: PAGE},
        path=(Parameter("name", "The rule's name.", example="media-control-rsf-score"),),
        errors=(404,),
    ),
    "asking.short": Operation(
        PAGES,
        "The query that a short link holds",
        {302: MOVED},
        "The code is the query itself, compressed: nothing is kept, and no link ends.",
        (Parameter("code", "The query's code, as the query page gives it.", example=CODE),),
        errors=(404,),
    ),
    "asking.code": Operation(
        PAGES,
        "A query as code that asks it",
        {200: Answer("Code by language, and the short link.", {"application/json": ref("QueryCode")}, ("ETag",))},
        "For a shell (curl), Python (SPARQLWrapper), R (httr2) and JavaScript (fetch). The query is not evaluated.",
        parameters=(Parameter("query", "The query, right or not.", {"type": "string"}, SAMPLE),),
    ),
    "pages.claims": Operation(
        PAGES,
        "Claims in the order of the text, some editorials at a time",
        {200: PAGE},
        parameters=(
            Parameter("modality", "Only those held in this way.", {"enum": ["", *MARKS]}),
            Parameter("editorial", "Only those of the editorial of this name.", {"type": "string"}, sample="editorial"),
            number("page", "The page, the newest editorials first.", 1, FURTHEST),
        ),
        errors=(400, 404),
    ),
    "about.about": Operation(PAGES, "How the data is made, and what is never done", {200: PAGE}),
    "about.modalities": Operation(PAGES, "The ways claims are held, with examples", {200: PAGE}),
    "about.citing": Operation(PAGES, "How to cite, and the licence", {200: PAGE}),
    "about.corrections": Operation(PAGES, "How to correct an error", {200: PAGE}),
    "about.statistics": Operation(PAGES, "How much there is of what", {200: PAGE}),
    "proofs.why": Operation(
        PAGES,
        "Why a derived statement holds: its proof, down to the exact words",
        {200: PAGE},
        parameters=(
            Parameter(
                "of",
                "The end of the IRI of its record.",
                {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                sample="derivation",
                required=True,
            ),
        ),
        errors=(400, 404),
    ),
    "pages.problems": Operation(PAGES, "Every kind of problem that an answer can name", {200: PAGE}),
    "pages.favicon": Operation(PAGES, "The mark", {301: MOVED}, own=True),
    "static": Operation(
        PAGES,
        "A file that comes with a page",
        {200: Answer("The file.", {"text/css": STRING, "image/svg+xml": STRING}, ("ETag",))},
        path=(
            Parameter(
                "filename", "Its name.", {"enum": sorted(file.name for file in FOLDER.iterdir() if file.is_file())}
            ),
        ),
        errors=(404,),
        own=True,
    ),
    "health.healthz": Operation(
        SERVER,
        "Whether the process answers",
        {200: Answer("It does, from this snapshot.", {"application/json": ref("Health")})},
        own=True,
    ),
    "health.readyz": Operation(
        SERVER,
        "Whether an executor answers",
        {200: Answer("One does, after so many seconds.", {"application/json": ref("Readiness")})},
        own=True,
    ),
    "metrics.metrics": Operation(
        SERVER,
        "Measurements for Prometheus",
        {200: Answer("Prometheus's text format.", {CONTENT_TYPE_LATEST.partition(";")[0]: STRING})},
        "To this machine alone, if the server is not told otherwise; 404 to all others.",
        errors=(404,),
        own=True,
    ),
    "openapi.description": Operation(
        SERVER,
        "This description",
        {200: Answer("OpenAPI 3.1.", dict.fromkeys(("application/json", *MEDIA_TYPES), ANY_JSON), ("ETag",))},
        errors=(406,),
    ),
}
