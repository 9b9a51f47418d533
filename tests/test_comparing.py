"""Comparisons as a whole: documented rules, premises down to claim and row, and nothing where nothing is imported."""

import re
from pathlib import Path

import pytest
import shacl
from comparing import CONTROL, World, claimed

from graph.comparing.comparisons import comparisons
from graph.evidence import evidence
from graph.executables import RULES
from graph.importing.mapping import mapping
from graph.iris import COMPARISONS_GRAPH, ID
from graph.settings import Settings
from ontology.vocabulary import source
from queries import rules


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    return World(settings, tmp_path)


def test_every_rule_asks_for_indicators_that_importers_write() -> None:
    known = {one.label for kind in ("rsf", "freedom-house", "vparty") for one in mapping(kind).indicators.values()}
    for name, rule in rules().items():
        asked = set(re.findall(r'"([^"\n]+, [^"\n]+)"@en', rule.text))
        assert asked <= known, name
        assert asked or name == "offices-popolo", name


def test_every_rule_says_why() -> None:
    for name, rule in rules().items():
        assert rule.summary, name
        assert "https://" in rule.description, name  # whose method it is
        assert not rule.parameters, name


def test_the_premises_of_a_comparison_lead_to_the_claim_and_to_the_row(world: World) -> None:
    world.rsf(y2022="10")
    quads = claimed(CONTROL)
    found = comparisons(quads, evidence(world.settings.evidence_folder))
    assert sorted(map(str, found)) == sorted(map(str, comparisons(quads, evidence(world.settings.evidence_folder))))
    said: dict[str, set[str]] = {}
    [record] = {
        str(quad.subject)[1:-1]
        for quad in found
        if str(quad.object) == f"<{RULES}media-control-rsf-score>" and "comparisons#" in str(quad.subject)
    }
    for quad in found:
        if str(quad.subject) == f"<{record}>":
            assert quad.graph_name.value == COMPARISONS_GRAPH  # type: ignore[union-attr]
            said.setdefault(quad.predicate.value.rpartition("#")[2], set()).add(
                str(quad.object).partition("^^")[0].partition("@")[0].strip('<>"')
            )
    claim, measurement = f"{ID}claim/text/one", f"{ID}measurement/rsf/2022/KAZ/score"
    assert said["wasDerivedFrom"] == {claim, measurement, f"{ID}day"}
    assert (said["subject"], said["object"]) == ({measurement}, {claim})
    assert said["rule"] == {f"{RULES}media-control-rsf-score"}
    assert (said["covers"], said["yearsApart"], said["category"]) == ({"2021"}, {"0"}, {"very serious"})


def test_nothing_is_compared_where_nothing_is_imported() -> None:
    assert comparisons(claimed(CONTROL), ()) == []


@pytest.fixture
def lines(world: World) -> list[str]:
    """The triples of the graph of the comparisons."""
    world.rsf(y2022="10")
    quads = comparisons(claimed(CONTROL), evidence(world.settings.evidence_folder))
    return [f"{quad.triple} ." for quad in quads if str(quad.graph_name) == f"<{COMPARISONS_GRAPH}>"]


def unmet(lines: list[str]) -> set[str]:
    report = shacl.Shapes.from_text(source("evidence-shapes.ttl")).validate_text("\n".join(lines), format="ntriples")
    return {str(result.root_shape).strip("<>").rpartition("#")[2] for result in report.results}


@pytest.mark.parametrize("missing", ["", "#object>", "#rule>", "#date>", "#wasDerivedFrom>", "#yearsApart>"])
def test_a_comparison_without_a_premise_is_found(missing: str, lines: list[str]) -> None:
    kept = [line for line in lines if not missing or missing not in line.split(" ")[1]]
    assert unmet(kept) == ({"Comparison"} if missing else set())


def test_a_claim_that_was_taken_back_is_not_compared(world: World) -> None:
    world.rsf(y2022="10")
    quads = claimed(CONTROL)
    assert world.ask("media-control-rsf-score", quads)
    # Only its own graphs keep such a claim: of its metadata the default graph has nothing.
    left = [quad for quad in quads if str(quad.subject) != f"<{ID}claim/text/one>"]
    assert not world.ask("media-control-rsf-score", left)
