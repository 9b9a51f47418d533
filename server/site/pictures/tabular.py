"""The data of a picture by itself, as JSON or CSV, beside the page: ``format=`` or Accept chooses."""

import csv
import json
from collections.abc import Mapping, Sequence
from io import StringIO

from flask import Response, request

from server.holdings import holdings
from server.negotiation import CSV, HTML, Choice, Format, choice_of

DATA = Format(("json",), "application/json")
OFFER = (HTML, DATA, CSV)
CITED = ("Samizdat", "https://creativecommons.org/licenses/by/4.0/")

Record = Mapping[str, str | int]


def chosen() -> Choice:
    """The format that was asked for; FormNotAcceptable if there is no such."""
    return choice_of(OFFER, request.headers.get("Accept"), request.args.get("format"))


def as_data(choice: Choice, columns: Sequence[str], records: Sequence[Record]) -> Response:
    """The records in that format, all with these columns."""
    body = _csv(columns, records) if choice.format is CSV else _json(records)
    return Response(body, content_type=choice.content_type)


def _json(records: Sequence[Record]) -> str:
    source, licence = CITED
    found = {"source": source, "snapshot": holdings().snapshot.id, "licence": licence, "records": list(records)}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _csv(columns: Sequence[str], records: Sequence[Record]) -> str:
    written = StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(columns)
    rows.writerows([record.get(name, "") for name in columns] for record in records)
    return written.getvalue()
