"""What is kept stays within its bound, whatever comes; headers are read as RFC 9110 says."""

import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.compression import CODINGS, IDENTITY, SMALLEST, compressed
from server.caching.flights import Flights
from server.caching.keys import asked, codings_of
from server.caching.known import Known
from server.caching.store import LARGEST, OVERHEAD, Entry, Store

HEADERS = [("Content-Type", "text/csv; charset=utf-8"), ("X-Content-Type-Options", "nosniff")]


def entry(size: int) -> Entry:
    return Entry(HEADERS, b"x" * size, IDENTITY)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20_000)), max_size=60))
def test_the_bound_is_never_passed(puts: list[tuple[int, int]]) -> None:
    store = Store(100_000)
    for key, size in puts:
        store.put(key, entry(size), 10)
        kept = [found for number in range(31) if (found := store.peek(number))]
        assert sum(found.size + 10 for found in kept) == store.counters.bytes <= 100_000
        assert len(kept) == store.counters.entries


def test_what_is_too_large_a_part_is_not_kept_and_pushes_nothing_out() -> None:
    store = Store(800_000)
    store.put("small", entry(10), 0)
    store.put("large", entry(800_000 // LARGEST), 0)
    assert store.peek("large") is None
    assert store.peek("small")
    assert store.counters.refused == 1


def test_the_least_recently_used_go_first() -> None:
    store = Store(10 * (1000 + OVERHEAD))
    for number in range(10):
        store.put(number, entry(1000), 0)
    store.get(0)
    store.put("new", entry(1000), 0)
    assert store.peek(0)
    assert store.peek(1) is None
    assert store.counters.evictions == 1


def test_the_bound_is_on_memory_not_on_sums() -> None:
    """Small answers cost their containers; what the process holds is measured."""
    bound, random = 4 << 20, Random(7)
    tracemalloc.start()
    try:
        store, known = Store(bound), Known[str](bound)
        before = tracemalloc.get_traced_memory()[0]
        for number in range(20_000):
            key = (f"snapshot{number}", (f"SELECT {number}", (), (), ("text/csv", None)), ("br", "gzip"))
            store.put(key, Entry(HEADERS, random.randbytes(100), IDENTITY), 40)
            known.put((f"/sparql{number}", f"query={number}", None), f"value{number}", 40)
        held = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert store.counters.evictions > 0
    assert held < 2 * bound


def test_threads_do_not_confuse_the_store() -> None:
    store = Store(200_000)

    def work(seed: int) -> None:
        random = Random(seed)
        for _ in range(500):
            key = random.randrange(60)
            if store.get(key) is None:
                store.put(key, entry(random.randrange(9000)), 0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    kept = [found.size for number in range(60) if (found := store.peek(number))]
    assert sum(kept) == store.counters.bytes <= 200_000
    assert store.counters.hits + store.counters.misses == 4000


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 3000)), max_size=80))
def test_what_is_known_is_forgotten_in_time(puts: list[tuple[int, int]]) -> None:
    known: Known[int] = Known(20_000)
    for key, size in puts:
        known.put(key, key, size)
        assert known.bytes <= 20_000
        assert known.get(key) in (key, None)


def test_a_tag_tells_bytes_type_and_coding_apart() -> None:
    other_type = [("Content-Type", "text/plain")]
    entries = [
        Entry(HEADERS, b"a", IDENTITY), Entry(HEADERS, b"b", IDENTITY), Entry(other_type, b"a", IDENTITY),
        Entry(HEADERS, b"a", "gzip"),
    ]  # fmt: skip
    assert len({each.etag for each in entries}) == 4
    assert Entry(HEADERS, b"a", IDENTITY).etag == entries[0].etag


def test_headers_of_the_application_that_are_ours_are_not_sent_twice() -> None:
    sent = Entry(
        [*HEADERS, ("Vary", "Cookie"), ("ETag", "x"), ("Cache-Control", "max-age=1"), ("Date", "x")], b"", "br"
    )
    names = [name for name, _ in sent.headers]
    assert len(names) == len(set(names))
    assert dict(sent.headers)["Vary"] == "Accept, Accept-Encoding, Accept-Datetime"


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("", ()),
        ("identity", ()),
        ("gzip", ("gzip",)),
        ("GZIP, Deflate", ("gzip",)),
        ("gzip, deflate, br, zstd", ("br", "zstd", "gzip")),
        ("gzip;q=1.0, br;q=0.5", ("gzip",)),
        ("br;q=0, *", ("zstd", "gzip")),
        ("*", ("br", "zstd", "gzip")),
        ("*;q=0", ()),
        ("gzip;q=0", ()),
        ("gzip;q=0.5, identity;q=0.9", ()),
        ("gzip;q=0.5, identity;q=0.5", ("gzip",)),
        ("gzip;q=oops", ()),
        ("\x00,,;;", ()),
    ],
)
def test_accept_encoding(header: str, codings: tuple[str, ...]) -> None:
    assert codings_of(header) == codings


@given(st.text(max_size=60))
def test_no_header_is_too_odd(header: str) -> None:
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/sparql", "QUERY_STRING": "query=ASK{}", "HTTP_ACCEPT": header,
        "HTTP_ACCEPT_ENCODING": header, "HTTP_HOST": header,
    }  # fmt: skip
    found = asked(environ)
    assert found is None or set(found.codings) <= set(CODINGS)


@given(st.text(max_size=60))
def test_no_address_or_body_is_too_odd(text: str) -> None:
    environ = {"PATH_INFO": "/sparql", "QUERY_STRING": text, "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    found = asked(environ, text.encode("utf-8", "surrogatepass"))
    assert found is None or found.wanted is None or found.wanted.text


@given(st.binary(max_size=5000))
def test_compressing_loses_nothing(body: bytes) -> None:
    for name, coding in CODINGS.items():
        for best in (False, True):
            smaller = compressed(body, name, best=best)
            assert smaller is None or (len(smaller) < len(body) and coding.decode(smaller) == body)
            assert smaller == compressed(body, name, best=best)


def test_only_what_gains_by_it_is_compressed() -> None:
    assert compressed(b"x" * (SMALLEST - 1), "zstd") is None
    assert compressed(Random(1).randbytes(5000), "gzip") is None
    assert compressed(b"x" * SMALLEST, "br")
    assert compressed(b"x" * SMALLEST, IDENTITY) is None


def test_a_flight_has_one_pilot_and_then_another_may_begin() -> None:
    flights: Flights[int] = Flights()
    first, leads = flights.join("key")
    second, follows = flights.join("key")
    assert (leads, follows, first is second) == (True, False, True)
    assert flights.join("other")[1]
    first.result = 7
    threading.Timer(0.05, flights.land, ("key", first)).start()
    assert second.wait(5) == 7
    assert flights.join("key")[1]
    assert flights.join("key")[0].wait(0.01) is None
