"""The header fields that answers bear, and why each, by the names that the description gives them."""

from typing import Any

TEXT = {"type": "string"}


def _field(text: str, *, always: bool = False, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"description": text, "required": always, "schema": schema or TEXT}


HEADERS: dict[str, dict[str, Any]] = {
    "Samizdat-Snapshot": _field("The snapshot that this was made from.", always=True, schema={
        "type": "string", "pattern": "^[0-9a-f]{64}$"}),
    "ETag": _field("A strong entity tag: another whenever the answer is.", always=True),
    "ETag-where-kept": _field("A strong entity tag: another whenever the answer is. None where no cache may keep it "
                              "(`Cache-Control: no-store`): a page with the text around a quote, which is not for "
                              "everybody, and an answer that other endpoints had a part in."),
    "Link": _field("Typed links (RFC 8288): other forms, what this is about, its place in time."),
    "Content-Location": _field("The address of exactly this form.", always=True),
    "Location": _field("The address.", always=True, schema={"type": "string", "format": "uri-reference"}),
    "Memento-Datetime": _field("When what was answered from became current, where `Accept-Datetime` was sent."),
    "Repr-Digest": _field("The SHA-256 of the whole file (RFC 9530).", always=True),
    "Retry-After": _field("Seconds after which to ask again."),
    "RateLimit-Policy": _field("How many requests in how many seconds, where there is a limit."),
    "RateLimit": _field("How many of these are left."),
}  # fmt: skip


KEPT = "ETag-where-kept"


def name_of(component: str) -> str:
    """The field that a component describes."""
    return "ETag" if component == KEPT else component


def ref(name: str) -> dict[str, str]:
    """The header field of this name."""
    return {"$ref": f"#/components/headers/{name}"}
