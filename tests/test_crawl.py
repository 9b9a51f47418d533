"""From ``/.well-known/void`` everything can be found by following links, and none of them leads nowhere."""

import gzip
import re
from collections import Counter

import pytest
from crawler import Crawl
from flask import Flask
from pyoxigraph import NamedNode, Store
from rdflib import DCTERMS
from seed_app import seed_app

from graph.iris import ID, is_path
from graph.jsonld import node
from ontology.base import BASE

START = "/.well-known/void"
UNREAD = re.compile(r"/(static|dump|sparql|query|q|search|snapshot|timegate|timemap)\b|/(questions|pictures)/\w[^?]*\?")
"""Files, answers, other ways to look at one, and everything once more as of a snapshot: fetched, not read for links."""
LEFT_OUT = re.compile(
    r"(/snapshot/\w{64})?/query\?|/snapshot/\w{64}/((doc|cite)/.*\.\w+|(search|q|why|questions|pictures)\b)"
    r"|.*[?&](lang|held|view)="
)
"""Each form of each document as of a snapshot (that their TimeGates lead there is seen), and every query and every page
in all the languages and readings that there are links to (tests/test_pages.py looks at those)."""
SERVICES = ("/sparql", "/openapi.json", "/sitemap.xml", "/changes", "/feed.atom", "/ldes/1", "/dataset", "/politics")


@pytest.fixture(scope="module")
def crawl(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """All that was found, by some six thousand requests."""
    client = seed_app(seed_store, tmp_path_factory.mktemp("snapshots")).test_client()
    found = Crawl(client, lambda address: not UNREAD.match(address), lambda address: not LEFT_OUT.match(address))
    found.run(START)
    return found


@pytest.fixture(scope="module")
def things(seed_store: Store) -> set[str]:
    """The path of every entity, editorial and claim; a name that something had before leads to what it has now."""
    former = {quad.object for quad in seed_store.quads_for_pattern(None, node(DCTERMS.replaces), None)}
    terms = (term for quad in seed_store for term in (quad.subject, quad.object) if term not in former)
    found = {term.value for term in terms if isinstance(term, NamedNode)}
    return {path for iri in found if iri.startswith(ID) and is_path(path := iri.removeprefix(ID))}


def test_a_crawler_finds_everything(
    crawl: Crawl, things: set[str], seed_store: Store, subtests: pytest.Subtests
) -> None:
    """One test, so that one worker crawls."""
    with subtests.test("no link is dead"):
        assert len(crawl.seen) > 5000
        assert not crawl.dead
    with subtests.test("no place in a page is missing"):
        assert crawl.anchors
        assert not crawl.dead_anchors()
    with subtests.test("every entity and every claim is reached"):
        assert_all_reached(crawl, things)
    with subtests.test("what is private is reached by documents alone"):
        assert_private_is_not_listed(crawl, seed_store)
    with subtests.test("the dumps that are linked hold all of it"):
        assert_dumps_hold(crawl, things)
    for service in SERVICES:
        with subtests.test(service):
            assert crawl.seen[service][0] == 200


def assert_all_reached(crawl: Crawl, things: set[str]) -> None:
    kinds = Counter(path.partition("/")[0] for path in things)
    assert kinds["claim"] > 60
    assert kinds.total() - kinds["claim"] > 30
    for path in things:
        assert crawl.seen.get(f"/doc/{path}") == (200, "text/turtle"), path
        assert crawl.seen.get(f"/linkset/{path}") == (200, "application/linkset+json"), path


def assert_private_is_not_listed(crawl: Crawl, seed_store: Store) -> None:
    marked = seed_store.quads_for_pattern(None, NamedNode(f"{BASE}politics#sensitive"), None)
    private = {quad.subject.value.removeprefix(ID) for quad in marked if isinstance(quad.subject, NamedNode)}
    listed = b"".join(crawl.client.get(address).data for address in crawl.seen if address.startswith("/sitemap"))
    assert private
    for path in private:
        assert f"/doc/{path}" in crawl.seen
        assert path.encode() not in listed


def assert_dumps_hold(crawl: Crawl, things: set[str]) -> None:
    """The table is of claims alone."""
    dumps = [address for address in crawl.seen if address.startswith("/dump/")]
    assert len(dumps) == 4
    for address in dumps:
        with crawl.client.get(address) as reply:
            body = reply.data
        packed = address.endswith(".gz")
        text = gzip.decompress(body) if packed else body
        assert not [path for path in things if (packed or path.startswith("claim/")) and path.encode() not in text]


def test_a_dead_link_and_a_missing_place_are_noticed() -> None:
    """The crawler itself, on pages that are wrong."""
    app = Flask("wrong")
    app.add_url_rule("/", "home", lambda: '<a href="there#here">there</a> <a href="gone">gone</a>')
    app.add_url_rule("/there", "there", lambda: '<p id="else">there</p>')
    crawl = Crawl(app.test_client(), lambda address: True)
    crawl.run("/")
    assert crawl.dead == {"/gone": "/"}
    assert crawl.dead_anchors() == {"/there#here": "/"}
