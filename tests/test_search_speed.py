"""How soon suggestions come while somebody types, among as many parties as V-Party knows."""

import random
import statistics
import time
from collections.abc import Iterator

import pytest
from bench.derived import Derived
from bench.distributions import load
from bench.world import countries, world_lines
from flask.testing import FlaskClient
from search_fixtures import searchable_of
from server_fixtures import BROWSER, make_client

from graph.searching.searchable import Searchable
from server import search, searching
from server.site import facet_words, search_page

TYPED = 12
"""Letters of a name that are typed, one by one."""
SUGGESTED = {"limit": "4"}


@pytest.fixture(scope="module")
def world() -> Searchable:
    lines = "".join(world_lines(countries(load(), 20_000, 1), Derived())).encode()
    return searchable_of(b"".join(sorted(set(lines.splitlines(keepends=True)))))


@pytest.fixture
def client(world: Searchable, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    for module in (search, searching, search_page, facet_words):
        monkeypatch.setattr(module, "searchable", lambda: world)
    return make_client()


def names(world: Searchable, number: int) -> Iterator[str]:
    """The names of some parties."""
    parties = [record for record in world.things.records() if record["facets"]["kind"] == ["party"]]
    assert len(parties) > 3400
    return (record["names"][0][0] for record in random.Random(3).sample(parties, number))


def seconds(client: FlaskClient, **given: str) -> float:
    """Of this process alone: how busy others keep the machine says nothing of the code."""
    began = time.process_time()
    assert client.get("/search", query_string=given).status_code == 200
    return time.process_time() - began


def test_a_keystroke_is_answered_within_twenty_milliseconds(client: FlaskClient, world: Searchable) -> None:
    taken = [
        seconds(client, q=name[:end], **SUGGESTED)
        for name in names(world, 12)
        for end in range(1, min(TYPED, len(name)) + 1)
        if name[:end].strip()
    ]
    assert statistics.median(taken) < 0.02


def test_narrowing_everything_takes_no_longer_than_a_page(client: FlaskClient, world: Searchable) -> None:
    client.get("/search?kind=party", headers={"Accept": BROWSER})
    country = next(iter(world.things.sizes("country")))
    began = time.process_time()
    reply = client.get(f"/search?kind=party&country={country}", headers={"Accept": BROWSER})
    assert time.process_time() - began < 0.5
    assert reply.text.count('<li><a href="/doc/party/') > 0
