"""The dataset about itself: its description, dumps, sitemaps."""

from collections.abc import Mapping

from graph.snapshots.dumps import MEDIA_TYPES, OWN
from server.describing.dataset import ENDINGS
from server.negotiation import DOCUMENTS, HTML
from server.openapi.model import STRING, Answer, Operation, Parameter, Schema, format_of, formats
from server.openapi.schemas import SNAPSHOT

TAG = "Dataset"
OFFER = (*DOCUMENTS, HTML)
DESCRIBED = Answer(
    "The dataset in the words of DCAT 3 and VoID: counts, partitions, dumps with checksums, versions, the endpoint.",
    formats(OFFER),
    ("ETag", "Link", "Content-Location"),
)
XML = {"application/xml": STRING}
NAMES: Schema = {"anyOf": [{"enum": [name for name in MEDIA_TYPES if name != OWN]}, {"const": OWN}]}
FILE: dict[str, Schema] = {"application/gzip": {}, "text/csv": {}}

OPERATIONS: Mapping[str, Operation] = {
    "dataset.dataset": Operation(
        TAG, "The dataset about itself", {200: DESCRIBED}, parameters=(format_of(OFFER),), errors=(406,)
    ),
    "dataset.as_file": Operation(
        TAG,
        "The description of the dataset in one format",
        {200: DESCRIBED},
        path=(Parameter("extension", "The format.", {"enum": list(ENDINGS)}),),
        errors=(404,),
    ),
    "dataset.void": Operation(
        TAG,
        "The same description, where VoID says to look for it",
        {200: DESCRIBED},
        parameters=(format_of(OFFER),),
        errors=(406,),
    ),
    "dumps.dump": Operation(
        TAG,
        "A whole copy of a snapshot",
        {
            200: Answer("The file, as it lies on the disk; it never changes.", FILE, ("ETag", "Repr-Digest")),
            206: Answer("A part of it, for whoever goes on with a download (`Range`).", FILE | {
                "multipart/byteranges": {}}, ("ETag",)),
        },
        path=(
            Parameter("snapshot", "The snapshot's whole name.", SNAPSHOT, sample="snapshot"),
            Parameter("name", "The file; `own.nq.gz` where there are imported data sets, which it leaves out.", NAMES),
        ),
        errors=(404, 416),
        own=True,
    ),
    "sitemaps.index": Operation(
        TAG, "The index of the sitemaps", {200: Answer("A sitemap index.", XML, ("ETag",))}
    ),
    "sitemaps.part": Operation(
        TAG,
        "A sitemap",
        {200: Answer("At most 50,000 addresses of pages.", XML, ("ETag",))},
        path=(Parameter("name", "The part, as the index names it.", example="pages"),),
        errors=(404,),
    ),
    "sitemaps.robots": Operation(
        TAG,
        "What crawlers are asked to leave alone",
        {200: Answer("Rules (RFC 9309).", {"text/plain": STRING}, ("ETag",))},
    ),
}  # fmt: skip
