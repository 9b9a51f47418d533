"""The clients that must work: every example of server/README.md is run as it stands, and answers as it says."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from node_fixtures import CLIENTS, RUN_SECONDS, install
from pyoxigraph import Store
from repository import REPOSITORY
from test_running import announced, start

from graph.snapshot import Snapshots

README = (REPOSITORY / "server" / "README.md").read_text(encoding="utf-8")
EXAMPLES = {
    heading: (language, code, answer)
    for heading, language, code, answer in re.findall(
        r"(?:With|From) \*\*([^*]+)\*\*(?:(?!```).)*```(sh|python)\n(.*?)```\n\n```text\n(.*?)```", README, re.DOTALL
    )
}


@pytest.fixture(scope="module")
def address(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server of the project's own data, on a free port of loopback."""
    home = tmp_path_factory.mktemp("home")
    Snapshots(home / "snapshots").publish(list(seed_store), {"counts": {}})
    process = start(home, SAMIZDAT_SECONDS="10")
    try:
        yield announced(process)
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def comunica() -> None:
    """Comunica in tests/clients, as its lock file has it; skips where there is no Node.js to run it."""
    install()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def run(language: str, code: str, address: str) -> str:
    """What the example prints, its ports replaced by those of the test."""
    port = address.rpartition(":")[2]
    code = code.replace("localhost:8000", f"127.0.0.1:{port}").replace("localhost:7878", f"127.0.0.1:{free_port()}")
    command = [sys.executable, "-W", "error", "-c", code] if language == "python" else ["bash", "-eu", "-c", code]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "npm_config_offline": "true"}
    done = subprocess.run(command, cwd=CLIENTS, env=environment, capture_output=True, text=True, timeout=RUN_SECONDS)
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\r\n", "\n")


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_answers_what_stands_under_it(name: str, address: str, request: pytest.FixtureRequest) -> None:
    language, code, answer = EXAMPLES[name]
    if name == "Comunica":
        request.getfixturevalue("comunica")
    tool = code.split()[0]
    if language == "sh" and not shutil.which(tool) and not (Path(sys.executable).parent / tool).exists():
        pytest.skip(f"{tool} is not installed")
    assert run(language, code, address).rstrip() == answer.rstrip()


def test_every_client_has_its_example() -> None:
    assert list(EXAMPLES) == ["curl", "SPARQLWrapper", "rdflib", "pandas", "Comunica", "another endpoint"]
    assert len(re.findall("```(?:sh|python)\n", README)) == len(EXAMPLES)
    assert all(answer.strip() for _, _, answer in EXAMPLES.values())
