"""What is in the evidence pack of a claim:

    README.txt            what this is, of which snapshot, under which licences, and the SHA-256 of every file
    SHA256SUMS            the same digests, for `sha256sum --check SHA256SUMS`
    summary.html          one page to print, which needs nothing but itself
    quote.json            the exact words, their positions, and the SHA-256 of the text they stand in
    annotation.jsonld     the same as a Web Annotation
    nanopub.trig          the claim as a nanopublication
    proof.json, .txt      what it rests on and what rests on it, down to quotes and rows
    measurements.csv      what was measured beside it; .trig and .jsonld the same with its graphs and exact rows
    rules/NAME.rq         the rules by which it stands there
    citation.bib, ...     how to cite the claim, in this snapshot

All of it is of one snapshot and in English: the same claim of the same snapshot gives the same bytes. A claim beside
which nothing was measured has no measurements and no rules, and the README says so.
"""

import json
from dataclasses import dataclass
from typing import Any

from flask import render_template

from graph.asking.compared import Compared, compared
from graph.asking.explanation import explain
from graph.forms.nanopubs import of_claim, trig
from graph.iris import ID, path_of
from queries import rules
from server.claim_forms.annotation import annotation
from server.claim_forms.details import ClaimDetails, details_of
from server.describing.citation_formats import bibtex, cff, csl_json, ris
from server.describing.citations import DATASET, citation_of
from server.holdings import holdings
from server.packing import measurements, proof
from server.packing.archive import digests, zipped
from server.packing.summary import summary_of
from server.reading import iris, select, text_of
from server.suggestions import must_stand


@dataclass(frozen=True)
class Pack:
    """The files of a pack by name; ``name`` is that of its folder."""

    name: str
    files: dict[str, bytes]
    private: bool

    def zipped(self) -> bytes:
        """All of it as one ZIP."""
        return zipped(self.files, self.name)


def pack_of(iri: str) -> Pack:
    """The pack of a claim; UnknownName if there is none, Retracted if it was taken back. In a request's context."""
    must_stand(iri)
    details = details_of(iri)
    found = compared(holdings().engine, [iri])
    files = _about_the_claim(details) | _proof(iri, found) | _measured(found) | _citations(iri)
    summary = summary_of(details, digest_of(details.source.iri), found)
    files["summary.html"] = render_template("packing/summary.html", view=summary).encode()
    listed = digests(files)
    files["SHA256SUMS"] = listed.encode()
    licences = sorted({f"{one.data_set_title} ({one.publisher}): {one.licence or one.rights}" for one in found})
    readme = {"claim": details, "found": found, "licences": licences, "digests": listed}
    files["README.txt"] = render_template("packing/README.txt", snapshot=holdings().snapshot.id, **readme).encode()
    return Pack(path_of(iri).removeprefix("claim/").replace("/", "--"), files, details.private)


def digest_of(editorial: str) -> str:
    """The SHA-256 of the text of an editorial; empty if it is not recorded."""
    rows = select(f"SELECT ?sum WHERE {{ {iris([editorial])} pol:sha256 ?sum }} LIMIT 1")
    return text_of(rows[0], "sum") if rows else ""


def _about_the_claim(details: ClaimDetails) -> dict[str, bytes]:
    return {
        "quote.json": _json(_quote(details)),
        "annotation.jsonld": _json(annotation(details)),
        "nanopub.trig": trig(details.iri, of_claim(holdings().engine, details.iri)),
    }


def _quote(details: ClaimDetails) -> dict[str, Any]:
    source = details.source
    words = ("exact", "prefix", "suffix", "start", "end", "language", "iri")
    return {
        "claim": details.iri,
        "sentence": details.sentence,
        "held": details.held,
        "snapshot": holdings().snapshot.id,
        "source": {
            "iri": source.iri,
            "headline": source.headline,
            "date": source.edtf,
            "language": source.language,
            "sha256OfItsText": digest_of(source.iri),
        },
        "positionsAre": "Unicode code points from 0; the end is exclusive",
        "quotes": [{name: getattr(passage, name) for name in words} for passage in details.passages],
    }


def _proof(iri: str, found: list[Compared]) -> dict[str, bytes]:
    engine = holdings().engine
    told = [*proof.in_words([*explain(engine, iri), *proof.derived(engine, iri)]), *proof.compared_in_words(found)]
    return {
        "proof.json": _json(proof.proof(engine, iri, found)),
        "proof.txt": "".join(f"{line}\n" for line in told).encode(),
    }


def _measured(found: list[Compared]) -> dict[str, bytes]:
    if not found:
        return {}
    quads = measurements.quads_of(holdings().engine, found)
    known = rules()
    files = {f"rules/{name}.rq": known[name].text.encode() for name in {one.rule for one in found} & known.keys()}
    return files | {
        "measurements.csv": measurements.table(found),
        "measurements.trig": measurements.trig(quads),
        "measurements.jsonld": measurements.jsonld(quads),
    }


def _citations(iri: str) -> dict[str, bytes]:
    cited = citation_of(iri.removeprefix(ID))
    whole = cff(cited, citation_of(DATASET))
    written = {"bib": bibtex(cited), "ris": ris(cited), "csl.json": csl_json(cited), "cff": whole}
    return {f"citation.{ending}": text.encode() for ending, text in written.items()}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
