"""Writes what the saved questions answer of the project's own data into ``tests/golden/questions``.

What some of them answer of the three editorials of ``tests/data/across`` goes into ``tests/golden/across``, and where
a few rows of indices are imported into ``tests/golden/compared``.

``python -m tests.update_golden``, in the repository's folder, after a question or the data has changed. Then read
every line of ``git diff tests/golden`` against the editorial: what is recorded there must be true. Never run in CI.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, Store

from graph.checking import check
from graph.dataset import ontology_triples, published_quads
from graph.reasoning import derive
from graph.settings import Settings
from queries import questions

GOLDEN = Path(__file__).parent / "golden" / "questions"
ACROSS: dict[str, list[dict[str, str]]] = {
    "claims-by-slot": [{}],
    "corroborations": [{"thing": "id/party/tide-party"}, {"thing": "id/post/head-of-the-harbour-council"}],
    "contradictions": [
        *({"thing": f"id/{name}"} for name in ("party/tide-party", "sector/radio-stations", "person/mara-venn")),
        *({"thing": f"id/{name}"} for name in ("person/ilo-strand", "post/head-of-the-harbour-council")),
    ],
    "changes-over-time": [
        {"thing": f"id/{name}"}
        for name in ("party/tide-party", "post/head-of-the-harbour-council", "sector/radio-stations")
    ],
    "prediction-ledger": [{}, {"day": "2001-05-15"}],
}
"""What is asked of several editorials, by question and parameters; one alone answers most of it with nothing."""


COMPARED = ("media-control-compared",)
"""What is asked of indices as well, which the project's own data has none of."""


def recorded(name: str) -> Path:
    """The file with the answer of a question."""
    return GOLDEN / f"{name}.tsv"


def recorded_across(name: str, given: Mapping[str, str]) -> Path:
    """The file with the answer of a question, with these parameters, over several editorials."""
    which = "".join(f"--{value.rpartition('/')[2]}" for value in given.values())
    return GOLDEN.parent / "across" / f"{name}{which}.tsv"


def answer(store: Store, sparql: str) -> str:
    """What is recorded: SPARQL TSV of a SELECT, true or false of an ASK, sorted N-Triples of a CONSTRUCT."""
    found = store.query(sparql)
    if isinstance(found, QuerySolutions):
        return (found.serialize(format=QueryResultsFormat.TSV) or b"").decode()
    if isinstance(found, QueryBoolean):
        return f"{bool(found)}\n".lower()
    return "".join(sorted(f"{triple} .\n" for triple in found))


def store_of(data: Path) -> Store:
    """The whole dataset of a data folder."""
    settings = Settings(data=data, texts=(), home=Path())
    checked = check(settings, reason=False)
    if checked.content is None:
        raise SystemExit("\n".join(map(str, checked.problems)))
    store = Store()
    store.bulk_extend(published_quads(checked.content, derive(ontology_triples(), checked.content.asserted())))
    return store


def _compared(store: Store) -> None:
    """What is answered where a few rows of indices are imported."""
    sys.path.insert(0, str(Path(__file__).parent))  # the tests import each other by their own names
    comparing = import_module("comparing")
    with TemporaryDirectory() as folder:
        content = comparing.compared_store(store, Path(folder))
    (GOLDEN.parent / "compared").mkdir(exist_ok=True)
    for name in COMPARED:
        written = answer(content, questions()[name].fill({}))
        (GOLDEN.parent / "compared" / f"{name}.tsv").write_bytes(written.encode())


def main() -> None:
    """Write every answer, and remove those of questions that are gone."""
    store = store_of(Path(__file__).parent.parent / "graph" / "data")
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, question in questions().items():
        recorded(name).write_bytes(answer(store, question.fill({})).encode())
    for file in GOLDEN.glob("*.tsv"):
        if file.stem not in questions():
            file.unlink()
    across = store_of(Path(__file__).parent / "data" / "across")
    (GOLDEN.parent / "across").mkdir(exist_ok=True)
    for name, cases in ACROSS.items():
        for given in cases:
            recorded_across(name, given).write_bytes(answer(across, questions()[name].fill(given)).encode())
    _compared(store)
    print(f"{len(questions())} answers in {GOLDEN}: read what has changed before you commit it")


if __name__ == "__main__":
    main()
