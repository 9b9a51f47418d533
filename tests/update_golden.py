"""Writes what the saved questions answer of the project's own data into ``tests/golden/questions``.

``python -m tests.update_golden``, in the repository's folder, after a question or the data has changed. Then read
every line of ``git diff tests/golden`` against the editorial: what is recorded there must be true. Never run in CI.
"""

from pathlib import Path

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, Store

from graph.checking import check
from graph.dataset import ontology_triples, published_quads
from graph.reasoning import derive
from graph.settings import Settings
from queries import questions

GOLDEN = Path(__file__).parent / "golden" / "questions"


def recorded(name: str) -> Path:
    """The file with the answer of a question."""
    return GOLDEN / f"{name}.tsv"


def answer(store: Store, sparql: str) -> str:
    """What is recorded: SPARQL TSV of a SELECT, true or false of an ASK, sorted N-Triples of a CONSTRUCT."""
    found = store.query(sparql)
    if isinstance(found, QuerySolutions):
        return (found.serialize(format=QueryResultsFormat.TSV) or b"").decode()
    if isinstance(found, QueryBoolean):
        return f"{bool(found)}\n".lower()
    return "".join(sorted(f"{triple} .\n" for triple in found))


def _own_data() -> Store:
    settings = Settings(data=Path(__file__).parent.parent / "graph" / "data", texts=(), home=Path())
    checked = check(settings, reason=False)
    if checked.content is None:
        raise SystemExit("\n".join(map(str, checked.problems)))
    store = Store()
    store.bulk_extend(published_quads(checked.content, derive(ontology_triples(), checked.content.asserted())))
    return store


def main() -> None:
    """Write every answer, and remove those of questions that are gone."""
    store = _own_data()
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, question in questions().items():
        recorded(name).write_bytes(answer(store, question.fill({})).encode())
    for file in GOLDEN.glob("*.tsv"):
        if file.stem not in questions():
            file.unlink()
    print(f"{len(questions())} answers in {GOLDEN}: read what has changed before you commit it")


if __name__ == "__main__":
    main()
