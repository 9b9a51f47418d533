"""A table as a page sets it: things by their names, and under the rows the claims they name, in their exact words.

Saved questions give every claim's label, modality and quote in columns of their own, for those who download the
answer. On a page these stand under the row, so the columns that would only repeat them are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from graph.engine.results import Table
from graph.iris import ONTOLOGY
from server import vocabulary
from server.claims import claims_by_iri, is_claim
from server.labels import Names, named_in
from server.pieces import Answer, Cell, Claim, Rows
from server.reading import Row
from server.site.drawable import drawable

ROWS = 200
"""Rows shown on a page; the downloads have them all."""
MAIN = "claim"
"""The variable that names the claim a row rests on, in every saved question that has one."""


@dataclass(frozen=True)
class _Told:
    """What is known of the things in a table: their names, and the claims among them in full."""

    names: Names
    claims: dict[str, Claim]

    def of(self, row: Row) -> tuple[Claim, ...]:
        """The claims that a row names, the one it rests on first."""
        named = (term.value for name, term in sorted(row.items(), key=lambda item: item[0] != MAIN))
        return tuple({iri: self.claims[iri] for iri in named if iri in self.claims}.values())


def set_table(found: Table) -> Answer:
    """The first rows of the table, ready to show."""
    rows = found.rows[:ROWS]
    told = _Told(Names(named_in(rows)), claims_by_iri(iri for iri in named_in(rows) if is_claim(iri)))
    kept = tuple(name for name in found.variables if not _repeats(name, rows, told))
    if all(_names_claims(name, rows, told) for name in kept):
        kept = ()
    left_out = tuple(name for name in found.variables if name not in kept)
    by_claims = groupby(rows, key=told.of)
    groups = tuple(Rows(_cells(kept, group, told.names), claims) for claims, group in by_claims)
    headings = tuple(vocabulary.in_words(name.removesuffix("Label")) for name in kept)
    to_draw = drawable(found.variables, rows, told.names, told.of)
    return Answer(headings, groups, left_out, total=len(found.rows), shown=len(rows), drawable=to_draw)


def _cells(kept: tuple[str, ...], rows: Iterable[Row], names: Names) -> tuple[tuple[Cell, ...], ...]:
    """The cells of some rows; rows that no longer differ are one."""
    return tuple(dict.fromkeys(tuple(names.cell(row.get(name)) for name in kept) for row in rows))


def _repeats(name: str, rows: list[Row], told: _Told) -> bool:
    """Whether a column says nothing, in any row, but what is shown beside it or under it."""
    bound = [row for row in rows if name in row]
    return bool(bound) and all(_is_shown(name, row, told) for row in bound)


def _names_claims(name: str, rows: list[Row], told: _Told) -> bool:
    """Whether a column holds claims and nothing else."""
    return all(name in row and row[name].value in told.claims for row in rows)


def _is_shown(name: str, row: Row, told: _Told) -> bool:
    value, claims = row[name], told.of(row)
    if value.kind == "iri":
        is_main = name == MAIN and value.value in told.claims
        return is_main or value.value in {f"{ONTOLOGY}#{claim.modality.name}" for claim in claims}
    named = row.get(name.removesuffix("Label")) if name.endswith("Label") else None
    if named and named.kind == "iri" and told.names.of(named.value) == value.value:
        return True
    return any(value.value in (*claim.quotes, claim.sentence) for claim in claims)
