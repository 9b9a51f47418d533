"""A citation as BibTeX, RIS, CSL-JSON and CITATION.cff.

BibTeX: what LaTeX reads as commands is escaped. RIS: each value is one line. CSL-JSON 1.0
(https://docs.citationstyles.org/). Citation File Format 1.2.0 describes data sets, so that an editorial or a claim
stands in it as what is preferred to be cited.
"""

import json
from typing import Any

import yaml

from server.describing.citations import Citation, Date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months as every BibTeX style defines them."""
LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "{}&%$#_"},
}
RIS = {"dataset": "DATA", "editorial": "NEWS", "claim": "DATA"}
CSL = {"dataset": "dataset", "editorial": "article-newspaper", "claim": "dataset"}
CFF = {"dataset": "data", "editorial": "newspaper-article", "claim": "data"}
SPDX = {"https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0"}
SHORT = 12
"""Characters of a snapshot's name that people see."""


def bibtex(cited: Citation) -> str:
    """One ``@misc`` entry: the type that every style knows. Titles keep their capitals."""
    fields = {
        "author": " and ".join(f"{{{_latex(name)}}}" for name in cited.authors),
        "title": f"{{{_latex(cited.title)}}}",
        "howpublished": _latex(cited.container),
        "publisher": _latex(cited.publisher),
        "version": cited.version[:SHORT],
        "url": cited.url,
        "language": cited.language,
        "note": _latex(cited.note),
        "abstract": _latex(cited.abstract),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if cited.date:
        lines.insert(2, f"  year = {{{cited.date.parts[0]:04d}}}")
    if cited.date and len(cited.date.parts) > 1:
        lines.insert(3, f"  month = {MONTHS[cited.date.parts[1] - 1]}")
    return f"@misc{{{cited.key},\n" + ",\n".join(lines) + "\n}\n"


def ris(cited: Citation) -> str:
    """One RIS record; lines end in CR LF."""
    tags: list[tuple[str, str]] = [
        ("TY", RIS[cited.kind]),
        ("ID", cited.key),
        *(("AU", name) for name in cited.authors),
        ("TI", cited.title),
        ("T2", cited.container),
        ("PB", cited.publisher),
        ("PY", f"{cited.date.parts[0]:04d}" if cited.date else ""),
        ("DA", _slashed(cited.date) if cited.date else ""),
        ("ET", cited.version[:SHORT]),
        ("LA", cited.language),
        ("AB", cited.abstract),
        ("N1", cited.note),
        ("UR", cited.url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in tags if value or tag == "ER")


def csl_json(cited: Citation) -> str:
    """An array of one item, as citation processors take it."""
    issued: dict[str, Any] = {"date-parts": [list(cited.date.parts)]} if cited.date else {}
    if cited.date and cited.date.circa:
        issued["circa"] = True
    item = {
        "id": cited.key,
        "type": CSL[cited.kind],
        "title": cited.title,
        "author": [{"literal": name} for name in cited.authors],
        "issued": issued,
        "container-title": cited.container,
        "publisher": cited.publisher,
        "genre": "nanopublication" if cited.kind == "claim" else "",
        "version": cited.version[:SHORT],
        "language": cited.language,
        "abstract": cited.abstract,
        "note": cited.note,
        "URL": cited.url,
    }
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=1)


def cff(cited: Citation, dataset: Citation) -> str:
    """A CITATION.cff of the dataset; where something else is cited, that is its ``preferred-citation``."""
    found: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": " ".join(filter(None, ("If you use this, please cite it as below.", dataset.note))),
        "type": "dataset",
        "title": dataset.title,
        "authors": _cff_authors(dataset),
        "abstract": dataset.abstract,
        "version": dataset.version[:SHORT],
        "date-released": _iso(dataset.date) if dataset.date else "",
        "url": dataset.url,
        "license": SPDX.get(dataset.licence, ""),
        "identifiers": [{"type": "other", "value": f"sha256:{dataset.version}", "description": "The snapshot"}],
        "preferred-citation": None if cited.kind == "dataset" else _reference(cited),
    }
    kept = {key: value for key, value in found.items() if value}
    written: str = yaml.dump(kept, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return written


class _Dumper(yaml.SafeDumper):
    """Quotes what YAML 1.2 would read as a number though 1.1 does not: the start of a hash, as 12e4."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if text[:1].isdigit() else None)


_Dumper.add_representer(str, _text)


def _reference(cited: Citation) -> dict[str, Any]:
    date = cited.date.parts if cited.date else ()
    found: dict[str, Any] = {
        "type": CFF[cited.kind],
        "title": cited.title,
        "authors": _cff_authors(cited),
        "collection-title": cited.container,
        "publisher": {"name": cited.publisher} if cited.publisher else None,
        "year": date[0] if date else None,
        "month": date[1] if len(date) > 1 else None,
        "version": cited.version[:SHORT],
        "languages": [cited.language] if cited.language else None,
        "license": SPDX.get(cited.licence, ""),
        "notes": cited.note,
        "url": cited.url,
    }
    return {key: value for key, value in found.items() if value}


def _cff_authors(cited: Citation) -> list[dict[str, str]]:
    """The names; for what has none the word that the format's guide gives, since it wants at least one."""
    return [{"name": name} for name in cited.authors or ("anonymous",)]


def _latex(text: str) -> str:
    return "".join(LATEX.get(char, char) for char in " ".join(text.split()))


def _slashed(date: Date) -> str:
    """``YYYY/MM/DD/``, with nothing in the place of what is not known."""
    return "/".join(f"{part:02d}" for part in date.parts) + "/" * (4 - len(date.parts))


def _iso(date: Date) -> str:
    return "-".join(f"{part:02d}" for part in date.parts) if len(date.parts) == 3 else ""
