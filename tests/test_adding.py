"""``samizdat add``: from a text, a file or a page to the archive and a file of drafts, or to nothing at all."""

import gzip
import json
import re
import shutil
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic, sleep

import pytest
from cli_fixtures import run
from repository import REPOSITORY

from graph.adding import fetching
from graph.adding.faults import CannotAdd
from graph.adding.fetching import MOST_BYTES, fetch
from graph.adding.sources import _page, of_bytes, source
from graph.files.yaml_reader import read

RUSSIAN = """Волна «Прогресса»

18 декабря 2020 года Асель Тулесова и Алия Жолболдина объявили о создании партии «Прогресс». Многие считают, что
выборы были фальсифицированы. Его сменил К.-Ж. Токаев. Почему так вышло?
"""
PAGE = """<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Порт закрыт - Газета</title>
<meta property="og:title" content="Порт закрыт"><meta property="og:site_name" content="Газета">
<meta name="author" content="Анна Иванова"><meta property="article:published_time" content="2021-03-04T10:00:00Z">
<meta property="og:type" content="article"></head><body><nav><a href="/">Главная</a></nav><article><h1>Порт закрыт</h1>
<p>Порт Актау в Казахстане закрыли 3 марта 2021 года, и никто не сказал почему, хотя работники спрашивали об этом.</p>
<p>Многие считают, что порт откроют снова, как только пройдут выборы и улягутся протесты, о которых писали газеты.</p>
</article><footer>© Газета 2026</footer></body></html>"""
ENCODER = ("--encoded-by", "group/samizdat-team")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with the project's entities and claims."""
    shutil.copytree(REPOSITORY / "graph" / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMIZDAT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SAMIZDAT_HOME", str(tmp_path / "home"))
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_text_in_another_language_becomes_drafts_that_check_understands(here: Path) -> None:
    (here / "волна.txt").write_text(RUSSIAN, encoding="utf-8")
    result = run(
        "add", "волна.txt", "--headline", "Волна «Прогресса»", "--language", "ru", "--date", "2021-01", *ENCODER
    )
    assert result.exit_code == 0, result.output
    file = here / "data" / "drafts" / "2021" / "2021-01-volna-progressa.yaml"
    data = read(file).data
    assert [draft["quote"]["exact"].split()[0] for draft in data["drafts"]] == ["18", "Многие", "Его"]
    for draft in data["drafts"]:
        assert RUSSIAN[draft["quote"]["start"] : draft["quote"]["end"]] == draft["quote"]["exact"]
    suggested = {(key, one[key]) for draft in data["drafts"] for one in draft["suggestions"] for key in list(one)[:1]}
    assert suggested >= {
        ("entity", "person/asya-tulesova"), ("entity", "person/aliya-zholboldina"), ("entity", "party/progress"),
        ("entity", "person/kassym-jomart-tokayev"), ("edtf", "2020-12-18"), ("modality", "believed"),
        ("type", "PartyFounding"), ("type", "ElectionRigging"),
    }  # fmt: skip
    assert all(one["why"] and one["words"] for draft in data["drafts"] for one in draft["suggestions"])
    checked = run("check", str(file))
    assert checked.exit_code == 0, checked.output
    assert "3 drafts" in checked.output


def test_the_text_is_kept_for_its_owner_alone(here: Path) -> None:
    run("add", "-", "--headline", "Волна", "--language", "ru", *ENCODER, text=RUSSIAN)
    archive = here / "home" / "archive"
    digest = sha256(RUSSIAN.encode()).hexdigest()
    kept = archive / f"{digest}.txt"
    assert kept.read_text(encoding="utf-8") == RUSSIAN
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(archive.stat().st_mode) == 0o700
    assert json.loads((archive / f"{digest}.json").read_text(encoding="utf-8"))["from"] == "standard input"


def test_a_page_says_itself_what_it_is(here: Path) -> None:
    (here / "page.html").write_text(PAGE, encoding="utf-8")
    result = run("add", "page.html", *ENCODER)
    assert result.exit_code == 0, result.output
    data = read(here / "data" / "drafts" / "2021" / "2021-03-port-zakryt.yaml").data
    assert (data["headline"], data["inLanguage"], data["date"]) == ("Порт закрыт", "ru", {"edtf": "2021-03-04"})
    assert (data["author"], data["publisher"]) == (["Анна Иванова"], "Газета")
    assert "url" not in data
    [text] = (here / "home" / "archive").glob("*.txt")
    assert "Главная" not in text.read_text(encoding="utf-8")
    assert next((here / "home" / "archive").glob("*.source")).read_text(encoding="utf-8") == PAGE


def test_what_is_not_stated_is_not_guessed(here: Path) -> None:
    before = everything(here)
    headline, language = ("--headline", "Порт"), ("--language", "ru")
    for given, missing in [((), "headline"), (headline, "language"), ((*headline, *language), "encoded-by")]:
        result = run("add", "-", *given, text=RUSSIAN)
        assert result.exit_code == 1
        assert f"the {missing} is not stated" in result.stderr
    assert everything(here) == before


def test_somebody_at_a_terminal_is_asked(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.commands.add._somebody_is_there", lambda: True)
    (here / "page.html").write_text(PAGE.replace('lang="ru"', ""), encoding="utf-8")
    answers = "\nru\ngroup/samizdat-team\n2021-03\n\n\n"
    result = run("add", "page.html", text=answers)
    assert result.exit_code == 0, result.output
    data = read(next((here / "data" / "drafts").rglob("*.yaml"))).data
    assert (data["headline"], data["inLanguage"], data["date"]) == ("Порт закрыт", "ru", {"edtf": "2021-03"})
    assert "headline (as the page states it)" in result.stderr
    assert "language (not stated)" in result.stderr


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--language", "Russian language"), "is no language"),
        (("--language", "ru", "--date", "last week"), "is not a date in EDTF"),
        (("--language", "ru", "--name", "../../escape"), "is no name"),
        (("--language", "ru", "--encoded-by", "person/nobody"), "nothing is named person/nobody"),
        (("--language", "ru", "--name", "2021-01-progress-kazakhstan"), "there is a claim file named"),
    ],
)
def test_a_wrong_option_changes_nothing(here: Path, options: tuple[str, ...], what: str) -> None:
    before = everything(here)
    result = run("add", "-", "--headline", "Волна", *ENCODER, *options, text=RUSSIAN)
    assert result.exit_code == 1
    assert what in result.stderr
    assert everything(here) == before
    assert not (here / "data" / "drafts").exists()


def test_an_archive_that_cannot_be_written_changes_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("SAMIZDAT_ARCHIVE", str(here / "file"))
    before = everything(here)
    result = run("add", "-", "--headline", "Волна", "--language", "ru", *ENCODER, text=RUSSIAN)
    assert result.exit_code == 1
    assert "samizdat: " in result.stderr
    assert everything(here) == before
    assert not (here / "data" / "drafts").exists()


def test_a_file_that_somebody_else_has_just_made_is_left(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_late(_: Path, file: Path) -> None:
        file.write_text("theirs", encoding="utf-8")
        raise FileExistsError(17, "File exists", str(file))

    monkeypatch.setattr("graph.adding.adding.os.link", too_late)
    result = run("add", "-", "--headline", "Волна", "--language", "ru", "--date", "2021", *ENCODER, text=RUSSIAN)
    assert result.exit_code == 1
    [left] = (here / "data" / "drafts" / "2021").iterdir()
    assert left.read_text(encoding="utf-8") == "theirs"


def test_a_text_is_added_once(here: Path) -> None:
    given = ("add", "-", "--headline", "Волна", "--language", "ru", *ENCODER)
    assert run(*given, text=RUSSIAN).exit_code == 0
    before = everything(here)
    again = run(*given, "--name", "another", text=RUSSIAN)
    assert again.exit_code == 1
    assert "this very text has been added before" in again.stderr
    assert everything(here) == before


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("Порт закрыт навсегда.".encode("cp1251"), "not utf-8 text"),
        (b"PK\x03\x04 a zip file is no text at all", r"the control character U\+0003"),
        (b"The port is closed.\x00 For good.", r"the control character U\+0000"),
        (b"   \n\n ", "has no text"),
        (b"a" * (MOST_BYTES + 1), "bytes"),
        (b"a word " * 50_000, "characters"),
        (b"<!DOCTYPE html><html><body></body></html>", "no text is found"),
        (b"<html>" + b"<div>" * 50_000, "no text is found"),
    ],
    ids=["encoding", "zip", "nul", "blank", "size", "length", "empty-page", "deep-page"],
)
def test_what_is_no_text_is_refused(content: bytes, what: str) -> None:
    with pytest.raises(CannotAdd, match=what):
        of_bytes(content, "a file")


def test_no_name_or_day_is_made_of_an_address() -> None:
    bare = re.sub('<meta property="(og:site_name|article:published_time)"[^>]*>', "", PAGE)
    found = _page(bare.encode(), "a page", None, "https://example.org/2020/05/17/port")
    assert (found.stated.publisher, found.stated.date) == ("", "")
    assert found.stated.url == "https://example.org/2020/05/17/port"


def test_headings_of_a_page_stand_apart() -> None:
    page = PAGE.replace("<p>Многие", "<h2>Что дальше</h2><p>Многие")
    text = of_bytes(page.encode(), "a page").text
    assert "\n\nЧто дальше\n\nМногие" in text


def test_entities_of_a_page_are_not_unfolded() -> None:
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    page = (
        f'<!DOCTYPE html [<!ENTITY l0 "lol">{laughs}]><html><body><article><p>A page. &l9;</p></article></body></html>'
    )
    assert len(of_bytes(page.encode(), "a page").text) < 1000


def test_an_encoding_can_be_named() -> None:
    assert of_bytes("Порт закрыт.".encode("cp1251"), "a file", encoding="windows-1251").text == "Порт закрыт."
    with pytest.raises(CannotAdd, match="there is no encoding"):
        of_bytes(b"text", "a file", encoding="utf-9")


def test_a_text_may_be_given_as_it_is() -> None:
    assert source("The port is closed. Nobody says why.").text == "The port is closed. Nobody says why."
    with pytest.raises(CannotAdd, match=r"there is no file 'nowhere\.txt'"):
        source("nowhere.txt")
    with pytest.raises(CannotAdd, match=r"folder/nowhere\.txt'"):  # the end of a long path is what names the file
        source(f"{'folder/' * 20}nowhere.txt")


# --- pages from the web ---


class Page(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        bomb = gzip.compress(b"a" * (MOST_BYTES * 3))
        answers: dict[str, Callable[[], tuple[int, dict[str, str], bytes]]] = {
            "/page": lambda: (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
            "/text": lambda: (200, {"Content-Type": "text/plain; charset=windows-1251"}, RUSSIAN.encode("cp1251")),
            "/bomb": lambda: (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, bomb),
            "/pdf": lambda: (200, {"Content-Type": "application/pdf"}, b"%PDF"),
            "/round": lambda: (302, {"Location": "/round"}, b""),
            "/moved": lambda: (301, {"Location": "/page"}, b""),
            "/slow": lambda: (200, {"Content-Type": "text/html"}, b"a" * 50),
            "/away": lambda: (302, {"Location": "file:///etc/passwd"}, b""),
        }
        status, headers, body = answers.get(self.path, lambda: (404, {}, b""))()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        for at in range(len(body)) if self.path == "/slow" else ():
            with suppress(OSError):  # who waits has gone
                self.wfile.write(body[at : at + 1])
                sleep(0.05)
        if body and self.path != "/slow":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_is_fetched_with_its_address(web: str) -> None:
    found = source(f"{web}/moved", allow_private=True)
    assert found.stated.url == f"{web}/page"
    assert found.stated.headline == "Порт закрыт"
    assert source(f"{web}/text", allow_private=True).text == RUSSIAN


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/bomb", "has more than"), ("/pdf", "neither a page nor a text"), ("/round", "from one address to the next"),
        ("/away", "is no web address"), ("/nowhere", "answers 404"),
    ],
)  # fmt: skip
def test_what_the_web_may_do_is_bounded(web: str, path: str, what: str) -> None:
    with pytest.raises(CannotAdd, match=what):
        fetch(f"{web}{path}", allow_private=True)


def test_a_server_that_dawdles_is_left(web: str) -> None:
    begun = monotonic()
    with pytest.raises(CannotAdd, match="takes too long"):
        fetch(f"{web}/slow", allow_private=True, seconds=0.3)
    assert monotonic() - begun < 2


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://localhost/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data",
            "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/"],
)  # fmt: skip
def test_private_addresses_are_not_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_pool", lambda *_: pytest.fail("a connection was made"))
    with pytest.raises(CannotAdd, match="private network"):
        fetch(url)


def test_a_redirect_inside_is_judged_too(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def only_the_first(address: str) -> bool:
        judged.append(address)
        return len(judged) == 1

    monkeypatch.setattr(fetching, "is_public", only_the_first)
    with pytest.raises(CannotAdd, match="private network"):
        fetch(f"{web}/moved")
    assert len(judged) == 2


def test_a_host_that_does_not_answer_is_no_traceback(here: Path) -> None:
    result = run("add", "http://127.0.0.1:1/", "--allow-private", *ENCODER)
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr
