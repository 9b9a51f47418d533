"""Trusty URIs: held to the specification by hand, and to the `nanopub` package on every claim and its own suite."""

import logging
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize
from test_nanopubs import FORMATS, accepted, faults, parsed, suite

from graph.dataset import Content
from graph.forms import nanopubs, trusty
from graph.iris import PARTS, claim
from graph.jsonld import graph_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # nanopub uses rdflib's ConjunctiveGraph

NP = "https://example.org/np"
A_CLAIM = claim("2021-01-progress-kazakhstan", "democratic-choice-party-banned")


def quad(subject: str, value: Literal | str, name: str = f"{NP}#a") -> Quad:
    end = NamedNode(value) if isinstance(value, str) else value
    return Quad(NamedNode(subject), NamedNode("https://example.org/p"), end, NamedNode(name))


def verified(text: str) -> bool:
    """The verdict of the `nanopub` package on the trusty URI of a nanopublication."""
    from nanopub.nanopub import Nanopub
    from nanopub.sign_utils import verify_trusty
    from nanopub.utils import MalformedNanopubError
    from rdflib import ConjunctiveGraph

    dataset = ConjunctiveGraph()
    dataset.parse(data=text, format="trig")
    found = Nanopub(rdf=dataset).metadata
    try:
        return bool(verify_trusty(dataset, str(found.np_uri), found.namespace))
    except MalformedNanopubError:
        return False


@pytest.fixture(autouse=True)
def as_the_package_needs_it(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quiet, and with literals left as they are written, which other tests' pySHACL turns on again when it is done."""
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def test_what_is_hashed_is_what_the_specification_says() -> None:
    """Sorted by graph and subject; IRIs before literals; escaped; each statement once."""
    german, number = Literal("a\\b\nc", language="DE-at"), Literal("2", datatype=NamedNode("https://example.org/t"))
    quads = [quad(NP, german), quad(NP, number), quad(NP, Literal("2")), quad(f"{NP}#x", NP), quad(NP, "urn:z")]
    quads.append(quads[0])
    p, a = "https://example.org/p\n", f"{NP}/ #a\n"
    hashed = (
        f"{a}{NP}/ \n{p}urn:z\n"
        f"{a}{NP}/ \n{p}^http://www.w3.org/2001/XMLSchema#string 2\n"
        f"{a}{NP}/ \n{p}^https://example.org/t 2\n"
        f"{a}{NP}/ \n{p}@de-at a\\\\b\\nc\n"
        f"{a}{NP}/ #x\n{p}{NP}/ \n"
    )
    uri, found = trusty.mint(quads, NP)
    code = b64encode(sha256(hashed.encode()).digest(), b"-_").decode().rstrip("=")
    # "http://www…#string" sorts before "https://example.org/t".
    assert uri == f"{NP}/RA{code}"
    assert trusty.is_trusty(found, uri)


def test_only_names_of_the_nanopublication_itself_are_changed() -> None:
    quads = [quad(f"{NP}#s", f"{NP}-other"), quad(f"{NP}/child", "urn:x", "urn:g")]
    uri, found = trusty.mint(quads, NP, [quad(NP, NP)])
    assert found == [quad(f"{uri}#s", f"{NP}-other", f"{uri}#a"), quads[1], quad(uri, NP, f"{uri}#a")]


def test_another_statement_is_another_name() -> None:
    uri, found = trusty.mint([quad(NP, "urn:x")], NP)
    assert trusty.is_trusty(found, uri)
    assert not trusty.is_trusty([*found, quad(uri, "urn:y")], uri)
    assert not trusty.is_trusty(found, NP)
    assert not trusty.is_trusty(found, "x")


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(ValueError, match="no name of its own"):
        trusty.mint([Quad(BlankNode("b"), NamedNode(NP), Literal("x"), NamedNode(NP))], NP)


@pytest.mark.parametrize("file", suite("valid"), ids=lambda file: file.name)
def test_the_package_verifies_what_is_minted_of_its_suite(file: Path) -> None:
    """What others state, under names as ours are: parts are fragments of the nanopublication's own."""
    formats = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}
    if file.suffix not in formats:
        pytest.skip(f"pyoxigraph reads no {FORMATS[file.suffix]}")
    quads = list(parse(file.read_bytes(), formats[file.suffix]))
    own = next(item.subject.value for item in quads if str(item.object).endswith("nschema#Nanopublication>"))
    text = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode().replace("_:", "urn:blank:")
    named = re.sub(rf"<{re.escape(own.rstrip('/#'))}(?:[/#.]([^>]*))?>", lambda it: f"<{NP}#{it[1] or ''}>", text)
    plain = list(
        parse(re.sub(r"urn:blank:(\w+)", rf"<{NP}#\1>", named).replace(f"{NP}#>", f"{NP}>"), RdfFormat.N_QUADS)
    )
    uri, found = trusty.mint(plain, NP)
    assert verified((serialize(found, format=RdfFormat.TRIG) or b"").decode()), uri
    assert trusty.is_trusty(found, uri)


@pytest.fixture(scope="module")
def written(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trusty")
    nanopubs.export(seed_store, folder, with_trusty=True)
    return folder


def test_every_claim_is_written_and_verified_by_the_package(written: Path, seed_content: Content) -> None:
    files = sorted(written.rglob("*.trig"))
    claims = {claim.iri for editorial in seed_content.editorials for claim in editorial.claims}
    assert len(files) == len(claims)
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert accepted(text, "trig"), file
        assert not list(faults(parsed(text, "trig"))), file
        assert verified(text), file
        _, code, _ = file.name.split(".")
        uri = next(iter(parse(text.encode(), RdfFormat.TRIG))).subject.value
        assert uri.endswith(f"/{code}")
        assert uri.removesuffix(f"/{code}") in claims


def test_the_package_refuses_what_was_changed(written: Path) -> None:
    file = next(written.rglob("democratic-choice-party-banned.RA*.trig"))
    text = file.read_text(encoding="utf-8")
    assert "deemed an extremist group" in text
    assert not verified(text.replace("deemed an extremist group", "deemed a nuisance"))


def test_the_same_claims_give_the_same_bytes(written: Path, seed_store: Store, tmp_path: Path) -> None:
    assert nanopubs.export(seed_store, tmp_path, with_trusty=True) == len(list(written.rglob("*.trig")))
    for file in tmp_path.rglob("*.trig"):
        assert file.read_bytes() == (written / file.relative_to(tmp_path)).read_bytes()


def test_a_plain_nanopublication_is_the_claim_as_it_stands(seed_store: Store, tmp_path: Path) -> None:
    nanopubs.export(seed_store, tmp_path)
    file = tmp_path / "2021-01-progress-kazakhstan" / "democratic-choice-party-banned.trig"
    found = set(parse(file.read_bytes(), RdfFormat.TRIG))
    assert {graph_of(item) for item in found} == {f"{A_CLAIM}#{name}" for name in PARTS}
    names = (NamedNode(f"{A_CLAIM}#{name}") for name in PARTS)
    assert found == {item for name in names for item in seed_store.quads_for_pattern(None, None, None, name)}


def test_a_minted_claim_points_at_the_claim(seed_store: Store) -> None:
    quads = dict(nanopubs.in_store(seed_store))[A_CLAIM]
    uri, found = nanopubs.minted(A_CLAIM, quads)
    lines = (serialize(found, format=RdfFormat.N_QUADS) or b"").decode().splitlines()
    assert f"<{uri}> <http://purl.org/dc/terms/isVersionOf> <{A_CLAIM}> <{uri}#pubinfo> ." in lines
    assert len(found) == len(quads) + 1
