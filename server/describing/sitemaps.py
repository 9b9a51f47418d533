"""Sitemaps (https://www.sitemaps.org/protocol.html) and robots.txt: where every page is, and where not to crawl.

    {base}sitemap.xml           the index of the parts
    {base}sitemap/pages.xml     the first page, every saved question, and so on
    {base}sitemap/things-N.xml  the documents of things, at most 50,000 in each part

What is somebody's private life is on no list: its page can be asked for, and is not handed to search engines. Each
page names the snapshot it was made from, so all of them were last changed when that was first published.
"""

from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Blueprint, Response, url_for
from werkzeug.exceptions import NotFound

from graph.errors import QueryRefused
from graph.iris import ID, ONTOLOGY
from graph.snapshots.dumps import PART
from server.holdings import holdings
from server.links import page_of
from server.reading import select, text_of
from server.versions import first_issued

blueprint = Blueprint("sitemaps", __name__)

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = (
    *("pages.home", "pages.claims", "pages.query", "questions.index", "dataset.dataset"),
    *("about.about", "about.modalities", "about.citing", "about.corrections", "about.statistics"),
)
CLOSED = (
    *("/sparql", "/query?", "/query/", "/q/", "/rdf-graph-store", "/reconcile", "/search", "/dump/"),
    *("/pictures/network?", "/snapshot/", "/timegate/", "/timemap/"),
)
"""What costs much and says nothing new: queries, ways in the network, copies, every page again for each snapshot."""


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """The index of all parts."""
    names = ["pages", *(f"things-{part}" for part in range(1, max(holdings().snapshot.dumps.parts, 1) + 1))]
    return _xml("sitemapindex", "sitemap", (url_for("sitemaps.part", name=name, _external=True) for name in names))


@blueprint.get("/sitemap/<name>.xml")
def part(name: str) -> Response:
    """One part; 404 for one that the index does not name."""
    if name == "pages":
        questions = (url_for("pages.question", name=known) for known in holdings().catalogue)
        found = [*(url_for(page) for page in PAGES), page_of(ONTOLOGY) or "", *questions]
        return _xml("urlset", "url", (_root() + address for address in found))
    kind, _, number = name.partition("-")
    if kind != "things" or not number.isascii() or not number.isdecimal() or number != str(int(number)):
        raise NotFound("There is no such part; the index names those there are.")
    return _xml("urlset", "url", _documents(_things(int(number))))


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Crawlers may read the pages and leave the query engine in peace."""
    root = url_for("pages.home").rstrip("/")
    lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in CLOSED)]
    lines.append(f"Sitemap: {url_for('sitemaps.index', _external=True)}")
    return Response("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


def _things(number: int) -> Iterable[str]:
    """The IRIs in a part: kept with the snapshot, or else, in the first one, as many as a query finds in its time."""
    dumps = holdings().snapshot.dumps
    if dumps.parts:
        try:
            return dumps.things(number)
        except (LookupError, OSError):
            raise NotFound("There is no such part; the index names those there are.") from None
    if number != 1:
        raise NotFound("There is no such part; the index names those there are.")
    try:
        rows = select(f"""SELECT DISTINCT ?it WHERE {{ ?it a ?any
            FILTER(STRSTARTS(STR(?it), "{ID}") && !CONTAINS(STR(?it), "#"))
            FILTER NOT EXISTS {{ ?it pol:sensitive true }} }} ORDER BY ?it LIMIT {PART}""")
    except QueryRefused:
        rows = []
    return [text_of(row, "it") for row in rows]


def _documents(things: Iterable[str]) -> Iterable[str]:
    """Where each thing is told of, in full. Fifty thousand of them are asked for at once: only one address is built."""
    slot = "-slot-"
    before, _, after = f"{_root()}{page_of(ID + slot)}".partition(slot)
    return (f"{before}{quote(iri.removeprefix(ID), safe='/:@!$&()*+,;=~')}{after}" for iri in things)


def _root() -> str:
    """Scheme and host."""
    return url_for("pages.home", _external=True).removesuffix(url_for("pages.home"))


def _xml(root: str, entry: str, addresses: Iterable[str]) -> Response:
    snapshot = holdings().snapshot
    issued = first_issued(snapshot).get(snapshot.id, "")
    changed = f"<lastmod>{escape(issued)}</lastmod>" if issued else ""
    lines = [f"<{entry}><loc>{escape(address)}</loc>{changed}</{entry}>\n" for address in addresses]
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SPACE}">\n{"".join(lines)}</{root}>\n'
    return Response(body, content_type="application/xml")
