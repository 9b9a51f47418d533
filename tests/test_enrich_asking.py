"""Asking an endpoint: at its pace, within bounds, from what is kept; and everything that it may do wrong."""

import time
from collections.abc import Iterator
from dataclasses import replace
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from enriching import RESULTS, Endpoint, Still, playing
from rdflib import Literal, URIRef

from graph.engine.results import Term
from graph.enriching import asking, guarded
from graph.enriching.asking import IN_ADDRESS
from graph.enriching.cache import Cache
from graph.enriching.pacing import LONGEST, TRIES, Clock, pause
from graph.enriching.profile import Profile, profile
from graph.errors import AnswerTooLarge, EngineUnavailable, InvalidQuery, QueryTimeout, SamizdatError

CONTACT = "mailto:team@example.org"
ITEM = [{"item": URIRef("http://www.wikidata.org/entity/Q100")}]
LANGUAGES = [{"language": Literal("kk")}]


@pytest.fixture(scope="module")
def shared() -> Iterator[Endpoint]:
    with playing() as endpoint:
        yield endpoint


@pytest.fixture
def there(shared: Endpoint) -> Endpoint:
    shared.log.clear()
    shared.refusals.clear()
    return shared


WIKIDATA = profile("wikidata")


def of(url: str, **changed: Any) -> Profile:
    return replace(WIKIDATA, **{"endpoint": url, "rate": 1000.0, "seconds": 5.0, **changed})


def endpoint(found: Profile, folder: Path, clock: Clock | None = None, **options: Any) -> asking.Endpoint:
    given = {"contact": CONTACT, "allow_private": True, **options}
    return asking.Endpoint(found, Cache(folder / "answers"), clock=clock or Still(), **given)


def names(one: asking.Endpoint) -> list[str]:
    return sorted(row["name"].value for row in one.ask("names", ITEM, LANGUAGES).rows)


KAZAKH = ["Қазақ елі", "Қазақстан", "قازاقستان"]


# --- what is asked ---


def test_a_question_is_sent_as_the_protocol_and_the_operators_want_it(there: Endpoint, tmp_path: Path) -> None:
    assert names(endpoint(of(there.url), tmp_path)) == KAZAKH
    [asked] = there.log
    assert asked.method == "GET"
    assert asked.headers["Accept"] == RESULTS
    agent = asked.headers["User-Agent"]
    assert agent.startswith("samizdat/")
    assert f"({CONTACT})" in agent
    assert "SPARQLWrapper/" in agent


def test_a_long_question_goes_in_a_body(there: Endpoint, tmp_path: Path) -> None:
    many = [{"item": URIRef(f"http://www.wikidata.org/entity/Q{number}")} for number in range(100, 400)]
    told = endpoint(of(there.url), tmp_path).ask("names", many, LANGUAGES)
    assert len(told.rows) > len(KAZAKH)
    assert there.log[-1].method == "POST"
    assert len(there.log[-1].query) > IN_ADDRESS


@pytest.mark.parametrize("contact", ["", "  ", "me\r\nX-Header: 1", "ме@example.org", "a(b)", "x" * 201])
def test_a_contact_is_asked_for_and_none_is_made_up(contact: str, tmp_path: Path) -> None:
    with pytest.raises(SamizdatError, match=r"contact|write to"):
        endpoint(of("http://127.0.0.1:1/"), tmp_path, contact=contact)


def test_who_wants_no_contact_gets_none(there: Endpoint, tmp_path: Path) -> None:
    names(endpoint(of(there.url, contact=False), tmp_path, contact=""))
    assert "(" not in there.log[0].headers["User-Agent"]


# --- pace ---


def test_the_rate_is_kept_as_the_endpoint_sees_it(there: Endpoint, tmp_path: Path) -> None:
    one = endpoint(of(there.url, rate=25.0, batch=1), tmp_path, Clock())
    items = [{"item": URIRef(f"http://www.wikidata.org/entity/Q{number}")} for number in range(100, 106)]
    assert len(list(one.ask_in_parts("names", items, LANGUAGES))) == len(there.log) == 6
    # Between beginnings there are 40 ms here; a packet may be under way longer than the next one.
    assert there.log[-1].at - there.log[0].at >= 5 * 0.04 - 0.03


@pytest.mark.parametrize("status", guarded.BUSY)
def test_who_is_busy_is_asked_again_when_he_says(status: int, there: Endpoint, tmp_path: Path) -> None:
    clock = Still()
    in_a_minute = format_datetime(replace(clock, time=60.0).now(), usegmt=True)
    there.refusals += [(status, "7"), (status, in_a_minute)]
    assert names(endpoint(of(there.url), tmp_path, clock)) == KAZAKH
    assert len(there.log) == 3
    assert [round(seconds) for seconds in clock.slept if seconds > 0.1] == [7, 53]


def test_who_does_not_say_when_is_asked_ever_more_seldom_and_then_no_more(there: Endpoint, tmp_path: Path) -> None:
    clock = Still()
    there.refusals += [(503, "")] * 9
    with pytest.raises(EngineUnavailable, match=f"503 {TRIES} times"):
        names(endpoint(of(there.url), tmp_path, clock))
    assert len(there.log) == TRIES
    assert [seconds for seconds in clock.slept if seconds > 0.1] == [2, 4, 8]


def test_who_wants_to_be_left_alone_long_is_not_waited_for(there: Endpoint, tmp_path: Path) -> None:
    clock = Still()
    there.refusals.append((429, str(int(LONGEST) + 1)))
    with pytest.raises(EngineUnavailable, match="wants 121 s"):
        names(endpoint(of(there.url), tmp_path, clock))
    assert clock.slept == []


@pytest.mark.parametrize(
    ("after", "seconds"),
    [("0", 0), (" 5 ", 5), ("-5", 2), ("soon", 2), ("", 2), ("9" * 30, 2), ("1.5", 2), ("٣", 2),
     ("Mon, 23 Nov 2026 11:00:00 GMT", 0), ("Mon, 23 Nov 2026 12:00:30 GMT", 30), ("Mon, 23 Nov 2026 12:00:30", 30)],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date_or_nothing(after: str, seconds: float) -> None:
    assert pause(after, 1, Still().now()) == seconds


# --- what is kept ---


def test_what_was_fetched_is_not_fetched_again(there: Endpoint, tmp_path: Path) -> None:
    names(endpoint(of(there.url), tmp_path))
    again = endpoint(of(there.url), tmp_path)
    assert names(again) == KAZAKH
    assert (len(there.log), again.asked, again.kept) == (1, 0, 1)


def test_refreshing_asks_whether_anything_has_changed(there: Endpoint, tmp_path: Path) -> None:
    clock = Still()
    names(endpoint(of(there.url), tmp_path, clock))
    clock.time = 3 * 24 * 3600
    told = endpoint(of(there.url), tmp_path, clock, refresh=True).ask("names", ITEM, LANGUAGES)
    assert there.log[-1].headers["If-None-Match"].startswith('"')
    assert (len(told.rows), told.day) == (3, "2026-11-26")
    assert endpoint(of(there.url), tmp_path, clock).ask("names", ITEM, LANGUAGES).day == "2026-11-26"


def test_what_was_broken_off_goes_on_where_it_was(there: Endpoint, tmp_path: Path) -> None:
    items = [{"item": URIRef(f"http://www.wikidata.org/entity/Q{number}")} for number in range(100, 104)]
    parts = endpoint(of(there.url, batch=1), tmp_path).ask_in_parts("names", items, LANGUAGES)
    next(parts), next(parts)
    there.refusals.append((429, "9999"))
    with pytest.raises(EngineUnavailable):
        next(parts)
    before = len(there.log)
    assert len(list(endpoint(of(there.url, batch=1), tmp_path).ask_in_parts("names", items, LANGUAGES))) == 4
    assert len(there.log) - before == 2


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"endpoint": 1}', b"[" * 100_000])
def test_a_damaged_answer_is_fetched_anew(damage: bytes, there: Endpoint, tmp_path: Path) -> None:
    names(endpoint(of(there.url), tmp_path))
    [file] = (tmp_path / "answers").iterdir()
    file.write_bytes(damage)
    assert names(endpoint(of(there.url), tmp_path)) == KAZAKH
    assert len(there.log) == 2


def test_what_somebody_looked_up_is_for_the_owner_alone(there: Endpoint, tmp_path: Path) -> None:
    names(endpoint(of(there.url), tmp_path))
    [file] = (tmp_path / "answers").iterdir()
    assert (file.parent.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


# --- what goes wrong ---


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [
        ("rubbish", EngineUnavailable, "no application/sparql-results"),
        ("cut", EngineUnavailable, "no application/sparql-results"),
        ("deep", EngineUnavailable, "no application/sparql-results"),
        ("list", EngineUnavailable, "no application/sparql-results"),
        ("latin", EngineUnavailable, "no application/sparql-results"),
        ("null", EngineUnavailable, "no SPARQL result"),
        ("utf-16", EngineUnavailable, "no SPARQL result"),
        ("numbers", EngineUnavailable, "no SPARQL result"),
        ("others", EngineUnavailable, "has no ?item, ?kind, ?name"),
        ("page", EngineUnavailable, "text/html"),
        ("xml", EngineUnavailable, "results+xml"),
        ("big", AnswerTooLarge, "larger"),
        ("short", EngineUnavailable, "does not answer"),
        ("gone", EngineUnavailable, "does not answer"),
        ("status/304", EngineUnavailable, "unasked"),
        ("status/400", InvalidQuery, "no"),
        ("status/403", EngineUnavailable, "403"),
        ("status/500", EngineUnavailable, "500"),
        ("loop", EngineUnavailable, "302"),
        ("chain/0", EngineUnavailable, "307"),
    ],
)
def test_what_an_endpoint_does_wrong_is_told_and_not_kept(
    path: str, error: type[SamizdatError], said: str, there: Endpoint, tmp_path: Path
) -> None:
    with pytest.raises(SamizdatError) as caught:
        names(endpoint(of(there.part(path), answer_mb=1), tmp_path))
    assert type(caught.value) is error
    assert said in str(caught.value)
    assert len(str(caught.value)) < 500
    assert len(there.log) <= 12
    assert not list((tmp_path / "answers").glob("*"))


@pytest.mark.parametrize("path", ["silent", "drip/200", "drip/400", "drip/500"])
def test_time_is_kept_whatever_an_endpoint_does(path: str, there: Endpoint, tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"Wikidata took longer than 0\.3 s - ask about fewer"):
        names(endpoint(of(there.part(path), seconds=0.3), tmp_path))
    assert 0.3 <= time.monotonic() - began < 2


def test_nobody_there_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="refused"):
        names(endpoint(of("http://127.0.0.1:1/sparql"), tmp_path))


# --- where it leads ---


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://localhost:1/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data",
            "http://[::1]:1/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "https://127.0.0.1:1/"],
)  # fmt: skip
def test_private_addresses_are_not_asked(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.create_connection", lambda *_: pytest.fail("a connection was made"))
    with pytest.raises(EngineUnavailable, match="private network"):
        names(endpoint(of(url), tmp_path, allow_private=False))


def test_a_redirection_within_what_is_allowed_is_followed(there: Endpoint, tmp_path: Path) -> None:
    assert names(endpoint(of(there.part(f"to/{there.url}")), tmp_path)) == KAZAKH
    assert len(there.log) == 2


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:1/", "https://127.0.0.1:1/", "ftp://127.0.0.1/", "file:///etc/passwd"]
)
def test_no_redirection_leaves_https(
    place: str, there: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "is_public", lambda _: True)  # so that the first address may be asked
    with pytest.raises(EngineUnavailable) as caught:
        names(endpoint(of(there.part(f"to/{place}")), tmp_path, allow_private=False))
    assert "leads elsewhere" in str(caught.value) or "302" in str(caught.value)
    assert "query=" not in str(caught.value)
    assert len(there.log) == 1


def test_where_a_redirection_leads_is_judged_too(
    there: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    def only_the_first(address: str) -> bool:
        judged.append(address)
        return len(judged) == 1

    monkeypatch.setattr(guarded, "is_public", only_the_first)
    monkeypatch.setattr(guarded._Redirects, "redirect_request", guarded._Redirects.__base__.redirect_request)  # type: ignore[union-attr]
    with pytest.raises(EngineUnavailable, match="private network"):
        names(endpoint(of(there.part(f"to/{there.url}")), tmp_path, allow_private=False))
    assert len(judged) == 2


def test_a_question_in_a_body_is_not_sent_elsewhere(there: Endpoint, tmp_path: Path) -> None:
    many = [{"item": URIRef(f"http://www.wikidata.org/entity/Q{number}")} for number in range(100, 400)]
    with pytest.raises(EngineUnavailable, match="leads elsewhere"):
        endpoint(of(there.part(f"to/{there.url}")), tmp_path).ask("names", many, LANGUAGES)


def test_proxies_of_the_environment_are_not_asked(
    there: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    assert names(endpoint(of(there.url), tmp_path)) == KAZAKH


def test_a_row_that_lacks_a_value_lacks_it(there: Endpoint, tmp_path: Path) -> None:
    rows = endpoint(of(there.url), tmp_path).ask("names", ITEM, LANGUAGES).rows
    assert all(isinstance(term, Term) for row in rows for term in row.values())
