"""Downloads: whole, in parts, known by their digest, bounded in number, and never held in memory."""

from base64 import b64decode
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store
from server_fixtures import CATALOGUE, FakeEngine

from graph.snapshot import Snapshot, Snapshots
from server import create_app
from server.describing import dumps
from server.settings import ServerSettings

NAMES = ("data.nq.gz", "data.trig.gz", "data.jsonld.gz", "claims.csv")


@pytest.fixture(scope="module")
def snapshots(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> list[Snapshot]:
    root = Snapshots(tmp_path_factory.mktemp("snapshots"))
    quads = sorted(seed_store, key=str)
    return [root.publish(some, {}) for some in (quads[:50], quads)]


@pytest.fixture
def client(snapshots: list[Snapshot]) -> FlaskClient:
    """With a cache, past which files have to come; four threads, so that one download is all."""
    settings = ServerSettings(cache_mb=8, threads=4)
    return create_app(settings, engine=FakeEngine(), snapshot=snapshots[-1], catalogue=CATALOGUE).test_client()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", [0, 1])
def test_a_file_comes_as_it_lies_on_the_disk(
    which: int, name: str, client: FlaskClient, snapshots: list[Snapshot]
) -> None:
    snapshot = snapshots[which]
    response = client.get(f"/dump/{snapshot.id}/{name}", headers={"Accept-Encoding": "br, gzip, zstd"})
    assert response.data == snapshot.dumps.files[name].path.read_bytes()
    assert response.content_length == len(response.data)
    assert "Content-Encoding" not in response.headers
    assert response.mimetype == ("text/csv" if name.endswith(".csv") else "application/gzip")
    assert {"immutable", "public"} <= set(response.headers["Cache-Control"].replace(",", "").split())
    assert response.headers["Content-Disposition"].startswith("attachment")
    digest = sha256(response.data)
    assert response.headers["ETag"] == f'"{digest.hexdigest()}"'
    assert b64decode(response.headers["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":")) == digest.digest()


def test_a_download_goes_on_where_it_broke_off(client: FlaskClient, snapshots: list[Snapshot]) -> None:
    address = f"/dump/{snapshots[1].id}/data.trig.gz"
    whole = client.get(address, buffered=True)
    with client.get(address, headers={"Range": "bytes=0-999"}) as first:
        begun = first.data
    with client.get(address, headers={"Range": "bytes=1000-", "If-Range": whole.headers["ETag"]}) as rest:
        ended = rest.data
    assert (first.status_code, rest.status_code) == (206, 206)
    assert rest.headers["Content-Range"] == f"bytes 1000-{len(whole.data) - 1}/{len(whole.data)}"
    assert begun + ended == whole.data
    other = client.get(address, headers={"Range": "bytes=1000-", "If-Range": '"another"'}, buffered=True)
    assert (other.status_code, other.data) == (200, whole.data)
    assert client.get(address, headers={"Range": f"bytes={len(whole.data)}-"}).status_code == 416


def test_who_has_it_is_not_sent_it_again(client: FlaskClient, snapshots: list[Snapshot]) -> None:
    address = f"/dump/{snapshots[1].id}/claims.csv"
    tag = client.head(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_head_and_methods_and_scripts_elsewhere(client: FlaskClient, snapshots: list[Snapshot]) -> None:
    address = f"/dump/{snapshots[1].id}/claims.csv"
    head = client.head(address)
    assert (head.status_code, head.data) == (200, b"")
    assert head.content_length == len(client.get(address).data)
    assert head.headers["Access-Control-Allow-Origin"] == "*"
    refused = client.put(address)
    assert (refused.status_code, set(refused.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})


@pytest.mark.parametrize(
    "path",
    [
        *("nothing/claims.csv", f"{'0' * 64}/claims.csv", "{id}/nothing", "{id}/index.json", "{id}/things-1.txt"),
        *("{id}/..%2Fmanifest.json", "%2e%2e/publications.jsonl", "current/claims.csv", "{id}/"),
    ],
)
def test_nothing_else_is_to_be_had(path: str, client: FlaskClient, snapshots: list[Snapshot]) -> None:
    response = client.get("/dump/" + path.replace("{id}", snapshots[1].id))
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"


def test_a_misspelt_name_is_told_the_nearest(client: FlaskClient, snapshots: list[Snapshot]) -> None:
    page = client.get(f"/dump/{snapshots[1].id}/claim.csv", headers={"Accept": "text/html"})
    assert f"/dump/{snapshots[1].id}/claims.csv" in page.text


def test_only_so_many_are_sent_at_once(client: FlaskClient, snapshots: list[Snapshot]) -> None:
    address = f"/dump/{snapshots[1].id}/data.nq.gz"
    under_way = client.get(address, buffered=False)
    refused = client.get(address)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, str(dumps.RETRY))
    assert client.get("/healthz").status_code == 200
    under_way.close()
    assert client.get(address).status_code == 200


def test_a_place_is_given_back_when_the_client_has_gone(client: FlaskClient, snapshots: list[Snapshot]) -> None:
    """Nobody closes the answer: the server just lets go of it."""
    address = f"/dump/{snapshots[1].id}/data.nq.gz"
    for headers in ({}, {"Range": "bytes=5-9"}, {"If-None-Match": "*"}):
        environ = {"REQUEST_METHOD": "GET"} | {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in headers.items()}
        for _ in range(3):
            parts = client.application.wsgi_app(
                client.application.test_request_context(address, environ_overrides=environ).request.environ,
                lambda *_: lambda _: None,
            )
            next(iter(parts), None)
            del parts
    assert client.get(address).status_code == 200


def test_a_file_is_read_in_pieces(
    client: FlaskClient, snapshots: list[Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "PIECE", 1000)
    response = client.get(f"/dump/{snapshots[1].id}/data.nq.gz", buffered=False)
    pieces = list(response.iter_encoded())
    assert max(map(len, pieces)) == 1000
    assert b"".join(pieces) == snapshots[1].nquads_path.read_bytes()
    response.close()
