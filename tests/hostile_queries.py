"""A store that makes them hostile, and queries that would each take hours or all of the memory."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.snapshot import Snapshots

E = "http://example.org/"
SIZE = 8000
"""Things in the store; each has five triples, and the next of the last is the first."""


def things() -> Iterator[Quad]:
    """Forty thousand triples: a cycle, a web of links across it, numbers, and labels of some length."""
    for number in range(SIZE):
        described = (
            ("next", NamedNode(f"{E}n{(number + 1) % SIZE}")),
            ("link", NamedNode(f"{E}n{number * 7919 % SIZE}")),
            ("number", Literal(number)),
            ("group", NamedNode(f"{E}group{number % 20}")),
            ("label", Literal(f"thing {number} " + "aab" * (number % 60), language="en")),
        )
        for name, found in described:
            yield Quad(NamedNode(f"{E}n{number}"), NamedNode(E + name), found, DefaultGraph())


def publish(home: Path) -> Path:
    """The home, with the store above published in it."""
    Snapshots(home / "snapshots").publish(things(), {"counts": {}})
    return home


def lookup(number: int, about: str = "") -> str:
    """A query that has one row at once; ``about`` makes it one that nobody has asked before."""
    return f"SELECT ?label {{ <{E}n{number % SIZE}> <{E}label> ?label }} # {about}"


def _cross(count: int, separator: str = " . ") -> str:
    return separator.join(f"?s{i} ?p{i} ?o{i}" for i in range(count))


PREFIX = f"PREFIX : <{E}>\n"
NUMBERS = " ".join(map(str, range(1000)))
DOUBLED = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
HASHES = " ".join(f"BIND(SHA512(CONCAT(STR(?x{i}), ?l)) AS ?x{i + 1})" for i in range(300))
SUMS = " ".join(f"BIND((?y{i} * 3 + ?m) / (?n + 1) AS ?y{i + 1})" for i in range(300))
NOT_EXISTS = "?a :link ?b . " + "FILTER NOT EXISTS { ?a :number ?n . ?c :number ?m . FILTER(?n + ?m < 0) " * 4 + "}" * 4

_TEXTS = {
    "VALUES cross product": "SELECT (COUNT(*) AS ?n) {"
    + " ".join(f"VALUES ?v{i} {{ {NUMBERS} }}" for i in range(5))
    + "}",
    "pattern cross product": f"SELECT (COUNT(*) AS ?n) {{ {_cross(9)} }}",
    "star path over a cycle": "SELECT (COUNT(*) AS ?n) { ?a :next* ?b . ?b :next* ?c }",
    "path alternation": "SELECT (COUNT(*) AS ?n) { ?a (:next|^:next|:link/^:group|!:label)* ?b }",
    "huge sort": f"SELECT * {{ {_cross(2)} }} ORDER BY ?o1 DESC(?o0)",
    "huge OFFSET": f"SELECT * {{ {_cross(2)} }} ORDER BY ?o1 OFFSET 1000000000 LIMIT 1",
    "OFFSET without order": f"SELECT * {{ {_cross(4)} }} OFFSET 9000000000000000 LIMIT 1",
    "regex": "SELECT (COUNT(*) AS ?n) { ?a :label ?l . ?b :label ?m "
    'FILTER REGEX(CONCAT(?l, ?m, ?l, ?m), "(a*)*(a|aa)*(b+a+)+(.*)*[^ab]{3,90}$") }',
    "DISTINCT over a cross product": f"SELECT DISTINCT ?s0 ?s1 ?o0 ?o1 {{ {_cross(2)} }}",
    "COUNT DISTINCT over a cross product": f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {_cross(2)} }}",
    "GROUP BY over a cross product": f"SELECT ?o0 ?o1 (SAMPLE(?s0) AS ?s) {{ {_cross(2)} }} GROUP BY ?o0 ?o1",
    "deep nesting of groups": f"ASK {{ {'{' * 100_000 + '}' * 100_000} }}",
    "deep nesting of expressions": f"ASK {{ FILTER({'(' * 200_000}1{')' * 200_000}) }}",
    "string doubling": f"SELECT * {{ BIND('x' AS ?x0) {DOUBLED} }}",
    "string doubling in rows": f"SELECT (MAX(?x24) AS ?m) {{ ?a :label ?x0 . {DOUBLED} }} GROUP BY ?a",
    "giant CONSTRUCT": f"CONSTRUCT {{ ?s0 ?p1 ?o1 }} {{ {_cross(2)} }}",
    "giant SELECT": f"SELECT * {{ {_cross(3)} }}",
    "GROUP_CONCAT of everything": "SELECT (GROUP_CONCAT(?x) AS ?y) "
    f"{{ SELECT ?s0 (GROUP_CONCAT(?o1) AS ?x) {{ {_cross(3)} }} GROUP BY ?s0 }}",
    "BIND hashes": f"SELECT (COUNT(?x300) AS ?n) {{ ?a :label ?l . ?b :number ?x0 . {HASHES} }}",
    "BIND arithmetic": f"SELECT (SUM(?y300) AS ?z) {{ ?a :number ?n . ?b :number ?m BIND(1 AS ?y0) {SUMS} }}",
    "1 MB of text": "SELECT (COUNT(*) AS ?n) {"
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(40_000)))} }}" for i in range(4))
    + "}",
    "long UNION chain": "SELECT (COUNT(*) AS ?n) {"
    + " UNION ".join(f"{{ ?a{i % 7} :link ?b . ?c :next ?d{i % 5} . ?e :number ?f }}" for i in range(3000))
    + "}",
    "long OPTIONAL chain": "SELECT (COUNT(*) AS ?n) {"
    + " ".join(f"OPTIONAL {{ ?a{i} :group ?b{i} . ?c{i} :next ?d{i} }}" for i in range(300))
    + "}",
    "nested NOT EXISTS": f"SELECT (COUNT(*) AS ?k) {{ {NOT_EXISTS} }}",
    "subquery cross product": "SELECT (COUNT(*) AS ?n) {"
    + " ".join(f"{{ SELECT ?s{i} {{ ?s{i} ?p ?o }} ORDER BY ?o }}" for i in range(4))
    + "}",
    "MINUS over a cross product": f"SELECT (COUNT(*) AS ?n) {{ {_cross(3)} MINUS {{ ?x ?s0 ?o1 }} }}",
    "DESCRIBE of a cross product": f"DESCRIBE * {{ {_cross(3)} }}",
}
HOSTILE = {kind: PREFIX + text for kind, text in _TEXTS.items()}
"""Each by its kind; none of them has an answer in any time that a person would wait."""
