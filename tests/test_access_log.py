"""The access log: one JSON object a line, and nothing in it that tells who asked what."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from server_fixtures import make_app
from werkzeug.test import Client

from graph.errors import SamizdatError
from server.settings import ServerSettings
from server.watching.noting import digest
from server.watching.observing import observed

SECRET = "SELECT ?x { ?x ?whistleblower 'zhanar' }"
FIELDS = {
    "time": str,
    "method": str,
    "path": str,
    "status": int,
    "bytes": int,
    "seconds": float,
    "kind": str,
    "query": str,
    "snapshot": str,
    "cache": str,
}


def client(**given: Any) -> Client:
    settings = ServerSettings(**given)
    app = make_app(settings=settings)
    return Client(observed(app, app, settings))


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="ascii").splitlines()]


def test_a_line_has_every_field_and_no_more(tmp_path: Path) -> None:
    file = tmp_path / "log"
    answer = client(access_log=str(file)).get("/sparql", query_string={"query": SECRET})
    (line,) = lines(file)
    assert line.keys() == FIELDS.keys()
    assert not {name for name, kind in FIELDS.items() if not isinstance(line[name], kind)}
    assert (line["method"], line["path"], line["status"], line["kind"]) == ("GET", "/sparql", 200, "select")
    assert line["bytes"] == len(answer.data)
    assert line["query"] == digest(SECRET)
    assert line["snapshot"] == "5a" * 8
    assert line["time"].endswith("Z")
    assert 0 < line["seconds"] < 5


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/sparql", "/query", "/questions/about"])
def test_nothing_asked_and_nobody_asking_is_in_it(path: str, method: str, tmp_path: Path) -> None:
    file = tmp_path / "log"
    headers = {
        "User-Agent": "zhanar",
        "Referer": "http://zhanar/",
        "Cookie": "zhanar",
        "X-Forwarded-For": "203.0.113.9",
    }
    given: dict[str, Any] = {"headers": headers, "environ_overrides": {"REMOTE_ADDR": "203.0.113.7"}}
    given["query_string" if method == "GET" else "data"] = {"query": SECRET, "who": "zhanar"}
    client(access_log=str(file)).open(path, method=method, **given)
    text = file.read_text()
    assert text
    assert not [word for word in ("whistleblower", "zhanar", "203.0.113", "?") if word in text]


def test_addresses_of_clients_only_if_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "log"
    asked = client(access_log=str(file), log_clients=True)
    asked.get("/claims", environ_overrides={"REMOTE_ADDR": "203.0.113.7"})
    assert lines(file)[0]["client"] == "203.0.113.7"


def test_nothing_is_logged_unless_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    client().get("/claims")
    assert capfd.readouterr() == ("", "")


def test_it_may_go_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    client(access_log="stderr").head("/claims")
    line = json.loads(capfd.readouterr().err)
    assert (line["method"], line["bytes"], line["kind"], line["query"]) == ("HEAD", 0, "page", None)


def test_a_path_breaks_no_line_and_has_a_bound(tmp_path: Path) -> None:
    file = tmp_path / "log"
    client(access_log=str(file)).get("/id/a%0A{%22status%22:200}%00é" + "x" * 5000)
    (line,) = lines(file)
    assert line["path"].startswith('/id/a\n{"status":200}\x00')
    assert len(line["path"]) == 300


def test_an_answer_of_the_cache_is_logged_as_the_first_was(tmp_path: Path) -> None:
    file = tmp_path / "log"
    asked = client(access_log=str(file))
    for method in ("GET", "GET", "HEAD"):
        asked.open("/sparql", method=method, query_string={"query": SECRET})
    first, second, third = lines(file)
    assert [line["cache"] for line in (first, second, third)] == ["miss", "hit", "hit"]
    assert second["bytes"] > third["bytes"] == 0
    changing = {"time", "seconds", "cache"}
    assert {k: v for k, v in first.items() if k not in changing} == {
        k: v for k, v in second.items() if k not in changing
    }


def test_the_file_is_its_owners_and_goes_on_where_it_ended(tmp_path: Path) -> None:
    file = tmp_path / "log"
    for _ in range(2):
        client(access_log=str(file)).get("/claims")
    assert len(lines(file)) == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SamizdatError, match=r"SAMIZDAT_ACCESS_LOG is .*no such file or directory"):
        client(access_log=str(tmp_path / "nowhere" / "log"))
