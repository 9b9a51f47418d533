"""A crawler that reads what an application links to: RDF, pages, header fields, sitemaps, feeds, link sets."""

import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree

from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from werkzeug.datastructures import Headers

from ontology.base import BASE

HOST = "http://localhost/"
ACCEPT = "text/turtle, application/trig;q=0.9, text/html;q=0.8, */*;q=0.1"
TARGET = re.compile(r"<([^>]*)>\s*(?:;|$)")
"""Where a link leads, in a header field and in the link format."""
RDF = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}


@dataclass
class Crawl:
    """``seen``: the status and media type of each address, from the root. ``dead``: where one was linked from.

    ``anchors``: for each address the places within it that pages link to, and one such page; ``places``: those that the
    pages which were read have.
    """

    client: FlaskClient
    is_read: Callable[[str], bool]
    is_fetched: Callable[[str], bool] = lambda address: True
    seen: dict[str, tuple[int, str]] = field(default_factory=dict)
    dead: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)

    def run(self, start: str) -> None:
        """Visit all that can be reached from an address; what ``is_read`` says no to is fetched alone."""
        waiting = deque([(start, "")])
        while waiting:
            address, source = waiting.popleft()
            if address not in self.seen:
                waiting += [(link, address) for link in self._visit(address, source) if link not in self.seen]

    def _visit(self, address: str, source: str) -> list[str]:
        with self.client.get(address, headers={"Accept": ACCEPT}) as reply:
            self.seen[address] = reply.status_code, reply.mimetype or ""
            if reply.status_code >= 400:
                self.dead[address] = source
                return []
            found = list(_of_headers(reply.headers))
            if self.is_read(address) and reply.status_code == 200:
                found += self._read(reply.mimetype or "", reply.data, address)
        whole = [urljoin(HOST + address[1:], link) for link in dict.fromkeys(found)]
        if reply.mimetype == "text/html":
            self._note_anchors(whole, address)
        return [ours for link in whole if (ours := address_of(urldefrag(link)[0])) and self.is_fetched(ours)]

    def _read(self, media_type: str, body: bytes, address: str) -> list[str]:
        if media_type != "text/html":
            return list(links(media_type, body, HOST + address[1:]))
        page = Page()
        page.feed(body.decode())
        self.places[address] = page.ids
        return page.links

    def _note_anchors(self, whole: list[str], source: str) -> None:
        for link in whole:
            stem, anchor = urldefrag(link)
            ours = address_of(stem)
            if ours and anchor:
                self.anchors.setdefault(ours, {}).setdefault(anchor, source)

    def dead_anchors(self) -> dict[str, str]:
        """The places within pages that pages link to and that are not there, and where from."""
        dead: dict[str, str] = {}
        for address, anchors in self.anchors.items():
            places = self.places.get(address) or self._places(address)
            dead |= {f"{address}#{anchor}": source for anchor, source in anchors.items() if anchor not in places}
        return dead

    def _places(self, address: str) -> set[str]:
        page = Page()
        page.feed(self.client.get(address, headers={"Accept": "text/html"}, follow_redirects=True).text)
        return page.ids


def address_of(link: str) -> str | None:
    """The address, from the root, of what is on the host, or named below the base; None for what is elsewhere."""
    for start in (HOST, BASE):
        if link.startswith(start):
            return "/" + link.removeprefix(start)
    return None


def links(media_type: str, body: bytes, address: str) -> Iterator[str]:
    """What a document links to that is no page, as it is written there."""
    if media_type in RDF:
        yield from _of_rdf(body, RDF[media_type], address)
    elif media_type in ("application/xml", "application/atom+xml"):
        for element in ElementTree.fromstring(body).iter():
            if element.tag.endswith("}loc"):
                yield element.text or ""
            yield from (element.attrib[name] for name in ("href",) if name in element.attrib)
    elif media_type == "application/linkset+json":
        yield from _hrefs(json.loads(body))
    elif media_type == "application/link-format":
        yield from TARGET.findall(body.decode())
    elif media_type == "text/plain":
        yield from re.findall(r"^Sitemap: (.*)$", body.decode(), re.MULTILINE)


def _of_headers(headers: Headers) -> Iterator[str]:
    for name in ("Location", "Content-Location"):
        yield from headers.getlist(name)
    for value in headers.getlist("Link"):
        yield from TARGET.findall(value)


def _of_rdf(body: bytes, written: RdfFormat, address: str) -> Iterator[str]:
    """Every name in it, terms and types of literals included."""
    for quad in parse(body, format=written, base_iri=address):
        for term in (*quad.triple, quad.graph_name):
            if isinstance(term, NamedNode):
                yield term.value
            elif isinstance(term, Literal):
                yield term.datatype.value


def _hrefs(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (item for name, item in value.items() if name in ("href", "anchor"))
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _hrefs(item)


class Page(HTMLParser):
    """The links of a page, and the places in it that can be linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name == "id" and value:
                self.ids.add(value)
