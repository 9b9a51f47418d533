"""Code to copy: what it runs is the very query, whatever stands in it, and it says what the endpoint answers."""

import ast
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from server_fixtures import FakeEngine, make_app
from werkzeug.serving import make_server

from server.site.snippets import Snippet, snippets

SECONDS = 60
TRAPS = 'it\'s `${process.exit(9)}` $(exit 9) \\\\ \\n """ \'\'\' )---" )----" %(x)s {y}'
SELECT = f"SELECT ?x WHERE {{ BIND('''kept''' AS ?x) }}\n# {TRAPS}\n# SPARQL\n# \\"
ASK = f'ASK {{}} # {TRAPS} ends with "'
GRAPH = f"CONSTRUCT {{ <https://example.org/a> <https://example.org/b> ?x }} WHERE {{ BIND('kept' AS ?x) }} # {TRAPS}"
RUNS = {"curl": ["bash", "-eu", "-c"], "python": [sys.executable, "-W", "error", "-c"],
        "javascript": ["node", "--input-type=module", "-e"]}  # fmt: skip


class Server(threading.Thread):
    """The application over the small graph, on a free port of loopback; ``engine`` remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = FakeEngine()
        self._server = make_server("127.0.0.1", 0, make_app(self.engine))
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}/sparql"

    def run(self) -> None:
        self._server.serve_forever()

    def end(self) -> None:
        self._server.shutdown()
        self.join()
        self._server.server_close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = Server()
    running.start()
    yield running
    running.end()


def snippet(name: str, query: str, endpoint: str = "https://example.org/sparql") -> Snippet:
    return next(item for item in snippets(query, endpoint) if item.name == name)


def printed(name: str, query: str, server: Server) -> str:
    """What the code prints when it is run as it stands."""
    command = RUNS[name]
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    code = snippet(name, query, server.endpoint).code
    done = subprocess.run([*command, code], capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("query", [SELECT, ASK, GRAPH], ids=["select", "ask", "construct"])
@pytest.mark.parametrize("name", RUNS)
def test_the_code_asks_the_very_query_and_prints_its_answer(name: str, query: str, server: Server) -> None:
    answer = printed(name, query, server)
    assert server.engine.seen[-1][0].text.rstrip("\n") == query
    assert ("true" in answer.lower()) if query is ASK else ("kept" in answer)


def test_a_here_document_ends_with_no_line_of_the_query() -> None:
    query = "SELECT * WHERE {}\nSPARQL\n# SPARQL_1"
    code = snippet("curl", query).code
    word = re.search(r"<<'(\w+)'", code)
    assert word is not None
    assert word[1] not in query.splitlines()
    assert code.endswith(f"\n{query}\n{word[1]}\n")


def test_the_raw_string_of_r_is_ended_by_nothing_in_the_query() -> None:
    for query in (SELECT, ASK, GRAPH, 'ASK {} # )---" )----" )-----"'):
        code = snippet("r", query).code
        opened = re.search(r'r"(-+)\(\n', code)
        assert opened is not None
        # R ends a raw string at the first parenthesis that is followed by as many dashes and a quotation mark.
        assert code[opened.end() :].partition(f'){opened[1]}"')[0] == f"{query}\n"


@pytest.mark.parametrize("query", ['"', '""', '"""', '""""', "\\", "\r\n", 'a\\"""b', "\\u0041"])
def test_a_python_literal_is_read_as_the_query(query: str) -> None:
    text = next(node for node in ast.walk(ast.parse(snippet("python", query).code)) if isinstance(node, ast.Call)
                and getattr(node.func, "attr", "") == "setQuery").args[0]  # fmt: skip
    assert ast.literal_eval(text) == query


def test_the_endpoint_is_a_literal_too() -> None:
    endpoint = "https://example.org/it's/\"sparql"
    assert json.dumps(endpoint) in snippet("python", ASK, endpoint).code
    assert "'https://example.org/it'\\''s/\"sparql'" in snippet("curl", ASK, endpoint).code
