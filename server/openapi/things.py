"""Things, the documents about them, claims in the forms of three communities, citations and the ontology."""

from collections.abc import Mapping

from graph.forms.trusty import CODE
from server.claim_forms.documents import ANNOTATION, NANOPUB, STRUCTURED, Form
from server.describing.cite import FORMATS as CITATIONS
from server.linked_data import ENDINGS, OFFER, PUBLISHED
from server.linking.linkset import MEDIA_TYPE
from server.ontology_document import OFFER as WRITTEN
from server.openapi.headers import KEPT
from server.openapi.model import Answer, Operation, Parameter, format_of, formats, number, schema_of
from server.openapi.schemas import ref

TAG, CLAIMS, ONTOLOGY = "Things", "Claims", "Ontology"
THING = Parameter("path", "What stands after `id/` in its IRI, such as `party/progress`; may have slashes.",
                  sample="thing")  # fmt: skip
EDITORIAL = Parameter("editorial", "The editorial's name.", sample="editorial")
NAME = Parameter("name", "The claim's name.", sample="claim")
TRUSTY = Parameter("code", "The code of its trusty URI.", {"type": "string", "pattern": f"^{CODE.pattern}$"},
                   sample="trusty")  # fmt: skip
SEE_OTHER = Answer("The address of the document.", headers=("Location",))
LINKED = ("ETag", "Link")
DOCUMENT = (*LINKED, "Content-Location")
CITED = Parameter("path", "`dataset`, or the path of an editorial or a claim.", sample="thing")


def _form(form: Form, text: str) -> Operation:
    answer = Answer(text, {form.media_type: schema_of(form.media_type)}, LINKED)
    return Operation(CLAIMS, f"A claim as a {form.title}", {200: answer}, path=(EDITORIAL, NAME), errors=(404, 410))


OPERATIONS: Mapping[str, Operation] = {
    "linked_data.thing": Operation(
        TAG,
        "From a thing to the document about it",
        {303: SEE_OTHER},
        "What an IRI of ours leads to: a thing is no document, so the answer says where one is.",
        (THING,),
        errors=(404, 410),
    ),
    "linked_data.document": Operation(
        TAG,
        "The document about a thing",
        {200: Answer("What is said of it, in both directions, with names and the claims that each statement rests on.",
                     formats(OFFER), (KEPT, *DOCUMENT[1:])),
         301: Answer("Where the document is about a thing that was renamed.", headers=("Location", "Link"))},
        "An extension (`.html`, `.ttl`, `.nt`, `.rdf`, `.jsonld`, `.trig`, `.nq`) chooses the format. A claim in TriG "
        "or N-Quads is its nanopublication.",
        (Parameter("path", "What stands after `id/` in the thing's IRI, with or without an extension.",
                   sample="thing"),),
        (format_of(OFFER), number("page", "The page, for things of which much is said.", 1, 999_999)),
        (400, 404, 406, 410),
    ),
    "linkset.linkset": Operation(
        TAG,
        "The typed links of a document",
        {200: Answer("A link set (RFC 9264): FAIR Signposting, level 2.", {MEDIA_TYPE: ref("LinkSet")}, ("ETag",))},
        path=(THING,),
        errors=(404, 410),
    ),
    "claim_forms.nanopub": _form(NANOPUB, "The four graphs of the nanopublication and nothing else."),
    "claim_forms.as_annotation": _form(ANNOTATION, "A Web Annotation on the words of the editorial."),
    "claim_forms.structured": _form(STRUCTURED, "A schema.org Claim."),
    "claim_forms.trusty": Operation(
        CLAIMS,
        "From a trusty URI to its nanopublication",
        {303: SEE_OTHER},
        "If the claim says today what it said when the URI was minted.",
        (EDITORIAL, NAME, TRUSTY),
        errors=(404, 410),
    ),
    "claim_forms.trusty_nanopub": Operation(
        CLAIMS,
        "A nanopublication under its trusty URI",
        {200: Answer("The nanopublication, whose name holds the hash of what it says.",
                     {NANOPUB.media_type: schema_of(NANOPUB.media_type)}, LINKED)},
        path=(EDITORIAL, NAME, TRUSTY),
        errors=(404, 410),
    ),
    "packs.pack": Operation(
        CLAIMS,
        "The evidence pack of a claim",
        {200: Answer("A ZIP with its words, proof, measurements beside it, nanopublication, citation, and one page to "
                     "print.", {"application/zip": {}}, LINKED)},
        "The same claim of the same snapshot gives the same bytes.",
        path=(EDITORIAL, NAME),
        errors=(404, 410),
    ),
    "cite.negotiated": Operation(
        CLAIMS,
        "How to cite the dataset, an editorial or a claim",
        {200: Answer("The citation.", formats(CITATIONS), DOCUMENT)},
        path=(CITED,),
        parameters=(format_of(CITATIONS),),
        errors=(404, 406, 410),
    ),
    "cite.as_file": Operation(
        CLAIMS,
        "A citation as a file",
        {200: Answer("The citation.", {item.media_type: schema_of(item.media_type) for item in CITATIONS}, LINKED)},
        path=(CITED, Parameter("ending", "The format.")),
        errors=(404, 410),
    ),
    "ontology.document": Operation(
        ONTOLOGY,
        "The politics ontology",
        {200: Answer("Every term, with its definition, example and alignments; the page also with counts and samples.",
                     formats(WRITTEN), DOCUMENT)},
        path=(
            Parameter("extension", "The format.", {"enum": [ENDINGS[item] for item in WRITTEN]}),
            Parameter("version", "The version in force.", sample="version"),
        ),
        parameters=(format_of(WRITTEN),),
        errors=(404, 406),
    ),
} | {
    f"linked_data.published-{name.replace('.', '-')}": Operation(
        ONTOLOGY,
        f"`{name}`",
        {200: Answer("The file, under the base IRI in force.",
                     {(plain := media_type.partition(";")[0]): schema_of(plain)}, ("ETag",))},
    )
    for name, media_type in PUBLISHED.items()
}  # fmt: skip
