"""The project's own data, all the way through the command line: checked, built, asked, explained, served."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ontology.base import BASE

ROOT = Path(__file__).parent.parent
SAMIZDAT = [sys.executable, "-m", "server.cli"]
PARTY = "id/party/democratic-choice-party"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SAMIZDAT_")}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return inherited | {"SAMIZDAT_HOME": str(tmp_path_factory.mktemp("home")), "PYTHONPATH": path}


@pytest.fixture(scope="module")
def build(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return samizdat(environment, "build")


def samizdat(environment: dict[str, str], *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [*SAMIZDAT, *arguments]
    return subprocess.run(command, input=text, env=environment, cwd=ROOT, capture_output=True, text=True)


def test_it_builds_and_then_has_nothing_to_do(
    build: subprocess.CompletedProcess[str], environment: dict[str, str]
) -> None:
    assert build.returncode == 0, build.stderr
    assert build.stdout.startswith("published ")
    assert "were not re-read" in build.stderr
    assert samizdat(environment, "build").stdout.startswith("nothing has changed, ")
    assert samizdat(environment, "snapshots").stdout.splitlines()[2].startswith("*")


def test_a_single_file_is_checked_against_the_rest() -> None:
    [file] = (ROOT / "graph" / "data" / "claims").rglob("*.yaml")
    result = samizdat(dict(os.environ), "check", str(file))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1].startswith("no problems in 1 editorial, ")


@pytest.mark.usefixtures("build")
def test_rigged_elections_are_believed_and_not_asserted(environment: dict[str, str]) -> None:
    assert samizdat(environment, "query", "elections-rigged-asserted").stdout == "false\n"
    assert "many believe" in samizdat(environment, "query", "elections-rigged-believed").stdout


@pytest.mark.usefixtures("build")
def test_a_derived_statement_is_explained_down_to_the_quote(environment: dict[str, str]) -> None:
    lines = samizdat(environment, "explain", PARTY).stdout.splitlines()
    assert lines[0] == "Democratic Choice Party is a banned party"
    assert lines[1].startswith("because ")
    assert any("“the Democratic Choice Party, which was banned after" in line for line in lines)
    unknown = samizdat(environment, "explain", f"{PARTY}s")
    assert unknown.returncode == 1
    assert PARTY in unknown.stderr


@pytest.fixture
def address(build: subprocess.CompletedProcess[str], environment: dict[str, str]) -> Iterator[str]:
    """The address of a server over what was built; stopped as Ctrl-C stops it."""
    command = [*SAMIZDAT, "serve", "--port", "0", "--no-build"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        found = re.search(r"http://\S+/", server.stdout.readline())
        assert found
        yield found[0]
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0


def test_what_is_served_answers_as_an_endpoint(address: str, environment: dict[str, str]) -> None:
    asked = ("query", "-", "--format", "csv")
    text = f"SELECT ?label {{ <{PARTY}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }}"
    here = samizdat(environment, *asked, text=text)
    there = samizdat(environment, *asked, "--endpoint", f"{address}sparql", text=f"BASE <{BASE}> {text}")
    assert "Democratic Choice Party" in here.stdout
    assert (there.stdout.split(), there.stderr) == (here.stdout.split(), "")
