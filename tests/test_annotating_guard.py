"""Who may ask the annotating page: nobody without its address, and no other page."""

from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from annotating import FILE, TEXT, annotating, claim_file, prepared
from pyoxigraph import Store
from seed_app import seed_app
from werkzeug.test import Client, TestResponse

from graph.annotating.desk import Desk
from server.annotating.application import create
from server.annotating.guard import guarded, hosts_of

TOKEN = "s3cret-and-long-enough"
PORT = 8765
OWN = {"Host": f"127.0.0.1:{PORT}"}
POST = OWN | {"Origin": f"http://127.0.0.1:{PORT}", "Sec-Fetch-Site": "same-origin"}
PATHS = ("", "state", "forms", "things?q=nur", "dates?text=2021", "static/annotate.css")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Client:
    desk = Desk(prepared(folder), str(claim_file(folder)))
    return Client(guarded(create(desk), TOKEN, hosts_of(PORT)))


def posted(client: Client, headers: dict[str, str], **given: object) -> TestResponse:
    return client.post(f"/{TOKEN}/drop", json={"draft": "sentence-2", **given}, headers=headers)


@pytest.mark.parametrize("path", PATHS)
def test_everything_stands_below_the_secret(client: Client, path: str) -> None:
    with client.get(f"/{TOKEN}/{path}", headers=OWN) as answer:
        assert answer.status_code == 200
    for wrong in (
        f"/{path}",
        f"/{TOKEN[:-1]}/{path}",
        f"/{TOKEN}x/{path}",
        f"//{TOKEN}/{path}",
        f"/{TOKEN.upper()}/{path}",
    ):
        refused = client.get(wrong, headers=OWN)
        assert refused.status_code == 403
        assert TEXT[:10].encode() not in refused.data


@pytest.mark.parametrize("token", ["", "é", "%00", "%ff%fe", "..", "x" * 10_000, f".{TOKEN}", f"%2e/{TOKEN}"])
def test_a_strange_secret_is_a_wrong_one(client: Client, token: str) -> None:
    assert client.get(f"/{token}/state", headers=OWN).status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "", "127.0.0.1:8765.evil.example", "[::1]:8765"],
)
def test_a_name_that_leads_here_is_refused(client: Client, host: str) -> None:
    assert client.get(f"/{TOKEN}/state", headers={"Host": host}).status_code == 403


def test_this_machine_has_two_names(client: Client) -> None:
    assert client.get(f"/{TOKEN}/state", headers={"Host": f"localhost:{PORT}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        OWN,
        OWN | {"Origin": "null"},
        OWN | {"Origin": "http://evil.example"},
        OWN | {"Origin": f"http://localhost:{PORT}"},
        OWN | {"Origin": f"https://127.0.0.1:{PORT}"},
        OWN | {"Origin": f"http://127.0.0.1:{PORT + 1}"},
        POST | {"Sec-Fetch-Site": "cross-site"},
        POST | {"Sec-Fetch-Site": "same-site"},
        POST | {"Sec-Fetch-Site": "none"},
    ],
)
def test_no_other_page_may_change_the_file(client: Client, folder: Path, headers: dict[str, str]) -> None:
    digest = client.get(f"/{TOKEN}/state", headers=OWN).json["digest"]  # type: ignore[index]
    assert posted(client, headers, digest=digest).status_code == 403
    assert claim_file(folder).read_text(encoding="utf-8") == FILE


def test_no_other_page_may_read_it(client: Client) -> None:
    other = OWN | {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert client.get(f"/{TOKEN}/state", headers=other).status_code == 403
    assert (
        client.get(f"/{TOKEN}/", headers=OWN | {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}).status_code
        == 200
    )


def test_its_own_page_may_change_the_file(client: Client, folder: Path) -> None:
    digest = client.get(f"/{TOKEN}/state", headers=OWN).json["digest"]  # type: ignore[index]
    assert posted(client, POST, digest=digest).status_code == 200
    assert "drafts:" not in claim_file(folder).read_text(encoding="utf-8")


def test_what_a_form_of_another_page_could_send_is_no_json(client: Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = client.post(f"/{TOKEN}/check", data=b'{"data": {}}', content_type=kind, headers=POST)
        assert answer.status_code == 415


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"data": []}', b'{"data": {}, "claim": 1}', b"[" * 100_000, b'{"data": "\xff"}'],
)
def test_rubbish_is_refused_without_a_traceback(client: Client, body: bytes) -> None:
    answer = client.post(f"/{TOKEN}/check", data=body, content_type="application/json", headers=POST)
    assert answer.status_code == 400
    assert b"Traceback" not in answer.data


def test_too_much_is_refused(client: Client) -> None:
    answer = client.post(f"/{TOKEN}/check", json={"data": {"label": "x" * 2_000_000}}, headers=POST)
    assert answer.status_code == 413


@pytest.mark.parametrize("path", [*PATHS, "nowhere", "../state"])
def test_every_answer_is_private_and_strict(client: Client, path: str) -> None:
    for token in (TOKEN, "wrong"):
        with client.get(f"/{token}/{path}", headers=OWN) as found:
            answer = found
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_public_server_has_none_of_it(tmp_path: Path, seed_store: Store) -> None:
    app = seed_app(seed_store, tmp_path)
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert not [rule for rule in rules if "annotat" in rule and "annotation" not in rule]
    assert not [name for name in app.view_functions if name.startswith("annotating.")]
    for path in (f"/{TOKEN}/", "/state", "/forms", "/save", "/annotate", "/annotate/state"):
        assert app.test_client().get(path).status_code == 404


def test_it_listens_on_loopback_alone_and_guards_what_it_serves(tmp_path: Path) -> None:
    prepared(tmp_path)
    with annotating(tmp_path) as (address, path):
        port = int(address.rpartition(":")[2])
        listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        places = {fields[1] for fields in listening if fields[3] == "0A" and fields[1].endswith(f":{port:04X}")}
        assert places == {f"0100007F:{port:04X}"}
        assert len(path) > 40
        assert asked(port, path) == 200
        assert asked(port, "/") == asked(port, f"{path[:-2]}/") == asked(port, "/static/annotate.css") == 403
        assert asked(port, path, Host="evil.example") == 403
        assert asked(port, f"{path}check", "POST", Origin="http://evil.example") == 403
        assert asked(port, f"{path}check", "OPTIONS", Origin="http://evil.example") == 403


def asked(port: int, path: str, method: str = "GET", **headers: str) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(method, path, headers=headers)
        return connection.getresponse().status
