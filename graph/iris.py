"""The only place where IRIs are minted.

Things live below ``{base}id/``; a claim file writes them as paths (``person/asya-tulesova``), and what
belongs to one claim alone as ``#local``, a fragment of the claim's own IRI.
"""

import re
from hashlib import sha256
from urllib.parse import quote

from ontology.base import BASE

ID = f"{BASE}id/"
DOC = f"{BASE}doc/"
"""Where the documents about things are, by the same paths."""
KINDS = (
    "person", "party", "government", "outlet", "sector", "platform", "country", "post", "group", "event", "law",
)  # fmt: skip
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ONTOLOGY = f"{BASE}politics"
ONTOLOGY_GRAPH = f"{BASE}graph/ontology"
ENTITIES_GRAPH = f"{BASE}graph/entities"
INFERRED_GRAPH = f"{BASE}graph/inferred"
COMPARISONS_GRAPH = f"{BASE}graph/comparisons"
"""Where measurements stand beside claims; in no snapshot without evidence."""
DEFAULT_GRAPH = f"{BASE}graph/default"
"""Where the default graph is kept on an engine whose own default graph is the union of all; in no snapshot."""
DATASET_GRAPH = f"{BASE}graph/dataset"
QUERIES_GRAPH = f"{BASE}graph/queries"
PARTS = ("head", "assertion", "provenance", "pubinfo")

_PATH = re.compile(rf"(?:{'|'.join(KINDS)}|editorial)/{SLUG}|claim/{SLUG}/{SLUG}")


def thing(path: str) -> str:
    """The IRI of a path such as ``person/asya-tulesova``; ``ValueError`` if the path is not one."""
    if not _PATH.fullmatch(path):
        raise ValueError(f"{path!r} is not the path of a thing")
    return ID + path


def local_name(iri: str) -> str:
    """What an IRI ends in: its fragment's last part, or else its path's."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def path_of(iri: str) -> str:
    """The path of a thing's IRI: what ``thing`` was given."""
    return iri.removeprefix(ID)


def is_path(text: str) -> bool:
    """Whether the text is the path of a thing, known or not."""
    return _PATH.fullmatch(text) is not None


def claim(editorial: str, slug: str) -> str:
    """The IRI of a claim, of the slugs of its editorial and its own."""
    return thing(f"claim/{editorial}/{slug}")


def part(claim_iri: str, name: str) -> str:
    """One of a claim's four graphs (``PARTS``)."""
    if name not in PARTS:
        raise ValueError(f"a claim has no graph {name!r}")
    return f"{claim_iri}#{name}"


def local(owner: str, name: str, number: int = 1) -> str:
    """A node that belongs to one claim or entity alone; the second and later of a name bear their number."""
    return f"{owner}#{quote(name, safe='-_.~')}" + (f"-{number}" if number > 1 else "")


def moment(owner: str, edtf: str) -> str:
    """The node of a date of one claim or editorial: one for each EDTF text."""
    return local(owner, f"date-{edtf}")


def derivation(triple: str) -> str:
    """The record of a derived statement, given as one N-Triples line."""
    return f"{INFERRED_GRAPH}#{sha256(triple.encode()).hexdigest()}"


def comparison(text: str) -> str:
    """The record of a comparison, given as the statement that it makes and its rule."""
    return f"{COMPARISONS_GRAPH}#{sha256(text.encode()).hexdigest()}"


def evidence_graph(dataset: str) -> str:
    """The named graph of an imported data set."""
    return f"{BASE}graph/evidence/{dataset}"


def dataset(name: str) -> str:
    """An imported data set, of its slug; ``ValueError`` if the name is none, so that none leads out of its folder."""
    if not re.fullmatch(SLUG, name):
        raise ValueError(f"{name!r} is not the name of a data set")
    return f"{ID}dataset/{name}"


def indicator(dataset_name: str, code: str) -> str:
    """What a data set measures, by its publisher's own sign."""
    return f"{ID}indicator/{dataset_name}/{_segment(code)}"


def measurement(dataset_name: str, *parts: str) -> str:
    """One value of a data set: its time, its country or party, and its indicator."""
    return "/".join((f"{ID}measurement", dataset_name, *map(_segment, parts)))


def _segment(text: str) -> str:
    return quote(text, safe="-_~")
