"""A client that asks too often is told so, and when to come back; who is a client cannot be made up."""

import json
from pathlib import Path
from typing import Any

import pytest
from live_fixtures import live
from server_fixtures import make_app, store
from werkzeug.test import Client

from graph.errors import SamizdatError
from graph.snapshot import Snapshots
from server.guarding.rate_limits import Buckets, Limit, behind_proxies, client, limit_of, limited
from server.settings import ServerSettings

ASK = "/sparql?query=ASK%7B%7D"


def served(rate: str = "3/60", proxies: int = 0) -> Client:
    settings = ServerSettings(rate=rate, proxies=proxies)
    app = make_app(settings=settings)
    return Client(behind_proxies(limited(app, app, settings), settings))


def statuses(asking: Client, times: int, **environ: Any) -> list[int]:
    return [asking.get(ASK, **environ).status_code for _ in range(times)]


def test_a_client_over_its_limit_is_told_when_to_come_back() -> None:
    asking = served()
    assert [asking.get(ASK).headers["RateLimit"] for _ in range(3)] == [
        f'"client";r={n};t={60 - 20 * n}' for n in (2, 1, 0)
    ]
    refused = asking.get(ASK)
    assert refused.status_code == 429
    assert refused.headers["RateLimit-Policy"] == '"client";q=3;w=60'
    assert refused.headers["RateLimit"] == '"client";r=0;t=60'
    assert refused.headers.getlist("Retry-After") == ["20"]
    assert refused.mimetype == "application/problem+json"
    assert json.loads(refused.data)["hint"] == "ask again in 20 s"
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


def test_answers_from_the_cache_count_too() -> None:
    assert statuses(served(), 4) == [200, 200, 200, 429]


def test_a_person_is_told_on_a_page() -> None:
    asking = served("1/60")
    statuses(asking, 1)
    refused = asking.get("/", headers={"Accept": "text/html"})
    assert (refused.status_code, refused.mimetype) == (429, "text/html")
    assert "more often than one client may" in refused.text


def test_each_client_has_a_limit_of_its_own() -> None:
    asking = served("1/60")
    for address in ("192.0.2.1", "192.0.2.2", "2001:db8:1::1", "2001:db8:2::1"):
        assert statuses(asking, 2, environ_base={"REMOTE_ADDR": address}) == [200, 429]
    assert statuses(asking, 1, environ_base={"REMOTE_ADDR": "2001:db8:1::ffff"}) == [429], "of the same network"


def test_what_watches_over_the_server_is_not_limited() -> None:
    asking = served("1/60")
    statuses(asking, 2)
    for path in ("/healthz", "/readyz", "/static/site.css"):
        found = asking.get(path)
        assert found.status_code != 429
        assert "RateLimit" not in found.headers


def test_without_a_proxy_nobody_is_believed() -> None:
    asking = served("2/60")
    spoofed = [statuses(asking, 1, headers={"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(3)]
    assert spoofed == [[200], [200], [429]]


def test_behind_one_proxy_its_word_counts_and_no_other() -> None:
    asking = served("1/60", proxies=1)
    first, second = "203.0.113.1", "203.0.113.2"
    assert statuses(asking, 2, headers={"X-Forwarded-For": first}) == [200, 429]
    assert statuses(asking, 1, headers={"X-Forwarded-For": f"198.51.100.7, {first}"}) == [429], "the first is made up"
    assert statuses(asking, 1, headers={"X-Forwarded-For": f"{first}, {second}"}) == [200]


def test_behind_two_proxies_the_last_but_one_counts() -> None:
    asking = served("1/60", proxies=2)
    for end in range(3):
        told = {"X-Forwarded-For": f"198.51.100.{end}, 203.0.113.1, 10.0.0.1"}
        assert statuses(asking, 1, headers=told) == [429 if end else 200]


def test_tokens_come_back_evenly() -> None:
    now = [0.0]
    buckets = Buckets(Limit(4, 8), lambda: now[0])
    assert [buckets.take("a").tokens for _ in range(5)] == [3, 2, 1, 0, -1]
    assert buckets.take("a").next == pytest.approx(2)
    now[0] = 1.9
    assert buckets.take("a").tokens == -1
    now[0] = 2.0
    assert [buckets.take("a").tokens for _ in range(2)] == [0, -1]
    now[0] = 100.0
    assert [buckets.take("a").tokens for _ in range(5)] == [3, 2, 1, 0, -1]


def test_full_buckets_are_forgotten() -> None:
    now = [0.0]
    buckets = Buckets(Limit(1, 1), lambda: now[0])
    for number in range(1000):
        buckets.take(str(number))
        now[0] += 0.1
    assert len(buckets) < 20


@pytest.mark.parametrize(
    ("settings", "limit"),
    [
        (ServerSettings(), None),
        (ServerSettings(host="localhost"), None),
        (ServerSettings(host="::1"), None),
        (ServerSettings(host="0.0.0.0"), Limit(600, 60)),
        (ServerSettings(host="127.0.0.1", proxies=1), Limit(600, 60)),
        (ServerSettings(host="0.0.0.0", rate="off"), None),
        (ServerSettings(rate="5/2"), Limit(5, 2)),
    ],
)
def test_it_is_off_where_only_this_machine_asks(settings: ServerSettings, limit: Limit | None) -> None:
    assert limit_of(settings) == limit


@pytest.mark.parametrize("text", ["0/60", "10", "ten/60", "10/0", "-1/5", "10/60/3"])
def test_a_limit_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SamizdatError, match="such as 600/60"):
        ServerSettings.from_environment({"SAMIZDAT_RATE": text})


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("[2001:db8::1]:4711", "2001:db8::/64"),
        ("unknown", "unknown"),
        ("a:b", "a:b"),
    ],
)
def test_whose_bucket_it_is(address: str, whose: str) -> None:
    assert client(address) == whose


def test_over_a_real_server(tmp_path: Path) -> None:
    Snapshots(tmp_path / "snapshots").publish(list(store()), {"counts": {}})
    with live(tmp_path, RATE="20/60", PROXIES=1) as server:

        def ask(forwarded: str) -> int:
            return server.send(ASK, X_Forwarded_For=forwarded).status

        assert {ask("203.0.113.1") for _ in range(20)} == {200}
        assert ask("198.51.100.1, 203.0.113.1") == 429
        assert ask("203.0.113.2") == 200
