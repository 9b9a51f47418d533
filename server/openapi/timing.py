"""Time: snapshots, Memento (RFC 7089), and what changed from one to another."""

from collections.abc import Mapping

from server.history.changes import JSON
from server.history.memento import FORMATS
from server.negotiation import DOCUMENTS, HTML
from server.openapi.model import STRING, Answer, Operation, Parameter, format_of, formats, number
from server.openapi.schemas import ref
from server.timeline import SHORTEST

TAG = "Time"
FOUND = Answer("The address in full.", headers=("Location",))
MEMENTO = Answer("The memento.", headers=("Location", "Link"))
LISTED = Answer("The mementos.", formats(FORMATS) | {"application/json": ref("TimeMap")}, ("ETag",))
SAME = Answer("By a whole name: what the address says, in the form that it has at its own place.", {"*/*": {}})
SEE_OTHER = Answer("By a whole name, of a thing: the document about it.", headers=("Location",))
GATE = "Without `Accept-Datetime` to the last one."
NAME = Parameter(
    "name", "A snapshot by its name, or by the beginning of it.",
    {"type": "string", "pattern": f"^[0-9A-Fa-f]{{{SHORTEST},64}}$"}, sample="snapshot",
)  # fmt: skip
ADDRESS = Parameter("address", "Any address of a resource that has a past, without its first slash.", sample="document")
MAPPED = Parameter("address", "As for a TimeGate; `link/` or `json/` before it chooses the format.", sample="document")
PAGE = number("page", "The page, from 1.", 1, 999_999_999)
ONE, OTHER = (
    Parameter(name, f"The {which} snapshot, by its name or the beginning of it.", NAME.schema, sample="snapshot")
    for name, which in (("before", "earlier"), ("after", "later"))
)
ATOM = {"application/atom+xml": STRING}
EVENTS = Answer("Versions of claims, oldest first.", formats(DOCUMENTS), ("ETag",))

OPERATIONS: Mapping[str, Operation] = {
    "memento.snapshots": Operation(TAG, "The snapshots", {302: Answer("The list.", headers=("Location",))}),
    "memento.snapshot": Operation(
        TAG,
        "Any address as of a snapshot",
        {200: SAME, 302: FOUND, 303: SEE_OTHER},
        "Behind a snapshot's whole name, every address that has a past answers as it does at its own place, from that "
        "snapshot and with `Memento-Datetime`: `snapshot/{name}/doc/...`, `snapshot/{name}/sparql`. Those are the "
        "operations of this description once more. What stands here is the way there by a shorter name, or from what "
        "has no past.",
        (
            NAME,
            Parameter("address", "The address, without its first slash.", sample="document"),
        ),
        errors=(400, 403, 404, 406, 410, 413, 414),
    ),
    "memento.timegate": Operation(
        TAG, "The TimeGate of a resource", {302: MEMENTO}, GATE, (ADDRESS,), errors=(400, 404)
    ),
    "memento.timemap": Operation(
        TAG,
        "The TimeMap of a resource",
        {200: LISTED},
        "Every snapshot that tells of it. Parameters of the address are the resource's own.",
        (MAPPED,),
        errors=(404, 406),
    ),
    "changes.history": Operation(
        TAG,
        "Every publication",
        {200: Answer("The publications, the last first.", formats((HTML,)) | {JSON.media_type: ref("Publications")},
                     ("ETag",))},
        parameters=(format_of((HTML, JSON)), PAGE),
        errors=(400, 404, 406),
    ),
    "changes.comparison": Operation(
        TAG,
        "What changed from one snapshot to another",
        {
            200: Answer("Claims and things that were added, corrected, retracted and removed.",
                        formats((HTML,)) | {JSON.media_type: ref("Comparison")}, ("ETag",)),
            302: FOUND,
        },
        path=(ONE, OTHER),
        parameters=(format_of((HTML, JSON)), PAGE),
        errors=(400, 404, 406, 413),
    ),
    "feed.atom": Operation(
        TAG,
        "The changes of claims as an Atom feed",
        {200: Answer("The newest changes, or one page of all, oldest first (RFC 4287, RFC 5005).", ATOM, ("ETag",))},
        parameters=(number("page", "A page of the archive, from 1.", 1, 999_999_999),),
        errors=(400, 404),
    ),
    "event_stream.stream": Operation(
        TAG,
        "The changes of claims as a Linked Data Event Stream",
        {200: Answer("What the stream is, and its first page.", formats(DOCUMENTS), ("ETag",))},
        parameters=(format_of(DOCUMENTS),),
        errors=(406,),
    ),
    "event_stream.page": Operation(
        TAG,
        "A page of the event stream",
        {200: EVENTS},
        path=(number("number", "The page, from 1.", 1, 999_999_999, examples=[1]),),
        parameters=(format_of(DOCUMENTS),),
        errors=(400, 404, 406),
    ),
}  # fmt: skip
