"""What the tests of imports share: files made from text, an import, and what it says."""

import gzip
from pathlib import Path

from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, Store, parse

from graph.importing.importer import Imported, import_files
from graph.iris import ID
from graph.settings import Settings
from ontology.base import BASE

RSF = "Year (N);ISO;Rank N;Score N;EN_country;Zone\n"
KAZAKHSTAN = "2021;KAZ;155;49,72;Kazakhstan;EEAC\n"
PREFIXES = f"""PREFIX pol: <{BASE}politics#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX csvw: <http://www.w3.org/ns/csvw#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX org: <http://www.w3.org/ns/org#> PREFIX schema: <https://schema.org/> PREFIX id: <{ID}>
"""


def made(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def imported(kind: str, settings: Settings, *files: Path, dataset: str = "", country: str = "") -> Imported:
    return import_files(kind, files, settings, dataset=dataset, country=country)


def stored(folder: Path) -> Store:
    """The graph of an imported data set."""
    store = Store()
    with gzip.open(folder / "evidence.nq.gz") as file:
        store.bulk_extend(parse(file.read(), RdfFormat.N_QUADS))
    return store


def rows(store: Store, names: str, pattern: str) -> list[tuple[str, ...]]:
    """What these variables are, sorted: IRIs, and literals without their datatypes."""
    query = f"{PREFIXES} SELECT DISTINCT {names} WHERE {{ {pattern} }}"
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    wanted = [name.strip("?") for name in names.split()]
    return sorted(tuple(getattr(solution[name], "value", "") for name in wanted) for solution in found)


def holds(store: Store, pattern: str) -> bool:
    found = store.query(f"{PREFIXES} ASK {{ {pattern} }}", use_default_graph_as_union=True)
    assert isinstance(found, QueryBoolean)
    return bool(found)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content: what must not change."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
