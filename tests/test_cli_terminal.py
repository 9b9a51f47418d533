"""The command line as a process: pipes, a terminal and its colours, signs of life, and what it imports."""

import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from subprocess import PIPE

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from rich.console import Console

from graph.snapshot import Snapshots
from server.terminal import waiting

ROOT = Path(__file__).parent.parent
SAMIZDAT = [sys.executable, "-m", "server.cli"]
MANY = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s"
COLOUR = b"\x1b["
ROWS = 3000


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a home whose snapshot holds more statements than go into a pipe at once."""
    home = tmp_path_factory.mktemp("home")
    lines = "".join(f"<http://example.org/{n}> <http://example.org/p> 'value {n}' .\n" for n in range(ROWS))
    quads = (Quad(t.subject, t.predicate, t.object) for t in parse(lines.encode(), RdfFormat.TURTLE))
    Snapshots(home / "snapshots").publish(quads, {})
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "FORCE_COLOR")}
    return kept | {"SAMIZDAT_HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}


def on_terminal(arguments: list[str], environment: Mapping[str, str]) -> bytes:
    """What the command writes to a terminal, standard output and standard error together."""
    main, side = pty.openpty()
    with subprocess.Popen(
        SAMIZDAT + arguments, stdin=side, stdout=side, stderr=side, env=environment, cwd=ROOT
    ) as process:
        os.close(side)
        written = b""
        try:
            while block := os.read(main, 65536):
                written += block
        except OSError:
            pass  # Linux says EIO once nobody holds the other side
        finally:
            os.close(main)
    assert process.returncode == 0, written
    return written


def test_colours_only_on_a_terminal(environment: dict[str, str], tmp_path: Path) -> None:
    query = tmp_path / "one.rq"
    query.write_text(f"{MANY} LIMIT 1", encoding="utf-8")
    arguments = ["query", str(query)]
    assert COLOUR in on_terminal(arguments, environment)
    piped = subprocess.run(SAMIZDAT + arguments, env=environment, cwd=ROOT, capture_output=True, check=True)
    assert b"\x1b" not in piped.stdout + piped.stderr


def test_no_color_is_respected(environment: dict[str, str]) -> None:
    written = on_terminal(["questions"], environment | {"NO_COLOR": "1"})
    assert not [code for code in (b"\x1b[3", b"\x1b[9", b";3") if code in written]


def test_a_closed_pipe_is_quiet(environment: dict[str, str]) -> None:
    for format_name in ("table", "csv", "json"):
        process = subprocess.Popen(
            [*SAMIZDAT, "query", "-", "-f", format_name],
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment,
            cwd=ROOT,
        )
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(MANY.encode())
        process.stdin.close()
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        process.wait()


def test_a_piped_table_has_one_line_for_each_row(environment: dict[str, str]) -> None:
    command = [*SAMIZDAT, "query", "-"]
    result = subprocess.run(command, input=MANY, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(result.stdout.splitlines()) == 2 + ROWS
    assert result.stderr == ""


def test_a_mistake_has_its_exit_code_and_no_traceback(environment: dict[str, str]) -> None:
    result = subprocess.run([*SAMIZDAT, "query", "nope"], env=environment, cwd=ROOT, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("samizdat: there is no saved question 'nope' - ")


def test_a_name_is_written_somehow_where_the_locale_has_no_letters_for_it(environment: dict[str, str]) -> None:
    ascii_only = environment | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    query = 'SELECT ("Нур Отан" AS ?name) {}'
    result = subprocess.run(
        [*SAMIZDAT, "query", "-"], input=query.encode(), env=ascii_only, cwd=ROOT, capture_output=True
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "Нур Отан".encode("ascii", "backslashreplace")


# --- what starts up ---

IMPORTED = """
import json, sys
from server.cli import main
try:
    main({arguments})
finally:
    print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})), file=sys.stderr)
"""


def imported(arguments: list[str], environment: Mapping[str, str]) -> set[str]:
    """The top-level modules that a command has imported by its end."""
    script = IMPORTED.format(arguments=arguments)
    result = subprocess.run(
        [sys.executable, "-c", script], input="ASK {}", env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    return set(json.loads(result.stderr.splitlines()[-1]))


HEAVY = {"owlready2", "rdflib", "flask", "jinja2", "SPARQLWrapper", "yaml", "edtf", "shacl", "granian"}


def test_a_query_starts_without_what_it_does_not_need(environment: dict[str, str]) -> None:
    assert not imported(["query", "-"], environment) & HEAVY


def test_help_starts_with_next_to_nothing(environment: dict[str, str]) -> None:
    assert not imported(["--help"], environment) & (HEAVY | {"pyoxigraph", "rich", "rapidfuzz"})


def test_help_is_there_at_once(environment: dict[str, str]) -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([*SAMIZDAT, "--help"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3


# --- signs of life ---


def shown(monkeypatch: pytest.MonkeyPatch, *, terminal: bool, patience: float, lasting: float) -> str:
    out = StringIO()
    console = Console(file=out, force_terminal=terminal, width=80)
    monkeypatch.setattr(waiting, "remarks", lambda: console)
    monkeypatch.setattr(waiting, "PATIENCE", patience)
    with waiting.waiting("reading") as on_stage:
        on_stage("reasoning")
        time.sleep(lasting)
    return out.getvalue()


def test_a_long_wait_shows_the_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "reasoning" in shown(monkeypatch, terminal=True, patience=0.01, lasting=0.3)


def test_a_short_wait_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, terminal=True, patience=30, lasting=0) == ""


def test_nothing_is_shown_where_no_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, terminal=False, patience=0.01, lasting=0.1) == ""
