"""The shapes of evidence find what an import must never write."""

import re
from pathlib import Path

import pytest
import shacl
from importing import KAZAKHSTAN, RSF, imported, made, stored
from pyoxigraph import RdfFormat

from graph.iris import evidence_graph
from graph.settings import Settings
from ontology.vocabulary import source


@pytest.fixture
def lines(settings: Settings, tmp_path: Path) -> list[str]:
    """The triples of a small data set."""
    done = imported("rsf", settings, made(tmp_path, "x.csv", RSF + KAZAKHSTAN))
    text = (stored(done.folder).dump(format=RdfFormat.N_QUADS) or b"").decode()
    return [line.replace(f"<{evidence_graph('rsf')}> .", ".") for line in sorted(text.splitlines())]


def found(lines: list[str]) -> set[str]:
    """The shapes that are not met."""
    report = shacl.Shapes.from_text(source("evidence-shapes.ttl")).validate_text("\n".join(lines), format="ntriples")
    return {str(result.root_shape).strip("<>").rpartition("#")[2] for result in report.results}


def test_what_an_import_writes_conforms(lines: list[str]) -> None:
    assert found(lines) == set()


@pytest.mark.parametrize(
    ("missing", "shape"),
    [
        (r"/score> .*#value> ", "Measurement"),
        (r"/KAZ/score> .*#wasDerivedFrom> ", "Measurement"),
        (r"/KAZ/rank> .*#country> ", "Measurement"),
        (r"/KAZ/rank> .*#date> ", "Measurement"),
        (r"indicator/rsf/score> .*#definition> ", "Indicator"),
        (r"#row-x.csv-1> .*#value> ", "SourceRow"),
        (r"#row-x.csv-1> .*/isPartOf> ", "SourceRow"),
        (r"#file-x.csv> .*#sha256> ", "SourceFile"),
        (r"dataset/rsf> .*/rights> ", "Dataset"),
        (r"dataset/rsf> .*/publisher> ", "Dataset"),
    ],
)
def test_what_is_missing_is_found(missing: str, shape: str, lines: list[str]) -> None:
    kept = [line for line in lines if not re.search(missing, line)]
    assert len(kept) < len(lines)
    assert shape in found(kept)


def test_a_second_value_is_found(lines: list[str]) -> None:
    [value] = [line for line in lines if re.search("/KAZ/score> .*#value> ", line)]
    assert found([*lines, value.replace("49.72", "94.72")]) == {"Measurement"}
