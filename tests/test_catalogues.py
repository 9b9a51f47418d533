"""The pages in Kazakh and Russian: every string is translated, with its placeholders, and none was forgotten."""

import re
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from flask import Flask
from page_addresses import ADDRESSES
from pyoxigraph import Literal, Store
from seed_app import seed_app
from server_fixtures import BROWSER

from server import vocabulary
from server.site.catalogues import extracted, merged, path_of, translated
from server.words.date_words import date_in_words
from server.words.dates import in_words as in_english
from server.words.languages import ENGLISH, LANGUAGES
from server.words.page_words import meanings

CODES = sorted(set(LANGUAGES) - {ENGLISH.code})
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<[^>]*>")
WORD = re.compile(r"[A-Za-z]{3,}")
SPOKEN_EVERYWHERE = re.compile(
    r"\b(Samizdat|SPARQL|RDF|SHA|CSV|JSON|TSV|SVG|PNG|Turtle|TriG|Trig|BibTeX|RIS|CSL|CFF|XML|HTML|OpenRefine|Ctrl|VoID"
    r"|DCAT|Memento|English|Python|JavaScript|curl|R|SPARQLWrapper|OWL|PROV|N-Quads|N-Triples|LD|CC|BY|GET|HTTP|API)\b"
)
TOLD = frozenset({"h1", "h2", "h3", "h4", "button", "label", "th", "dt", "summary", "option", "legend"})
VOID = frozenset({"meta", "link", "input", "br", "img", "wbr", "hr", "path", "circle", "rect", "line"})


def catalogue(code: str) -> Catalog:
    with path_of(code).open("rb") as file:
        return read_po(file, locale=code)


def said(message: Message) -> tuple[str, ...]:
    """The translations of a message, one for each number."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_has_what_the_pages_say_and_nothing_else(code: str) -> None:
    assert path_of(code).read_bytes().decode() == merged(code).decode(), "python -m server.site.catalogues"


@pytest.mark.parametrize("code", CODES)
def test_every_string_is_translated_in_every_number(code: str) -> None:
    found = catalogue(code)
    assert len(found) > 500
    for message in found:
        if message.id:
            assert translated(message.string), message.id
            assert not message.fuzzy, message.id
            assert len(said(message)) == (found.num_plurals if message.pluralizable else 1), message.id


@pytest.mark.parametrize("code", CODES)
def test_placeholders_and_links_agree(code: str) -> None:
    for message in catalogue(code):
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        known = [set(PLACEHOLDER.findall(one)) for one in ids]
        for text in said(message) if message.id else ():
            found = set(PLACEHOLDER.findall(text))
            assert found in known or (message.pluralizable and found == set().union(*known)), message.id


def test_strings_are_taken_from_templates_and_from_python() -> None:
    found = {message.id for message in extracted() if message.id}
    assert {"Skip to the text", "Claims", ("One question", "%(n)s questions")} <= found


class Words(HTMLParser):
    """The words that a page says of its own: those of headings, labels, ways and the foot, that are in its language."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._open: list[tuple[str, bool, bool]] = []
        self.found: set[str] = set()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        told, foreign = self._open[-1][1:] if self._open else (False, False)
        own = dict(attrs)
        foreign = tag != "html" and (foreign or "lang" in own or tag in ("script", "pre", "code", "textarea"))
        self._open.append((tag, told or tag in TOLD or tag in ("nav", "footer", "header"), foreign))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in [name for name, *_ in self._open] and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1] and not self._open[-1][2] and data.strip():
            self.found.add(" ".join(data.split()))


@pytest.fixture(scope="module")
def app(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return seed_app(seed_store, tmp_path_factory.mktemp("languages"))


@pytest.fixture(scope="module")
def data(seed_store: Store) -> str:
    """Every literal of the graph, which stays in its own language."""
    return "\n".join(sorted({quad.object.value for quad in seed_store if isinstance(quad.object, Literal)}))


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_english_is_left_in_headings_ways_and_labels(app: Flask, data: str, address: str) -> None:
    client = app.test_client()
    words = {
        code: Words(client.get(address, headers={"Accept": BROWSER, "Accept-Language": code}).text).found
        for code in ("en", *CODES)
    }
    for code in CODES:
        left = {text for text in words["en"] & words[code] if WORD.search(SPOKEN_EVERYWHERE.sub("", text))}
        assert {text for text in left if text.strip(" ·:…") not in data} == set()


def test_what_a_modality_means_is_said_as_the_ontology_defines_it() -> None:
    assert meanings() == {name: vocabulary.modality(name).meaning for name in vocabulary.MARKS}


@pytest.mark.parametrize(
    ("edtf", "russian", "kazakh"),
    [
        ("2020-12-18", "18 декабря 2020 г.", "2020 ж. 18 желтоқсан"),
        ("2021-01~", "примерно январь 2021 г.", "шамамен 2021 ж. қаңтар"),
        ("2021?-01", "январь 2021 г., год неточен", "2021 ж. қаңтар, жылы дәл емес"),
        ("XXXX-06", "июнь, год не указан", "маусым, жылы көрсетілмеген"),
        ("1989/2019", "1989 – 2019", "1989 – 2019"),
        ("../2021", "до 2021", "2021 дейін"),
        ("2021-02-31", "2021-02-31", "2021-02-31"),
        ("2021-21", "2021-21", "2021-21"),
    ],
)
def test_dates_are_said_in_the_language_of_the_page(app: Flask, edtf: str, russian: str, kazakh: str) -> None:
    for code, said_of in (("ru", russian), ("kk", kazakh), ("en", in_english(edtf))):
        with app.test_request_context(f"/claims?lang={code}"):
            assert date_in_words(edtf).replace("\u202f", " ") == said_of


@pytest.mark.parametrize("address", ["/changes?format=json", "/search?q=party", "/questions/timeline?format=csv"])
def test_data_and_what_is_kept_have_one_language(app: Flask, address: str) -> None:
    client = app.test_client()
    codes = ("ru", "en", "kk")
    found = [client.get(address, headers={"Accept": "*/*", "Accept-Language": code}).data for code in codes]
    assert found[0] == found[1] == found[2]


def test_pages_asked_for_in_turn_keep_their_languages(app: Flask) -> None:
    client = app.test_client()
    for address in ("/questions/not-stated", "/doc/person/asya-tulesova", "/pictures/control", "/query", "/politics"):
        first = {code: client.get(f"{address}?lang={code}", headers={"Accept": BROWSER}).text for code in LANGUAGES}
        again = {code: client.get(f"{address}?lang={code}", headers={"Accept": BROWSER}).text for code in LANGUAGES}
        assert first == again
